"""Mail that does not arrive becomes work for a person, who reads nothing about any case there."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from pytest_django import Settings

from cases.actions import deliver_mail, notify, report_undelivered, send_again
from cases.models import Case, Channel, Notification
from cases.undelivered import undelivered, unmanned
from parties.models import AuditLine, Role, User
from parties.viewer import Viewer
from tests.cases.test_views_worklist import queries_of
from tests.conftest import NOW, SignedIn, World

BACKEND = "tests.cases.test_delivery.{}"
URL = "/bezorging/"


class Refuses(EmailBackend):
    """A mail server that does not know the address."""

    def send_messages(self, messages: list[EmailMessage]) -> int:
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"unknown")})


class Slow(EmailBackend):
    """A mail server so slow that somebody else took over the mails behind this one."""

    def send_messages(self, messages: list[EmailMessage]) -> int:
        waiting = Notification.objects.filter(channel=Channel.MAIL, delivered_at=None).order_by("-id")[:1]
        Notification.objects.filter(pk__in=waiting.values("pk")).update(leased_until=NOW + timedelta(days=1))
        sent: int = super().send_messages(messages)
        return sent


@pytest.fixture
def refused(case: Case, coordinator: Viewer, settings: Settings) -> Viewer:
    """A mail to the coordinator of the gemeente was refused."""
    notify(case=case, organisation=coordinator.organisation, kind="betrokken", event="een", at=NOW)
    settings.EMAIL_BACKEND = BACKEND.format("Refuses")
    deliver_mail(at=NOW)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return coordinator


def test_a_refused_address_stands_on_the_page_of_beheer_without_the_case(
    refused: Viewer, case: Case, functional_admin: Viewer, signed_in: SignedIn
) -> None:
    page = signed_in(functional_admin).get(URL).content.decode()

    assert refused.user.name in page
    assert refused.user.email in page
    assert "adres geweigerd door de mailserver" in page
    for secret in (case.number, str(case.pk), case.detainee.surname, "betrokken"):
        assert secret not in page


def test_nobody_else_reads_that_page(
    refused: Viewer, casemanager: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    for viewer in (casemanager, coordinator):
        assert signed_in(viewer).get(URL).status_code == 403


def test_what_waits_for_a_day_stands_there_and_what_waits_for_an_hour_does_not(
    case: Case, coordinator: Viewer
) -> None:
    notify(case=case, organisation=coordinator.organisation, kind="betrokken", event="een", at=NOW)

    assert undelivered(NOW + timedelta(hours=23)) == []
    assert [row.reason for row in undelivered(NOW + timedelta(hours=24))] == ["wacht al langer dan een dag"]


def test_what_needed_not_go_any_more_is_no_trouble(case: Case, coordinator: Viewer) -> None:
    notify(case=case, organisation=coordinator.organisation, kind="betrokken", event="een", at=NOW)
    Role.objects.filter(user=coordinator.user).update(until=NOW.date())

    deliver_mail(at=NOW)

    assert Notification.objects.get(channel=Channel.MAIL).failed_at is not None
    assert undelivered(NOW + timedelta(days=2)) == []


def test_trying_again_sends_it_and_the_trouble_is_gone(
    refused: Viewer, functional_admin: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(functional_admin)

    browser.post(f"{URL}{refused.user.pk}/opnieuw/")
    deliver_mail(at=timezone.now())

    assert len(mail.outbox) == 1
    assert "Alle mail komt aan" in browser.get(URL).content.decode()
    assert AuditLine.objects.filter(action="bezorging-opnieuw", object_id=str(refused.user.pk)).exists()


def test_what_was_read_in_the_application_is_not_sent_again(
    refused: Viewer, functional_admin: Viewer
) -> None:
    assert refused.user is not None
    Notification.objects.filter(channel=Channel.IN_APP).update(read_at=NOW)

    assert send_again(user_id=refused.user.pk, by=functional_admin, at=NOW) == 0
    assert undelivered(NOW) == []


def test_trying_again_for_who_left_sends_nothing(refused: Viewer, functional_admin: Viewer) -> None:
    assert refused.user is not None
    User.objects.filter(pk=refused.user.pk).update(is_active=False)

    send_again(user_id=refused.user.pk, by=functional_admin, at=NOW)
    deliver_mail(at=NOW)

    assert mail.outbox == []


def test_done_otherwise_takes_it_off_the_page_and_leaves_the_message(
    refused: Viewer, functional_admin: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(functional_admin)

    browser.post(f"{URL}{refused.user.pk}/afdoen/")

    assert "Alle mail komt aan" in browser.get(URL).content.decode()
    assert Notification.objects.filter(channel=Channel.IN_APP, recipient=refused.user).exists()


def test_beheer_is_told_once_a_day(refused: Viewer, functional_admin: Viewer) -> None:
    for hours in (0, 1, 5):
        report_undelivered(at=NOW + timedelta(hours=hours))

    [row] = Notification.objects.filter(kind="bezorging-mislukt", channel=Channel.IN_APP)
    assert (row.recipient, row.case, row.resource) == (functional_admin.user, None, URL)


def test_a_mail_to_beheer_that_is_refused_itself_starts_no_chain(
    case: Case, functional_admin: Viewer, settings: Settings, refused: Viewer
) -> None:
    settings.EMAIL_BACKEND = BACKEND.format("Refuses")
    report_undelivered(at=NOW)
    deliver_mail(at=NOW)
    Notification.objects.exclude(kind="bezorging-mislukt").update(settled_at=NOW)

    report_undelivered(at=NOW + timedelta(days=1))

    assert Notification.objects.filter(kind="bezorging-mislukt", channel=Channel.IN_APP).count() == 1


def test_whose_mail_does_not_arrive_reads_so_in_his_inbox(refused: Viewer, signed_in: SignedIn) -> None:
    assert "Uw e-mail komt niet aan" in signed_in(refused).get("/berichten/").content.decode()


def test_an_organisation_without_anybody_stands_on_the_page(
    case: Case, world: World, functional_admin: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    assert set(unmanned(timezone.now())) == {world.pi, world.probation}

    page = signed_in(functional_admin).get(URL).content.decode()

    assert "PI Zwolle" in page
    assert case.number not in page


def test_the_page_costs_the_same_for_one_and_for_many(
    refused: Viewer, case: Case, functional_admin: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(functional_admin)
    browser.get(URL)
    few = queries_of(browser, URL)
    for turn in range(10):
        notify(case=case, organisation=refused.organisation, kind="betrokken", event=f"e{turn}", at=NOW)

    assert len(queries_of(browser, URL)) == len(few)


def test_whoever_lost_his_lease_while_sending_leaves_the_mail_to_who_took_it(
    case: Case, coordinator: Viewer, settings: Settings
) -> None:
    for turn in range(2):
        notify(case=case, organisation=coordinator.organisation, kind="betrokken", event=f"{turn}", at=NOW)
    settings.EMAIL_BACKEND = BACKEND.format("Slow")

    deliver_mail(at=NOW)

    assert len(mail.outbox) == 1
