"""The library as its user meets it: what is put in comes out, and only what changed is written."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from samverkan_desktop.domain.draft import Attachment, Draft, Section
from samverkan_desktop.domain.errors import (
    AmbiguousDraftError,
    DraftExistsError,
    UnknownDraftError,
    UnreadableFileError,
)
from samverkan_desktop.domain.text import BulletList, ListItem, Quote, paragraph, walk
from samverkan_desktop.store.library import Library

START = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)  # when the clock fixture begins
NAMES = ("../x.png", "C:\\b\\x.png", ".gömd", "a\x00b", "nul", "", "?.png", "\udce5.png")


def draft(draft_id: str = "a1", **fields: object) -> Draft:
    values = {"template": "stockholm-remissvar", "title": "Nya cykelbanor", **fields}
    return Draft(id=draft_id, **values)


def section(key: str, text: str) -> Section:
    return Section(key=key, content=(replace(paragraph(text), id=f"{key}-1"),))


def test_blocks_without_ids_get_unique_ones(library: Library) -> None:
    content = (
        paragraph("ett"),
        BulletList((ListItem((paragraph("två"),)),)),
        Quote((paragraph("tre"), replace(paragraph("fyra"), id="x"))),
        replace(paragraph("fem"), id="x"),
    )
    added = library.add(draft(sections=(Section(key="k", content=content),)))
    ids = [block.id for block in walk(added.all_blocks())]
    assert all(ids)
    assert len(set(ids)) == len(ids)
    assert library.load("a1") == added


def test_a_new_library_is_closed_to_other_users(library: Library, path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    library.add(draft())
    beside = [p for p in path.parent.iterdir() if p != path]
    assert beside
    assert all(p.stat().st_mode & 0o077 == 0 for p in beside)


def test_a_draft_without_an_id_is_a_mistake_of_the_caller(library: Library) -> None:
    with pytest.raises(ValueError, match="id"):
        library.add(draft(""))


def test_adding_the_same_id_twice_is_refused_and_changes_nothing(library: Library) -> None:
    library.add(draft(title="Första"))
    with pytest.raises(DraftExistsError, match="a1"):
        library.add(draft(title="Andra"), {"karta.png": b"1"})
    assert library.load("a1").title == "Första"
    assert library.file_names("a1") == frozenset()


def statements_of(library: Library, act) -> list[str]:
    seen: list[str] = []
    library._file.connection.set_trace_callback(seen.append)
    act()
    library._file.connection.set_trace_callback(None)
    return seen


def test_saving_writes_one_transaction_with_only_the_changed_section(library: Library) -> None:
    old = library.add(draft(sections=(section("a", "ett"), section("b", "två"), section("c", "3"))))
    new = replace(old, sections=(old.sections[0], section("b", "ny text"), old.sections[2]))

    seen = statements_of(library, lambda: library.save(new, old))

    written = [s for s in seen if "INSERT INTO parts" in s]
    assert len(written) == 1
    assert "ny text" in written[0]
    assert [s.split()[0] for s in (seen[0], seen[-1])] == ["BEGIN", "COMMIT"]
    assert sum(s.startswith(("BEGIN", "COMMIT")) for s in seen) == 2
    assert library.load("a1") == new


def test_saving_what_is_saved_writes_nothing(library: Library) -> None:
    old = library.add(draft(sections=(section("a", "ett"),)))
    same = replace(old, sections=(section("a", "ett"),))
    assert statements_of(library, lambda: library.save(same, old)) == []
    assert library.summaries()[0].changed_at == START


def test_saving_a_draft_that_is_not_there_is_an_error(library: Library) -> None:
    with pytest.raises(UnknownDraftError, match="a1"):
        library.save(draft(title="B"), draft(title="A"))
    assert library.summaries() == []


def test_a_failure_in_the_middle_of_a_save_leaves_the_whole_old_draft(
    library: Library, path: Path
) -> None:
    old = library.add(draft(sections=(section("a", "ett"), section("b", "två"))))
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(
            "CREATE TRIGGER stop BEFORE INSERT ON parts WHEN new.part = 'b'"
            " BEGIN SELECT RAISE(ABORT, 'stop'); END"
        )
    new = replace(old, title="Ändrad", sections=(section("a", "ändrad"), section("b", "b")))
    with pytest.raises(sqlite3.IntegrityError):
        library.save(new, old)
    assert library.load("a1") == old
    assert library.search("ändrad") == []
    assert library.summaries()[0].title == old.title
    library.save(replace(old, title="Efteråt"), old)
    assert library.load("a1").title == "Efteråt"


def test_half_a_character_does_not_keep_the_rest_from_being_saved(library: Library) -> None:
    old = library.add(draft())
    new = replace(old, title="Före \ud83d efter", sections=(section("k", "text \udc00."),))
    library.save(new, old)
    assert library.load("a1").title.split()[::2] == ["Före", "efter"]
    assert library.summaries()[0].title.split()[::2] == ["Före", "efter"]
    assert library.search("efter text")


def test_a_draft_in_the_bin_is_not_listed(library: Library) -> None:
    draft = library.add(Draft(id="d", template="t", title="Utkast"))
    assert library.lists("d")
    assert not library.lists("annat")
    library.delete(draft.id)
    assert not library.lists("d")


def test_summaries_tell_the_list_what_it_shows_last_changed_first(library: Library) -> None:
    first = library.add(
        draft(
            dnr="KS 2023/740",
            committee="Parknämnden",
            meeting_date=date(2024, 5, 2),
            sections=(
                section("a", "påbörjad"),
                replace(section("b", "klar"), done=True),
                Section(key="c", not_applicable="Rör inte barn."),
                Section(key="d"),
            ),
        )
    )
    library.add(draft("b2", title="Yngre"))
    assert [s.id for s in library.summaries()] == ["b2", "a1"]

    library.save(replace(first, title="Bredare cykelbanor"), first)

    summary = library.summaries()[0]
    assert (summary.id, summary.template) == ("a1", "stockholm-remissvar")
    assert (summary.title, summary.dnr) == ("Bredare cykelbanor", "KS 2023/740")
    assert (summary.committee, summary.meeting_date) == ("Parknämnden", date(2024, 5, 2))
    assert (summary.begun, summary.done) == (1, 2)
    assert summary.changed_at == START + timedelta(minutes=2)
    assert summary.changed_at.tzinfo is not None
    assert summary.deleted_at is None


def test_the_usual_clock_is_in_utc(path: Path) -> None:
    before = datetime.now(UTC)
    with Library.open(path) as library:
        library.add(draft())
        changed = library.summaries()[0].changed_at
    assert before <= changed <= datetime.now(UTC)
    assert changed.utcoffset() == timedelta()


def test_the_bin_keeps_drafts_until_they_are_restored(library: Library) -> None:
    one, two = library.add(draft("a1"), {"karta.png": b"karta"}), library.add(draft("b2"))
    library.delete("a1")
    library.delete("b2")
    assert library.summaries() == []
    assert [s.id for s in library.bin()] == ["b2", "a1"]
    assert all(s.deleted_at for s in library.bin())
    assert library.search("cykelbanor") == []

    library.restore("a1")

    assert [s.id for s in library.summaries()] == ["a1"]
    assert library.summaries()[0].deleted_at is None
    assert library.load("a1") == one
    assert library.load("b2") == two
    assert library.file("a1", "karta.png") == b"karta"


def test_deleting_twice_keeps_the_first_time(library: Library) -> None:
    library.add(draft())
    library.delete("a1")
    first = library.bin()[0].deleted_at
    library.delete("a1")
    assert library.bin()[0].deleted_at == first


def test_a_draft_saved_while_it_is_in_the_bin_stays_there(library: Library) -> None:
    old = library.add(draft())
    library.delete("a1")
    library.save(replace(old, title="Sista orden"), old)
    assert [s.title for s in library.bin()] == ["Sista orden"]


@pytest.mark.parametrize("act", ["load", "delete", "restore", "file_names"])
def test_an_unknown_id_is_told(library: Library, act: str) -> None:
    with pytest.raises(UnknownDraftError, match="finns-inte"):
        getattr(library, act)("finns-inte")


def test_an_id_may_be_shortened_as_long_as_it_is_one(library: Library) -> None:
    for draft_id in ("abc1", "abd2", "abd23", "%_x"):
        library.add(draft(draft_id))
    library.delete("abc1")
    assert library.resolve("abc") == "abc1"
    assert library.resolve("abd2") == "abd2"
    assert library.resolve("%") == "%_x"
    with pytest.raises(AmbiguousDraftError, match="ab"):
        library.resolve("ab")
    for unknown in ("x", "", "abc12"):
        with pytest.raises(UnknownDraftError):
            library.resolve(unknown)


def test_a_file_name_never_changes_content(library: Library) -> None:
    library.add(draft())
    assert library.add_file("a1", "karta.png", b"ett") == "karta.png"
    assert library.add_file("a1", "karta.png", b"ett") == "karta.png"
    assert library.add_file("a1", "Karta.PNG", b"ett") == "karta.png"
    assert library.add_file("a1", "karta.png", b"tv") == "karta-2.png"
    assert library.add_file("a1", "karta.png", b"tv") == "karta-2.png"
    assert library.add_file("a1", "KARTA.png", b"tre") == "KARTA-3.png"
    assert library.file("a1", "karta.png") == b"ett"
    assert library.file("a1", "karta-2.png") == b"tv"
    assert library.file_names("a1") == {"karta.png", "karta-2.png", "KARTA-3.png"}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_gets_a_name_that_a_draft_may_use(library: Library, name: str) -> None:
    old = library.add(draft())
    used = library.add_file("a1", name, b"data")
    library.save(replace(old, attachments=(Attachment(title="T", file=used),)), old)
    assert library.load("a1").attachments[0].file == used
    assert library.file("a1", used) == b"data"


def test_the_same_content_is_kept_once(library: Library, path: Path) -> None:
    library.add(draft("a1"), {"a.bin": b"x" * 1000})
    library.add(draft("b2"), {"b.bin": b"x" * 1000})
    library.add_file("b2", "c.bin", b"x" * 1000)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT count(*) FROM blobs").fetchone() == (1,)


def test_a_file_that_is_not_there_is_told(library: Library) -> None:
    library.add(draft())
    with pytest.raises(UnreadableFileError, match=r"karta\.png"):
        library.file("a1", "karta.png")


def test_another_thread_works_with_its_own_library(library: Library, path: Path) -> None:
    library.add(draft("a1", sections=(section("k", "ett"),)))

    def write() -> None:
        with Library.open(path) as other:
            old = other.load("a1")
            other.save(replace(old, title="Från tråden"), old)
            other.add(draft("b2"))

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    assert library.load("a1").title == "Från tråden"
    assert {s.id for s in library.summaries()} == {"a1", "b2"}


def test_two_programs_make_the_same_new_library_together(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from samverkan_desktop.store.library import Library\n"
        "from samverkan_desktop.domain.draft import Draft\n"
        "sys.stdin.readline()\n"
        "with Library.open(Path(sys.argv[1])) as library:\n"
        "    library.add(Draft(id=sys.argv[2], template='t', title='T'))\n"
    )
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path), name], stdin=subprocess.PIPE, text=True
        )
        for name in "abc"
    ]
    for program in programs:
        program.stdin.write("\n")
        program.stdin.flush()
    for program in programs:
        program.communicate(timeout=60)
    assert [program.returncode for program in programs] == [0, 0, 0]
    with Library.open(path) as library:
        assert {s.id for s in library.summaries()} == {"a", "b", "c"}


def test_what_was_saved_survives_a_killed_program(path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from dataclasses import replace\n"
        "from samverkan_desktop.store.library import Library\n"
        "from samverkan_desktop.domain.draft import Draft\n"
        "library = Library.open(Path(sys.argv[1]))\n"
        "old = library.add(Draft(id='a1', template='t', title='Ett'))\n"
        "library.save(replace(old, title='Två'), old)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(path)], check=False, timeout=60)
    assert killed.returncode == -9
    with Library.open(path) as library:
        assert library.load("a1").title == "Två"


def test_an_up_to_date_library_is_used_without_importing_sqlite_utils(path: Path) -> None:
    with Library.open(path) as library:
        library.add(draft(sections=(section("a", "ett"),)))
    code = (
        "import sys; from pathlib import Path; from dataclasses import replace\n"
        "from samverkan_desktop.store.library import Library\n"
        "with Library.open(Path(sys.argv[1])) as library:\n"
        "    old = library.load(library.summaries()[0].id)\n"
        "    library.save(replace(old, title='Ny'), old)\n"
        "    assert library.search('ny')\n"
        "print(sorted({'sqlite_utils', 'click', 'docx', 'reportlab'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_closed_library_leaves_one_file(path: Path) -> None:
    with Library.open(path) as library:
        library.add(draft())
    assert list(path.parent.iterdir()) == [path]
