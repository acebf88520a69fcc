"""The command line, `samverkan …`: for IT, scripts and tests.

Exit codes: 0 done, 1 the answer is no, 2 wrong usage or unreadable input, 3 could not do it.
"""

import argparse
import io
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from samverkan_desktop import __version__
from samverkan_desktop.arguments import Parser, filled
from samverkan_desktop.commands import (
    backups,
    comparing,
    documents,
    drafts,
    history,
    installed,
    reading_in,
)
from samverkan_desktop.commands.doctor import doctor
from samverkan_desktop.commands.place import Command, Place
from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.files import reason, standard_folders

_EPILOG = """\
Ett ID kan kortas till sina första tecken. Biblioteket kan också anges i SAMVERKAN_LIBRARY.

Slutkoder: 0 klart, 1 svaret är nej, 2 fel i kommandot eller indata, 3 gick inte att göra."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code. Nothing is raised."""
    _use_utf8()
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        code = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has had enough
        _drop_output()
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as error:  # every other one has been told by what it was about
        _drop_output()
        return _fail(f"Utdata kunde inte skrivas: {reason(error)}.", 3, given)
    except SamverkanError as error:
        return _fail(str(error), error.exit_code, given)
    except Exception as error:  # the last border: a bug, told as one
        name = type(error).__name__
        return _fail(
            f"Ett oväntat fel inträffade ({name}); kör igen med --debug för att se var.", 3, given
        )
    return code


def _run(arguments: Sequence[str]) -> int:
    try:
        options = _parser().parse_args(arguments)
    except SystemExit:  # --help and --version have said what they should
        return 0
    folders = standard_folders()
    given = options.library or os.environ.get("SAMVERKAN_LIBRARY")
    run: Callable[[argparse.Namespace, Place], int] = options.run
    return run(options, Place(folders, given))


def _fail(sentence: str, code: int, arguments: Sequence[str]) -> int:
    if "--debug" in arguments:
        traceback.print_exc()
    sys.stderr.write(f"{sentence}\n")
    return code


def _use_utf8() -> None:
    """Write UTF-8 everywhere, also into a pipe on Windows; what has no form is shown as a code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_output() -> None:
    """Let what is left in the buffer go nowhere, or Python would complain when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> Parser:
    parser = Parser(
        prog="samverkan", description="Skriv och exportera tjänsteutlåtanden.", epilog=_EPILOG
    )
    parser.add_argument(
        "--version", action="version", version=f"samverkan {__version__}", help="visa versionen"
    )
    parser.add_argument("--library", metavar="FIL", help="bibliotek att använda i stället för ditt")
    parser.add_argument(
        "--debug", action="store_true", help="visa var i programmet ett fel uppstod"
    )
    subparsers = parser.add_subparsers(
        title="Kommandon", metavar="KOMMANDO", dest="command", required=True, prog="samverkan"
    )

    def command(name: str, run: Command, text: str) -> Parser:
        made: Parser = subparsers.add_parser(name, help=text, description=_sentence(text))
        made.set_defaults(run=run)
        return made

    _add_library_commands(command)
    _add_history_commands(command)
    _add_backup_commands(command)
    _add_document_commands(command)
    return parser


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _add_library_commands(command: Callable[[str, Command, str], Parser]) -> None:
    new = command("new", drafts.new, "lägg till ett ärende ur en JSON-fil och skriv dess id")
    new.add_argument("file", metavar="FIL.json", type=Path, help="ett ärende i formatet draft.json")
    _json(command("list", drafts.list_drafts, "visa alla ärenden, senast ändrat först"))
    show = command("show", drafts.show, "visa ett ärende: uppgifter och avsnitt")
    _json(_id(show), "skriv hela ärendet i formatet draft.json")
    search = command("search", drafts.search, "sök ärenden som har alla orden")
    search.add_argument("words", metavar="ORD", nargs="+", help="början på ett ord")
    _json(search)
    _id(command("duplicate", drafts.duplicate, "kopiera ett ärende och skriv kopians id"))
    _id(command("delete", drafts.delete, "flytta ett ärende till papperskorgen"))
    _id(command("restore", drafts.restore, "ta tillbaka ett ärende ur papperskorgen"))
    _json(command("bin", drafts.list_bin, "visa papperskorgen, senast raderat först"))
    _json(command("doctor", doctor, "kontrollera biblioteket, och laga det om det är skadat"))


