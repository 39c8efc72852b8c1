"""Two people, or a person and a message, change the frame of one case at once, each on a connection of his own."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier, Event

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from cases.access import cases_of
from cases.actions import (
    NoLongerTakesPart,
    assign_worker,
    end_involvement,
    finish_task,
    involve_probation,
    lock_case,
    meet_deadline,
    open_task,
    receive_message,
    start_deadline,
)
from cases.models import Capacity, Case, CaseParty, CaseTask, Deadline, DeadlineStatus, TaskKind
from cases.steps import Step
from parties.viewer import Viewer
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.messages import message, release_date

pytestmark = pytest.mark.django_db(transaction=True)

BY = TestActor()
LONG_ENOUGH = 0.7  # seconds in which the other one would have come along, had nobody kept him waiting

Work = Callable[[], object]


def both(*works: Work) -> list[object]:
    """Start all at once, each on its own connection; what came of each, a refusal as its class."""
    start = Barrier(len(works))

    def on_own_connection(work: Work) -> object:
        try:
            start.wait(timeout=30)
            return work()
        except NoLongerTakesPart as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(works)) as pool:
        running = [pool.submit(on_own_connection, work) for work in works]
        return [one.result(timeout=60) for one in running]


def crosswise(first: tuple[Work, Work], second: tuple[Work, Work]) -> list[object]:
    """Two transactions of two actions each, that meet halfway if nothing keeps the second one waiting."""
    halfway = Event(), Event()

    def steps(mine: Event, other: Event, works: tuple[Work, Work]) -> Work:
        def run() -> None:
            with transaction.atomic():
                works[0]()
                mine.set()
                other.wait(timeout=LONG_ENOUGH)
                works[1]()

        return run

    return both(steps(*halfway, first), steps(*reversed(halfway), second))


def probation_row(case: Case) -> CaseParty:
    return CaseParty.objects.get(case=case, capacity=Capacity.PROBATION)


def meet(case: Case, step: Step) -> Work:
    return lambda: meet_deadline(
        case=Case.objects.get(pk=case.pk), step=step, on=date(2026, 4, 24), by=BY, at=NOW, why="gedaan"
    )


def name_worker(row: CaseParty, by: Viewer) -> Work:
    return lambda: assign_worker(
        row=CaseParty.objects.get(pk=row.pk), worker=by.user, by=by, at=NOW, why="behandelaar gekozen"
    )


def end(row: CaseParty, by: Viewer) -> Work:
    return lambda: end_involvement(row=CaseParty.objects.get(pk=row.pk), by=by, at=NOW, why="afgelopen")


def finish(task: CaseTask, by: Viewer) -> Work:
    return lambda: finish_task(task=CaseTask.objects.get(pk=task.pk), by=by, at=NOW)


def hold(case: Case) -> Work:
    """How every action on a case begins."""
    return lambda: lock_case(Case.objects.get(pk=case.pk))


def test_a_worker_named_on_a_page_that_was_opened_before_the_end_does_not_bring_the_assignment_back(
    case: Case, casemanager: Viewer, probation_officer: Viewer
) -> None:
    """C6.47: ended is ended, whatever another page still shows."""
    shown = probation_row(case)
    end_involvement(row=probation_row(case), by=casemanager, at=NOW, why="afgelopen")

    with pytest.raises(NoLongerTakesPart):
        assign_worker(
            row=shown, worker=probation_officer.user, by=probation_officer, at=NOW, why="behandelaar gekozen"
        )

    assert probation_row(case).until == NOW
    assert not cases_of(probation_officer).exists()


def test_ending_an_assignment_wins_from_naming_a_worker_at_the_same_moment(
    case: Case, casemanager: Viewer, probation_officer: Viewer
) -> None:
    row = probation_row(case)

    both(name_worker(row, probation_officer), end(row, casemanager))

    assert probation_row(case).until == NOW
    assert not cases_of(probation_officer).exists()


def test_an_assignment_ends_once(case: Case, casemanager: Viewer, unit_head: Viewer) -> None:
    row = probation_row(case)

    outcomes = both(end(row, casemanager), end(row, unit_head))

    assert outcomes.count(NoLongerTakesPart) == 1
    assert row.history.filter(until=NOW).count() == 1


@pytest.mark.parametrize("second", ["meets a term", "finishes a task", "names a worker"])
def test_actions_on_one_case_never_wait_for_each_other_in_a_ring(
    case: Case, casemanager: Viewer, second: str
) -> None:
    """Whoever comes second waits at the case, before he holds anything that the first one still needs."""
    for step in (Step.SCREENING, Step.INFO_REQUEST):
        start_deadline(case=case, step=step, since=date(2026, 4, 20), by=BY, at=NOW)
    row = CaseParty.objects.get(case=case, capacity=Capacity.PRISON)
    task = open_task(case=case, party=row.party, kind=TaskKind.BSN_UNKNOWN, by=BY, at=NOW)
    works = {
        "meets a term": meet(case, Step.SCREENING),
        "finishes a task": finish(task, casemanager),
        "names a worker": name_worker(row, casemanager),
    }

    crosswise((hold(case), meet(case, Step.INFO_REQUEST)), (works[second], hold(case)))

    assert Deadline.objects.get(step=Step.INFO_REQUEST).status == DeadlineStatus.MET


def test_a_message_and_a_person_take_turns_on_one_case(world: World, casemanager: Viewer) -> None:
    """The intake writes case, parties, terms and tasks; a click that holds a term does not cross it."""
    receive_message(body=message(), by=BY, at=NOW)
    case = Case.objects.get()
    row = CaseParty.objects.get(case=case, capacity=Capacity.PRISON)
    news = release_date("2026-12-01")

    crosswise(
        (meet(case, Step.SCREENING), name_worker(row, casemanager)),
        (lambda: receive_message(body=news, by=BY, at=NOW), lambda: None),
    )

    case.refresh_from_db()
    assert case.expected_release_on == date(2026, 12, 1)
    assert CaseParty.objects.get(pk=row.pk).worker == casemanager.user


def test_two_clicks_on_involving_the_reclassering_are_one_assignment(
    case: Case, world: World, casemanager: Viewer, unit_head: Viewer
) -> None:
    def involve(by: Viewer) -> Work:
        return lambda: (
            involve_probation(
                case=Case.objects.get(pk=case.pk),
                organisation=world.other_probation,
                assignment="toezicht",
                on_title=True,
                by=by,
                at=NOW,
            ).pk
        )

    first, second = both(involve(casemanager), involve(unit_head))

    assert first == second


def test_two_terms_that_are_met_at_once_leave_the_worklist_with_the_third(case: Case) -> None:
    """Each of the two would else still count the other's term as open."""
    for step in (Step.SCREENING, Step.INFO_REQUEST, Step.PLAN_ADOPTION):
        start_deadline(case=case, step=step, since=date(2026, 4, 20), by=BY, at=NOW)

    crosswise((meet(case, Step.SCREENING), lambda: None), (meet(case, Step.INFO_REQUEST), lambda: None))

    adoption = Deadline.objects.get(case=case, step=Step.PLAN_ADOPTION)
    assert CaseParty.objects.get(case=case, capacity=Capacity.PRISON).next_deadline == adoption.due_on


def test_a_line_that_the_database_does_not_let_in_is_reported_and_the_next_one_is_taken_in(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One bad line never stops the rest (contract 1)."""
    receive_message(body=message(), by=BY, at=NOW)
    held, done = Event(), Event()
    other = message(person={"strafrechtsketennummer": "7000002", "bsn": "999990020"}, nummer="INS-T-2")
    file = tmp_path / "meldingen.jsonl"
    file.write_text("\n".join(json.dumps(body) for body in (release_date("2026-12-01"), other)))

    def hold_on() -> None:
        with transaction.atomic():
            hold(Case.objects.get(detention_number="INS-T-1"))()
            held.set()
            done.wait(timeout=30)

    def load() -> None:
        held.wait(timeout=30)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        try:
            with pytest.raises(CommandError, match=r"1 regel\(s\) niet verwerkt"):
                call_command("load_messages", str(file))
        finally:
            done.set()

    both(hold_on, load)

    assert Case.objects.filter(detention_number="INS-T-2").exists()
    assert "Niet verwerkt door een storing:\n  regel 1" in capsys.readouterr().out
