"""The path data of SVG to the path operators of PDF (SVG 1.1, 8.3; ISO 32000-1, 8.5.2)."""

import cmath
import math
import re
from collections.abc import Iterator

# A point, or a vector between two, in the coordinates of the drawing.
Point = complex

_LETTER = re.compile(r"\s*([MLHVCSQTAZmlhvcsqtaz])")
_NUMBER = re.compile(r"\s*,?\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
# The flags of an arc may stand with nothing between them and what follows.
_FLAG = re.compile(r"\s*,?\s*([01])")
# How many numbers each command takes.
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


def path_operators(data: str) -> list[str]:
    """Return the operators that build a path.

    Raises ValueError when it isn't written as a path is.
    """
    path = _Path()
    for command, numbers in _commands(data):
        path.add(command, numbers)
    return path.operators


def operator(name: str, *points: Point) -> str:
    """Return an operator with its operands."""
    numbers = (coordinate(part) for point in points for part in (point.real, point.imag))
    return " ".join((*numbers, name))


def coordinate(value: float) -> str:
    """Return a number; a drawing may be small in its own coordinates.

    Raises ValueError.
    """
    if not abs(value) < 1e6:  # also what is no number
        raise ValueError(value)
    return f"{value:.4f}".rstrip("0").rstrip(".")


def arc_curves(start: Point, radii: Point, tilt: float, end: Point, *flags: bool) -> list[Point]:
    """Return the control points of the curves that an arc is drawn with, three for each curve.

    `tilt` is in degrees; `flags` choose the large arc, and the one of growing angles. From the end
    points to the centre by SVG 1.1, F.6.5, with radii that are too small made larger (F.6.6).
    """
    rx, ry = abs(radii.real), abs(radii.imag)
    if start == end or not rx or not ry:
        return [start, end, end] if start != end else []
    turn = cmath.rect(1, math.radians(tilt))

    def on_circle(point: Point) -> Point:
        turned = point / turn
        return complex(turned.real / rx, turned.imag / ry)

    one, other = on_circle(start), on_circle(end)
    half = (other - one) / 2
    size = max(1.0, abs(half))
    side = 1 if flags[0] != flags[1] else -1
    centre = (one + other) / 2 + side * 1j * half / abs(half) * math.sqrt(size**2 - abs(half) ** 2)
    first, last = cmath.phase(one - centre), cmath.phase(other - centre)
    sweep = (last - first) % math.tau if flags[1] else -((first - last) % math.tau)
    count = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))
    step = sweep / count
    reach = 4 / 3 * math.tan(step / 4)
    points: list[Point] = []
    for i in range(count):
        here, there = (cmath.rect(size, first + step * n) for n in (i, i + 1))
        points += (here + here * 1j * reach, there - there * 1j * reach, there)
    back = (point + centre for point in points)
    return [complex(point.real * rx, point.imag * ry) * turn for point in back]


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Yield each command with its numbers; a letter isn't repeated where it stays the same."""
    at, letter = 0, ""
    data = data.strip()
    while at < len(data):
        if letter in ("", "Z", "z") or _LETTER.match(data, at):
            match = _matched(_LETTER, data, at)
            letter, at = match[1], match.end()
        numbers: list[float] = []
        for i in range(_COUNTS[letter.upper()]):
            is_flag = letter in "Aa" and i in (3, 4)
            match = _matched(_FLAG if is_flag else _NUMBER, data, at)
            numbers.append(float(match[1]))
            at = match.end()
        yield letter, numbers
        letter = {"M": "L", "m": "l"}.get(letter, letter)


def _matched(pattern: re.Pattern[str], data: str, at: int) -> re.Match[str]:
    match = pattern.match(data, at)
    if match is None:
        raise ValueError(data[at:])
    return match


class _Path:
    """A path that is being built: where its pen is, where it began, what it curved towards."""

    def __init__(self) -> None:
        self.operators: list[str] = []
        self._pen = self._start = self._control = 0j
        self._last = ""

    def add(self, command: str, numbers: list[float]) -> None:
        """Add a command; one in lower case counts from the pen."""
        kind, origin = command.upper(), self._pen if command.islower() else 0j
        if kind == "Z":
            self.operators.append("h")
            self._pen = self._start
        elif kind == "A":
            end = origin + complex(*numbers[5:])
            flags = (bool(numbers[3]), bool(numbers[4]))
            self._curve(arc_curves(self._pen, complex(*numbers[:2]), numbers[2], end, *flags), end)
        elif kind == "H":
            self._draw("l", complex(origin.real + numbers[0], self._pen.imag))
        elif kind == "V":
            self._draw("l", complex(self._pen.real, origin.imag + numbers[0]))
        else:
            pairs = zip(numbers[::2], numbers[1::2], strict=True)
            self._through(kind, [origin + complex(*pair) for pair in pairs])
        self._last = kind

    def _through(self, kind: str, points: list[Point]) -> None:
        end = points[-1]
        if kind in "ML":
            self._draw(kind.lower(), end)
            if kind == "M":
                self._start = end
        elif kind in "CS":
            first = self._mirrored("CS") if kind == "S" else points[0]
            self._curve([first, points[-2], end], end)
            self._control = points[-2]
        else:
            control = self._mirrored("QT") if kind == "T" else points[0]
            thirds = [self._pen + (control - self._pen) * 2 / 3, end + (control - end) * 2 / 3]
            self._curve([*thirds, end], end)
            self._control = control

    def _mirrored(self, kinds: str) -> Point:
        """Return the control point that goes on from a curve of the same kind."""
        return 2 * self._pen - self._control if self._last and self._last in kinds else self._pen

    def _draw(self, name: str, end: Point) -> None:
        self.operators.append(operator(name, end))
        self._pen = end

    def _curve(self, points: list[Point], end: Point) -> None:
        for at in range(0, len(points), 3):
            self.operators.append(operator("c", *points[at : at + 3]))
        self._pen = end
