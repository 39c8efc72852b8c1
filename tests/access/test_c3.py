"""Every cell of the matrix of domain C3, by its name: who may read which category, and on which ground.

Each cell says with letters on what the category opens to that role, written down from the domain page by hand:
``T`` its own task or the law (the codes T and L), ``C`` consent of the detainee for that domain to that party, ``S`` Pbw 18a
where the case relies on it, ``W`` a WGS case. ``-`` is never. A cell is tried on each ground by itself: what it does not
name must stay closed. Roles: RC has a title, RCX has none; ZV, NP as they take part; AD is the functionaris
gegevensbescherming and FB the functioneel beheerder.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.db import transaction

from cases.frame import Part
from cases.models import Capacity, Case, LifeDomain
from consent.knowledge import frame_in
from consent.models import GroundCode, RowKind
from consent.visibility import ContentRow
from parties.models import PartyKind, RoleKind
from parties.viewer import Viewer
from plans.models import Action, ChildCheck, ChildCheckAnswer, DomainRecord, Goal, Plan
from reintegratie.lib.history import save_as
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.cases import take_part
from tests.factories.consent import CaseGroundFactory, ConsentFactory, StatutoryGroundFactory
from tests.factories.parties import OrganisationFactory
from tests.factories.plans import (
    ActionFactory,
    DomainRecordFactory,
    GoalFactory,
    PlanFactory,
)

TABLE = """
category            CM UH PIO GO  GR  BM  RC  RCX ZV  NP AD FB
identity            T  T  -   T   T   -   T   CS  W   -  -  -
name                T  T  -   T   T   -   T   CS  WC  C  -  -
dates-and-location  T  T  -   T   T   -   T   S   WC  C  -  -
sheet-id            T  T  -   CS  CS  -   CS  CS  WC  C  -  -
sheet-housing       T  T  -   CS  CS  -   CS  CS  WC  C  -  -
sheet-work-income   T  T  -   CS  CS  -   CS  CS  WC  C  -  -
sheet-debts         T  T  -   CS  CS  -   CS  CS  WC  C  -  -
sheet-care          T  T  -   CS  CS  -   CS  CS  C   C  -  -
sheet-network       T  T  -   CS  CS  -   CS  CS  WC  C  -  -
sheet-care-at-home  T  T  -   CS  CS  -   CS  CS  WC  C  -  -
kind-check          T  T  -   T   T   -   -   -   -   -  -  -
plan-goals          T  T  -   CS  CS  -   CS  CS  WC  -  -  -
plan-actions        T  T  -   CS  CS  -   CS  CS  WC  -  -  -
own-action          T  T  -   T   T   -   T   T   T   T  -  -
full-plan           T  T  -   -   -   -   -   -   -   -  -  -
"""
"""Care content, offence, BIJ and 18b: see the tests that carry the name of their cell (``test_c3_…``)."""

DOMAINS = {
    "sheet-id": LifeDomain.IDENTITY,
    "sheet-housing": LifeDomain.HOUSING,
    "sheet-work-income": LifeDomain.WORK_INCOME,
    "sheet-debts": LifeDomain.DEBTS,
    "sheet-care": LifeDomain.CARE,
    "sheet-network": LifeDomain.NETWORK,
    "sheet-care-at-home": LifeDomain.CARE_AT_HOME,
}
PARTS = {"identity": Part.IDENTITY, "name": Part.NAME, "dates-and-location": Part.DETENTION}
ROWS: dict[str, type[ContentRow]] = {
    "kind-check": ChildCheck,
    "plan-goals": Goal,
    "plan-actions": Action,
    "full-plan": Plan,
}
SEATS = {
    "GR": (PartyKind.MUNICIPALITY, Capacity.RESETTLEMENT, RoleKind.AFTERCARE_COORDINATOR),
    "RCX": (PartyKind.PROBATION, Capacity.PROBATION, RoleKind.PROBATION_OFFICER),
    "ZV": (PartyKind.SAFETY_HOUSE, Capacity.SAFETY_HOUSE, RoleKind.SAFETY_HOUSE_DIRECTOR),
    "NP": (PartyKind.PARTNER, Capacity.PARTNER, RoleKind.PARTNER_CONTACT),
}
LISTED = (RowKind.DOMAIN_RECORD, RowKind.GOAL, RowKind.ACTION)
TRIANGLE = (Capacity.ORIGIN, Capacity.RESETTLEMENT, Capacity.PROBATION)

Sit = Callable[[str], Viewer]


def cells() -> Iterator[tuple[str, str, str]]:
    head, *lines = TABLE.strip().splitlines()
    roles = head.split()[1:]
    for line in lines:
        category, *codes = line.split()
        assert len(codes) == len(roles), category
        for role, code in zip(roles, codes, strict=True):
            yield category, role, "" if code == "-" else code


CELLS = [pytest.param(*cell, id=f"c3-{cell[0]}-{cell[1]}") for cell in cells()]


@pytest.fixture
def sit(
    case: Case,
    world: World,
    casemanager: Viewer,
    unit_head: Viewer,
    other_casemanager: Viewer,
    coordinator: Viewer,
    bij_mandatary: Viewer,
    probation_officer: Viewer,
) -> Sit:
    """Somebody in each column of the matrix."""
    there = {
        "CM": casemanager,
        "UH": unit_head,
        "PIO": other_casemanager,
        "GO": coordinator,
        "BM": bij_mandatary,
        "RC": probation_officer,
        "AD": Viewer(world.pi, RoleKind.PRIVACY_OFFICER, NOW),
        "FB": Viewer(world.operator, RoleKind.FUNCTIONAL_ADMIN, NOW),
    }

    def _sit(role: str) -> Viewer:
        if role in there:
            return there[role]
        kind, capacity, does = SEATS[role]
        party = OrganisationFactory(kind=kind)
        take_part(case, party, capacity, on_title=False)
        return Viewer(party, does, NOW)

    return _sit


def write_everything(case: Case, world: World, viewer: Viewer) -> None:
    """One row of each category in each domain, written by the PI; an action for whoever looks."""
    plan = PlanFactory(case=case, owner=world.pi)
    check = ChildCheck(
        case=case,
        owner=world.pi,
        answer=ChildCheckAnswer.YES,
        asked_on=NOW.date(),
        created_at=NOW,
        changed_at=NOW,
    )
    save_as(check, by=TestActor(), at=NOW, why="test")
    for domain in LifeDomain:
        DomainRecordFactory(case=case, owner=world.pi, domain=domain)
        goal = GoalFactory(case=case, owner=world.pi, plan=plan, domain=domain)
        ActionFactory(case=case, owner=world.pi, assignee=world.pi, goal=goal, domain=domain)
    ActionFactory(case=case, owner=world.pi, assignee=viewer.organisation, domain="", text="eigen")


def reads(viewer: Viewer, case: Case, category: str) -> bool:
    """Whether this viewer reads anything of this category in this case."""
    if category in PARTS:
        return PARTS[category] in frame_in(case, viewer).knows
    if category in DOMAINS:
        return DomainRecord.objects.visible_to(viewer).filter(case=case, domain=DOMAINS[category]).exists()
    if category == "own-action":
        return Action.objects.visible_to(viewer).filter(case=case, text="eigen").exists()
    rows = ROWS[category].objects.visible_to(viewer).filter(case=case)
    return (rows.exclude(text="eigen") if category == "plan-actions" else rows).exists()


def by_consent(case: Case, viewer: Viewer) -> None:
    for domain in LifeDomain:
        ConsentFactory(case=case, recipient=viewer.organisation, domain=domain)


def by_statute(case: Case, viewer: Viewer) -> None:
    """PM 20d switched on, and relied on for everything it lists."""
    for capacity in TRIANGLE:
        for kind in LISTED:
            for domain in LifeDomain:
                _law(GroundCode.PBW18A, capacity, kind, domain)
    for kind in (RowKind.IDENTITY, RowKind.DETENTION):
        _law(GroundCode.PBW18A, Capacity.PROBATION, kind)
    CaseGroundFactory(case=case, recipient=viewer.organisation, code=GroundCode.PBW18A, subject="")


def by_wgs(case: Case, viewer: Viewer) -> None:
    """A WGS case; care asks for explicit consent there as well (Wgs 2.29)."""
    for kind in LISTED:
        for domain in set(LifeDomain) - {LifeDomain.CARE}:
            _law(GroundCode.WGS, Capacity.SAFETY_HOUSE, kind, domain)
    for kind in (RowKind.IDENTITY, RowKind.DETENTION):
        _law(GroundCode.WGS, Capacity.SAFETY_HOUSE, kind)
    CaseGroundFactory(case=case, recipient=viewer.organisation, code=GroundCode.WGS, subject="")


def _law(code: GroundCode, capacity: Capacity, kind: RowKind, domain: str = "") -> None:
    StatutoryGroundFactory(code=code, capacity=capacity, row_kind=kind, domain=domain, per_case=True)


GROUNDS = {"C": by_consent, "S": by_statute, "W": by_wgs}


@pytest.mark.parametrize(("category", "role", "code"), CELLS)
def test_the_cell_opens_on_its_grounds_and_on_no_other(
    category: str, role: str, code: str, case: Case, world: World, sit: Sit
) -> None:
    viewer = sit(role)
    write_everything(case, world, viewer)

    assert reads(viewer, case, category) == ("T" in code), "without any ground"
    for letter, give in GROUNDS.items():
        assert _with(give, viewer, case, category) == ("T" in code or letter in code), letter


def _with(give: Callable[[Case, Viewer], None], viewer: Viewer, case: Case, category: str) -> bool:
    """Whether it reads with this ground alone; what was given is taken back again."""
    sid = transaction.savepoint()
    give(case, viewer)
    found = reads(replace(viewer), case, category)
    transaction.savepoint_rollback(sid)
    return found


def test_every_row_and_column_of_the_matrix_is_here() -> None:
    assert len(CELLS) == 15 * 12
