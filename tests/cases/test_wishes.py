"""People choose what they hear of, but not whether they hear of what is late or guards access."""

from collections.abc import Callable

import pytest
from django.core import mail

from cases.actions import choose_messages, deliver_mail, notify, remind
from cases.models import Case, Channel, MessageWish, Notification, Topic
from cases.notices import ALWAYS, TOPICS, WORDS, topic_of
from cases.steps import Step
from cases.wishes import CHOOSABLE
from parties.models import User
from parties.viewer import Viewer
from tests.cases.test_reminders import on
from tests.conftest import NOW, SignedIn
from tests.factories.cases import DeadlineFactory

Tell = Callable[[str], None]


@pytest.fixture
def tell(case: Case, coordinator: Viewer) -> Tell:
    def _tell(kind: str) -> None:
        notify(case=case, organisation=coordinator.organisation, kind=kind, event=f"{kind}:1", at=NOW)

    return _tell


def wants_nothing(viewer: Viewer) -> User:
    assert isinstance(viewer.user, User)
    choose_messages(user=viewer.user, in_app=[], by_mail=[])
    return viewer.user


def roads(user: User) -> list[str]:
    """Over which roads somebody was told something."""
    shown = ["app"] if Notification.objects.filter(recipient=user, channel=Channel.IN_APP).exists() else []
    return shown + ["mail" for letter in mail.outbox if letter.to == [user.email]]


def test_who_chose_nothing_gets_both(tell: Tell, coordinator: Viewer) -> None:
    tell("uitnodiging")
    deliver_mail(at=NOW)

    assert roads(coordinator.user) == ["app", "mail"]


def test_who_wants_no_mail_on_a_topic_reads_it_in_the_application(tell: Tell, coordinator: Viewer) -> None:
    assert isinstance(coordinator.user, User)
    choose_messages(user=coordinator.user, in_app=CHOOSABLE, by_mail=[Topic.CASES])

    tell("uitnodiging")
    deliver_mail(at=NOW)

    assert roads(coordinator.user) == ["app"]


def test_who_wants_mail_only_gets_mail_only(tell: Tell, coordinator: Viewer) -> None:
    assert isinstance(coordinator.user, User)
    choose_messages(user=coordinator.user, in_app=[], by_mail=CHOOSABLE)

    tell("uitnodiging")
    deliver_mail(at=NOW)

    assert roads(coordinator.user) == ["mail"]


def test_the_choice_counts_when_the_mail_goes_and_not_when_it_was_written(
    tell: Tell, coordinator: Viewer
) -> None:
    tell("uitnodiging")
    wants_nothing(coordinator)

    deliver_mail(at=NOW)

    assert mail.outbox == []
    row = Notification.objects.get(channel=Channel.MAIL)
    assert (row.delivered_at, row.failure) == (None, "ontvanger wil hierover geen mail")


def test_the_choice_of_one_is_not_the_choice_of_a_colleague(
    tell: Tell, coordinator: Viewer, casemanager: Viewer
) -> None:
    wants_nothing(casemanager)

    tell("uitnodiging")
    deliver_mail(at=NOW)

    assert roads(coordinator.user) == ["app", "mail"]


@pytest.mark.parametrize(
    "kind",
    [
        "termijn-te-laat",
        "termijn-te-laat-afdeling",
        "termijn-opschaling",
        "contact-vandaag",
        "noodtoegang",
        "noodtoegang-zaak",
        "bijzondere-melding",
        "informatieblad-ingetrokken",
        "fg-ontbreekt",
    ],
)
def test_what_is_late_or_guards_access_comes_whatever_somebody_chose(
    kind: str, tell: Tell, coordinator: Viewer
) -> None:
    user = wants_nothing(coordinator)
    for topic in ALWAYS:  # even when a row says otherwise
        MessageWish.objects.create(user=user, topic=topic, in_app=False, by_mail=False)

    tell(kind)
    deliver_mail(at=NOW)

    assert roads(user) == ["app", "mail"]


def test_a_reminder_is_switched_off_until_the_term_is_late(case: Case, casemanager: Viewer) -> None:
    user = wants_nothing(casemanager)
    DeadlineFactory(case=case, step=Step.SCREENING)

    remind(at=on("2026-05-06"))
    deliver_mail(at=on("2026-05-06"))
    assert roads(user) == []

    remind(at=on("2026-05-07"))
    deliver_mail(at=on("2026-05-07"))
    assert roads(user) == ["app", "mail"]


def test_every_kind_has_words_and_belongs_to_one_topic() -> None:
    named = [kind for kinds in TOPICS.values() for kind in kinds]

    assert len(named) == len(set(named))
    assert {kind for kind in named if kind not in WORDS} == {"kind-check"}
    assert topic_of("betrokken") == Topic.CASES


def test_the_page_keeps_what_was_ticked_and_says_what_cannot_be_switched_off(
    coordinator: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(coordinator)

    page = browser.get("/berichten/voorkeuren/").content.decode()
    assert page.count("checked") == 2 * len(CHOOSABLE)
    assert "Dit kunt u niet uitzetten" in page
    assert Topic.OVERDUE not in page.split('<form class="section"')[1]

    browser.post("/berichten/voorkeuren/", {"in_app": ["zaken"], "by_mail": []})

    page = browser.get("/berichten/voorkeuren/").content.decode()
    assert page.count("checked") == 1


def test_a_topic_that_nobody_may_switch_off_is_refused(coordinator: Viewer, signed_in: SignedIn) -> None:
    answer = signed_in(coordinator).post("/berichten/voorkeuren/", {"in_app": ["te-laat"]})

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not MessageWish.objects.exists()


def test_a_mail_says_where_to_choose(tell: Tell) -> None:
    tell("uitnodiging")
    tell("termijn-te-laat")
    deliver_mail(at=NOW)

    free, always = (letter for letter in mail.outbox)
    for letter in (free, always):
        assert "/berichten/voorkeuren/" in letter.body
        assert letter.extra_headers["List-Unsubscribe"].endswith("/berichten/voorkeuren/>")
    assert "Liever geen mail hierover?" in free.body
    assert "kunt u niet uitzetten" in always.body
