"""Mutation testing of domain/ and store/: a small mistake is made in the code; is it noticed.

    python -m bench.mutants [HOW_MANY] [--seed N] [--only PART_OF_A_PATH]

A sample of all mistakes is drawn, each is made alone in a copy of the checkout, and tests are run
until one fails: those that coverage.py saw run the line, the quickest first, half a minute of them
at most. What none of them notices is printed, to be judged by a person. The mistakes are few and
plain, so the score says less than its decimals:

- a comparison that includes its limit or doesn't, or is turned round; `and` for `or`
- a condition turned round; another whole number; true for false; plus for minus
- another text, if it is one word or a name; of SQL the sorting, a limit or a condition
- a statement that does something left out; a `return` that returns None

Sentences, docstrings, annotations, imports and decorators are left alone.
"""

import argparse
import ast
import copy
import itertools
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

_ROOT = Path(__file__).resolve().parent.parent
_PACKAGES = ("samverkan_desktop/domain", "samverkan_desktop/store")
_COPIED = ("samverkan_desktop", "ui", "tests", "bench", "resources", "pyproject.toml", "README.md")
_TESTS = ("tests/domain", "tests/store", "tests/services", "tests/codec")
_LEFT_OUT = ("test_power_cut.py", "test_io_errors.py")  # they run other programs, slowly
_LONGEST = 30.0  # seconds that the tests of one mutant took when nothing was wrong
_PATIENCE = 20 * _LONGEST  # a mutant that hangs is noticed
_MEASURING = """
[run]
source = samverkan_desktop
dynamic_context = test_function
"""

_ENVIRONMENT = os.environ | {"CI": "true"}  # the same examples each time
_DURATION = re.compile(r"^([\d.]+)s call +(\S+?)(?:\[.*)?$", re.MULTILINE)

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_OPERATIONS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_IN_SQL = {" DESC": " ASC", " ORDER BY number": "", "<=": "<", " IS NULL": " IS NOT NULL"}


Mistake = Callable[[ast.AST], None]


@dataclass(frozen=True)
class Mutant:
    """A module with one mistake: where, which, and its whole text."""

    module: Path  # in the checkout
    line: int
    last_line: int
    mistake: str
    text: str

    @property
    def name(self) -> str:
        """Return where the mistake is, and the line before and after it."""
        return f"{self.module.as_posix()}:{self.line}: {self.mistake}"


def mutants_of(module: Path) -> Iterator[Mutant]:
    """Yield every mutant of a module, one mistake each."""
    tree = ast.parse((_ROOT / module).read_text("utf-8"))
    sound = ast.unparse(tree)
    passed_over = _passed_over(tree)
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in passed_over:
            continue
        for mistake in _mistakes(node):
            wrong = copy.deepcopy(tree)
            place = next(n for i, n in enumerate(ast.walk(wrong)) if i == number)
            mistake(place)
            text = ast.unparse(ast.fix_missing_locations(wrong))
            if text != sound:
                lines = getattr(node, "lineno", 1), getattr(node, "end_lineno", None) or 1
                yield Mutant(module, *lines, _difference(sound, text), text)


def _passed_over(tree: ast.Module) -> set[int]:
    """Return what is no behaviour: annotations, docstrings, imports, decorators."""
    out: set[int] = set()
    for node in ast.walk(tree):
        for part in _parts_without_behaviour(node):
            out |= {id(inner) for inner in ast.walk(part)}
    return out


def _parts_without_behaviour(node: ast.AST) -> list[ast.AST]:
    match node:
        case ast.FunctionDef(returns=returns, decorator_list=decorators):
            return [*decorators, *([returns] if returns else [])]
        case ast.ClassDef(decorator_list=decorators):
            return [*decorators]
        case ast.arg(annotation=ast.expr() as annotation) | ast.AnnAssign(annotation=annotation):
            return [annotation]
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return [node]
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return [node]
    return []


def _mistakes(node: ast.AST) -> Iterator[Mistake]:
    """Yield what can be done wrong at a node; each changes the node that it is given."""
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in _COMPARISONS:
            yield _setting("ops", [_COMPARISONS[type(operator)]()])
        case ast.BoolOp(op=operator):
            yield _setting("op", ast.Or() if isinstance(operator, ast.And) else ast.And())
        case ast.BinOp(op=operator) if type(operator) in _OPERATIONS:
            yield _setting("op", _OPERATIONS[type(operator)]())
        case ast.Constant(value=value):
            yield from (_setting("value", other) for other in _other_values(value))
        case ast.Return(value=ast.expr()):
            yield _setting("value", ast.Constant(None))
        case ast.Expr():
            yield _setting("value", ast.Constant(...))
        case ast.If() | ast.IfExp() | ast.While():
            yield _setting("test", ast.UnaryOp(ast.Not(), node.test))


def _setting(field: str, value: object) -> Mistake:
    return lambda node: setattr(node, field, copy.deepcopy(value))


