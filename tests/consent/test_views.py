"""The pages about consent, each tried as the outsider first."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client

from cases.models import Capacity, Case, LifeDomain, Phase
from consent import actions
from consent.models import Answer, Consent, Evidence, GroundCode
from consent.visibility import sight_of
from parties.models import AuditLine, RoleKind
from parties.viewer import Viewer, viewer_for
from reintegratie.lib.history import save_as
from tests.cases.test_views_worklist import queries_of
from tests.conftest import NOW, Hire, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.cases import take_part
from tests.factories.consent import ConsentFactory, StatutoryGroundFactory
from tests.factories.parties import OrganisationFactory

HOUSING, DEBTS, CARE = LifeDomain.HOUSING, LifeDomain.DEBTS, LifeDomain.CARE


def page(browser: Client, case: Case, path: str = "") -> str:
    response = browser.get(f"/zaken/{case.pk}/toestemming/{path}")
    assert response.status_code == 200
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def filled(**changes: str) -> dict[str, str]:
    return {
        "given_on": "2026-04-22",
        "given_time": "10:30",
        "evidence": Evidence.SIGNED,
        "language": "Nederlands",
        "antwoord-onderdak": "gegeven",
        "antwoord-schulden": "geweigerd",
        **changes,
    }


def addresses(case: Case, world: World, consent: Consent) -> list[str]:
    base = f"/zaken/{case.pk}/toestemming"
    return [
        f"{base}/",
        f"{base}/ontvanger/{world.zwolle.pk}/vastleggen/",
        f"{base}/ontvanger/{world.zwolle.pk}/intrekken/",
        f"{base}/{consent.pk}/intrekken/",
        f"{base}/verklaring.pdf?ontvanger={world.zwolle.pk}",
        f"{base}/intrekking.pdf?toestemming={consent.pk}",
    ]


def test_the_outsider_gets_the_same_answer_as_for_a_random_id(
    case: Case, world: World, other_coordinator: Viewer, signed_in: SignedIn
) -> None:
    consent = ConsentFactory(case=case, recipient=world.zwolle)
    browser = signed_in(other_coordinator)

    for address in addresses(case, world, consent):
        for ask in (browser.get, browser.post):
            hidden, random = ask(address), ask(address.replace(str(case.pk), str(uuid4())))
            assert hidden.status_code == random.status_code
            assert hidden.status_code == 404 or ask == browser.post
            assert hidden.content == random.content


def test_the_wrong_role_is_refused(
    case: Case,
    world: World,
    director: Viewer,
    coordinator: Viewer,
    privacy_officer: Viewer,
    partner_contact: Viewer,
    signed_in: SignedIn,
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)
    consent = ConsentFactory(case=case, recipient=world.zwolle)
    matrix, *recording = addresses(case, world, consent)

    for viewer in (privacy_officer, partner_contact):
        assert signed_in(viewer).get(matrix).status_code == 403
    for viewer in (director, coordinator, privacy_officer, partner_contact):
        assert {signed_in(viewer).get(address).status_code for address in recording} == {403}
        assert signed_in(viewer).post(recording[0], filled()).status_code == 403
        assert signed_in(viewer).post(recording[2]).status_code == 403
    assert Consent.objects.get().stands


def test_the_pi_reads_every_answer_with_its_ground(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, domain=HOUSING, declaration_number="TV-JA")
    ConsentFactory(
        case=case, recipient=world.zwolle, domain=DEBTS, answer=Answer.REFUSED, declaration_number="TV-NEE"
    )
    ConsentFactory(case=case, recipient=world.zwolle, domain=CARE, withdrawn_at=NOW)
    StatutoryGroundFactory(code=GroundCode.PBW18A, article="PM 20d", capacity=Capacity.PROBATION)

    text = page(signed_in(casemanager), case)

    for said in ("TV-JA", "TV-NEE", "Ingetrokken", "Nog niet gevraagd", "Op grond van de wet", "PM 20d"):
        assert said in text
    assert text.count(">Intrekken<") == 1


def test_a_gemeente_reads_its_own_column_and_nothing_of_others(
    case: Case, world: World, coordinator: Viewer, signed_in: SignedIn
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, domain=HOUSING, declaration_number="TV-VAN-ONS")
    ConsentFactory(case=case, recipient=world.probation, domain=DEBTS, declaration_number="TV-VAN-HEN")

    text = page(signed_in(coordinator), case)

    assert "TV-VAN-ONS" in text
    assert "TV-VAN-HEN" not in text
    assert "Reclassering" not in text
    assert text.count("Niet gedeeld</span>") == 6
    assert "intrekken" not in text.lower()


@pytest.mark.parametrize("hidden", ["geweigerd", "ingetrokken", "verlopen", "aan een ander"])
def test_what_is_closed_looks_the_same_whatever_was_answered(
    case: Case, world: World, coordinator: Viewer, signed_in: SignedIn, hidden: str
) -> None:
    """C3 note 9, quality 2.3."""
    browser = signed_in(coordinator)
    before = page(browser, case)

    facts = {
        "geweigerd": {"recipient": world.zwolle, "answer": Answer.REFUSED},
        "ingetrokken": {"recipient": world.zwolle, "withdrawn_at": NOW},
        "verlopen": {"recipient": world.zwolle, "valid_until": NOW},
        "aan een ander": {"recipient": world.probation},
    }
    ConsentFactory(case=case, **facts[hidden])

    assert page(browser, case) == before


def test_seven_boxes_are_recorded_at_once(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    address = f"/zaken/{case.pk}/toestemming/ontvanger/{world.zwolle.pk}/vastleggen/"

    response = signed_in(casemanager).post(
        address, filled(explained_how="voorgelezen", valid_until="2026-06-30")
    )

    assert response.status_code == 302
    rows = {row.domain: row for row in Consent.objects.filter(case=case)}
    assert {domain: row.answer for domain, row in rows.items()} == {HOUSING: "gegeven", DEBTS: "geweigerd"}
    assert rows[HOUSING].given_at == datetime(2026, 4, 22, 8, 30, tzinfo=UTC)
    assert rows[HOUSING].valid_until == datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
    assert rows[HOUSING].text_version == "2026-1"
    assert rows[HOUSING].recorded_by == casemanager.user
    assert rows[HOUSING].recorded_for == world.pi
    assert sight_of(coordinator, case).opens(HOUSING)
    matrix = signed_in(casemanager).get(f"/zaken/{case.pk}/toestemming/").content.decode()
    assert "Gold tot en met 30 juni 2026" in matrix
    assert "tot en met 30 juni 2026" in matrix


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"antwoord-onderdak": "", "antwoord-schulden": ""}, "__all__", "ten minste één leefgebied"),
        ({"given_on": "2031-01-01"}, "given_time", "in de toekomst"),
        ({"given_on": "2026-04-01"}, "given_time", "van voor deze detentie"),
        ({"given_on": "0001-01-01"}, "given_on", "tussen 1 januari 1900"),
        ({"valid_until": "9999-12-31"}, "valid_until", "tussen 1 januari 1900"),
        ({"given_on": "31-02"}, "given_on", "geldige datum"),
        ({"given_time": ""}, "given_time", "Vul een tijd in"),
        ({"evidence": "niet-getekend"}, "evidence", "Wie niet tekent"),
        ({"evidence": ""}, "evidence", "Kies hoe"),
        ({"evidence": "verzonnen"}, "evidence", "geldige keuze"),
        ({"valid_until": "2026-04-21"}, "valid_until", "ligt niet na het moment"),
        ({"antwoord-zorg": "misschien"}, "antwoord-zorg", "geldige keuze"),
        ({"declaration_number": "TV-van-een-ander"}, "declaration_number", "hoort niet bij"),
        ({"language": ""}, "language", "Vul een taal in"),
        ({"explained_how": "x" * 301}, "explained_how", "300"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_saved(
    case: Case,
    world: World,
    casemanager: Viewer,
    signed_in: SignedIn,
    changes: dict[str, str],
    field: str,
    says: str,
) -> None:
    address = f"/zaken/{case.pk}/toestemming/ontvanger/{world.zwolle.pk}/vastleggen/"

    response = signed_in(casemanager).post(address, filled(explained_how="blijft staan") | changes)

    assert response.status_code == 200
    assert says in " ".join(response.context["form"].errors[field])
    assert says in response.content.decode()
    assert not Consent.objects.exists()


def test_an_hour_that_the_clock_skips_is_no_moment(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    """Sunday 29 March 2026, 2.00 to 3.00 o'clock."""
    address = f"/zaken/{case.pk}/toestemming/ontvanger/{world.zwolle.pk}/vastleggen/"

    response = signed_in(casemanager).post(address, filled(given_on="2026-03-29", given_time="02:30"))

    assert "bestaat niet" in str(response.context["form"].errors["given_time"])


