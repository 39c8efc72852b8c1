"""`/detentiemeldingen`: the road on which detention messages come in, with the same code as `load_messages` (contract 5)."""

from datetime import date, datetime
from typing import Annotated, NotRequired, TypedDict
from uuid import UUID

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from cases.actions.messages import Outcome, Result, receive_message
from cases.messages import Kind
from cases.models import CustodyTitle, InflowType
from parties.models import RoleKind
from parties.rules import require
from parties.viewer import viewer_of_client
from reintegratie.lib.rest.document import documented
from reintegratie.lib.rest.problems import InputError, Invalid, Problem, problem_for
from reintegratie.lib.rest.reading import no_query
from reintegratie.lib.rest.shapes import SHAPES
from reintegratie.lib.rest.views import ApiView

KNOWN = "al-bekend"
OUTCOMES = {Result.ACCEPTED: "verwerkt", Result.PARKED: "geparkeerd", Result.KNOWN: KNOWN}


class MeldingPersoon(TypedDict):
    """Over wie het gaat; herkend op strafrechtsketennummer, dan op BSN, nooit op naam en geboortedatum."""

    achternaam: str
    strafrechtsketennummer: NotRequired[str | None]
    bsn: NotRequired[str | None]
    voornamen: NotRequired[str | None]
    tussenvoegsel: NotRequired[str | None]
    geboortedatum: NotRequired[Annotated[str | None, "JJJJ-MM-DD; JJJJ-00-00 als alleen het jaar bekend is."]]
    geslacht: NotRequired[str | None]


class MeldingInsluiting(TypedDict):
    """De insluiting; er is er een per nummer."""

    nummer: str
    instroomtype: Annotated[str, InflowType]
    titel: Annotated[str, CustodyTitle]
    inrichting: Annotated[str, "Code van de inrichting."]
    begin: NotRequired[datetime | None]
    verwachtEinde: NotRequired[date | None]
    einde: NotRequired[datetime | None]
    gemeenteHerkomst: NotRequired[Annotated[str | None, "CBS-code."]]
    verwachteBegin: NotRequired[date | None]


class Detentiemelding(TypedDict):
    """Een melding. De volgorde van aankomst doet er niet toe."""

    berichtId: UUID
    soort: Annotated[str, tuple(kind.value for kind in Kind)]
    verzondenOp: datetime
    persoon: MeldingPersoon
    insluiting: MeldingInsluiting
    ingangOp: NotRequired[Annotated[datetime | None, "Alleen bij een overplaatsing."]]


class Ontvangst(TypedDict):
    """Wat er met de melding is gedaan. Geparkeerd: een medewerker zoekt het uit."""

    berichtId: UUID
    uitkomst: Annotated[str, tuple(OUTCOMES.values())]
    code: str
    reden: str


class Messages(ApiView):
    scopes = {"POST": "detentiemeldingen"}

    @documented(
        "detentiemeldingAanleveren",
        "Een detentiemelding aanleveren; 200 als dezelfde melding al bekend was",
        tag="Detentiemeldingen",
        answers={200: Ontvangst, 201: Ontvangst},
        scope="detentiemeldingen",
        body=SHAPES.ref(Detentiemelding),
        own_key=True,
    )
    def post(self, request: Request) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        require(viewer.has_role(RoleKind.MESSAGE_CLIENT))
        no_query(request)
        outcome = receive_message(body=request.data, by=viewer, at=viewer.at, client=self.client)
        return refused(outcome) or accepted(outcome)


def refused(outcome: Outcome) -> Response | None:
    """The refusal as an answer and not as an exception: what was refused stays on record (nothing drops silently)."""
    if outcome.result != Result.REFUSED:
        return None
    if outcome.conflict:
        return problem_for(Problem(409, outcome.reason))
    return problem_for(Invalid([_error(fault.field, fault.text) for fault in outcome.faults]))


def _error(field: str, text: str) -> InputError:
    pointer = "".join(f"/{step}" for step in field.split(".") if step)
    return InputError("body", field, "invalid", text, pointer)


def accepted(outcome: Outcome) -> Response:
    assert outcome.message is not None
    found: Ontvangst = {
        "berichtId": outcome.message.message_id,
        "uitkomst": OUTCOMES[outcome.result],
        "code": outcome.code,
        "reden": outcome.reason,
    }
    return Response(found, status=200 if outcome.result == Result.KNOWN else 201)
