"""Who sees a term of content: whom the row it tells of is open to, and who works with the step (ADR 0016, C3)."""

from datetime import date

import pytest
from django.utils import timezone

from cases.models import Capacity, Case, CaseParty, LifeDomain
from cases.steps import Step
from consent.models import Consent, GroundCode, RowKind
from meetings import work
from parties.models import RoleKind
from parties.viewer import Viewer
from plans.actions import record_instrument
from plans.models import ContentTerm, InstrumentKind, InstrumentOutcome, TermKind
from reintegratie.lib.history import save_as
from tests.conftest import NOW, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.cases import take_part
from tests.factories.consent import CaseGroundFactory, ConsentFactory, StatutoryGroundFactory
from tests.factories.plans import ContentTermFactory

INCOME, IDENTITY = LifeDomain.WORK_INCOME, LifeDomain.IDENTITY
SEARCH = "Zoektermijn bijstand melden"
KINDS = {
    Step.SCIL: (TermKind.INSTRUMENT, ""),
    Step.EDUCATION_REFERRAL: (TermKind.INSTRUMENT, ""),
    Step.FAMILY_TIMEOUT: (TermKind.BEHAVIOUR, ""),
    Step.PP_WINDOW: (TermKind.BEHAVIOUR, ""),
    Step.CHILD_CHECK_CONTACT: (TermKind.CHILD_CHECK, ""),
    Step.ID_APPLICATION: (TermKind.DOMAIN, IDENTITY),
    Step.SEARCH_PERIOD_START: (TermKind.DOMAIN, INCOME),
    Step.BENEFIT_STOP_30D: (TermKind.DOMAIN, INCOME),
    Step.BENEFIT_STOP_DAY1: (TermKind.DOMAIN, INCOME),
    Step.APPLICATION_DAY_ONE: (TermKind.DOMAIN, INCOME),
}
BY_CONSENT = {
    Step.ID_APPLICATION,
    Step.SEARCH_PERIOD_START,
    Step.BENEFIT_STOP_DAY1,
    Step.APPLICATION_DAY_ONE,
}
"""What a consent for every domain opens to a gemeente; the rest is not its work (C4) or stays in the PI (C3)."""


@pytest.fixture
def every_term(case: Case, world: World) -> Case:
    for step, (kind, domain) in KINDS.items():
        ContentTermFactory(case=case, owner=world.pi, step=step, kind=kind, domain=domain)
    take_part(case, world.kampen, Capacity.RESETTLEMENT)
    take_part(case, world.partner, Capacity.PARTNER)
    return case


def seen(case: Case, viewer: Viewer) -> set[str]:
    return set(ContentTerm.objects.visible_to(viewer).filter(case=case).values_list("step", flat=True))


def yes_to_all(case: Case, viewer: Viewer) -> None:
    for domain in LifeDomain:
        ConsentFactory(case=case, recipient=viewer.organisation, domain=domain)


def resettler(world: World) -> Viewer:
    return Viewer(world.kampen, RoleKind.AFTERCARE_COORDINATOR, NOW)


def test_the_pi_of_stay_sees_all_of_them_and_another_pi_none(
    every_term: Case, casemanager: Viewer, unit_head: Viewer, other_casemanager: Viewer
) -> None:
    assert seen(every_term, casemanager) == seen(every_term, unit_head) == set(KINDS)
    assert seen(every_term, other_casemanager) == set()


def test_without_any_ground_the_gemeente_of_origin_sees_the_kind_check_alone(
    every_term: Case, coordinator: Viewer, world: World
) -> None:
    assert seen(every_term, coordinator) == {Step.CHILD_CHECK_CONTACT}
    assert seen(every_term, resettler(world)) == set()


def test_a_yes_opens_to_a_gemeente_what_it_works_with(
    every_term: Case, coordinator: Viewer, world: World
) -> None:
    for viewer in (coordinator, resettler(world)):
        yes_to_all(every_term, viewer)

    assert seen(every_term, coordinator) == {Step.CHILD_CHECK_CONTACT, *BY_CONSENT}
    assert seen(every_term, resettler(world)) == BY_CONSENT


def test_a_yes_for_one_domain_opens_no_term_of_another(
    every_term: Case, coordinator: Viewer, world: World
) -> None:
    ConsentFactory(case=every_term, recipient=world.zwolle, domain=IDENTITY)

    assert seen(every_term, coordinator) == {Step.CHILD_CHECK_CONTACT, Step.ID_APPLICATION}


def test_no_yes_opens_a_term_to_who_does_not_work_with_it(
    every_term: Case, probation_officer: Viewer, partner_contact: Viewer
) -> None:
    for viewer in (probation_officer, partner_contact):
        yes_to_all(every_term, viewer)

        assert seen(every_term, viewer) == set()


