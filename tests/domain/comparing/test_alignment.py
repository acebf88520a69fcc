"""Which items belong together, also where hardly any item stands once."""

import pytest

from samverkan_desktop.domain.comparing.alignment import align, interleave
from samverkan_desktop.domain.comparing.similarity import Bag, best_in_order, likeness


def test_what_stands_once_decides() -> None:
    old, new = "xixiEix", "iExxix"
    pairs = align(old, new)
    assert (4, 1) in pairs
    assert "".join(old[i] for i, _ in pairs) == "iEix"


def test_items_that_stand_often_are_found_by_their_order() -> None:
    """A hundred of each: too many pairs to look at, but as many on either side."""
    old = ["ny", *"abc" * 100, "slut"]
    new = ["ändrad", *"abc" * 50, "mitt", *"abc" * 50, "annat"]
    pairs = align(old, new)
    assert [(i, j) for i, j in pairs if i <= 150] == [(i, i) for i in range(1, 151)]
    assert len(pairs) == 300


def test_items_that_stand_often_and_not_as_often_are_left_for_the_others() -> None:
    old = ["ny", *"a" * 100, *"bb", *"a" * 100, "slut"]
    new = ["ändrad", *"a" * 90, *"bbb", *"a" * 120, "annat"]
    pairs = align(old, new)
    assert [old[i] for i, _ in pairs].count("b") == 2
    assert len(pairs) > 90


def test_nothing_but_a_frequent_item_may_be_left_unpaired() -> None:
    """There the work would grow with the square of their number, and each is as good as another."""
    old, new = ["x", *"a" * 100, "y"], ["z", *"a" * 101, "w"]
    assert align(old, new) == []


def test_frequent_items_beside_found_ones_are_found_too() -> None:
    old, new = ["x", *"ab" * 50, "y", *"ab" * 50], ["z", *"ab" * 70, "y", *"ab" * 40, "w"]
    found = [old[i] for i, _ in align(old, new)]
    assert found.count("y") == 1
    assert len(found) > 150


def test_one_order_of_two() -> None:
    pairs = {1: 10, 3: 12}
    assert list(interleave([0, 1, 2, 3], [9, 10, 11, 12, 13], pairs)) == [
        (0, None), (None, 9), (1, 10), (2, None), (None, 11), (3, 12), (None, 13),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("a b c d", "a b x y", 0.5), ("a", "a", 1), ("a", "b", 0), ("", "", 0), ("a a a", "a", 0.5)],
)
def test_likeness_is_the_part_of_the_words_in_both(one: str, other: str, alike: float) -> None:
    assert likeness(Bag(one.split()), Bag(other.split())) == alike


def test_the_best_pairs_in_order_are_taken() -> None:
    alike = [[0.4, 0.9, 0], [0, 0.5, 0.8], [0.9, 0, 0.3]]
    assert best_in_order(alike) == [(0, 1), (1, 2)]


def test_words_that_all_stand_a_few_times_are_found() -> None:
    """Of two hundred items difflib would leave out every one that stands more than three times."""
    words = [f"ord{n}" for n in range(40)] * 5
    assert len(align(["först", *words, "sist"], ["nu", *words, "då"])) == 200
