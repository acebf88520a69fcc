"""Drawings in SVG as form XObjects: the shapes in plain colours that logos are made of (SVG 1.1).

What isn't understood (gradients, text, masks, transparency) is refused: nothing is left out.
"""

import cmath
import math
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree
from PIL import ImageColor

from samverkan_desktop.export.pdf.images import BadImageError, Picture
from samverkan_desktop.export.pdf.svg_path import coordinate, operator, path_operators

_SVG = "{http://www.w3.org/2000/svg}"
_GROUPS = frozenset({"g", "a"})
# What says something about the drawing, or is drawn only where it is referred to.
_UNSEEN = frozenset({"defs", "style", "title", "desc", "metadata", "clipPath"})
# Properties that are inherited, with what they are at first (SVG 1.1, appendix N).
_INHERITED = {
    "fill": "black", "fill-rule": "nonzero", "clip-rule": "nonzero", "stroke": "none",
    "stroke-width": "1", "stroke-linecap": "butt", "stroke-linejoin": "miter",
    "stroke-miterlimit": "4", "stroke-dasharray": "none", "color": "black",
    "fill-opacity": "1", "stroke-opacity": "1", "visibility": "visible",
}  # fmt: skip
_OTHERS = {"opacity": "1", "display": "inline", "mask": "none", "filter": "none", "clip-path": ""}
_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}
_DEEPEST = 20  # ISO 19005-2, 6.1.13, allows 28 for a whole page

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_LENGTH = re.compile(rf"\s*({_NUMBER})(?:px)?\s*")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_TRANSFORM = re.compile(r"\s*,?\s*(\w+)\s*\(([^()]*)\)")

_Style = Mapping[str, str]


