"""How a paragraph looks, by its own formatting and by its styles (17.7.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from samverkan_desktop.exchange.office.markup import Element
from samverkan_desktop.exchange.word.names import W, number, val
from samverkan_desktop.exchange.word.styles import Styles

_USUAL_SIZE = 20  # half-points, when nothing says it (17.3.2.38)
_SIDES = {"center": "center", "right": "right", "end": "right"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks: sizes in half-points, lengths in points; `level` of a heading."""

    level: int | None = None
    size: int = _USUAL_SIZE
    bold: bool = False
    italic: bool = False
    side: str = "left"
    indent: float = 0
    above: float = 0
    below: float = 0


def look_of(paragraph: Element, styles: Styles, defaults: Element | None) -> Look:
    """Return how a paragraph looks; `defaults` are the file's (w:docDefaults)."""
    properties = paragraph.find(W + "pPr")
    style_id = val(None if properties is None else properties.find(W + "pStyle"))
    every = [properties, *(style.paragraph for style in styles.chain(style_id))]
    chain = [each for each in every if each is not None]
    base = None if defaults is None else defaults.find(f"{W}pPrDefault/{W}pPr")
    if base is not None:
        chain.append(base)
    runs = [run for run in paragraph.iter(W + "r") if any(t.text for t in run.iter(W + "t"))]
    sides = (val(p.find(W + "jc")) for p in chain)
    return Look(
        level=styles.outline_level(properties),
        size=_size(runs, styles, style_id, defaults),
        bold=bool(runs) and all(styles.has_mark(r.find(W + "rPr"), "b", style_id) for r in runs),
        italic=bool(runs) and all(styles.has_mark(r.find(W + "rPr"), "i", style_id) for r in runs),
        side=_SIDES.get(next((side for side in sides if side), ""), "left"),
        indent=_first(chain, "ind", ("left", "start")) / 20,
        above=_first(chain, "spacing", ("before",)) / 20,
        below=_first(chain, "spacing", ("after",)) / 20,
    )


def _first(chain: list[Element], tag: str, names: tuple[str, ...]) -> int:
    for properties in chain:
        element = properties.find(W + tag)
        for name in names:
            if element is not None and val(element, name):
                return number(val(element, name))
    return 0


def _size(runs: list[Element], styles: Styles, style_id: str, defaults: Element | None) -> int:
    """Return the size of most of a paragraph's characters."""
    sizes: dict[int, int] = {}
    for run in runs:
        count = sum(len(t.text or "") for t in run.iter(W + "t"))
        size = next(_sizes(run.find(W + "rPr"), styles, style_id, defaults), _USUAL_SIZE)
        sizes[size] = sizes.get(size, 0) + count
    return max(sizes, key=lambda size: sizes[size]) if sizes else _USUAL_SIZE


def _sizes(
    run: Element | None, styles: Styles, style_id: str, defaults: Element | None
) -> Iterator[int]:
    character = val(None if run is None else run.find(W + "rStyle"))
    named = (*styles.chain(character), *styles.chain(style_id))
    chain = [run, *(style.run for style in named)]
    if defaults is not None:
        chain.append(defaults.find(f"{W}rPrDefault/{W}rPr"))
    for properties in chain:
        size = number(val(None if properties is None else properties.find(W + "sz")))
        if size > 0:
            yield size
