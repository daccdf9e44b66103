"""Import and undo a report without end, killed at random moments; tell what is left each time.

Run as ``python -m tests.store.kill_many TIMES``. Every child process imports and undoes until it is
killed; after each kill the store must be whole and hold the report entirely or not at all.
"""

import os
import random
import signal
import sys
import time
from collections import Counter

from store.audit.integrity import check_store
from store.bootstrap import ensure_store
from store.db.database import get_sqlite_file, get_store_url, reading
from store.facts.stored.tables import read_stored_facts
from store.imports.apply import apply_import, list_imports, undo_import
from store.imports.plan.planning import plan_import
from tests.people import AN
from tests.store.small_reports import project, report, value

READ = report(
    "Báo cáo lớn",
    "2031-Q1",
    *(
        project(
            no,
            f"Dự án {chr(64 + no)}{chr(96 + no)} số {no}",
            *(
                value("physical_done", str(step), no * 10, component=f"Phần {step}")
                for step in range(30)
            ),
        )
        for no in range(1, 21)
    ),
)
WITHOUT, WITH = 0, 600
LONGEST = 0.6
MOST = 8


def work() -> None:
    """Import and undo for ever."""
    while True:
        plan = plan_import(READ)
        number = plan.already or apply_import(plan, AN, "thử")
        undo_import(number, AN, "thử")


def killed() -> int:
    """Let a child work, kill it after a random while, and return how many rows are left."""
    child = os.fork()
    if child == 0:
        work()
    time.sleep(random.uniform(0, LONGEST))  # noqa: S311 - nothing secret
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with reading() as connection:
        faults = check_store(connection)
    assert not faults, faults[0].text()
    return len(read_stored_facts().observations)


def main(times: int) -> str:
    """Kill so many times; return how often which number of rows was left, and changes made.

    The store begins anew from time to time, for checking it takes longer the more it has seen.
    """
    left: Counter[int] = Counter()
    changes = 0
    for _ in range(times):
        left[killed()] += 1
        if len(list_imports()) > MOST:
            changes += len(list_imports())
            for file in get_sqlite_file(get_store_url()).parent.glob("*.sqlite*"):
                file.unlink()
            ensure_store(curated=False)
    assert set(left) <= {WITHOUT, WITH}, left
    return f"without {left[WITHOUT]} with {left[WITH]} changes {changes + len(list_imports())}"


if __name__ == "__main__":
    ensure_store(curated=False)
    sys.stdout.write(main(int(sys.argv[1])) + "\n")
