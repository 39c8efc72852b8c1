"""`/trajecten/{id}/plan`: the D&R-plan as this party may see it, and its answer to it (R147, users.md 3.8)."""

from datetime import date, datetime
from typing import Annotated, Any, NotRequired, TypedDict
from uuid import UUID

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access import CONTRIBUTE, MANAGE, case_for, has_permission
from cases.models import Case
from consent.visibility import RowKind, sight_of
from parties.idempotency import Outcome, once
from parties.rules import require
from parties.viewer import Viewer, viewer_of_client
from plans import rules
from plans.actions import react_to_plan
from plans.api.actions import Actie, action_of
from plans.models import Goal, GoalKind, GoalState, Plan, PlanReaction, PlanState, ReactionAnswer
from plans.querysets import goals_and_actions
from plans.reading import record_reading
from plans.versions import visible_versions
from reintegratie.lib.rest.calls import content_of, key_of
from reintegratie.lib.rest.document import documented
from reintegratie.lib.rest.reading import Strict, no_query, read_body
from reintegratie.lib.rest.references import PartijVerwijzing, reference_to
from reintegratie.lib.rest.views import ApiView

LONGEST_NOTE = 2000


class Doel(TypedDict):
    """Een doel in het plan."""

    id: UUID
    leefgebied: str | None
    soort: Annotated[str, GoalKind]
    omschrijving: str
    status: Annotated[str, GoalState]


class PlanKop(TypedDict):
    """Het plan als geheel; alleen voor wie het hele plan mag zien."""

    status: Annotated[str, PlanState]
    regie: PartijVerwijzing | None
    besprokenOp: date | None
    reactieBetrokkene: str


class PlanBinnen(TypedDict):
    """De delen die binnen de inrichting blijven."""

    zorgEnBegeleiding: str
    veiligheidEnBeveiliging: str
    reIntegratieEnResocialisatie: str


class DRPlan(TypedDict):
    """Het D&R-plan, zover deze partij het nu mag zien. Eigen acties staan er altijd in."""

    versie: Annotated[
        int, "De nieuwste vastgestelde versie waarvan deze partij iets mag zien; 0 als die er niet is."
    ]
    vastgesteldOp: date | None
    doelen: list[Doel]
    acties: list[Actie]
    kop: NotRequired[PlanKop]
    binnenDeInrichting: NotRequired[PlanBinnen]


class Reactie(TypedDict):
    """Het antwoord van een partij op het plan."""

    id: UUID
    reactie: Annotated[str, ReactionAnswer]
    toelichting: str
    versie: Annotated[int, "De versie van het plan waarop de reactie slaat."]
    organisatie: PartijVerwijzing
    gegevenOp: datetime


class Reacties(TypedDict):
    """De reacties die deze partij mag zien, oudste eerst."""

    resultaten: list[Reactie]


class NieuweReactie(Strict):
    fixed = frozenset({"id", "versie", "organisatie", "gegevenOp"})

    reactie = serializers.ChoiceField(ReactionAnswer.choices)
    toelichting = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_NOTE)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:  # the framework's own signature
        if attrs["reactie"] == ReactionAnswer.OBJECT and not attrs.get("toelichting"):
            raise serializers.ValidationError({"toelichting": "Leg uit waartegen u bezwaar maakt."})
        return attrs


