"""Terms of content follow the facts: started, met, moved, lapsed and opened again, with their history (C4, C6)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.access import leave_case
from cases.actions.record import save_case
from cases.models import (
    Capacity,
    Case,
    CaseParty,
    Channel,
    DeadlineStatus,
    EquatedDay,
    LifeDomain,
    Notification,
    Phase,
)
from cases.steps import Step
from consent.models import Consent
from parties.models import AuditLine
from parties.viewer import Viewer
from plans.actions import (
    NotByHand,
    begin_term,
    catch_up,
    close_action,
    record_child_check,
    record_child_contact,
    record_domain,
    record_instrument,
    remind_of_content,
    settle_term,
)
from plans.models import (
    Action,
    ActionState,
    ChildCheck,
    ChildCheckAnswer,
    ContentTerm,
    InstrumentKind,
    InstrumentOutcome,
    SupportAnswer,
    TermMark,
)
from plans.terms import TOO_LATE
from reintegratie.lib.history import save_as
from reintegratie.lib.versions import StaleVersion
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.cases import take_part
from tests.factories.consent import ConsentFactory

BY = TestActor()
TODAY = date(2026, 4, 22)
IDENTITY, INCOME = LifeDomain.IDENTITY, LifeDomain.WORK_INCOME
OPEN, MET, LAPSED = DeadlineStatus.OPEN, DeadlineStatus.MET, DeadlineStatus.LAPSED
WHY = "a test looks"


def day(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T09:00:00").replace(tzinfo=UTC)


def terms(case: Case) -> dict[str, str]:
    """The state of every term, by step."""
    rows = ContentTerm.objects.unrestricted(reason=WHY).filter(case=case).order_by("step", "round")
    return {f"{row.step} {row.about}".strip(): row.status for row in rows}


def the(case: Case, step: Step, **fields: object) -> ContentTerm:
    row: ContentTerm = ContentTerm.objects.unrestricted(reason=WHY).get(case=case, step=step, **fields)
    return row


def lines(case: Case) -> int:
    return int(ContentTerm.history.unrestricted(reason=WHY).filter(case=case).count())


def born(case: Case, on: date) -> None:
    case.detainee.birth_date = on
    save_as(case.detainee, by=BY, at=NOW, why="test")


def income(case: Case, by: Viewer, *, asks: bool = True, at: datetime = NOW, **facts: str) -> None:
    answer = SupportAnswer.REQUEST if asks else SupportAnswer.NONE
    record_domain(case=case, domain=INCOME, support_answer=answer, facts=facts, by=by, at=at)


def identity(case: Case, by: Viewer, *, at: datetime = NOW, **facts: str) -> None:
    record_domain(case=case, domain=IDENTITY, support_answer=SupportAnswer.NONE, facts=facts, by=by, at=at)


def taken(case: Case, kind: InstrumentKind, outcome: InstrumentOutcome, by: Viewer) -> None:
    record_instrument(case=case, kind=kind, outcome=outcome, taken_on=TODAY, by=by, at=NOW)


def frame(case: Case, **values: object) -> None:
    """A message moved the frame; plans hears nothing of it."""
    for name, value in values.items():
        setattr(case, name, value)
    save_case(case, by=BY, at=NOW, why="test")


def test_a_low_taalmeter_starts_two_terms_that_the_work_itself_meets(case: Case, casemanager: Viewer) -> None:
    taken(case, InstrumentKind.LANGUAGE, InstrumentOutcome.LOW, casemanager)

    assert terms(case) == {"scil": OPEN, "education_referral": OPEN}
    taken(case, InstrumentKind.SCIL, InstrumentOutcome.REFUSED, casemanager)
    action = Action.objects.visible_to(casemanager).get(case=case)
    close_action(
        action=action, state=ActionState.DONE, result="", by=casemanager, at=NOW, expected_version=None
    )

    assert terms(case) == {"scil": MET, "education_referral": MET}


def test_saying_the_same_again_writes_nothing(case: Case, casemanager: Viewer) -> None:
    taken(case, InstrumentKind.LANGUAGE, InstrumentOutcome.LOW, casemanager)
    before = lines(case)

    taken(case, InstrumentKind.LANGUAGE, InstrumentOutcome.LOW, casemanager)
    catch_up(at=NOW)

    assert lines(case) == before


def test_a_correction_of_the_outcome_ends_the_terms_and_its_return_opens_them_again(
    case: Case, casemanager: Viewer
) -> None:
    for outcome in (InstrumentOutcome.LOW, InstrumentOutcome.DONE):
        taken(case, InstrumentKind.LANGUAGE, outcome, casemanager)
    assert terms(case) == {"scil": LAPSED, "education_referral": LAPSED}

    taken(case, InstrumentKind.LANGUAGE, InstrumentOutcome.LOW, casemanager)

    assert terms(case) == {"scil": OPEN, "education_referral": OPEN}
    past = the(case, Step.SCIL).history.unrestricted(reason=WHY).order_by("history_id")
    assert [line.status for line in past] == [OPEN, LAPSED, OPEN]


def test_the_kind_check_is_met_by_the_contact(case: Case, casemanager: Viewer) -> None:
    check = record_child_check(case=case, answer=ChildCheckAnswer.YES, asked_on=TODAY, by=casemanager, at=NOW)
    assert the(case, Step.CHILD_CHECK_CONTACT).due_on == TODAY

    record_child_contact(
        check=check, contacted_on=TODAY, contacted_who="Gemeente", by=casemanager, at=NOW, expected_version=1
    )

    assert the(case, Step.CHILD_CHECK_CONTACT).closed_on == TODAY


def test_the_date_of_release_moves_the_search_period_and_its_history_keeps_what_was_due(
    case: Case, casemanager: Viewer
) -> None:
    born(case, date(2001, 5, 1))
    income(case, casemanager)
    assert the(case, Step.SEARCH_PERIOD_START).due_on == date(2027, 1, 1)

    frame(case, expected_release_on=date(2027, 1, 15))
    assert catch_up(at=day("2026-12-20")) == 1

    row = the(case, Step.SEARCH_PERIOD_START)
    assert (row.due_on, row.explanation.endswith(TOO_LATE)) == (date(2026, 12, 18), True)
    past = row.history.unrestricted(reason=WHY).order_by("history_id").values_list("due_on", flat=True)
    assert list(past) == [date(2027, 1, 1), date(2026, 12, 18)]


def test_a_search_period_whose_start_went_by_says_so_the_day_after(case: Case, casemanager: Viewer) -> None:
    born(case, date(2001, 5, 1))
    income(case, casemanager)

    assert catch_up(at=day("2027-01-01")) == 0
    assert catch_up(at=day("2027-01-02")) == 1
    assert the(case, Step.SEARCH_PERIOD_START).explanation.endswith(TOO_LATE)
    assert catch_up(at=day("2027-01-02")) == 0


def test_a_later_release_after_the_27th_birthday_drops_the_search_period(
    case: Case, casemanager: Viewer
) -> None:
    born(case, date(2000, 2, 1))
    income(case, casemanager)
    assert terms(case) == {"search_period_start": OPEN}

    frame(case, expected_release_on=date(2027, 2, 5))
    catch_up(at=NOW)

    assert terms(case) == {"search_period_start": LAPSED, "application_day_one": OPEN}


def test_a_corrected_birth_date_is_noticed_too(case: Case, casemanager: Viewer) -> None:
    born(case, date(2001, 5, 1))
    income(case, casemanager)

    born(case, date(1990, 5, 1))
    catch_up(at=NOW)

    assert terms(case) == {"search_period_start": LAPSED, "application_day_one": OPEN}


def test_a_new_equalised_day_moves_the_application(case: Case, casemanager: Viewer) -> None:
    born(case, date(1990, 5, 1))
    income(case, casemanager)
    assert the(case, Step.APPLICATION_DAY_ONE).due_on == date(2027, 1, 29)

    save_as(EquatedDay(on=date(2027, 1, 29), source="test"), by=BY, at=NOW, why="test")
    catch_up(at=NOW)

    assert the(case, Step.APPLICATION_DAY_ONE).due_on == date(2027, 2, 1)


def test_no_request_for_income_any_more_drops_the_application(case: Case, casemanager: Viewer) -> None:
    born(case, date(1990, 5, 1))
    income(case, casemanager)

    income(case, casemanager, asks=False)

    assert terms(case) == {"application_day_one": LAPSED}


def test_a_release_before_its_day_lapses_a_term_and_leaves_what_comes_after(
    case: Case, casemanager: Viewer
) -> None:
    born(case, date(1990, 5, 1))
    income(case, casemanager, soort_uitkering="aow-anw")
    identity(case, casemanager, geldig_aanwezig="nee")

    frame(case, released_at=day("2026-05-10"), phase=Phase.RELEASED_NO_TITLE)
    catch_up(at=day("2026-05-10"))

    assert terms(case) == {
        "application_day_one": OPEN,
        "benefit_stop_30d aow-anw": LAPSED,
        "id_application": LAPSED,
    }
    assert the(case, Step.APPLICATION_DAY_ONE).due_on == date(2026, 5, 11)
    assert the(case, Step.ID_APPLICATION).closed_on == date(2026, 5, 10)


def test_a_benefit_that_stopped_before_the_release_did_stop(case: Case, casemanager: Viewer) -> None:
    income(case, casemanager, asks=False, soort_uitkering="aow-anw")

    frame(case, released_at=day("2026-06-10"), phase=Phase.RELEASED_NO_TITLE)
    catch_up(at=day("2026-06-10"))

    row = the(case, Step.BENEFIT_STOP_30D)
    assert (row.status, row.closed_on) == (MET, date(2026, 5, 20))


def test_a_release_that_was_taken_back_opens_the_terms_again(case: Case, casemanager: Viewer) -> None:
    identity(case, casemanager, geldig_aanwezig="nee")
    frame(case, released_at=day("2026-05-10"), phase=Phase.RELEASED_NO_TITLE)
    catch_up(at=day("2026-05-10"))

    frame(case, released_at=None, phase=Phase.ADMITTED)
    catch_up(at=day("2026-05-11"))

    assert terms(case) == {"id_application": OPEN}


def test_a_closed_case_has_nothing_open(case: Case, casemanager: Viewer) -> None:
    born(case, date(1990, 5, 1))
    income(case, casemanager)

    frame(case, phase=Phase.DECEASED)
    catch_up(at=NOW)

    assert terms(case) == {"application_day_one": LAPSED}


def test_facts_that_were_there_before_the_terms_were_are_caught_up_once(
    case: Case, casemanager: Viewer
) -> None:
    taken(case, InstrumentKind.LANGUAGE, InstrumentOutcome.LOW, casemanager)
    TermMark.objects.all().delete()

    assert [catch_up(at=NOW), catch_up(at=NOW)] == [1, 0]


def test_a_transfer_keeps_every_day(case: Case, casemanager: Viewer, world: World) -> None:
    identity(case, casemanager, geldig_aanwezig="nee")
    before = the(case, Step.ID_APPLICATION).due_on
    mine = CaseParty.objects.get(case=case, party=world.pi)
    leave_case(row=mine, until=NOW, by=BY, at=NOW, why="test")
    take_part(case, world.other_pi, Capacity.PRISON, since=NOW)

    frame(case)
    catch_up(at=NOW + timedelta(minutes=1))

    row = the(case, Step.ID_APPLICATION)
    assert (row.due_on, row.status) == (before, OPEN)


def test_an_application_for_a_document_that_was_withdrawn_opens_the_term_again(
    case: Case, casemanager: Viewer
) -> None:
    identity(case, casemanager, geldig_aanwezig="nee", aanvraag="aangevraagd")
    assert terms(case) == {"id_application": MET}

    identity(case, casemanager, geldig_aanwezig="nee", aanvraag="nog-starten")

    assert terms(case) == {"id_application": OPEN}


def test_an_advance_is_decided_every_four_weeks_until_the_right_is_decided(
    case: Case, coordinator: Viewer
) -> None:
    first = begin_term(case=case, step=Step.ADVANCE_PAYMENT, since=date(2026, 11, 27), by=coordinator, at=NOW)
    assert (first.owner, first.due_on) == (coordinator.organisation, date(2026, 12, 28))

    settle_term(term=first, done_on=date(2026, 12, 20), goes_on=True, by=coordinator, at=NOW)
    second = the(case, Step.ADVANCE_PAYMENT, round=2)
    assert (second.starts_on, second.due_on) == (date(2026, 12, 25), date(2027, 1, 22))

    settle_term(term=second, done_on=date(2027, 1, 20), by=coordinator, at=NOW)
    assert terms(case) == {"advance_payment": MET}
    assert AuditLine.objects.filter(action="termijn-afdoen").count() == 2


def test_a_date_that_was_wrong_moves_what_runs_and_starts_no_second(case: Case, casemanager: Viewer) -> None:
    for since in (date(2026, 4, 20), date(2026, 4, 21)):
        begin_term(case=case, step=Step.FAMILY_TIMEOUT, since=since, by=casemanager, at=NOW)

    assert the(case, Step.FAMILY_TIMEOUT).due_on == date(2026, 6, 2)


def test_what_follows_from_facts_is_not_begun_or_settled_by_hand(case: Case, casemanager: Viewer) -> None:
    taken(case, InstrumentKind.LANGUAGE, InstrumentOutcome.LOW, casemanager)

    with pytest.raises(NotByHand):
        begin_term(case=case, step=Step.SCIL, since=TODAY, by=casemanager, at=NOW)
    with pytest.raises(NotByHand):
        settle_term(term=the(case, Step.SCIL), done_on=TODAY, by=casemanager, at=NOW)


def test_two_people_who_settle_at_once_give_one_winner(case: Case, casemanager: Viewer) -> None:
    born(case, date(2001, 5, 1))
    income(case, casemanager)
    row = the(case, Step.SEARCH_PERIOD_START)
    settle_term(term=row, done_on=TODAY, by=casemanager, at=NOW, expected_version=1)

    with pytest.raises(StaleVersion):
        settle_term(term=row, done_on=TODAY, by=casemanager, at=NOW, expected_version=1)


def test_who_may_see_a_term_hears_of_it_in_the_words_of_any_term(
    case: Case, casemanager: Viewer, coordinator: Viewer, world: World
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, domain=INCOME)
    born(case, date(2001, 5, 1))
    income(case, casemanager)

    assert [remind_of_content(at=day("2026-12-31")), remind_of_content(at=day("2026-12-31"))] == [1, 0]

    heard = Notification.objects.filter(channel=Channel.EVENT)
    assert {row.organisation for row in heard} == {world.pi, world.zwolle}
    for row in heard:
        assert (row.kind, row.stage) == ("termijn", "voor-1")
        assert row.resource == f"/zaken/{case.pk}/termijnen/"


@pytest.mark.parametrize("other", [None, LifeDomain.HOUSING])
def test_without_a_ground_for_the_domain_nobody_outside_the_pi_hears(
    case: Case, casemanager: Viewer, coordinator: Viewer, world: World, other: LifeDomain | None
) -> None:
    if other:
        ConsentFactory(case=case, recipient=world.zwolle, domain=other)
    born(case, date(2001, 5, 1))
    income(case, casemanager)

    remind_of_content(at=day("2026-12-31"))

    assert {row.organisation for row in Notification.objects.all()} == {world.pi}


def test_a_withdrawal_silences_the_next_reminder(
    case: Case, casemanager: Viewer, coordinator: Viewer, world: World
) -> None:
    consent: Consent = ConsentFactory(case=case, recipient=world.zwolle, domain=INCOME)
    born(case, date(2001, 5, 1))
    income(case, casemanager)
    consent.withdrawn_at = day("2026-12-30")
    save_as(consent, by=BY, at=day("2026-12-30"), why="test")

    remind_of_content(at=day("2026-12-31"))

    assert {row.organisation for row in Notification.objects.all()} == {world.pi}


def test_the_kind_check_reaches_the_gemeente_of_origin_without_any_consent(
    case: Case, casemanager: Viewer, coordinator: Viewer, world: World
) -> None:
    take_part(case, world.kampen, Capacity.RESETTLEMENT)
    check: ChildCheck = record_child_check(
        case=case, answer=ChildCheckAnswer.YES, asked_on=TODAY, by=casemanager, at=NOW
    )
    Notification.objects.all().delete()

    remind_of_content(at=NOW)

    assert check.answer == ChildCheckAnswer.YES
    assert {row.organisation for row in Notification.objects.all()} == {world.pi}
    seen = [
        ContentTerm.objects.visible_to(viewer).filter(step=Step.CHILD_CHECK_CONTACT).exists()
        for viewer in (casemanager, coordinator)
    ]
    assert seen == [True, True]
