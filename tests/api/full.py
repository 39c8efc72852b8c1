"""A case in which everything happened that the API can tell, for tests that walk over all addresses."""

from datetime import date
from typing import Any

from django.utils import timezone

from cases.actions import notify
from cases.models import Case, LifeDomain
from meetings.actions import invite
from parties.models import Organisation
from parties.viewer import Viewer
from plans.actions import add_contribution, issue_sheet, react_to_plan
from plans.models import ContributionKind, ReactionAnswer, SupportAnswer
from tests.conftest import World
from tests.factories.cases import DeadlineFactory
from tests.factories.consent import ConsentFactory
from tests.factories.meetings import MeetingFactory, on_agenda
from tests.factories.plans import ActionFactory, DomainRecordFactory, GoalFactory, PlanFactory

BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("/trajecten/{id}/inbreng", "post"): {"soort": "advies", "inhoud": "Vraag een urgentieverklaring aan"},
    ("/trajecten/{id}/plan/reacties", "post"): {"reactie": "akkoord"},
    ("/acties/{id}", "patch"): {"resultaat": "Afspraak gemaakt"},
}
"""A right body for every call that wants one."""


def fill(case: Case, world: World, by: Viewer, shared_with: Organisation) -> dict[str, str]:
    """Everything about a case, shared with one party. Gives the ids that fit an address."""
    now = timezone.now()
    for domain in LifeDomain:
        DomainRecordFactory(
            case=case,
            owner=world.pi,
            domain=domain,
            support_answer=SupportAnswer.REQUEST,
            support_request="graag hulp",
        )
        ConsentFactory(case=case, recipient=shared_with, domain=domain)
    plan = PlanFactory(case=case, owner=world.pi, lead=world.pi)
    goal = GoalFactory(plan=plan)
    action = ActionFactory(
        case=case, owner=world.pi, assignee=shared_with, goal=goal, due_on=date(2026, 12, 24)
    )
    DeadlineFactory(case=case, step="plan_adoption", step_valid_from=date(2021, 7, 1))
    issue_sheet(case=case, recipient=shared_with, by=by, at=now)
    party = Viewer(shared_with, "reclasseringswerker", now)
    add_contribution(
        case=case, domain="", kind=ContributionKind.ADVICE, text="Kent de schuldhulp", by=party, at=now
    )
    react_to_plan(case=case, answer=ReactionAnswer.AGREE, note="", by=party, at=now)
    notify(case=case, organisation=shared_with, kind="actie-toegewezen", event=f"actie:{action.pk}", at=now)
    meeting = MeetingFactory(organisation=world.pi, chair=by.user)
    item = on_agenda(meeting, case, by)
    invite(item=item, organisation=shared_with, by=by, at=by.at)
    return {"trajecten": str(case.pk), "acties": str(action.pk), "overleggen": str(meeting.pk)}


def address(path: str, ids: dict[str, str]) -> str:
    """A documented path with an id that belongs in it."""
    return path.replace("{id}", ids.get(path.split("/")[1], "")).replace("{nr}", "1")
