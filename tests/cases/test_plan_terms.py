"""Which term does the plan have? Four weeks, and a month for the verblijfsplan of an ISD (R147, C6.38)."""

from datetime import date

from cases.actions import meet_deadline
from cases.models import Capacity, CaseParty, Deadline
from cases.process import PLAN_STEPS, steps_for
from cases.steps import Step
from tests.cases.test_messages import AT, take_in, the_case
from tests.conftest import World
from tests.factories.base import TestActor
from tests.factories.messages import correction, message


def plan_terms() -> dict[str, str]:
    rows = Deadline.objects.filter(step__in=PLAN_STEPS)
    return dict(rows.values_list("step", "status"))


def test_the_title_decides_which_term_the_plan_has(world: World) -> None:
    """An ISD has a verblijfsplan within a month (C6.38); the term follows the title that the messages state last."""
    take_in(message(titel="isd"))
    assert plan_terms() == {"stay_plan": "open"}

    take_in(correction("2026-04-20T11:00:00+02:00", titel="gevangenisstraf"))
    assert plan_terms() == {"stay_plan": "open"}  # the title is that of the begin message

    take_in(message(titel="gevangenisstraf", sent="2026-04-23T12:00:00+02:00"))
    assert plan_terms() == {"stay_plan": "vervallen", "plan_adoption": "open"}

    take_in(message(titel="isd", sent="2026-04-24T12:00:00+02:00"))
    assert plan_terms() == {"stay_plan": "open", "plan_adoption": "vervallen"}


def test_a_plan_that_was_adopted_gets_no_second_term_with_another_title(world: World) -> None:
    take_in(message())
    meet_deadline(
        case=the_case(),
        step=Step.PLAN_ADOPTION,
        on=date(2026, 5, 1),
        by=TestActor(),
        at=AT,
        why="vastgesteld",
    )

    take_in(message(titel="isd", sent="2026-05-04T12:00:00+02:00"))

    assert plan_terms() == {"plan_adoption": "gehaald"}


def test_a_gemeente_learns_no_title_from_a_term(world: World) -> None:
    """Only an ISD has a verblijfsplan, and why somebody is inside is not for a gemeente (cases.frame)."""
    take_in(message(titel="isd"))

    assert Step.STAY_PLAN not in steps_for(Capacity.ORIGIN)
    assert CaseParty.objects.get(party=world.zwolle).next_deadline != date(2026, 5, 20)
