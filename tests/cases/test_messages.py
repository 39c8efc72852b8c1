"""Detention messages: what each kind does to a case, and who hears of it (contract 5, C2, C6)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cases.access import cases_of
from cases.actions import Outcome, Result, receive_message, retry_message, set_origin, settle_message
from cases.models import (
    Capacity,
    Case,
    CaseParty,
    CaseTask,
    Deadline,
    DeadlineStatus,
    Detainee,
    DetentionMessage,
    FacilityStay,
    MessageStatus,
    Notification,
    Phase,
    Programme,
)
from parties.models import AuditLine, Organisation
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.messages import (
    announcement,
    correction,
    message,
    moment,
    release,
    release_date,
    transfer,
)

AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def take_in(*bodies: dict[str, Any], at: datetime = AT) -> Outcome:
    return [receive_message(body=body, by=TestActor(), at=at) for body in bodies][-1]


def the_case() -> Case:
    return Case.objects.get()


def stays() -> list[tuple[str, str, str | None]]:
    rows = FacilityStay.objects.select_related("facility").order_by("since")
    return [
        (row.facility.code, f"{row.since:%d-%m}", f"{row.until:%d-%m}" if row.until else None) for row in rows
    ]


def open_tasks(party: Organisation) -> list[str]:
    return sorted(CaseTask.objects.filter(party=party, done_at=None).values_list("kind", flat=True))


def test_a_begin_opens_a_case_with_its_clocks(world: World) -> None:
    outcome = take_in(message())

    case = the_case()
    assert outcome.result == Result.ACCEPTED
    assert outcome.case == case
    assert (case.phase, case.programme, case.origin_municipality) == (
        Phase.ADMITTED,
        Programme.BASIC,
        world.zwolle,
    )
    assert case.number.startswith("Z-2026-")
    assert stays() == [("ZWO", "20-04", None)]
    assert {row.step: row.due_on for row in Deadline.objects.filter(round=1)} == {
        "begin_message": date(2026, 4, 21),
        "info_request": date(2026, 5, 6),
        "screening": date(2026, 5, 6),
        "share_requests": date(2026, 5, 6),
        "reflector_language": date(2026, 5, 6),
        "plan_adoption": date(2026, 5, 18),
        "promotion_earliest": date(2026, 6, 1),
        "pre_release_check": date(2026, 12, 4),
    }


def test_the_pi_and_the_gemeente_of_origin_see_the_case_and_nobody_else(
    world: World,
    casemanager: Viewer,
    coordinator: Viewer,
    other_coordinator: Viewer,
    probation_officer: Viewer,
) -> None:
    take_in(message(), at=NOW)

    case = the_case()
    assert list(cases_of(casemanager)) == [case]
    assert list(cases_of(coordinator)) == [case]
    assert not cases_of(other_coordinator).exists()
    assert not cases_of(probation_officer).exists()


def test_the_gemeente_hears_of_the_begin_as_a_task_and_a_message(world: World, coordinator: Viewer) -> None:
    take_in(message())

    assert open_tasks(world.zwolle) == ["beginmelding"]
    told = Notification.objects.filter(organisation=world.zwolle, kind="beginmelding")
    assert sorted(told.values_list("channel", flat=True)) == ["app", "gebeurtenis", "mail"]


def test_the_same_message_again_is_known_and_changes_nothing(world: World) -> None:
    body = message()
    take_in(body)
    lines = Case.history.count()

    outcome = take_in(body)

    assert outcome.result == Result.KNOWN
    assert (DetentionMessage.objects.count(), Case.history.count()) == (1, lines)


def test_the_same_id_with_other_content_is_refused_and_kept(world: World) -> None:
    body = message()
    take_in(body)
    other = {**body, "insluiting": {**body["insluiting"], "inrichting": "LEE"}}

    first, second = take_in(other), take_in(other)

    assert (first.result, first.conflict) == (second.result, second.conflict) == (Result.REFUSED, True)
    assert DetentionMessage.objects.filter(status=MessageStatus.REFUSED).count() == 1
    assert stays() == [("ZWO", "20-04", None)]


def test_an_unknown_inrichting_is_refused_until_it_is_known(world: World) -> None:
    body = message(inrichting="XXX")

    outcome = take_in(body)

    assert outcome.result == Result.REFUSED
    assert [(fault.field, fault.text) for fault in outcome.faults] == [
        ("insluiting.inrichting", "is geen bekende inrichting")
    ]
    world.other_pi.code = "XXX"
    save_as(world.other_pi, by=TestActor(), at=NOW, why="test")
    assert take_in(body).result == Result.ACCEPTED


@pytest.mark.parametrize("code", [None, "", "9999"])
def test_an_unknown_gemeente_is_a_task_for_the_pi_and_no_error(world: World, code: str | None) -> None:
    outcome = take_in(message(gemeenteHerkomst=code))

    assert outcome.result == Result.ACCEPTED
    assert open_tasks(world.pi) == ["gemeente-onbekend"]
    assert not CaseParty.objects.filter(capacity=Capacity.ORIGIN).exists()


def test_finding_the_gemeente_by_hand_tells_it_and_later_messages_leave_it(
    world: World, casemanager: Viewer
) -> None:
    take_in(message(gemeenteHerkomst=None))

    set_origin(case=the_case(), municipality=world.kampen, by=casemanager, at=AT)
    take_in(release_date("2027-02-15", gemeenteHerkomst="0193"))

    assert the_case().origin_municipality == world.kampen
    assert open_tasks(world.pi) == []
    assert open_tasks(world.kampen) == ["beginmelding"]
    assert not CaseParty.objects.filter(party=world.zwolle).exists()


def test_a_gemeente_that_is_not_connected_gets_nothing_and_the_pi_a_task(world: World) -> None:
    world.kampen.connected_since = None
    save_as(world.kampen, by=TestActor(), at=NOW, why="test")

    take_in(message(gemeenteHerkomst="0166"))

    assert the_case().origin_municipality == world.kampen
    assert open_tasks(world.pi) == ["gemeente-niet-aangesloten"]
    assert not CaseParty.objects.filter(party=world.kampen).exists()


def test_the_gemeente_of_the_pi_itself_is_checked_by_the_casemanager(world: World) -> None:
    world.pi.municipality = world.zwolle
    save_as(world.pi, by=TestActor(), at=NOW, why="test")

    take_in(message())

    assert open_tasks(world.pi) == ["gemeente-van-inrichting"]


def test_no_bsn_is_a_task_that_ends_when_the_bsn_is_known(world: World) -> None:
    take_in(message(person={"bsn": None}))
    assert open_tasks(world.pi) == ["bsn-onbekend"]

    take_in(release_date("2027-02-15"))

    assert Detainee.objects.get().bsn == "999990019"
    assert open_tasks(world.pi) == []


def test_a_minor_is_set_aside_and_nothing_of_him_is_shared(world: World) -> None:
    outcome = take_in(message(person={"geboortedatum": "2008-04-21"}))

    assert (outcome.result, outcome.code) == (Result.PARKED, "minderjarig")
    assert not Detainee.objects.exists()
    assert not Notification.objects.exists()


def test_who_turns_eighteen_on_the_day_of_entry_is_an_adult(world: World) -> None:
    assert take_in(message(person={"geboortedatum": "2008-04-20"})).result == Result.ACCEPTED


def test_twins_are_two_people(world: World) -> None:
    take_in(message())
    take_in(message(person={"strafrechtsketennummer": "7000002", "bsn": "999993653"}, nummer="INS-T-2"))

    assert Detainee.objects.count() == Case.objects.count() == 2


def test_a_bsn_of_somebody_else_is_never_guessed(world: World) -> None:
    take_in(message())

    outcome = take_in(message(person={"strafrechtsketennummer": "7000002"}, nummer="INS-T-2"))

    assert (outcome.result, outcome.code) == (Result.PARKED, "bsn-bij-ander")
    assert Detainee.objects.count() == 1


def test_a_detention_of_somebody_else_is_never_taken_over(world: World) -> None:
    take_in(message())

    outcome = take_in(message(person={"strafrechtsketennummer": "7000002", "bsn": None}))

    assert (outcome.result, outcome.code) == (Result.PARKED, "insluiting-bij-ander")


def test_without_chain_number_the_bsn_tells_who_it_is(world: World) -> None:
    nameless = {"strafrechtsketennummer": None}
    early = take_in(release_date("2027-02-15", person=nameless))
    assert early.code == "persoon-onbekend"

    take_in(message())

    assert the_case().expected_release_on == date(2027, 2, 15)
    assert take_in(transfer("LEE", "2026-05-01T10:00:00Z", person=nameless)).result == Result.ACCEPTED


def test_a_bsn_without_its_leading_zero_tells_who_it_is_too(world: World) -> None:
    """A sender may leave the zero out (B20): the message that waited belongs to the person who is known by nine digits."""
    early = take_in(release_date("2027-02-15", person={"strafrechtsketennummer": None, "bsn": "99999006"}))
    assert early.code == "persoon-onbekend"

    take_in(message(person={"bsn": "099999006"}))

    assert the_case().expected_release_on == date(2027, 2, 15)
    assert set(DetentionMessage.objects.values_list("status", "chain_number", "bsn")) == {
        (MessageStatus.APPLIED, "7000001", "")
    }


def test_a_transfer_moves_the_file_and_never_restarts_a_clock(
    world: World, casemanager: Viewer, other_casemanager: Viewer
) -> None:
    take_in(message())
    before = dict(Deadline.objects.values_list("id", "due_on"))

    take_in(transfer("LEE", "2026-04-21T10:00:00Z"))

    assert stays() == [("ZWO", "20-04", "21-04"), ("LEE", "21-04", None)]
    assert dict(Deadline.objects.values_list("id", "due_on")) == before
    assert CaseParty.objects.get(party=world.other_pi).next_deadline == date(2026, 5, 6)
    assert not cases_of(casemanager).exists()
    assert cases_of(other_casemanager).exists()
    assert open_tasks(world.zwolle) == ["beginmelding", "overplaatsing"]
    assert open_tasks(world.other_pi) == ["overplaatsing"]


def test_transfers_that_arrive_in_the_wrong_order_end_up_in_the_right_one(world: World) -> None:
    take_in(
        message(),
        transfer("ZWO", "2026-05-04T10:00:00Z"),
        transfer("LEE", "2026-05-01T10:00:00Z", sent="2026-05-05T10:00:00Z"),
    )

    assert stays() == [("ZWO", "20-04", "01-05"), ("LEE", "01-05", "04-05"), ("ZWO", "04-05", None)]
    rows = CaseParty.objects.filter(capacity=Capacity.PRISON, until=None)
    assert [row.party for row in rows] == [world.pi]


def test_a_coming_entry_is_there_at_once_and_its_terms_count_from_the_entry(
    world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    entry = "2026-04-24T10:00:00Z"

    outcome = take_in(message(begin=entry), at=NOW)

    assert outcome.result == Result.ACCEPTED
    case = the_case()
    assert case.entered_at == moment(entry)
    assert Deadline.objects.get(case=case, step="screening").starts_on == date(2026, 4, 24)
    for row in CaseParty.objects.filter(case=case):
        assert row.since == NOW
    assert stays() == [("ZWO", "24-04", None)]


def test_what_takes_effect_later_waits_for_its_day(world: World, casemanager: Viewer) -> None:
    take_in(message(), at=NOW)
    body = transfer("LEE", "2026-05-04T10:00:00Z", sent="2026-04-22T08:00:00Z")

    outcome = take_in(body, at=NOW)
    assert outcome.code == "later"
    assert outcome.message is not None
    assert stays() == [("ZWO", "20-04", None)]

    again = retry_message(message=outcome.message, by=casemanager, at=datetime(2026, 5, 4, 12, tzinfo=UTC))
    assert again.result == Result.ACCEPTED
    assert stays()[-1][0] == "LEE"


def test_the_end_closes_the_clocks_and_tells_the_gemeente(world: World) -> None:
    take_in(message(), release("2026-05-14T09:00:00+02:00"))

    case = the_case()
    assert (case.phase, case.released_at) == (
        Phase.RELEASED_NO_TITLE,
        moment("2026-05-14T09:00:00+02:00"),
    )
    rest = Deadline.objects.exclude(step="begin_message")
    assert set(rest.values_list("status", "closed_on")) == {(DeadlineStatus.LAPSED, date(2026, 5, 14))}
    assert open_tasks(world.zwolle) == ["beginmelding", "eindmelding"]
    assert not CaseParty.objects.get(party=world.pi).is_open
    assert stays() == [("ZWO", "20-04", "14-05")]


def test_an_end_before_the_begin_is_set_aside_for_the_casemanager(world: World, casemanager: Viewer) -> None:
    take_in(message())

    outcome = take_in(release("2026-04-18T09:00:00+02:00"))

    assert (outcome.result, outcome.code) == (Result.PARKED, "einde-voor-begin")
    assert outcome.reason == "Het einde ligt voor het begin van de insluiting (20 april 2026)."
    waiting = DetentionMessage.objects.waiting_for(casemanager)
    assert list(waiting) == [outcome.message]
    assert the_case().released_at is None


def test_a_parked_message_follows_the_case_to_the_new_pi(
    world: World, casemanager: Viewer, other_casemanager: Viewer
) -> None:
    take_in(message(), release("2026-04-18T09:00:00+02:00"), transfer("LEE", "2026-04-21T10:00:00Z"))

    assert not DetentionMessage.objects.waiting_for(casemanager).exists()
    assert DetentionMessage.objects.waiting_for(other_casemanager).count() == 1


def test_settling_by_hand_says_who_and_counts_no_more(world: World, casemanager: Viewer) -> None:
    take_in(message())
    outcome = take_in(release("2026-04-18T09:00:00+02:00"))
    assert outcome.message is not None

    settled = settle_message(message=outcome.message, note="Telefonisch nagevraagd", by=casemanager, at=AT)

    assert (settled.status, settled.settled_by) == (MessageStatus.SETTLED, casemanager.user)
    assert not DetentionMessage.objects.waiting_for(casemanager).exists()
    assert AuditLine.objects.filter(action="detentiemelding-afhandelen", user=casemanager.user).exists()


def test_an_end_that_comes_before_its_begin_waits_for_it(world: World) -> None:
    early = take_in(release("2026-05-14T09:00:00+02:00"))
    assert early.code == "wacht-op-begin"

    take_in(message())

    assert the_case().phase == Phase.RELEASED_NO_TITLE
    assert not DetentionMessage.objects.parked().exists()


def test_a_corrected_begin_moves_stays_and_open_terms_and_keeps_history(world: World) -> None:
    take_in(message())
    take_in(correction("2026-04-17T11:00:00+02:00"))

    case = the_case()
    assert case.entered_at == moment("2026-04-17T11:00:00+02:00")
    assert stays() == [("ZWO", "17-04", None)]
    assert CaseParty.objects.get(party=world.zwolle).since == case.entered_at
    screening = Deadline.objects.get(step="screening")
    assert screening.due_on == date(2026, 5, 4)
    assert [line.due_on for line in screening.history.order_by("history_id")] == [
        date(2026, 5, 6),
        date(2026, 5, 4),
    ]
    assert "Begindatum gecorrigeerd" in case.history.values_list("history_change_reason", flat=True)


def test_a_changed_release_date_moves_the_checks_before_release(world: World) -> None:
    take_in(message())

    take_in(release_date("2026-06-29", sent="2026-05-20T08:00:00Z"))

    checks = Deadline.objects.filter(step="pre_release_check").order_by("round")
    assert [row.due_on for row in checks] == [date(2026, 5, 4), date(2026, 6, 1), date(2026, 6, 22)]
    assert checks[0].explanation == (
        "8 weken voor de verwachte einddatum op 29 juni 2026; een termijn die terugtelt schuift niet op;"
        " te laat: dat moment is al voorbij, doe dit nu"
    )


def test_an_unknown_release_date_has_no_terms_that_count_back(world: World) -> None:
    take_in(message(), release_date(None))

    assert not Deadline.objects.filter(step="pre_release_check").open().exists()


def test_a_later_message_of_another_kind_does_not_bring_back_an_old_release_date(world: World) -> None:
    take_in(
        message(),
        release_date("2026-12-01"),
        transfer("LEE", "2026-05-01T10:00:00Z", verwachtEinde="2027-01-29"),
    )

    assert the_case().expected_release_on == date(2026, 12, 1)


def test_an_announced_zelfmelder_is_known_to_the_pi_only(
    world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    take_in(announcement(), at=NOW)

    case = the_case()
    assert (case.phase, case.announced_for) == (Phase.ANNOUNCED, date(2026, 4, 20))
    assert cases_of(casemanager).exists()
    assert not cases_of(coordinator).exists()
    assert not Deadline.objects.exists()
    assert not FacilityStay.objects.exists()


def test_a_zelfmelder_enters_in_the_plusprogramma(world: World) -> None:
    take_in(announcement(), message(instroomtype="zelfmelder"))

    case = the_case()
    assert (case.phase, case.programme) == (Phase.ADMITTED, Programme.PLUS)
    assert not Deadline.objects.filter(step="promotion_earliest").exists()
    assert CaseParty.objects.get(party=world.pi).since == moment("2026-03-02T09:00:00Z")


def test_a_zelfmelder_who_enters_elsewhere_leaves_the_announced_pi(world: World, casemanager: Viewer) -> None:
    take_in(announcement(), message(instroomtype="zelfmelder", inrichting="LEE"))

    assert not cases_of(casemanager).exists()
    assert stays() == [("LEE", "20-04", None)]


def test_an_arrestee_has_eight_weeks_in_an_arrestantenlocatie_until_the_transfer(world: World) -> None:
    world.pi.facility_kinds = ["arrestanten"]
    save_as(world.pi, by=TestActor(), at=NOW, why="test")
    take_in(message(instroomtype="arrestant", titel="gijzeling"))
    assert Deadline.objects.get(step="arrestee_stay").due_on == date(2026, 6, 15)

    take_in(transfer("LEE", "2026-05-20T10:00:00Z", instroomtype="arrestant"))

    clock = Deadline.objects.get(step="arrestee_stay")
    assert (clock.status, clock.closed_on) == (DeadlineStatus.LAPSED, date(2026, 5, 20))


def test_a_second_detention_waits_until_the_first_has_ended(world: World) -> None:
    take_in(message())
    second = message(nummer="INS-T-2", begin="2026-05-18T09:00:00+02:00", sent="2026-05-18T10:00:00Z")

    outcome = take_in(second)
    assert (outcome.result, outcome.code) == (Result.PARKED, "vorige-loopt-nog")

    take_in(release("2026-05-14T09:00:00+02:00"))

    new = Case.objects.get(detention_number="INS-T-2")
    assert new.previous == Case.objects.get(detention_number="INS-T-1")
    assert new.phase == Phase.ADMITTED
    assert not DetentionMessage.objects.parked().exists()


def test_work_of_people_survives_a_later_message(world: World, casemanager: Viewer) -> None:
    take_in(message())
    case = the_case()
    case.phase = Phase.SCREENED
    save_as(case, by=casemanager, at=AT, why="screening afgerond")

    take_in(release_date("2027-02-15"))

    assert the_case().phase == Phase.SCREENED
