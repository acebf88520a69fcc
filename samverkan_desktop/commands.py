"""What each command of the command line does: it writes to standard output, returns its exit code.

Libraries and writers are imported by the command that needs them, so that the others start at once.
"""

import dataclasses
import itertools
import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samverkan_desktop.domain.errors import UnreadableFileError, UsageError
from samverkan_desktop.domain.outline import State, outline
from samverkan_desktop.domain.text import word_count
from samverkan_desktop.domain.typography import clean
from samverkan_desktop.files import Folders

if TYPE_CHECKING:
    from samverkan_desktop.conformance.pdf import PdfFinding
    from samverkan_desktop.domain.draft import Draft
    from samverkan_desktop.domain.template import Template
    from samverkan_desktop.services.exporting import Files
    from samverkan_desktop.store.library import DraftSummary, Library

SHORTEST_ID = 8
WAIT = 3.0  # seconds, while another program writes to the library
_STATES = {State.EMPTY: "tomt", State.BEGUN: "påbörjat", State.DONE: "klart"}
_SEVERITIES = {"error": "Fel", "warning": "Varning", "hint": "Tips"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command works."""

    folders: Folders
    library: Path


Command = Callable[[Namespace, Place], int]


def new(options: Namespace, place: Place) -> int:
    """Add a draft from a file and print its id."""
    from samverkan_desktop.catalogue import load_catalogue
    from samverkan_desktop.services.writing import add_from_json

    with _open(place) as library:
        draft = add_from_json(library, options.file, load_catalogue(place.folders))
    _say(draft.id)
    return 0


def list_drafts(options: Namespace, place: Place) -> int:
    """Print the drafts outside the bin."""
    with _open(place) as library:
        _list(library, library.summaries(), "Det finns inga ärenden.", as_json=options.json)
    return 0


def list_bin(options: Namespace, place: Place) -> int:
    """Print the drafts in the bin."""
    with _open(place) as library:
        _list(library, library.bin(), "Papperskorgen är tom.", as_json=options.json)
    return 0


def search(options: Namespace, place: Place) -> int:
    """Print the drafts that have all words, and where; 1 when there is none."""
    words = " ".join(options.words)
    with _open(place) as library:
        hits = library.search(words)
        if options.json:
            found = [{**_plain(h.summary), "snippet": h.snippet, "marks": h.marks} for h in hits]
            _say_json(
                [{**plain, "section": h.section} for plain, h in zip(found, hits, strict=True)]
            )
        elif not hits:
            _say(f"Inget ärende innehåller ”{_one_line(words)}”.")
        else:
            length = _id_length(library)
            for hit in hits:
                _say(_line(hit.summary, length), f"    {hit.snippet}")
    return int(not hits)


def show(options: Namespace, place: Place) -> int:
    """Print a draft: what it is and how far its sections have come."""
    from samverkan_desktop.catalogue import load_catalogue
    from samverkan_desktop.codec.draft_json import write_draft

    with _open(place) as library:
        draft = library.load(library.resolve(options.draft))
        binned = any(summary.id == draft.id for summary in library.bin())
    if options.json:
        sys.stdout.write(write_draft(draft).decode("utf-8"))
        return 0
    template = load_catalogue(place.folders).template(draft.template)
    _say(*_head_lines(draft, template))
    if binned:
        _say(f"Ligger i papperskorgen; samverkan restore {draft.id} tar tillbaka det.")
    _say("")
    for entry in outline(draft, template):
        words = "" if entry.is_decision else f", {word_count(entry.section.content)} ord"
        hidden = ", dolt" if entry.section.hidden else ""
        _say(f"{_one_line(entry.heading)}: {_STATES[entry.state]}{words}{hidden}")
    return 0


def duplicate(options: Namespace, place: Place) -> int:
    """Copy a draft and print the copy's id."""
    from samverkan_desktop.services import writing

    with _open(place) as library:
        _say(writing.duplicate(library, library.resolve(options.draft)).id)
    return 0


def delete(options: Namespace, place: Place) -> int:
    """Move a draft to the bin."""
    with _open(place) as library:
        draft_id = library.resolve(options.draft)
        library.delete(draft_id)
    _say(f"Ärendet ligger i papperskorgen; samverkan restore {draft_id} tar tillbaka det.")
    return 0


def restore(options: Namespace, place: Place) -> int:
    """Take a draft out of the bin."""
    with _open(place) as library:
        library.restore(library.resolve(options.draft))
    _say("Ärendet är tillbaka.")
    return 0


def export(options: Namespace, place: Place) -> int:
    """Write a draft as PDF, Word and text, to files or one of them to standard output."""
    import tempfile

    from samverkan_desktop.catalogue import load_catalogue
    from samverkan_desktop.domain.progress import silent
    from samverkan_desktop.services import exporting
    from samverkan_desktop.settings import load_settings

    wanted = {kind: getattr(options, kind) for kind in ("pdf", "docx", "text")}
    wanted = {kind: path for kind, path in wanted.items() if path is not None}
    piped = _check_outputs(wanted)
    _keep_input(options.draft, wanted, place)
    draft, template, files = _given(options.draft, place)
    catalogue, settings = load_catalogue(place.folders), load_settings(place.folders)
    document = exporting.composed(draft, template, catalogue, settings)
    with tempfile.TemporaryDirectory() as folder:
        through = Path(folder) / "ut"
        paths = {kind: through if path == "-" else Path(path) for kind, path in wanted.items()}
        outputs = exporting.Outputs(**paths)
        written = exporting.export(document, files, outputs, place.folders, silent)
        if piped:
            sys.stdout.flush()
            sys.stdout.buffer.write(through.read_bytes())
            return 0
    _say(*map(str, written))
    return 0


def check(options: Namespace, place: Place) -> int:
    """Print what is wrong with a draft; 1 when something has to be put right."""
    from samverkan_desktop.services.checking import findings as findings_of

    draft, template, _ = _given(options.draft, place)
    findings = findings_of(draft, template, place.folders)
    if options.json:
        _say_json([dataclasses.asdict(finding) for finding in findings])
    else:
        headings = {entry.key: _one_line(entry.heading) for entry in outline(draft, template)}
        for finding in findings:
            severity = _SEVERITIES.get(finding.severity, finding.severity)
            where = headings.get(finding.section or "", "")
            _say(": ".join(part for part in (severity, where, finding.message) if part))
        if not findings:
            _say("Inget att anmärka på.")
    return int(any(finding.severity == "error" for finding in findings))


def verify(options: Namespace, _place: Place) -> int:
    """Print what is wrong with finished files; 1 when one breaks a rule, 2 when unreadable."""
    from samverkan_desktop.conformance.pdf import is_compliant
    from samverkan_desktop.services.verifying import verify as findings_of

    verdicts: list[dict[str, Any]] = []
    code = 0
    for path in options.files:
        try:
            findings = findings_of(path)
        except UnreadableFileError as error:
            sys.stderr.write(f"{error}\n")
            verdicts.append({"file": str(path), "compliant": False, "error": str(error)})
            code = error.exit_code
            continue
        compliant = is_compliant(findings)
        plain = [dataclasses.asdict(finding) for finding in findings]
        verdicts.append({"file": str(path), "compliant": compliant, "findings": plain})
        code = max(code, int(not compliant))
        if not options.json:
            _say(_verdict_line(path, compliant=compliant), *map(_finding_line, findings))
    if options.json:
        _say_json(verdicts)
    return code


def templates(options: Namespace, place: Place) -> int:
    """Print the installed document types; 2 when a file of theirs can't be used."""
    from samverkan_desktop.catalogue import load_catalogue

    catalogue = load_catalogue(place.folders)
    found = sorted(catalogue.templates.values(), key=lambda t: (t.group, t.name))
    if options.json:
        fields = ("id", "name", "group", "document_name", "description")
        _say_json([{field: getattr(template, field) for field in fields} for template in found])
    else:
        _say(*(f"{template.id}: {template.group}, {template.name}" for template in found))
    for problem in catalogue.problems:
        sys.stderr.write(f"{problem}\n")
    return max((problem.exit_code for problem in catalogue.problems), default=0)


def example(options: Namespace, place: Place) -> int:
    """Write the example drafts as files and print their paths."""
    from samverkan_desktop.services.examples import write_examples

    _say(*map(str, write_examples(place.folders, options.folder)))
    return 0


def _verdict_line(path: Path, *, compliant: bool) -> str:
    follows = "följer" if compliant else "följer inte"
    return f"{path}: {follows} PDF/UA-1 och PDF/A-2a."


def _finding_line(finding: "PdfFinding") -> str:
    page = f"sida {finding.page}" if finding.page else ""
    where = ", ".join(part for part in (page, finding.path) if part)
    sentence = f"{_one_line(finding.message).removesuffix('.')} ({finding.clause})."
    severity = _SEVERITIES[finding.severity]
    return "    " + ": ".join(part for part in (severity, where, sentence) if part)


def _open(place: Place) -> "Library":
    from samverkan_desktop.store.library import Library

    return Library.open(place.library, wait=WAIT)


def _given(draft: str, place: Place) -> tuple["Draft", "Template", "Files"]:
    """Return the draft that the user named, by id or as a file, its template and its files."""
    from samverkan_desktop.catalogue import load_catalogue
    from samverkan_desktop.services import exporting, writing

    if _is_file(draft):
        path = Path(draft)
        value, files = writing.read_json(path), writing.files_beside(path)
    else:
        with _open(place) as library:
            value = library.load(library.resolve(draft))
        files = exporting.library_files(place.library, value.id)
    return value, load_catalogue(place.folders).template(value.template), files


def _is_file(draft: str) -> bool:
    """Whether the user named a draft as a file, and not by its id."""
    return draft.lower().endswith(".json")


def _keep_input(draft: str, wanted: dict[str, str], place: Place) -> None:
    """Raise UsageError when an output is what the draft is read from, under whatever name."""
    source = Path(draft) if _is_file(draft) else place.library
    for kind, path in wanted.items():
        if path != "-" and _is_same(Path(path), source):
            reason = f"--{kind} kan inte skriva över {source}, som ärendet läses ur"
            raise UsageError(reason, "samverkan export")


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them isn't there
        return False


def _check_outputs(wanted: dict[str, str]) -> bool:
    """Return whether one output goes to standard output; raise UsageError when they can't work."""
    program = "samverkan export"
    if not wanted:
        raise UsageError("ange minst ett av --pdf, --docx och --text", program)
    if len({Path(path).resolve() for path in wanted.values()}) < len(wanted):
        raise UsageError("två utdata kan inte skrivas till samma ställe", program)
    piped = [kind for kind, path in wanted.items() if path == "-"]
    if piped and piped[0] != "text" and sys.stdout.isatty():
        raise UsageError(f"--{piped[0]} - kan inte visas i en terminal; ange en fil", program)
    return bool(piped)


def _list(
    library: "Library", summaries: "list[DraftSummary]", nothing: str, *, as_json: bool
) -> None:
    if as_json:
        _say_json([_plain(summary) for summary in summaries])
    else:
        length = _id_length(library)
        _say(*(_line(summary, length) for summary in summaries) if summaries else (nothing,))


def _plain(summary: "DraftSummary") -> dict[str, Any]:
    return dataclasses.asdict(summary)


def _id_length(library: "Library") -> int:
    """Return how many characters are enough to tell all ids apart."""
    ids = {summary.id for summary in library.summaries() + library.bin()}
    lengths = itertools.count(SHORTEST_ID)
    return next(n for n in lengths if len({draft_id[:n] for draft_id in ids}) == len(ids))


def _line(summary: "DraftSummary", id_length: int) -> str:
    meeting = summary.meeting_date.isoformat() if summary.meeting_date else "utan datum"
    parts = (summary.id[:id_length], meeting, _one_line(summary.dnr), _title(summary.title))
    return "  ".join(part for part in parts if part)


def _head_lines(draft: "Draft", template: "Template") -> list[str]:
    meeting = draft.meeting_date.isoformat() if draft.meeting_date else ""
    fields = (
        ("Id", draft.id),
        ("Mall", f"{template.group}, {template.name}"),
        (template.dnr.label, draft.dnr),
        ("Nämnd", draft.committee),
        ("Sammanträde", meeting),
        ("Handläggare", draft.officer.name),
    )
    return [_title(draft.title), *(f"{n}: {_one_line(value)}" for n, value in fields if value)]


def _title(title: str) -> str:
    return _one_line(title) or "Ärende utan rubrik"


def _one_line(text: str) -> str:
    """Return text for a terminal: without control characters, on one line."""
    return " ".join(clean(text).split())


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _say_json(value: Iterable[Any]) -> None:
    _say(json.dumps(value, ensure_ascii=False, indent=1, default=_iso))


def _iso(value: Any) -> str:  # noqa: ANN401 - what json.dumps gives
    return str(value.isoformat())
