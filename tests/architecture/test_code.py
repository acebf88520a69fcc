"""What holds for the whole code base and no other tool looks at."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from samverkan_desktop import cli
from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.files import Folders

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = ("samverkan_desktop", "ui")
FOLDERS = (*PROGRAM, "packaging", "bench", "resources", "tests", ".ci")

LONGEST_MODULE, LONGEST_FUNCTION = 400, 60
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff"}
HEAVY = {"reportlab", "docx", "lxml", "PIL", "pypdfium2", "sqlite_utils", "pikepdf"}
ENGLISH = re.compile(
    r"(Add|Cancel|Close|Copy|Could|Cut|Delete|Draft|Edit|Error|Failed|File|Find|Help|Insert|Library"
    r"|Loading|New|Open|Paste|Please|Preview|Print|Quit|Remove|Restore|Save|Search|Section|Settings"
    r"|Show|The|This|Title|Tools|Undo|View|Warning|Yes)\b"
)


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def literals(path: Path) -> Iterator[str]:
    """Every string in a module that is no docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    for node in constants:
        if isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def lines_of(node: ast.AST) -> int:
    """The lines a reader has to follow: a long text in it, SQL for instance, counts as one."""
    texts = (n for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return height(node) - sum(height(text) - 1 for text in texts)


def height(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1


def test_modules_are_short_enough_to_read():
    lengths = {
        name_of(path): len(path.read_text("utf-8").splitlines())
        for path in modules(*PROGRAM, "bench")
    }
    assert {name: lines for name, lines in lengths.items() if lines >= LONGEST_MODULE} == {}


def test_functions_fit_on_a_screen():
    lengths = {
        f"{name_of(path)}:{node.name}": lines_of(node)
        for path in modules(*PROGRAM, "bench")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_modules_are_named_by_their_subject():
    assert [name_of(path) for path in modules(*FOLDERS) if path.stem in DRAWERS] == []


def test_what_the_window_says_is_swedish():
    """A label such as "Save" or "Open file" would begin with one of these words."""
    english = [
        f"{name_of(path)}: {text!r}"
        for path in modules("ui")
        for text in literals(path)
        if ENGLISH.match(text.replace("&", ""))
    ]
    assert english == []


def test_what_is_logged_is_constant():
    """A log holds nothing that anybody wrote; ui/failures.py drops what exceptions say."""
    calls = [
        (path, node)
        for path in modules(*PROGRAM)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("_LOG.", "logging.w"))
    ]
    varying = [
        f"{name_of(path)}:{node.lineno}"
        for path, node in calls
        if [type(argument) for argument in node.args] != [ast.Constant]
    ]
    assert varying == []
    assert calls


def test_no_section_is_named_in_code(folders: Folders):
    """The form, the outline and the documents are made from the template alone."""
    templates = load_catalogue(folders).templates.values()
    keys = {slot.key for template in templates for slot in template.slots}
    named = [
        f"{name_of(path)}: {text!r}"
        for path in modules(*PROGRAM)
        for text in literals(path)
        if text in keys
    ]
    assert named == []


@pytest.mark.parametrize("module", ["ui.app", "samverkan_desktop.cli"])
def test_heavy_libraries_are_left_until_they_are_needed(module: str):
    """They would make every start slower; the window's own test starts it for real."""
    code = f"import sys, {module}; print(*sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


def text_files() -> Iterator[tuple[Path, str]]:
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    top = [path for path in ROOT.iterdir() if path.is_file()]
    for path in (*top, *paths):
        if "__pycache__" in path.parts or path.name.startswith(".coverage"):
            continue
        if path.name == ".git":
            continue  # a file, with a path in it, where several branches are checked out
        try:
            yield path, path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a font, a picture


def test_nothing_depends_on_one_machine():
    """No path of the machine it was written on, and no address of a package registry."""
    hosts = ("py" + "pi.org", "pythonhosted" + ".org", "npm" + "js.org", "debian" + ".org/debian")
    paths = r"(?<![\w.)}-])/(?:work|root|tmp|home)/\w"
    pattern = re.compile("|".join((*map(re.escape, hosts), paths)))
    found = {
        f"{name_of(path)}: {hit.group()}"
        for path, text in text_files()
        for hit in pattern.finditer(text)
    }
    assert found == set()


def test_links_between_documents_lead_somewhere():
    for page in ROOT.glob("*.md"):
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_readme_lists_every_command(capsys: pytest.CaptureFixture[str]):
    assert cli.main(["--help"]) == 0
    helped = re.findall(r"^    ([a-z-]+)\s", capsys.readouterr().out, re.MULTILINE)
    rows = [r for r in (ROOT / "README.md").read_text("utf-8").splitlines() if r.startswith("| `s")]
    cells = [re.split(r"(?<!\\)\|", row)[1] for row in rows]
    named = [word for cell in cells for word in re.findall(r"`(?:samverkan )?([a-z-]+)\b", cell)]
    assert sorted(named) == sorted(helped)