def test_pbw_18a_opens_them_where_the_case_relies_on_it(
    every_term: Case, coordinator: Viewer, world: World
) -> None:
    for domain in (INCOME, IDENTITY):
        StatutoryGroundFactory(
            code=GroundCode.PBW18A,
            capacity=Capacity.ORIGIN,
            row_kind=RowKind.DOMAIN_RECORD,
            domain=domain,
            per_case=True,
        )
    assert seen(every_term, coordinator) == {Step.CHILD_CHECK_CONTACT}

    CaseGroundFactory(case=every_term, recipient=world.zwolle, code=GroundCode.PBW18A, subject=INCOME)

    assert seen(every_term, coordinator) == {Step.CHILD_CHECK_CONTACT, *BY_CONSENT - {Step.ID_APPLICATION}}


def test_a_kind_check_that_became_no_leaves_no_term_and_no_past_outside_the_pi(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    kind = {"kind": TermKind.CHILD_CHECK, "domain": "", "step": Step.CHILD_CHECK_CONTACT}
    row = ContentTermFactory(case=case, owner=world.pi, **kind)
    row.status, row.closed_on = "vervallen", date(2026, 4, 23)
    save_as(row, by=TestActor(), at=NOW, why="test")

    assert seen(case, casemanager) == {Step.CHILD_CHECK_CONTACT}
    assert seen(case, coordinator) == set()
    assert not ContentTerm.history.visible_to(coordinator).filter(case=case).exists()


def test_what_a_gemeente_recorded_itself_needs_no_ground(
    case: Case, world: World, coordinator: Viewer
) -> None:
    ContentTermFactory(case=case, owner=world.zwolle, step=Step.ADVANCE_PAYMENT, capacity=Capacity.ORIGIN)

    assert seen(case, coordinator) == {Step.ADVANCE_PAYMENT}


def test_a_withdrawal_closes_the_pages_at_once(
    case: Case, world: World, coordinator: Viewer, signed_in: SignedIn
) -> None:
    """What is hidden leaves every answer as it was."""
    row = ContentTermFactory(case=case, owner=world.pi)
    browser = signed_in(coordinator)

    def told() -> list[object]:
        return [
            SEARCH in browser.get(f"/zaken/{case.pk}/termijnen/").content.decode(),
            SEARCH in browser.get(f"/zaken/{case.pk}/").content.decode(),
            browser.get(f"/zaken/{case.pk}/termijnen/{row.pk}/afdoen/").status_code,
        ]

    assert told() == [False, False, 404]
    consent: Consent = ConsentFactory(case=case, recipient=world.zwolle, domain=INCOME)
    assert told() == [True, True, 200]
    consent.withdrawn_at = timezone.now()
    save_as(consent, by=TestActor(), at=consent.withdrawn_at, why="test")
    assert told() == [False, False, 404]


def test_the_start_page_piles_up_what_this_party_itself_must_do(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, domain=INCOME)
    ContentTermFactory(case=case, owner=world.pi)
    ContentTermFactory(case=case, owner=world.pi, step=Step.APPLICATION_DAY_ONE, capacity=Capacity.ORIGIN)
    ContentTermFactory(case=case, owner=world.pi, step=Step.BENEFIT_STOP_30D, about="aow-anw")

    piles = [[row.step for row in work.open_terms(one)] for one in (casemanager, coordinator)]

    assert piles == [[Step.SEARCH_PERIOD_START], [Step.APPLICATION_DAY_ONE]]
    for page in ("/", "/werk/termijnen/"):
        told = signed_in(casemanager).get(page).content.decode()
        assert SEARCH in told
        assert "Bijstand aanvragen" not in told


def test_a_date_and_a_settlement_are_recorded_on_the_page(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    row = ContentTermFactory(case=case, owner=world.pi)
    ours, theirs = signed_in(casemanager), signed_in(coordinator)

    refused = ours.post(f"/zaken/{case.pk}/termijnen/{row.pk}/afdoen/", {"version": 1})
    assert "Vul een datum in" in refused.content.decode()
    done = {"version": 1, "done_on": "2026-11-02"}
    assert ours.post(f"/zaken/{case.pk}/termijnen/{row.pk}/afdoen/", done).status_code == 302
    begun = {"step": "advance_payment", "since": "2026-11-02"}
    assert theirs.post(f"/zaken/{case.pk}/termijnen/beginnen/", begun).status_code == 302
    not_theirs = {"step": "family_timeout", "since": "2026-11-02"}
    assert theirs.post(f"/zaken/{case.pk}/termijnen/beginnen/", not_theirs).status_code == 200

    rows = ContentTerm.objects.unrestricted(reason="a test looks").filter(case=case)
    assert set(rows.values_list("step", "status", "owner__code")) == {
        ("search_period_start", "gehaald", "ZWO"),
        ("advance_payment", "open", "0193"),
    }


def test_a_hidden_term_moves_no_feed(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    """The reclassering and the gemeente are offered nothing when the terms of a SCIL come and go."""
    others = CaseParty.objects.filter(case=case).exclude(party=world.pi)
    before = set(others.values_list("pk", "changed_at", "next_deadline"))

    record_instrument(
        case=case,
        kind=InstrumentKind.LANGUAGE,
        outcome=InstrumentOutcome.LOW,
        taken_on=NOW.date(),
        by=casemanager,
        at=NOW,
    )

    assert set(others.values_list("pk", "changed_at", "next_deadline")) == before
