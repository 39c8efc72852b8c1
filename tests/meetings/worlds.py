"""A meeting with many cases, each with everything that stands on an agenda."""

from datetime import date

from cases.models import Capacity, Case, LifeDomain
from meetings.actions import invite
from meetings.models import Meeting
from parties.viewer import Viewer
from tests.conftest import World
from tests.factories.cases import CaseFactory, DeadlineFactory, FacilityStayFactory, take_part
from tests.factories.consent import ConsentFactory
from tests.factories.meetings import on_agenda
from tests.factories.plans import ActionFactory


def many_cases(mdo: Meeting, by: Viewer, world: World, count: int, **person: object) -> list[Case]:
    """So many persons from Zwolle on the agenda, with terms, actions, consent for onderdak and an invitation."""
    return [_case_on(mdo, by, world, **person) for _ in range(count)]


def _case_on(mdo: Meeting, by: Viewer, world: World, **person: object) -> Case:
    case = CaseFactory(origin_municipality=world.zwolle, **person)
    FacilityStayFactory(case=case, facility=world.pi)
    take_part(case, world.pi, Capacity.PRISON)
    take_part(case, world.zwolle, Capacity.ORIGIN)
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    DeadlineFactory(case=case, step="plan_adoption", due_on=date(2026, 4, 18))
    DeadlineFactory(case=case, step="mdo_cycle", due_on=date(2026, 5, 18))
    for domain, assignee in ((LifeDomain.HOUSING, world.zwolle), (LifeDomain.DEBTS, world.pi)):
        ActionFactory(
            case=case,
            owner=world.pi,
            assignee=assignee,
            domain=domain,
            text="Betalingsregeling afspreken met de verhuurder en de achterstand in kaart brengen",
            due_on=date(2026, 5, 1),
        )
    item = on_agenda(mdo, case, by, proposal="Plan vaststellen; regie bij de inrichting.")
    invite(item=item, organisation=world.zwolle, by=by, at=by.at)
    return case
