"""Plain data to dataclasses, as every format of ours reads it."""

import datetime
import tomllib
from dataclasses import dataclass
from enum import StrEnum

import pytest

from samverkan_desktop.codec.structuring import is_newer, new_converter, structure
from samverkan_desktop.domain.errors import InvalidFieldError


class Colour(StrEnum):
    RED = "röd"
    BLUE = "blå"


@dataclass(frozen=True, kw_only=True)
class Item:
    name: str
    size: int = 0
    colour: Colour = Colour.RED
    made: datetime.date | None = None
    ready: bool = False
    parts: "tuple[Item, ...]" = ()
    weight: float = 0.0


def read(data: object, cls: object = Item) -> object:
    return structure(new_converter(), "prov", data, cls)


def place_and_reason(data: object, cls: object = Item) -> tuple[str, str]:
    with pytest.raises(InvalidFieldError) as error:
        read(data, cls)
    return error.value.place, error.value.reason


def test_values_are_read_and_written_without_what_is_default():
    data = {"name": "a", "colour": "blå", "made": "2024-01-31", "parts": [{"name": "b"}]}
    made = read(data)
    assert made == Item(
        name="a", colour=Colour.BLUE, made=datetime.date(2024, 1, 31), parts=(Item(name="b"),)
    )
    assert new_converter().unstructure(made) == data


def test_a_date_may_be_a_toml_date_but_not_a_time():
    made = read(tomllib.loads('name = "a"\nmade = 2024-01-31'))
    assert made == Item(name="a", made=datetime.date(2024, 1, 31))
    place, reason = place_and_reason(tomllib.loads('name = "a"\nmade = 2024-01-31T10:00:00'))
    assert place == "made"
    assert "ett datum" in reason


def test_a_list_alone_names_the_place_in_it():
    assert place_and_reason([{"name": "a"}, {"name": 1}], tuple[Item, ...]) == (
        "[1].name",
        "ska vara text, inte 1",
    )


def test_the_first_of_several_errors_is_named():
    assert place_and_reason({"size": "x", "parts": 5}) == ("name", "fältet saknas")


UNKNOWN = "fältet finns inte i formatet"


@pytest.mark.parametrize(
    ("data", "place", "reason"),
    [
        (None, "", "ska vara ett objekt, inte null"),
        ([], "", "ska vara ett objekt, inte en lista"),
        ({"name": "a", "zz": 1, "aa": 2}, "aa", UNKNOWN),
        ({"nmae": "a"}, "nmae", f"{UNKNOWN} (menade du name?)"),
        ({"namn": 7, "size": "x"}, "namn", f"{UNKNOWN} (menade du name?)"),
        ({"beteckning": "a"}, "beteckning", f"{UNKNOWN}, och name saknas"),
        ({"name": "a", "Colour": "röd"}, "Colour", f"{UNKNOWN} (menade du colour?)"),
        ({"colur": "röd"}, "colur", f"{UNKNOWN} (menade du colour?), och name saknas"),
        ({"name": "a", "size": "x", "zz": 1}, "zz", UNKNOWN),
        ({"name": "a", "parts": [{"naem": "b"}]}, "parts[0].naem", f"{UNKNOWN} (menade du name?)"),
        ({"name": "a", "colour": "grön"}, "colour", "”grön” är inget av röd, blå"),
        ({"name": "a", "parts": [{}]}, "parts[0].name", "fältet saknas"),
        ({"name": "a", "weight": "tung"}, "weight", "värdet har fel form"),
    ],
)
def test_what_is_wrong_and_where(data: object, place: str, reason: str):
    assert place_and_reason(data) == (place, reason)


def test_data_that_nests_without_end_is_refused_before_the_stack_is_full():
    data: object = {"name": "a"}
    for _ in range(100_000):
        data = {"name": "a", "parts": [data]}
    assert place_and_reason(data) == ("", "för många nivåer i varandra")


@pytest.mark.parametrize(
    ("name", "newer"),
    [
        ("prov/2", False),
        ("prov/3", True),
        ("prov/10", True),
        ("prov/1", False),
        ("prov/03", False),
        ("prov/x", False),
        ("prov", False),
        ("annat/3", False),
        (3, False),
        (None, False),
    ],
)
def test_later_versions_of_a_format(name: object, newer: bool):
    assert is_newer(name, "prov/2") is newer
