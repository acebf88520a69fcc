"""What became of a damaged library, as the user is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HEAD_NAME = "ärendeuppgifterna"

_DOUBT = "Något tecken kan ha blivit fel, eller något avsnitt kan ha en äldre text."


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAccount:
    """What became of one draft; sections are told by heading or key, the head by HEAD_NAME.

    `plain` came back as text without form, `lost` is known to have been there, `more_lost` says
    that more was which nobody can name. `is_doubtful` is a draft of which a piece may be older than
    the last one that was saved.
    """

    id: str
    title: str
    is_in_bin: bool = False
    plain: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    more_lost: bool = False
    is_doubtful: bool = False
    from_history: tuple[str, ...] = ()
    from_backup: tuple[str, ...] = ()
    is_from_backup: bool = False  # all of it
    lost_files: tuple[str, ...] = ()
    lost_versions: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether it is as it was saved last, its files and versions too."""
        told = (self.plain, self.lost, self.from_history, self.from_backup, self.lost_files)
        flags = (self.more_lost, self.is_doubtful, self.is_from_backup, self.lost_versions)
        return not (any(told) or any(flags))

    def sentences(self, backup_of: date | None) -> Iterator[str]:
        """Yield what became of it, in Swedish."""
        dated = f"säkerhetskopian från {backup_of}" if backup_of else "säkerhetskopian"
        for names, told in (
            (self.from_history, "Hämtat ur en tidigare version"),
            (self.from_backup, f"Hämtat ur {dated}"),
            (self.plain, "Räddat som text utan formatering"),
            (self.lost, "Gick inte att läsa"),
            (self.lost_files, "Filer som saknas"),
        ):
            if names:
                yield f"{told}: {', '.join(names)}."
        versions = _counted(self.lost_versions, "tidigare version", "tidigare versioner")
        for is_so, told in (
            (self.is_from_backup, f"Hela ärendet är hämtat ur {dated}."),
            (self.more_lost, "Fler avsnitt kan saknas."),
            (self.is_doubtful, _DOUBT),
            (self.lost_versions, f"{versions} saknas."),
        ):
            if is_so:
                yield told


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of a library that was mended.

    `set_aside` is where the damaged file lies now, `backup_of` the day of the backup that was used.
    `broken_journals` counts drafts whose journal lacks entries.
    """

    library: Path
    set_aside: Path
    drafts: tuple[DraftAccount, ...]
    backup_of: date | None = None
    broken_journals: int = 0

    def sentences(self) -> Iterator[str]:
        """Yield the account in Swedish, a line at a time."""
        whole = sum(draft.is_whole for draft in self.drafts)
        yield f"Biblioteket {self.library} var skadat och har lagats."
        if not self.drafts:
            yield "Inga ärenden fanns kvar."
        elif whole == len(self.drafts):
            yield f"Alla {whole} ärenden är hela." if whole > 1 else "Ärendet är helt."
        else:
            yield f"{_counted(whole, 'ärende är helt', 'ärenden är hela')}."
        for draft in self.drafts:
            if not draft.is_whole:
                place = " (i papperskorgen)" if draft.is_in_bin else ""
                yield f"”{draft.title}”{place}: {' '.join(draft.sentences(self.backup_of))}"
        if self.broken_journals:
            yield (
                f"Journalen saknar rader för {_counted(self.broken_journals, 'ärende', 'ärenden')}."
            )
        yield f"Den skadade filen finns kvar: {self.set_aside}"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
