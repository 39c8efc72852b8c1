"""Recording and withdrawing consents: in the order of the paper, with every state kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from cases.access import leave_case
from cases.models import Capacity, Case, CaseParty, InflowType, LifeDomain, Phase
from consent import actions
from consent.models import Answer, Consent, Evidence
from consent.signals import consent_withdrawn
from consent.visibility import sight_of
from parties.models import AuditLine, Organisation, ProcessingLine
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.cases import CaseFactory, take_part

HOUSING, DEBTS, CARE = LifeDomain.HOUSING, LifeDomain.DEBTS, LifeDomain.CARE
GIVEN, REFUSED = Answer.GIVEN, Answer.REFUSED
MORNING = datetime(2026, 4, 22, 6, 0, tzinfo=UTC)


def say(
    by: Viewer,
    case: Case,
    recipient: Organisation,
    answers: dict[LifeDomain, Answer],
    *,
    given_at: datetime = MORNING,
    **paper: object,
) -> list[Consent]:
    facts = {"evidence": Evidence.SIGNED, "at": NOW, **paper}
    return actions.decide(case=case, recipient=recipient, answers=answers, given_at=given_at, by=by, **facts)


def standing(case: Case, recipient: Organisation, domain: LifeDomain = HOUSING) -> Consent | None:
    return Consent.objects.filter(case=case, recipient=recipient, domain=domain, withdrawn_at=None).first()


@pytest.fixture
def echoes() -> Iterator[list[dict[str, object]]]:
    heard: list[dict[str, object]] = []

    def hear(sender: object, **echo: object) -> None:
        heard.append(echo)

    consent_withdrawn.connect(hear)
    yield heard
    consent_withdrawn.disconnect(hear)


def test_one_paper_answers_several_domains_under_one_number(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    rows = say(casemanager, case, world.zwolle, {HOUSING: GIVEN, DEBTS: REFUSED})

    assert [row.answer for row in rows] == [GIVEN, REFUSED]
    assert len({row.declaration_number for row in rows}) == 1
    sight = sight_of(coordinator, case)
    assert sight.opens(HOUSING)
    assert not sight.opens(DEBTS)
    assert rows[0].declaration_number in sight.grounds[HOUSING].label


def test_a_new_decision_replaces_the_standing_one_and_keeps_it(
    case: Case, world: World, casemanager: Viewer
) -> None:
    [first] = say(casemanager, case, world.zwolle, {HOUSING: GIVEN})
    later = MORNING + timedelta(hours=1)

    [second] = say(casemanager, case, world.zwolle, {HOUSING: REFUSED}, given_at=later)

    first.refresh_from_db()
    assert first.replaced_by == second
    assert first.withdrawn_at == later
    assert first.answer == GIVEN
    assert standing(case, world.zwolle) == second
    assert [line.history_change_reason for line in first.history.order_by("history_id")] == [
        f"toestemming gegeven, verklaring {first.declaration_number}",
        f"vervangen door verklaring {second.declaration_number}",
    ]


def test_the_number_of_a_declaration_tells_nothing_about_earlier_ones(
    case: Case, world: World, casemanager: Viewer
) -> None:
    other = CaseFactory(origin_municipality=world.kampen, number="Z-2026-77777")
    take_part(other, world.zwolle, Capacity.ORIGIN)
    say(casemanager, case, world.zwolle, {DEBTS: REFUSED}, given_at=MORNING - timedelta(hours=1))

    [after_a_refusal] = say(casemanager, case, world.zwolle, {HOUSING: GIVEN})
    [first_ever] = say(casemanager, other, world.zwolle, {HOUSING: GIVEN})

    assert after_a_refusal.declaration_number.replace(case.number, "") == (
        first_ever.declaration_number.replace(other.number, "")
    )


def test_given_changed_and_withdrawn_on_one_day_the_last_state_counts(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    """C6.10."""
    [first] = say(casemanager, case, world.zwolle, {HOUSING: GIVEN})
    actions.withdraw_consent(consent=first, reason="", by=casemanager, at=MORNING + timedelta(minutes=30))
    [second] = say(casemanager, case, world.zwolle, {HOUSING: GIVEN}, given_at=MORNING + timedelta(hours=1))

    assert standing(case, world.zwolle) == second
    assert sight_of(coordinator, case).opens(HOUSING)
    assert Consent.objects.filter(case=case).count() == 2


def test_two_papers_of_the_same_minute_count_in_the_order_of_recording(
    case: Case, world: World, casemanager: Viewer
) -> None:
    say(casemanager, case, world.zwolle, {HOUSING: GIVEN})
    [second] = say(casemanager, case, world.zwolle, {HOUSING: REFUSED})

    assert standing(case, world.zwolle) == second


def test_a_paper_that_comes_in_late_keeps_its_place_in_time(
    case: Case, world: World, casemanager: Viewer
) -> None:
    [second] = say(casemanager, case, world.zwolle, {HOUSING: REFUSED}, given_at=MORNING + timedelta(hours=1))

    [first] = say(casemanager, case, world.zwolle, {HOUSING: GIVEN})

    assert standing(case, world.zwolle) == second
    assert first.replaced_by == second
    assert first.withdrawn_at == second.given_at


def test_a_late_paper_from_before_a_withdrawal_opens_nothing(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    [first] = say(casemanager, case, world.zwolle, {HOUSING: GIVEN})
    actions.withdraw_consent(consent=first, reason="", by=casemanager, at=MORNING + timedelta(hours=2))

    [late] = say(casemanager, case, world.zwolle, {HOUSING: GIVEN}, given_at=MORNING + timedelta(hours=1))

    assert late.withdrawn_at == MORNING + timedelta(hours=2)
    assert late.replaced_by is None
    assert not sight_of(coordinator, case).opens(HOUSING)


def test_a_new_paper_in_the_minute_of_a_withdrawal_counts_as_later(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    """A paper knows minutes: '8.00 uur' written down after a withdrawal at 8.00.20 is the newer decision."""
    [first] = say(casemanager, case, world.zwolle, {HOUSING: GIVEN}, given_at=MORNING - timedelta(hours=1))
    actions.withdraw_consent(consent=first, reason="", by=casemanager, at=MORNING + timedelta(seconds=20))

    say(casemanager, case, world.zwolle, {HOUSING: GIVEN}, given_at=MORNING)

    assert sight_of(coordinator, case).opens(HOUSING)


def test_other_domains_and_other_recipients_are_left_alone(
    case: Case, world: World, casemanager: Viewer
) -> None:
    """C6.8, C6.9: per domain and per recipient."""
    answers = {HOUSING: GIVEN, DEBTS: GIVEN, CARE: GIVEN}
    housing, *_ = say(casemanager, case, world.zwolle, answers)
    say(casemanager, case, world.probation, {HOUSING: GIVEN})

    actions.withdraw_consent(consent=housing, reason="", by=casemanager, at=NOW)

    assert standing(case, world.zwolle) is None
    assert standing(case, world.zwolle, DEBTS) is not None
    assert standing(case, world.probation) is not None


def test_consent_stays_when_the_person_moves_to_another_pi(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    """C6.12: valid within the episode for the same recipient and areas, no silent widening."""
    say(casemanager, case, world.zwolle, {HOUSING: GIVEN})
    row = CaseParty.objects.get(case=case, party=world.pi)
    leave_case(row=row, until=NOW, by=TestActor(), at=NOW, why="overgeplaatst")
    take_part(case, world.other_pi, Capacity.PRISON, since=NOW)

    sight = sight_of(coordinator, case)

    assert sight.opens(HOUSING)
    assert not sight.opens(DEBTS)


def test_a_decision_in_the_future_is_refused(case: Case, world: World, casemanager: Viewer) -> None:
    with pytest.raises(actions.DecidedInTheFuture):
        say(casemanager, case, world.zwolle, {HOUSING: GIVEN}, given_at=NOW + timedelta(minutes=1))

    assert not Consent.objects.exists()


def test_who_takes_no_part_receives_no_consent(case: Case, world: World, casemanager: Viewer) -> None:
    with pytest.raises(actions.RecipientTakesNoPart):
        say(casemanager, case, world.deventer, {HOUSING: GIVEN})


def test_the_pi_of_stay_is_no_recipient(case: Case, world: World, casemanager: Viewer) -> None:
    with pytest.raises(actions.RecipientTakesNoPart):
        say(casemanager, case, world.pi, {HOUSING: GIVEN})


def test_a_merged_gemeente_is_no_recipient_any_more(case: Case, world: World, casemanager: Viewer) -> None:
    world.zwolle.valid_until = NOW.date()
    save_as(world.zwolle, by=TestActor(), at=NOW, why="opgegaan")

    with pytest.raises(actions.RecipientTakesNoPart):
        say(casemanager, case, world.zwolle, {HOUSING: GIVEN})


@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.DECEASED, Phase.OUT_OF_SCOPE])
def test_a_closed_case_takes_no_new_decision(
    case: Case, world: World, casemanager: Viewer, phase: Phase
) -> None:
    case.phase = phase
    save_as(case, by=TestActor(), at=NOW, why="test")

    with pytest.raises(actions.CaseIsClosed):
        say(casemanager, case, world.zwolle, {HOUSING: GIVEN})


def test_a_paper_of_an_earlier_detention_does_not_count(
    case: Case, world: World, casemanager: Viewer
) -> None:
    with pytest.raises(actions.DecidedBeforeThisDetention):
        say(casemanager, case, world.zwolle, {HOUSING: GIVEN}, given_at=NOW - timedelta(days=30))


def test_a_zelfmelder_may_decide_before_he_comes_in(case: Case, world: World, casemanager: Viewer) -> None:
    """R7."""
    case.inflow_type = InflowType.SELF_REPORTER
    save_as(case, by=TestActor(), at=NOW, why="test")

    say(casemanager, case, world.zwolle, {HOUSING: GIVEN}, given_at=NOW - timedelta(days=30))

    assert standing(case, world.zwolle) is not None


def test_who_refuses_to_sign_has_not_said_yes(case: Case, world: World, casemanager: Viewer) -> None:
    with pytest.raises(actions.YesWithoutEvidence):
        say(casemanager, case, world.zwolle, {HOUSING: GIVEN}, evidence=Evidence.REFUSED_TO_SIGN)

    say(casemanager, case, world.zwolle, {HOUSING: REFUSED}, evidence=Evidence.REFUSED_TO_SIGN)
    assert standing(case, world.zwolle) is not None


def test_an_end_before_the_beginning_is_refused(case: Case, world: World, casemanager: Viewer) -> None:
    with pytest.raises(actions.EndsBeforeItBegins):
        say(casemanager, case, world.zwolle, {HOUSING: GIVEN}, valid_until=MORNING)


def test_nothing_decided_is_no_declaration(case: Case, world: World, casemanager: Viewer) -> None:
    with pytest.raises(actions.NothingDecided):
        say(casemanager, case, world.zwolle, {})


def test_a_consent_with_an_end_closes_without_any_job(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    say(casemanager, case, world.zwolle, {HOUSING: GIVEN}, valid_until=NOW + timedelta(days=1))

    assert sight_of(coordinator, case).opens(HOUSING)
    assert not sight_of(replace(coordinator, at=NOW + timedelta(days=1)), case).opens(HOUSING)


def test_a_withdrawn_consent_cannot_be_withdrawn_again(case: Case, world: World, casemanager: Viewer) -> None:
    [consent] = say(casemanager, case, world.zwolle, {HOUSING: GIVEN})
    actions.withdraw_consent(consent=consent, reason="", by=casemanager, at=NOW)

    with pytest.raises(actions.NotInForce):
        actions.withdraw_consent(consent=consent, reason="", by=casemanager, at=NOW)


def test_a_refusal_is_not_withdrawn(case: Case, world: World, casemanager: Viewer) -> None:
    [refusal] = say(casemanager, case, world.zwolle, {HOUSING: REFUSED})

    with pytest.raises(actions.NotInForce):
        actions.withdraw_consent(consent=refusal, reason="", by=casemanager, at=NOW)


def test_all_consents_for_one_recipient_are_taken_back_at_once(
    case: Case, world: World, casemanager: Viewer
) -> None:
    say(casemanager, case, world.zwolle, {HOUSING: GIVEN, DEBTS: GIVEN, CARE: REFUSED})
    say(casemanager, case, world.probation, {HOUSING: GIVEN})

    rows = actions.withdraw_all(case=case, recipient=world.zwolle, reason="", by=casemanager, at=NOW)

    assert {row.domain for row in rows} == {HOUSING, DEBTS}
    assert standing(case, world.zwolle, CARE) is not None
    assert standing(case, world.probation) is not None
    with pytest.raises(actions.NotInForce):
        actions.withdraw_all(case=case, recipient=world.zwolle, reason="", by=casemanager, at=NOW)


def test_a_withdrawal_is_possible_in_a_closed_case(case: Case, world: World, casemanager: Viewer) -> None:
    """R30: at any later time."""
    [consent] = say(casemanager, case, world.zwolle, {HOUSING: GIVEN})
    case.phase = Phase.CLOSED
    save_as(case, by=TestActor(), at=NOW, why="test")

    actions.withdraw_consent(consent=consent, reason="op verzoek", by=casemanager, at=NOW)

    assert standing(case, world.zwolle) is None


def test_the_rooms_above_hear_of_a_withdrawal_after_the_commit(
    case: Case,
    world: World,
    casemanager: Viewer,
    echoes: list[dict[str, object]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    [consent] = say(casemanager, case, world.zwolle, {HOUSING: GIVEN})

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_consent(consent=consent, reason="", by=casemanager, at=NOW)
        assert echoes == []

    [echo] = echoes
    assert echo["consent_id"] == consent.pk
    assert (echo["case_id"], echo["recipient_id"]) == (case.pk, world.zwolle.pk)
    assert (echo["domain"], echo["at"]) == (HOUSING, NOW)


def test_a_yes_that_becomes_a_no_is_heard_as_a_withdrawal_and_a_new_yes_is_not(
    case: Case,
    world: World,
    casemanager: Viewer,
    echoes: list[dict[str, object]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        say(casemanager, case, world.zwolle, {HOUSING: GIVEN})
        say(casemanager, case, world.zwolle, {HOUSING: GIVEN})
    assert echoes == []

    with django_capture_on_commit_callbacks(execute=True):
        say(casemanager, case, world.zwolle, {HOUSING: REFUSED})

    assert [echo["domain"] for echo in echoes] == [HOUSING]


def test_deciding_and_withdrawing_leave_lines_in_both_ledgers(
    case: Case, world: World, casemanager: Viewer
) -> None:
    [consent] = say(casemanager, case, world.zwolle, {HOUSING: GIVEN})
    actions.withdraw_consent(consent=consent, reason="bedacht zich", by=casemanager, at=NOW)

    assert list(AuditLine.objects.order_by("id").values_list("action", flat=True)) == [
        "toestemming-vastleggen",
        "toestemming-intrekken",
    ]
    lines = ProcessingLine.objects.filter(case_id=case.pk, subject_id=case.detainee_id)
    assert [line.domains for line in lines] == [[HOUSING], [HOUSING]]
