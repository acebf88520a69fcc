"""Every failure a user can meet, each with the Swedish sentence that is shown for it.

A border (store, export, codec, files) turns foreign exceptions into these; the window and the
command line only show `str(error)`. The command line's exit code is the class's `exit_code`.
"""


class SamverkanError(Exception):
    """A failure told to the user in one Swedish sentence."""

    exit_code = 3


class InputError(SamverkanError):
    """What was given can't be read or used; nothing was changed."""

    exit_code = 2


class UsageError(InputError):
    """The command line was used wrongly; `reason` is a Swedish clause, `program` what was run."""

    def __init__(self, reason: str, program: str) -> None:
        super().__init__(f"Fel i kommandot: {reason} (se {program} --help).")


class InvalidFieldError(InputError):
    """A draft, template or profile has a wrong value at a named place.

    `source` is a file name or another name for the input, `place` a path such as
    `sections[2].content`, `reason` a Swedish clause.
    """

    def __init__(self, source: str, place: str, reason: str) -> None:
        self.source, self.place, self.reason = source, place, reason
        at = f" vid {place}" if place else ""
        super().__init__(f"{source} kan inte läsas: fel{at}: {reason}.")


class NewerFormatError(InputError):
    """The input was written by a newer version of the program."""

    def __init__(self, source: str) -> None:
        super().__init__(
            f"{source} är skapad av en nyare version av Samverkan. Uppdatera programmet."
        )


class UnknownTemplateError(InputError):
    """A draft names a template that isn't installed."""

    def __init__(self, template_id: str) -> None:
        super().__init__(f"Mallen ”{template_id}” finns inte installerad.")


class UnknownDraftError(InputError):
    """No draft in the library has this id."""

    def __init__(self, draft_id: str) -> None:
        super().__init__(f"Det finns inget ärende med id {draft_id} i biblioteket.")


class UnknownVersionError(InputError):
    """A draft has no version of this number: it never had, or the version has been let go of."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Ärendet har ingen version {number}.")


class UnknownSectionError(InputError):
    """Neither the draft nor the version of it has a section of this key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"Ärendet har inget avsnitt ”{key}”.")


class NotInBinError(InputError):
    """Only a draft in the bin can be erased for good."""

    def __init__(self, draft_id: str) -> None:
        super().__init__(f"Ärendet {draft_id} ligger inte i papperskorgen och raderas inte.")


class AmbiguousDraftError(InputError):
    """Several drafts have an id that begins so."""

    def __init__(self, prefix: str) -> None:
        super().__init__(f"Flera ärenden har ett id som börjar på {prefix}. Skriv fler tecken.")


class DraftExistsError(InputError):
    """A draft with this id is in the library, or in its bin."""

    def __init__(self, draft_id: str) -> None:
        super().__init__(f"Biblioteket har redan ett ärende med id {draft_id}. Inget har ändrats.")


class UnreadableFileError(InputError):
    """A file named by the user can't be read."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"Filen {path} kan inte läsas: {reason}.")


class EncryptedFileError(InputError):
    """A document to be read in is locked with a password."""

    def __init__(self, name: object) -> None:
        super().__init__(
            f"{name} är skyddad med lösenord. Spara en kopia utan lösenord och läs in den."
        )


class NoTextError(InputError):
    """A document to be read in holds no text: it is empty, or only pictures of pages."""

    def __init__(self, name: object) -> None:
        super().__init__(
            f"{name} innehåller ingen text. Är den inskannad behöver den först textigenkännas."
        )


class TooLargeFileError(InputError):
    """A document to be read in is larger than any tjänsteutlåtande; `reason` is a clause."""

    def __init__(self, name: object, reason: str) -> None:
        super().__init__(f"{name} läses inte in: {reason}.")


class UnreadablePartError(InputError):
    """A document to be read in is damaged."""

    def __init__(self, name: object) -> None:
        super().__init__(f"{name} är skadad och kan inte läsas in.")


class UnknownKindError(InputError):
    """A file to be read in is of a kind that can't be read; `reason` says what to do instead.

    `reason` is one sentence or several, without the last full stop.
    """

    def __init__(self, name: object, reason: str) -> None:
        super().__init__(f"{name} kan inte läsas in. {reason}.")


class NotReturnedError(InputError):
    """A Word file carries no draft: another program wrote it, or it was written without one."""

    def __init__(self, name: object) -> None:
        super().__init__(
            f"{name} har inget ärende från Samverkan i sig. Läs in den som ett gammalt dokument."
        )


class StorageError(SamverkanError):
    """The library or an output file could not be written or opened."""


class WriteError(StorageError):
    """A file could not be written; what was there before is untouched."""

    def __init__(self, path: object, reason: str) -> None:
        self.reason = reason
        super().__init__(f"Det gick inte att skriva {path}: {reason}. Inget har ändrats.")


class LibraryDamagedError(StorageError):
    """The library file is not a sound database."""

    def __init__(self, path: object) -> None:
        self.path = path
        super().__init__(
            f"Biblioteket {path} är skadat. Filen har lämnats som den är; "
            "samverkan doctor lagar den."
        )


class MendingError(StorageError):
    """A damaged library can't be mended; it is where and what it was."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(
            f"Biblioteket {path} är skadat och kunde inte lagas: {reason}. "
            "Filen har lämnats som den är."
        )


