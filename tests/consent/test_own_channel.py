"""Domain C3, rows 'BIJ message', '18b risk information' and 'Offence': each cell of the matrix, by its column."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.access import leave_case
from cases.models import Capacity, Case, CaseParty, LifeDomain
from consent.models import StatutoryGround
from consent.own_channel import CHANNEL_KINDS, kinds_hidden_from
from parties.models import Organisation, PartyKind, RoleKind
from parties.viewer import Viewer, viewer_for
from plans.models import SafetyReport
from reintegratie.lib.history import save_as
from tests.conftest import NOW, Hire, World
from tests.factories.base import TestActor
from tests.factories.cases import take_part
from tests.factories.consent import ConsentFactory, StatutoryGroundFactory
from tests.factories.parties import ApiClientFactory, BijMandateFactory, OrganisationFactory
from tests.plans.reports import OFFENCE, RISK, Send, heads, texts

See = Callable[[Viewer], bool]


def reads(viewer: Viewer) -> bool:
    """Whether he finds the report with its text; the two never part but for time."""
    assert bool(heads(viewer)) == bool(texts(viewer))
    return bool(heads(viewer))


@pytest.fixture
def safety_house(world: World) -> Organisation:
    return OrganisationFactory(kind=PartyKind.SAFETY_HOUSE, code="ZVH-NO", name="ZVH Voorbeeld")


@pytest.fixture
def everybody_shares(case: Case, world: World) -> None:
    """Every domain is shared with every party: no consent opens what is told beside the case."""
    for party in (world.zwolle, world.probation):
        for domain in LifeDomain:
            ConsentFactory(case=case, recipient=party, domain=domain)


@pytest.mark.parametrize("who", ["casemanager", "unit_head", "director"])
def test_c3_bij_message_is_read_in_the_pi_of_stay(
    send_bij: Send, who: str, request: pytest.FixtureRequest
) -> None:
    send_bij()

    assert reads(request.getfixturevalue(who))


@pytest.mark.parametrize(
    "who",
    [
        "other_casemanager",
        "coordinator",
        "other_coordinator",
        "probation_officer",
        "partner_contact",
        "privacy_officer",
        "functional_admin",
        "risk_officer",
    ],
)
def test_c3_bij_message_and_its_offence_are_for_nobody_else(
    send_bij: Send, everybody_shares: None, who: str, request: pytest.FixtureRequest
) -> None:
    """PIo, GO, GR, RC, NP, AD: N. Not the GCN of the same gemeente either (C3 note 5)."""
    send_bij()

    assert not reads(request.getfixturevalue(who))


def test_c3_bij_message_and_its_offence_are_for_the_mandatary_of_that_gemeente(
    send_bij: Send, world: World, hire: Hire, bij_mandatary: Viewer
) -> None:
    send_bij()
    elsewhere = viewer_for(hire(world.deventer, RoleKind.BIJ_MANDATARY), at=NOW)

    assert [text.offence for text in texts(bij_mandatary)] == [OFFENCE]
    assert not reads(elsewhere)


def test_c3_bij_message_is_for_the_zvh_only_where_it_is_mandated(
    send_bij: Send, world: World, hire: Hire, safety_house: Organisation
) -> None:
    """R46: under the responsibility of the gemeente, from the first to the last day of the mandate."""
    send_bij()
    mandatary = viewer_for(hire(safety_house, RoleKind.BIJ_MANDATARY), at=NOW)
    procesregisseur = viewer_for(hire(safety_house, RoleKind.SAFETY_HOUSE_DIRECTOR), at=NOW)
    assert not reads(mandatary)

    BijMandateFactory(municipality=world.zwolle, safety_house=safety_house, until=date(2026, 5, 1))

    assert reads(mandatary)
    assert not reads(procesregisseur)
    assert not reads(replace(mandatary, at=NOW + timedelta(days=9)))


def test_c3_18b_within_the_pi_is_a_role_of_its_own(
    send_risk: Send, risk_officer: Viewer, casemanager: Viewer, unit_head: Viewer, director: Viewer
) -> None:
    send_risk()

    assert reads(risk_officer)
    assert not any(reads(viewer) for viewer in (casemanager, unit_head, director))


@pytest.mark.parametrize(
    "who",
    ["other_casemanager", "coordinator", "probation_officer", "partner_contact", "privacy_officer"],
)
def test_c3_18b_is_for_nobody_but_whom_it_was_sent_to(
    send_risk: Send, everybody_shares: None, who: str, request: pytest.FixtureRequest
) -> None:
    send_risk()

    assert not reads(request.getfixturevalue(who))


def test_c3_18b_reaches_the_mayor_the_reclassering_and_the_zvh(
    send_risk: Send, world: World, hire: Hire, safety_house: Organisation, probation_officer: Viewer
) -> None:
    procesregisseur = viewer_for(hire(safety_house, RoleKind.SAFETY_HOUSE_DIRECTOR), at=NOW)
    mayor = viewer_for(hire(world.zwolle, RoleKind.BIJ_MANDATARY), at=NOW)

    for recipient in (world.zwolle, world.probation, safety_house):
        send_risk(recipient=recipient)

    for viewer in (mayor, probation_officer, procesregisseur):
        assert [text.risk for text in texts(viewer)] == [RISK]


def test_a_zvh_that_stands_in_for_bij_reads_no_risk_information_of_that_gemeente(
    send_risk: Send, world: World, hire: Hire, safety_house: Organisation
) -> None:
    send_risk()
    BijMandateFactory(municipality=world.zwolle, safety_house=safety_house)

    assert not reads(viewer_for(hire(safety_house, RoleKind.BIJ_MANDATARY), at=NOW))


def test_when_its_assignment_ends_the_reclassering_reads_no_more(
    send_risk: Send, case: Case, world: World, probation_officer: Viewer
) -> None:
    """C3 rule 7, C6.47: on the next request."""
    send_risk(recipient=world.probation)
    row = CaseParty.objects.get(case=case, party=world.probation)
    assert reads(probation_officer)

    leave_case(row=row, until=NOW, by=TestActor(), at=NOW, why="test")

    assert not reads(probation_officer)


def test_after_a_transfer_the_new_pi_reads_and_the_old_one_does_not(
    send_bij: Send, case: Case, world: World, casemanager: Viewer, other_casemanager: Viewer
) -> None:
    send_bij()
    row = CaseParty.objects.get(case=case, party=world.pi)

    leave_case(row=row, until=NOW, by=TestActor(), at=NOW, why="test")
    take_part(case, world.other_pi, Capacity.PRISON, since=NOW)

    assert not reads(casemanager)
    assert reads(other_casemanager)


def test_when_the_row_of_law_ends_nobody_reads_on(
    send_bij: Send, casemanager: Viewer, bij_mandatary: Viewer
) -> None:
    send_bij()
    for row in StatutoryGround.objects.filter(row_kind="bij"):
        row.valid_until = NOW
        save_as(row, by=TestActor(), at=NOW, why="test")

    assert not reads(casemanager)
    assert not reads(bij_mandatary)


def test_a_row_of_law_without_a_role_opens_nothing_to_a_recipient(
    send_bij: Send, coordinator: Viewer
) -> None:
    send_bij()

    StatutoryGroundFactory(code="BIJ11A", capacity="eigen-kanaal", row_kind="bij", role="")

    assert not reads(coordinator)


def test_software_reads_no_report(send_bij: Send, world: World, casemanager: Viewer) -> None:
    send_bij()
    client = ApiClientFactory(organisation=world.pi, role_kind=RoleKind.CASEMANAGER)

    assert not reads(replace(casemanager, user=None, client=client))


def test_the_history_of_a_report_is_for_who_reads_the_report(
    send_bij: Send, casemanager: Viewer, coordinator: Viewer
) -> None:
    send_bij()

    assert SafetyReport.history.visible_to(casemanager).count() == 1
    assert SafetyReport.history.visible_to(coordinator).count() == 0


@pytest.mark.parametrize(
    ("who", "hidden"),
    [
        ("casemanager", {"18b"}),
        ("director", {"18b"}),
        ("risk_officer", {"bij"}),
        ("bij_mandatary", set()),
        ("coordinator", CHANNEL_KINDS),
        ("probation_officer", {"bij"}),
        ("partner_contact", CHANNEL_KINDS),
        ("privacy_officer", set()),
    ],
)
def test_c3_disclosure_log_leaves_out_what_is_not_for_the_reader(
    world: World, who: str, hidden: set[str], request: pytest.FixtureRequest
) -> None:
    """AD reads all metadata; the others what they may read themselves."""
    assert set(kinds_hidden_from(request.getfixturevalue(who))) == set(hidden)
