"""The components in a real browser: nothing for axe to find, no sideways scrolling, and text that nobody loses."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route
from pytest_django import Settings

from parties.models import RoleKind, User
from parties.personas import DEMO_PASSWORD
from tests.browser.conftest import SignIn
from tests.conftest import Hire, World

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.browser.gallery_urls")]


@pytest.fixture(autouse=True)
def _gallery(settings: Settings) -> None:
    settings.DEBUG = True


@pytest.fixture
def person(world: World, hire: Hire) -> User:
    return with_password(hire(world.pi, RoleKind.CASEMANAGER).user)


@pytest.fixture
def colleague(world: World, hire: Hire) -> User:
    return with_password(hire(world.pi, RoleKind.CASEMANAGER).user)


def with_password(user: User) -> User:
    user.set_password(DEMO_PASSWORD)
    user.save()
    return user


def type_something(page: Page) -> None:
    page.goto("/galerij/")
    page.locator("#goed_explanation").fill("Betrokkene wil terug naar zijn oude woning.")
    page.locator("#goed_receivers_0").check()


def with_new_text(route: Route) -> None:
    answer = route.fetch()
    html = re.sub(
        r'(id="goed_explanation"[^>]*>)\s*</textarea>', r"\1Tekst van een collega.</textarea>", answer.text()
    )
    route.fulfill(response=answer, body=html)


def typed_text(page: Page) -> str:
    return page.locator("#goed_explanation").input_value()


def log_in_again(page: Page, user: User) -> None:
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord", exact=True).fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url("**/")


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_gallery(browser: Browser, live_server: object, width: int):
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(f"{live_server}/galerij/")

    found = Axe().run(page, options=RULES)

    assert [fault["id"] for fault in found.response["violations"]] == []


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_no_page_scrolls_sideways(browser: Browser, live_server: object, width: int):
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(f"{live_server}/galerij/")

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_open_dialogs_are_accessible_too(person: User, sign_in: SignIn):
    page = sign_in(person.email)
    page.goto("/galerij/")
    page.get_by_role("button", name="Uitleg").click()

    assert page.get_by_role("dialog").get_by_text("10 werkdagen na 2 november 2026").is_visible()
    assert Axe().run(page, options=RULES).violations_count == 0


def test_typed_text_comes_back_after_the_session_was_lost(person: User, sign_in: SignIn):
    page = sign_in(person.email)
    type_something(page)
    page.context.clear_cookies()
    page.get_by_role("button", name="Formulier opslaan").click()
    page.wait_for_load_state()

    log_in_again(page, person)
    page.goto("/galerij/")

    assert typed_text(page) == "Betrokkene wil terug naar zijn oude woning."
    assert page.locator("#goed_receivers_0").is_checked()
    assert page.get_by_text("Uw niet opgeslagen invoer staat hier weer.").is_visible()


def test_typed_text_is_gone_when_it_was_saved(person: User, sign_in: SignIn):
    page = sign_in(person.email)
    type_something(page)
    page.get_by_role("button", name="Formulier opslaan").click()
    page.wait_for_load_state()

    page.goto("/galerij/")

    assert typed_text(page) == ""


def test_the_next_person_does_not_find_the_text_of_the_last(person: User, colleague: User, sign_in: SignIn):
    page = sign_in(person.email)
    type_something(page)
    page.context.clear_cookies()

    log_in_again(page, colleague)
    page.goto("/galerij/")

    assert typed_text(page) == ""
    assert page.evaluate("sessionStorage.length") == 0


def test_a_text_that_somebody_changed_in_the_meantime_is_shown_and_not_overwritten(
    person: User, sign_in: SignIn
):
    page = sign_in(person.email)
    type_something(page)
    page.route("**/galerij/", with_new_text)

    page.goto("/galerij/")

    assert typed_text(page) == "Tekst van een collega."
    assert page.get_by_text("Dit is intussen gewijzigd.").is_visible()
    assert page.get_by_text("Betrokkene wil terug naar zijn oude woning.").is_visible()


def test_logging_out_forgets_what_was_typed(person: User, sign_in: SignIn):
    page = sign_in(person.email)
    type_something(page)

    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/inloggen/")

    assert page.evaluate("sessionStorage.length") == 0


def test_a_form_is_sent_once_however_often_is_clicked(person: User, sign_in: SignIn):
    page = sign_in(person.email)
    page.goto("/galerij/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    with page.expect_navigation():
        page.get_by_role("button", name="Formulier opslaan").evaluate(
            "button => { button.click(); button.click(); button.click(); }"
        )

    assert len(sent) == 1


def test_a_warning_comes_two_minutes_before_the_session_ends(person: User, sign_in: SignIn):
    page = sign_in(person.email)
    page.clock.install()
    page.goto("/galerij/")
    dialog = page.locator("#idle-dialog")

    page.clock.fast_forward("11:30")
    assert not dialog.is_visible()
    page.clock.fast_forward("01:00")
    assert dialog.is_visible()
    page.get_by_role("button", name="Doorwerken").click()
    assert not dialog.is_visible()


def test_whoever_types_is_not_warned(person: User, sign_in: SignIn):
    page = sign_in(person.email)
    page.clock.install()
    page.goto("/galerij/")

    page.clock.fast_forward("10:00")
    page.locator("#goed_explanation").press_sequentially("nog bezig")
    page.clock.fast_forward("05:00")

    assert not page.locator("#idle-dialog").is_visible()


def test_everything_works_without_a_script(person: User, browser: Browser, live_server: object):
    page = browser.new_context(base_url=str(live_server), java_script_enabled=False).new_page()
    log_in_again(page, person)
    page.goto("/galerij/")

    page.get_by_text("Waarom deze datum?").first.click()
    assert page.get_by_text("10 werkdagen na 2 november 2026").first.is_visible()
    assert not page.get_by_role("button", name="Afdrukken").is_visible()

    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="Uitloggen").click()
    assert page.url.endswith("/inloggen/")
