"""Our writing and reading of Word files beside that of others, in one run.

Writing: docxtpl fills a template with the lines of the same document, and python-docx adds them one
by one, both without lists, page heads, controls, signature lines or the draft that ours carries.
Reading: the same file for all, ours of 3 and of 60 pages. We read it as a foreign document, as our
own file that nobody has touched, and with a change in each section; mammoth gives HTML and
docx2python nested lists. They are not among our libraries. In an environment of their own:

    python3 -m venv ../engines && ../engines/bin/pip install docxtpl mammoth docx2python
    .venv/bin/python -m bench.word --engines ../engines/bin/python
"""

import argparse
import io
import json
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.drafts import THREE_PAGES, example, long_draft
from bench.hostile import fixtures
from bench.hostile import measure as measure_hostile
from bench.measure import machine, print_table, timed
from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.document import SectionHeading
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.domain.review_content import content_of
from samverkan_desktop.exchange.office.package import Package
from samverkan_desktop.exchange.reading.word import read_word
from samverkan_desktop.exchange.word.carried import carried_draft
from samverkan_desktop.exchange.word.returned import read_returned
from samverkan_desktop.export.text import write_text
from samverkan_desktop.export.word import write_word
from samverkan_desktop.files import standard_folders

_FOLDERS = standard_folders()
_CATALOGUE = load_catalogue(_FOLDERS)
_COLUMNS = ("what", "pages", "ms, median")
_FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "exchange" / "word" / "fixtures"
# Run in the other environment: a file, its lines as JSON, and how many times each is done; the
# first warms up. A line is a heading where it is so in the outline.
_FOREIGN = """
import io, json, sys, time
data, times = open(sys.argv[1], "rb").read(), int(sys.argv[3])
lines = json.load(open(sys.argv[2], encoding="utf-8"))
import docx, mammoth
from docx2python import docx2python
from docxtpl import DocxTemplate

template = docx.Document()
template.add_paragraph("{%p for line in lines %}")
template.add_paragraph("{%p if line.heading %}")
template.add_heading("{{ line.text }}", 1)
template.add_paragraph("{%p else %}")
template.add_paragraph("{{ line.text }}")
template.add_paragraph("{%p endif %}")
template.add_paragraph("{%p endfor %}")
stored = io.BytesIO()
template.save(stored)

def fill():
    made = DocxTemplate(io.BytesIO(stored.getvalue()))
    made.render({"lines": lines}, autoescape=True)
    made.save(io.BytesIO())

def add():
    made = docx.Document()
    for line in lines:
        if line["heading"]:
            made.add_heading(line["text"], 1)
        else:
            made.add_paragraph(line["text"])
    made.save(io.BytesIO())

acts = {
    "written by docxtpl": fill,
    "written by python-docx": add,
    "read by mammoth, to HTML": lambda: mammoth.convert_to_html(io.BytesIO(data)).value,
    "read by docx2python": lambda: docx2python(io.BytesIO(data)).text,
}
out = {}
for name, act in acts.items():
    act()
    out[name] = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        out[name].append((time.perf_counter() - start) * 1000)
json.dump(out, sys.stdout)
"""


def main() -> None:
    """Measure, and print a table; then read mutated files."""
    parser = argparse.ArgumentParser(prog="python -m bench.word")
    parser.add_argument("--engines", help="the python that has the others")
    given = parser.parse_args()
    rows = []
    for draft, times in ((example(THREE_PAGES), 30), (long_draft(17), 5)):
        data = _word_file(draft)
        pages = "3" if times > 5 else "60"
        acts = {"written by us": partial(_word_file, draft)} | _readers(data)
        found = {name: timed(act, times) for name, act in acts.items()}
        if given.engines:
            found |= _foreign(given.engines, draft, data, times)
        rows += [(name, pages, f"{statistics.median(ms):.0f}") for name, ms in found.items()]
    print(f"\n{machine()}\n")
    print_table([_COLUMNS, *rows])
    measure_hostile(fixtures(_FIXTURES), _CATALOGUE)


def _word_file(draft: Draft) -> bytes:
    template = _CATALOGUE.template(draft.template)
    out = io.BytesIO()
    write_word(compose(draft, template), _no_file, out, _FOLDERS, silent, draft)
    return out.getvalue()


def _readers(data: bytes) -> dict[str, Callable[[], object]]:
    changed = _changed(data)
    readers: dict[str, Callable[[], object]] = {
        "read by us, as a foreign file": lambda: read_word(data, "fil.docx", lambda _d, _t: None),
        "read by us, came back untouched": lambda: _back(data),
        "read by us, came back changed all over": lambda: _back(changed),
    }
    for act in readers.values():
        act()  # warms up
    return readers


def _back(data: bytes) -> object:
    package = Package(data, "fil.docx")
    carried = carried_draft(package)
    if carried is None:
        sys.exit("the file carries no draft")
    draft = carried.draft
    template = _CATALOGUE.template(draft.template)
    document = compose(draft, template)
    return read_returned(package, carried, document, lambda key: content_of(draft, template, key))


def _changed(data: bytes) -> bytes:
    """Return the file with some words of nearly every paragraph changed, without tracking."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    name = "word/document.xml"
    members[name] = members[name].replace(b" och ", b" samt ").replace(b" att ", b" ")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for member, content in members.items():
            package.writestr(member, content)
    return out.getvalue()


def _foreign(python: str, draft: Draft, data: bytes, times: int) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fil.docx"
        path.write_bytes(data)
        lines = Path(folder) / "rader.json"
        lines.write_text(json.dumps(_lines(draft)), "utf-8")
        done = subprocess.run(
            [python, "-c", _FOREIGN, str(path), str(lines), str(times)],
            capture_output=True,
            check=True,
            text=True,
        )
    found: dict[str, list[float]] = json.loads(done.stdout)
    return found


def _lines(draft: Draft) -> list[dict[str, object]]:
    document = compose(draft, _CATALOGUE.template(draft.template))
    parts = (element for part in document.parts for element in part.elements)
    headings = {element.text for element in parts if isinstance(element, SectionHeading)}
    lines = write_text(document).splitlines()
    return [{"text": line, "heading": line in headings} for line in lines if line]


def _no_file(name: str) -> bytes:
    raise KeyError(name)


if __name__ == "__main__":
    main()
