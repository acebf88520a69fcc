"""Every single write of some work in a library fails once, with each error that a disk gives.

It takes about half an hour: each failure is a process of its own, watched by strace.
"""

from tests.faults.failing import CALLS, run

_ERRORS = ("EIO", "ENOSPC", "EDQUOT", "EROFS")


def main() -> None:
    """Let them fail, and print how many did, and what was wrong afterwards."""
    for mode in ("wal", "truncate"):
        for call in CALLS:
            for error in _ERRORS if call == "pwrite64" else _ERRORS[:1]:
                *met, sound = run(mode, call, error)
                told = sum(bool(m.sentences) for m in met)
                wrong = [m for m in met if m.wrong or m.holds != sound.holds]
                print(
                    f"{mode}, {call}: {error} at each of {len(met)} calls; told {told} times, got "
                    f"over unseen {len(met) - told} times, wrong {len(wrong)} times",
                    flush=True,
                )
                print(*wrong[:5], sep="\n")


if __name__ == "__main__":
    main()
