"""The project's exceptions: one root, one class per kind of fault.

Every class is also the builtin a caller would expect, and every message is meant for the
person who has to act on it: it comes from the text catalogue (see ``geo.i18n``).
"""

from __future__ import annotations


class ProjectMapError(Exception):
    """Root of everything this project raises on purpose."""


class DataFileError(ProjectMapError, ValueError):
    """A file of ``data/`` or of a user is not what it should be.

    The message names the file, the row and the column. A retry does not help until the file
    is mended.
    """


class CatalogueError(ProjectMapError, KeyError):
    """A text key is missing from the catalogue: a fault of the program, not of its user."""


class CrsError(ProjectMapError, ValueError):
    """A frame came without a CRS, or in another than the function works in."""


class BoundaryError(ProjectMapError, ValueError):
    """A boundary set is wrong, partial, tampered with or of another province.

    The layer in use before stays in use. A retry helps only with another set.
    """


class BoundarySourceError(ProjectMapError, OSError):
    """A boundary source cannot be read (not installed, no network). A retry may help."""


class GeocodeInputError(ProjectMapError, ValueError):
    """A text is too long to be geocoded. A retry helps with a shorter one."""


class PositionError(ProjectMapError, ValueError):
    """Coordinates that name no place in the city. The message guesses why; a retry may help."""
