"""Every page says how many messages wait, and that reminders lag behind also while no worker lives."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cases import tasks
from cases.actions import beat
from cases.bell import SILENCE, bell_of
from cases.models import Case, Heartbeat
from cases.steps import Step
from parties.viewer import Viewer
from tests.cases.test_reminders import on
from tests.cases.test_views_inbox import tell
from tests.conftest import NOW, SignedIn
from tests.factories.cases import DeadlineFactory

BANNER = "Herinneringen lopen achter"
PAGES = ("/", "/zaken/", "/berichten/", "/zaken/{case}/", "/weekoverzicht/", "/overleggen/")


@pytest.mark.parametrize("page", PAGES)
def test_after_three_days_without_a_worker_every_page_says_so(
    page: str, case: Case, coordinator: Viewer, signed_in: SignedIn
) -> None:
    beat(job="herinneringen", at=timezone.now() - timedelta(days=3))

    answer = signed_in(coordinator).get(page.format(case=case.pk))

    assert BANNER in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_while_the_sweep_runs_no_page_says_so(
    page: str, case: Case, coordinator: Viewer, signed_in: SignedIn
) -> None:
    beat(job="herinneringen", at=timezone.now())

    answer = signed_in(coordinator).get(page.format(case=case.pk))

    assert BANNER not in answer.content.decode()


def test_the_banner_comes_after_three_missed_sweeps(coordinator: Viewer) -> None:
    beat(job="herinneringen", at=NOW - SILENCE + timedelta(seconds=1))
    assert bell_of(coordinator).behind_since is None

    Heartbeat.objects.all().delete()
    beat(job="herinneringen", at=NOW - SILENCE)
    assert bell_of(coordinator).behind_since == NOW - SILENCE


def test_a_sweep_that_leaves_something_behind_is_said_at_once(coordinator: Viewer) -> None:
    beat(job="herinneringen", at=NOW, behind=1)

    assert bell_of(coordinator).behind_since == NOW


def test_of_two_jobs_the_one_that_stands_still_counts(coordinator: Viewer) -> None:
    beat(job="herinneringen", at=NOW)
    beat(job="andere", at=NOW - timedelta(hours=1))

    assert bell_of(coordinator).behind_since == NOW - timedelta(hours=1)


def test_a_second_worker_with_a_clock_that_is_behind_moves_nothing_back(coordinator: Viewer) -> None:
    beat(job="herinneringen", at=NOW)
    beat(job="herinneringen", at=NOW - timedelta(hours=1), behind=5)

    assert Heartbeat.objects.get().at == NOW
    assert bell_of(coordinator).behind_since is None


def test_the_bell_counts_what_is_unread_for_the_party_of_now(case: Case, coordinator: Viewer) -> None:
    tell(case, coordinator)

    assert bell_of(coordinator).unread == 1


def test_the_sweep_says_that_it_ran_and_left_nothing(
    case: Case, casemanager: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clock() -> datetime:
        return on("2026-05-06")

    monkeypatch.setattr(timezone, "now", clock)
    DeadlineFactory(case=case, step=Step.SCREENING)

    tasks.sweep_deadlines()

    [beats] = Heartbeat.objects.all()
    assert (beats.job, beats.at, beats.behind) == ("herinneringen", on("2026-05-06"), 0)
