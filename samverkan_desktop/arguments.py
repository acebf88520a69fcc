"""argparse in Swedish: its headings, its help and what it says about mistakes."""

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from samverkan_desktop.domain.errors import UsageError

_HEADINGS = {"positional arguments": "Argument", "options": "Val"}

# What argparse says (Python 3.11 to 3.14), and how we say it.
_MISTAKES = (
    (r"the following arguments are required: (?P<what>.*)", "{what} saknas"),
    (r"unrecognized arguments: (?P<what>.*)", "”{what}” ingår inte i kommandot"),
    (r"argument (?P<what>.*): empty", "{what} är tomt; samverkan list visar alla id"),
    (r"argument .*: invalid choice: '(?P<what>.*)' \(choose from .*", "”{what}” är inget kommando"),
    (r"argument (?P<what>.*): invalid int value: .*", "{what} ska vara ett tal"),
    (r"argument (?P<what>.*): expected one argument", "{what} ska följas av ett värde"),
    (r"argument (?P<what>.*): expected at least one argument", "{what} saknas"),
    (r"argument (?P<what>.*): ignored explicit argument .*", "{what} tar inget värde"),
)


class Parser(argparse.ArgumentParser):
    """A parser whose help is Swedish, and that raises UsageError instead of ending the program."""

    def __init__(self, *, prog: str, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            formatter_class=_Help,
            add_help=False,
            allow_abbrev=False,
        )
        self.add_argument("-h", "--help", action="help", help="visa den här hjälpen")

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with argparse's message in Swedish."""
        raise UsageError(_in_swedish(message), self.prog)


def filled(text: str) -> str:
    """Return what an argument is, for argparse; raise its error when nothing can be seen of it."""
    if not text.strip():
        raise argparse.ArgumentTypeError("empty")
    return text


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help whose headings are Swedish."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Begin with "Användning"."""
        super().add_usage(usage, actions, groups, prefix or "Användning: ")

    def start_section(self, heading: str | None) -> None:
        """Translate the headings that argparse sets."""
        super().start_section(_HEADINGS.get(heading or "", heading))


def _in_swedish(message: str) -> str:
    for pattern, sentence in _MISTAKES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return sentence.format(what=found["what"])
    return "det går inte att förstå"
