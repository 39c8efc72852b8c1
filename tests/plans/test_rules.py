"""Who may do what with screening, sheets and plan, and what a screening or a plan still lacks."""

from datetime import date

import pytest

from cases.models import SIX_DOMAINS, LifeDomain, Phase
from parties.viewer import Viewer
from plans import rules
from plans.models import (
    Action,
    ActionState,
    ChildCheck,
    ChildCheckAnswer,
    DomainRecord,
    DomainStatus,
    InstrumentKind,
    InstrumentOutcome,
    InstrumentResult,
    Plan,
    PlanState,
    SupportAnswer,
)
from plans.screening import Screening
from tests.conftest import NOW


def screening(**records: DomainRecord) -> Screening:
    answered = {
        str(domain): DomainRecord(domain=domain, support_answer=SupportAnswer.NONE, question_set="2026-1")
        for domain in SIX_DOMAINS
    }
    answered[LifeDomain.IDENTITY].facts = {"geldig_aanwezig": "ja"}
    return Screening(
        records={**answered, **{key.replace("_", "-"): row for key, row in records.items()}},
        instruments={},
        child_check=ChildCheck(answer=ChildCheckAnswer.NO),
        contributions=[],
    )


def record(answer: SupportAnswer, **facts: str) -> DomainRecord:
    return DomainRecord(support_answer=answer, question_set="2026-1", facts=facts)


@pytest.mark.parametrize("rule", [rules.may_screen, rules.may_send_sheet, rules.may_edit_plan])
def test_casemanager_and_unit_head_with_the_permission_write(
    rule: object, casemanager: Viewer, unit_head: Viewer
) -> None:
    assert callable(rule)
    assert rule(casemanager, manages=True, phase=Phase.ADMITTED)
    assert rule(unit_head, manages=True, phase=Phase.ADMITTED)


@pytest.mark.parametrize("rule", [rules.may_screen, rules.may_send_sheet, rules.may_edit_plan])
def test_without_the_permission_on_this_case_nobody_writes(rule: object, casemanager: Viewer) -> None:
    assert callable(rule)
    assert not rule(casemanager, manages=False, phase=Phase.ADMITTED)


def test_director_and_other_parties_never_screen(
    director: Viewer, coordinator: Viewer, probation_officer: Viewer, privacy_officer: Viewer
) -> None:
    others = (director, coordinator, probation_officer, privacy_officer)

    assert not any(rules.may_screen(viewer, manages=True, phase=Phase.ADMITTED) for viewer in others)
    assert rules.may_read_inner_part(director, manages=True)
    assert not rules.may_read_inner_part(coordinator, manages=True)


def test_gemeente_and_reclassering_contribute_and_react(
    casemanager: Viewer, coordinator: Viewer, probation_officer: Viewer, partner_contact: Viewer
) -> None:
    for rule in (rules.may_contribute, rules.may_react):
        assert rule(coordinator, contributes=True, phase=Phase.ADMITTED)
        assert rule(probation_officer, contributes=True, phase=Phase.AFTERCARE)
        assert not rule(coordinator, contributes=False, phase=Phase.ADMITTED)
        assert not rule(coordinator, contributes=True, phase=Phase.CLOSED)
        assert not rule(casemanager, contributes=True, phase=Phase.ADMITTED)
        assert not rule(partner_contact, contributes=True, phase=Phase.ADMITTED)


@pytest.mark.parametrize(
    ("phase", "inside", "running"),
    [
        (Phase.PRE_RELEASE, True, True),
        (Phase.RELEASED_NO_TITLE, False, True),
        (Phase.AFTERCARE, False, True),
        (Phase.CLOSED, False, False),
        (Phase.DECEASED, False, False),
    ],
)
def test_after_release_the_pi_hands_over_and_screens_no_more(
    casemanager: Viewer, phase: Phase, inside: bool, running: bool
) -> None:
    for rule in (rules.may_screen, rules.may_begin_plan):
        assert rule(casemanager, manages=True, phase=phase) is inside
    for rule in (rules.may_send_sheet, rules.may_edit_plan):
        assert rule(casemanager, manages=True, phase=phase) is running


