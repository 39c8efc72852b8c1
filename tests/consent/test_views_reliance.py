"""The pages on which a case relies on a ground, and 'bekijk als'."""

import pytest

from cases.models import Capacity, Case, LifeDomain
from consent.models import CaseGround, GroundCode, RowKind
from parties.models import AuditLine, ProcessingLine
from parties.viewer import Viewer
from tests.conftest import SignedIn, World
from tests.factories.cases import take_part
from tests.factories.consent import CaseGroundFactory, ConsentFactory, StatutoryGroundFactory
from tests.factories.plans import DomainRecordFactory

HOUSING, DEBTS = LifeDomain.HOUSING, LifeDomain.DEBTS
WHY = "Zonder deze gegevens kan de gemeente geen woning zoeken"


@pytest.fixture
def statute(db: None) -> None:
    for kind in (RowKind.DOMAIN_RECORD, RowKind.GOAL):
        for domain in (HOUSING, DEBTS):
            StatutoryGroundFactory(
                code=GroundCode.PBW18A,
                article="PM art. 20d",
                capacity=Capacity.ORIGIN,
                row_kind=kind,
                domain=domain,
                owner_kind="pi",
                per_case=True,
            )


def rely_url(case: Case, world: World) -> str:
    return f"/zaken/{case.pk}/toestemming/ontvanger/{world.zwolle.pk}/grondslag/"


def view_url(case: Case, world: World) -> str:
    return f"/zaken/{case.pk}/bekijk-als/{world.zwolle.pk}/"


@pytest.mark.usefixtures("statute")
def test_the_casemanager_relies_on_the_law_and_the_gemeente_sees_it_at_the_next_click(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    DomainRecordFactory(
        case=case, owner=world.pi, domain=HOUSING, support_answer="ja", support_request="Een kamer zoeken"
    )
    theirs = signed_in(coordinator)
    assert "Een kamer zoeken" not in theirs.get(f"/zaken/{case.pk}/").content.decode()

    answer = signed_in(casemanager).post(
        rely_url(case, world), {"code": "PBW18A", "subjects": [HOUSING], "necessity": WHY}
    )

    assert answer.status_code == 302
    assert "Een kamer zoeken" in theirs.get(f"/zaken/{case.pk}/").content.decode()
    page = signed_in(casemanager).get(f"/zaken/{case.pk}/toestemming/").content.decode()
    assert WHY in page
    assert "Op grond van de wet" in page


@pytest.mark.usefixtures("statute")
def test_without_a_necessity_nothing_is_shared_and_what_was_filled_in_stays(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    answer = signed_in(casemanager).post(
        rely_url(case, world), {"code": "PBW18A", "subjects": [DEBTS], "necessity": " "}
    )

    assert "Schrijf op waarom dit nodig is" in answer.content.decode()
    assert answer.context["form"]["subjects"].value() == [DEBTS]
    assert not CaseGround.objects.exists()


def test_without_a_ground_the_page_says_that_consent_is_the_only_way(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    page = signed_in(casemanager).get(rely_url(case, world)).content.decode()

    assert "Er is nu geen wettelijke grondslag" in page


@pytest.mark.usefixtures("statute")
def test_what_ends_is_gone_at_the_next_click(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    DomainRecordFactory(
        case=case, owner=world.pi, domain=HOUSING, support_answer="ja", support_request="Een kamer zoeken"
    )
    ground = CaseGroundFactory(case=case, recipient=world.zwolle, subject=HOUSING)
    theirs = signed_in(coordinator)
    assert "Een kamer zoeken" in theirs.get(f"/zaken/{case.pk}/").content.decode()

    signed_in(casemanager).post(f"/zaken/{case.pk}/toestemming/grondslag/{ground.pk}/beeindigen/")

    assert "Een kamer zoeken" not in theirs.get(f"/zaken/{case.pk}/").content.decode()
    page = signed_in(casemanager).get(f"/zaken/{case.pk}/toestemming/").content.decode()
    assert ground.necessity in page


def test_view_as_shows_what_that_party_sees_and_no_more(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    for domain, text in ((HOUSING, "Een kamer zoeken"), (DEBTS, "Schulden op een rij")):
        DomainRecordFactory(
            case=case, owner=world.pi, domain=domain, support_answer="ja", support_request=text
        )
    ConsentFactory(case=case, recipient=world.zwolle, domain=HOUSING)

    page = signed_in(casemanager).get(view_url(case, world)).content.decode()

    assert "Een kamer zoeken" in page
    assert "Schulden op een rij" not in page
    assert "vervangende hechtenis" not in page
    assert world.probation.name not in page


def test_view_as_follows_a_withdrawal_at_once(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    DomainRecordFactory(
        case=case, owner=world.pi, domain=HOUSING, support_answer="ja", support_request="Een kamer zoeken"
    )
    consent = ConsentFactory(case=case, recipient=world.zwolle, domain=HOUSING)
    browser = signed_in(casemanager)
    assert "Een kamer zoeken" in browser.get(view_url(case, world)).content.decode()

    browser.post(f"/zaken/{case.pk}/toestemming/{consent.pk}/intrekken/")

    assert "Een kamer zoeken" not in browser.get(view_url(case, world)).content.decode()


def test_view_as_shows_a_partner_no_name_without_consent(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)
    url = f"/zaken/{case.pk}/bekijk-als/{world.partner.pk}/"

    assert case.detainee.surname not in signed_in(casemanager).get(url).content.decode()


def test_view_as_stands_in_both_ledgers_with_the_eyes_that_were_borrowed(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, domain=HOUSING)

    signed_in(casemanager).get(view_url(case, world))

    line = AuditLine.objects.get(action="bekijken-als")
    assert (line.user, line.detail) == (casemanager.user, f"partij:{world.zwolle.pk}")
    assert ProcessingLine.objects.get(activity="bekijken-als").domains == [HOUSING]


def test_view_as_a_party_that_takes_no_part_does_not_exist(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    assert signed_in(casemanager).get(f"/zaken/{case.pk}/bekijk-als/{world.deventer.pk}/").status_code == 404


def test_view_as_is_for_the_pi_of_stay_only(
    case: Case, world: World, coordinator: Viewer, other_casemanager: Viewer, signed_in: SignedIn
) -> None:
    url = f"/zaken/{case.pk}/bekijk-als/{world.probation.pk}/"

    assert signed_in(coordinator).get(url).status_code == 403
    assert signed_in(other_casemanager).get(url).status_code == 404
