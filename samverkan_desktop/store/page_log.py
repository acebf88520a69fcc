"""What lies beside a database file and hasn't come into it yet, read without SQLite.

A write-ahead log ("-wal") holds pages newer than the file's, a rollback journal ("-journal") those
that an interrupted change has to give back: https://www.sqlite.org/fileformat2.html, sections 3
and 4. SQLite stops at the first frame of a log that isn't sound; here the ones after it are read.
"""

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

PAGE_SIZES = tuple(2**power for power in range(9, 17))

# Section 4.1: the magic number's last bit tells the byte order of the checksums.
_LOG_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
_LOG_HEADER = struct.Struct(">8I")
_FRAME_HEADER = struct.Struct(">6I")

_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_JOURNAL_HEADER = struct.Struct(">8sIIIII")
_CHECKED_EVERY = 200  # section 3: the bytes of a page that its checksum in a journal adds up
_UNTOLD = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Frame:
    """A page in a log or journal: `at` is where its bytes begin there.

    `is_sound` tells that salts and checksum are right. `ends` is set where a transaction ends.
    """

    page: int
    at: int
    ends: bool
    is_sound: bool


def log_page_size(log: BinaryIO) -> int | None:
    """Return the page size that a write-ahead log tells, if it tells one that can be."""
    header = _log_header(log)
    return header[2] if header and header[2] in PAGE_SIZES else None


def log_frames(log: BinaryIO, page_size: int) -> list[Frame]:
    """Return the frames of a write-ahead log's committed transactions, as far as they belong to it.

    Section 4.2: frames with other salts are left from before the log began anew.
    """
    frames = list(_log_frames(log, page_size))
    last = max((i for i, frame in enumerate(frames) if frame.ends), default=-1)
    return frames[: last + 1]


def is_broken(frames: list[Frame]) -> bool:
    """Whether SQLite would pass over transactions that had been written and told as saved.

    A power cut may leave the last transaction torn, and nothing after it.
    """
    first = next((i for i, frame in enumerate(frames) if not frame.is_sound), len(frames))
    return any(frame.ends and frame.is_sound for frame in frames[first:-1])


def journal_frames(journal: BinaryIO, page_size: int) -> list[Frame]:
    """Return the pages that a rollback journal gives back."""
    size = _size(journal)
    out: list[Frame] = []
    at = 0
    while at + _JOURNAL_HEADER.size <= size:
        journal.seek(at)
        header = journal.read(_JOURNAL_HEADER.size)
        magic, count, nonce, _, sector, its_page_size = _JOURNAL_HEADER.unpack(header)
        if magic != _JOURNAL_MAGIC or its_page_size != page_size or not 0 < sector <= 65536:
            break
        at += sector
        room = (size - at) // (page_size + 8)
        for _ in range(room if count == _UNTOLD else min(count, room)):
            out.append(_journal_frame(journal, at, page_size, nonce))
            at += page_size + 8
        at += -at % sector
    return [frame for frame in out if frame.is_sound]


def _journal_frame(journal: BinaryIO, at: int, page_size: int, nonce: int) -> Frame:
    journal.seek(at)
    record = journal.read(page_size + 8)
    page, told = int.from_bytes(record[:4], "big"), int.from_bytes(record[-4:], "big")
    data = record[4:-4]
    places = range(page_size - _CHECKED_EVERY, 0, -_CHECKED_EVERY)
    is_sound = (nonce + sum(data[i] for i in places)) & 0xFFFFFFFF == told
    return Frame(page, at + 4, ends=True, is_sound=is_sound)


def _log_header(log: BinaryIO) -> tuple[int, ...] | None:
    log.seek(0)
    data = log.read(_LOG_HEADER.size)
    return _LOG_HEADER.unpack(data) if len(data) == _LOG_HEADER.size else None


def _log_frames(log: BinaryIO, page_size: int) -> Iterator[Frame]:
    header = _log_header(log)
    if header is None:
        return
    order = _LOG_MAGIC.get(header[0], "<")
    log.seek(0)
    told = _checksum(log.read(24), (0, 0), order)
    is_sound = header[0] in _LOG_MAGIC and told == header[6:8] and header[2] == page_size
    salts = header[4:6] if is_sound else _usual_salts(log, page_size)
    before = header[6:8]
    for at in _frame_places(log, page_size):
        log.seek(at)
        head, data = log.read(_FRAME_HEADER.size), log.read(page_size)
        page, size_after, *its_salts, first, second = _FRAME_HEADER.unpack(head)
        if tuple(its_salts) == salts:
            sums = _checksum(data, _checksum(head[:8], before, order), order)
            sound = sums == (first, second)
            yield Frame(page, at + _FRAME_HEADER.size, ends=size_after > 0, is_sound=sound)
        before = (first, second)


def _usual_salts(log: BinaryIO, page_size: int) -> tuple[int, ...]:
    """Return the first salts that two frames have: for a log whose header is damaged.

    A log that began anew is written from its beginning, over the frames that were there.
    """
    seen: Counter[tuple[int, ...]] = Counter()
    for at in _frame_places(log, page_size):
        log.seek(at + 8)
        seen[struct.unpack(">2I", log.read(8))] += 1
    return next((salts for salts, count in seen.items() if count > 1), next(iter(seen), (0, 0)))


def _frame_places(log: BinaryIO, page_size: int) -> range:
    length = _FRAME_HEADER.size + page_size
    return range(_LOG_HEADER.size, _size(log) - length + 1, length)


def _checksum(data: bytes, start: tuple[int, ...], order: str) -> tuple[int, int]:
    """Return the checksum of section 4.2."""
    one, other = start
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for i in range(0, len(words), 2):
        one = (one + words[i] + other) & 0xFFFFFFFF
        other = (other + words[i + 1] + one) & 0xFFFFFFFF
    return one, other


def _size(file: BinaryIO) -> int:
    return file.seek(0, 2)