def _add_history_commands(command: Callable[[str, Command, str], Parser]) -> None:
    _json(_id(command("versions", history.versions, "visa ett ärendes versioner, äldst först")))
    compare = command("compare", comparing.compare, "visa vad som skiljer två versioner åt")
    _json(_id(compare))
    compare.add_argument("old", metavar="A", type=int, help="den ena versionens nummer")
    compare.add_argument(
        "new", metavar="B", type=int, nargs="?", help="den andras; annars ärendet som det är nu"
    )
    revert = command("revert", history.revert, "gör ett ärende till vad det var i en version")
    _id(revert)
    revert.add_argument("version", metavar="NR", type=int, help="versionens nummer")
    revert.add_argument("--section", metavar="NYCKEL", help="ta bara tillbaka ett avsnitt")
    _json(_id(command("journal", history.journal, "visa vad som har gjorts med ett ärende")))


def _add_backup_commands(command: Callable[[str, Command, str], Parser]) -> None:
    makes = command("backup", backups.backup, "säkerhetskopiera biblioteket och skriv kopians namn")
    lists = command("backups", backups.list_backups, "visa säkerhetskopiorna, nyast först")
    for made in (makes, lists):
        where = "en annan mapp än inställningarnas"
        made.add_argument("folder", metavar="MAPP", nargs="?", type=Path, help=where)
    _json(lists)
    restore = command(
        "restore-backup", backups.restore_backup, "återställ hela biblioteket ur en säkerhetskopia"
    )
    restore.add_argument("file", metavar="FIL", type=Path, help="säkerhetskopian")


def _add_document_commands(command: Callable[[str, Command, str], Parser]) -> None:
    read = command(
        "import",
        reading_in.import_files,
        "läs in dokument (Word, PDF, text, Markdown): gamla som ärenden, granskade som förslag",
    )
    read.add_argument("files", metavar="FIL", nargs="+", type=Path, help="ett dokument")
    chosen = (
        "mall för de nya ärendena, som ”samverkan templates” skriver den; annars den troligaste"
    )
    read.add_argument("--template", metavar="MALL", help=chosen)
    _json(read)
    export = command("export", documents.export, "skriv ett ärende som PDF, Word eller text")
    _id_or_file(export)
    for name, what in (("pdf", "PDF"), ("docx", "Word"), ("text", "ren text")):
        text = f"skriv {what} till filen UT; - är standard ut"
        export.add_argument(f"--{name}", metavar="UT", help=text)
    alone = "lämna ärendet självt utanför Word-filen, som då inte kan läsas in utan förlust"
    export.add_argument("--without-draft", action="store_true", help=alone)
    check = command("check", documents.check, "kontrollera ett ärende")
    _json(_id_or_file(check))
    verify = command(
        "verify", documents.verify, "kontrollera färdiga PDF-filer: PDF/UA-1, PDF/A-2a"
    )
    verify.add_argument(
        "files", metavar="FIL", nargs="+", type=Path, help="en PDF-fil eller ett bibliotek"
    )
    _json(verify)
    _json(command("templates", installed.templates, "visa vilka mallar som är installerade"))
    example = command("example", installed.example, "skriv exempelärenden i en mapp")
    example.add_argument("folder", metavar="MAPP", type=Path, help="skapas om den inte finns")


def _id(parser: Parser) -> Parser:
    parser.add_argument("draft", metavar="ID", type=filled, help="ärendets id, eller början på det")
    return parser


def _id_or_file(parser: Parser) -> Parser:
    parser.add_argument(
        "draft", metavar="ID|FIL.json", type=filled, help="ett ärende i biblioteket eller en fil"
    )
    return parser


def _json(parser: Parser, text: str = "skriv svaret som JSON") -> None:
    parser.add_argument("--json", action="store_true", help=text)


if __name__ == "__main__":
    sys.exit(main())
