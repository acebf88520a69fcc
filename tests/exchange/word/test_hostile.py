"""Word files with their bytes and their XML mutated: read or refused, and soon."""

import time

import pytest
from reviewed import FIXTURES
from word_documents import FOLDERS

from bench.hostile import SLOWEST, fixtures, mutants, read_anyhow
from samverkan_desktop.catalogue import load_catalogue

CATALOGUE = load_catalogue(FOLDERS)
FILES = fixtures(FIXTURES)


@pytest.mark.parametrize("seed", range(10))
def test_mutated_files_are_read_or_refused(seed: int) -> None:
    for data in mutants(FILES, 30, seed):
        begun = time.perf_counter()
        assert read_anyhow(data, CATALOGUE)
        assert time.perf_counter() - begun < SLOWEST


def test_the_files_themselves_are_read() -> None:
    assert {read_anyhow(data, CATALOGUE) for data in FILES} == {"läst som återkommen"}
