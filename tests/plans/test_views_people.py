"""The pages of notes, people of the network and addresses: the outsider first, then the wrong role, then the work."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cases.models import Case, LifeDomain
from consent.models import ThirdPartyConsent
from parties.models import ProcessingLine
from parties.viewer import Viewer
from plans.models import Action, Address, NetworkMember, Note, NoteKind
from tests.conftest import SignedIn, World
from tests.factories.consent import ConsentFactory
from tests.factories.people import AddressFactory, NetworkMemberFactory, NoteFactory

PAGES = ("notities/", "notities/nieuw/", "notities/nieuw/delict/", "netwerk/", "adressen/", "adressen/nieuw/")
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="\w+|"X-CSRFToken": "\w+')
Open = Callable[[Viewer, str], str]


@pytest.fixture
def opened(case: Case, signed_in: SignedIn) -> Open:
    def _opened(viewer: Viewer, path: str) -> str:
        response = signed_in(viewer).get(f"/zaken/{case.pk}/{path}")
        assert response.status_code == 200
        return response.content.decode()

    return _opened


def said(response: HttpResponse) -> str:
    """What the next page says after a form was sent."""
    assert response.status_code == 200, response.status_code
    return response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_the_outsider_finds_no_page(
    path: str, case: Case, other_coordinator: Viewer, signed_in: SignedIn
) -> None:
    assert signed_in(other_coordinator).get(f"/zaken/{case.pk}/{path}").status_code == 404


@pytest.mark.parametrize("who", ["coordinator", "director"])
@pytest.mark.parametrize(
    "path", ["notities/nieuw/", "notities/nieuw/delict/", "netwerk/nieuw/", "adressen/nieuw/"]
)
def test_who_writes_nothing_here_is_refused(
    path: str, who: str, case: Case, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    viewer: Viewer = request.getfixturevalue(who)
    assert signed_in(viewer).get(f"/zaken/{case.pk}/{path}").status_code == 403


def test_c6_54_the_kind_comes_first_with_who_will_read_it(opened: Open, casemanager: Viewer) -> None:
    page = opened(casemanager, "notities/nieuw/")

    assert page.count("Wie leest dit?") == len(NoteKind)
    assert "De gemeente nooit, ook niet met toestemming." in page
    assert "<textarea" not in page


def test_r52_content_of_care_has_no_kind_and_the_form_says_so(opened: Open, casemanager: Viewer) -> None:
    assert "diagnose" in opened(casemanager, "notities/nieuw/gedrag/")


def test_the_reclassering_is_not_offered_an_internal_note(
    opened: Open, case: Case, probation_officer: Viewer, signed_in: SignedIn
) -> None:
    assert "interne-notitie" not in opened(probation_officer, "notities/nieuw/")
    url = f"/zaken/{case.pk}/notities/nieuw/interne-notitie/"
    assert signed_in(probation_officer).get(url).status_code == 404


def test_after_saving_the_page_names_who_reads_the_note(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    answers = {"version": 0, "text": "Op tijd", "domain": "onderdak", "noted_on": "2026-04-22"}

    page = said(signed_in(casemanager).post(f"/zaken/{case.pk}/notities/nieuw/gedrag/", answers, follow=True))

    assert "Nu ook te lezen door: gemeente Zwolle." in page
    assert "Op tijd" in page


def test_c3_the_reclassering_reads_on_no_page_of_its_note_which_gemeente_has_consent(
    case: Case, world: World, probation_officer: Viewer, signed_in: SignedIn
) -> None:
    browser, base = signed_in(probation_officer), f"/zaken/{case.pk}/notities"
    written = {"version": 0, "text": "Op tijd", "domain": "onderdak", "noted_on": "2026-04-22"}

    def told() -> list[str]:
        """What is said after writing, on the page of its kind, and after another kind."""
        after = browser.post(f"{base}/nieuw/gedrag/", written, follow=True)
        note = Note.objects.unrestricted(reason="test").latest("created_at")
        page = said(browser.get(f"{base}/{note.pk}/soort/"))
        other_kind = {"version": 1, "kind": "delict", "reason": "Verkeerd"}
        changed = browser.post(f"{base}/{note.pk}/soort/", other_kind, follow=True)
        messages = [str(*response.context["messages"]) for response in (after, changed)]
        return [CSRF.sub("", page).replace(str(note.pk), ""), *messages]

    without = told()
    ConsentFactory(case=case, recipient=world.zwolle)

    assert told() == without
    assert "Een gemeente alleen met toestemming" in without[0]
    assert "is opgeslagen" in without[1]
    assert "is nu" in without[2]


def test_a_note_without_text_is_told_at_the_field(
    case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    answers = {"version": 0, "text": "", "noted_on": "2199-01-01"}
    page = said(signed_in(casemanager).post(f"/zaken/{case.pk}/notities/nieuw/delict/", answers))

    assert "Vul ‘Tekst’ in." in page
    assert "Deze datum ligt in de toekomst." in page
    assert not Note.objects.unrestricted(reason="test").exists()


def test_a_closed_kind_is_not_there_for_others(
    opened: Open, case: Case, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    for kind in NoteKind:
        NoteFactory(case=case, owner=world.pi, kind=kind, text=f"Tekst {kind}")

    assert opened(casemanager, "notities/").count("Tekst ") == len(NoteKind)
    assert opened(casemanager, "notities/?soort=delict").count("Tekst ") == 1
    assert "Er zijn geen notities" in opened(coordinator, "notities/")
    assert "delict" not in opened(coordinator, "notities/?soort=delict")


def test_what_was_read_stands_in_the_ledger(
    opened: Open, case: Case, world: World, coordinator: Viewer
) -> None:
    NoteFactory(case=case, owner=world.pi, kind="gedrag", domain=LifeDomain.HOUSING)
    ConsentFactory(case=case, recipient=world.zwolle, declaration_number="TV-7")

    opened(coordinator, "notities/")

    line = ProcessingLine.objects.get(activity="notities-inhoud")
    assert (line.domains, "TV-7" in line.ground) == (["onderdak"], True)


def test_c6_54_the_page_says_who_could_read_the_note_until_now(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle)
    note = NoteFactory(case=case, owner=world.pi, kind="gedrag", domain=LifeDomain.HOUSING)
    url, browser = f"/zaken/{case.pk}/notities/{note.pk}/soort/", signed_in(casemanager)
    assert "gemeente Zwolle" in said(browser.get(url))

    answers = {"version": 1, "kind": "interne-notitie", "reason": "Hoort niet te worden gedeeld"}
    page = said(browser.post(url, answers, follow=True))

    assert "Zij was tot nu leesbaar voor gemeente Zwolle." in page
    assert "Alleen uw eigen organisatie kan haar nu lezen." in page


def test_two_people_who_change_one_note_both_see_both_texts(
    case: Case, world: World, casemanager: Viewer, unit_head: Viewer, signed_in: SignedIn
) -> None:
    note = NoteFactory(case=case, owner=world.pi, text="Eerst")
    url, answers = f"/zaken/{case.pk}/notities/{note.pk}/", {"version": 1, "noted_on": "2026-04-22"}
    signed_in(unit_head).post(url, {**answers, "text": "Van het hoofd"})

    page = said(signed_in(casemanager).post(url, {**answers, "text": "Van de casemanager"}))

    assert "heeft dit intussen gewijzigd" in page
    assert "Van het hoofd" in page
    assert "Van de casemanager" in page


def test_a_note_of_another_organisation_cannot_be_changed(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    note = NoteFactory(case=case, owner=world.probation, kind="delict")

    assert signed_in(casemanager).get(f"/zaken/{case.pk}/notities/{note.pk}/").status_code == 403


def test_a_closed_network_looks_the_same_with_and_without_people(
    opened: Open, case: Case, world: World, coordinator: Viewer
) -> None:
    empty = opened(coordinator, "netwerk/")
    NetworkMemberFactory(case=case, owner=world.pi)

    assert "Niet gedeeld met uw organisatie" in empty
    assert CSRF.sub("", opened(coordinator, "netwerk/")) == CSRF.sub("", empty)


def test_c3_names_of_network_members_appear_after_both_yeses_and_go_with_one(
    opened: Open, case: Case, world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    member = NetworkMemberFactory(case=case, owner=world.pi, phone="06-11")
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.NETWORK)
    assert member.name not in opened(coordinator, "netwerk/")
    url, browser = (
        f"/zaken/{case.pk}/netwerk/{member.pk}/toestemming/{world.zwolle.pk}/",
        signed_in(casemanager),
    )
    now = timezone.localtime()
    answers = {
        "answer": "gegeven",
        "evidence": "mondeling",
        "given_on": f"{now:%Y-%m-%d}",
        "given_time": "00:00",
    }

    assert "is vastgelegd" in said(browser.post(url, answers, follow=True))
    assert member.name in opened(coordinator, "netwerk/")
    assert "1 persoon" in opened(coordinator, "")

    assert "ziet de gegevens" in said(browser.get(f"{url}intrekken/"))
    browser.post(f"{url}intrekken/", {})
    assert member.name not in opened(coordinator, "netwerk/")
    assert "1 persoon" not in opened(coordinator, "")


def test_a_yes_without_evidence_is_told_at_the_field(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    member = NetworkMemberFactory(case=case, owner=world.pi)
    url = f"/zaken/{case.pk}/netwerk/{member.pk}/toestemming/{world.zwolle.pk}/"
    answers = {
        "answer": "gegeven",
        "evidence": "niet-getekend",
        "given_on": "2026-04-22",
        "given_time": "10:00",
    }

    assert "Wie niet tekent, geeft geen toestemming" in said(signed_in(casemanager).post(url, answers))
    assert not ThirdPartyConsent.objects.exists()


def test_c6_36_the_page_warns_and_the_action_is_refused(
    opened: Open, case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    member = NetworkMemberFactory(case=case, owner=world.pi, no_contact=True)
    page = opened(casemanager, "netwerk/")
    assert "Zoek voor betrokkene geen contact" in page
    assert f"{member.pk}/actie/" not in page

    answers = {"text": "Bellen", "assignee": world.pi.pk}
    page = said(signed_in(casemanager).post(f"/zaken/{case.pk}/netwerk/{member.pk}/actie/", answers))

    assert "niemand zoekt contact" in page
    assert not Action.objects.unrestricted(reason="test").exists()


def test_the_gezinsbenadering_of_a_friend_is_told_at_the_field(
    case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    answers = {"version": 0, "name": "Bo", "relation": "vriend", "family_approach": "on"}

    page = said(signed_in(casemanager).post(f"/zaken/{case.pk}/netwerk/nieuw/", answers))

    assert "De gezinsbenadering is voor de andere ouder." in page
    assert not NetworkMember.objects.unrestricted(reason="test").exists()


ADDRESS = {
    "version": 0,
    "purpose": "na-ontslag",
    "street": "Voorbeeldstraat",
    "number": "1",
    "postcode": "8011ab",
    "place": "Zwolle",
}


def test_an_address_is_saved_as_it_is_printed_and_shown_on_the_card(
    opened: Open, case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    page = said(signed_in(casemanager).post(f"/zaken/{case.pk}/adressen/nieuw/", ADDRESS, follow=True))

    assert "8011 AB Zwolle" in page
    assert "1 adres" in opened(casemanager, "")


def test_what_is_no_postcode_is_told_at_the_field(
    case: Case, casemanager: Viewer, signed_in: SignedIn
) -> None:
    page = said(
        signed_in(casemanager).post(f"/zaken/{case.pk}/adressen/nieuw/", {**ADDRESS, "postcode": "12"})
    )

    assert "Dit is geen postcode" in page
    assert not Address.objects.unrestricted(reason="test").exists()


def test_the_screening_leads_to_people_and_addresses(
    opened: Open, case: Case, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    AddressFactory(case=case, owner=world.pi)
    ConsentFactory(case=case, recipient=world.zwolle)

    for viewer, path in (
        (casemanager, "screening/"),
        (casemanager, "screening/onderdak/"),
        (coordinator, "screening/"),
    ):
        assert f"/zaken/{case.pk}/adressen/" in opened(viewer, path)
    assert "Voorbeeldstraat" in opened(coordinator, "adressen/")


def test_the_api_tells_nothing_of_them(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    """No resource of the contract holds notes, people or addresses (contract 4)."""
    browser: Client = signed_in(casemanager)
    document = browser.get("/api/v1/openapi.json").content.decode()

    for word in ("notitie", "netwerklid", 'adres"', "slachtoffer"):
        assert word not in document
