"""How a job tells how far it has come, and learns that it should stop."""

from typing import Protocol


class Progress(Protocol):
    """Called by a job between its steps."""

    def __call__(self, done: int, total: int, /) -> None:
        """Report `done` of `total` steps.

        Raises JobCancelledError when the user has stopped the job; the job lets it pass and leaves
        nothing behind.
        """


def silent(_done: int, _total: int, /) -> None:
    """Report to nobody: for jobs that nobody watches."""
