"""Pages under one another, and places that survive zooming."""

from hypothesis import given
from hypothesis import strategies as st

from ui.preview_layout import GAP, PageLayout, Spot, fitting_scale

A4 = (595.0, 842.0)

sizes = st.lists(st.tuples(st.floats(100, 2000), st.floats(100, 2000)), min_size=1, max_size=20)
scales = st.floats(0.2, 6.0)


@given(sizes, scales)
def test_pages_lie_in_order_and_never_overlap(pages, scale):
    layout = PageLayout(pages, scale)
    assert len(layout.boxes) == len(pages)
    for box, following in zip(layout.boxes, layout.boxes[1:], strict=False):
        assert following.top == box.bottom + GAP
    assert layout.boxes[0].top == GAP
    assert layout.height == layout.boxes[-1].bottom + GAP
    for box in layout.boxes:
        assert box.left >= GAP - 1
        assert box.left + box.width <= layout.width - GAP + 1


@given(sizes, scales, scales, st.data())
def test_a_spot_is_the_same_place_at_any_zoom(pages, scale, other, data):
    before, after = PageLayout(pages, scale), PageLayout(pages, other)
    y = data.draw(st.integers(0, before.height - 1))
    spot = before.spot(y)
    assert before.y(spot) == y
    box, same = before.boxes[spot.page], after.boxes[spot.page]
    share = (y - box.top) / box.height
    assert abs(after.y(spot) - (same.top + share * same.height)) <= 1


@given(sizes, scales, st.data())
def test_what_is_seen_is_what_lies_between(pages, scale, data):
    layout = PageLayout(pages, scale)
    top = data.draw(st.integers(0, layout.height - 1))
    bottom = data.draw(st.integers(top + 1, layout.height))
    seen = layout.seen(top, bottom)
    inside = [
        page for page, box in enumerate(layout.boxes) if box.top < bottom and box.bottom > top
    ]
    assert set(inside) <= set(seen)
    assert len(seen) <= len(inside) + 1


@given(sizes, st.integers(200, 3000))
def test_the_widest_page_fits_the_width(pages, width):
    layout = PageLayout(pages, fitting_scale(pages, width))
    assert abs(layout.width - width) <= 1


def test_a_page_that_is_gone_gives_the_last():
    layout = PageLayout([A4, A4], 1.0)
    assert layout.y(Spot(7, 0.5)) == layout.boxes[1].top + 421


def test_a_document_without_pages_shows_none():
    assert list(PageLayout([], 1.0).seen(0, 500)) == []
