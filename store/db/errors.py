"""What goes wrong in ``store``: every error has a message for its reader."""

from __future__ import annotations

from typing import Any

from geo.errors import ProjectMapError


class StoreError(ProjectMapError, RuntimeError):
    """The store cannot be opened, or what was asked of it cannot be done.

    Nothing was changed. A retry helps only when another program was in the way.
    """


class StoreUnreachableError(StoreError):
    """The store itself cannot be opened: no server, no right, an empty, damaged or foreign file.

    The message names the file and says what to do. Nothing was written in its place.
    """


class LockedPeriodError(StoreError):
    """A change would touch a period that is approved. Only a correction with its reason may."""


class ChoiceError(StoreError):
    """A choice that a question does not offer, or that can no longer be made."""


class ImportRefusedError(StoreError):
    """A report cannot be imported, or an import not undone, as the store is. The message says why.

    Nothing was changed. After a new plan a retry may help where the store has changed meanwhile.
    """


class NotAllowedError(StoreError, PermissionError):
    """Who asks may not do this, here. Nothing was changed. Another person's account may."""


class SignInError(StoreError, ValueError):
    """Name or password are not right, or there were too many tries. The message says which."""


class AccountError(StoreError, ValueError):
    """An account cannot be made or changed like that. The message says what is wrong with it."""


class PhotoError(ProjectMapError, ValueError):
    """A photo is too large, of a kind that is not taken, or damaged. Another file helps."""


class VisitError(ProjectMapError, ValueError):
    """A visit that was sent says something that cannot be. The message names what."""


class EditError(StoreError, ValueError):
    """What was typed in cannot be kept as it is. The message names every field and what to do.

    Nothing was changed. A retry helps once the fields are mended.
    """


class EditConflictError(StoreError):
    """Somebody else changed the same thing since it was looked at.

    Nothing was changed. ``token`` is what the thing is at now: whoever has read ``others`` (the
    changes made meanwhile, oldest first: ``store.audit.edit_tokens.ConcurrentChange``) may try
    again with it. ``key`` is what the row is known by now, '' when it was taken out.
    """

    def __init__(self, message: str, *, key: str, token: str, others: tuple[Any, ...]) -> None:
        super().__init__(message)
        self.key = key
        self.token = token
        self.others = others


class ExportError(StoreError):
    """What is filtered cannot be written in the format asked for. The message says what to do.

    Nothing was written. A retry helps with other filters or another format.
    """


class ViewError(StoreError, ValueError):
    """A view cannot be saved, renamed or deleted like that. The message says why."""
