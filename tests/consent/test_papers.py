"""Declarations in other languages and for who reads with difficulty: on paper and when they are recorded (C6.13, C6.14)."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from cases.models import Case, LifeDomain
from consent import actions
from consent.models import Answer, Consent, Evidence
from consent.texts import EASY, Form
from parties.viewer import Viewer
from plans.actions import record_instrument
from plans.models import InstrumentKind, InstrumentOutcome
from tests.conftest import NOW, SignedIn, World
from tests.consent.test_printing import read
from tests.factories.consent import ConsentFactory

AUTUMN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HOUSING = LifeDomain.HOUSING


def filled(**changes: str) -> dict[str, str]:
    return {
        "given_on": "2026-11-20",
        "given_time": "10:30",
        "evidence": Evidence.SIGNED,
        "form": "nl",
        "language": "Nederlands",
        "antwoord-onderdak": "gegeven",
        **changes,
    }


def address(case: Case, world: World) -> str:
    return f"/zaken/{case.pk}/toestemming/ontvanger/{world.zwolle.pk}/vastleggen/"


def say(case: Case, world: World, by: Viewer, **paper: object) -> Consent:
    facts = {"given_at": AUTUMN, "evidence": Evidence.SIGNED, "at": AUTUMN, **paper}
    [row] = actions.decide(case=case, recipient=world.zwolle, answers={HOUSING: Answer.GIVEN}, by=by, **facts)
    return row


def read_low(case: Case, casemanager: Viewer, kind: InstrumentKind = InstrumentKind.LANGUAGE) -> None:
    record_instrument(
        case=case,
        kind=kind,
        outcome=InstrumentOutcome.LOW,
        taken_on=date(2026, 4, 21),
        by=casemanager,
        at=NOW,
    )


@pytest.fixture
def browser(casemanager: Viewer, signed_in: SignedIn) -> Client:
    return signed_in(casemanager)


def test_an_english_declaration_has_the_dutch_words_beside_it(
    case: Case, world: World, browser: Client
) -> None:
    text = read(browser, case, f"verklaring.pdf?ontvanger={world.zwolle.pk}&formulier=en")

    for said in (
        "Declaration of consent (Toestemmingsverklaring)",
        "You may change your mind at any time",
        "U mag altijd van mening veranderen",
        "Housing (Onderdak)",
        "Yes (Ja)",
        "Gemeente Zwolle then also sees your name",
        "Gemeente Zwolle ziet dan ook uw naam",
        "Legal representative",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("form", "says"), [("nl-makkelijk", "Wij willen u helpen."), ("en-makkelijk", "We want to help you.")]
)
def test_the_easy_form_asks_all_seven_subjects_in_short_lines(
    case: Case, world: World, browser: Client, form: str, says: str
) -> None:
    text = read(browser, case, f"verklaring.pdf?ontvanger={world.zwolle.pk}&formulier={form}")

    assert says in text
    assert text.count("Nee") - text.count("Nee zeggen") == 7
    assert "Hulp voor thuis" in text
    assert "Vertegenwoordiger" in text


def test_a_form_that_is_not_there_is_said_and_not_printed(case: Case, world: World, browser: Client) -> None:
    response = browser.get(
        f"/zaken/{case.pk}/toestemming/verklaring.pdf?ontvanger={world.zwolle.pk}&formulier=fr", follow=True
    )

    assert "Dit formulier bestaat niet" in response.content.decode()


def test_what_was_signed_in_english_is_printed_again_in_english(
    case: Case, world: World, casemanager: Viewer, browser: Client
) -> None:
    browser.post(address(case, world), filled(form="en", language="Engels"))
    row = Consent.objects.get()
    assert (row.text_version, row.form_language, row.easy_form) == ("2026-2", "en", False)

    text = read(browser, case, f"verklaring.pdf?toestemming={row.pk}")
    withdrawal = read(browser, case, f"intrekking.pdf?toestemming={row.pk}")

    assert "Why do we ask this? (Waarom vragen wij dit?)" in text
    assert "Formulier English" in text
    assert "X Yes (Ja)" in text
    assert "I withdraw my consent" in withdrawal
    assert "Ik trek mijn toestemming in" in withdrawal
    assert "formulier: English" in browser.get(f"/zaken/{case.pk}/toestemming/").content.decode()


def test_an_easy_form_is_printed_again_as_the_easy_form(
    case: Case, world: World, casemanager: Viewer, browser: Client
) -> None:
    row = say(case, world, casemanager, form=EASY)

    text = read(browser, case, f"verklaring.pdf?toestemming={row.pk}")

    assert "Mogen wij dit delen?" in text
    assert "Formulier Nederlands, makkelijk lezen" in text


def test_a_paper_is_recorded_in_the_version_that_was_printed(
    case: Case, world: World, casemanager: Viewer
) -> None:
    """Printed in September, signed in November: the words on the paper are the old ones."""
    number = f"TV-{case.number}-{world.zwolle.code}-260930101500"

    assert say(case, world, casemanager, declaration_number=number).text_version == "2026-1"
    assert say(case, world, casemanager).text_version == "2026-2"


def test_an_english_form_of_before_there_was_one_is_refused(
    case: Case, world: World, browser: Client, casemanager: Viewer
) -> None:
    response = browser.post(address(case, world), filled(form="en", given_on="2026-04-22"))

    assert "was er op die dag nog niet" in " ".join(response.context["form"].errors["form"])
    with pytest.raises(actions.NoSuchForm):
        say(case, world, casemanager, form=Form("fr"))
    assert not Consent.objects.exists()


@pytest.mark.parametrize("kind", [InstrumentKind.LANGUAGE, InstrumentKind.SCIL])
def test_who_reads_with_difficulty_gets_an_explanation_and_it_is_recorded_how(
    case: Case, world: World, casemanager: Viewer, browser: Client, kind: InstrumentKind
) -> None:
    """C6.13."""
    read_low(case, casemanager, kind)
    page = browser.get(address(case, world)).content.decode()
    assert "Lezen of begrijpen is moeilijk" in page
    assert "formulier=nl-makkelijk" in page
    assert '<option value="nl-makkelijk" selected>' in page

    refused = browser.post(address(case, world), filled(explained_how="  "))
    assert "Vul in hoe u het hebt uitgelegd" in " ".join(refused.context["form"].errors["explained_how"])
    assert not Consent.objects.exists()

    browser.post(address(case, world), filled(explained_how="voorgelezen", form="nl-makkelijk"))
    assert Consent.objects.get().explained_how == "voorgelezen"


def test_who_reads_well_need_not_have_it_explained(
    case: Case, world: World, casemanager: Viewer, browser: Client
) -> None:
    record_instrument(
        case=case,
        kind=InstrumentKind.LANGUAGE,
        outcome=InstrumentOutcome.DONE,
        taken_on=date(2026, 4, 21),
        by=casemanager,
        at=NOW,
    )
    assert "Lezen of begrijpen is moeilijk" not in browser.get(address(case, world)).content.decode()

    browser.post(address(case, world), filled())

    assert Consent.objects.get().explained_how == ""


def test_the_action_refuses_too_whatever_door_was_taken(
    case: Case, world: World, casemanager: Viewer
) -> None:
    with pytest.raises(actions.NotExplained):
        say(case, world, casemanager, explained_how=" ", must_explain=True)
    assert say(case, world, casemanager, explained_how="tolk 1234", must_explain=True).stands


def test_an_old_consent_is_withdrawn_on_a_paper_in_its_own_words(
    case: Case, world: World, browser: Client
) -> None:
    row = ConsentFactory(case=case, recipient=world.zwolle, text_version="")

    assert "Ik trek mijn toestemming in" in read(browser, case, f"intrekking.pdf?toestemming={row.pk}")
