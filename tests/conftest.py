"""Every run has a store and a state folder of its own, never those of whoever runs it."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from tests import templates
from tests.servers import app_address, guarded_app, open_app

if TYPE_CHECKING:
    import pytest

__all__ = ["app_address", "guarded_app", "open_app"]

_UNHURRIED: Final = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("quick", max_examples=15, **_UNHURRIED)
settings.register_profile("thorough", max_examples=200, **_UNHURRIED)
settings.load_profile("quick")


def pytest_configure(config: pytest.Config) -> None:
    """Point the program at a new state folder and a new store before any test module is read.

    The folder of the run, and so the boundaries built in it, is common to all of its workers; a
    store is each worker's own.
    """
    worker = getattr(config, "workerinput", {}).get("workerid", "")
    if not worker:
        folder = tempfile.mkdtemp(prefix="hpmap-tests-")
        os.environ[templates.RUN] = folder
        os.environ.setdefault("HPMAP_STATE_DIR", f"{folder}/state")
    store = Path(os.environ[templates.RUN]) / f"store-{worker or 'only'}.sqlite"
    os.environ["DATABASE_URL"] = f"sqlite:///{store}"
    if worker or not getattr(config.option, "numprocesses", None):
        templates.make_stores_cheap()
        gc.disable()  # until all modules are there: hardly anything of them is garbage
        shutil.copyfile(templates.curated_store(), store)


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and not among modules and tests: that took a sixth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take away what the run has made."""
    if not hasattr(config, "workerinput"):
        templates.take_away()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out and why, one line for each reason."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        if isinstance(report.longrepr, tuple)
        else str(report.longrepr)
        for report in terminalreporter.stats.get("skipped", ())
    )
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"left out: {count} tests: {reason}")
    if terminalreporter.config.option.markexpr == "not slow":
        terminalreporter.write_line("left out: the slow tests; pytest -m slow runs them")


class _FilesWhole(LoadScopeScheduling):
    """Shares files out, not tests: what a module makes is made once.

    The few quick tests that look at the running app are together, so that each server is started
    once; the many slow ones would keep one worker busy long after the others have ended.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        serves = file.startswith("tests/browser/") or file == "tests/test_doors.py"
        together = serves and self.config.option.markexpr == "not slow"
        return "browser" if together else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Share the tests out to the workers."""
    return _FilesWhole(config, log)
