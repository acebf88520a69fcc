"""Writing files without loss: the old content or the whole new one, and never a trace."""

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from samverkan_desktop.domain.errors import ResourceError, UnreadableFileError, WriteError
from samverkan_desktop.files import (
    Folders,
    make_folder,
    read_bytes,
    reason,
    replacing,
    resource,
    standard_folders,
    write_bytes,
)

ROOT = Path(__file__).resolve().parent.parent

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions and limits")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file with content that must not be lost."""
    path = tmp_path / "utlåtande.pdf"
    path.write_bytes(b"gammalt")
    return path


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def only(path: Path) -> None:
    """No temporary file is left beside the file."""
    assert names(path.parent) == [path.name]


def write_half_of(path: Path, failure: BaseException | type[BaseException]) -> None:
    with replacing(path) as temporary:
        temporary.write_bytes(b"halv")
        raise failure


@pytest.mark.parametrize("data", [b"", b"nytt", bytes(3_000_000)])
def test_the_new_content_takes_the_place_of_the_old(old: Path, data: bytes):
    write_bytes(old, data)
    assert read_bytes(old) == data
    only(old)


def test_a_new_file(tmp_path: Path):
    path = tmp_path / ("å" * 120 + ".pdf")  # 244 bytes of the 255 that a name may have
    write_bytes(path, b"nytt")
    assert path.read_bytes() == b"nytt"
    only(path)


def test_a_path_without_a_folder_is_in_the_current_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    write_bytes(Path("fil.txt"), b"x")
    assert names(tmp_path) == ["fil.txt"]


def test_nobody_sees_a_half_written_file(old: Path):
    with replacing(old) as temporary:
        temporary.write_bytes(b"ha")
        assert old.read_bytes() == b"gammalt"
        assert temporary.parent == old.parent  # or the rename would not be one step
        temporary.write_bytes(b"helt")
    assert old.read_bytes() == b"helt"


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, SystemExit, MemoryError])
def test_any_exception_leaves_everything_as_it_was(old: Path, failure: type[BaseException]):
    with pytest.raises(failure):
        write_half_of(old, failure)
    assert old.read_bytes() == b"gammalt"
    only(old)


def test_a_file_that_was_not_there_is_not_there_after_a_failure(tmp_path: Path):
    with pytest.raises(ValueError, match="avbrott"):
        write_half_of(tmp_path / "ny.pdf", ValueError("avbrott"))
    assert names(tmp_path) == []


def test_a_write_error_inside_is_told_in_words(old: Path):
    with pytest.raises(WriteError) as error:
        write_half_of(old, OSError(errno.ENOSPC, "No space left on device"))
    assert str(error.value) == (
        f"Det gick inte att skriva {old}: disken är full. Inget har ändrats."
    )
    assert old.read_bytes() == b"gammalt"
    only(old)


def test_the_writer_may_remove_its_temporary_file_itself(old: Path):
    with pytest.raises(WriteError), replacing(old) as temporary:
        temporary.unlink()
    assert old.read_bytes() == b"gammalt"
    only(old)


FILL = """
import resource, signal, sys
from pathlib import Path
from samverkan_desktop.domain.errors import WriteError
from samverkan_desktop.files import write_bytes
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_bytes(Path(sys.argv[1]), bytes(1_000_000))
except WriteError as error:
    print(error)
    sys.exit(error.exit_code)
"""


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@posix
def test_a_file_larger_than_there_is_room_for(old: Path):
    """The system stops the write half-way, as on a full disk."""
    done = run(FILL, old)
    assert (done.returncode, done.stderr) == (3, "")
    assert (
        done.stdout == f"Det gick inte att skriva {old}: filen blir för stor. Inget har ändrats.\n"
    )
    assert old.read_bytes() == b"gammalt"
    only(old)


