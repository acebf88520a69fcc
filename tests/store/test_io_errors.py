"""A disk that fails at any write: one sentence, nothing lost, and the next try succeeds.

`python -m bench.io_errors` lets every single one fail.
"""

import pytest

from tests.faults.failing import run
from tests.faults.recording import what_is_missing

pytestmark = pytest.mark.skipif(bool(what_is_missing()), reason=f"needs {what_is_missing()}")


@pytest.mark.parametrize(
    ("mode", "call", "error", "first", "step"),
    [
        ("wal", "pwrite64", "EIO", 5, 40),
        ("wal", "pwrite64", "ENOSPC", 20, 60),
        ("wal", "fdatasync", "EIO", 1, 4),
        ("wal", "fsync", "EIO", 1, 1),
        ("wal", "ftruncate", "EIO", 1, 1),
        ("truncate", "pwrite64", "EIO", 5, 60),
        ("truncate", "pwrite64", "EDQUOT", 20, 90),
        ("wal", "pwrite64", "EROFS", 30, 90),
        ("truncate", "fdatasync", "EIO", 1, 6),
        ("truncate", "ftruncate", "EIO", 1, 1),
    ],
)
def test_a_write_that_fails(mode: str, call: str, error: str, first: int, step: int) -> None:
    *met, sound = run(mode, call, error, first, step)
    assert [m for m in met if m.wrong] == []
    assert {m.holds for m in met} == {sound.holds}
    sentences = [sentence for m in met for sentence in m.sentences]
    assert sentences
    assert all(s.startswith(("WriteError: ", "TracesLeftError: ")) for s in sentences)
    assert all(len(m.sentences) <= 1 for m in met)
    assert {s.partition(":")[0] for m in met for s in m.done_though} <= done_though(mode, call)


def done_though(mode: str, call: str) -> set[str]:
    """What may be told of something that was done.

    With a rollback journal the very last sync may fail: then it is told as a failure, and yet it is
    there. That is on the safe side: only after this sync it is sure to survive a power cut.
    """
    return {"TracesLeftError"} | (
        {"WriteError"} if (mode, call) == ("truncate", "fdatasync") else set()
    )
