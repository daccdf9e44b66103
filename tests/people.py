"""People to act in tests: one of each role at the command line's trust, and some with an area.

They have no accounts, so that a test of something else needs none; tests of accounts make theirs.
"""

from typing import Any

from store.users.users import PERSONAL, VISITOR, User, make_operator

__all__ = ["ADMIN", "APPROVER", "INSPECTOR", "PERSONAL", "PLANNER", "VIEWER", "VISITOR", "person"]


def person(name: str = "an", role: Any = "administrator", **more: Any) -> User:
    """Return somebody whom the store takes at their word, as it does the command line."""
    return User(name, role, name, standing="machine", **more)


ADMIN = make_operator("quantri")
APPROVER = person("duyet", "approver")
PLANNER = person("tonghop", "planner")
INSPECTOR = person("hientruong", "inspector")
VIEWER = person("xem", "viewer")
AN = person("An")
BINH = person("Bình")
CHIEF = person("Chánh văn phòng")
THU = person("Nguyễn Thị Thử")
