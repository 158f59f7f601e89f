"""An index of invented projects, built once."""

from pathlib import Path

import pytest

from tests.origins.invented import small_index


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index file; whoever changes it takes a copy."""
    return small_index(tmp_path_factory.mktemp("invented"))
