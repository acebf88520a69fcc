"""Libraries made to be damaged, damages, and which drafts a damage can't have reached.

Every text of a draft is full of its marker, so that a search through the sound file tells which
pages a draft needs, without any of the program's own reading.
"""

import random
import shutil
import sqlite3
import struct
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from samverkan_desktop.domain.draft import Attachment, Draft, Section
from samverkan_desktop.domain.text import Block, BulletList, ListItem, paragraph
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.store.library import Library

PAGE = 4096
FRAME = PAGE + 24


@dataclass(frozen=True)
class Sound:
    """A sound library, closed or as a crash leaves it (with a log), and what is in it."""

    path: Path
    drafts: Mapping[str, Draft]
    in_bin: frozenset[str]
    files: Mapping[str, Mapping[str, bytes]]
    needed: Mapping[str, frozenset[int]]  # by draft: its pages
    leaves: frozenset[int]  # pages that may lie anywhere in the file
    tables: frozenset[int]  # all pages of the drafts themselves

    @property
    def log(self) -> Path:
        return self.path.with_name(self.path.name + "-wal")

    def newest(self) -> dict[int, int]:
        """By page: which frame of the log holds it, counted from 0."""
        if not self.log.exists():
            return {}
        data = self.log.read_bytes()
        frames = range(32, len(data), FRAME)
        return {struct.unpack_from(">I", data, at)[0]: i for i, at in enumerate(frames)}


def marker(number: int) -> str:
    return f"§{number:03}§"


def some_draft(number: int, chance: random.Random) -> Draft:
    words = ("nämnden", "förslaget", "kostnad", "barn", "trygghet", "plan", "väg", "skola")

    def text(length: int) -> str:
        said = (f"{marker(number)} {chance.choice(words)}" for _ in range(length))
        return " ".join(said)

    def blocks(i: int) -> tuple[Block, ...]:
        size = chance.choice((1, 5, 40, 120))
        paragraphs = [paragraph(text(size)) for _ in range(chance.randint(1, 4))]
        return (*paragraphs, BulletList((ListItem((paragraph(text(3 + i)),)),)))

    sections = tuple(
        Section(key=f"avsnitt{i}", content=blocks(i), done=chance.random() < 0.3)
        for i in range(chance.randint(2, 6))
    )
    return Draft(
        id=f"arende-{number:03}-{marker(number)}",
        template="stockholm-remissvar",
        title=f"Ärende {marker(number)}",
        dnr=f"KS 2024/{number}",
        sections=sections,
        attachments=(Attachment(title="Karta", file="karta.png"),) if number % 3 == 0 else (),
    )


def picture(number: int) -> bytes:
    return marker(number).encode() * 1200


def make(path: Path, count: int) -> Sound:
    """Make a library of so many drafts and close it."""
    chance = random.Random(count)
    with Library.open(path, author="Anna") as library:
        drafts = {}
        for number in range(count):
            draft = some_draft(number, chance)
            files = {a.file: picture(number) for a in draft.attachments}
            drafts[draft.id] = library.add(draft, files)
            if number % 4 == 0:
                drafts[draft.id] = rewritten(library, drafts[draft.id], number)
            if number % 5 == 0:
                library.delete(draft.id)
        library.search("nämnden")
    return known(path, drafts)


def rewritten(library: Library, draft: Draft, number: int) -> Draft:
    """Change a heading, take sections away, write a new one."""
    taken = {section.key for section in draft.sections}
    key = next(key for i in range(99) if (key := f"nytt{i}") not in taken)
    last = Section(key=key, content=(paragraph(f"{marker(number)} tillagt " * 60),))
    first = replace(draft.sections[0], heading=f"Ny rubrik {marker(number)}")
    new = replace(draft, sections=(first, *draft.sections[2:-1], last))
    library.save(new, draft)
    library.history.keep(draft.id, Reason.NAMED, "ändrad")
    return library.load(draft.id)


def with_log(path: Path, source: Path, count: int) -> Sound:
    """Make a library as a crash leaves it: the last changes are in the log beside it."""
    shutil.copy(make(source, count).path, source.with_suffix(".start"))
    with Library.open(source, author="Anna") as library:
        library._file.connection.execute("PRAGMA wal_autocheckpoint = 0")
        drafts = {s.id: library.load(s.id) for s in (*library.summaries(), *library.bin())}
        for number, draft_id in enumerate(sorted(drafts)):
            if number % 2 == 0:
                drafts[draft_id] = rewritten(library, drafts[draft_id], number)
        for suffix in ("", "-wal"):
            shutil.copy(f"{source}{suffix}", f"{path}{suffix}")
    return known(path, drafts)


