"""Whether the server lives, and whether it can work."""

from alembic.script import ScriptDirectory
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.workspaces import current_desk
from gis.errors import Refused
from gis.queries.schema import schema_version
from gis.store import migration_config


async def healthz(_request: Request) -> Response:
    """Answer as long as the process answers at all."""
    return PlainTextResponse("ok")


def readyz(_request: Request) -> Response:
    """Answer 200 when the store answers and has the form this program expects, else 503."""
    expected = ScriptDirectory.from_config(migration_config()).get_current_head()
    try:
        with current_desk().workspace.reading() as session:
            found = schema_version(session)
    except Refused as refused:
        return JSONResponse({"ready": False, "reason": refused.code()}, status_code=503)
    ready = found == expected
    return JSONResponse(
        {"ready": ready, "schema": found, "expected": expected}, status_code=200 if ready else 503
    )


ROUTES = [Route("/healthz", healthz), Route("/readyz", readyz)]
