"""Who stands in sees the work and hears the reminders, from the first day to the last, and opens nothing more."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from cases.access import CaseNotFound, case_for
from cases.actions import (
    AlreadyAway,
    CannotStandIn,
    assign_worker,
    end_absence,
    notify,
    record_absence,
    remind,
    shield_case,
    start_deadline,
)
from cases.models import Absence, Case, Channel, Notification
from cases.steps import Step
from parties.models import AuditLine, RoleKind, User
from parties.viewer import Viewer, viewer_for
from tests.conftest import NOW, Hire, SignedIn, World
from tests.factories.base import TestActor
from tests.factories.cases import AbsenceFactory

BY = TestActor()
FIRST, BACK = date(2026, 5, 4), date(2026, 5, 7)


@pytest.fixture
def colleague(world: World, hire: Hire) -> Viewer:
    """Another casemanager of the same PI."""
    return viewer_for(hire(world.pi, RoleKind.CASEMANAGER), at=NOW)


@pytest.fixture
def mine(case: Case, world: World, casemanager: Viewer) -> Case:
    """The casemanager works on it; its screening is due on Wednesday 6 May 2026."""
    row = case.parties.get(party=world.pi)
    assign_worker(row=row, worker=casemanager.user, by=BY, at=NOW, why="test")
    start_deadline(case=case, step=Step.SCREENING, since=date(2026, 4, 20), by=BY, at=NOW)
    return case


def away(casemanager: Viewer, colleague: Viewer, since: date = FIRST, until: date = BACK) -> Absence:
    assert casemanager.user is not None
    assert colleague.user is not None
    return record_absence(
        user=casemanager.user, deputy=colleague.user, since=since, until=until, by=casemanager, at=NOW
    )


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)


def told(channel: str = Channel.MAIL) -> set[User | None]:
    return {row.recipient for row in Notification.objects.filter(channel=channel, kind__startswith="termijn")}


@pytest.mark.parametrize(
    ("day", "hears"),
    [("2026-05-01", False), ("2026-05-06", True), ("2026-05-07", False)],
    ids=["the day before", "the last day", "the day he is back"],
)
def test_reminders_go_to_the_deputy_too_from_the_first_day_to_the_last(
    mine: Case, casemanager: Viewer, colleague: Viewer, day: str, hears: bool
) -> None:
    away(casemanager, colleague)

    remind(at=noon(day))

    assert told() == ({casemanager.user, colleague.user} if hears else {casemanager.user})


def test_other_messages_about_the_case_go_to_the_deputy_too(
    mine: Case, world: World, casemanager: Viewer, colleague: Viewer, unit_head: Viewer
) -> None:
    away(casemanager, colleague)

    notify(case=mine, organisation=world.pi, kind="informatieblad", event="test", at=noon("2026-05-05"))

    found = Notification.objects.filter(channel=Channel.IN_APP)
    assert {row.recipient for row in found} == {casemanager.user, colleague.user}


def test_a_deputy_hears_nothing_of_a_case_that_is_closed_to_him(
    mine: Case, casemanager: Viewer, colleague: Viewer
) -> None:
    away(casemanager, colleague)
    shield_case(case=mine, reason="familie", by=casemanager, at=NOW)

    remind(at=noon("2026-05-06"))

    assert told() == {casemanager.user}
    with pytest.raises(CaseNotFound):
        case_for(replace(colleague, at=noon("2026-05-06")), mine.pk)


def test_an_afdelingshoofd_of_another_afdeling_hears_nothing_as_deputy(
    mine: Case, world: World, casemanager: Viewer, hire: Hire
) -> None:
    role = hire(world.pi, RoleKind.UNIT_HEAD)
    role.unit = "B"
    type(role).objects.filter(pk=role.pk).update(unit="B")
    away(casemanager, viewer_for(role, at=NOW))

    remind(at=noon("2026-05-06"))

    assert told() == {casemanager.user}


def test_who_is_away_for_another_organisation_changes_nothing_here(
    mine: Case, world: World, casemanager: Viewer, colleague: Viewer
) -> None:
    AbsenceFactory(
        organisation=world.other_pi, user=casemanager.user, deputy=colleague.user, since=FIRST, until=BACK
    )

    remind(at=noon("2026-05-06"))

    assert told() == {casemanager.user}


def test_a_deputy_works_at_the_same_organisation_and_is_somebody_else(
    casemanager: Viewer, other_casemanager: Viewer, director: Viewer
) -> None:
    for deputy in (other_casemanager, director, casemanager):
        with pytest.raises(CannotStandIn):
            away(casemanager, deputy)


def test_one_person_has_one_deputy_at_a_time(
    casemanager: Viewer, colleague: Viewer, unit_head: Viewer
) -> None:
    away(casemanager, colleague)

    with pytest.raises(AlreadyAway):
        away(casemanager, unit_head, since=BACK - timedelta(days=1), until=BACK + timedelta(days=3))
    away(casemanager, unit_head, since=BACK, until=BACK + timedelta(days=3))


def test_who_is_back_early_ends_it(mine: Case, casemanager: Viewer, colleague: Viewer) -> None:
    absence = away(casemanager, colleague)

    end_absence(absence=absence, by=casemanager, at=noon("2026-05-05"))
    remind(at=noon("2026-05-06"))

    assert told() == {casemanager.user}
    assert absence.history.count() == 2  # type: ignore[attr-defined]  # made by simple_history


@pytest.mark.parametrize("who", ["casemanager", "coordinator", "partner_contact", "probation_officer"])
def test_people_record_their_own_absence(
    request: pytest.FixtureRequest, who: str, hire: Hire, signed_in: SignedIn
) -> None:
    viewer = request.getfixturevalue(who)
    deputy = hire(viewer.organisation, RoleKind(viewer.role_kind)).user
    today = timezone.localdate()

    answer = signed_in(viewer).post(
        "/waarneming/",
        {
            "user": viewer.user.pk,
            "deputy": deputy.pk,
            "since": today.isoformat(),
            "last": (today + timedelta(days=2)).isoformat(),
        },
        follow=True,
    )

    assert "De waarneming is vastgelegd" in answer.content.decode()
    absence = Absence.objects.get()
    assert (absence.user, absence.deputy, absence.last_day) == (
        viewer.user,
        deputy,
        today + timedelta(days=2),
    )
    assert AuditLine.objects.filter(action="waarneming-vastleggen", object_id=absence.pk).exists()


@pytest.mark.parametrize(("who", "may"), [("colleague", False), ("unit_head", True)])
def test_for_a_colleague_only_who_arranges_the_work_records_it(
    request: pytest.FixtureRequest, casemanager: Viewer, signed_in: SignedIn, who: str, may: bool
) -> None:
    viewer = request.getfixturevalue(who)
    day = timezone.localdate().isoformat()
    form = {"user": casemanager.user.pk, "deputy": viewer.user.pk, "since": day, "last": day}  # type: ignore[union-attr]

    signed_in(viewer).post("/waarneming/", form)

    assert Absence.objects.exists() is may


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"last": "2020-01-01"}, "De laatste dag ligt voor de eerste."),
        ({"since": ""}, "Vul de eerste dag in."),
        ({"deputy": "11111111-1111-4111-8111-111111111111"}, "Kies een medewerker uit de lijst."),
    ],
)
def test_bad_input_is_told_and_loses_nothing(
    casemanager: Viewer, colleague: Viewer, signed_in: SignedIn, change: dict[str, str], says: str
) -> None:
    assert casemanager.user is not None
    assert colleague.user is not None
    day = timezone.localdate().isoformat()
    form = {"user": casemanager.user.pk, "deputy": colleague.user.pk, "since": day, "last": day, **change}

    page = signed_in(casemanager).post("/waarneming/", form).content.decode()

    assert says in page
    assert f'value="{form["last"]}"' in page
    assert not Absence.objects.exists()


def test_the_list_shows_colleagues_and_nobody_of_another_organisation(
    world: World, casemanager: Viewer, colleague: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    AbsenceFactory(organisation=world.pi, user=casemanager.user, deputy=colleague.user)
    assert casemanager.user is not None

    assert "nu afwezig" in signed_in(colleague).get("/waarneming/").content.decode()
    assert casemanager.user.name not in signed_in(coordinator).get("/waarneming/").content.decode()
