"""The verblijfsplan of an ISD is evaluated at least every six months (Pbw 18c, C6.38)."""

from datetime import UTC, date, datetime

from cases.actions import meet_deadline, run_clocks
from cases.models import Deadline, DeadlineStatus
from cases.process import ADOPTION_STEPS
from tests.cases.test_messages import AT, take_in, the_case
from tests.conftest import World
from tests.factories.base import TestActor
from tests.factories.messages import message, release

BY = TestActor()
OPEN, MET, LAPSED = DeadlineStatus.OPEN, DeadlineStatus.MET, DeadlineStatus.LAPSED


def adopt(on: date) -> None:
    """What an MDO that adopts the plan does to the terms (plans.actions.plan)."""
    at = datetime(on.year, on.month, on.day, 9, 0, tzinfo=UTC)
    for step in ADOPTION_STEPS:
        meet_deadline(case=the_case(), step=step, on=on, by=BY, at=at, why="vastgesteld in het MDO")
    run_clocks(case=the_case(), by=BY, at=at)


def rounds() -> list[tuple[date, date, str]]:
    rows = Deadline.objects.filter(step="isd_evaluation").order_by("round")
    return [(row.starts_on, row.due_on, row.status) for row in rows]


def test_nothing_is_evaluated_before_there_is_a_plan(world: World) -> None:
    take_in(message(titel="isd"))

    assert rounds() == []


def test_six_months_count_from_the_adoption_and_from_each_evaluation(world: World) -> None:
    take_in(message(titel="isd"))

    adopt(date(2026, 5, 18))
    assert rounds() == [(date(2026, 5, 18), date(2026, 11, 18), OPEN)]

    adopt(date(2026, 10, 30))
    assert rounds() == [
        (date(2026, 5, 18), date(2026, 11, 18), MET),
        (date(2026, 10, 30), date(2027, 4, 30), OPEN),
    ]
    assert Deadline.objects.get(step="isd_evaluation", round=2).explanation == (
        "6 maanden na de vorige evaluatie op 30 oktober 2026"
    )


def test_another_title_ends_it_and_the_release_lapses_it(world: World) -> None:
    take_in(message(titel="isd"))
    adopt(date(2026, 5, 18))

    take_in(message(titel="gevangenisstraf", sent="2026-05-20T12:00:00+02:00"))
    assert [status for *_, status in rounds()] == [LAPSED]

    take_in(message(titel="isd", sent="2026-05-21T12:00:00+02:00"))
    assert [status for *_, status in rounds()] == [OPEN]

    take_in(release("2026-05-31T09:00:00+02:00"), at=AT)
    assert [status for *_, status in rounds()] == [LAPSED]


def test_who_is_no_isd_has_no_evaluation(world: World) -> None:
    take_in(message())

    adopt(date(2026, 5, 18))

    assert rounds() == []
