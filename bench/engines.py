"""Our PDF beside that of other typesetters: time, size, and what veraPDF says of each.

The same content for all, in other words each time; the least time of some counts, since a machine
is disturbed but never too fast. WeasyPrint, Typst and fpdf2 are not among our libraries. In an
environment of their own:

    python3 -m venv ../engines && ../engines/bin/pip install weasyprint typst fpdf2
    .venv/bin/python -m bench.engines --engines ../engines/bin/python

LibreOffice converts our Word file, in a process of its own each time. What isn't installed is left
out and named.
"""

import argparse
import base64
import io
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2

from bench.drafts import THREE_PAGES, example, long_draft
from bench.measure import machine, print_table, timed
from bench.plain_reportlab import write_plain
from bench.renderings import as_blocks, to_body, to_html, to_typst
from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.document import Document
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.domain.text import map_spans, spans
from samverkan_desktop.export.pdf.writer import write_pdf
from samverkan_desktop.export.word import write_word
from samverkan_desktop.files import standard_folders
from tests.reference_validator import Validator, running_validator, what_is_missing

_COLUMNS = ("typesetter", "pages", "ms", "of ReportLab", "KB", "PDF/UA-1", "PDF/A-2a")
_FOLDERS = standard_folders()
_FONTS = _FOLDERS.resources / "fonts"
_FOREIGN = Path(__file__).with_name("foreign.py")
_PDF_OPTIONS = json.dumps(
    {
        "PDFUACompliance": {"type": "boolean", "value": "true"},
        "SelectPdfVersion": {"type": "long", "value": "2"},  # PDF/A-2b; it has no 2a
    }
)


@dataclass(frozen=True, slots=True)
class Result:
    """How many milliseconds each file took, and the last file."""

    times: Sequence[float]
    pdf: bytes

    @property
    def least(self) -> float:
        """Return the least time."""
        return min(self.times)


# Writes each of the documents; the first warms up and isn't timed.
_Engine = Callable[[Sequence[Document]], Result]


def compare(python: str, times: int) -> None:
    """Print what each typesetter needs for 3 and for 30 pages."""
    rows = [_COLUMNS]
    with ExitStack() as stack:
        missing = what_is_missing()
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        validator = None if missing else stack.enter_context(running_validator(folder))
        for draft in (example(THREE_PAGES), long_draft(8)):
            results = dict(_results(python, list(_documents(draft, times + 1))))
            plain = results["ReportLab, untagged"].least
            for name, result in results.items():
                pages = str(_page_count(result.pdf))
                ratio = f"{result.least / plain:.2f}"
                facts = (f"{result.least:.0f}", ratio, f"{len(result.pdf) / 1024:.0f}")
                rows.append((name, pages, *facts, *_verdicts(validator, result.pdf)))
    print(f"\n{machine()}\n")
    print_table(rows)
    if missing:
        print(f"\nveraPDF needs {missing}.")


def _results(python: str, documents: Sequence[Document]) -> Iterator[tuple[str, Result]]:
    for name, engine in _engines(python).items():
        print(f"measuring {name} …", flush=True)
        try:
            yield name, engine(documents)
        except OSError as error:
            print(f"{name} can't be measured: {error}")
        except subprocess.CalledProcessError as error:
            print(f"{name} can't be measured: {error.stderr.splitlines()[-1]}")


def _engines(python: str) -> dict[str, _Engine]:
    def foreign(engine: str, source: Callable[[Document], str]) -> _Engine:
        return lambda documents: _run_foreign(python, engine, [source(d) for d in documents])

    return {
        "ReportLab, untagged": _plain,
        "Samverkan": _ours,
        "Typst, UA-1 and A-2a": foreign("typst", _as_typst),
        "WeasyPrint, UA-1": foreign("weasyprint-ua", _as_html),
        "WeasyPrint, A-2a": foreign("weasyprint-a", _as_html),
        "fpdf2": foreign("fpdf2", lambda document: to_body(as_blocks(document))),
        "LibreOffice from our Word file": _libreoffice,
    }


