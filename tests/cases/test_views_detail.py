"""The page of one case, tried as the outsider first."""

from uuid import uuid4

from cases.models import Case
from parties.viewer import Viewer
from tests.conftest import SignedIn


def test_outsider_gets_the_same_answer_as_for_a_random_id(
    case: Case, other_coordinator: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(other_coordinator)

    hidden, random = browser.get(f"/zaken/{case.pk}/"), browser.get(f"/zaken/{uuid4()}/")

    assert hidden.status_code == random.status_code == 404
    assert hidden.content == random.content


def test_privacy_officer_of_the_pi_is_refused(
    case: Case, privacy_officer: Viewer, signed_in: SignedIn
) -> None:
    assert signed_in(privacy_officer).get(f"/zaken/{case.pk}/").status_code == 403


def test_casemanager_sees_who_where_and_until_when(
    case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    page = signed_in(casemanager).get(f"/zaken/{case.pk}/").content.decode()

    assert case.detainee.full_name in page
    assert "PI Zwolle" in page
    assert "29 januari 2027" in page


def test_tabs_are_only_the_pages_the_partner_may_open(
    case: Case, coordinator: Viewer, signed_in: SignedIn
) -> None:
    page = signed_in(coordinator).get(f"/zaken/{case.pk}/").content.decode()

    assert f"/zaken/{case.pk}/plan/" in page
    assert f"/zaken/{case.pk}/toestemming/" not in page