def read_svg(data: bytes, width: float, height: float) -> Picture:
    """Return a drawing as large as fits into `width` × `height` points.

    Raises BadImageError.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
        return _Drawing(root).picture(width, height)
    except (etree.XMLSyntaxError, ValueError, LookupError, TypeError, ArithmeticError) as error:
        raise BadImageError from error


@dataclass(slots=True)
class _Drawing:
    """A drawing that is being turned into operators."""

    root: etree._Element
    rules: dict[str, dict[str, str]] = field(default_factory=dict)
    code: list[str] = field(default_factory=list)

    def picture(self, width: float, height: float) -> Picture:
        if _name(self.root) != "svg":
            raise ValueError(self.root.tag)
        left, top, across, down = self._view_box()
        scale = min(width / across, height / down)
        for sheet in self.root.iter(f"{_SVG}style"):
            self._read_rules(sheet.text or "")
        style = self._style(self.root, {})
        _refuse_what_is_not_plain(style)
        self._group(self.root, style, 0)
        # A picture is drawn in a square of 1 × 1 from the lower left corner, as an image is.
        matrix = (1 / across, 0, 0, -1 / down, -left / across, 1 + top / down)
        entries = (
            f"/Type/XObject/Subtype/Form/BBox[{_numbers(left, top, left + across, top + down)}]"
            f"/Matrix[{' '.join(f'{n:.8f}' for n in matrix)}]/Resources<<>>/Filter/FlateDecode"
        )
        data = zlib.compress("\n".join(self.code).encode("ascii"), 9)
        return Picture(entries, data, across * scale, down * scale)

    def _view_box(self) -> tuple[float, float, float, float]:
        box = self.root.get("viewBox")
        numbers = (
            [float(n) for n in re.findall(_NUMBER, box)]
            if box
            else [0.0, 0.0, _length(self.root, "width"), _length(self.root, "height")]
        )
        left, top, across, down = numbers
        if across <= 0 or down <= 0:
            raise ValueError(box)
        return left, top, across, down

    def _read_rules(self, text: str) -> None:
        """Note what a style sheet says of elements, classes and ids, each by itself."""
        for selectors, declarations in _RULE.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.S)):
            for selector in selectors.split(","):
                name = selector.strip()
                if not re.fullmatch(r"[.#]?[\w-]+", name):
                    raise ValueError(name)
                self.rules.setdefault(name, {}).update(_declared(declarations))

    def _group(self, group: etree._Element, outer: _Style, depth: int) -> None:
        if depth > _DEEPEST:
            raise ValueError(depth)
        for element in group:
            name = _name(element)
            if name and name not in _UNSEEN:
                self._element(element, name, self._style(element, outer), depth)

    def _style(self, element: etree._Element, outer: _Style) -> dict[str, str]:
        """Return an element's properties: inherited, its own, by the style sheet, by `style`."""
        known = _INHERITED.keys() | _OTHERS.keys()
        style = {**_INHERITED, **{k: v for k, v in outer.items() if k in _INHERITED}, **_OTHERS}
        classes = [f".{name}" for name in element.get("class", "").split()]
        selectors = (_name(element), *classes, f"#{element.get('id')}")
        said = (
            dict(element.attrib),
            *(self.rules.get(selector, {}) for selector in selectors),
            _declared(element.get("style", "")),
        )
        for declarations in said:
            style |= {
                str(k): str(v).strip()
                for k, v in declarations.items()
                if k in known and str(v).strip() != "inherit"
            }
        return style

    def _element(self, element: etree._Element, name: str, style: _Style, depth: int) -> None:
        if style["display"] == "none":
            return
        _refuse_what_is_not_plain(style)
        self.code.append("q")
        self.code += _transform(element.get("transform", ""))
        if style["clip-path"] not in ("", "none"):
            self._clip(style["clip-path"])
        if name in _GROUPS:
            self._group(element, style, depth + 1)
        elif style["visibility"] == "visible":
            self.code += _painted(_SHAPES[name](element), style)
        self.code.append("Q")

    def _clip(self, reference: str) -> None:
        """Draw what follows only inside of a path (ISO 32000-1, 8.5.4)."""
        match = re.fullmatch(r"url\(['\"]?#([^'\"()]+)['\"]?\)", reference)
        found = (e for e in self.root.iter(f"{_SVG}clipPath") if match and e.get("id") == match[1])
        (clip,) = found
        if clip.get("clipPathUnits", "userSpaceOnUse") != "userSpaceOnUse":
            raise ValueError(reference)
        (shape,) = (inner for inner in clip if _name(inner))
        if shape.get("transform") or clip.get("transform"):
            raise ValueError(reference)
        rule = self._style(shape, {})["clip-rule"]
        self.code += [*_SHAPES[_name(shape)](shape), "W* n" if rule == "evenodd" else "W n"]


def _name(element: etree._Element) -> str:
    """Return the name of an element of SVG; what drawing programs add for themselves has none."""
    tag = str(element.tag)
    return tag.removeprefix(_SVG) if tag.startswith(_SVG) else ""


def _declared(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";") if part.strip())
    return {key.strip(): value.replace("!important", "").strip() for key, _, value in pairs}


def _refuse_what_is_not_plain(style: _Style) -> None:
    plain = all(float(style[key]) == 1 for key in ("opacity", "fill-opacity", "stroke-opacity"))
    if not plain or any(style[key] != "none" for key in ("mask", "filter", "stroke-dasharray")):
        raise ValueError(style)


def _painted(path: list[str], style: _Style) -> Iterator[str]:
    """Yield the operators that paint a path (ISO 32000-1, 8.5.3)."""
    fill, stroke = _colour(style["fill"], style), _colour(style["stroke"], style)
    if not path or not (fill or stroke):
        return
    if fill:
        yield f"{fill} rg"
    if stroke:
        yield f"{stroke} RG {coordinate(_number(style['stroke-width']))} w"
        yield f"{_CAPS[style['stroke-linecap']]} J {_JOINS[style['stroke-linejoin']]} j"
        yield f"{coordinate(_number(style['stroke-miterlimit']))} M"
    yield from path
    even = "*" if fill and style["fill-rule"] == "evenodd" else ""
    yield ("B" if fill and stroke else "f" if fill else "S") + even