def _other_values(value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str):
        in_sql = [value.replace(old, new, 1) for old, new in _IN_SQL.items() if old in value]
        if any(word in value for word in ("SELECT", "UPDATE", "DELETE", "NULL")):
            yield from in_sql
        elif " " not in value.strip():
            yield f"XX{value}"


def _difference(sound: str, wrong: str) -> str:
    pairs = zip(sound.splitlines(), wrong.splitlines(), strict=False)
    old, new = next(((a, b) for a, b in pairs if a != b), ("", ""))
    return f"{old.strip()}  →  {new.strip()}"[:300]


class Tests:
    """Which tests run which lines, and how long each takes: measured once, with nothing wrong."""

    def __init__(self, copied: Path) -> None:
        settings = copied / "measuring.ini"
        settings.write_text(_MEASURING, "utf-8")
        left_out = [f"--ignore=tests/store/{name}" for name in _LEFT_OUT]
        command = [
            "coverage",
            "run",
            f"--rcfile={settings}",
            "-m",
            "pytest",
            "-vv",
            "--durations=0",
        ]
        done = subprocess.run(
            [sys.executable, "-m", *command, *left_out, *_TESTS],
            cwd=copied,
            env=_ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"the tests fail with nothing wrong:\n{done.stdout[-3000:]}")
        self._seconds: defaultdict[str, float] = defaultdict(float)  # by "test_file.test_function"
        self._places: dict[str, str] = {}  # what pytest calls it
        for seconds, place in _DURATION.findall(done.stdout):
            name = f"{Path(place.partition('::')[0]).stem}.{place.rpartition('::')[2]}"
            self._seconds[name] += float(seconds)
            self._places[name] = place
        self._data = CoverageData(str(copied / ".coverage"))
        self._data.read()
        self._folder = copied

    def of(self, mutant: Mutant) -> list[str]:
        """Return the tests that run a mutant's lines, or for a constant its module; quick first."""
        by_line = self._data.contexts_by_lineno(str(self._folder / mutant.module))
        lines = range(mutant.line, mutant.last_line + 1)
        found = {name for line in lines for name in by_line.get(line, ())} - {""}
        if not found:
            found = {name for names in by_line.values() for name in names} - {""}
        known = sorted(found & self._places.keys(), key=self._seconds.__getitem__)
        ends = itertools.accumulate(self._seconds[name] for name in known)
        return [self._places[n] for n, end in zip(known, ends, strict=True) if end <= _LONGEST]


def is_noticed(mutant: Mutant, tests: Sequence[str], copied: Path) -> bool:
    """Whether one of the tests fails when a copy of the checkout has the mistake."""
    module = copied / mutant.module
    sound = module.read_bytes()
    module.write_text(mutant.text, "utf-8")
    try:
        return bool(tests) and _fail(tests, copied)
    finally:
        module.write_bytes(sound)


def _fail(tests: Sequence[str], copied: Path) -> bool:
    with subprocess.Popen(
        [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests],
        cwd=copied,
        env=_ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(_PATIENCE) != 0
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return True


def judged(mutants: list[Mutant], lanes: int) -> list[Mutant]:
    """Return the mutants that no test notices; so many are judged at a time."""
    with tempfile.TemporaryDirectory(prefix="samverkan-mutants-") as name:
        copies = [Path(name) / str(lane) for lane in range(lanes + 1)]
        for copied in copies:
            _copy_checkout(copied)
        tests = Tests(copies[lanes])

        def judge(lane: int) -> list[Mutant]:
            mine = mutants[lane::lanes]
            return [m for m in mine if not _told(m, is_noticed(m, tests.of(m), copies[lane]))]

        with ThreadPoolExecutor(lanes) as pool:
            return [mutant for left in pool.map(judge, range(lanes)) for mutant in left]


def _copy_checkout(target: Path) -> None:
    target.mkdir()
    for name in _COPIED:
        source = _ROOT / name
        copy_it = shutil.copytree if source.is_dir() else shutil.copy
        copy_it(source, target / name)


def _told(mutant: Mutant, noticed: bool) -> bool:  # noqa: FBT001 - passed on
    print("noticed " if noticed else "SURVIVED", mutant.name, flush=True)
    return noticed


def main() -> None:
    """Draw a sample, judge it, and print the score and the survivors."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutants")
    parser.add_argument("how_many", type=int, nargs="?", default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="part of a module's path")
    given = parser.parse_args()
    modules = [p.relative_to(_ROOT) for name in _PACKAGES for p in (_ROOT / name).rglob("*.py")]
    everything = [m for p in sorted(modules) if given.only in str(p) for m in mutants_of(p)]
    chance = random.Random(given.seed)
    sample = chance.sample(everything, min(given.how_many, len(everything)))
    survivors = judged(sample, lanes=os.cpu_count() or 1)
    noticed = len(sample) - len(survivors)
    print(f"\n{noticed} of {len(sample)} noticed, drawn from {len(everything)} (seed {given.seed})")
    print(*(mutant.name for mutant in survivors), sep="\n")


if __name__ == "__main__":
    main()
