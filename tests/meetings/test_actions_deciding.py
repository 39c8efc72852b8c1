"""A decision is a note until the meeting is closed; with a party and a day it will be that party's work."""

from datetime import date

import pytest

from cases.models import LifeDomain
from meetings.access import decisions_of
from meetings.actions import drop_decision, invite, record_decision
from meetings.actions.deciding import ActionIncomplete, AssigneeTakesNoPart, DecisionEmpty
from meetings.models import Decision, DecisionKind
from meetings.refusals import NotAllowed
from plans.models import Action
from tests.factories.consent import ConsentFactory


def decide(item, by, **more):
    return record_decision(item=item, by=by, at=by.at, **{"kind": DecisionKind.CONTINUE, **more})


def test_the_secretary_notes_a_decision(item, casemanager, world):
    decision = decide(item, casemanager, domain=LifeDomain.HOUSING, text="Zo doorgaan")

    assert list(decisions_of(casemanager)) == [decision]
    assert decision.owner == world.pi


def test_another_party_notes_nothing(item, coordinator, casemanager, world):
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)

    with pytest.raises(NotAllowed):
        decide(item, coordinator)


@pytest.mark.parametrize("kind", [DecisionKind.OTHER, DecisionKind.ADJUST_PLAN])
def test_a_decision_that_its_kind_does_not_tell_has_a_text(kind, item, casemanager):
    with pytest.raises(DecisionEmpty):
        decide(item, casemanager, kind=kind, text="  ")


@pytest.mark.parametrize("missing", ["assignee", "due_on"])
def test_an_action_has_a_party_and_a_day(missing, item, casemanager, world):
    whole = {"assignee": world.zwolle, "due_on": date(2026, 6, 1)}

    with pytest.raises(ActionIncomplete):
        decide(item, casemanager, kind=DecisionKind.ACTION, text="Inschrijven", **{**whole, missing: None})


def test_an_action_is_for_a_party_of_the_case(item, casemanager, world):
    with pytest.raises(AssigneeTakesNoPart):
        decide(
            item,
            casemanager,
            kind=DecisionKind.ACTION,
            text="Inschrijven",
            assignee=world.deventer,
            due_on=date(2026, 6, 1),
        )


def test_nobody_has_work_before_the_meeting_is_closed(item, casemanager, world):
    decide(
        item,
        casemanager,
        kind=DecisionKind.ACTION,
        text="Inschrijven",
        assignee=world.zwolle,
        due_on=date(2026, 6, 1),
    )

    assert not Action.objects.unrestricted(reason="test").exists()


def test_a_wrong_note_goes_and_its_history_stays(item, casemanager):
    decision = decide(item, casemanager)
    pk = decision.pk

    drop_decision(decision=decision, item=item, by=casemanager, at=casemanager.at)

    assert not decisions_of(casemanager).exists()
    kinds = Decision.history.unrestricted(reason="test").filter(id=pk).values_list("history_type", flat=True)
    assert sorted(kinds) == ["+", "-"]


def test_the_gemeente_reads_no_note_before_the_meeting_is_closed(item, case, coordinator, casemanager, world):
    invite(item=item, organisation=world.zwolle, by=casemanager, at=casemanager.at)
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)

    decide(item, casemanager, domain=LifeDomain.HOUSING, text="Zo doorgaan")

    assert not decisions_of(coordinator).exists()
