"""What is worked out of facts: made once for all readers, kept as long as what it is made of."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from functools import wraps
from threading import Event, Lock, get_ident
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable


class _Keeper(Protocol):
    """What results live in: the facts (``store.facts.facts.Facts``)."""

    @property
    def derived(self) -> dict[Any, Any]:
        """The results by the function that made them."""

    @property
    def reports(self) -> Self:
        """The same without what people recorded."""


F = TypeVar("F", bound=_Keeper)
P = ParamSpec("P")
T = TypeVar("T")

_NOTHING: Final = object()


def cache_on_facts(
    most: int = 8,
) -> Callable[[Callable[Concatenate[F, P], T]], Callable[Concatenate[F, P], T]]:
    """Keep what a function makes of facts: of each facts so many results of other arguments.

    The results live in the facts themselves and go with them. They are shared: not to be changed.
    Of threads that ask for the same at once, one makes it and the others wait for it. No lock is
    held meanwhile, so that a cached function may call others; only a circle of calls would wait
    for itself, and that would not end without a cache either.
    """

    def of(make: Callable[Concatenate[F, P], T]) -> Callable[Concatenate[F, P], T]:
        @wraps(make)
        def cached(facts: F, /, *args: P.args, **kwargs: P.kwargs) -> T:
            results = facts.derived.get(make)
            if results is None:
                results = facts.derived.setdefault(make, _Results(most))
            key = (args, tuple(sorted(kwargs.items()))) if kwargs else args
            result: T = results.find(key)
            if result is _NOTHING:
                result = results.find_or_make(key, lambda: make(facts, *args, **kwargs))
            return result

        return cached

    return of


def cache_on_reports(
    most: int = 8,
) -> Callable[[Callable[Concatenate[F, P], T]], Callable[Concatenate[F, P], T]]:
    """Keep what a function makes of reports, as ``cache_on_facts``, over visits and cases.

    The function is given ``facts.reports``, in which the tables that people fill have no rows: it
    cannot take anything from them, and its results serve every version with the same reports.
    """

    def of(make: Callable[Concatenate[F, P], T]) -> Callable[Concatenate[F, P], T]:
        kept = cache_on_facts(most)(make)

        @wraps(make)
        def cached(facts: F, /, *args: P.args, **kwargs: P.kwargs) -> T:
            return kept(facts.reports, *args, **kwargs)

        return cached

    return of


class _Making:
    """A result under way: what it became, for those that wait."""

    def __init__(self) -> None:
        self.maker = get_ident()
        self.done = Event()
        self.result: Any = _NOTHING


class _Results:
    """The results of one function on one facts; of too many, the one longest unasked goes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()  # held for keeping, and for looking up what may be under way
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._under_way: dict[Hashable, _Making] = {}

    def find(self, key: Hashable) -> Any:
        """Return the result kept under a key, ``_NOTHING`` where there is none.

        Without the lock, which thousands of questions in a run would pay for: each of the two
        steps is one of Python's own, and what goes between them was still a result.
        """
        result = self._kept.get(key, _NOTHING)
        if result is not _NOTHING:
            with suppress(KeyError):
                self._kept.move_to_end(key)
        return result

    def find_or_make(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return the result kept under a key, made now or by whoever is at it.

        Where the one that makes it fails, the fault is theirs; each that waited tries for itself.
        """
        while True:
            with self._lock:
                result = self._kept.get(key, _NOTHING)
                if result is not _NOTHING:
                    self._kept.move_to_end(key)
                    return result
                making = self._under_way.get(key)
                if making is None:
                    own = self._under_way[key] = _Making()
                    break
            if making.maker == get_ident():
                message = f"a cached function needs its own result: {key!r}"
                raise RuntimeError(message)
            making.done.wait()
            if making.result is not _NOTHING:
                return making.result
        return self._make(key, own, make)

    def _make(self, key: Hashable, own: _Making, make: Callable[[], Any]) -> Any:
        try:
            own.result = make()
        finally:
            with self._lock:
                del self._under_way[key]
                if own.result is not _NOTHING:
                    self._kept[key] = own.result
                    while len(self._kept) > self._most:
                        self._kept.popitem(last=False)
            own.done.set()
        return own.result
