"""veraPDF, the reference validator, passes whatever we write, and fails what it should.

Needs a JDK. On a machine without one these tests are skipped; where CI is set they are not.
"""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from mutants import MUTANTS
from pdf_documents import long_document, one_of_each, picture, stress, to_pdf
from pdf_samples import EXAMPLES, example_pdf, random_pdfs
from reference_validator import Validator
from reportlab.pdfgen.canvas import Canvas

from samverkan_desktop.conformance.pdf import BadPdfError, check_pdf, is_compliant

GOOD = to_pdf(one_of_each())


def test_a_plain_file_fails(verapdf: Validator):
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "Hej")
    canvas.save()
    verdict = verapdf.judge(out.getvalue())
    assert any(rule.startswith("7.1-11 ") for rule in verdict.ua1)  # it has no structure
    assert any(rule.startswith("6.6.2.1-1 ") for rule in verdict.a2a)  # it has no metadata


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_passes(path: Path, verapdf: Validator):
    assert verapdf.judge(example_pdf(path)).passed


@pytest.mark.parametrize("made", [one_of_each, stress], ids=["each", "hard"])
def test_documents_with_everything_pass(made, verapdf: Validator):
    assert verapdf.judge(to_pdf(made())).passed


def test_a_logo_passes(verapdf: Validator):
    shape = b'<path fill="#05a" stroke="red" d="M0 0h9v9z"/>'
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%b</svg>' % shape
    for logo in (drawing, picture(mode="RGBA")):
        made = one_of_each()
        furniture = replace(made.furniture, logo=logo)
        assert verapdf.judge(to_pdf(replace(made, furniture=furniture))).passed


def test_a_document_of_150_pages_passes(verapdf: Validator):
    assert verapdf.judge(to_pdf(long_document(128))).passed


def test_300_random_drafts_pass(verapdf: Validator):
    for data in random_pdfs(300):
        verapdf.hand_over(data)
    verdicts = [verapdf.verdict() for _ in range(300)]
    assert [verdict for verdict in verdicts if not verdict.passed] == []


def test_what_verapdf_fails_our_checker_fails_too(verapdf: Validator):
    """It tells more than veraPDF does, and nothing less, about each one-defect file."""
    files = {mutant.name: mutant.make(GOOD) for mutant in MUTANTS}
    for data in files.values():
        verapdf.hand_over(data)
    verdicts = {name: verapdf.verdict() for name in files}
    overlooked = {name: v for name, v in verdicts.items() if not v.passed and passes(files[name])}
    assert overlooked == {}
    assert sum(not verdict.passed for verdict in verdicts.values()) >= 50


def passes(data: bytes) -> bool:
    try:
        return is_compliant(check_pdf(data))
    except BadPdfError:
        return False
