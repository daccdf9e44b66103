"""What is worked out of facts: made once, and kept as long as the facts that it is made of."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar
from weakref import ref

if TYPE_CHECKING:
    from collections.abc import Callable


class _Keeper(Protocol):
    """What results live in: the facts (``store.facts.facts.Facts``)."""

    @property
    def derived(self) -> dict[Any, Any]:
        """The results by the function that made them."""


F = TypeVar("F", bound=_Keeper)
P = ParamSpec("P")
T = TypeVar("T")


def cache_on_facts(
    most: int = 8,
) -> Callable[[Callable[Concatenate[F, P], T]], Callable[Concatenate[F, P], T]]:
    """Keep what a function makes of facts: of each facts so many results of other arguments.

    The results live in the facts themselves and go with them. They are shared: not to be changed.
    """

    def of(make: Callable[Concatenate[F, P], T]) -> Callable[Concatenate[F, P], T]:
        @wraps(make)
        def cached(facts: F, /, *args: P.args, **kwargs: P.kwargs) -> T:
            made = facts.derived.get(make)
            if made is None:
                made = facts.derived.setdefault(make, _make_cached(make, facts, most))
            result: T = made(*args, **kwargs)
            return result

        return cached

    return of


def _make_cached(make: Callable[Concatenate[F, P], T], facts: F, most: int) -> Callable[..., T]:
    """Return the function on these facts, with its results kept; it does not hold the facts."""
    reference = ref(facts)

    def made(*args: P.args, **kwargs: P.kwargs) -> T:
        live_facts = reference()
        if live_facts is None:  # never: whoever asks holds them
            raise ReferenceError
        return make(live_facts, *args, **kwargs)

    return lru_cache(maxsize=most)(made)
