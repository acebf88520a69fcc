"""The command line as IT and scripts use it: what it prints, where, and its exit code."""

import io
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from pdf_documents import page_texts

from samverkan_desktop import __version__, cli
from samverkan_desktop.codec.draft_json import read_draft
from samverkan_desktop.commands import drafts, place
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.files import Folders
from samverkan_desktop.store.library import Library
from tests.commands.answers import Answer, one_sentence, write_json

LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">
<rect width="9" height="9"/></svg>"""
ROOT = Path(__file__).resolve().parents[2]


def test_a_draft_goes_in_is_listed_shown_and_found(run, tmp_path: Path) -> None:
    path = write_json(
        tmp_path / "a.json",
        title="Nya cykelbanor",
        dnr="KS 2023/740",
        meeting_date="2023-10-26",
        sections=[{"key": "arendet", "content": "Trygghetsstrategin gäller."}],
    )
    added = run("new", path)
    draft_id = added.out.strip()
    assert (added.code, added.err) == (0, "")
    assert re.fullmatch(r"[0-9a-f-]{36}", draft_id)

    assert run("list").out == f"{draft_id[:8]}  2023-10-26  KS 2023/740  Nya cykelbanor\n"
    (listed,) = run("list", "--json").json
    assert (listed["id"], listed["title"]) == (draft_id, "Nya cykelbanor")
    assert (listed["meeting_date"], listed["dnr"]) == ("2023-10-26", "KS 2023/740")

    shown = run("show", draft_id[:6])
    assert shown.out.startswith("Nya cykelbanor\n")
    assert "KS 2023/740" in shown.out
    assert re.search(r"^Ärendet: påbörjat, 2 ord$", shown.out, re.MULTILINE)
    whole = read_draft(run("show", draft_id, "--json").out, "test")
    assert whole.title == "Nya cykelbanor"

    assert run("search", "trygghet").out.startswith(draft_id[:8])
    (hit,) = run("search", "trygghet", "cykelbanor", "--json").json
    assert hit["id"] == draft_id
    assert [hit["snippet"][a:b] for a, b in hit["marks"]] == ["Trygghet"]
    assert run("search", "finns", "\ninte") == Answer(
        1, "Inget ärende innehåller ”finns inte”.\n", ""
    )
    assert run("search", "finnsinte", "--json") == Answer(1, "[]\n", "")


def test_an_empty_library_is_made_and_says_so(run, library: Path) -> None:
    assert run("list") == Answer(0, "Det finns inga ärenden.\n", "")
    assert run("list", "--json").json == []
    assert run("bin").out == "Papperskorgen är tom.\n"
    assert library.is_file()


def test_delete_moves_to_the_bin_and_restore_takes_back(run, filled) -> None:
    draft_id = filled["anmalan-trygghetsplan"]
    assert run("delete", draft_id).code == 0
    assert draft_id not in run("list", "--json").out
    (binned,) = run("bin", "--json").json
    assert binned["id"] == draft_id
    assert binned["deleted_at"]
    told = f"Ligger i papperskorgen; samverkan restore {draft_id} tar tillbaka det.\n"
    assert told in run("show", draft_id).out
    assert run("restore", draft_id[:8]).code == 0
    assert "papperskorgen" not in run("show", draft_id).out
    assert draft_id in run("list", "--json").out
    assert run("bin", "--json").json == []


def test_duplicate_prints_the_copys_id(run, filled) -> None:
    copy = run("duplicate", filled["anmalan-trygghetsplan"]).out.strip()
    assert copy not in filled.values()
    assert "(kopia)" in run("show", copy).out


def test_short_ids_are_as_long_as_they_must_be(run, library: Path) -> None:
    with Library.open(library) as opened:
        for draft_id in ("aaaaaaaa-1", "aaaaaaaa-22", "aaaaaaaa-2"):
            opened.add(Draft(id=draft_id, template="stockholm-remissvar", title="T"))
    ids = [line.split()[0] for line in run("list").out.splitlines()]
    assert [run("show", draft_id).code for draft_id in ids] == [0, 0, 0]
    assert one_sentence(run("show", "aaaa"))
    assert run("show", "aaaa").code == 2


def test_a_title_can_not_write_to_the_terminal(run, library: Path) -> None:
    with Library.open(library) as opened:
        opened.add(Draft(id="a", template="stockholm-remissvar", title="\x1b[31mröd\nrad\x07"))
    assert "\x1b" not in run("list").out
    assert len(run("list").out.splitlines()) == 1
    assert "\x1b" not in run("show", "a").out
    assert "\x1b" not in run("search", "röd").out


def test_export_writes_several_files_from_the_library_or_a_file(run, filled, tmp_path) -> None:
    paths = [tmp_path / f"u.{suffix}" for suffix in ("pdf", "docx", "txt")]
    options = ("--pdf", paths[0], "--docx", paths[1], "--text", paths[2])
    from_library = run("export", filled["remissvar-friytestrategi"], *options)
    assert from_library.code == 0
    assert from_library.out.split() == [str(path) for path in paths]
    text = paths[2].read_bytes()
    assert paths[0].read_bytes().startswith(b"%PDF-")
    assert zipfile.is_zipfile(paths[1])

    file = tmp_path / "ex" / "remissvar-friytestrategi.json"
    assert run("export", file, "--text", paths[2]).code == 0
    assert paths[2].read_bytes() == text


def test_signature_lines_have_a_text_to_find_where_the_settings_ask_for_it(
    run, folders: Folders, tmp_path
) -> None:
    signatories = [{"name": "Bo Lind"}, {"name": "Eva Ask"}]
    path, out = write_json(tmp_path / "a.json", signatories=signatories), tmp_path / "u.pdf"
    assert run("export", path, "--pdf", out).code == 0
    assert "Underskrift_" not in "".join(page_texts(out.read_bytes()))
    (folders.user_config / "settings.toml").write_text("signature_anchors = true\n")
    assert run("export", path, "--pdf", out).code == 0
    (text,) = page_texts(out.read_bytes())
    assert text.index("[Underskrift_1]") < text.index("Bo Lind")
    assert text.index("[Underskrift_2]") < text.index("Eva Ask")
    assert run("verify", out).code == 0
    (folders.site_config / "policy.toml").write_text("signature_anchors = false\n")
    assert run("export", path, "--pdf", out).code == 0
    assert "Underskrift_" not in "".join(page_texts(out.read_bytes()))


def test_the_logo_of_the_administration_is_on_the_first_page(run, folders, tmp_path) -> None:
    profiles = folders.site_config / "organisations"
    profiles.mkdir()
    fields = 'id = "stad"\nname = "Stadens förvaltning"\ncommittee = "Nämnden"\nlogo = "stad.svg"\n'
    (profiles / "stad.toml").write_text(f'format = "samverkan-organisation/1"\n{fields}', "utf-8")
    (profiles / "stad.svg").write_text(LOGO, "utf-8")
    theirs = write_json(tmp_path / "a.json", organisation={"name": "Stadens förvaltning"})
    others = write_json(tmp_path / "b.json", organisation={"name": "En annan förvaltning"})
    out = tmp_path / "u.pdf"
    for path, logos in ((theirs, 1), (others, 0)):
        assert run("export", path, "--pdf", out).code == 0
        assert out.read_bytes().count(b"/Subtype/Form") == logos
        assert run("verify", out).code == 0
    (profiles / "stad.svg").write_text(LOGO.replace("rect", "text"), "utf-8")
    refused = run("export", theirs, "--pdf", out)
    assert refused.code == 3
    assert one_sentence(refused)


@pytest.mark.parametrize("option", ["--text", "--pdf", "--docx"])
@pytest.mark.parametrize("linked", [False, True])
def test_an_export_does_not_replace_the_draft_it_is_made_of(run, tmp_path, option, linked) -> None:
    path = write_json(tmp_path / "a.json")
    output = tmp_path / "mapp" / ".." / "a.json"
    (tmp_path / "mapp").mkdir()
    if linked:
        output = tmp_path / "länk.pdf"
        output.symlink_to(path)
    before = path.read_bytes()
    other = ["--pdf", tmp_path / "u.pdf"] if option != "--pdf" else ["--docx", tmp_path / "u.docx"]
    answer = run("export", path, option, output, *other)
    assert answer.code == 2
    assert one_sentence(answer)
    assert f"{option} kan inte skriva över {path}, som ärendet läses ur" in answer.err
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("u.*"))


def test_an_export_does_not_replace_the_library(run, filled, library: Path) -> None:
    before = library.read_bytes()
    answer = run("export", filled["uppsala-riktlinjer"], "--text", library)
    assert answer.code == 2
    assert one_sentence(answer)
    assert str(library) in answer.err
    assert library.read_bytes() == before


def test_a_file_is_exported_without_a_library(run, library: Path, tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.JSON", title="Titel")
    assert "Titel" in run("export", path, "--text", "-").out
    assert not library.exists()


def test_text_goes_to_standard_output_and_nothing_else_does(run, filled, tmp_path) -> None:
    draft_id = filled["uppsala-riktlinjer"]
    piped = run("export", draft_id, "--text", "-", "--pdf", tmp_path / "u.pdf")
    run("export", draft_id, "--text", tmp_path / "u.txt")
    assert piped.out == (tmp_path / "u.txt").read_text(encoding="utf-8")
    assert (tmp_path / "u.pdf").is_file()


def program(*arguments: object, **options) -> subprocess.CompletedProcess:
    home = options.pop("home")
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}  # as on a new machine
    return subprocess.run(
        [sys.executable, "-m", "samverkan_desktop.cli", *map(str, arguments)],
        cwd=ROOT,
        env=environment | options.pop("env", {}),
        check=False,
        **{"capture_output": True} | options,
    )


def test_binary_files_go_through_a_pipe_as_they_are(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.json")
    pdf = program("export", path, "--pdf", "-", home=tmp_path)
    assert (pdf.returncode, pdf.stderr) == (0, b"")
    assert pdf.stdout.startswith(b"%PDF-")
    assert pdf.stdout.rstrip().endswith(b"%%EOF")
    docx = program("export", path, "--docx", "-", home=tmp_path)
    assert zipfile.ZipFile(io.BytesIO(docx.stdout)).testzip() is None


def test_a_terminal_is_not_filled_with_binary(run, tmp_path, monkeypatch) -> None:
    path = write_json(tmp_path / "a.json")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    refused = run("export", path, "--pdf", "-")
    assert refused.code == 2
    assert one_sentence(refused)
    assert run("export", path, "--text", "-").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "KOMMANDO saknas"),
        (["utplåna"], "”utplåna” är inget kommando"),
        (["show"], "ID saknas"),
        (["show", ""], "ID är tomt"),
        (["delete", " "], "ID är tomt"),
        (["check", ""], "ID|FIL.json är tomt"),
        (["search"], "ORD saknas"),
        (["list", "--xml"], "”--xml” ingår inte"),
        (["list", "extra"], "”extra” ingår inte"),
        (["list", "--json=ja"], "--json tar inget värde"),
        (["--library"], "--library ska följas av ett värde"),
        (["export", "a", "--pdf"], "--pdf ska följas av ett värde"),
        (["export", "a"], "ange minst ett av --pdf, --docx och --text"),
        (["export", "a", "--pdf", "x", "--docx", "./x"], "samma ställe"),
        (["export", "a", "--pdf", "-", "--text", "-"], "samma ställe"),
        (["läs", "fil.docx"], "”läs” är inget kommando"),
        (["list", "--js"], "”--js” ingår inte"),
    ],
)
def test_wrong_usage_is_told_in_swedish(run, arguments: Sequence[str], said: str) -> None:
    answer = run(*arguments)
    assert answer.code == 2
    assert one_sentence(answer)
    assert said in answer.err
    assert "--help" in answer.err


ENGLISH = re.compile(
    r"\b(usage|options|positional|arguments?:|show|this|help|message|exit|default|error|required)\b"
)


def test_help_is_swedish_for_every_command(run) -> None:
    pages = [run("--help")]
    names = re.findall(r"^    ([\w-]+)\s", pages[0].out, re.MULTILINE)
    assert set(names) >= {"new", "list", "show", "search", "export", "check", "templates"}
    pages += [run(name, "--help") for name in names]
    for page in pages:
        assert (page.code, page.err) == (0, "")
        assert page.out.startswith("Användning: samverkan")
        prose = re.sub(
            r"--?\w+|samverkan( [\w-]+)?|^    [\w-]+\s", "", page.out, flags=re.MULTILINE
        )
        assert not ENGLISH.search(prose), prose


def test_version(run) -> None:
    assert run("--version") == Answer(0, f"samverkan {__version__}\n", "")


def test_check_finds_what_must_be_put_right(run, filled, tmp_path: Path) -> None:
    empty = write_json(tmp_path / "tom.json", title="")
    answer = run("check", empty, "--json")
    assert answer.code == 1
    assert {"code", "severity", "section", "block", "message"} <= set(answer.json[0])
    told = run("check", empty)
    assert told.code == 1
    assert told.out.startswith("Fel: ")
    assert len(told.out.splitlines()) == len(answer.json)

    for draft_id in filled.values():
        assert run("check", draft_id).code == 0


def test_templates_are_listed(run) -> None:
    ids = {template["id"] for template in run("templates", "--json").json}
    assert {"stockholm-remissvar", "stockholm-anmalan", "uppsala-tjansteskrivelse"} <= ids
    assert "stockholm-remissvar: Stockholms stad, Svar på remiss" in run("templates").out


def test_a_template_with_an_unknown_key_is_told_with_file_and_key(run, folders, tmp_path) -> None:
    own = folders.user_data / "templates"
    own.mkdir()
    shipped = (folders.resources / "templates" / "stockholm-remissvar.toml").read_text("utf-8")
    text = shipped.replace('"stockholm-remissvar"', '"egen"', 1)
    (own / "egen.toml").write_text(f'farg = "röd"\n{text}', encoding="utf-8")

    listed = run("templates")
    assert listed.code == 2
    assert "stockholm-remissvar" in listed.out
    assert "egen.toml" in listed.err
    assert "farg" in listed.err

    used = run("export", write_json(tmp_path / "a.json", template="egen"), "--text", "-")
    assert used.code == 2
    assert one_sentence(used)
    assert "egen.toml" in used.err
    assert "farg" in used.err


@pytest.mark.parametrize("command", ["new", "export", "check"])
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": 7}, "title"),
        (
            {"sections": [{"key": "a", "content": [{"type": "paragraph", "text": 1}]}]},
            "sections[0]",
        ),
        ({"colour": "red"}, "colour"),
        ({"template": "okänd"}, "okänd"),
        ({"format": "samverkan-draft/2"}, "nyare"),
    ],
)
def test_bad_input_is_told(run, tmp_path, library, command: str, fields, said: str) -> None:
    path = write_json(tmp_path / "fel.json", **fields)
    more = ("--text", tmp_path / "u.txt") if command == "export" else ()
    before = sorted(tmp_path.rglob("*.*"))
    answer = run(command, path, *more)
    assert answer.code == 2
    assert one_sentence(answer)
    assert said in answer.err
    if command != "new":
        assert sorted(tmp_path.rglob("*.*")) == before
    elif library.exists():
        assert run("list", "--json").json == []


def test_what_is_not_there_is_told(run, tmp_path: Path) -> None:
    for arguments in (("show", "nej"), ("new", tmp_path / "nej.json"), ("delete", "nej")):
        answer = run(*arguments)
        assert answer.code == 2
        assert one_sentence(answer)
        assert "nej" in answer.err


def damaged(library: Path) -> None:
    data = bytearray(library.read_bytes())
    data[:8] = b"\xff" * 8
    library.write_bytes(bytes(data))


def newer(library: Path) -> None:
    with closing(sqlite3.connect(library)) as raw:
        raw.execute("UPDATE _sqlite_migrations SET name = '9999_framtiden' WHERE id = 1")
        raw.commit()


@pytest.mark.parametrize(("spoil", "said"), [(damaged, "skadat"), (newer, "nyare")])
def test_a_library_that_can_not_be_used_is_told_and_left(run, filled, library, spoil, said) -> None:
    spoil(library)
    before = library.read_bytes()
    for arguments in (("list",), ("show", "a"), ("delete", "a"), ("search", "x")):
        answer = run(*arguments)
        assert answer.code == 3
        assert one_sentence(answer)
        assert said in answer.err
        assert str(library) in answer.err
    assert library.read_bytes() == before


def test_a_locked_library_is_told(run, filled, library: Path, monkeypatch) -> None:
    monkeypatch.setattr(place, "WAIT", 0.05)
    with closing(sqlite3.connect(library, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = run("delete", filled["uppsala-riktlinjer"])
    assert answer.code == 3
    assert one_sentence(answer)
    assert "annat program" in answer.err


def test_an_output_that_can_not_be_written_is_told(run, filled, tmp_path: Path) -> None:
    answer = run("export", filled["uppsala-riktlinjer"], "--text", tmp_path / "nej" / "u.txt")
    assert answer.code == 3
    assert one_sentence(answer)
    assert "u.txt" in answer.err


def test_the_environment_may_name_the_library(library, folders, monkeypatch, capfd) -> None:
    monkeypatch.setattr(cli, "standard_folders", lambda: folders)
    monkeypatch.setenv("SAMVERKAN_LIBRARY", str(library))
    assert cli.main(["list"]) == 0
    assert library.is_file()
    monkeypatch.delenv("SAMVERKAN_LIBRARY")
    assert not folders.library.exists()
    assert cli.main(["list"]) == 0
    assert folders.library.is_file()


def test_a_bug_is_told_without_its_insides_unless_asked(run, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("inre detalj")

    monkeypatch.setattr(drafts, "open_library", fail)
    answer = run("list")
    assert answer.code == 3
    assert one_sentence(answer)
    assert "--debug" in answer.err
    assert "Traceback" not in answer.err
    assert "Traceback" in run("--debug", "list").err


def test_ctrl_c_ends_quietly(run, monkeypatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(drafts, "open_library", interrupt)
    assert run("list") == Answer(130, "", "")


def test_a_reader_that_stops_is_no_error(tmp_path: Path) -> None:
    with Library.open(tmp_path / "b.db") as library:
        library.add(Draft(id="a", template="t", title="Titel"))
    reading, writing = os.pipe()
    os.close(reading)
    done = program(
        "--library", tmp_path / "b.db", "list",
        home=tmp_path, capture_output=False, stdout=writing, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_output_that_does_not_fit_is_an_error(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = program(
            "templates", home=tmp_path, capture_output=False, stdout=full, stderr=subprocess.PIPE
        )
    assert done.returncode == 3
    assert done.stderr.decode() == "Utdata kunde inte skrivas: disken är full.\n"


def test_output_is_utf_8_whatever_the_system_says(tmp_path: Path) -> None:
    done = program("templates", home=tmp_path, env={"PYTHONIOENCODING": "cp1252", "LC_ALL": "C"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Svar på remiss" in done.stdout.decode("utf-8")


def test_listing_and_searching_wait_for_no_library_they_do_not_use(tmp_path: Path) -> None:
    with Library.open(tmp_path / "b.db") as library:
        library.add(Draft(id="a", template="t", title="Titel"))
    unwanted = {"sqlite_utils", "cattrs", "markdown_it", "reportlab", "docx", "lxml", "PIL"}
    for command in (["list"], ["search", "titel"], ["bin", "--json"]):
        code = (
            "import sys; from samverkan_desktop.cli import main\n"
            f"assert main(['--library', {str(tmp_path / 'b.db')!r}, *{command}]) == 0\n"
            f"sys.exit(repr({unwanted} & set(sys.modules)) if {unwanted} & set(sys.modules) else 0)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_the_library_of_the_settings_is_the_one_the_command_line_works_in(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture, tmp_path: Path
) -> None:
    monkeypatch.setattr(cli, "standard_folders", lambda: folders)
    monkeypatch.delenv("SAMVERKAN_LIBRARY", raising=False)
    with Library.open(tmp_path / "flyttat.db") as library:
        library.add(Draft(id="a", template="t", title="Efter flytten"))
    settings = f'library = "{tmp_path / "flyttat.db"}"\n'
    (folders.user_config / "settings.toml").write_text(settings, encoding="utf-8")
    assert cli.main(["list"]) == 0
    assert "Efter flytten" in capfd.readouterr().out
    assert not folders.library.exists()
