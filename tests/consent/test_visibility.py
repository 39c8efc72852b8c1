"""The one rule: takes part AND (owns OR a ground for this domain in force now)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cases.access import leave_case
from cases.models import Capacity, Case, CaseParty, LifeDomain
from consent.models import Answer, GroundCode, RowKind
from consent.visibility import BulkWriteSkipsHistory, UnscopedRead, sight_of
from parties.viewer import Viewer
from plans.models import Action, DomainRecord
from reintegratie.lib.history import save_as
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.cases import take_part
from tests.factories.consent import ConsentFactory, StatutoryGroundFactory
from tests.factories.plans import ActionFactory, DomainRecordFactory


@pytest.fixture
def record(case: Case, world: World) -> DomainRecord:
    return DomainRecordFactory(case=case, owner=world.pi)


def seen_by(viewer: Viewer) -> list[DomainRecord]:
    return list(DomainRecord.objects.visible_to(viewer))


def test_the_casemanager_sees_what_his_own_pi_recorded(record: DomainRecord, casemanager: Viewer) -> None:
    assert seen_by(casemanager) == [record]


def test_the_gemeente_of_origin_sees_nothing_without_a_ground(
    record: DomainRecord, coordinator: Viewer
) -> None:
    assert seen_by(coordinator) == []


def test_consent_opens_exactly_that_domain_for_exactly_that_organisation(
    record: DomainRecord, case: Case, world: World, coordinator: Viewer, probation_officer: Viewer
) -> None:
    DomainRecordFactory(case=case, owner=world.pi, domain=LifeDomain.DEBTS)

    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)

    assert seen_by(coordinator) == [record]
    assert seen_by(probation_officer) == []


def test_a_refusal_opens_nothing(record: DomainRecord, case: Case, world: World, coordinator: Viewer) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, answer=Answer.REFUSED)

    assert seen_by(coordinator) == []


def test_a_withdrawn_consent_is_gone_in_the_next_query(
    record: DomainRecord, case: Case, world: World, coordinator: Viewer
) -> None:
    consent = ConsentFactory(case=case, recipient=world.zwolle)
    assert seen_by(coordinator) == [record]

    consent.withdrawn_at = NOW
    save_as(consent, by=TestActor(), at=NOW, why="ingetrokken")

    assert seen_by(coordinator) == []
    assert list(DomainRecord.history.visible_to(coordinator)) == []


def test_consent_expires_without_any_job(
    record: DomainRecord, case: Case, world: World, coordinator: Viewer
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, valid_until=NOW + timedelta(hours=1))

    assert seen_by(coordinator) == [record]
    assert seen_by(replace(coordinator, at=NOW + timedelta(hours=1))) == []


def test_consent_for_a_party_that_does_not_take_part_opens_nothing(
    record: DomainRecord, case: Case, world: World, other_coordinator: Viewer
) -> None:
    ConsentFactory(case=case, recipient=world.deventer)

    assert seen_by(other_coordinator) == []


def test_taking_part_that_ended_closes_everything(
    record: DomainRecord, case: Case, world: World, coordinator: Viewer
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle)
    row = CaseParty.objects.get(case=case, party=world.zwolle)

    leave_case(row=row, until=NOW, by=TestActor(), at=NOW, why="zaak overgedragen")

    assert seen_by(coordinator) == []


def test_after_a_transfer_the_new_pi_sees_the_dossier_and_the_old_one_does_not(
    record: DomainRecord, case: Case, world: World, casemanager: Viewer, other_casemanager: Viewer
) -> None:
    leave_case(
        row=CaseParty.objects.get(case=case, party=world.pi), until=NOW, by=TestActor(), at=NOW, why="x"
    )
    take_part(case, world.other_pi, Capacity.PRISON, since=NOW)

    assert seen_by(casemanager) == []
    assert seen_by(other_casemanager) == [record]


def test_an_own_action_is_always_seen_by_the_party_that_must_do_it(
    case: Case, world: World, coordinator: Viewer, probation_officer: Viewer
) -> None:
    action = ActionFactory(case=case, owner=world.pi, assignee=world.zwolle)

    assert list(Action.objects.visible_to(coordinator)) == [action]
    assert list(Action.objects.visible_to(probation_officer)) == []


def test_the_bij_gemandateerde_and_the_functional_admin_see_no_content(
    record: DomainRecord, case: Case, world: World, bij_mandatary: Viewer, functional_admin: Viewer
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle)

    assert seen_by(bij_mandatary) == []
    assert seen_by(functional_admin) == []


def test_a_change_of_law_is_a_row_with_a_date(record: DomainRecord, case: Case, coordinator: Viewer) -> None:
    StatutoryGroundFactory(
        code=GroundCode.PBW18A,
        article="PM 20d",
        capacity=Capacity.ORIGIN,
        row_kind=RowKind.DOMAIN_RECORD,
        domain=LifeDomain.HOUSING,
        valid_from=NOW + timedelta(days=1),
    )

    assert seen_by(coordinator) == []
    assert seen_by(replace(coordinator, at=NOW + timedelta(days=1))) == [record]


def test_a_room_sees_what_everybody_in_it_may_see(
    record: DomainRecord,
    case: Case,
    world: World,
    casemanager: Viewer,
    coordinator: Viewer,
    probation_officer: Viewer,
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle)

    room = DomainRecord.objects.visible_to(casemanager).visible_to(coordinator)

    assert list(room) == [record]
    assert list(room.visible_to(probation_officer)) == []


def test_sight_says_which_domains_are_open_and_why(
    record: DomainRecord, case: Case, world: World, coordinator: Viewer, casemanager: Viewer
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, declaration_number="TV-7")

    sight = sight_of(coordinator, case)

    assert sight.opens(LifeDomain.HOUSING)
    assert not sight.opens(LifeDomain.DEBTS)
    assert "TV-7" in sight.grounds[LifeDomain.HOUSING].label
    assert all(sight_of(casemanager, case).opens(domain) for domain in LifeDomain)


def test_the_sight_is_one_statement(
    case: Case, world: World, coordinator: Viewer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle)
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.DEBTS)

    with django_assert_num_queries(1):
        assert len(sight_of(coordinator, case).grounds) == 2


@pytest.mark.parametrize(
    "read",
    [
        list,
        len,
        bool,
        lambda rows: rows.get(),
        lambda rows: rows.first(),
        lambda rows: rows.count(),
        lambda rows: rows.exists(),
        lambda rows: list(rows.values()),
        lambda rows: list(rows.values_list("pk")),
        lambda rows: list(rows.iterator()),
        lambda rows: rows.in_bulk(),
        lambda rows: rows.aggregate(),
        lambda rows: rows.latest("created_at"),
        lambda rows: list(CaseParty.objects.filter(case__in=rows.values("case"))),
        lambda rows: list(rows.filter(domain="onderdak") | rows.filter(domain="zorg")),
        lambda rows: list(rows.filter(domain="onderdak").union(rows.filter(domain="zorg"))),
    ],
)
@pytest.mark.parametrize("manager", ["objects", "history"])
def test_reading_content_without_saying_for_whom_raises(
    record: DomainRecord, read: object, manager: str
) -> None:
    rows = getattr(DomainRecord, manager).all()

    with pytest.raises(UnscopedRead):
        assert callable(read)
        read(rows)


def test_content_is_never_joined_behind_the_readers_back(record: DomainRecord) -> None:
    with pytest.raises(UnscopedRead):
        Action.objects.select_related("goal")


def test_bulk_writes_are_refused_since_they_leave_no_history(record: DomainRecord) -> None:
    rows = DomainRecord.objects.unrestricted(reason="test")

    with pytest.raises(BulkWriteSkipsHistory):
        rows.update(status="op-orde")
    with pytest.raises(BulkWriteSkipsHistory):
        rows.delete()
    with pytest.raises(BulkWriteSkipsHistory):
        rows.bulk_create([])
