"""A library in a folder of its own, with a clock that goes one minute a look."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from samverkan_desktop.store.library import Library

START = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bibliotek.samverkandb"


@pytest.fixture
def clock() -> Callable[[], datetime]:
    minutes = iter(range(1_000_000))
    return lambda: START + timedelta(minutes=next(minutes))


@pytest.fixture
def library(path: Path, clock: Callable[[], datetime]) -> Iterator[Library]:
    with Library.open(path, clock=clock) as opened:
        yield opened