class PlanDetail(ApiView):
    scopes = {"GET": "trajecten"}

    @documented(
        "plan",
        "Het D&R-plan, zover de eigen organisatie het mag zien",
        tag="Plan",
        answers={200: DRPlan},
        scope="trajecten",
        problems=(404,),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        case = case_for(viewer, pk, action="plan-inzien")
        require(viewer.sees_content)
        no_query(request)
        found = plan_of(case, viewer)
        shown = [row["leefgebied"] or "" for row in (*found["doelen"], *found["acties"])]
        record_reading(viewer, case, "plan-inhoud", domains=shown, sight=sight_of(viewer, case, RowKind.GOAL))
        return Response(found)


class Reactions(ApiView):
    scopes = {"GET": "trajecten", "POST": "inbreng"}

    @documented(
        "planReacties",
        "De reacties op het plan",
        tag="Plan",
        answers={200: Reacties},
        scope="trajecten",
        problems=(404,),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        case = case_for(viewer, pk, action="planreacties-inzien")
        require(viewer.sees_content)
        no_query(request)
        rows = PlanReaction.objects.visible_to(viewer).filter(case=case).select_related("owner")
        found: Reacties = {"resultaten": [reaction_of(row) for row in rows.order_by("created_at", "id")]}
        return Response(found)

    @documented(
        "planReageren",
        "Op het plan reageren: akkoord of bezwaar",
        tag="Plan",
        answers={201: Reactie},
        scope="inbreng",
        body=NieuweReactie,
        problems=(404,),
    )
    def post(self, request: Request, pk: UUID) -> Response:
        viewer = viewer_of_client(self.client, at=timezone.now())
        case = case_for(viewer, pk)
        require(
            rules.may_react(viewer, contributes=has_permission(viewer, case, CONTRIBUTE), phase=case.phase)
        )
        given = read_body(request, NieuweReactie)

        def react() -> Outcome:
            note = given.get("toelichting", "")
            row = react_to_plan(case=case, answer=given["reactie"], note=note, by=viewer, at=viewer.at)
            return Outcome(201, str(row.pk))

        outcome = once(react, client=self.client, key=key_of(request), call=content_of(request), at=viewer.at)
        row = PlanReaction.objects.visible_to(viewer).select_related("owner").get(pk=outcome.object_id)
        return Response(reaction_of(row), status=outcome.status)


def plan_of(case: Case, viewer: Viewer) -> DRPlan:
    """Goals and actions row by row; the head and the inner part only for who may see them."""
    goals, actions = goals_and_actions(case, viewer)
    known = {goal.pk for goal in goals}
    newest = next(iter(visible_versions(case, viewer)), None)
    found: DRPlan = {
        "versie": newest.number if newest else 0,
        "vastgesteldOp": newest.adopted_on if newest else None,
        "doelen": [goal_of(goal) for goal in goals],
        "acties": [action_of(action, known) for action in with_case(actions, case)],
    }
    plan: Plan | None = Plan.objects.visible_to(viewer).filter(case=case).select_related("lead").first()
    if plan is not None:
        found["kop"] = head_of(plan)
        if rules.may_read_inner_part(viewer, manages=has_permission(viewer, case, MANAGE)):
            found["binnenDeInrichting"] = inner_of(plan)
    return found


def with_case(actions: list[Any], case: Case) -> list[Any]:  # the rows of a content queryset
    """Every action of one case with that case, which was loaded already."""
    for action in actions:
        action.case = case
    return actions


def head_of(plan: Plan) -> PlanKop:
    return {
        "status": plan.state,
        "regie": reference_to(plan.lead) if plan.lead else None,
        "besprokenOp": plan.discussed_on,
        "reactieBetrokkene": plan.detainee_view,
    }


def inner_of(plan: Plan) -> PlanBinnen:
    return {
        "zorgEnBegeleiding": plan.care_part,
        "veiligheidEnBeveiliging": plan.security_part,
        "reIntegratieEnResocialisatie": plan.reintegration_part,
    }


def goal_of(goal: Goal) -> Doel:
    return {
        "id": goal.pk,
        "leefgebied": goal.domain or None,
        "soort": goal.kind,
        "omschrijving": goal.text,
        "status": goal.state,
    }


def reaction_of(row: PlanReaction) -> Reactie:
    return {
        "id": row.pk,
        "reactie": row.answer,
        "toelichting": row.note,
        "versie": row.plan_version_number,
        "organisatie": reference_to(row.owner),
        "gegevenOp": row.created_at,
    }
