"""Every field can be signed, the file stays what it was, and changes afterwards show."""

import io
import itertools
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pdf_documents import one_of_each, to_pdf
from pdf_samples import EXAMPLES, example_pdf
from pyhanko.pdf_utils.generic import NumberObject
from reference_validator import Validator
from signing import Authority, Person, Version17Writer, sign, signatures

from samverkan_desktop.conformance.pdf import check_pdf

EMPTY = to_pdf(one_of_each())


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def people(authority: Authority) -> list[Person]:
    return [authority.person(name) for name in ("Åsa Öberg", "Bo Lind", "Siv Ek")]


@pytest.fixture(scope="module")
def versions(authority: Authority, people: list[Person]) -> list[bytes]:
    """The file without signatures, with one, two and three."""
    return signed_versions(EMPTY, authority, people)


def signed_versions(data: bytes, authority: Authority, people: list[Person]) -> list[bytes]:
    made = [data]
    for name, person in zip(field_names(data), people, strict=False):
        made.append(sign(made[-1], name, person, authority))
    return made


def field_names(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as opened:
        return [str(field.T) for field in opened.Root.AcroForm.Fields]


def test_the_fields_are_signed_one_after_another_and_all_hold(versions, authority):
    assert len(versions) == 4
    for count, data in enumerate(versions):
        found = signatures(data, authority)
        assert list(found) == field_names(data)[:count]
        for status in found.values():
            assert status.intact
            assert status.valid
            assert status.trusted
            assert status.bottom_line
            assert status.docmdp_ok


def test_a_signature_covers_all_that_was_there_when_it_was_made(versions, authority):
    first, second, third = signatures(versions[3], authority).values()
    assert first.coverage.name == second.coverage.name == "ENTIRE_REVISION"
    assert third.coverage.name == "ENTIRE_FILE"
    assert first.modification_level.name == "FORM_FILLING"


def test_a_signed_file_begins_with_the_file_that_was_signed(versions):
    for before, after in itertools.pairwise(versions):
        assert after.startswith(before)


def test_signatures_leave_the_file_conforming(versions):
    for data in versions:
        assert check_pdf(data) == ()


def test_verapdf_passes_the_file_before_and_after_each_signature(versions, verapdf: Validator):
    for data in versions:
        verapdf.hand_over(data)
    verdicts = [verapdf.verdict() for _ in versions]
    assert [verdict for verdict in verdicts if not verdict.passed] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_can_be_signed_by_all_who_should(path: Path, authority, people, verapdf):
    data = example_pdf(path)
    names = field_names(data)
    assert names
    signed = signed_versions(data, authority, people[:2])[-1]
    found = signatures(signed, authority)
    assert list(found) == names[:2]
    assert all(status.bottom_line for status in found.values())
    assert check_pdf(signed) == ()
    assert verapdf.judge(signed).passed


def test_a_file_without_a_date_is_good_when_signed(authority, people):
    """A signer notes the day in one of the two places, and there is nothing it differs from."""
    made = one_of_each()
    undated = to_pdf(replace(made, furniture=replace(made.furniture, date="")))
    for data in signed_versions(undated, authority, people):
        assert check_pdf(data) == ()


def test_another_authority_is_not_trusted(versions):
    (status,) = signatures(versions[1], Authority()).values()
    assert status.intact
    assert not status.trusted
    assert not status.bottom_line


# Tampering


def test_a_changed_byte_breaks_both_signatures(versions, authority):
    at = versions[2].index(b"stream", versions[2].index(b"/FlateDecode")) + 40
    changed = versions[2][:at] + bytes([versions[2][at] ^ 1]) + versions[2][at + 1 :]
    found = signatures(changed, authority)
    assert [status.intact for status in found.values()] == [False, False]
    assert not any(status.bottom_line for status in found.values())


def test_another_title_breaks_the_signature(versions, authority):
    assert b"(Ines Ekmark)" in versions[1]
    changed = versions[1].replace(b"(Ines Ekmark)", b"(Ines Ekmarx)", 1)
    (status,) = signatures(changed, authority).values()
    assert not status.intact


def test_what_is_added_after_signing_is_told(versions, authority):
    """The signed bytes are all there; what was added is not what a signer may add."""
    writer = Version17Writer(io.BytesIO(versions[1]))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = NumberObject(90)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    (status,) = signatures(out.getvalue(), authority).values()
    assert status.intact
    assert not status.bottom_line
    assert status.modification_level.name == "OTHER"


# A second opinion


@pytest.fixture
def pdfsig(tmp_path: Path):
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig is not installed (on Debian poppler-utils)")

    def run(data: bytes) -> list[str]:
        path = tmp_path / "signed.pdf"
        path.write_bytes(data)
        command = ["pdfsig", "-nocert", str(path)]
        environment = {**os.environ, "HOME": str(tmp_path), "LC_ALL": "C"}
        told = subprocess.run(
            command, capture_output=True, text=True, check=False, env=environment
        ).stdout
        lines = (line.strip() for line in told.splitlines())
        return [line for line in lines if line.startswith("- Signature Validation:")]

    return run


def test_pdfsig_finds_all_signatures_valid(versions, pdfsig):
    assert pdfsig(versions[2]) == ["- Signature Validation: Signature is Valid."] * 2


def test_pdfsig_finds_a_changed_byte(versions, pdfsig):
    changed = versions[2].replace(b"(Ines Ekmark)", b"(Ines Ekmarx)", 1)
    assert pdfsig(changed) == ["- Signature Validation: Digest Mismatch."] * 2