KILL = """
import os, signal, sys
from pathlib import Path
from samverkan_desktop.files import replacing
with replacing(Path(sys.argv[1])) as temporary:
    temporary.write_bytes(b"halv")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@posix
def test_a_program_that_is_killed_leaves_the_old_file(old: Path):
    done = run(KILL, old)
    assert done.returncode == -signal.SIGKILL
    assert old.read_bytes() == b"gammalt"


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o666, 0o755])
def test_permissions_are_kept(old: Path, mode: int):
    old.chmod(mode)
    with replacing(old) as temporary:
        assert mode_of(temporary) == 0o600  # it is not open to others meanwhile
        temporary.write_bytes(b"nytt")
    assert mode_of(old) == mode


@posix
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_new_file_has_ordinary_permissions(tmp_path: Path, mask: int, mode: int):
    before = os.umask(mask)
    try:
        with replacing(tmp_path / "ny.pdf") as temporary:
            assert mode_of(temporary) == 0o600
    finally:
        os.umask(before)
    assert mode_of(tmp_path / "ny.pdf") == mode


@posix
def test_a_file_system_without_permissions_can_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    write_bytes(tmp_path / "ny.pdf", b"nytt")
    assert (tmp_path / "ny.pdf").read_bytes() == b"nytt"


@posix
def test_a_link_stays_a_link(tmp_path: Path):
    target = tmp_path / "mapp" / "fil.pdf"
    target.parent.mkdir()
    target.write_bytes(b"gammalt")
    link = tmp_path / "genväg.pdf"
    link.symlink_to(target)
    write_bytes(link, b"nytt")
    assert link.is_symlink()
    assert target.read_bytes() == b"nytt"
    only(target)


def test_a_write_protected_file_is_left_alone(old: Path, monkeypatch: pytest.MonkeyPatch):
    """Root may write anywhere, so the system's answer is put in its mouth here."""
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != old)
    with pytest.raises(WriteError, match="du har inte behörighet"), replacing(old):
        pytest.fail("nothing is written")
    assert old.read_bytes() == b"gammalt"
    only(old)


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("saknas/fil.pdf", "filen eller mappen finns inte"),
        ("en-fil/fil.pdf", "sökvägen går genom en fil"),
        ("mapp", "det är en mapp, ingen fil"),
        ("x" * 300, "namnet är för långt"),
    ],
)
def test_places_where_nothing_can_be_written(tmp_path: Path, where: str, why: str):
    (tmp_path / "mapp").mkdir()
    (tmp_path / "en-fil").write_bytes(b"")
    with pytest.raises(WriteError) as error:
        write_bytes(tmp_path / where, b"nytt")
    assert str(error.value) == (
        f"Det gick inte att skriva {tmp_path / where}: {why}. Inget har ändrats."
    )
    assert names(tmp_path) == ["en-fil", "mapp"]


@posix
def test_a_folder_that_cannot_be_synced_does_not_make_a_written_file_a_failure(
    old: Path, monkeypatch: pytest.MonkeyPatch
):
    """Some network disks refuse it, and by then the new file is in its place."""
    real = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    write_bytes(old, b"nytt")
    assert old.read_bytes() == b"nytt"


def test_a_temporary_file_that_cannot_be_removed_does_not_hide_the_failure(
    old: Path, monkeypatch: pytest.MonkeyPatch
):
    """On Windows a virus scanner may hold it."""

    def unlink(_: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, "Access is denied")

    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(ValueError, match="det verkliga felet"):
        write_half_of(old, ValueError("det verkliga felet"))
    assert old.read_bytes() == b"gammalt"


@pytest.mark.parametrize(
    ("number", "clause"),
    [
        (errno.EACCES, "du har inte behörighet"),
        (errno.EROFS, "mappen är skrivskyddad"),
        (errno.EDQUOT, "ditt diskutrymme är slut"),
        (errno.EIO, "disken svarar med fel"),
        (errno.EPIPE, "systemet svarade EPIPE"),
    ],
)
def test_what_the_system_answers_in_swedish(number: int, clause: str):
    assert reason(OSError(number, "x")) == clause


def test_an_error_without_a_number_is_named():
    assert reason(TimeoutError()) == "systemet svarade TimeoutError"


@pytest.mark.parametrize(
    ("number", "clause"),
    [
        (5, "du har inte behörighet, eller så är filen öppen i ett annat program"),
        (32, "filen är öppen i ett annat program"),
    ],
)
def test_a_file_that_word_has_open(number: int, clause: str):
    """Windows says only EACCES by errno; what is the matter is in its own number."""
    error = PermissionError(errno.EACCES, "x")
    error.winerror = number
    assert reason(error) == clause


def test_reading_what_is_not_there(tmp_path: Path):
    with pytest.raises(UnreadableFileError) as error:
        read_bytes(tmp_path / "saknas.json")
    assert str(error.value) == (
        f"Filen {tmp_path / 'saknas.json'} kan inte läsas: filen eller mappen finns inte."
    )


@posix
def test_a_new_folder_is_closed_to_others(tmp_path: Path):
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert [mode_of(tmp_path / "a"), mode_of(tmp_path / "a" / "b")] == [0o700, 0o700]


def test_a_folder_that_cannot_be_made(old: Path):
    for path, why in (
        (old / "mapp", "det finns redan en fil med det namnet"),
        (old, "det finns redan en fil med det namnet"),
        (old.parent / ("x" * 300), "namnet är för långt"),
    ):
        with pytest.raises(WriteError, match=why):
            make_folder(path)
    assert old.read_bytes() == b"gammalt"


def test_resources_are_found_or_missed_by_name(folders: Folders):
    assert resource(folders, "templates/stockholm-anmalan.toml").is_file()
    with pytest.raises(ResourceError, match=r"fonts/saknas\.ttf saknas eller är skadad"):
        resource(folders, "fonts/saknas.ttf")


def test_standard_folders_are_found():
    found = standard_folders()
    assert found.resources == ROOT / "resources"
    assert found.library.parent == found.user_data
    assert found.library.name == "bibliotek.samverkandb"


@pytest.mark.skipif(sys.platform != "linux", reason="the folders of another system")
def test_the_folders_are_where_the_readme_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("XDG_CONFIG_DIRS", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    found = standard_folders()
    written = (ROOT / "README.md").read_text("utf-8")
    assert f"| `{found.site_config}` |" in written
    assert f"| `~/{found.user_data.relative_to(tmp_path)}` |" in written


def test_the_frozen_program_has_its_resources_in_the_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert standard_folders().resources == tmp_path / "resources"
