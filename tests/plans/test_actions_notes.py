"""Writing notes, members and addresses: who may, what is refused, and a kind that turns out to be wrong (C6.36, C6.54)."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from cases.ending import CaseIsOver
from cases.models import Capacity, Case, LifeDomain, Phase
from consent.actions import Answer, Evidence
from consent.models import ThirdPartyConsent
from parties.models import AuditLine
from parties.viewer import Viewer
from plans import rules
from plans.actions import (
    ContactBarred,
    EndsBeforeItBegan,
    KindKeepsDomainAway,
    NotTheOtherParent,
    Person,
    Place,
    ReasonMissing,
    SameKind,
    change_note,
    decide_for_member,
    involve_member,
    reclassify_note,
    save_address,
    save_member,
    write_note,
)
from plans.models import Action, AddressPurpose, NetworkMember, Note, NoteKind, Relation
from reintegratie.lib.versions import StaleVersion
from tests.conftest import NOW, World
from tests.factories.cases import take_part
from tests.factories.consent import ConsentFactory
from tests.factories.people import NetworkMemberFactory

BEHAVIOUR, INTERNAL = NoteKind.BEHAVIOUR, NoteKind.INTERNAL


def kinds(viewer: Viewer, *, manages: bool = False, contributes: bool = False) -> set[str]:
    return set(rules.note_kinds(viewer, manages=manages, contributes=contributes, phase=Phase.ADMITTED))


def test_the_pi_writes_every_kind_the_reclassering_its_own_and_a_gemeente_none(
    casemanager: Viewer, unit_head: Viewer, director: Viewer, probation_officer: Viewer, coordinator: Viewer
) -> None:
    assert kinds(casemanager, manages=True) == kinds(unit_head, manages=True) == set(NoteKind)
    assert kinds(director, manages=True) == set()
    assert kinds(probation_officer, contributes=True) == set(NoteKind) - {INTERNAL}
    assert kinds(coordinator, contributes=True) == set()


def test_nobody_writes_notes_in_a_closed_case(casemanager: Viewer) -> None:
    assert rules.note_kinds(casemanager, manages=True, contributes=False, phase=Phase.CLOSED) == ()


def test_a_note_is_of_who_wrote_it(case: Case, probation_officer: Viewer) -> None:
    note = write_note(case=case, kind=NoteKind.OFFENCE, text="x", by=probation_officer, at=NOW)

    assert note.owner == probation_officer.organisation
    assert AuditLine.objects.filter(action="notitie-schrijven", object_kind="delict").exists()


def test_only_a_note_on_behaviour_is_tied_to_a_domain(case: Case, casemanager: Viewer) -> None:
    with pytest.raises(KindKeepsDomainAway):
        write_note(
            case=case, kind=NoteKind.VICTIM, domain=LifeDomain.HOUSING, text="x", by=casemanager, at=NOW
        )


def test_a_note_that_somebody_else_changed_is_not_overwritten(case: Case, casemanager: Viewer) -> None:
    note = write_note(case=case, kind=INTERNAL, text="x", by=casemanager, at=NOW)
    change_note(note=note, text="y", expected_version=1, by=casemanager, at=NOW)

    with pytest.raises(StaleVersion):
        change_note(note=note, text="z", expected_version=1, by=casemanager, at=NOW)


def test_nothing_is_written_in_a_closed_case(case: Case, casemanager: Viewer) -> None:
    Case.objects.filter(pk=case.pk).update(phase=Phase.CLOSED)

    with pytest.raises(CaseIsOver):
        write_note(case=case, kind=INTERNAL, text="x", by=casemanager, at=NOW)


@pytest.fixture
def shared_by_mistake(case: Case, world: World, casemanager: Viewer) -> Note:
    """An internal remark that was written down as behaviour in a domain that gemeente Zwolle may see."""
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.WORK_INCOME)
    return write_note(
        case=case, kind=BEHAVIOUR, domain=LifeDomain.WORK_INCOME, text="x", by=casemanager, at=NOW
    )


def test_c6_54_a_note_of_the_wrong_kind_is_shielded_at_once_with_all_its_past(
    shared_by_mistake: Note, casemanager: Viewer, coordinator: Viewer
) -> None:
    assert Note.objects.visible_to(coordinator).exists()

    done = reclassify_note(note=shared_by_mistake, kind=INTERNAL, reason="verkeerd", by=casemanager, at=NOW)

    assert (done.note.kind, done.note.domain) == (INTERNAL, "")
    assert not Note.objects.visible_to(coordinator).exists()
    assert not Note.history.visible_to(coordinator).exists()
    assert Note.history.visible_to(casemanager).count() == 2


def test_c6_54_who_could_read_it_is_told_and_written_down(
    shared_by_mistake: Note, casemanager: Viewer, world: World
) -> None:
    done = reclassify_note(note=shared_by_mistake, kind=INTERNAL, reason="verkeerd", by=casemanager, at=NOW)

    assert done.read_before == [world.zwolle]
    assert "gemeente:0193" in AuditLine.objects.get(action="notitie-herindelen").detail
    assert "verkeerd" in Note.history.visible_to(casemanager).latest("history_id").history_change_reason


def test_reclassifying_wants_a_reason_and_another_kind(shared_by_mistake: Note, casemanager: Viewer) -> None:
    with pytest.raises(ReasonMissing):
        reclassify_note(note=shared_by_mistake, kind=INTERNAL, reason=" ", by=casemanager, at=NOW)
    with pytest.raises(SameKind):
        reclassify_note(note=shared_by_mistake, kind=BEHAVIOUR, reason="x", by=casemanager, at=NOW)


def test_a_note_of_another_organisation_is_not_mine_to_change(
    case: Case, probation_officer: Viewer, casemanager: Viewer
) -> None:
    note = write_note(case=case, kind=NoteKind.OFFENCE, text="x", by=probation_officer, at=NOW)

    assert not rules.may_change_note(casemanager, note, tuple(NoteKind))
    assert rules.may_change_note(probation_officer, note, rules.OF_PROBATION)
    assert not rules.may_change_note(probation_officer, note, ())


MOTHER = Person("Anna Voorbeeld", Relation.OTHER_PARENT, family_approach=True)


def test_the_gezinsbenadering_is_for_the_other_parent(case: Case, casemanager: Viewer) -> None:
    member = save_member(case=case, person=MOTHER, by=casemanager, at=NOW)
    assert member.family_approach

    with pytest.raises(NotTheOtherParent):
        save_member(
            case=case, person=Person("Bo", Relation.FRIEND, family_approach=True), by=casemanager, at=NOW
        )


@pytest.mark.parametrize("barred", [{"is_victim": True}, {"no_contact": True}])
def test_c6_36_a_contactverbod_blocks_network_action_gezinsbenadering_and_asking_for_consent(
    barred: dict[str, bool], case: Case, world: World, casemanager: Viewer
) -> None:
    common = {"by": casemanager, "at": NOW}
    with pytest.raises(ContactBarred):
        known = Person("Anna", Relation.OTHER_PARENT, family_approach=True, **barred)
        save_member(case=case, person=known, **common)
    member = save_member(case=case, person=Person("Anna", Relation.PARTNER, **barred), **common)
    yes = {"answer": Answer.GIVEN, "given_at": NOW, "evidence": Evidence.ORAL}

    with pytest.raises(ContactBarred):
        involve_member(member=member, text="Bellen", assignee=world.pi, due_on=None, **common)
    with pytest.raises(ContactBarred):
        decide_for_member(member=member, recipient=world.zwolle, **yes, **common)
    decide_for_member(member=member, recipient=world.zwolle, **yes | {"answer": Answer.REFUSED}, **common)

    assert not Action.objects.unrestricted(reason="test").exists()


def test_a_network_action_lands_in_the_plan(case: Case, world: World, casemanager: Viewer) -> None:
    member = save_member(case=case, person=MOTHER, by=casemanager, at=NOW)

    action = involve_member(
        member=member, text="Bellen", assignee=world.pi, due_on=None, by=casemanager, at=NOW
    )

    assert action.domain == LifeDomain.NETWORK


def test_r58_the_other_parent_decides_as_such(case: Case, world: World, casemanager: Viewer) -> None:
    member = save_member(case=case, person=MOTHER, by=casemanager, at=NOW)

    decide_for_member(
        member=member,
        recipient=world.zwolle,
        answer=Answer.GIVEN,
        given_at=NOW,
        evidence=Evidence.SIGNED,
        by=casemanager,
        at=NOW,
    )

    assert ThirdPartyConsent.objects.get().role == "andere-ouder"


def test_a_new_pi_goes_on_in_the_file_and_becomes_its_controller(
    case: Case, world: World, other_casemanager: Viewer
) -> None:
    member = NetworkMemberFactory(case=case, owner=world.pi)
    take_part(case, world.other_pi, Capacity.PRISON)

    save_member(
        case=case,
        member=member,
        person=Person("Anna", Relation.PARENT),
        expected_version=1,
        by=other_casemanager,
        at=NOW,
    )

    assert NetworkMember.objects.visible_to(other_casemanager).get().owner == world.other_pi


def test_an_address_ends_after_it_began(case: Case, casemanager: Viewer) -> None:
    day = date(2026, 5, 1)
    place = Place(
        AddressPurpose.LEAVE, "Weg", "1", "8000 AA", "Zwolle", since=day, until=day - timedelta(days=1)
    )

    with pytest.raises(EndsBeforeItBegan):
        save_address(case=case, place=place, by=casemanager, at=NOW)


def test_a_member_is_barred_by_either_mark() -> None:
    assert rules.may_involve(SimpleNamespace(is_barred=False))
    assert not rules.may_involve(SimpleNamespace(is_barred=True))
