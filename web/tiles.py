"""The pictures of the operator's file of tiles, for those who may read the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from layers.leaflet.asset_files import PREFIX
from store.tiles.archive import TileFileError
from store.tiles.tile_file import load_tile_file, read_picture
from store.users.permissions import is_allowed
from web.request_user import get_request_user

if TYPE_CHECKING:
    from starlette.requests import Request

_FOR_GOOD: Final = {"Cache-Control": "private, max-age=31536000, immutable"}


def build_tile_routes() -> list[Route]:
    """Return the route of one tile; its address holds the version of the file."""
    path = f"/{PREFIX}/tiles/{{version}}/{{zoom:int}}/{{column:int}}/{{row:int}}"
    return [Route(path, _serve_tile, methods=["GET"])]


def _serve_tile(request: Request) -> Response:
    """Answer with a picture; where the file has none with nothing, which is no fault."""
    user = get_request_user(request)
    if user is None or not is_allowed(user, "page.map"):
        return Response(status_code=401)
    try:
        file = load_tile_file()
    except TileFileError:
        file = None
    where = request.path_params
    if file is None or file.version != where["version"]:
        return Response(status_code=404)
    found = read_picture(file, where["zoom"], where["column"], where["row"])
    if found is None:
        return Response(status_code=204, headers=_FOR_GOOD)
    picture, media_type = found
    return Response(picture, media_type=media_type, headers=_FOR_GOOD)
