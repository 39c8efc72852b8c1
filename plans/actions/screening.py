"""Record what the screening finds: six domains, instruments, and that it is done (R139-R146, C2 screening_done)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from cases.actions import advance_phase, drop_deadline, meet_deadline
from cases.models import Case, LifeDomain, Phase
from cases.steps import Step
from parties.viewer import Viewer
from plans import rules
from plans.actions.goals import add_action
from plans.actions.record import check_version, lock_inside, write_row
from plans.actions.terms import follow_terms
from plans.models import (
    Action,
    DomainRecord,
    DomainStatus,
    InstrumentKind,
    InstrumentOutcome,
    InstrumentResult,
    SupportAnswer,
)
from plans.questions import current_set
from plans.screening import screening_of
from plans.term_facts import EDUCATION_ACTION

IDENTITY_ACTION = "Aanvraag van een geldig identiteitsbewijs starten"


class ScreeningIncomplete(Exception):
    """The screening cannot be finished yet; ``missing`` says in Dutch what is still to be answered."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("; ".join(missing))
        self.missing = missing


@transaction.atomic
def record_domain(
    *,
    case: Case,
    domain: LifeDomain,
    support_answer: SupportAnswer,
    by: Viewer,
    at: datetime,
    status: DomainStatus = DomainStatus.UNKNOWN,
    support_request: str = "",
    facts: Mapping[str, object] | None = None,
    expected_version: int | None = None,
) -> DomainRecord:
    """Record what is known about one domain, with the questions of today (R15, R16).

    Raises StaleVersion, AnswersInvalid, CaseIsOver.

    A new PI goes on in the file that came with the detainee, and becomes its controller (PM 38).
    """
    lock_inside(case)
    questions = current_set(by.on)
    answers = questions.checked(domain, facts or {})
    row = _record_of(case, domain, by)
    check_version(row, expected_version)
    row.owner = by.organisation
    row.status, row.support_answer = DomainStatus(status), SupportAnswer(support_answer)
    row.support_request = support_request
    row.question_set, row.facts, row.recorded_by = questions.version, answers, by.user
    label = LifeDomain(domain).label
    write_row(row, by=by, at=at, why=f"{label}: screening vastgelegd", action="leefgebied-vastleggen")
    follow_terms(case=case, by=by, at=at)
    return row


def _record_of(case: Case, domain: LifeDomain, by: Viewer) -> DomainRecord:
    rows = DomainRecord.objects.visible_to(by).filter(case=case, domain=domain, owner__kind=by.kind)
    return rows.order_by("-changed_at").first() or DomainRecord(case=case, domain=LifeDomain(domain))


@transaction.atomic
def record_instrument(
    *,
    case: Case,
    kind: InstrumentKind,
    outcome: InstrumentOutcome,
    taken_on: date,
    by: Viewer,
    at: datetime,
    note: str = "",
    expected_version: int | None = None,
) -> InstrumentResult:
    """Record the outcome of an instrument; refused and not possible are outcomes (R141, C4). Raises StaleVersion.

    A low result of the Taalmeter leaves an action for education, which stays within the PI (R143).
    """
    lock_inside(case)
    rows = InstrumentResult.objects.visible_to(by).filter(case=case, kind=kind)
    row = rows.order_by("-changed_at").first() or InstrumentResult(case=case, kind=InstrumentKind(kind))
    check_version(row, expected_version)
    row.owner, row.outcome, row.taken_on, row.note = (
        by.organisation,
        InstrumentOutcome(outcome),
        taken_on,
        note,
    )
    row.recorded_by = by.user
    label = InstrumentKind(kind).label
    write_row(row, by=by, at=at, why=f"{label}: uitkomst vastgelegd", action="instrument-vastleggen")
    if kind == InstrumentKind.LANGUAGE and outcome == InstrumentOutcome.LOW:
        _leave_action(case, "", EDUCATION_ACTION, by=by, at=at)
    _meet_instruments(case, by=by, at=at)
    follow_terms(case=case, by=by, at=at)
    return row


def _meet_instruments(case: Case, *, by: Viewer, at: datetime) -> None:
    """Reflector and language test are due together (R141)."""
    wanted = {InstrumentKind.REFLECTOR, InstrumentKind.LANGUAGE}
    taken = InstrumentResult.objects.visible_to(by).filter(case=case, kind__in=wanted)
    if wanted == set(taken.values_list("kind", flat=True)):
        why = "Reflector en Taalmeter vastgelegd"
        meet_deadline(case=case, step=Step.REFLECTOR_LANGUAGE, on=by.on, by=by, at=at, why=why)


@transaction.atomic
def complete_screening(*, case: Case, by: Viewer, at: datetime) -> Case:
    """Finish the screening: six domains, the identity document and the kind-check are answered (C2, R146).

    Without a valid document an action to apply for one is opened (R65). Raises ScreeningIncomplete, PhaseNotAllowed,
    CaseIsOver.
    """
    lock_inside(case)
    screening = screening_of(case, by)
    if missing := rules.missing_in_screening(screening):
        raise ScreeningIncomplete(missing)
    why = "Screening afgerond"
    drop_deadline(case=case, step=Step.INFO_REQUEST, by=by, at=at, why=why)
    meet_deadline(case=case, step=Step.SCREENING, on=by.on, by=by, at=at, why=why)
    advance_phase(case=case, to=Phase.SCREENED, by=by, at=at, why=why)
    if rules.needs_identity_document(screening):
        _leave_action(case, LifeDomain.IDENTITY, IDENTITY_ACTION, by=by, at=at)
    return case


def _leave_action(case: Case, domain: str, text: str, *, by: Viewer, at: datetime) -> None:
    """Leave the PI an action once, however often its cause is recorded."""
    known = Action.objects.visible_to(by).filter(case=case, domain=domain, text=text)
    if not known.exists():
        add_action(case=case, domain=domain, text=text, assignee=by.organisation, due_on=None, by=by, at=at)
