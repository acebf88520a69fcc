"""What others suggest and say comes out of the library as it went in."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from reviewed import SCENARIOS, back, fixture

from samverkan_desktop.codec.review_json import read_comment, read_suggestion, write_review
from samverkan_desktop.domain.errors import InvalidFieldError
from samverkan_desktop.domain.review import Anchor, Comment, Remark


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_kind_of_suggestion_comes_back_equal(name: str) -> None:
    returned = back(fixture(name))
    for one in returned.suggestions:
        assert read_suggestion(write_review(one), "x") == one
    for said in returned.comments:
        assert read_comment(write_review(said), "x") == said


def test_a_time_that_is_not_known_stays_so() -> None:
    remark = Remark(author="Anna", at=None, text="Hm \ud800")
    comment = Comment(id="1", anchor=Anchor(), remark=replace(remark, text="Hm"), replies=(remark,))
    with pytest.raises(InvalidFieldError):
        read_comment(write_review(comment), "x")  # half a character, which no file has
    reply = replace(remark, text="Ja", at=datetime(2026, 1, 2, tzinfo=UTC))
    comment = replace(comment, replies=(reply,))
    assert read_comment(write_review(comment), "x") == comment


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"id":"1","author":"A","at":"i går","section":"s","edits":[]}',
        '{"id":"1","author":"A","at":"2026-01-01T00:00:00","section":"s","edits":[]}',
        '{"id":"1","author":"A","at":null,"section":"s","edits":[{"type":"magi"}]}',
    ],
)
def test_what_was_never_written_so_is_told(text: str) -> None:
    with pytest.raises(InvalidFieldError):
        read_suggestion(text, "x")