def known(path: Path, drafts: Mapping[str, Draft]) -> Sound:
    """Return what is in a library; read in a copy, so that its log stays."""
    copy = path.with_name("kopia.db")
    for beside in path.parent.glob(f"{path.name}*"):
        shutil.copy(beside, f"{copy}{beside.name.removeprefix(path.name)}")
    with closing(sqlite3.connect(copy)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        stat = raw.execute("SELECT name, pageno, pagetype FROM dbstat").fetchall()
    data = copy.read_bytes()
    with Library.open(copy) as library:
        in_bin = frozenset(s.id for s in library.bin())
        files = {d: {name: library.file(d, name) for name in library.file_names(d)} for d in drafts}
    copy.unlink()
    own = {page for name, page, _ in stat if name in {"drafts", "parts"}}
    text = {page: data[(page - 1) * PAGE : page * PAGE] for page in own}
    needed = {
        draft_id: frozenset(
            page for page, content in text.items() if draft_id[-5:].encode() in content
        )
        for draft_id in drafts
    }
    leaves = frozenset(page for _, page, kind in stat if page in own and kind == "leaf")
    return Sound(path, drafts, in_bin, files, needed, leaves, frozenset(own))


@dataclass(frozen=True)
class Damage:
    """What was done, and the pages that are no longer what they were."""

    name: str
    pages: frozenset[int]


def at_random(sound: Sound, chance: random.Random) -> Damage:
    """Damage a copy of a sound library (at the same path) in one of many ways."""
    ways: list[Callable[[Sound, random.Random], Damage]] = [
        flip,
        flip,
        cut,
        zero,
        swap,
        garbage,
        header,
        several,
    ]
    if sound.log.exists():
        ways += [flip_log, cut_log, zero_log, flip_log_header]
    return chance.choice(ways)(sound, chance)


def flip(sound: Sound, chance: random.Random) -> Damage:
    data = bytearray(sound.path.read_bytes())
    places = [chance.randrange(len(data)) for _ in range(chance.choice((1, 1, 5, 40)))]
    for at in places:
        data[at] ^= chance.randint(1, 255)
    sound.path.write_bytes(data)
    return Damage("flip", _own(sound, {at // PAGE + 1 for at in places}))


def cut(sound: Sound, chance: random.Random) -> Damage:
    data = sound.path.read_bytes()
    length = chance.randrange(len(data))
    sound.path.write_bytes(data[:length])
    return Damage("cut", _own(sound, set(range(length // PAGE + 1, len(data) // PAGE + 1))))


def zero(sound: Sound, chance: random.Random) -> Damage:
    return _overwrite(sound, chance, "zero", lambda _: bytes(PAGE))


def garbage(sound: Sound, chance: random.Random) -> Damage:
    return _overwrite(sound, chance, "garbage", lambda chance: chance.randbytes(PAGE))


def header(sound: Sound, chance: random.Random) -> Damage:
    """Damage the file's header, where no row lies: the page size, the mark, the counters."""
    data = bytearray(sound.path.read_bytes())
    start = chance.choice((0, 16, 20, 24, 52, 68))
    if chance.random() < 0.3:
        data[16:18] = chance.choice((512, 1024, 8192, 32768)).to_bytes(2, "big")
    else:
        data[start : start + 12] = chance.randbytes(12)
    sound.path.write_bytes(data)
    return Damage("header", frozenset())


def swap(sound: Sound, chance: random.Random) -> Damage:
    data = bytearray(sound.path.read_bytes())
    one, other = (chance.randrange(len(data) // PAGE) * PAGE for _ in range(2))
    data[one : one + PAGE], data[other : other + PAGE] = (
        data[other : other + PAGE],
        data[one : one + PAGE],
    )
    sound.path.write_bytes(data)
    pages = {one // PAGE + 1, other // PAGE + 1} if one != other else set()
    return Damage("swap", _own(sound, pages) - sound.leaves)


def several(sound: Sound, chance: random.Random) -> Damage:
    damages = [chance.choice((flip, zero, header))(sound, chance) for _ in range(3)]
    return Damage("several", frozenset().union(*(damage.pages for damage in damages)))


def flip_log(sound: Sound, chance: random.Random) -> Damage:
    before = sound.newest()
    data = bytearray(sound.log.read_bytes())
    places = [chance.randrange(32, len(data)) for _ in range(chance.choice((1, 3, 20)))]
    frames = {(at - 32) // FRAME for at in places}
    if any((at - 32) % FRAME < 8 for at in places):  # which transaction it is part of, unknown
        frames = set(range(len(data) // FRAME))
    for at in places:
        data[at] ^= chance.randint(1, 255)
    sound.log.write_bytes(data)
    return Damage("flip log", frozenset(page for page, i in before.items() if i in frames))


def cut_log(sound: Sound, chance: random.Random) -> Damage:
    before = sound.newest()
    data = sound.log.read_bytes()
    length = chance.randrange(32, len(data))
    whole = (length - 32) // FRAME
    ends = [i for i in range(whole) if struct.unpack_from(">I", data, 36 + i * FRAME)[0]]
    kept = ends[-1] + 1 if ends else 0
    sound.log.write_bytes(data[:length])
    return Damage("cut log", frozenset(page for page, i in before.items() if i >= kept))


def zero_log(sound: Sound, chance: random.Random) -> Damage:
    before = sound.newest()
    data = bytearray(sound.log.read_bytes())
    frame = chance.randrange((len(data) - 32) // FRAME)
    start = 32 + frame * FRAME
    data[start : start + FRAME] = bytes(FRAME)
    sound.log.write_bytes(data)
    return Damage("zero log", frozenset(page for page, i in before.items() if i == frame))


def flip_log_header(sound: Sound, chance: random.Random) -> Damage:
    data = bytearray(sound.log.read_bytes())
    data[chance.randrange(32)] ^= chance.randint(1, 255)
    sound.log.write_bytes(data)
    return Damage("log header", frozenset())


def _overwrite(
    sound: Sound, chance: random.Random, name: str, made: Callable[[random.Random], bytes]
) -> Damage:
    data = bytearray(sound.path.read_bytes())
    pages = {chance.randrange(len(data) // PAGE) + 1 for _ in range(chance.choice((1, 1, 3, 12)))}
    for page in pages:
        data[(page - 1) * PAGE : page * PAGE] = made(chance)
    sound.path.write_bytes(data)
    return Damage(name, _own(sound, pages))


def _own(sound: Sound, pages: set[int]) -> frozenset[int]:
    """The pages that were read from the file itself, not out of the log."""
    return frozenset(pages - sound.newest().keys())
