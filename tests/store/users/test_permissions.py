"""The one table of permissions: the store does what it says, for every role and every action."""

import ast
import importlib
import inspect
import pkgutil

import pytest

import store
from geo.i18n import LANGUAGES, load_catalogue
from geo.paths import ROOT
from store.db.errors import NotAllowedError
from store.users.permissions import (
    ACTIONS,
    PERMISSIONS,
    Permission,
    guard_action,
    is_allowed,
    list_roles,
    require_permission,
)
from store.users.users import PERSONAL, VISITOR, User
from tests.people import person

ROLES = ("visitor", "viewer", "inspector", "planner", "approver", "administrator")
HERE, ELSEWHERE = "11914", "11948"

for _module in pkgutil.walk_packages(store.__path__, "store."):
    if "__main__" not in _module.name and ".migrations" not in _module.name:
        importlib.import_module(_module.name)


def somebody(role: str, **more: object) -> User:
    return VISITOR if role == "visitor" else person("ai", role, **more)


def functions() -> list[tuple[str, object]]:
    return [(name, one) for name, made in sorted(ACTIONS.items()) for one in made]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(PERMISSIONS))
def test_every_role_is_let_in_exactly_as_the_table_says(name: str, role: str) -> None:
    who = somebody(role)
    assert is_allowed(who, name) == (role in PERMISSIONS[name].roles) == (role in list_roles(name))
    if is_allowed(who, name):
        require_permission(who, name)
    else:
        with pytest.raises(NotAllowedError):
            require_permission(who, name)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("name", "function"), functions())
def test_every_action_of_the_store_refuses_whom_the_table_refuses(
    name: str, function: object, role: str
) -> None:
    """What is allowed goes on to the function itself, which then finds its arguments lacking."""
    who = somebody(role)
    signature = inspect.signature(function)
    given = {
        key: None
        for key, one in signature.parameters.items()
        if one.default is inspect.Parameter.empty and key != "actor"
    }
    if role not in PERMISSIONS[name].roles:
        with pytest.raises(NotAllowedError):
            function(**given, actor=who)
    for nobody in (None, "quantri", {"role": "administrator"}, VISITOR):
        with pytest.raises(NotAllowedError):
            function(**given, actor=nobody)


def test_what_is_not_in_the_table_nobody_may() -> None:
    for role in ROLES:
        assert not is_allowed(somebody(role), "page.secret")
    with pytest.raises(NotAllowedError):
        guard_action("page.secret")
    with pytest.raises(TypeError):
        guard_action("export.make")(lambda: None)


def test_within_an_area_only_what_lies_there() -> None:
    here = person("an", "planner", scope=frozenset({HERE}))
    assert is_allowed(here, "edit.item", {HERE})
    assert is_allowed(here, "edit.item", {HERE, ELSEWHERE})
    assert not is_allowed(here, "edit.item", {ELSEWHERE})
    assert not is_allowed(here, "edit.item", set())
    assert is_allowed(person("an", "planner"), "edit.item", {ELSEWHERE})


def test_who_may_change_one_area_changes_nothing_of_the_whole_city() -> None:
    area = frozenset({HERE})
    for role in ("planner", "approver", "administrator"):
        who = person("an", role, scope=area)
        for name in ("import.apply", "import.undo", "period.approve", "conflict.settle"):
            assert not is_allowed(who, name), name


def test_who_reads_one_area_reads_nothing_of_the_whole_city() -> None:
    for role in ROLES[1:]:
        who = person("an", role, scope=frozenset({HERE}), sees_all=False)
        for name, permission in PERMISSIONS.items():
            if permission.whole:
                assert not is_allowed(who, name), name


def test_the_personal_install_may_everything() -> None:
    assert all(is_allowed(PERSONAL, name) for name in PERMISSIONS)


def test_visitors_change_nothing() -> None:
    writing = {name for name in PERMISSIONS if not name.startswith("page.")}
    assert not {name for name in writing if is_allowed(VISITOR, name)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_permission_has_its_name_and_its_reason(language: str) -> None:
    texts = load_catalogue(language)
    wanted = {f"permissions.{kind}.{name}" for name in PERMISSIONS for kind in ("action", "why")}
    assert sorted(wanted - set(texts)) == []
    odd = {
        key for key in texts if key.startswith(("permissions.action.", "permissions.why."))
    } - wanted
    assert sorted(odd) == []


def test_every_function_that_opens_a_ledger_asks_for_a_permission() -> None:
    """A public function of the store with an ``actor`` is an action, or asks with ``require``."""
    open_ones = []
    for file in sorted((ROOT / "store").rglob("*.py")):
        if file.parent.name == "cli":  # speaks to the operator, and calls what asks
            continue
        for node in ast.parse(file.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            arguments = (*node.args.args, *node.args.kwonlyargs)
            names = {one.arg for one in arguments if ast.unparse(one.annotation) != "str"}
            decorated = any("action" in ast.unparse(one) for one in node.decorator_list)
            asks = any(
                isinstance(one, ast.Call) and ast.unparse(one.func) == "require_permission"
                for one in ast.walk(node)
            )
            inside = "connection" in names  # works within a transaction that an action opened
            if "actor" in names and not (decorated or asks or inside):
                open_ones.append(f"{file.name}:{node.name}")
    assert open_ones == []


def test_the_shape_of_the_table() -> None:
    for name, permission in PERMISSIONS.items():
        assert isinstance(permission, Permission)
        assert permission.roles, name
        assert "administrator" in permission.roles, name
        assert permission.roles <= set(ROLES), name
