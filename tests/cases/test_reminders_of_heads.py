"""Who leads is warned and told, other parties hear of what stays late, and nobody hears of what stands still."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions import deliver_mail, remind, start_deadline
from cases.models import Case, CaseParty, Channel, Deadline, DeadlineStatus, Notification
from cases.reminders import made_under, windows
from cases.steps import Room, Step
from cases.watchdog import late_reminders
from meetings.models import Meeting, MeetingKind, MeetingState
from meetings.reminding import TERMS
from parties.models import Role, RoleKind, User
from parties.viewer import Viewer, viewer_for
from tests.cases.test_reminders import BY, on, stages
from tests.conftest import NOW, Hire, World
from tests.factories.cases import DeadlineFactory
from tests.factories.meetings import MeetingFactory, on_agenda


def count_queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def told(stage: str) -> set[object]:
    rows = Notification.objects.filter(stage=stage, channel=Channel.IN_APP)
    return {row.recipient for row in rows.select_related("recipient")}


@pytest.fixture
def cycle(case: Case, casemanager: Viewer, unit_head: Viewer) -> Deadline:
    """The next MDO must be held on Friday 29 May 2026 at the latest."""
    row: Deadline = DeadlineFactory(case=case, step=Step.MDO_CYCLE, due_on=date(2026, 5, 29))
    return row


@pytest.fixture
def screening(case: Case, casemanager: Viewer, unit_head: Viewer) -> Case:
    """Due on Wednesday 6 May 2026."""
    start_deadline(case=case, step=Step.SCREENING, since=date(2026, 4, 20), by=BY, at=NOW)
    return case


def test_ten_days_before_an_mdo_without_an_agenda_the_afdelingshoofd_is_warned(
    cycle: Deadline, unit_head: Viewer
) -> None:
    remind(at=on("2026-05-18"), source=TERMS)
    assert stages() == []

    remind(at=on("2026-05-19"), source=TERMS)

    assert told("hoofd-voor-10") == {unit_head.user}


def test_who_has_put_the_case_on_an_agenda_in_time_is_not_warned(
    cycle: Deadline, unit_head: Viewer, world: World
) -> None:
    meeting = MeetingFactory(
        organisation=world.pi, chair=unit_head.user, kind=MeetingKind.MDO, starts_at=on("2026-05-27")
    )
    on_agenda(meeting, cycle.case, unit_head)

    assert remind(at=on("2026-05-19"), source=TERMS) == 0


@pytest.mark.parametrize(
    ("starts", "state"), [("2026-06-03", MeetingState.PLANNED), ("2026-05-27", MeetingState.CANCELLED)]
)
def test_an_agenda_that_is_too_late_or_called_off_does_not_spare_the_warning(
    cycle: Deadline, unit_head: Viewer, world: World, starts: str, state: str
) -> None:
    meeting = MeetingFactory(
        organisation=world.pi,
        chair=unit_head.user,
        kind=MeetingKind.MDO,
        starts_at=on(starts),
    )
    on_agenda(meeting, cycle.case, unit_head)
    Meeting.objects.filter(pk=meeting.pk).update(state=state)

    remind(at=on("2026-05-19"), source=TERMS)

    assert told("hoofd-voor-10") == {unit_head.user}


def test_one_working_day_late_the_afdelingshoofd_hears_once_and_in_the_end_of_the_escalation(
    screening: Case, casemanager: Viewer, unit_head: Viewer
) -> None:
    for day in range(7, 23):
        remind(at=on(f"2026-05-{day:02d}"))

    assert told("hoofd-te-laat") == {unit_head.user}
    assert stages().count("hoofd-te-laat") == 1
    assert stages().count("opschaling") == 1


def test_after_three_weeks_without_a_sweep_nobody_gets_the_stages_that_passed(
    screening: Case, unit_head: Viewer
) -> None:
    remind(at=on("2026-05-27"))

    mine = Notification.objects.filter(recipient=unit_head.user, channel=Channel.IN_APP)
    assert sorted(row.stage for row in mine) == ["opschaling", "te-laat-3"]


def test_a_term_in_working_days_that_ends_on_a_friday_is_told_to_the_head_on_monday(
    case: Case, casemanager: Viewer, unit_head: Viewer
) -> None:
    DeadlineFactory(case=case, step=Step.SCREENING, due_on=date(2026, 5, 8))

    for day in ("2026-05-09", "2026-05-10"):
        remind(at=on(day))
    assert told("hoofd-te-laat") == set()

    remind(at=on("2026-05-11"))
    assert told("hoofd-te-laat") == {unit_head.user}


def test_what_stays_late_is_told_to_the_coordinators_of_the_parties_that_work_with_it(
    case: Case,
    casemanager: Viewer,
    unit_head: Viewer,
    coordinator: Viewer,
    probation_officer: Viewer,
) -> None:
    DeadlineFactory(case=case, step=Step.PLAN_ADOPTION, step_valid_from=date(2021, 7, 1))

    remind(at=on("2026-05-27"))

    assert told("opschaling") == {unit_head.user, coordinator.user, probation_officer.user}


def test_what_stays_late_and_is_no_work_of_a_gemeente_is_not_told_there(
    screening: Case, unit_head: Viewer, coordinator: Viewer
) -> None:
    remind(at=on("2026-05-27"))

    assert told("opschaling") == {unit_head.user}


def test_a_reclassering_without_a_title_hears_no_escalation(
    case: Case, unit_head: Viewer, probation_officer: Viewer, world: World
) -> None:
    CaseParty.objects.filter(case=case, party=world.probation).update(on_title=False)
    DeadlineFactory(case=case, step=Step.PLAN_ADOPTION, step_valid_from=date(2021, 7, 1))

    remind(at=on("2026-05-27"))

    assert probation_officer.user not in told("opschaling")
    assert not Notification.objects.filter(organisation=world.probation).exists()


def test_the_afdelingshoofd_of_another_afdeling_is_not_told(
    screening: Case, unit_head: Viewer, hire: Hire, world: World
) -> None:
    role = hire(world.pi, RoleKind.UNIT_HEAD)
    type(role).objects.filter(pk=role.pk).update(unit="B")

    remind(at=on("2026-05-27"))

    assert told("opschaling") == {unit_head.user}


def test_a_suspended_term_reminds_nobody_at_any_stage(screening: Case) -> None:
    Deadline.objects.filter(case=screening).update(status=DeadlineStatus.SUSPENDED)

    for day in ("2026-04-28", "2026-05-06", "2026-05-07", "2026-05-27"):
        assert remind(at=on(day)) == 0


def test_what_is_late_every_day_is_told_every_day(case: Case) -> None:
    """The steps of a day repeat daily, those of a week weekly (C4)."""
    found = {
        window.rule.step: window.rule.repeat for window in windows(date(2026, 5, 6), set(), Room.CONTENT)
    }

    assert found[Step.SCIL] == 1
    assert found[Step.ID_APPLICATION] == 7


def test_a_term_made_under_an_old_rule_keeps_its_warnings(case: Case) -> None:
    old = DeadlineFactory(case=case, step=Step.PLAN_ADOPTION, step_valid_from=date(2019, 7, 1))
    rules = [window.rule for window in windows(date(2026, 5, 6), set()) if window.rule.step == old.step]
    first = min(rules, key=lambda rule: rule.valid_from)
    last = max(rules, key=lambda rule: rule.valid_from)

    assert Deadline.objects.filter(made_under(first)).count() == 1
    assert Deadline.objects.filter(made_under(last)).count() == 0


def test_a_sweep_of_all_stages_costs_the_same_for_one_and_for_twenty_cases(screening: Case) -> None:
    for term in range(2):
        DeadlineFactory(case=screening, step=Step.TWO_WEEK_PLAN, round=term + 1, due_on=date(2026, 5, 25))
    few = count_queries(lambda: remind(at=on("2026-05-27")))
    Deadline.objects.filter(case=screening).update(due_on=date(2026, 5, 5))
    for term in range(2, 22):
        DeadlineFactory(case=screening, step=Step.TWO_WEEK_PLAN, round=term + 1, due_on=date(2026, 5, 5))

    assert count_queries(lambda: remind(at=on("2026-05-27") + timedelta(hours=1))) == few


def test_nobody_left_to_tell_is_told_to_beheer_without_the_case(
    case: Case, functional_admin: Viewer, world: World
) -> None:
    """No fixture works at the PI here."""
    DeadlineFactory(case=case, step=Step.SCREENING, due_on=date(2026, 5, 6))

    for hour in (7, 8):
        remind(at=on("2026-05-06", hour))

    [row] = Notification.objects.filter(kind="niemand-bereikbaar", channel=Channel.IN_APP)
    assert row.recipient == functional_admin.user
    assert (row.case, row.resource) == (None, "/bezorging/")


def test_nobody_left_at_the_party_is_told_to_who_leads_there(
    case: Case, unit_head: Viewer, world: World, functional_admin: Viewer
) -> None:
    CaseParty.objects.filter(case=case, party=world.pi).update(named_only=True)
    DeadlineFactory(case=case, step=Step.SCREENING, due_on=date(2026, 5, 6))

    remind(at=on("2026-05-06"))

    rows = Notification.objects.exclude(recipient=None).filter(channel=Channel.IN_APP)
    assert [(row.kind, row.recipient, row.case) for row in rows] == [
        ("zaak-zonder-lezer", unit_head.user, None)
    ]


def test_a_stage_of_which_nobody_may_hear_is_done_with_and_stands_nowhere(
    screening: Case, unit_head: Viewer, world: World
) -> None:
    hidden = replace(TERMS, hears=lambda terms, parties, at: set())

    assert remind(at=on("2026-05-06"), source=hidden) == 1
    assert remind(at=on("2026-05-06", 10), source=hidden) == 0

    assert stages() == []
    assert stages(Channel.EVENT) == []
    assert late_reminders(on("2026-05-06", 11), hidden) == 0


def test_who_left_or_was_closed_hears_no_escalation(
    screening: Case, unit_head: Viewer, casemanager: Viewer, hire: Hire, world: World
) -> None:
    gone, closed = hire(world.pi, RoleKind.UNIT_HEAD), hire(world.pi, RoleKind.UNIT_HEAD)
    Role.objects.filter(pk=gone.pk).update(until=date(2026, 5, 27))
    User.objects.filter(pk=closed.user_id).update(is_active=False)

    remind(at=on("2026-05-27"))

    assert told("opschaling") == {unit_head.user}


def test_who_moved_between_the_sweep_and_the_mail_gets_no_mail_and_reads_nothing(
    screening: Case, unit_head: Viewer, casemanager: Viewer, world: World
) -> None:
    remind(at=on("2026-05-27"))
    Role.objects.filter(user=unit_head.user).update(organisation=world.other_pi)

    deliver_mail(at=on("2026-05-27"))

    assert unit_head.user.email not in [letter.to[0] for letter in mail.outbox]
    moved = viewer_for(Role.objects.get(user=unit_head.user), at=on("2026-05-27"))
    assert not Notification.objects.inbox_of(moved).exists()
