"""What openapi.json says about one operation, kept beside the code that answers it."""

from collections.abc import Callable, Mapping
from typing import Any, NotRequired, TypedDict, TypeVar

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from reintegratie.lib.rest.problems import PROBLEM_TYPE, TEXTS
from reintegratie.lib.rest.reading import Strict
from reintegratie.lib.rest.shapes import SHAPES, Schema

Door = TypeVar("Door", bound=Callable[..., Any])

ALWAYS = (400, 401, 403, 406, 500)
WITH_BODY = (409, 413, 415)


class FoutPlaats(TypedDict, total=False):
    """Waar de fout zit: een JSON Pointer in het bericht, of de naam van een sleutel of header."""

    pointer: str
    name: str


# The member is called `in` by the NL GOV API Design Rules; it is a keyword of Python, hence the other notation.
Fout = TypedDict("Fout", {"in": str, "location": FoutPlaats, "code": str, "detail": str})


class Probleem(TypedDict):
    """Wat er mis is (RFC 9457)."""

    status: int
    title: str
    detail: str


class OngeldigeAanvraag(Probleem):
    """De aanvraag klopt niet; errors bevat alle fouten tegelijk."""

    errors: list[Fout]


class VerouderdeVersie(Probleem):
    """De versie in If-Match is niet meer de huidige; huidig bevat de gegevens zoals ze nu zijn."""

    huidig: NotRequired[dict[str, object]]


PROBLEM_SHAPES: Mapping[int, Any] = {400: OngeldigeAanvraag, 412: VerouderdeVersie}

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Eigen sleutel van deze aanroep. Een herhaling met dezelfde sleutel geeft de uitkomst van de eerste.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="De ETag van de versie die u wijzigt.",
)


def documented(
    name: str,
    summary: str,
    *,
    tag: str,
    answers: Mapping[Any, Any],
    scope: str | None,
    query: type[Strict] | None = None,
    body: type[Strict] | Schema | None = None,
    problems: tuple[int, ...] = (),
    parameters: tuple[OpenApiParameter, ...] = (),
    own_key: bool = False,
    public: bool = False,
) -> Callable[[Door], Door]:
    """Publish an operation. What can always go wrong is added, so that no door forgets it.

    ``own_key``: the body itself says which call it is, so it needs no Idempotency-Key.
    """
    refused = {*(ALWAYS if not public else (406, 500)), *problems, *(WITH_BODY if body else ())}
    responses: dict[Any, Any] = {status: _answer(status, shape) for status, shape in answers.items()}
    security = {"clientCredentials": [scope] if scope else []}
    return extend_schema(
        operation_id=name,
        summary=summary,
        tags=[tag],
        parameters=[
            *([query] if query else []),
            *parameters,
            *([IDEMPOTENCY_KEY] if body and not own_key else []),
        ],
        request={"application/json": body} if body else None,
        responses=responses | {(status, PROBLEM_TYPE): problem_answer(status) for status in sorted(refused)},
        auth=[] if public else [security],  # type: ignore[list-item]  # a mapping is what the document wants
    )


def problem_answer(status: int) -> OpenApiResponse:
    """How this refusal looks."""
    return OpenApiResponse(SHAPES.ref(PROBLEM_SHAPES.get(status, Probleem)), description=TEXTS[status][0])


def _answer(status: Any, shape: Any) -> OpenApiResponse:
    """An answer with its shape; a file comes as (status, media type) with a schema of its own."""
    words = {200: "Gelukt", 201: "Vastgelegd"}[status[0] if isinstance(status, tuple) else status]
    schema = shape if isinstance(shape, dict) else SHAPES.ref(shape)
    return OpenApiResponse(schema, description=words)
