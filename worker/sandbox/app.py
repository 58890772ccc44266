"""HTTP in front of the sandbox: paths, headers, JSON."""

import json
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from worker.sandbox.answers import Answer, RefusedError
from worker.sandbox.bundles import perform_bundle, perform_single
from worker.sandbox.capability import Abilities, capability_statement
from worker.sandbox.faults import Faults, FaultyServer
from worker.sandbox.interactions import Call, Server, parse_path
from worker.sandbox.store import Store
from worker.sandbox.strict import lenient, strict_check

_METHODS = ["GET", "POST", "PUT", "DELETE"]
_MEDIA_TYPE = "application/fhir+json"


def create_sandbox(faults: Faults | None = None, abilities: Abilities | None = None, strict: bool = False) -> Starlette:
    """
    Build the server; every call makes one with an empty store.

    FHIR is served under ``/fhir``. ``/_sandbox/resources`` lists what is held (``?type=CarePlan`` narrows it),
    ``/_sandbox/faults`` shows what went wrong so far and takes a new script or new chances, and optionally a seed, the
    methods that fail, and ``hold_seconds``.
    """
    faults, abilities = faults or Faults(), abilities or Abilities()
    check = strict_check(abilities.fhir_version) if strict else lenient
    app = Starlette(
        routes=[
            Route("/healthz", _healthz),
            Route("/_sandbox/resources", _list_resources),
            Route("/_sandbox/faults", _change_faults, methods=["GET", "POST"]),
            Route("/fhir", _serve, methods=_METHODS),
            Route("/fhir/{path:path}", _serve, methods=_METHODS),
        ],
        middleware=[Middleware(FaultyServer, faults=faults)],
    )
    app.state.faults = faults
    app.state.server = Server(Store(), abilities, "", check)
    return app


async def _healthz(_request: Request) -> Response:
    return Response(status_code=200)


async def _serve(request: Request) -> Response:
    server = _server(request)
    try:
        body = await request.body()
        answer = _perform(server, request, json.loads(body) if body else None)
    except ValueError:
        answer = RefusedError(400, "structure", "the body is not JSON").answer()
    except RefusedError as refusal:
        answer = refusal.answer()
    return _response(answer, request.headers.get("prefer", ""))


def _server(request: Request) -> Server:
    held: Server = request.app.state.server
    return Server(held.store, held.abilities, f"{request.url.scheme}://{request.url.netloc}/fhir/", held.validate)


def _perform(server: Server, request: Request, body: Any) -> Answer:
    path = request.path_params.get("path", "").strip("/")
    if path == "metadata":
        return Answer(200, capability_statement(server.abilities, server.base))
    if not path:
        if request.method != "POST":
            raise RefusedError(405, "not-supported", "the base takes POST of a Bundle only")
        return perform_bundle(server, body)
    resource_type, resource_id, version, query = parse_path(path, request.url.query)
    call = Call(request.method, resource_type, resource_id, version, query, body, request.headers)
    return perform_single(server, call)


def _response(answer: Answer, prefer: str) -> Response:
    headers = {name: value for name, value in answer.headers.items() if not name.startswith("X-")}
    is_minimal = "return=minimal" in prefer and answer.status in {200, 201} and "ETag" in headers
    if answer.resource is None or is_minimal:
        return Response(status_code=answer.status, headers=headers)
    content = json.dumps(answer.resource, ensure_ascii=False, separators=(",", ":"))
    return Response(content.encode(), answer.status, headers, _MEDIA_TYPE)


async def _list_resources(request: Request) -> Response:
    wanted = request.query_params.get("type")
    store = request.app.state.server.store
    held = store.of_type(wanted) if wanted else store.everything()
    return JSONResponse({"resources": [each.resource for each in held]})


async def _change_faults(request: Request) -> Response:
    faults: Faults = request.app.state.faults
    if request.method == "POST":
        asked = await request.json()
        faults.replace(asked.get("script", ()), asked.get("chances", {}))
        faults.adjust(asked.get("seed"), asked.get("methods"), asked.get("hold_seconds"))
    return JSONResponse({"happened": faults.happened, "script": list(faults.script), "chances": faults.chances})