def test_a_closed_case_says_why_nothing_is_recorded(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    case.phase = Phase.CLOSED
    save_as(case, by=TestActor(), at=NOW, why="test")
    address = f"/zaken/{case.pk}/toestemming/ontvanger/{world.zwolle.pk}/vastleggen/"

    response = signed_in(casemanager).post(address, filled())

    assert "afgesloten" in response.content.decode()


def test_a_decision_about_who_takes_no_part_has_no_page(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    for stranger in (world.deventer.pk, world.pi.pk, uuid4()):
        address = f"/zaken/{case.pk}/toestemming/ontvanger/{stranger}/vastleggen/"
        assert signed_in(casemanager).get(address).status_code == 404


def test_the_form_says_what_stands_now(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    ConsentFactory(case=case, recipient=world.zwolle, domain=LifeDomain.CARE_AT_HOME, answer=Answer.REFUSED)

    text = page(signed_in(casemanager), case, f"ontvanger/{world.zwolle.pk}/vastleggen/")

    assert text.count("Nu: nog niet gevraagd") == 6
    assert text.count("Nu: nee") == 1


def test_one_click_and_one_question_take_a_consent_back(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    consent = ConsentFactory(case=case, recipient=world.zwolle)
    ConsentFactory(case=case, recipient=world.zwolle, domain=DEBTS)
    browser = signed_in(casemanager)
    assert "Het gaat om: Onderdak." in page(browser, case, f"{consent.pk}/intrekken/")

    response = browser.post(f"/zaken/{case.pk}/toestemming/{consent.pk}/intrekken/", {"reason": ""})

    assert response.status_code == 302
    consent.refresh_from_db()
    assert not consent.stands
    assert set(sight_of(coordinator, case).grounds) == {DEBTS}
    text = page(browser, case)
    assert "Ingetrokken voor gemeente Zwolle: Onderdak." in text
    assert "toestemming ingetrokken voor Onderdak" in text
    assert f"{casemanager.name} · PI Zwolle" in text


def test_who_comes_second_reads_that_there_is_nothing_left(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    consent = ConsentFactory(case=case, recipient=world.zwolle, withdrawn_at=NOW)
    browser = signed_in(casemanager)

    for path in (f"{consent.pk}/intrekken/", f"ontvanger/{world.zwolle.pk}/intrekken/"):
        for ask in (browser.get, browser.post):
            response = ask(f"/zaken/{case.pk}/toestemming/{path}", follow=True)
            assert "geen toestemming meer om in te trekken" in response.content.decode()


def test_all_for_one_recipient_is_taken_back_also_when_it_is_gone(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    """C6.28: a merged gemeente; the page says that its successor has nothing."""
    world.deventer.successor = world.kampen
    save_as(world.deventer, by=TestActor(), at=NOW, why="opgegaan")
    ConsentFactory(case=case, recipient=world.deventer)
    browser = signed_in(casemanager)
    text = page(browser, case)
    assert "Deventer neemt niet meer deel" in text
    assert "ook niet voor Kampen" in text

    browser.post(
        f"/zaken/{case.pk}/toestemming/ontvanger/{world.deventer.pk}/intrekken/", {"reason": "op verzoek"}
    )

    assert not Consent.objects.get().stands
    assert "neemt niet meer deel" not in page(browser, case)


def test_a_consent_of_another_case_does_not_exist_here(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    elsewhere = ConsentFactory(recipient=world.zwolle)

    for path in (
        f"{elsewhere.pk}/intrekken/",
        f"verklaring.pdf?toestemming={elsewhere.pk}",
        f"intrekking.pdf?toestemming={elsewhere.pk}",
        f"verklaring.pdf?ontvanger={world.deventer.pk}",
    ):
        assert signed_in(casemanager).get(f"/zaken/{case.pk}/toestemming/{path}").status_code == 404
    assert elsewhere.stands


def test_reading_recording_and_refusing_leave_audit_lines(
    case: Case, world: World, casemanager: Viewer, director: Viewer, signed_in: SignedIn
) -> None:
    address = f"/zaken/{case.pk}/toestemming/ontvanger/{world.zwolle.pk}/vastleggen/"

    signed_in(casemanager).get(f"/zaken/{case.pk}/toestemming/")
    signed_in(casemanager).post(address, filled())
    signed_in(director).post(address, filled())

    done = list(AuditLine.objects.order_by("id").values_list("action", "outcome"))
    assert done == [
        ("toestemming-inzien", "toegestaan"),
        ("toestemming-vastleggen-openen", "toegestaan"),
        ("toestemming-vastleggen", "toegestaan"),
        ("geweigerd-rol", "geweigerd"),
    ]


def test_the_matrix_costs_the_same_for_two_and_for_twelve_recipients(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    browser, address = signed_in(casemanager), f"/zaken/{case.pk}/toestemming/"
    browser.get(address)
    few = queries_of(browser, address)
    for _ in range(10):
        party = OrganisationFactory()
        take_part(case, party, Capacity.PARTNER)
        consent = ConsentFactory(case=case, recipient=party, recorded_by=casemanager.user)
        actions.withdraw_consent(consent=consent, reason="", by=casemanager, at=NOW)

    many = queries_of(browser, address)

    assert len(many) - len(few) == 2  # the names of who withdrew: people and organisations
    assert len(many) <= 22


def test_a_netwerkpartner_as_recipient_is_asked_about_like_any_other(
    case: Case, world: World, casemanager: Viewer, hire: Hire, signed_in: SignedIn
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)
    address = f"/zaken/{case.pk}/toestemming/ontvanger/{world.partner.pk}/vastleggen/"

    signed_in(casemanager).post(address, filled())

    contact = viewer_for(hire(world.partner, RoleKind.PARTNER_CONTACT), at=NOW)
    assert set(sight_of(contact, case).grounds) == {HOUSING}


def test_a_paper_is_told_once_per_recipient_and_every_yes_can_be_taken_back(
    case: Case, world: World, casemanager: Viewer, signed_in: SignedIn
) -> None:
    for domain in (LifeDomain.HOUSING, LifeDomain.DEBTS, LifeDomain.CARE):
        ConsentFactory(case=case, recipient=world.zwolle, domain=domain, declaration_number="TV-EEN")

    page = signed_in(casemanager).get(f"/zaken/{case.pk}/toestemming/").content.decode()
    table = page[page.index("<table") : page.index("</table>")]

    assert table.count("TV-EEN") == 1
    assert table.count("zelfde verklaring") == 2
    assert table.count("Intrekken<") == 3
    assert table.count("Verklaring<") == 1
