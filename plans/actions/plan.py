"""The D&R-plan: concept, discussed with the detainee, adopted in an MDO, and then a living document (R147, R171-R172)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from cases.actions import advance_phase, lock_case, meet_deadline, notify, run_clocks
from cases.ending import require_inside, require_running
from cases.models import Capacity, Case, CaseParty, CustodyTitle, Phase
from cases.process import ADOPTION_STEPS
from parties.models import Organisation
from parties.viewer import Viewer
from plans import rules
from plans.actions.record import check_version, lock_inside, lock_running, write_row
from plans.models import (
    DetaineeView,
    Plan,
    PlanReaction,
    PlanState,
    PlanVersion,
    PlanVersionPart,
    ReactionAnswer,
)
from plans.snapshots import inner_part_of, part_contents
from plans.versions import newest_number
from reintegratie.lib.dutch import day_text

CO_DECIDERS = (Capacity.ORIGIN, Capacity.RESETTLEMENT, Capacity.PROBATION)


class PlanNotReady(Exception):
    """The plan cannot be adopted yet; ``missing`` says in Dutch what it lacks."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("; ".join(missing))
        self.missing = missing


class LeadTakesNoPart(Exception):
    """The party with the regie must take part in the case."""


@transaction.atomic
def start_plan(*, case: Case, by: Viewer, at: datetime) -> Plan:
    """Begin the plan as a concept; there is one plan per case. Raises PhaseNotAllowed before the screening
    is done, CaseIsOver after release."""
    lock_inside(case)
    known: Plan | None = Plan.objects.visible_to(by).filter(case=case).first()
    if known is not None:
        return known
    advance_phase(case=case, to=Phase.PLAN_CONCEPT, by=by, at=at, why="D&R-plan begonnen")
    plan = Plan(case=case, owner=by.organisation, lead=by.organisation)
    write_row(plan, by=by, at=at, why="D&R-plan begonnen", action="plan-beginnen")
    return plan


@transaction.atomic
def save_plan(
    *,
    plan: Plan,
    lead: Organisation | None,
    care_part: str,
    security_part: str,
    reintegration_part: str,
    by: Viewer,
    at: datetime,
    expected_version: int | None = None,
) -> Plan:
    """Write the regie and the three internal parts (R171). Raises StaleVersion, LeadTakesNoPart, CaseIsOver."""
    row = _fresh(plan, by, expected_version)
    require_running(row.case.phase)
    if lead is not None and not _takes_part(row.case, lead, at):
        raise LeadTakesNoPart
    row.owner, row.lead = by.organisation, lead
    row.care_part, row.security_part, row.reintegration_part = care_part, security_part, reintegration_part
    write_row(row, by=by, at=at, why="D&R-plan bijgewerkt", action="plan-bijwerken")
    return row


@transaction.atomic
def discuss_plan(
    *,
    plan: Plan,
    on: date,
    view: DetaineeView,
    note: str,
    by: Viewer,
    at: datetime,
    expected_version: int | None = None,
) -> Plan:
    """Record that the plan was discussed with the detainee, and his own answer; 'could not react' is one (R172)."""
    row = _fresh(plan, by, expected_version)
    require_inside(row.case.phase)
    if row.state == PlanState.CONCEPT:
        row.state = PlanState.DISCUSSED
    row.discussed_on, row.detainee_view, row.detainee_note = on, DetaineeView(view), note
    why = f"Plan besproken met de gedetineerde: {DetaineeView(view).label}"
    write_row(row, by=by, at=at, why=why, action="plan-bespreken")
    return row


@transaction.atomic
def adopt_plan(*, plan: Plan, meeting_id: UUID, on: date, by: Viewer, at: datetime) -> PlanVersion:
    """Adopt the plan in the MDO that was held on this day, and freeze a version of it (R147, C2).

    Only the meeting that was held calls this. Adopting twice in one meeting gives one version. Raises PlanNotReady.
    """
    row = _fresh(plan, by, None)
    known = PlanVersion.objects.visible_to(by).filter(plan=row, meeting_id=meeting_id).first()
    if known is not None:
        return known
    if missing := rules.missing_for_adoption(row):
        raise PlanNotReady(missing)
    row.state, row.adopted_on, row.adopted_number = PlanState.ADOPTED, on, row.adopted_number + 1
    why = f"D&R-plan versie {row.adopted_number} vastgesteld in het MDO van {day_text(on)}"
    write_row(row, by=by, at=at, why=why, action="plan-vaststellen")
    version = _freeze(row, meeting_id=meeting_id, on=on, by=by, at=at, why=why)
    for step in ADOPTION_STEPS:
        meet_deadline(case=row.case, step=step, on=on, by=by, at=at, why=why)
    advance_phase(case=row.case, to=Phase.PLAN_ADOPTED, by=by, at=at, why=why)
    if row.case.custody_title == CustodyTitle.ISD:
        run_clocks(case=row.case, by=by, at=at)  # the next evaluation counts from here (Pbw 18c)
    _tell_parties(row.case, CO_DECIDERS, "plan-vastgesteld", f"plan-vastgesteld:{version.pk}", at=at)
    return version


def _freeze(plan: Plan, *, meeting_id: UUID, on: date, by: Viewer, at: datetime, why: str) -> PlanVersion:
    """The version and its parts per domain; nothing writes them again (C2 invariant)."""
    version = PlanVersion(
        case=plan.case,
        owner=plan.owner,
        plan=plan,
        number=plan.adopted_number,
        adopted_on=on,
        meeting_id=meeting_id,
        inner_part=inner_part_of(plan),
    )
    write_row(version, by=by, at=at, why=why)
    for domain, content in part_contents(plan, by).items():
        part = PlanVersionPart(
            case=plan.case, owner=plan.owner, plan_version=version, domain=domain, content=content
        )
        write_row(part, by=by, at=at, why=why)
    return version


@transaction.atomic
def react_to_plan(*, case: Case, answer: ReactionAnswer, note: str, by: Viewer, at: datetime) -> PlanReaction:
    """Record the answer of a party to the plan as it may see it; a later answer stands beside the earlier (users.md 3.8)."""
    lock_running(case)
    row = PlanReaction(
        case=case,
        owner=by.organisation,
        answer=ReactionAnswer(answer),
        note=note,
        plan_version_number=newest_number(case, by),
        recorded_by=by.user,
    )
    write_row(
        row, by=by, at=at, why=f"Reactie op het plan: {ReactionAnswer(answer).label}", action="plan-reageren"
    )
    _tell_parties(case, (Capacity.PRISON,), "plan-reactie", f"plan-reactie:{row.pk}", at=at)
    return row


def _fresh(plan: Plan, by: Viewer, expected_version: int | None) -> Plan:
    case = lock_case(plan.case)
    row: Plan = Plan.objects.visible_to(by).select_related("owner", "lead").get(pk=plan.pk)
    row.case = case
    check_version(row, expected_version)
    return row


def _takes_part(case: Case, organisation: Organisation, at: datetime) -> bool:
    return CaseParty.objects.active(at).filter(case=case, party=organisation).exists()


def _tell_parties(
    case: Case, capacities: tuple[Capacity, ...], kind: str, event: str, *, at: datetime
) -> None:
    rows = CaseParty.objects.active(at).filter(case=case, capacity__in=capacities).select_related("party")
    for row in rows:
        resource = f"{case.get_absolute_url()}plan/"
        notify(case=case, organisation=row.party, kind=kind, event=event, resource=resource, at=at)
