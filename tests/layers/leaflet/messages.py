"""What a map's message says, as the browser reads it."""

from __future__ import annotations

import base64
import json
import zlib

from layers.leaflet.map_message import BETWEEN_PARTS


def unpack_message(message: str) -> dict[str, object]:
    """Return what all parts of a message say together."""
    content: dict[str, object] = {}
    for packed in message.split(BETWEEN_PARTS):
        content |= json.loads(zlib.decompress(base64.b64decode(packed)))
    return content
