"""Our reading of Word files beside that of mammoth and docx2python, in one run.

The same file for all: ours, of 3 and of 60 pages. We read it as a foreign document, as our own file
that nobody has touched, and with a change in each section; the others give HTML and nested lists.
They are not among our libraries. In an environment of their own:

    python3 -m venv ../engines && ../engines/bin/pip install mammoth docx2python
    .venv/bin/python -m bench.word_import --engines ../engines/bin/python
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
from pathlib import Path

from bench.drafts import THREE_PAGES, example, long_draft
from bench.hostile import fixtures
from bench.hostile import measure as measure_hostile
from bench.measure import machine, print_table, timed
from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.domain.review_content import content_of
from samverkan_desktop.exchange.office.package import Package
from samverkan_desktop.exchange.reading.word import read_word
from samverkan_desktop.exchange.word.carried import carried_draft
from samverkan_desktop.exchange.word.returned import read_returned
from samverkan_desktop.export.word import write_word
from samverkan_desktop.files import standard_folders

_FOLDERS = standard_folders()
_CATALOGUE = load_catalogue(_FOLDERS)
_COLUMNS = ("reader", "pages", "ms, median")
_FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "exchange" / "word" / "fixtures"
# Run in the other environment: the file, and how many times each; the first warms up.
_FOREIGN = """
import io, json, sys, time
data, times = open(sys.argv[1], "rb").read(), int(sys.argv[2])
import mammoth
from docx2python import docx2python
readers = {
    "mammoth, to HTML": lambda: mammoth.convert_to_html(io.BytesIO(data)).value,
    "docx2python": lambda: docx2python(io.BytesIO(data)).text,
}
out = {}
for name, read in readers.items():
    read()
    out[name] = []
    for _ in range(times):
        start = time.perf_counter()
        read()
        out[name].append((time.perf_counter() - start) * 1000)
json.dump(out, sys.stdout)
"""


def main() -> None:
    """Measure, and print a table; then read mutated files."""
    parser = argparse.ArgumentParser(prog="python -m bench.word_import")
    parser.add_argument("--engines", help="the python that has mammoth and docx2python")
    given = parser.parse_args()
    rows = []
    for draft, times in ((example(THREE_PAGES), 30), (long_draft(17), 5)):
        data = _word_file(draft)
        pages = "3" if times > 5 else "60"
        found = {name: timed(act, times) for name, act in _readers(data).items()}
        if given.engines:
            found |= _foreign(given.engines, data, times)
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
        "ours, as a foreign file": lambda: read_word(data, "fil.docx", lambda _d, _t: None),
        "ours, came back untouched": lambda: _back(data),
        "ours, came back changed all over": lambda: _back(changed),
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


def _foreign(python: str, data: bytes, times: int) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fil.docx"
        path.write_bytes(data)
        done = subprocess.run(
            [python, "-c", _FOREIGN, str(path), str(times)],
            capture_output=True,
            check=True,
            text=True,
        )
    found: dict[str, list[float]] = json.loads(done.stdout)
    return found


def _no_file(name: str) -> bytes:
    raise KeyError(name)


if __name__ == "__main__":
    main()
