"""Logging in, a forgotten password and the second step, as a person meets them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from parties.models import LinkRequest, User
from parties.password_links import ask_for_link
from parties.tasks import send_links
from parties.viewer import Viewer
from reintegratie.accounts import address_of
from tests.conftest import SignedIn
from tests.factories.parties import UserFactory

PASSWORD = "een-lang-wachtwoord"
NEW = "een-heel-nieuw-wachtwoord"


@pytest.fixture
def person(db: None) -> User:
    cache.clear()  # a minute counts how often somebody asks for a link, whoever the test is about
    return UserFactory(email="m.bakker@voorbeeld.test", password=PASSWORD)


def log_in(browser: Client, person: User, password: str = PASSWORD):
    return browser.post("/inloggen/", {"login": person.email, "password": password})


def ask_for_a_link(person: User) -> str:
    Client().post("/wachtwoord/vergeten/", {"email": person.email})
    send_links()
    found = re.search(r"https?://[^/]+(/wachtwoord/nieuw/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found.group(1)


def test_a_wrong_password_is_told_in_dutch_without_telling_which_part_was_wrong(person: User):
    page = log_in(Client(), person, "verkeerd").content.decode()

    assert "Het e-mailadres of het wachtwoord klopt niet." in page


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(person: User):
    unknown = Client().post("/inloggen/", {"login": "niemand@voorbeeld.test", "password": "verkeerd"})

    assert "Het e-mailadres of het wachtwoord klopt niet." in unknown.content.decode()


def test_ten_wrong_passwords_lock_that_account_for_a_while(person: User):
    for _ in range(10):
        log_in(Client(), person, "verkeerd")

    page = log_in(Client(), person)

    assert page.status_code == 429
    assert "Inloggen is tijdelijk geblokkeerd" in page.content.decode()


def test_the_typing_errors_of_one_person_do_not_lock_out_colleagues_behind_the_same_address(person: User):
    colleague = UserFactory(email="s.jansen@voorbeeld.test", password=PASSWORD)
    for _ in range(11):
        log_in(Client(), person, "verkeerd")

    assert log_in(Client(), colleague).status_code == 302


def test_the_link_in_the_mail_sets_a_new_password(person: User):
    browser = Client()
    form = browser.get(ask_for_a_link(person), follow=True)

    browser.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    assert log_in(Client(), person, NEW).status_code == 302


def test_the_link_works_once(person: User):
    link, browser = ask_for_a_link(person), Client()
    form = browser.get(link, follow=True)
    browser.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    again = Client().get(link, follow=True).content.decode()

    assert "Deze link werkt niet meer" in again


def test_a_short_password_is_refused_in_dutch(person: User):
    browser = Client()
    form = browser.get(ask_for_a_link(person), follow=True)

    page = browser.post(
        form.request["PATH_INFO"], {"password1": "kort", "password2": "kort"}
    ).content.decode()

    assert "Dit wachtwoord is te kort: gebruik minstens 12 tekens." in page


def test_the_mail_holds_a_link_and_no_name(person: User):
    ask_for_a_link(person)

    assert person.name not in str(mail.outbox[-1].body)
    assert "Nieuw wachtwoord kiezen" in mail.outbox[-1].subject


def test_asking_for_a_link_works_while_the_mail_server_is_down(person: User, settings: Settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    answer = Client().post("/wachtwoord/vergeten/", {"email": person.email})
    send_links()

    assert answer.status_code == 302
    assert [(row.email, row.take_from > row.asked_at) for row in LinkRequest.objects.all()] == [
        (person.email, True)
    ]


def test_a_link_that_nobody_could_mail_for_hours_is_dropped(person: User):
    long_ago = timezone.now() - timedelta(hours=5)
    ask_for_link(email=person.email, at=long_ago)

    send_links()

    assert mail.outbox == []
    assert not LinkRequest.objects.exists()


def test_the_link_leads_to_our_own_address_whatever_the_browser_claims(person: User, settings: Settings):
    settings.ALLOWED_HOSTS = ["*"]
    Client().post("/wachtwoord/vergeten/", {"email": person.email}, headers={"host": "elders.test"})
    send_links()

    assert "elders.test" not in str(mail.outbox[-1].body)
    assert settings.BASE_URL in str(mail.outbox[-1].body)


def test_nobody_signs_up(db: None):
    assert Client().get("/registreren/").status_code in {302, 404}
    assert "registre" not in Client().get("/inloggen/").content.decode().lower()


def test_who_is_signed_in_can_set_up_a_second_step(person: User):
    browser = Client()
    log_in(browser, person)
    browser.post("/inloggen/opnieuw/", {"password": PASSWORD})

    page = browser.get("/tweestaps/totp/activate/").content.decode()

    assert "App koppelen" in page
    assert "Code uit de app" in page


def test_beheer_is_no_way_past_the_second_step(person: User):
    person.is_staff = person.is_superuser = True
    person.save()
    browser = Client()

    answer = browser.post("/beheer/login/", {"username": person.email, "password": PASSWORD})

    assert answer.headers["Location"].startswith("/inloggen/")
    assert browser.get("/beheer/").status_code == 302


def test_who_does_not_work_in_beheer_is_refused_there(casemanager: Viewer, signed_in: SignedIn):
    assert signed_in(casemanager).get("/beheer/login/").status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/wachtwoord/wijzigen/", "/tweestaps/", "/tweestaps/webauthn/", "/uitloggen/", "/inloggen/opnieuw/"],
)
def test_own_account_pages_are_in_our_shell(path: str, casemanager: Viewer, signed_in: SignedIn):
    page = signed_in(casemanager).get(path).content.decode()

    assert 'class="sheet' in page
    assert "Uitloggen" in page


def test_no_template_of_allauth_is_left_in_english():
    folder = Path(__file__).resolve().parents[2] / "templates"
    pages = [*(folder / "account").rglob("*.*"), *(folder / "mfa").rglob("*.*")]

    assert [page.name for page in pages if re.search(r"{%\s*(trans|blocktrans)", page.read_text())] == []


def shapes(asked: CaptureQueriesContext) -> list[str]:
    """What was asked of the database, without the values."""
    return [re.sub(r"""'[^']*'|"s\d+_x\d+\"""", "?", query["sql"]) for query in asked]


