"""What was replaced before a party came in, or before there was a ground, was never given to it (C6.6, R29, R31)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.models import Capacity, Case, LifeDomain
from consent.models import Consent, GroundCode, RowKind
from parties.viewer import Viewer
from plans.actions import change_note, write_note
from plans.models import Action, ChildCheck, ChildCheckAnswer, DomainRecord, Note, NoteKind
from reintegratie.lib.history import save_as
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.cases import take_part
from tests.factories.consent import CaseGroundFactory, ConsentFactory, StatutoryGroundFactory
from tests.factories.plans import ActionFactory, DomainRecordFactory

PART = timedelta(hours=8)
"""A third of a day: everything below happens between the entry and now."""


def rewrite(record: DomainRecord, text: str, *, parts: int) -> None:
    """Change the support request, so many parts of a day from now."""
    record.support_request = text
    save_as(record, by=TestActor(), at=NOW + parts * PART, why="gewijzigd")


def told(viewer: Viewer) -> list[str]:
    """The texts that the history of domain records tells this viewer, oldest first."""
    return [line.support_request for line in DomainRecord.history.visible_to(viewer).order_by("history_id")]


@pytest.fixture
def record(case: Case, world: World) -> DomainRecord:
    """Housing as it was written long ago, changed twice since."""
    record = DomainRecordFactory(case=case, owner=world.pi, support_request="eerst")
    rewrite(record, "daarna", parts=-4)
    rewrite(record, "nu", parts=-2)
    return record


def test_a_consent_opens_the_state_of_that_day_and_what_follows(
    record: DomainRecord, case: Case, world: World, coordinator: Viewer
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING, given_at=NOW - 3 * PART)

    assert told(coordinator) == ["daarna", "nu"]


def test_a_consent_of_today_opens_nothing_that_was_replaced_before(
    record: DomainRecord, case: Case, world: World, coordinator: Viewer
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING, given_at=NOW - PART)

    assert told(coordinator) == ["nu"]


def test_who_came_in_later_reads_from_that_day_whatever_the_date_of_the_consent(
    record: DomainRecord, case: Case, world: World, other_coordinator: Viewer
) -> None:
    take_part(case, world.deventer, Capacity.RESETTLEMENT, since=NOW - PART)
    ConsentFactory(case=case, recipient=world.deventer, domain=LifeDomain.HOUSING, given_at=NOW - 5 * PART)

    assert told(other_coordinator) == ["nu"]


def test_consent_that_was_taken_back_and_given_anew_counts_from_the_new_one(
    record: DomainRecord, case: Case, world: World, coordinator: Viewer
) -> None:
    first = ConsentFactory(
        case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING, given_at=NOW - 6 * PART
    )
    first.withdrawn_at = NOW - 5 * PART
    save_as(first, by=TestActor(), at=NOW - 5 * PART, why="ingetrokken")
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING, given_at=NOW - PART)

    assert Consent.objects.count() == 2
    assert told(coordinator) == ["nu"]


def test_a_filter_before_the_rule_opens_no_more(
    record: DomainRecord, case: Case, world: World, coordinator: Viewer
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING, given_at=NOW - PART)

    old = DomainRecord.history.filter(support_request="eerst")

    assert list(old.visible_to(coordinator)) == []


def test_the_pi_that_keeps_the_file_reads_all_of_it(record: DomainRecord, casemanager: Viewer) -> None:
    assert told(casemanager) == ["eerst", "daarna", "nu"]


def test_a_gemeente_that_comes_after_a_correction_never_hears_of_the_positive_kind_check(
    case: Case, world: World, other_coordinator: Viewer
) -> None:
    check = ChildCheck(
        case=case,
        owner=world.pi,
        answer=ChildCheckAnswer.YES,
        is_urgent=True,
        asked_on=NOW.date(),
        created_at=NOW - 3 * PART,
        changed_at=NOW - 3 * PART,
    )
    save_as(check, by=TestActor(), at=NOW - 3 * PART, why="vastgelegd")
    check.answer, check.is_urgent = ChildCheckAnswer.NO, False
    save_as(check, by=TestActor(), at=NOW - 2 * PART, why="gecorrigeerd")
    take_part(case, world.deventer, Capacity.RESETTLEMENT, since=NOW - PART)

    assert list(ChildCheck.history.visible_to(other_coordinator)) == []


def test_the_history_of_an_own_action_stays_whole(case: Case, world: World, coordinator: Viewer) -> None:
    action = ActionFactory(case=case, owner=world.pi, assignee=world.zwolle, text="eerst")
    action.text = "nu"
    save_as(action, by=TestActor(), at=NOW - 2 * PART, why="gewijzigd")
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING, given_at=NOW - PART)

    lines = Action.history.visible_to(coordinator).order_by("history_id")
    assert [line.text for line in lines] == ["eerst", "nu"]


def test_a_kind_without_a_domain_begins_where_the_case_relied_on_it(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    """What was noted about behaviour before the necessity was written is not for the gemeente (C6.6)."""
    StatutoryGroundFactory(
        code=GroundCode.PBW18A, capacity=Capacity.ORIGIN, row_kind=RowKind.BEHAVIOUR, per_case=True
    )
    note = write_note(case=case, kind=NoteKind.BEHAVIOUR, text="was anders", by=casemanager, at=NOW)
    later = NOW + timedelta(hours=1)
    change_note(
        note=note, text="is nu zo", expected_version=note.version, by=replace(casemanager, at=later), at=later
    )
    CaseGroundFactory(case=case, recipient=world.zwolle, subject=RowKind.BEHAVIOUR, since=later)

    lines = Note.history.visible_to(replace(coordinator, at=later + timedelta(hours=1)))

    assert [line.text for line in lines] == ["is nu zo"]
