"""A page that fails tells its reader so and goes on; a test of it fails."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_page_fails(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail where a page met an error that it did not mean."""
    with caplog.at_level(logging.ERROR, logger="pages.navigation"):
        yield
    failed = [record for record in caplog.records if record.name == "pages.navigation"]
    assert [record.exc_text or record.getMessage() for record in failed] == []