class TracesLeftError(StorageError):
    """A draft was erased, but what it said may still be in the log beside the library."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"Ärendet är raderat, men spår av texten kan finnas kvar i {path}-wal tills "
            "biblioteket stängs."
        )


class LibraryNewerError(StorageError):
    """The library was written by a newer version of the program."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"Biblioteket {path} har skapats av en nyare version av Samverkan och har inte öppnats."
        )


class LibraryLockedError(StorageError):
    """Another program holds the library."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"Biblioteket {path} används av ett annat program. Försök igen om en stund."
        )


class LibraryUnavailableError(StorageError):
    """The library file can't be reached: no permission, a folder, a disk that fails to read."""

    def __init__(self, path: object, reason: str) -> None:
        self.reason = reason
        super().__init__(f"Biblioteket {path} kan inte användas: {reason}.")


class UpgradeNotBegunError(StorageError):
    """A library of an older version couldn't be copied, so it hasn't been brought up to date."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(
            f"Biblioteket {path} är från en äldre version och har inte uppdaterats, eftersom det "
            f"inte gick att säkerhetskopiera det först: {reason}. Det är kvar som det var."
        )


class BackupError(StorageError):
    """No backup was made; `place` is the folder, `reason` a Swedish clause."""

    def __init__(self, place: object, reason: str) -> None:
        super().__init__(
            f"Säkerhetskopian i {place} blev inte gjord: {reason}. "
            "De säkerhetskopior som finns är kvar."
        )


class BackupFolderError(StorageError):
    """The folder of the backups can't be read."""

    def __init__(self, place: object, reason: str) -> None:
        super().__init__(f"Mappen {place} med säkerhetskopior kan inte läsas: {reason}.")


class ScratchError(StorageError):
    """A backup can't be tried, since there's no room or right to restore it into a scratch file."""

    def __init__(self, place: object, reason: str) -> None:
        self.reason = f"den kunde inte provas i {place}, där {reason}"
        super().__init__(
            f"Säkerhetskopian kunde inte provas i {place}: {reason}. Inget har ändrats."
        )


class DrillFailedError(StorageError):
    """The weekly restore drill found that a backup can't be relied upon."""

    def __init__(self, backup: str, reason: str) -> None:
        super().__init__(
            f"Provet att återställa säkerhetskopian {backup} misslyckades: {reason}. "
            "Den räknas inte längre, och behövs det görs en ny."
        )


class UnsoundBackupError(StorageError):
    """A backup can't be restored; it has been left as it is, and so has everything else."""

    def __init__(self, path: object, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"Säkerhetskopian {path} går inte att återställa: {reason}. Inget har ändrats."
        )


class LibraryGoneError(StorageError):
    """The library file is no longer where it was when it was opened."""

    def __init__(self, path: object) -> None:
        super().__init__(f"Biblioteket {path} finns inte längre på sin plats.")


class LibraryReadOnlyError(StorageError):
    """The library was opened for reading alone."""

    def __init__(self, path: object) -> None:
        super().__init__(f"Biblioteket {path} är öppet för läsning. Inget har ändrats.")


class LibraryOlderError(StorageError):
    """A library of an older version can't be read while another window works in it."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"Biblioteket {path} används med en äldre version av Samverkan. "
            "Det kan öppnas här när det är stängt där."
        )


class ChangedElsewhereError(StorageError):
    """Another program has changed a draft since it was loaded; it has not been written over."""

    def __init__(self, draft_id: str) -> None:
        super().__init__(
            f"Ärendet {draft_id} har ändrats av ett annat program. Inget har skrivits över."
        )


class BusyWindowError(SamverkanError):
    """The library is open in a window of the same user that doesn't answer."""

    def __init__(self) -> None:
        super().__init__(
            "Samverkan är redan öppet men svarar inte just nu. Vänta en stund och försök igen."
        )


class ResourceError(StorageError):
    """A file that ships with the program is missing or unreadable."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Programfilen {name} saknas eller är skadad. Installera om Samverkan.")


class JobCancelledError(SamverkanError):
    """The user stopped a job; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Avbrutet. Ingen fil har skrivits.")