@pytest.mark.parametrize("address", ["onbekend@voorbeeld.test", "uit@voorbeeld.test"])
def test_asking_for_a_link_tells_nobody_who_has_an_account(person: User, address: str) -> None:
    UserFactory(email="uit@voorbeeld.test", is_active=False)

    with CaptureQueriesContext(connection) as for_known:
        known = Client().post("/wachtwoord/vergeten/", {"email": person.email})
    with CaptureQueriesContext(connection) as for_stranger:
        stranger = Client().post("/wachtwoord/vergeten/", {"email": address})

    assert mail.outbox == []  # a mail sent in the request takes time that tells who has an account
    assert shapes(for_known) == shapes(for_stranger)
    send_links()
    assert (stranger.status_code, stranger.headers["Location"]) == (
        known.status_code,
        known.headers["Location"],
    )
    assert [message.to for message in mail.outbox] == [[person.email]]


def test_behind_our_proxy_the_address_of_the_visitor_counts(rf: RequestFactory, settings: Settings) -> None:
    request = rf.get("/", REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7")

    assert address_of(request) == "10.0.0.2"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert address_of(request) == "198.51.100.7"


def test_logging_out_lets_the_browser_forget(casemanager: Viewer, signed_in: SignedIn) -> None:
    browser = signed_in(casemanager)

    answer = browser.post("/uitloggen/")

    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert browser.get("/zaken/").status_code == 302


def test_the_first_account_keeps_accounts_and_sees_no_case(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", "een-lang-wachtwoord-2026")

    call_command("create_admin", "eerste@voorbeeld.test", "E. Eerste", verbosity=0)

    browser = Client()
    browser.post("/inloggen/", {"login": "eerste@voorbeeld.test", "password": "een-lang-wachtwoord-2026"})
    assert browser.get("/beheer/").status_code == 200
    assert browser.get("/zaken/").status_code == 403
    with pytest.raises(CommandError, match="al een account"):
        call_command("create_admin", "eerste@voorbeeld.test", "E. Eerste", verbosity=0)


def test_a_weak_first_password_makes_no_account(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", "welkom")

    with pytest.raises(CommandError, match="12"):
        call_command("create_admin", "eerste@voorbeeld.test", "E. Eerste", verbosity=0)
    assert not User.objects.exists()
