"""One veraPDF for all tests of this folder."""

import os
from collections.abc import Iterator

import pytest
from reference_validator import Validator, running_validator, what_is_missing


@pytest.fixture(scope="session")
def verapdf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Validator]:
    """The reference validator: skipped on a machine without a JDK, but not where CI is set."""
    missing = what_is_missing()
    if missing and not os.environ.get("CI"):
        pytest.skip(f"veraPDF needs {missing}")
    assert not missing, f"veraPDF needs {missing}"
    with running_validator(tmp_path_factory.mktemp("verapdf")) as validator:
        yield validator
