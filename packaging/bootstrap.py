"""Set up this checkout and start the program, run the gates or build the bundle.

    python3 packaging/bootstrap.py start     the window with an example, or Word and PDF files of it
    python3 packaging/bootstrap.py test      every gate a change has to pass
    python3 packaging/bootstrap.py bundle    the program as a folder that needs no Python

Needs Python 3.11 or later and nothing else: the rest is put into .venv, pinned by hash. System
libraries are installed with apt-get when run as root; otherwise the line to run is printed.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
DEMO = ROOT / ".demo"
EXAMPLE = ROOT / "resources" / "examples" / "remissvar-friytestrategi.json"
LOCK = ROOT / "packaging" / "requirements.lock"
DEV_LOCK = ROOT / "packaging" / "requirements-dev.lock"

# What Qt's wheel loads but doesn't bring along, and the Debian and Ubuntu package it is in. Found
# by ldd in an empty root; what these packages depend on is left out.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}

# What some tests run, and are skipped without: but not where CI is set. A JDK for veraPDF, the
# reference validator, a second opinion on signatures, and what watches and fails system calls.
TEST_TOOLS = {"javac": "default-jdk-headless", "pdfsig": "poppler-utils", "strace": "strace"}

# Where every branch has to be seen by a test: what is lost or mistaken there, nobody gets back. The
# floor is in percent.
COVERED = ("samverkan_desktop/store/*", "samverkan_desktop/domain/*")
COVERED_FLOOR = 100

LAUNCHERS = {"samverkan": "samverkan_desktop.cli", "samverkan-desktop": "ui.start"}

# PYTHONPATH and not an installed package: the checkout can be moved, and edits count at once.
POSIX_LAUNCHER = """\
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
PYTHONPATH="$here/../.." exec "$here/python" -m {module} "$@"
"""
WINDOWS_LAUNCHER = """\
@setlocal
@set "PYTHONPATH=%~dp0..\\.."
@"%~dp0python.exe" -m {module} %*
"""


class SetupError(Exception):
    """Something the user has to do first, in plain words."""


def main() -> int:
    """Do what the command line asks for and return the exit code."""
    arguments, rest = _parser().parse_known_args()
    if rest and arguments.command != "test":
        _parser().error(f"unknown arguments: {' '.join(rest)}")
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr] # in step with children
    try:
        if arguments.command == "start":
            return start(window=_has_display() and not arguments.no_window)
        return test(rest) if arguments.command == "test" else bundle()
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        told = f"Stopped: {_shown(error.cmd)} ended with {error.returncode}."
        print(f"\n{told}", file=sys.stderr)
        return error.returncode or 1
    except KeyboardInterrupt:
        return 130


def start(*, window: bool) -> int:
    """Start the window with an example draft, or export the example where there is no display."""
    set_up(LOCK)
    DEMO.mkdir(exist_ok=True)
    if window:
        return _open_window()
    outputs = {f"--{kind}": DEMO / f"{EXAMPLE.stem}.{kind}" for kind in ("docx", "pdf")}
    options = [part for option, path in outputs.items() for part in (option, str(path))]
    _quietly(*_module("samverkan_desktop.cli"), "export", str(EXAMPLE), *options)
    print("\nNo window was opened; the example was exported instead:")
    print(*(f"  {path}" for path in (EXAMPLE, *outputs.values())), sep="\n")
    return 0


def test(pytest_arguments: list[str]) -> int:
    """Run every gate; with arguments for pytest, all of them but the coverage measurement."""
    set_up(DEV_LOCK)
    if os.environ.get("CI"):
        _require_packages(_missing_test_tools())
    pytest = ["-m", "pytest", *pytest_arguments]
    gates: list[list[str]] = [
        [_script("ruff"), "format", "--check"],
        [_script("ruff"), "check"],
        [_script("mypy")],
        [_script("lint-imports"), "--no-logo"],
        [str(PYTHON), *pytest] if pytest_arguments else [_script("coverage"), "run", *pytest],
    ]
    if not pytest_arguments:
        wholly = ["--include", ",".join(COVERED), f"--fail-under={COVERED_FLOOR}"]
        gates.append([_script("coverage"), "report", "--format=total"])
        gates.append([_script("coverage"), "report", "--show-missing", *wholly])
    for gate in gates:
        print(f"\n== {_shown(gate)}")
        _run(*gate)
    print(f"\nAll {len(gates)} gates passed.")
    return 0


def bundle() -> int:
    """Build the one-folder program and prove that it works."""
    _require_build_tools()
    set_up(DEV_LOCK)
    print("\n== pyinstaller build.spec")
    _quietly(_script("pyinstaller"), "--noconfirm", "--log-level=WARN", "build.spec")
    print("\n== packaging/check_bundle.py")
    _run(str(PYTHON), "packaging/check_bundle.py")
    return 0


def set_up(lock: Path) -> None:
    """Make .venv hold what `lock` pins, and the system what Qt needs.

    Raises SetupError when the user has to do something first.
    """
    if sys.version_info < OLDEST_PYTHON:
        found = f"This is Python {sys.version.split()[0]}, and 3.11 or later is needed."
        line = "python3.12 packaging/bootstrap.py start"
        raise SetupError(f"{found} Use a newer one, for example:\n\n{line}")
    _require_packages(_missing_packages())
    if not _venv_works():
        print(f"Making a virtual environment in {VENV}")
        _run(sys.executable, "-m", "venv", "--clear", str(VENV))
    _install(lock)


def _install(lock: Path) -> None:
    """Install what the lock pins, unless that lock was the last to be installed."""
    stamp = VENV / "installed-lock"
    installed = stamp.read_text("ascii") if stamp.exists() else ""
    if installed in {_digest(lock), _digest(DEV_LOCK)}:  # the longer lock includes the other
        return
    print(f"Installing what {lock.relative_to(ROOT)} pins; the first time takes some minutes")
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    options = ["--require-hashes", "--only-binary=:all:", "--disable-pip-version-check", *quiet]
    _run(str(PYTHON), "-m", "pip", "install", *options, "-r", str(lock))
    for name, module in LAUNCHERS.items():
        _write_launcher(name, module)
    stamp.write_text(_digest(lock), "ascii")


def _write_launcher(name: str, module: str) -> None:
    if os.name == "nt":
        (SCRIPTS / f"{name}.cmd").write_text(WINDOWS_LAUNCHER.format(module=module), "ascii")
    else:
        path = SCRIPTS / name
        path.write_text(POSIX_LAUNCHER.format(module=module), "ascii")
        path.chmod(0o755)


def _venv_works() -> bool:
    """Tell whether .venv has a Python with pip; an interrupted set-up has not."""
    check = [str(PYTHON), "-c", "import pip"]
    return (
        PYTHON.exists() and subprocess.run(check, check=False, capture_output=True).returncode == 0
    )


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _missing_packages() -> list[str]:
    """Return the Debian packages whose content this machine lacks."""
    missing = _packages_of_missing(QT_LIBRARIES) if sys.platform == "linux" else []
    if importlib.util.find_spec("ensurepip") is None:  # Debian and Ubuntu split it off
        missing.insert(0, f"{_versioned('python')}-venv")
    return missing


def _missing_test_tools() -> list[str]:
    return [package for tool, package in TEST_TOOLS.items() if not shutil.which(tool)]


def _require_build_tools() -> None:
    """PyInstaller reads and copies shared libraries, Python's own among them."""
    if sys.platform != "linux":
        return
    missing = [] if shutil.which("objdump") else ["binutils"]
    if sys.base_prefix == "/usr":  # another Python brings its own, or can't be bundled
        missing += _packages_of_missing(
            {f"lib{_versioned('python')}.so.1.0": _versioned("libpython")}
        )
    _require_packages(missing)


