"""One real case in a real browser, from its begin message to the printed agenda, each persona signing in (README)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from cases.models import Case
from parties.personas import CLIENTS
from tests.browser.conftest import SignIn

KAMPEN_CASE = "INS-01-00099"
CHOICE = {"ja": "gegeven", "nee": "geweigerd"}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.usefixtures("demo"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def case(live_server: object, settings: Settings) -> Case:
    settings.DEMO = True
    return Case.objects.get(detention_number=KAMPEN_CASE)


def test_one_case_goes_from_begin_message_to_the_printed_agenda(case: Case, sign_in: SignIn) -> None:
    casemanager = sign_in("casemanager@zwolle.pi.test")
    the_casemanager_finds_the_case_on_his_worklist(casemanager, case)
    the_casemanager_finishes_the_screening(casemanager, case)
    the_casemanager_records_what_the_detainee_decided(casemanager, case)
    the_casemanager_sends_the_informatieblad(casemanager, case)

    coordinator = sign_in("nazorg@kampen.gemeente.test")
    the_gemeente_sees_what_is_shared_and_closed_doors_for_the_rest(coordinator, case)

    the_casemanager_withdraws_housing(casemanager, case)
    the_gemeente_sees_nothing_of_housing_at_its_next_click(coordinator, case)

    the_casemanager_writes_the_plan(casemanager, case)
    meeting = the_unit_head_plans_the_meeting(sign_in("afdelingshoofd@zwolle.pi.test"), case)
    the_agenda_is_printed_for_each_reader(casemanager, meeting)
    the_unit_head_holds_the_meeting(sign_in("afdelingshoofd@zwolle.pi.test"), meeting, case)

    the_gemeente_has_its_action(coordinator, case)
    the_reclassering_ticks_off_its_action(case)


def the_casemanager_finds_the_case_on_his_worklist(page: Page, case: Case) -> None:
    page.goto("/")
    page.get_by_role("link", name="Vries, Ömer de").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ömer de Vries")
    expect(page.get_by_text("Waarom deze datum?").first).to_be_visible()


def the_casemanager_finishes_the_screening(page: Page, case: Case) -> None:
    for domain in ("schulden", "zorg", "sociaal-netwerk"):
        page.goto(f"/zaken/{case.pk}/screening/{domain}/")
        page.locator("[name=support_answer][value=nee]").check()
        page.get_by_role("button", name="Opslaan", exact=True).click()
    page.goto(f"/zaken/{case.pk}/screening/kind-check/")
    page.locator("[name=answer][value=nee]").check()
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.get_by_role("button", name="Screening afronden").click()
    expect(page.get_by_text("De screening is afgerond.")).to_be_visible()


def the_casemanager_records_what_the_detainee_decided(page: Page, case: Case) -> None:
    page.goto(f"/zaken/{case.pk}/toestemming/")
    page.locator("article, .card, section").filter(has_text="Kampen").get_by_role(
        "link", name="Vastleggen"
    ).last.click()
    for label, answer in (("Onderdak", "Ja"), ("Werk en inkomen", "Ja"), ("Zorg", "Nee")):
        page.get_by_role("group", name=label, exact=True).get_by_label(answer, exact=True).check()
    page.locator("[name=evidence][value=ondertekend]").check()
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.locator("main")).to_contain_text("Kampen: ja voor Onderdak, Werk en inkomen; nee voor Zorg")


def the_casemanager_sends_the_informatieblad(page: Page, case: Case) -> None:
    page.goto(f"/zaken/{case.pk}/informatiebladen/")
    page.get_by_role("link", name="Voorbeeld en verzenden aan gemeente Kampen").click()
    main = page.locator("main")
    expect(main).to_contain_text("Wil zijn huurwoning houden.")
    expect(main).not_to_contain_text("Zorgverzekeraar")
    page.get_by_role("button", name="Verzenden").click()
    expect(page.locator("main")).to_contain_text("Informatieblad, versie 1")


def the_gemeente_sees_what_is_shared_and_closed_doors_for_the_rest(page: Page, case: Case) -> None:
    page.goto(f"/zaken/{case.pk}/")
    main = page.locator("main")
    expect(main).to_contain_text("Wil zijn huurwoning houden.")
    expect(main.get_by_text("Niet gedeeld met uw organisatie").first).to_be_visible()
    page.goto(f"/zaken/{case.pk}/informatiebladen/")
    page.get_by_role("link", name="Versie 1").first.click()
    expect(page.locator("main")).to_contain_text("Wil zijn huurwoning houden.")


def the_casemanager_withdraws_housing(page: Page, case: Case) -> None:
    page.goto(f"/zaken/{case.pk}/toestemming/")
    page.get_by_role("row").filter(has_text="Onderdak").get_by_role("link", name="Intrekken").first.click()
    page.get_by_role("button", name="Intrekken").click()
    expect(page.locator("main")).to_contain_text("Kampen: toestemming ingetrokken voor Onderdak")


def the_gemeente_sees_nothing_of_housing_at_its_next_click(page: Page, case: Case) -> None:
    for path in ("", "screening/", "informatiebladen/", "geschiedenis/", "plan/"):
        page.goto(f"/zaken/{case.pk}/{path}")
        expect(page.locator("main")).not_to_contain_text("huurwoning houden")
    page.go_back()
    expect(page.locator("main")).not_to_contain_text("huurwoning houden")


def the_casemanager_writes_the_plan(page: Page, case: Case) -> None:
    page.goto(f"/zaken/{case.pk}/plan/")
    page.get_by_role("button", name="Plan beginnen").click()
    page.get_by_role("link", name="Doel toevoegen", exact=True).click()
    page.locator("[name=domain]").select_option("werk-en-inkomen")
    page.locator("[name=text]").fill("Heeft binnen vier weken na ontslag een inkomen.")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    for party, text in (("Kampen", "Uitkering klaarzetten"), ("Reclassering", "Bellen met de werkgever")):
        page.goto(f"/zaken/{case.pk}/plan/acties/nieuw/")
        page.locator("[name=domain]").select_option("werk-en-inkomen")
        page.locator("[name=text]").fill(text)
        option = page.locator("[name=assignee] option").filter(has_text=party).first
        page.locator("[name=assignee]").select_option(option.get_attribute("value"))
        page.get_by_role("button", name="Opslaan", exact=True).click()
    page.goto(f"/zaken/{case.pk}/plan/bespreken/")
    page.locator("[name=view]").first.check()
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.locator("main")).to_contain_text("Stand: besproken met de gedetineerde")


def the_unit_head_plans_the_meeting(page: Page, case: Case) -> str:
    page.goto("/overleggen/nieuw/")
    page.locator("[name=day]").fill((timezone.localdate() + timedelta(days=1)).isoformat())
    page.locator("[name=clock]").fill("09:30")
    chair = page.locator("[name=chair] option").filter(has_text="Wolters").first
    page.locator("[name=chair]").select_option(chair.get_attribute("value"))
    page.locator("main").get_by_role("button").first.click()
    meeting = page.url
    page.get_by_label("Zaaknummer").fill(case.number)
    page.get_by_label("Soort punt").select_option("vaststelling")
    page.get_by_role("button", name="Toevoegen").click()
    page.goto(meeting)
    page.get_by_role("link", name="Bespreken en uitnodigen").click()
    option = page.locator("[name=organisation] option").filter(has_text="Kampen").first
    page.locator("[name=organisation]").select_option(option.get_attribute("value"))
    page.get_by_role("button", name="Uitnodigen").click()
    expect(page.locator("main")).to_contain_text("Kampen")
    return meeting


def the_agenda_is_printed_for_each_reader(page: Page, meeting: str) -> None:
    page.goto(meeting)
    for reader in ("Voorzitter", "gemeente Kampen"):
        address = page.get_by_role("link", name=f"{reader} (PDF)").get_attribute("href")
        assert address is not None
        answer = page.request.get(address)
        assert answer.status == 200
        assert answer.body().startswith(b"%PDF-")


def the_unit_head_holds_the_meeting(page: Page, meeting: str, case: Case) -> None:
    page.goto(meeting)
    page.get_by_role("link", name="Bespreken en uitnodigen").click()
    page.get_by_label("Soort besluit").select_option("plan-vastgesteld")
    page.locator("form[action*=besluiten]").get_by_role("button").first.click()
    expect(page.locator("main")).to_contain_text("D&R-plan vastgesteld")
    page.goto(f"{meeting}houden/")
    page.locator("[name=day]").fill(timezone.localdate().isoformat())
    page.locator("[name=clock]").fill("00:01")
    page.get_by_label("Besproken").first.check()
    page.get_by_label("Gedetineerde erbij").first.select_option("ja")
    page.get_by_role("button", name="Overleg afsluiten").click()
    page.goto(f"/zaken/{case.pk}/plan/")
    expect(page.locator("main")).to_contain_text("Versie 1")


def the_gemeente_has_its_action(page: Page, case: Case) -> None:
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Uitkering klaarzetten")


def the_reclassering_ticks_off_its_action(case: Case) -> None:
    software = Client()
    persona = next(client for client in CLIENTS if client.client_id == "rn-no")
    token = software.post(
        "/oauth/token",
        {
            "grant_type": "client_credentials",
            "client_id": persona.client_id,
            "client_secret": persona.secret,
            "scope": persona.scope,
        },
    ).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}

    def get(path: str) -> Any:  # JSON
        return software.get(f"/api/v1{path}", headers=headers)

    listed = {row["id"] for row in get("/trajecten").json()["resultaten"]}
    assert str(case.pk) in listed
    mine = [
        row for row in get("/acties").json()["resultaten"] if row["omschrijving"] == "Bellen met de werkgever"
    ]
    address = f"/acties/{mine[0]['id']}"
    answer = software.patch(
        f"/api/v1{address}",
        {"status": "gedaan", "resultaat": "Gebeld: hij kan terugkomen."},
        content_type="application/json",
        headers={**headers, "If-Match": get(address).headers["ETag"]},
    )
    assert answer.status_code == 200, answer.content
    assert get(address).json()["status"] == "gedaan"