def test_an_action_is_ticked_off_by_who_must_do_it_or_by_the_keeper_of_the_plan(
    casemanager: Viewer, director: Viewer, coordinator: Viewer, probation_officer: Viewer
) -> None:
    action = Action(assignee=coordinator.organisation, owner=casemanager.organisation)

    assert rules.may_close_action(coordinator, action, manages=False)
    assert rules.may_close_action(casemanager, action, manages=True)
    assert not rules.may_close_action(probation_officer, action, manages=False)
    assert not rules.may_close_action(director, action, manages=True)


def test_nothing_is_missing_when_everything_was_asked() -> None:
    assert rules.missing_in_screening(screening()) == []


@pytest.mark.parametrize("answer", [SupportAnswer.NONE, SupportAnswer.REQUEST])
def test_the_document_itself_must_be_asked_about(answer: SupportAnswer) -> None:
    missing = rules.missing_in_screening(screening(identiteitsbewijs=record(answer)))

    assert missing == ["Identiteitsbewijs: is er een geldig document?"]


def test_who_refuses_to_answer_about_the_document_has_answered() -> None:
    assert rules.missing_in_screening(screening(identiteitsbewijs=record(SupportAnswer.REFUSED))) == []


def test_a_domain_that_was_saved_without_an_answer_is_missing() -> None:
    missing = rules.missing_in_screening(screening(zorg=record(SupportAnswer.UNKNOWN)))

    assert missing == ["Zorg: hulpvraag nog niet gevraagd"]


def test_the_seventh_box_is_not_needed_for_the_screening() -> None:
    assert LifeDomain.CARE_AT_HOME not in screening().records
    assert rules.missing_in_screening(screening()) == []


def instrument(kind: InstrumentKind, outcome: InstrumentOutcome) -> dict[str, InstrumentResult]:
    return {kind: InstrumentResult(kind=kind, outcome=outcome)}


def test_a_low_language_test_asks_for_education_and_scil() -> None:
    known = screening()
    known.instruments.update(instrument(InstrumentKind.LANGUAGE, InstrumentOutcome.LOW))

    hints = " ".join(rules.screening_hints(known))

    assert "onderwijs" in hints
    assert "SCIL" in hints


def test_a_taken_scil_silences_the_hint() -> None:
    known = screening()
    known.instruments.update(instrument(InstrumentKind.REFLECTOR, InstrumentOutcome.LOW))
    known.instruments.update(instrument(InstrumentKind.SCIL, InstrumentOutcome.REFUSED))

    assert rules.screening_hints(known) == []


def test_a_care_request_goes_to_mdo_and_pmo_and_no_document_to_an_application() -> None:
    hints = rules.screening_hints(
        screening(
            zorg=record(SupportAnswer.REQUEST),
            identiteitsbewijs=record(SupportAnswer.NONE, geldig_aanwezig="nee"),
        )
    )

    assert any("PMO" in hint for hint in hints)
    assert any("start de aanvraag" in hint for hint in hints)


def test_urgent_care_without_a_request_is_a_care_need_too() -> None:
    care = DomainRecord(
        support_answer=SupportAnswer.NONE, status=DomainStatus.URGENT, question_set="2026-1", facts={}
    )

    assert any("zorgvraag" in hint for hint in rules.screening_hints(screening(zorg=care)))


def test_a_positive_kind_check_hints_until_there_was_contact() -> None:
    positive = ChildCheck(answer=ChildCheckAnswer.YES)
    known = Screening(screening().records, {}, positive, [])
    assert any("vandaag contact" in hint for hint in rules.screening_hints(known))

    positive.contacted_on = NOW.date()
    assert rules.screening_hints(known) == []


def test_a_plan_is_adopted_after_it_was_discussed_and_with_regie() -> None:
    concept = Plan(state=PlanState.CONCEPT)
    assert len(rules.missing_for_adoption(concept)) == 2

    ready = Plan(state=PlanState.DISCUSSED, discussed_on=NOW.date())
    ready.lead_id = "00000000-0000-4000-8000-000000000000"
    assert rules.missing_for_adoption(ready) == []


@pytest.mark.parametrize(
    ("due_on", "state", "late"),
    [
        (date(2026, 4, 21), ActionState.OPEN, True),
        (date(2026, 4, 22), ActionState.OPEN, False),
        (date(2026, 4, 21), ActionState.DONE, False),
        (None, ActionState.OPEN, False),
    ],
)
def test_late_is_open_and_due_before_today(due_on: date | None, state: ActionState, late: bool) -> None:
    assert rules.is_late(Action(due_on=due_on, state=state), date(2026, 4, 22)) is late
