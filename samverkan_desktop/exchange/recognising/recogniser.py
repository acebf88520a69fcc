"""From the pieces that a reader saw to a draft and a report."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.draft import Draft, Organisation, Referral
from samverkan_desktop.domain.template import Template
from samverkan_desktop.domain.text import paragraph, plain_text, spans
from samverkan_desktop.domain.typography import NBSP
from samverkan_desktop.exchange.reading.model import (
    Look,
    Piece,
    ReadDocument,
    ReadImage,
    ReadParagraph,
)
from samverkan_desktop.exchange.recognising.accounting import draft_text, missing_words
from samverkan_desktop.exchange.recognising.cleaning import cleaned
from samverkan_desktop.exchange.recognising.content import Files, blocks_of
from samverkan_desktop.exchange.recognising.decisions import read_decision
from samverkan_desktop.exchange.recognising.endings import EndReader
from samverkan_desktop.exchange.recognising.fields import is_municipality, lines_of
from samverkan_desktop.exchange.recognising.head import HeadReader
from samverkan_desktop.exchange.recognising.headings_apart import with_headings_apart
from samverkan_desktop.exchange.recognising.other import text_of, with_other
from samverkan_desktop.exchange.recognising.outline import Kind, find_headings
from samverkan_desktop.exchange.recognising.page_furniture import without_furniture
from samverkan_desktop.exchange.recognising.patterns import UNFILLED, find_dnr
from samverkan_desktop.exchange.recognising.pictures import without_logotypes
from samverkan_desktop.exchange.recognising.referral import is_referral, read_referral
from samverkan_desktop.exchange.recognising.report import Certainty, Log, Report, Why
from samverkan_desktop.exchange.recognising.running_lines import read_addressee, read_running
from samverkan_desktop.exchange.recognising.sections import (
    SectionReader,
    Zone,
    decision_pieces,
    without_contents,
    zones_of,
)
from samverkan_desktop.exchange.recognising.template_choice import Traits, choose_template
from samverkan_desktop.exchange.recognising.title import read_title
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary, folded


@dataclass(frozen=True, slots=True)
class Recognised:
    """What came of a document: a draft without id, the files of its images, and the report."""

    draft: Draft
    files: Mapping[str, bytes]
    report: Report


def recognise(
    document: ReadDocument,
    catalogue: Catalogue,
    vocabulary: Vocabulary,
    template: Template | None = None,
) -> Recognised:
    """Return the draft that a document says, and where each piece of it went.

    Every word is in the draft or in the report. What has no place stands in the section "Övrigt".
    The likeliest template is taken, unless one is given.

    Raises ValueError when no template is installed.
    """
    return _Recogniser(document, catalogue, vocabulary, template).run()


class _Recogniser:
    def __init__(
        self,
        document: ReadDocument,
        catalogue: Catalogue,
        vocabulary: Vocabulary,
        chosen: Template | None,
    ) -> None:
        self._document, self._catalogue, self._vocabulary = document, catalogue, vocabulary
        self._chosen = chosen
        self._log, self._files = Log(), Files()
        self._left: list[Piece] = []

    def run(self) -> Recognised:
        body, running = without_furniture(cleaned(self._document), self._vocabulary, self._log)
        body = with_headings_apart(body, self._vocabulary)
        zones = zones_of(body, find_headings(body, self._vocabulary))
        zones = without_contents(zones, self._log)
        head = HeadReader(self._vocabulary, self._log)
        head.read(zones[0].pieces)
        self._left += head.data.homeless
        ends = EndReader(self._vocabulary, self._log)
        self._read_running(head, ends, running)
        data = head.data
        title, subtitle, rest = read_title(data, self._vocabulary, self._log, self._document.title)
        self._left += without_logotypes(zones[0].pieces, title, self._log)
        self._left += rest
        zones = self._apart(zones[1:], ends)
        template, certainty = self._template(zones, head, ends, title, subtitle)
        decision = read_decision(decision_pieces(zones), self._files, self._log, self._vocabulary)
        sections = SectionReader(template, self._files, self._log).read(zones)
        organisation = self._organisation(data.organisation, ends.organisation)
        draft = Draft(
            template=template.id,
            title=title,
            subtitle=subtitle,
            dnr=data.dnr,
            language=self._document.language or template.language,
            committee=data.committee,
            meeting_date=data.meeting_date,
            document_date=data.document_date,
            officer=data.as_officer(),
            organisation=organisation,
            flags=data.flags(),
            decision=decision,
            sections=tuple(sections),
            signatories=tuple(ends.signatories),
            attachments=tuple(ends.attachments),
            approvals=tuple(ends.approvals),
        )
        draft = self._with_referral(draft, data.sender_dnr)
        return self._finished(self._without_repeated_flag(draft, template), template, certainty)

    def _organisation(self, head: dict[str, str], end: dict[str, str]) -> Organisation:
        """Join what head and end say of the sender; the head comes first."""
        first, second = head.get("name", ""), end.get("name", "")
        is_part = is_municipality(first) and not is_municipality(second)
        if second and is_part and "department" not in head | end:
            end = {n: v for n, v in end.items() if n != "name"} | {"department": second}
        for name, value in end.items():
            if name in head and folded(head[name]) == folded(value):
                self._log.take(value, Why.REPEATED)
            elif name in head:
                self._left.append(ReadParagraph(spans(value)))
        return Organisation(**{**end, **head})

    def _read_running(self, head: HeadReader, ends: EndReader, texts: Sequence[str]) -> None:
        """Take what running text tells: the dnr, the date, the sender at the foot of page one."""
        read_running(
            (*(line for r in self._document.running for line in r.text.split("\n")), *texts),
            head.data,
            self._vocabulary,
            self._log,
        )
        for running in self._document.running:
            lines = [
                ReadParagraph(spans(line.strip()), Look(tight=True))
                for line in re.split(r"\n|\s[·|•]\s|, ", running.text.replace(NBSP, " "))
                if line.strip()
            ]
            if running.first_page:
                said = (line.text for line in lines)
                read_addressee(said, head.data, self._vocabulary, self._log)
                found = EndReader(self._vocabulary, Log())
                found.signed(lines)
                known = head.data.organisation
                new = {n: v for n, v in found.organisation.items() if n not in known}
                for name, value in new.items():
                    if ends.organisation.setdefault(name, value) is value:
                        where = "Förvaltningens uppgifter (sidhuvud eller sidfot)"
                        self._log.place(where, value, Certainty.SURE)
            self._log.take(running.text, Why.FURNITURE)

    def _apart(self, zones: Sequence[Zone], ends: EndReader) -> list[Zone]:
        """Take signatures, attachments and approvals from the zones; return those of the text."""
        out: list[Zone] = []
        for at, zone in enumerate(zones):
            pieces = self._without_approvals(zone.pieces, ends)
            if not zone.is_text:
                self._left += [piece for piece in pieces if isinstance(piece, ReadImage)]
            match zone.found.kind:
                case Kind.APPROVALS:
                    self._left += ends.approved(pieces)
                    self._log.take(zone.found.text, Why.LABEL)
                case Kind.ATTACHMENTS:
                    self._left += ends.attached(pieces)
                    self._log.take(zone.found.text, Why.LABEL)
                case _:
                    late = sum(later.is_text for later in zones[at + 1 :]) < 2
                    decided = zone.found.kind is Kind.DECISION
                    # A section has text; where all may be an ending, its first piece isn't.
                    start = (
                        ends.tail(pieces, 0 if decided else 1) if late or decided else len(pieces)
                    )
                    start = min(start, ends.address_tail(pieces))
                    if start or decided:
                        self._left += ends.signed(pieces[start:])
                        pieces = pieces[:start]
                    out.append(replace(zone, pieces=pieces))
        return out

    def _without_approvals(self, pieces: Sequence[Piece], ends: EndReader) -> list[Piece]:
        out: list[Piece] = []
        for piece in pieces:
            if ends.is_approval_table(piece):
                self._left += ends.approved([piece])
            else:
                out.append(piece)
        return out

    def _template(
        self, zones: Sequence[Zone], head: HeadReader, ends: EndReader, title: str, subtitle: str
    ) -> tuple[Template, Certainty]:
        if self._chosen:
            return self._chosen, Certainty.CHOSEN
        sections = [z.found for z in zones if z.found.kind is Kind.SECTION]
        decided = next((z for z in zones if z.found.kind is Kind.DECISION), None)
        names = {**ends.organisation, **head.data.organisation}
        traits = Traits(
            document_name=head.data.document_name,
            headings=[folded(found.text) for found in sections],
            keys=[found.key for found in sections],
            decision_heading=folded(decided.found.text) if decided else "",
            decision_text="\n".join(line.text for line in lines_of(decided.pieces))
            if decided
            else "",
            title=title,
            subtitle=subtitle,
            committee=head.data.committee,
            organisation=names.get("name", ""),
            dnr=head.data.dnr,
            text=self._document.text(),
        )
        return choose_template(traits, self._catalogue, self._vocabulary)

    def _with_referral(self, draft: Draft, sender_dnr: str) -> Draft:
        """Add the facts of a remiss; a number in the title of another matter is its own."""
        if is_referral(draft.title, draft.subtitle):
            return replace(draft, referral=read_referral(draft, sender_dnr, self._log))
        number = find_dnr(draft.title)
        if number and not draft.dnr:
            self._log.place("Diarienummer", number, Certainty.LIKELY)
            draft = replace(draft, dnr=number)
        return replace(draft, referral=Referral(sender_dnr=sender_dnr))

    def _without_repeated_flag(self, draft: Draft, template: Template) -> Draft:
        """Take the item that the flag of immediate approval prints by itself."""
        if not draft.flags.immediate_approval or not draft.decision:
            return draft
        *groups, last = draft.decision
        said = [plain_text(item).strip() for item in last.items]
        if len(said) < 2 or said[-1] != template.labels.immediate_approval_item:
            return draft
        self._log.take(said[-1], Why.LABEL)
        return replace(draft, decision=(*groups, replace(last, items=last.items[:-1])))

    def _finished(self, draft: Draft, template: Template, certainty: Certainty) -> Recognised:
        """Put what was left, and any word that was not accounted for, into a section of its own."""
        unplaced = [text for piece in self._left if (text := text_of(piece))]
        left = blocks_of(self._left, self._files, self._log)
        self._log.take(" ".join(self._log.marks), Why.MARK)
        draft = with_other(draft, left)
        report = self._report(draft, template, certainty, unplaced)
        lost = missing_words(self._document, draft, report)
        if lost:
            text = " ".join(lost)
            draft = with_other(draft, (paragraph(text),))
            report = replace(report, unplaced=(*report.unplaced, text))
        return Recognised(draft, dict(self._files.contents), report)

    def _report(
        self, draft: Draft, template: Template, certainty: Certainty, unplaced: list[str]
    ) -> Report:
        text = draft_text(draft)
        found = (match[0] for match in UNFILLED.finditer(text))
        return Report(
            kind=self._document.kind,
            template=template.id,
            template_name=f"{template.group}, {template.name}",
            template_certainty=certainty,
            placed=tuple(self._log.placed),
            taken=tuple(self._log.taken),
            unplaced=tuple(unplaced),
            unfilled=tuple(dict.fromkeys((*self._log.unfilled, *found))),
            notes=(*self._document.notes, *self._log.notes),
        )
