"""Who may do what: one table, asked by the pages and again by the store. What is not in it: nobody.

The reason of every row stands in the text catalogue (``permissions.why.<action>``), so that it can
be shown to whoever asks.
"""

from __future__ import annotations

import functools
import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from geo.i18n import get_reader_language, t
from store.db.errors import NotAllowedError
from store.users.users import User

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from store.users.users import Role

_P = ParamSpec("_P")
_R = TypeVar("_R")

ADMINISTRATORS: Final = frozenset[str]({"administrator"})
APPROVERS: Final = ADMINISTRATORS | {"approver"}
PLANNERS: Final = APPROVERS | {"planner"}
FIELD: Final = PLANNERS | {"inspector"}
READERS: Final = FIELD | {"viewer"}
ANYBODY: Final = READERS | {"visitor"}
"""``visitor`` counts only where the operator lets people read without an account."""


@dataclass(frozen=True)
class Permission:
    """Which roles may; ``scoped``: only within the communes of the account."""

    roles: frozenset[str]
    scoped: bool = False
    whole: bool = False
    """Only for who reads everything: what it shows cannot be parted by commune."""

    everywhere: bool = False
    """Only for who may change facts everywhere: what it changes cannot be parted by commune."""


PERMISSIONS: Final[dict[str, Permission]] = {
    "page.map": Permission(ANYBODY),
    "page.items": Permission(ANYBODY),
    "page.changes": Permission(ANYBODY),
    "page.sources": Permission(ANYBODY),
    "page.help": Permission(ANYBODY),
    "page.place": Permission(ANYBODY),
    "page.project": Permission(ANYBODY),
    "page.briefing": Permission(READERS),
    "page.two_maps": Permission(ANYBODY),
    "page.document": Permission(READERS, whole=True),
    "page.register": Permission(READERS),
    "page.near": Permission(READERS),
    "page.visits": Permission(READERS),
    "page.odk": Permission(PLANNERS),
    "page.edit": Permission(PLANNERS, scoped=True),
    "page.import": Permission(PLANNERS, whole=True, everywhere=True),
    "page.review": Permission(PLANNERS, whole=True),
    "page.audit": Permission(APPROVERS, whole=True),
    "page.accounts": Permission(ADMINISTRATORS),
    "import.draft": Permission(PLANNERS, whole=True, everywhere=True),
    "import.apply": Permission(PLANNERS, whole=True, everywhere=True),
    "import.undo": Permission(PLANNERS, whole=True, everywhere=True),
    "review.decide": Permission(PLANNERS, scoped=True),
    "conflict.settle": Permission(PLANNERS, whole=True, everywhere=True),
    "period.approve": Permission(APPROVERS, whole=True, everywhere=True),
    "edit.item": Permission(PLANNERS, scoped=True),
    "edit.observation": Permission(PLANNERS, scoped=True),
    "edit.place": Permission(PLANNERS, scoped=True),
    "edit.point": Permission(PLANNERS, scoped=True),
    "edit.approved": Permission(APPROVERS, scoped=True),
    "edit.undo": Permission(PLANNERS, scoped=True),
    "register.write": Permission(PLANNERS, scoped=True),
    "register.close": Permission(PLANNERS, scoped=True),
    "visit.record": Permission(FIELD, scoped=True),
    "visit.settle": Permission(PLANNERS, scoped=True),
    "visit.import": Permission(PLANNERS, scoped=True),
    "photo.see": Permission(READERS),
    "phone.use": Permission(FIELD),
    "briefing.make": Permission(READERS),
    "export.make": Permission(READERS),
    "view.save": Permission(READERS),
    "view.share": Permission(PLANNERS),
    "audit.read": Permission(APPROVERS, whole=True),
    "account.manage": Permission(ADMINISTRATORS),
    "account.own": Permission(READERS),
}
ACTIONS: Final[dict[str, list[Callable[..., object]]]] = {}
"""The functions of the store that each action stands for."""


def is_allowed(user: User, action: str, communes: Collection[str] | None = None) -> bool:
    """Return True if a user may do something; with ``communes``, whether there.

    Something that lies in several communes may be done by who may do it in one of them.
    """
    permission = PERMISSIONS.get(action)
    if permission is None or user.role not in permission.roles:
        return False
    if permission.whole and not user.sees_all:
        return False
    if permission.everywhere and user.scope is not None:
        return False
    if not permission.scoped or user.scope is None or communes is None:
        return True
    return not user.scope.isdisjoint(communes)


def require_permission(user: User, action: str, communes: Collection[str] | None = None) -> None:
    """Raise ``NotAllowedError`` unless the user may do it; the message says who may."""
    if not isinstance(user, User) or not is_allowed(user, action, communes):
        raise NotAllowedError(
            t(
                "permissions.fault.not_allowed",
                get_reader_language(),
                action=get_action_label(action, get_reader_language()),
            )
        )


def get_action_label(action: str, language: str = "vi") -> str:
    """Return what an action is called."""
    known = action in PERMISSIONS
    return t(f"permissions.action.{action}", language) if known else action[:40]


def list_roles(action: str) -> tuple[Role, ...]:
    """Return the roles that may, from the least to the most."""
    order: tuple[Role, ...] = (
        "visitor", "viewer", "inspector", "planner", "approver", "administrator",
    )  # fmt: skip
    permission = PERMISSIONS.get(action, Permission(frozenset()))
    return tuple(role for role in order if role in permission.roles)


def guard_action(name: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Return a decorator: the function's ``actor`` must have the permission of that name."""
    if name not in PERMISSIONS:
        raise NotAllowedError(name)

    def guard(function: Callable[_P, _R]) -> Callable[_P, _R]:
        signature = inspect.signature(function)
        if "actor" not in signature.parameters:
            raise TypeError(function.__qualname__)

        @functools.wraps(function)
        def checked(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            require_permission(signature.bind(*args, **kwargs).arguments["actor"], name)
            return function(*args, **kwargs)

        ACTIONS.setdefault(name, []).append(checked)
        return checked

    return guard
