"""A ground that must be relied on in the case itself: Pbw 18a with a necessity, Wgs, a regulation of one gemeente."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from cases.models import Capacity, Case, CaseParty, LifeDomain, Phase
from consent.actions import (
    CaseIsOver,
    GroundNotInForce,
    NecessityMissing,
    NothingChosen,
    NotReliedOn,
    ReliedOnAlready,
    end_reliance,
    rely_on_ground,
)
from consent.actions.reliance import EndsBeforeItBegins
from consent.models import CaseGround, GroundCode, RowKind
from consent.visibility import parties_with_sight, sight_of, sights_of
from parties.models import AuditLine, ProcessingLine, RoleKind
from parties.viewer import Viewer
from plans.models import DomainRecord
from reintegratie.lib.history import save_as
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.consent import CaseGroundFactory, StatutoryGroundFactory
from tests.factories.plans import DomainRecordFactory

HOUSING, DEBTS = LifeDomain.HOUSING, LifeDomain.DEBTS

Rely = Callable[..., list[CaseGround]]


@pytest.fixture
def pbw18a(db: None) -> None:
    """The statutory regime is switched on, for the gemeente of origin and the reclassering."""
    for capacity in (Capacity.ORIGIN, Capacity.PROBATION):
        for domain in (HOUSING, DEBTS):
            StatutoryGroundFactory(
                code=GroundCode.PBW18A, capacity=capacity, domain=domain, owner_kind="pi", per_case=True
            )


@pytest.fixture
def rely(case: Case, world: World, casemanager: Viewer, pbw18a: None) -> Rely:
    def _rely(**changed: object) -> list[CaseGround]:
        said = {
            "case": case,
            "recipient": world.zwolle,
            "code": GroundCode.PBW18A,
            "subjects": [HOUSING],
            "necessity": "Zonder deze gegevens kan de gemeente geen woning zoeken",
            "by": casemanager,
            "at": NOW,
        }
        return rely_on_ground(**{**said, **changed})  # type: ignore[arg-type]  # one fault at a time

    return _rely


@pytest.fixture(autouse=True)
def records(case: Case, world: World) -> None:
    for domain in (HOUSING, DEBTS):
        DomainRecordFactory(case=case, owner=world.pi, domain=domain)


def domains_of(viewer: Viewer) -> set[str]:
    """What the rule opens, which every word beside the rule must say as well."""
    case = Case.objects.get()
    seen = set(DomainRecord.objects.visible_to(viewer).values_list("domain", flat=True))
    kind = RowKind.DOMAIN_RECORD
    assert set(sight_of(viewer, case).grounds) == seen
    assert set(sights_of(viewer, [case.pk], [kind])[case.pk, kind].grounds) == seen
    assert set(parties_with_sight(case, viewer.at)[viewer.organisation.pk].grounds) == seen
    return seen


@pytest.mark.usefixtures("pbw18a")
def test_the_law_alone_opens_nothing_to_a_gemeente(coordinator: Viewer) -> None:
    assert domains_of(coordinator) == set()


def test_with_a_necessity_exactly_that_domain_is_open_to_exactly_that_party(
    rely: Rely, coordinator: Viewer, probation_officer: Viewer
) -> None:
    rely()

    assert domains_of(coordinator) == {HOUSING}
    assert domains_of(probation_officer) == set()


def test_everything_the_law_lists_can_be_relied_on_at_once(rely: Rely, coordinator: Viewer) -> None:
    rely(subjects=[""])

    assert domains_of(coordinator) == {HOUSING, DEBTS}


def test_what_was_relied_on_is_gone_in_the_next_query_once_it_ended(
    rely: Rely, coordinator: Viewer, casemanager: Viewer
) -> None:
    [row] = rely()
    assert domains_of(coordinator) == {HOUSING}

    end_reliance(row=row, reason="Niet meer nodig", by=casemanager, at=NOW)

    assert domains_of(coordinator) == set()
    assert list(DomainRecord.history.visible_to(coordinator)) == []


def test_it_ends_on_its_day_without_any_job(rely: Rely, coordinator: Viewer) -> None:
    rely(until=NOW + timedelta(days=1))

    assert domains_of(coordinator) == {HOUSING}
    assert domains_of(replace(coordinator, at=NOW + timedelta(days=1))) == set()


def test_it_opens_nothing_once_the_law_itself_has_ended(
    case: Case, world: World, coordinator: Viewer
) -> None:
    StatutoryGroundFactory(
        code=GroundCode.PBW18A,
        capacity=Capacity.ORIGIN,
        domain=HOUSING,
        per_case=True,
        valid_until=NOW - timedelta(days=1),
    )
    CaseGroundFactory(case=case, recipient=world.zwolle, subject=HOUSING)

    assert domains_of(coordinator) == set()


@pytest.mark.usefixtures("pbw18a")
def test_relying_on_another_ground_does_not_bring_this_one_into_force(
    case: Case, world: World, coordinator: Viewer
) -> None:
    CaseGroundFactory(case=case, recipient=world.zwolle, code=GroundCode.WGS, subject=HOUSING)

    assert domains_of(coordinator) == set()


def test_relying_on_it_in_another_case_opens_nothing_here(
    world: World, coordinator: Viewer, pbw18a: None
) -> None:
    CaseGroundFactory(recipient=world.zwolle, subject=HOUSING)

    assert set(DomainRecord.objects.visible_to(coordinator)) == set()


def test_a_regulation_of_one_gemeente_is_for_that_gemeente_only(
    case: Case, world: World, coordinator: Viewer
) -> None:
    for party, domain in ((world.deventer, HOUSING), (world.zwolle, DEBTS)):
        StatutoryGroundFactory(
            code=GroundCode.LOCAL, capacity=Capacity.ORIGIN, domain=domain, organisation=party
        )

    assert domains_of(coordinator) == {DEBTS}


def test_a_ground_on_a_title_waits_for_the_title(case: Case, probation_officer: Viewer) -> None:
    StatutoryGroundFactory(capacity=Capacity.PROBATION, domain=HOUSING, with_title=True)
    row = CaseParty.objects.get(case=case, capacity=Capacity.PROBATION)
    row.on_title = False
    save_as(row, by=TestActor(), at=NOW, why="test")

    assert domains_of(probation_officer) == set()

    row.on_title = True
    save_as(row, by=TestActor(), at=NOW, why="test")

    assert domains_of(probation_officer) == {HOUSING}


def test_a_ground_for_another_role_opens_nothing(coordinator: Viewer) -> None:
    StatutoryGroundFactory(capacity=Capacity.ORIGIN, domain=HOUSING, role=RoleKind.BIJ_MANDATARY)

    assert set(DomainRecord.objects.visible_to(coordinator)) == set()


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"necessity": "  "}, NecessityMissing),
        ({"subjects": []}, NothingChosen),
        ({"subjects": [LifeDomain.CARE]}, GroundNotInForce),
        ({"code": GroundCode.WGS}, GroundNotInForce),
    ],
)
def test_what_cannot_be_relied_on_is_refused_and_saves_nothing(
    rely: Rely, changed: dict[str, object], refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        rely(**changed)

    assert not CaseGround.objects.exists()


def test_a_party_that_takes_no_part_cannot_be_given_anything(rely: Rely, world: World) -> None:
    with pytest.raises(GroundNotInForce):
        rely(recipient=world.deventer)


def test_an_end_in_the_past_is_refused_with_a_message(rely: Rely) -> None:
    with pytest.raises(EndsBeforeItBegins):
        rely(until=NOW)


def test_a_subject_that_is_named_twice_counts_once(rely: Rely) -> None:
    assert len(rely(subjects=[HOUSING, HOUSING])) == 1


def test_the_same_twice_is_said(rely: Rely) -> None:
    rely()

    with pytest.raises(ReliedOnAlready):
        rely()


def test_what_was_over_can_be_relied_on_anew(rely: Rely, coordinator: Viewer, casemanager: Viewer) -> None:
    later = NOW + timedelta(days=2)
    rely(until=NOW + timedelta(days=1))

    rely(by=replace(casemanager, at=later), at=later)

    assert domains_of(replace(coordinator, at=later)) == {HOUSING}
    assert CaseGround.objects.exclude(ended_at=None).get().ended_at == NOW + timedelta(days=1)


def test_a_closed_case_shares_nothing_more(rely: Rely, case: Case) -> None:
    case.phase = Phase.CLOSED
    save_as(case, by=TestActor(), at=NOW, why="test")

    with pytest.raises(CaseIsOver):
        rely()


def test_ending_it_twice_is_said(rely: Rely, casemanager: Viewer) -> None:
    [row] = rely()
    end_reliance(row=row, reason="", by=casemanager, at=NOW)

    with pytest.raises(NotReliedOn):
        end_reliance(row=row, reason="", by=casemanager, at=NOW)


def test_both_ledgers_say_who_relied_on_what_for_whom(rely: Rely, world: World, case: Case) -> None:
    rely()

    line = AuditLine.objects.get(action="grondslag-vastleggen")
    about = ProcessingLine.objects.get(activity="grondslag-vastleggen")
    assert line.detail == f"ontvanger:{world.zwolle.pk}"
    assert (about.subject_id, about.domains, about.ground) == (
        case.detainee_id,
        [HOUSING],
        "Pbw 18a en PM 20d",
    )


def test_the_rooms_above_hear_that_a_ground_ended(
    rely: Rely, casemanager: Viewer, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    [row] = rely()

    with django_capture_on_commit_callbacks() as heard:
        end_reliance(row=row, reason="", by=casemanager, at=NOW)

    assert len(heard) >= 1


@pytest.mark.parametrize("listed_first", [True, False])
def test_a_closed_list_does_not_narrow_what_another_law_opens(
    case: Case, world: World, coordinator: Viewer, listed_first: bool
) -> None:
    codes = (GroundCode.PBW18A, GroundCode.LOCAL) if listed_first else (GroundCode.LOCAL, GroundCode.PBW18A)
    for turn, code in enumerate(codes):
        StatutoryGroundFactory(
            code=code,
            capacity=Capacity.ORIGIN,
            domain=HOUSING,
            per_case=True,
            valid_from=NOW - timedelta(days=100 - turn),
        )
        CaseGroundFactory(case=case, recipient=world.zwolle, code=code, subject=HOUSING)

    ground = sight_of(coordinator, case).ground_of(HOUSING)

    assert ground is not None
    assert (ground.code, ground.listed_only) == (GroundCode.LOCAL, False)
