"""Hypothesis strategies for drafts: everything that the format can say, and ugly on purpose.

Text has åäö, markup characters, tabs, control characters, soft hyphens, lone quotes, composed and
decomposed letters, since all of these come in by pasting. Values are as the codec reads them (spans
normalised, block ids unique), so that a round trip must give back exactly the same.
"""

import functools
import itertools
import string

from hypothesis import strategies as st

from samverkan_desktop.domain.draft import (
    Approval,
    Attachment,
    DecisionGroup,
    Draft,
    Flags,
    Officer,
    Organisation,
    Position,
    Referral,
    Section,
    Signatory,
)
from samverkan_desktop.domain.text import (
    Align,
    Block,
    Blocks,
    BulletList,
    Column,
    Heading,
    Image,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Span,
    Spans,
    Table,
    normal_spans,
    with_ids,
)

SECTION_KEYS = (
    "sammanfattning", "bakgrund", "arendet", "beredning", "bedomning", "ekonomi", "barn",
    "egen-1", "egen-2", "å/ö.%",
)  # fmt: skip
FILE_NAMES = ("karta.png", "diagram över åren.png")

_WORDS = (
    "trygghetsstrategi", "åtgärd", "Ängby", "överenskommelse", "KS 2023/740", "1.6-216/2013",
    "11 § MBL", "1 057", "3,5 %", "08-508 01 000", "den 27 oktober", "e-post", "och", "att", "i",
    '"så kallad"', "'enkel'", "R&D", "<b>", "&amp;", "a  b", " - ", "...", "café",
    "kafe\N{COMBINING ACUTE ACCENT}", "Müller", "łódź", "*fet*", "_kursiv_", "[länk](x)",
    "# rubrik", "1. ett", "|", "\\",
    "sam\N{SOFT HYPHEN}verkan", "\t", "\N{NO-BREAK SPACE}", "\x00", "\x0b", "\x1f", "\x7f", "\x85",
    "\N{LINE SEPARATOR}", "\N{ZERO WIDTH NO-BREAK SPACE}", "\ufffe", "\r\n", "”citat”", "–",
)  # fmt: skip


@functools.cache
def texts(*, line_breaks: bool = False, max_words: int = 6) -> st.SearchStrategy[str]:
    """Text of some words; any character that Unicode text may have, except lone surrogates."""
    characters = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
    breaks = st.just("\n") if line_breaks else st.nothing()
    pieces = st.one_of(st.sampled_from(_WORDS), characters, breaks)
    separators = st.sampled_from([" ", " ", ""])
    return st.lists(st.tuples(pieces, separators), max_size=max_words).map(
        lambda parts: "".join(itertools.chain.from_iterable(parts))
    )


