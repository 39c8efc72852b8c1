"""The term of the begin message: when is a gemeente told, and what if there is none to tell? (R21-R23, C6.33)"""

from datetime import UTC, date, datetime

from cases.actions import finish_task, follow_connection, set_origin
from cases.models import CaseTask, Deadline, DeadlineStatus, TaskKind
from cases.process import steps_for
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from tests.cases.test_messages import AT, take_in, the_case
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.messages import correction, message, release

BY = TestActor()
MET, LAPSED, OPEN = DeadlineStatus.MET, DeadlineStatus.LAPSED, DeadlineStatus.OPEN


def begun() -> tuple[str, date, date | None]:
    row = Deadline.objects.get(step="begin_message")
    return row.status, row.due_on, row.closed_on


def disconnect(world: World) -> None:
    world.zwolle.connected_since = None
    save_as(world.zwolle, by=BY, at=NOW, why="niet aangesloten")


def test_a_connected_gemeente_is_told_on_the_day_of_the_message(world: World) -> None:
    take_in(message(), at=datetime(2026, 4, 20, 10, 0, tzinfo=UTC))

    assert begun() == (MET, date(2026, 4, 21), date(2026, 4, 20))


def test_a_message_that_came_late_told_it_late(world: World) -> None:
    """What counts is when the gemeente could know, not from when it takes part."""
    take_in(message())

    assert begun() == (MET, date(2026, 4, 21), AT.date())


def test_without_a_known_gemeente_it_stays_open_until_a_person_found_it(
    world: World, casemanager: Viewer
) -> None:
    take_in(message(gemeenteHerkomst=None), at=NOW)
    assert begun() == (OPEN, date(2026, 4, 21), None)

    set_origin(case=the_case(), municipality=world.deventer, by=casemanager, at=NOW)

    assert begun() == (MET, date(2026, 4, 21), NOW.date())


def test_a_gemeente_that_is_not_connected_is_told_by_a_person_and_his_task_closes_it(
    world: World, casemanager: Viewer
) -> None:
    disconnect(world)
    take_in(message(), at=NOW)
    assert begun()[0] == OPEN

    later = datetime(2026, 4, 23, 9, 0, tzinfo=UTC)
    finish_task(task=CaseTask.objects.get(kind=TaskKind.ORIGIN_NOT_CONNECTED), by=casemanager, at=later)

    assert begun() == (MET, date(2026, 4, 21), date(2026, 4, 23))


def test_another_task_that_is_done_tells_nobody(world: World, casemanager: Viewer) -> None:
    take_in(message(gemeenteHerkomst=None), at=NOW)

    finish_task(task=CaseTask.objects.get(kind=TaskKind.ORIGIN_UNKNOWN), by=casemanager, at=NOW)

    assert begun()[0] == OPEN


def test_a_gemeente_that_is_connected_later_is_told_then(world: World) -> None:
    disconnect(world)
    take_in(message(), at=NOW)
    later = datetime(2026, 4, 30, 9, 0, tzinfo=UTC)
    world.zwolle.connected_since = later.date()
    save_as(world.zwolle, by=BY, at=later, why="aangesloten")

    follow_connection(municipality=world.zwolle, by=BY, at=later)

    assert begun() == (MET, date(2026, 4, 21), date(2026, 4, 30))


def test_a_corrected_entry_moves_its_day_also_when_the_gemeente_was_told(world: World) -> None:
    """Messages met it, so in whatever order they come it ends the same (contract 5)."""
    take_in(message(), correction("2026-04-17T11:00:00+02:00"), at=NOW)

    assert begun() == (MET, date(2026, 4, 20), NOW.date())
    dues = (
        Deadline.history.filter(step="begin_message").order_by("history_id").values_list("due_on", flat=True)
    )
    assert list(dues) == [date(2026, 4, 21), date(2026, 4, 20)]


def test_a_release_with_nobody_told_lapses_it_and_telling_it_after_all_still_counts(world: World) -> None:
    take_in(message(gemeenteHerkomst=None), release("2026-05-14T09:00:00+02:00", gemeenteHerkomst=None))
    assert begun()[0] == LAPSED

    take_in(correction("2026-04-20T11:00:00+02:00", sent="2026-05-15T08:00:00Z"))

    assert begun()[0] == MET


def test_only_the_inrichting_has_this_term() -> None:
    assert "begin_message" in steps_for("inrichting")
    assert "begin_message" not in steps_for("herkomst")
