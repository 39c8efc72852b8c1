"""`/acties`: what this party has to do, over all its cases, and what came of it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Annotated, Any, TypedDict
from uuid import UUID

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access import MANAGE, CaseNotFound, has_permission
from parties import ledger
from parties.idempotency import Outcome, once
from parties.rules import require
from parties.viewer import Viewer, viewer_of_client
from plans import rules
from plans.actions import close_action
from plans.models import Action, ActionState, Goal
from reintegratie.lib.rest.calls import content_of, key_of
from reintegratie.lib.rest.document import IF_MATCH, documented
from reintegratie.lib.rest.pages import page_of
from reintegratie.lib.rest.problems import Problem
from reintegratie.lib.rest.reading import Strict, no_query, read_body, read_query
from reintegratie.lib.rest.references import PartijVerwijzing, reference_to
from reintegratie.lib.rest.versions import etag_of, expected_version
from reintegratie.lib.rest.views import ApiView
from reintegratie.lib.versions import StaleVersion

LONGEST_RESULT = 4000


class Actie(TypedDict):
    """Een actie uit het D&R-plan."""

    id: UUID
    traject: Annotated[UUID, "Het id van het traject."]
    zaaknummer: str
    leefgebied: Annotated[str | None, "Leeg als de actie niet bij een leefgebied hoort."]
    omschrijving: str
    partij: Annotated[PartijVerwijzing, "Wie het doet."]
    vervaldatum: date | None
    status: Annotated[str, ActionState]
    resultaat: str
    afgedaanOp: datetime | None
    afgedaanDoor: str
    doel: Annotated[UUID | None, "Het id van het doel in het plan."]
    versie: Annotated[int, "De versie van de ETag."]
    gewijzigdOp: datetime


class Acties(TypedDict):
    """Een bladzijde met eigen acties, oudste eerst."""

    resultaten: list[Actie]
    volgende: str | None


class ActionQuery(Strict):
    status = serializers.ChoiceField(ActionState.values, required=False)
    vervaltVoor = serializers.DateField(  # noqa: N815  # the name of the contract
        required=False, help_text="Alleen met een vervaldatum voor deze dag."
    )
    cursor = serializers.CharField(required=False, help_text="Uit volgende van de vorige bladzijde.")


class ActieWijziging(Strict):
    fixed = frozenset(Actie.__annotations__) - {"status", "resultaat"}

    status = serializers.ChoiceField(ActionState.values, required=False)
    resultaat = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_RESULT)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:  # the framework's own signature
        if not attrs:
            raise serializers.ValidationError("Geef een status of een resultaat.")
        return attrs


class ActionList(ApiView):
    scopes = {"GET": "acties"}

    @documented(
        "acties",
        "De acties van de eigen organisatie",
        tag="Acties",
        answers={200: Acties},
        scope="acties",
        query=ActionQuery,
    )
    def get(self, request: Request) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        require(viewer.sees_content)
        asked = read_query(request, ActionQuery)
        rows = Action.objects.visible_to(viewer).filter(assignee=viewer.organisation)
        if "status" in asked:
            rows = rows.filter(state=asked["status"])
        if "vervaltVoor" in asked:
            rows = rows.filter(due_on__lt=asked["vervaltVoor"])
        rows = rows.select_related("case", "assignee")
        page = page_of(rows, request, by=("created_at", "id"), scope=str(viewer.organisation.pk))
        ledger.record(viewer, "acties-lijst", subjects=[subject_of(row) for row in page.rows])
        goals = known_goals(viewer, page.rows)
        found: Acties = {
            "resultaten": [action_of(row, goals) for row in page.rows],
            "volgende": page.following,
        }
        return Response(found)


class ActionDetail(ApiView):
    scopes = {"GET": "acties", "PATCH": "acties"}

    @documented(
        "actie",
        "Een actie die de eigen organisatie mag zien",
        tag="Acties",
        answers={200: Actie},
        scope="acties",
        problems=(404,),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        action = action_for(viewer, pk)
        no_query(request)
        return answer_with(action, viewer)

    @documented(
        "actieAfdoen",
        "Een eigen actie afdoen, laten vervallen of heropenen",
        tag="Acties",
        answers={200: Actie},
        scope="acties",
        body=ActieWijziging,
        problems=(404, 412, 428),
        parameters=(IF_MATCH,),
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        action = action_for(viewer, pk, doing="actie-wijzigen")
        manages = has_permission(viewer, action.case, MANAGE)
        require(rules.may_close_action(viewer, action, manages=manages))
        expected = expected_version(request, action.version)
        given = read_body(request, ActieWijziging)
        outcome = once(
            lambda: closed(action, given, expected, viewer),
            client=self.client,
            key=key_of(request),
            call=content_of(request),
            at=viewer.at,
        )
        return answer_with(version_of(viewer, outcome), viewer)


def action_for(viewer: Viewer, pk: UUID, *, doing: str = "actie-inzien") -> Action:
    """One action this viewer may see, with its line in the ledgers. Raises CaseNotFound."""
    rows = Action.objects.visible_to(viewer).select_related("case", "assignee")
    action: Action | None = rows.filter(pk=pk).first()
    if action is None:
        raise CaseNotFound
    ledger.record(viewer, doing, subjects=[subject_of(action)], object_kind="actie", object_id=pk)
    return action


def closed(action: Action, given: dict[str, Any], expected: int, viewer: Viewer) -> Outcome:
    """Write the new state. A version that somebody else changed meanwhile is refused with the current one (412)."""
    try:
        row = close_action(
            action=action,
            state=given.get("status", action.state),
            result=given.get("resultaat", action.result),
            expected_version=expected,
            by=viewer,
            at=viewer.at,
        )
    except StaleVersion as exc:
        raise stale(exc, viewer) from exc
    except Action.DoesNotExist as exc:  # hidden since it was loaded
        raise CaseNotFound from exc
    return Outcome(200, str(row.pk), row.version)


def stale(exc: StaleVersion, viewer: Viewer) -> Problem:
    """412 with the action as it is now, so that the client can show both."""
    assert isinstance(exc.current, Action)
    current = action_of(exc.current, known_goals(viewer, [exc.current]))
    return Problem(412, headers={"ETag": etag_of(current["versie"])}, huidig=current)


def version_of(viewer: Viewer, outcome: Outcome) -> Action:
    """The action as this call left it, also when the call is repeated after later changes."""
    lines = Action.history.visible_to(viewer).filter(id=outcome.object_id, version=outcome.version)
    line = lines.select_related("case", "assignee").first()
    if line is None:
        raise CaseNotFound
    found: Action = line.instance
    return found


def answer_with(action: Action, viewer: Viewer) -> Response:
    goals = known_goals(viewer, [action])
    return Response(action_of(action, goals), headers={"ETag": etag_of(action.version)})


def known_goals(viewer: Viewer, actions: Iterable[Action]) -> set[UUID]:
    """The goals of these actions that the viewer may see: an own action may belong to a goal that is closed to him."""
    asked = {action.goal_id for action in actions if action.goal_id}
    return (
        set(Goal.objects.visible_to(viewer).filter(pk__in=asked).values_list("pk", flat=True))
        if asked
        else set()
    )


def subject_of(action: Action) -> ledger.Subject:
    domains = (action.domain,) if action.domain else ()
    return ledger.Subject(action.case.detainee_id, action.case_id, domains=domains)


def action_of(row: Action, goals: Collection[UUID]) -> Actie:
    """``goals``: the goals this reader may see (:func:`known_goals`); of another one not even the id is told."""
    return {
        "id": row.pk,
        "traject": row.case_id,
        "zaaknummer": row.case.number,
        "leefgebied": row.domain or None,
        "omschrijving": row.text,
        "partij": reference_to(row.assignee),
        "vervaldatum": row.due_on,
        "status": row.state,
        "resultaat": row.result,
        "afgedaanOp": row.closed_at,
        "afgedaanDoor": row.closed_by,
        "doel": row.goal_id if row.goal_id in goals else None,
        "versie": row.version,
        "gewijzigdOp": row.changed_at,
    }