def _colour(value: str, style: _Style) -> str:
    """Return a colour as three numbers, or "" for none."""
    value = style["color"] if value.casefold() == "currentcolor" else value
    if value in ("none", "transparent"):
        return ""
    red, green, blue, *alpha = ImageColor.getrgb(value)
    if any(opaque != 255 for opaque in alpha):
        raise ValueError(value)
    return _numbers(red / 255, green / 255, blue / 255)


def _transform(text: str) -> Iterator[str]:
    if _TRANSFORM.sub("", text).strip():
        raise ValueError(text)
    for kind, operands in _TRANSFORM.findall(text):
        yield from _TRANSFORMS[kind](*(float(n) for n in re.findall(_NUMBER, operands)))


def _matrix(*numbers: float) -> list[str]:
    if len(numbers) != 6:
        raise ValueError(numbers)
    return [f"{' '.join(f'{n:.6f}' for n in numbers)} cm"]


def _rotation(degrees: float, x: float = 0.0, y: float = 0.0) -> list[str]:
    way = cmath.rect(1, math.radians(degrees))
    moved = complex(x, y) - complex(x, y) * way
    return _matrix(way.real, way.imag, -way.imag, way.real, moved.real, moved.imag)


_TRANSFORMS: dict[str, Callable[..., list[str]]] = {
    "matrix": _matrix,
    "translate": lambda x, y=0.0: _matrix(1, 0, 0, 1, x, y),
    "scale": lambda x, y=None: _matrix(x, 0, 0, x if y is None else y, 0, 0),
    "rotate": _rotation,
}


# The basic shapes (SVG 1.1, 9)


def _rectangle(element: etree._Element) -> list[str]:
    x, y, w, h = (_length(element, name) for name in ("x", "y", "width", "height"))
    rx, ry = _length(element, "rx", -1), _length(element, "ry", -1)
    rx, ry = (rx if rx >= 0 else max(ry, 0)), (ry if ry >= 0 else max(rx, 0))
    rx, ry = min(rx, w / 2), min(ry, h / 2)
    if not rx or not ry:
        return [f"{_numbers(x, y, w, h)} re"]
    arc = f"a{rx} {ry} 0 0 1"
    return path_operators(
        f"M{x + rx} {y}h{w - 2 * rx}{arc} {rx} {ry}v{h - 2 * ry}{arc} {-rx} {ry}"
        f"h{2 * rx - w}{arc} {-rx} {-ry}v{2 * ry - h}{arc} {rx} {-ry}z"
    )


def _ellipse(element: etree._Element) -> list[str]:
    x, y = _length(element, "cx"), _length(element, "cy")
    rx, ry = (_length(element, n, _length(element, "r")) for n in ("rx", "ry"))
    arc = f"a{rx} {ry} 0 0 1"
    return path_operators(f"M{x - rx} {y}{arc} {2 * rx} 0{arc} {-2 * rx} 0z")


def _polyline(element: etree._Element) -> list[str]:
    points = element.get("points", "")
    return path_operators(f"M{points}") if points else []


def _polygon(element: etree._Element) -> list[str]:
    return [*_polyline(element), "h"]


def _line(element: etree._Element) -> list[str]:
    x1, y1, x2, y2 = (_length(element, name) for name in ("x1", "y1", "x2", "y2"))
    return [operator("m", complex(x1, y1)), operator("l", complex(x2, y2))]


_SHAPES: dict[str, Callable[[etree._Element], list[str]]] = {
    "path": lambda element: path_operators(element.get("d", "")),
    "rect": _rectangle,
    "circle": _ellipse,
    "ellipse": _ellipse,
    "polygon": _polygon,
    "polyline": _polyline,
    "line": _line,
}


def _length(element: etree._Element, name: str, otherwise: float = 0.0) -> float:
    value = element.get(name)
    return otherwise if value is None else _number(value)


def _number(text: str) -> float:
    match = _LENGTH.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return float(match[1])


def _numbers(*values: float) -> str:
    return " ".join(map(coordinate, values))
