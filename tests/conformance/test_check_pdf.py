"""The checker sees every defect that it should, none in our own files, and survives any data."""

import contextlib
import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutants import MUTANTS, Mutant, replaced, saved
from pdf_documents import long_document, one_of_each, stress, to_pdf
from pdf_samples import EXAMPLES, example_pdf, random_pdfs
from reportlab.pdfgen.canvas import Canvas

from samverkan_desktop.conformance.pdf import RULES, BadPdfError, check_pdf, is_compliant

GOOD = to_pdf(one_of_each())


def codes(data: bytes) -> set[str]:
    return {finding.code for finding in check_pdf(data)}


def changed(change) -> bytes:
    return saved(change)(GOOD)


# Defects, one a file


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_defect_is_found(mutant: Mutant):
    assert mutant.code in codes(mutant.make(GOOD))


def test_every_rule_has_a_name_of_its_own():
    assert len({rule.code for rule in RULES}) == len(RULES)


def test_a_finding_leads_to_its_place():
    mutant = next(m for m in MUTANTS if m.name == "header cell without scope")
    (finding,) = check_pdf(mutant.make(GOOD))
    assert finding.path == "Document > Sect[4] > Table > THead > TR > TH[1]"
    assert finding.page == 2
    assert finding.clause == "ISO 14289-1 7.5"
    assert finding.message == "Rubrikcellen säger inte vilka celler den gäller (Scope)."
    assert not is_compliant((finding,))


def test_what_is_only_likely_wrong_leaves_the_file_compliant():
    mutant = next(m for m in MUTANTS if m.name == "reading order swapped")
    findings = check_pdf(mutant.make(GOOD))
    assert [finding.severity for finding in findings] == ["warning"]
    assert is_compliant(findings)


def test_a_plain_pdf_is_told_what_it_lacks():
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "Hej")
    canvas.save()
    found = codes(out.getvalue())
    assert {"structure.missing", "marking.unmarked", "font.embedded", "metadata.xmp"} <= found


def test_a_defect_in_very_many_places_is_told_in_some_and_that_there_are_more():
    def unscope(opened: pikepdf.Pdf) -> None:
        for cell in (o for o in opened.objects if is_element(o, "/TD")):
            cell.S = pikepdf.Name.TH

    findings = check_pdf(saved(unscope)(to_pdf(long_document(8))))
    found = [finding for finding in findings if finding.code == "table.scope"]
    assert len(found) == 51
    assert found[-1].message == "Samma fel finns på fler ställen."


def test_a_name_may_be_of_any_bytes():
    odd = replaced(b"/S/Sect", b"/S/S\xffct")(GOOD)
    assert "structure.role" in codes(odd)


def test_what_hinders_a_rule_is_told():
    def spoil(opened: pikepdf.Pdf) -> None:
        figure = next(o for o in opened.objects if is_element(o, "/Figure"))
        figure.A[0].BBox = pikepdf.Array([pikepdf.String("a"), 1, 2, 3])

    (finding,) = check_pdf(changed(spoil))
    assert finding.code == "file.unreadable"
    assert "figure.box" in finding.message
    assert not is_compliant((finding,))


def test_spans_of_cells_count():
    def span(opened: pikepdf.Pdf) -> None:
        rows = [r for r in opened.objects if is_element(r, "/TR")]
        wide = rows[-1].K[0]
        wide.A = pikepdf.Dictionary(O=pikepdf.Name.Table, ColSpan=2)

    assert "table.irregular" in codes(changed(span))


def is_element(thing: object, role: str) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == role


# Good files


def test_a_good_file_is_good_also_when_another_program_wrote_it_again():
    assert check_pdf(GOOD) == ()
    assert check_pdf(changed(lambda _: None)) == ()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_good(path: Path):
    assert check_pdf(example_pdf(path)) == ()


@pytest.mark.parametrize("made", [stress, lambda: long_document(12)], ids=["hard", "long"])
def test_large_documents_are_good(made):
    assert check_pdf(to_pdf(made())) == ()


def test_random_drafts_are_good():
    found = [finding for data in random_pdfs(300) for finding in check_pdf(data)]
    assert found == []


# Any data


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "det är ingen PDF-fil"),
        (b"Hej", "det är ingen PDF-fil"),
        (b"%PDF-1.7\n", "PDF-filen är skadad eller avkortad"),
        (GOOD[:9000], "PDF-filen är skadad eller avkortad"),
    ],
    ids=["empty", "text", "header only", "cut"],
)
def test_what_cannot_be_opened_is_told_in_a_clause(data: bytes, why: str):
    with pytest.raises(BadPdfError, match=why):
        check_pdf(data)


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=40))
def test_damaged_bytes_give_findings_or_a_plain_refusal(at: int, damage: bytes):
    with contextlib.suppress(BadPdfError):
        check_pdf(GOOD[:at] + damage + GOOD[at + len(damage) :])


ODD = [
    7, -1, 1.5, True, pikepdf.Name.Odd, pikepdf.String("odd"), pikepdf.Array([1, 2]),
    pikepdf.Dictionary(K=3), None,
]  # fmt: skip


@given(st.integers(1, 190), st.integers(0, 20), st.sampled_from(range(len(ODD))))
def test_objects_of_another_kind_give_findings(number: int, key: int, odd: int):
    """Whatever an entry of any object is, the file is told about and nothing is raised."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(GOOD)) as opened:
        thing = opened.get_object(number, 0)
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            return
        names = [name for name in thing.keys() if name not in ("/Length", "/Filter")]  # noqa: SIM118
        if not names:
            return
        name = names[key % len(names)]
        if ODD[odd] is None:
            del thing[name]
        else:
            thing[name] = ODD[odd]
        try:
            opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        except (pikepdf.PdfError, TypeError, ValueError, AttributeError):
            return  # the library that made it won't write it
    with contextlib.suppress(BadPdfError):
        check_pdf(out.getvalue())
