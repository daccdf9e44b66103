"""The store that the program of commit 3f36652 made, unpacked; what that program said of it.

``README.md`` beside it tells how it was made and what is in it.
"""

from __future__ import annotations

import json
import lzma
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parent / "data"
ROOT: Final = Path(__file__).resolve().parents[2]
REPORT: Final = DATA / "quy-3-2026.docx"
RECORDED: Final[dict[str, Any]] = json.loads((DATA / "recorded.json").read_text("utf-8"))

ACCOUNTS: Final = {
    "quan-tri": "administrator",
    "phe-duyet": "approver",
    "tong-hop": "planner",
    "kiem-tra": "inspector",
    "nguoi-xem": "viewer",
}
"""The accounts that may sign in, with their roles."""

CLOSED: Final = ("da-dong", "một câu đã đóng lại rồi")
NEW: Final = ("moi-vao", "phải đổi ngay lần đầu")
"""An account that was closed, and one whose password is to be changed."""

APPROVED: Final = "2026-Q1"
REPORT_IMPORT: Final = 10
NOTE_EDIT: Final = 14
NOTE_BEFORE: Final = (
    'Cột Địa điểm ghi "Phường Thạch Khê", không có trong 114 đơn vị; đọc là Thạch Khôi.'
)
NOTE_AFTER: Final = "Sửa tay trước khi dựng lại nhà."
PHOTO: Final = "f0a8b089a6b62155808408c726e553a84e5996fdaba17f143926922524badece"
PHOTO_APART: Final = "38f08215336ac0c2121c6b318084988991cf4b9fe23eb80c68b9d64ea1e86e97"


def password_of(name: str) -> str:
    """Return the password of an account of ``ACCOUNTS``."""
    return f"câu dài của vai {ACCOUNTS[name]} năm 2026"


def unpack_store(folder: Path) -> Path:
    """Write the store of before to ``store.sqlite`` in a state folder; return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "store.sqlite"
    with closing(sqlite3.connect(file)) as store:
        store.executescript(
            lzma.decompress((DATA / "store_of_before.sql.xz").read_bytes()).decode()
        )
    return file


def run_store(state: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``python -m store`` on the store of a state folder."""
    environment = os.environ | {"HPMAP_STATE_DIR": str(state), "PYTHONPATH": str(ROOT)}
    environment.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "store", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def count_rows(file: Path) -> dict[str, int]:
    """Return the number of rows, of now and of before, of every table of a store."""
    with closing(sqlite3.connect(file)) as store:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        names = [name for (name,) in store.execute(named) if name != "alembic_version"]
        return {
            name: store.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for name in names
        }
