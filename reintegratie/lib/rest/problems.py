"""How a refusal of the API looks: problem+json (RFC 9457), in Dutch, with all errors together (domain B15)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

PROBLEM_TYPE = "application/problem+json"
MOST_ERRORS = 100

TEXTS = {
    400: ("Ongeldige aanvraag", "De aanvraag klopt niet. Bij errors staat wat er per onderdeel mis is."),
    401: ("Niet aangemeld", "Stuur een geldig toegangstoken mee in de header Authorization."),
    403: ("Niet toegestaan", "Deze client mag dit niet."),
    404: ("Niet gevonden", "Dit adres bestaat niet voor deze client."),
    405: (
        "Methode niet toegestaan",
        "Dit adres kent deze methode niet. In de header Allow staat wat wel kan.",
    ),
    406: ("Niet leverbaar", "Dit adres levert het gevraagde formaat niet."),
    409: ("Conflict", "De aanvraag botst met wat al is vastgelegd."),
    412: ("Verouderde versie", "De gegevens zijn intussen gewijzigd. Bij huidig staat de huidige versie."),
    413: ("Bericht te groot", "Het bericht is groter dan 1 MB."),
    415: ("Formaat niet ondersteund", "Stuur de gegevens als application/json."),
    428: (
        "If-Match ontbreekt",
        "Noem in de header If-Match de versie die u wijzigt (de ETag van het antwoord).",
    ),
    429: ("Te veel aanvragen", "Probeer het later opnieuw. In de header Retry-After staat wanneer."),
    500: ("Interne fout", "Er ging iets mis bij ons. De aanvraag is niet verwerkt."),
}
"""Title and detail per status. Fixed, so that a refusal says nothing about what was asked for (quality 2.4)."""


@dataclass(frozen=True)
class InputError:
    """One thing that is wrong with a request: where, which member, what and what to do."""

    where: str
    name: str
    code: str
    detail: str
    pointer: str = ""

    def as_json(self) -> dict[str, Any]:
        """As the NL GOV API Design Rules write it: ``in``, ``location``, ``code``, ``detail``."""
        location = {"pointer": self.pointer} if self.where == "body" else {"name": self.name}
        return {"in": self.where, "location": location, "code": self.code, "detail": self.detail}


class Problem(exceptions.APIException):
    """A refusal with a status of its own, and sometimes members that help to go on."""

    def __init__(
        self, status: int, detail: str = "", *, headers: Mapping[str, str] | None = None, **members: Any
    ) -> None:  # members are JSON
        self.status_code = status
        self.members = members
        self.headers = dict(headers or {})
        super().__init__(detail or TEXTS[status][1])


@dataclass
class Invalid(Exception):
    """The request itself is wrong; ``errors`` holds everything that is wrong with it, not only the first."""

    errors: list[InputError] = field(default_factory=list)


def body_of(status: int, detail: str = "", **members: Any) -> dict[str, Any]:  # members are JSON
    """The members of a problem; title and detail are fixed per status unless a detail is given."""
    title, usual = TEXTS.get(status, TEXTS[500])
    return {"status": status, "title": title, "detail": detail or usual, **members}


def plain_problem(status: int) -> JsonResponse:
    """A problem outside the API's own views: unknown address, fault, bad request line."""
    return JsonResponse(body_of(status), status=status, content_type=PROBLEM_TYPE)


def problem_for(exc: Exception) -> Response | None:
    """The answer for an exception, or None when it is a fault of ours and has to go up."""
    if isinstance(exc, Invalid):
        return _answer(400, errors=[error.as_json() for error in exc.errors[:MOST_ERRORS]])
    if isinstance(exc, Problem):
        return _answer(exc.status_code, str(exc.detail), headers=exc.headers, **exc.members)
    if isinstance(exc, Http404):
        return _answer(404)
    if isinstance(exc, PermissionDenied):
        return _answer(403, str(exc))
    if isinstance(exc, exceptions.APIException):
        return _framework_answer(exc)
    return None


def _framework_answer(exc: exceptions.APIException) -> Response:
    """What the framework itself refuses: no token, wrong method, format, or JSON that cannot be read."""
    headers = {}
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(wait))
    if challenge := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if isinstance(exc, exceptions.ParseError):
        unreadable = InputError("body", "", "parse_error", "De inhoud is geen leesbare JSON.")
        return _answer(400, errors=[unreadable.as_json()])
    return _answer(exc.status_code, headers=headers)


def _answer(
    status: int, detail: str = "", *, headers: Mapping[str, str] | None = None, **members: Any
) -> Response:
    return Response(
        body_of(status, detail, **members),
        status=status,
        headers=dict(headers or {}),
        content_type=PROBLEM_TYPE,
    )


def errors_in(where: str, detail: object, path: tuple[str, ...] = ()) -> Iterable[InputError]:
    """Flatten the framework's tree of errors to one list, each with a pointer to its member (RFC 6901)."""
    if isinstance(detail, dict):
        for key, below in detail.items():
            step = () if key == "non_field_errors" else (printable(key),)
            yield from errors_in(where, below, path + step)
    elif isinstance(detail, list):
        for index, below in enumerate(detail):
            nested = isinstance(below, dict | list)
            yield from errors_in(where, below, (*path, str(index)) if nested else path)
    else:
        pointer = "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in path)
        name = path[-1] if path else ""
        yield InputError(where, name, getattr(detail, "code", None) or "invalid", str(detail), pointer)


def printable(key: object) -> str:
    """A member's name as the caller wrote it, cut off and safe to send back."""
    return str(key)[:100].encode("utf-8", "replace").decode()