def _documents(draft: Draft, count: int) -> Iterator[Document]:
    template = load_catalogue(_FOLDERS).template(draft.template)
    for number in range(count):
        yield compose(_in_other_words(draft, number), template)


def _in_other_words(draft: Draft, number: int) -> Draft:
    """Return a draft that no typesetter can have an answer to in a cache."""
    salt = spans(f" Nr {number}.")
    sections = (
        replace(s, content=map_spans(s.content, lambda text: (*text, *salt)))
        for s in draft.sections
    )
    return replace(draft, sections=tuple(sections))


def _timed(write: Callable[[Document], bytes], documents: Sequence[Document]) -> Result:
    first, *others = documents
    pdf = write(first)
    waiting = iter(others)
    times = timed(lambda: write(next(waiting)), len(others))
    return Result(times, pdf)


def _ours(documents: Sequence[Document]) -> Result:
    def write(document: Document) -> bytes:
        out = io.BytesIO()
        write_pdf(document, _no_file, out, _FOLDERS, silent)
        return out.getvalue()

    return _timed(write, documents)


def _plain(documents: Sequence[Document]) -> Result:
    return _timed(lambda d: write_plain(d.properties.title, as_blocks(d), _FONTS), documents)


def _as_html(document: Document) -> str:
    return to_html(document.properties.title, as_blocks(document), _FONTS)


def _as_typst(document: Document) -> str:
    return to_typst(document.properties.title, as_blocks(document))


def _run_foreign(python: str, engine: str, sources: Sequence[str]) -> Result:
    command = [python, str(_FOREIGN), engine, str(_FONTS)]
    run = subprocess.run(
        command, input=json.dumps(sources), capture_output=True, text=True, check=True
    )
    answer = json.loads(run.stdout)
    return Result(answer["times"], base64.b64decode(answer["pdf"]))


def _libreoffice(documents: Sequence[Document]) -> Result:
    program = shutil.which("soffice")
    if program is None:
        raise FileNotFoundError("soffice is not installed")
    times = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for document in documents[:4]:  # it is slow, and hardly varies
            with (folder / "a.docx").open("wb") as out:
                write_word(document, _no_file, out, _FOLDERS, silent)
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            kind = f"pdf:writer_pdf_Export:{_PDF_OPTIONS}"
            command = [program, profile, "--headless", "--convert-to", kind, "--outdir", name]
            start = time.perf_counter()
            subprocess.run(
                [*command, str(folder / "a.docx")], capture_output=True, text=True, check=True
            )
            times.append((time.perf_counter() - start) * 1000)
        return Result(times[1:], (folder / "a.pdf").read_bytes())


def _page_count(pdf: bytes) -> int:
    with closing(pypdfium2.PdfDocument(pdf)) as opened:
        return len(opened)


def _verdicts(validator: Validator | None, pdf: bytes) -> tuple[str, str]:
    if validator is None:
        return "", ""
    verdict = validator.judge(pdf)
    return _verdict(verdict.ua1), _verdict(verdict.a2a)


def _verdict(broken: Sequence[str]) -> str:
    return f"fails {broken[0].split()[0]}" if broken else "passes"


def _no_file(name: str) -> bytes:
    raise AssertionError(f"the drafts measured have no files, but {name} was asked for")


def options() -> argparse.ArgumentParser:
    """Return what can be said on the command line."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument(
        "--engines", default="python3", metavar="PYTHON",
        help="the Python that WeasyPrint, Typst and fpdf2 are installed for",
    )  # fmt: skip
    parser.add_argument("--times", type=int, default=10, help="how many files of each")
    return parser


if __name__ == "__main__":
    given = argparse.ArgumentParser(
        description=__doc__,
        parents=[options()],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    ).parse_args()
    compare(given.engines, given.times)