@functools.cache
def spans(max_size: int = 3) -> st.SearchStrategy[Spans]:
    """Spans with any marks, normalised."""
    links = st.sampled_from(["https://example.se/å?a=1&b=2", "mailto:registrator@example.se"])
    span = st.builds(
        Span,
        text=texts(line_breaks=True),
        bold=st.booleans(),
        italic=st.booleans(),
        link=st.none() | links,
        language=st.none() | st.sampled_from(["en", "fi", "se"]),
    )
    return st.lists(span, max_size=max_size).map(normal_spans)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables whose rows are as wide as the header."""
    width = draw(st.integers(1, 4))
    row = st.tuples(*[spans(2)] * width)
    columns = st.lists(st.builds(Column, align=st.sampled_from(Align)), max_size=width)
    return Table(
        header=draw(row),
        rows=tuple(draw(st.lists(row, max_size=3))),
        caption=draw(spans(2)),
        columns=tuple(draw(columns)),
    )


@functools.cache
def _leaves(files: tuple[str, ...]) -> st.SearchStrategy[Block]:
    images = (
        st.builds(Image, file=st.sampled_from(files), alt=texts(), caption=spans(2), id=st.just(""))
        if files
        else st.nothing()
    )
    return st.one_of(
        st.builds(Paragraph, spans=spans(), id=st.just("")),
        st.builds(Heading, level=st.sampled_from([2, 3]), spans=spans(2), id=st.just("")),
        tables(),
        images,
    )


@functools.cache
def blocks(
    *, files: tuple[str, ...] = (), max_size: int = 4, depth: int = 2
) -> st.SearchStrategy[Blocks]:
    """Blocks without ids, lists and quotes nested `depth` deep; images name one of `files`."""
    block = _leaves(files)
    if depth:
        inner = blocks(files=files, max_size=2, depth=depth - 1)
        items = st.lists(st.builds(ListItem, inner), max_size=3).map(tuple)
        block |= st.builds(BulletList, items=items, id=st.just(""))
        block |= st.builds(NumberedList, items=items, id=st.just(""))
        block |= st.builds(Quote, blocks=inner, id=st.just(""))
    return st.lists(block, max_size=max_size).map(tuple)


@functools.cache
def _sections(
    keys: tuple[str, ...], files: tuple[str, ...]
) -> st.SearchStrategy[tuple[Section, ...]]:
    section = st.builds(
        Section,
        key=st.sampled_from(keys),
        heading=st.none() | texts(max_words=3),
        content=blocks(files=files),
        not_applicable=st.none() | texts(max_words=3),
        hidden=st.booleans(),
        done=st.booleans(),
    )
    return st.lists(section, max_size=4, unique_by=lambda section: section.key).map(tuple)


@functools.cache
def _heads(files: tuple[str, ...]) -> st.SearchStrategy[dict[str, object]]:
    text = texts(max_words=3)
    dates = st.none() | st.dates()
    officer = st.builds(Officer, name=text, role=text, phone=text, email=text)
    organisation = st.builds(Organisation, **dict.fromkeys(Organisation.__dataclass_fields__, text))
    referral = st.builds(
        Referral,
        sender=text,
        sender_dnr=text,
        reply_by=dates,
        consulted=st.lists(text, max_size=3).map(tuple),
        position=st.none() | st.sampled_from(Position),
    )
    flags = st.builds(Flags, immediate_approval=st.booleans(), confidential=st.none() | text)
    items = st.lists(blocks(files=files, max_size=2, depth=1), max_size=3).map(tuple)
    group = st.builds(DecisionGroup, lead_in=st.none() | text, items=items)
    file = st.none() | (st.sampled_from(files) if files else st.nothing())
    approval = st.builds(Approval, name=text, role=text, date=dates)
    return st.fixed_dictionaries(
        {
            "title": text,
            "subtitle": text,
            "dnr": text,
            "committee": text,
            "language": st.sampled_from(["sv-SE", "en", "fi"]),
            "meeting_date": dates,
            "document_date": dates,
            "officer": officer | st.just(Officer()),
            "organisation": organisation | st.just(Organisation()),
            "referral": referral | st.just(Referral()),
            "flags": flags,
            "decision": st.lists(group, max_size=2).map(tuple),
            "signatories": _some(st.builds(Signatory, name=text, role=text)),
            "attachments": _some(st.builds(Attachment, title=text, file=file)),
            "approvals": _some(approval),
        }
    )


def _some(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


@st.composite
def drafts(
    draw: st.DrawFn,
    *,
    template: str = "stockholm-remissvar",
    keys: tuple[str, ...] = SECTION_KEYS,
    files: tuple[str, ...] = FILE_NAMES,
) -> Draft:
    """Drafts with an id and unique block ids; images and attachments name some of `files`."""
    head = draw(_heads(files))
    numbers = itertools.count(1)
    taken: set[str] = set()

    def ids(content: Blocks) -> Blocks:
        return with_ids(content, lambda: f"b{next(numbers)}", taken)

    decision = head.pop("decision")
    sections = draw(_sections(keys, files))
    return Draft(
        id=str(draw(st.uuids(version=4))),
        template=template,
        decision=tuple(
            DecisionGroup(lead_in=group.lead_in, items=tuple(ids(item) for item in group.items))
            for group in decision
        ),
        sections=tuple(
            Section(
                key=section.key,
                heading=section.heading,
                content=ids(section.content),
                not_applicable=section.not_applicable,
                hidden=section.hidden,
                done=section.done,
            )
            for section in sections
        ),
        **head,
    )


def file_names() -> st.SearchStrategy[str]:
    """Plain file names, as officers give them."""
    stem = st.text(string.ascii_letters + string.digits + "åäöÅÄÖé _-()", min_size=1, max_size=12)
    return st.builds(
        "{}{}".format,
        stem.filter(lambda name: bool(name.strip())),
        st.sampled_from([".png", ".pdf", ".PNG", ""]),
    )
