"""What holds for every answer of the API: problems, version, refusals in the ledger, and the published document."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import set_rollback

from parties.idempotency import KeyInUse, KeyOfAnotherCall
from parties.ledger import record_refusal
from parties.viewer import Viewer
from reintegratie.lib.rest.calls import HEADER
from reintegratie.lib.rest.document import documented
from reintegratie.lib.rest.problems import InputError, Invalid, Problem, problem_for
from reintegratie.lib.rest.reading import no_query
from reintegratie.lib.rest.shapes import SHAPES, Schema
from reintegratie.lib.rest.views import ApiView
from reintegratie.oauth import viewer_if_active

ROOT = "/api/"
VERSION = str(settings.SPECTACULAR_SETTINGS["VERSION"])
REFUSALS = {401: "api-niet-aangemeld", 403: "api-geweigerd", 404: "api-niet-gevonden"}

Handler = Callable[[HttpRequest], HttpResponse]


def problem_response(
    exc: Exception, context: dict[str, Any]
) -> Response | None:  # the framework's own context
    """Every refusal as problem+json, with nothing of the request left in the database; a fault goes up."""
    response = problem_for(translated(exc))
    if response is not None:
        set_rollback()
    return response


def translated(exc: Exception) -> Exception:
    """What the ground floor raises without knowing of HTTP, in the words of the API."""
    if isinstance(exc, KeyInUse):
        return Problem(409, "Een aanroep met deze Idempotency-Key wordt nog verwerkt.")
    if isinstance(exc, KeyOfAnotherCall):
        detail = "Deze sleutel is al gebruikt voor een andere aanroep."
        return Invalid([InputError("header", HEADER, "reused", detail)])
    return exc


def api_answers(get_response: Handler) -> Handler:
    """Give every answer below /api/ its version, and write refusals down once the request was rolled back."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(ROOT):
            response.headers["API-Version"] = VERSION
            if response.status_code in REFUSALS and request.resolver_match:
                _write_refusal(request, response.status_code)
        return response

    return handle


def _write_refusal(request: HttpRequest, status: int) -> None:
    pk = request.resolver_match.kwargs.get("pk", "") if request.resolver_match else ""
    with transaction.atomic():
        record_refusal(
            at=timezone.now(), action=REFUSALS[status], object_id=pk, viewer=_viewer_of_token(request)
        )


def _viewer_of_token(request: HttpRequest) -> Viewer | None:
    client = getattr(getattr(request, "auth", None), "application", None)
    return viewer_if_active(client, timezone.now()) if client else None


class Document(ApiView):
    """openapi.json: open to everybody and to every site (NL GOV API Design Rules, publish-openapi)."""

    authentication_classes = ()
    permission_classes = ()

    @documented(
        "openapiDocument",
        "Deze beschrijving",
        tag="Beschrijving",
        answers={200: {"type": "object", "additionalProperties": True}},
        scope=None,
        problems=(400,),
        public=True,
    )
    def get(self, request: Request) -> HttpResponse:
        no_query(request)
        return HttpResponse(
            openapi_json(), content_type="application/json", headers={"Access-Control-Allow-Origin": "*"}
        )

    def options(self, request: HttpRequest, *args: object, **kwargs: object) -> Response:
        """Also a browser that asks first may read it."""
        allowed = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "GET, HEAD"}
        return Response(status=204, headers={"Allow": "GET, HEAD, OPTIONS", **allowed})


@cache
def openapi_json() -> bytes:
    """The document; it follows from the code, so it is made once per process."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    rendered: bytes = OpenApiJsonRenderer().render(schema, renderer_context={})
    return rendered


def complete_document(result: Schema, generator: SchemaGenerator, request: object, public: bool) -> Schema:
    """Add what no operation says by itself: the named shapes, the version header, ``id`` for the key in an address."""
    for operation in [op for path in result["paths"].values() for op in path.values()]:
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "path" and parameter["name"] == "pk":
                parameter["name"] = "id"
        for response in operation["responses"].values():
            response.setdefault("headers", {})["API-Version"] = {"schema": {"type": "string"}}
    result["paths"] = {path.replace("{pk}", "{id}"): item for path, item in result["paths"].items()}
    schemas = result["components"].setdefault("schemas", {})
    result["components"]["schemas"] = dict(sorted((schemas | SHAPES.components).items()))
    return result
