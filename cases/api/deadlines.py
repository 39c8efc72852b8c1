"""`/trajecten/{id}/termijnen`: the terms this party works with, and why each date is what it is."""

from datetime import date
from typing import Annotated, TypedDict
from uuid import UUID

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from cases import rules
from cases.access import capacity_in, case_for
from cases.frame import Part
from cases.models import DeadlineStatus
from cases.process import step_of, steps_for
from cases.querysets import OVERDUE
from cases.suspension import tells_why
from cases.views.term_lines import AnyTerm, in_turn, stands_still, term_name
from consent.knowledge import frame_in
from parties.rules import require
from parties.viewer import viewer_of_client
from plans.models import ContentTerm
from plans.querysets import content_terms
from reintegratie.lib.rest.document import documented
from reintegratie.lib.rest.reading import no_query
from reintegratie.lib.rest.views import ApiView


class Termijn(TypedDict):
    """Een termijn met de regel waaruit hij volgt."""

    code: str
    naam: str
    start: Annotated[date, "De dag waarvan geteld wordt; die dag zelf telt niet mee."]
    vervaldatum: date
    status: Annotated[str, (*DeadlineStatus.values, OVERDUE)]
    regel: str
    bron: str
    overgeslagenDagen: Annotated[list[date], "Werkdagen die niet meetellen, zoals feestdagen."]
    uitleg: str
    ronde: int
    opgeschortVanaf: Annotated[
        date | None, "Sinds wanneer de termijn stilstaat; voor wie de reden niet mag weten altijd leeg."
    ]
    opgeschortTot: Annotated[date | None, "De dag waarop hij weer loopt; leeg als die niet bekend is."]
    redenOpschorting: Annotated[str, "Waarom hij stilstaat; leeg voor wie dat niet mag weten."]
    leefgebied: Annotated[str | None, "Van een termijn die uit de inhoud volgt; alleen als u die mag zien."]


class Termijnen(TypedDict):
    """De termijnen van een traject, de eerste vervaldatum eerst."""

    resultaten: list[Termijn]


class Deadlines(ApiView):
    scopes = {"GET": "trajecten"}

    @documented(
        "termijnen",
        "De termijnen van een traject",
        tag="Trajecten",
        answers={200: Termijnen},
        scope="trajecten",
        problems=(404,),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        case = case_for(viewer, pk, action="termijnen-inzien")
        capacity = capacity_in(viewer, case)
        require(rules.may_open_page(viewer, capacity, "termijnen"))
        no_query(request)
        knows = frame_in(case, viewer).knows  # a term tells the dates it counts from
        if Part.DETENTION not in knows:
            return Response(Termijnen(resultaten=[]))
        framed = case.deadlines.for_steps(steps_for(capacity)).with_state(viewer.on)
        rows = in_turn([*framed, *content_terms(case, viewer)])
        found: Termijnen = {
            "resultaten": [
                deadline_of(row, viewer.on, why=tells_why(knows, capacity, row.capacity)) for row in rows
            ]
        }
        return Response(found)


def deadline_of(row: AnyTerm, on: date, *, why: bool) -> Termijn:
    """A term with the rule under which it was made, also after the rule changed (C6.56). ``why``: also why it stands
    still."""
    rule = step_of(row.step, row.step_valid_from)
    return {
        "code": row.step,
        "naam": term_name(row, rule) if len(rule.terms) == 1 else rule.label,
        "start": row.starts_on,
        "vervaldatum": row.due_on,
        "status": _status(row, on),
        "regel": rule.rule_text,
        "bron": rule.source,
        "overgeslagenDagen": row.skipped_days,
        "uitleg": row.explanation,
        "ronde": row.round,
        **_still(row, why=why),
        "leefgebied": (row.domain or None) if isinstance(row, ContentTerm) else None,
    }


def _status(row: AnyTerm, on: date) -> str:
    """As people know it; a term of content is never suspended."""
    if isinstance(row, ContentTerm):
        late = row.status == DeadlineStatus.OPEN and row.due_on < on
        return OVERDUE if late and not step_of(row.step, row.step_valid_from).earliest else row.status
    return str(row.state)  # type: ignore[attr-defined]  # annotated by with_state


class _Still(TypedDict):
    opgeschortVanaf: date | None
    opgeschortTot: date | None
    redenOpschorting: str


def _still(row: AnyTerm, *, why: bool) -> _Still:
    """Since when, until when and why it stands still, for who may know that."""
    if isinstance(row, ContentTerm) or not why or not stands_still(row):
        return {"opgeschortVanaf": None, "opgeschortTot": None, "redenOpschorting": ""}
    return {
        "opgeschortVanaf": row.suspended_on,
        "opgeschortTot": row.suspended_until,
        "redenOpschorting": row.suspension_reason,
    }
