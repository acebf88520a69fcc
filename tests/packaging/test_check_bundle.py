"""The bundle's check: it has to notice a bundle that is not sound."""

import importlib.util
import os
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent.parent / "packaging" / "check_bundle.py"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in programs are shell scripts")


@pytest.fixture
def check_bundle():
    spec = importlib.util.spec_from_file_location("check_bundle", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bundle(check_bundle, tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir()
    return check_bundle.Bundle(tmp_path, home)


def program(folder: Path, script: str) -> None:
    path = folder / "samverkan"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_a_program_gives_what_it_prints(bundle):
    program(bundle.folder, 'echo "$1"')
    assert bundle.run("samverkan", "åäö") == "åäö\n"


def test_a_warning_is_a_failure(check_bundle, bundle):
    program(bundle.folder, "echo 'something is deprecated' >&2")
    with pytest.raises(check_bundle.BundleError, match="something is deprecated"):
        bundle.run("samverkan")


def test_a_failure_is_told_with_what_the_program_said(check_bundle, bundle):
    program(bundle.folder, "echo 'no module named x'; exit 3")
    with pytest.raises(check_bundle.BundleError, match="ended with 3 and said:\nno module named x"):
        bundle.run("samverkan")


def test_the_program_gets_nothing_of_the_callers_environment(bundle, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    program(bundle.folder, 'echo "$PYTHONPATH|$HOME"')
    assert bundle.run("samverkan").strip() == f"|{bundle.home}"


def test_what_qt_says_without_a_screen_is_no_failure(bundle):
    program(bundle.folder, "echo 'This plugin does not support raise()' >&2; echo OK")
    assert bundle.run("samverkan") == "OK\n"


@pytest.mark.parametrize("name", ["_internal/pip/__init__.py", "_internal/libQt6Quick.so.6"])
def test_what_should_not_be_in_a_bundle_is_found(check_bundle, tmp_path: Path, name: str):
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).touch()
    with pytest.raises(check_bundle.BundleError, match="it holds"):
        check_bundle.check_content(tmp_path)


def test_the_folder_it_lies_in_may_have_any_name(check_bundle, tmp_path: Path):
    folder = tmp_path / "pip" / "samverkan"
    folder.mkdir(parents=True)
    (folder / "pipes.txt").touch()
    assert check_bundle.check_content(folder) == "0 MB in 1 files"


def test_a_link_that_leads_nowhere_is_found(check_bundle, tmp_path: Path):
    (tmp_path / "libQt6OpenGL.so.6").symlink_to("gone")
    with pytest.raises(check_bundle.BundleError, match=r"lead nowhere: libQt6OpenGL\.so\.6"):
        check_bundle.check_content(tmp_path)


def test_a_bundle_that_has_grown_too_large_is_found(check_bundle, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(check_bundle, "LARGEST_MB", 0.001)
    (tmp_path / "large").write_bytes(bytes(2000))
    with pytest.raises(check_bundle.BundleError, match=r"more than 0\.001"):
        check_bundle.check_content(tmp_path)


def test_a_missing_bundle_is_told(check_bundle, tmp_path: Path):
    with pytest.raises(check_bundle.BundleError, match="there is no folder"):
        check_bundle.check_content(tmp_path / "dist")