def _versioned(name: str) -> str:
    return f"{name}{sys.version_info[0]}.{sys.version_info[1]}"


def _packages_of_missing(libraries: Mapping[str, str]) -> list[str]:
    return [package for library, package in libraries.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _require_packages(packages: Iterable[str]) -> None:
    """Install Debian packages as root.

    Raises SetupError with the line to run when not root, or where there is no apt-get.
    """
    packages = list(packages)
    if not packages:
        return
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        named = " ".join(packages)
        raise SetupError(f"Some system packages are missing. On Debian they are called: {named}")
    if os.geteuid() != 0:
        line = f"sudo apt-get update && sudo {' '.join(install)}"
        raise SetupError(
            f"Some system packages are missing. Run this line, then try again:\n\n{line}"
        )
    print(f"Installing system packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A third-party source that doesn't answer must not stop this: the install will tell.
    subprocess.run(
        ["apt-get", "update"], check=False, stdin=subprocess.DEVNULL, capture_output=True
    )
    _quietly(*install, environment=environment)


def _has_display() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_window() -> int:
    """Open the window on a trial library, so that the user's own library is left alone."""
    library = DEMO / "bibliotek.samverkandb"
    cli = [*_module("samverkan_desktop.cli"), "--library", str(library)]
    if not library.exists():
        _quietly(*cli, "new", str(EXAMPLE))
    drafts = json.loads(_quietly(*cli, "list", "--json"))
    print(f"\nThe window opens a trial library, {library}\nYour own library is not touched.")
    opened = ["--open", drafts[0]["id"]] if drafts else []
    command = [*_module("ui.start"), "--library", str(library), *opened]
    return subprocess.run(command, check=False, cwd=ROOT).returncode


def _module(name: str) -> list[str]:
    return [str(PYTHON), "-m", name]


def _script(name: str) -> str:
    return str(SCRIPTS / name)


def _shown(command: Iterable[str]) -> str:
    """Return a command as a developer would type it in the checkout."""
    return " ".join(part.replace(f"{SCRIPTS}{os.sep}", "") for part in command)


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=True)


def _quietly(*command: str, environment: Mapping[str, str] | None = None) -> str:
    """Run a command, return what it printed on stdout, and show all of it only when it fails."""
    result = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if result.returncode != 0:
        print(f"{result.stdout}{result.stderr}".rstrip(), file=sys.stderr)
        result.check_returncode()
    return result.stdout


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("start", help="start the program with an example draft")
    command.add_argument("--no-window", action="store_true", help="export the example instead")
    commands.add_parser("test", help="run every gate; further arguments go to pytest")
    commands.add_parser("bundle", help="build the program as a folder and check it")
    return parser


if __name__ == "__main__":
    sys.exit(main())
