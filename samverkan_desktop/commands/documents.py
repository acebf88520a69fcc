"""The commands that make and judge documents: export, check, verify."""

import dataclasses
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samverkan_desktop.commands.place import Place, given, is_file, open_library
from samverkan_desktop.commands.printing import one_line, say, say_json
from samverkan_desktop.domain.errors import SamverkanError, UsageError
from samverkan_desktop.domain.outline import outline

if TYPE_CHECKING:
    from samverkan_desktop.conformance.pdf import PdfFinding

_SEVERITIES = {"error": "Fel", "warning": "Varning", "hint": "Tips"}


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
    draft, template, files = given(options.draft, place)
    catalogue, settings = load_catalogue(place.folders), load_settings(place.folders)
    document = exporting.composed(draft, template, catalogue, settings)
    with tempfile.TemporaryDirectory() as folder:
        through = Path(folder) / "ut"
        paths = {kind: through if path == "-" else Path(path) for kind, path in wanted.items()}
        outputs = exporting.Outputs(
            pdf=paths.get("pdf"),
            docx=paths.get("docx"),
            text=paths.get("text"),
            carry_draft=not options.without_draft,
        )
        written = exporting.export(document, draft, files, outputs, place.folders, silent)
        if not is_file(options.draft) and not piped:  # what goes to a pipe is only looked at
            with open_library(place) as library:
                exporting.record_export(library, draft, written)
        if piped:
            sys.stdout.flush()
            sys.stdout.buffer.write(through.read_bytes())
            return 0
    say(*map(str, written))
    return 0


def check(options: Namespace, place: Place) -> int:
    """Print what is wrong with a draft; 1 when something has to be put right."""
    from samverkan_desktop.services.checking import findings as findings_of

    draft, template, _ = given(options.draft, place)
    findings = findings_of(draft, template, place.folders)
    if options.json:
        say_json([dataclasses.asdict(finding) for finding in findings])
    else:
        headings = {entry.key: one_line(entry.heading) for entry in outline(draft, template)}
        for finding in findings:
            severity = _SEVERITIES.get(finding.severity, finding.severity)
            where = headings.get(finding.section or "", "")
            say(": ".join(part for part in (severity, where, finding.message) if part))
        if not findings:
            say("Inget att anmärka på.")
    return int(any(finding.severity == "error" for finding in findings))


def verify(options: Namespace, _place: Place) -> int:
    """Print what is wrong with finished files; 1 when one breaks a rule, 2 when unreadable."""
    from samverkan_desktop.services.verifying import is_library

    verdicts: list[dict[str, Any]] = []
    code = 0
    for path in options.files:
        try:
            verdict, lines = _library_verdict(path) if is_library(path) else _pdf_verdict(path)
        except SamverkanError as error:
            sys.stderr.write(f"{error}\n")
            verdicts.append({"file": str(path), "compliant": False, "error": str(error)})
            code = max(code, error.exit_code)
            continue
        verdicts.append(verdict)
        code = max(code, int(not verdict["compliant"]))
        if not options.json:
            say(*lines)
    if options.json:
        say_json(verdicts)
    return code


def _pdf_verdict(path: Path) -> tuple[dict[str, Any], list[str]]:
    from samverkan_desktop.conformance.pdf import is_compliant
    from samverkan_desktop.services.verifying import verify as findings_of

    findings = findings_of(path)
    compliant = is_compliant(findings)
    plain = [dataclasses.asdict(finding) for finding in findings]
    lines = [_verdict_line(path, compliant=compliant), *map(_finding_line, findings)]
    return {"file": str(path), "compliant": compliant, "findings": plain}, lines


def _library_verdict(path: Path) -> tuple[dict[str, Any], list[str]]:
    from samverkan_desktop.services.verifying import verify_history

    problems = verify_history(path)
    told = "är inte som de skrevs" if problems else "är som de skrevs"
    lines = [f"{path}: journaler och versioner {told}.", *(f"    {p}" for p in problems)]
    return {"file": str(path), "compliant": not problems, "findings": list(problems)}, lines


def _verdict_line(path: Path, *, compliant: bool) -> str:
    follows = "följer" if compliant else "följer inte"
    return f"{path}: {follows} PDF/UA-1 och PDF/A-2a."


def _finding_line(finding: "PdfFinding") -> str:
    page = f"sida {finding.page}" if finding.page else ""
    where = ", ".join(part for part in (page, finding.path) if part)
    sentence = f"{one_line(finding.message).removesuffix('.')} ({finding.clause})."
    severity = _SEVERITIES[finding.severity]
    return "    " + ": ".join(part for part in (severity, where, sentence) if part)


def _keep_input(draft: str, wanted: dict[str, str], place: Place) -> None:
    """Raise UsageError when an output is what the draft is read from, under whatever name."""
    source = Path(draft) if is_file(draft) else place.library
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
