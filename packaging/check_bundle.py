"""Prove that a bundle works: run both of its programs as a user would, without any Python.

    python packaging/check_bundle.py [FOLDER]        default: dist/samverkan

Every command must succeed, write what it says, and say nothing it shouldn't: any text on stderr,
a warning for instance, is a failure.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUFFIX = ".exe" if os.name == "nt" else ""
LARGEST_MB = 190
KINDS = ("pdf", "docx", "text")
# What must not come back in: build tools, and the parts of Qt that nothing here uses.
UNWANTED = re.compile(r"(^|/)(pip|setuptools|tkinter)/|Qt6?(Qml|Quick|WebEngine)")
# What Qt says where there is no screen, about a window that can't be raised or sized.
OFFSCREEN = {f"This plugin does not support {what}()" for what in ("raise", "propagateSizeHints")}


class BundleError(Exception):
    """The bundle doesn't do what it should."""


class Bundle:
    """A folder with both programs, run with nothing of the caller's environment."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.home = folder, home

    def run(self, program: str, *arguments: str) -> str:
        """Run a program and return what it printed.

        Raises BundleError when it fails or complains.
        """
        command = [str(self.folder / f"{program}{SUFFIX}"), *arguments]
        started = time.perf_counter()
        done = subprocess.run(
            command,
            check=False,
            cwd=self.home,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )
        shown = f"{program} {' '.join(arguments)}".replace(str(self.home) + os.sep, "")
        complaints = [line for line in done.stderr.splitlines() if line not in OFFSCREEN]
        if done.returncode != 0 or complaints:
            said = f"{done.stdout}{done.stderr}".strip()
            raise BundleError(f"{shown}\nended with {done.returncode} and said:\n{said}")
        print(f"  {time.perf_counter() - started:5.2f} s  {shown}")
        return done.stdout

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
        home = {"HOME": str(self.home), "LOCALAPPDATA": str(self.home), "APPDATA": str(self.home)}
        return {**kept, **home, "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}


def main() -> int:
    """Check the bundle that the command line names and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist" / "samverkan")
    folder = parser.parse_args().folder.resolve()
    try:
        size = check_content(folder)
        with tempfile.TemporaryDirectory() as home:
            check_programs(Bundle(folder, Path(home)))
    except BundleError as error:
        print(f"The bundle is not sound: {error}", file=sys.stderr)
        return 1
    print(f"The bundle works: {size}")
    return 0


def check_content(folder: Path) -> str:
    """Look at the files and return their number and size.

    Raises BundleError when something is missing, unwanted or too large.
    """
    if not folder.is_dir():
        raise BundleError(f"there is no folder {folder}")
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    names = [path.relative_to(folder).as_posix() for path in files]
    unwanted = [name for name in names if UNWANTED.search(name)]
    if unwanted:
        raise BundleError(f"it holds {', '.join(unwanted[:3])}")
    dangling = [path.name for path in folder.rglob("*") if not path.exists()]
    if dangling:
        raise BundleError(f"links lead nowhere: {', '.join(dangling)}")
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    if megabytes > LARGEST_MB:
        raise BundleError(f"it is {megabytes:.0f} MB, more than {LARGEST_MB}")
    return f"{megabytes:.0f} MB in {len(files)} files"


def check_programs(bundle: Bundle) -> None:
    """Export and verify every example, keep one, find it again, and open the window on it.

    Raises BundleError.
    """
    version = bundle.run("samverkan", "--version")
    expect(source_version() in version, f"the version is {version.strip()}")
    bundle.run("samverkan", "example", "examples")
    drafts = sorted((bundle.home / "examples").glob("*.json"))
    for draft in drafts:
        check_export(bundle, draft)
    library = ("--library", "trial.samverkandb")
    bundle.run("samverkan", *library, "new", str(drafts[0]))
    found = json.loads(bundle.run("samverkan", *library, "list", "--json"))
    expect(len(found) == 1, f"the library lists {len(found)} drafts and not 1")
    window = bundle.run("samverkan-desktop", *library, "--open", found[0]["id"], "--selftest")
    templates = len(list((ROOT / "resources" / "templates").glob("*.toml")))
    told = "" if os.name == "nt" else f"OK {templates}"  # a Windows program without a console
    expect(window.strip() == told, f"the window said {window.strip()!r} and not {told!r}")


def check_export(bundle: Bundle, draft: Path) -> None:
    """Compare what the bundle exports with what the checkout does, byte by byte.

    Raises BundleError.
    """
    ours = bundle.home / "from the checkout"
    ours.mkdir(exist_ok=True)
    options = [f"--{kind}=out.{kind}" for kind in KINDS]
    bundle.run("samverkan", "export", str(draft), *options)
    bundle.run("samverkan", "verify", "out.pdf")
    source = [sys.executable, "-m", "samverkan_desktop.cli", "export", str(draft), *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(source, cwd=ours, env=environment, stdout=subprocess.DEVNULL, check=True)
    for name in (f"out.{kind}" for kind in KINDS):
        same = (ours / name).read_bytes() == (bundle.home / name).read_bytes()
        expect(same, f"{name} of {draft.name} is not what the checkout exports")


def expect(truth: object, otherwise: str) -> None:
    """Raise BundleError unless something is as it should be."""
    if not truth:
        raise BundleError(otherwise)


def source_version() -> str:
    """Return the version that this checkout's package says it has."""
    module: dict[str, str] = {}
    exec((ROOT / "samverkan_desktop" / "__init__.py").read_text("utf-8"), module)
    return module["__version__"]


if __name__ == "__main__":
    sys.exit(main())
