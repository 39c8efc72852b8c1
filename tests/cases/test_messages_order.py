"""The outcome of messages does not depend on their order, on repetition or on interruption (contract 5, quality 3.6)."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cases.actions import receive_message
from cases.messages import Replay, Stored, facts_of, replay
from cases.models import Case, CaseParty, CaseTask, Deadline, DetentionMessage, FacilityStay
from tests.conftest import World
from tests.factories.base import TestActor
from tests.factories.messages import (
    announcement,
    correction,
    message,
    release,
    release_date,
    transfer,
)

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
START = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
LATER_PERSON = {"strafrechtsketennummer": "7000002", "bsn": "999993653", "achternaam": "Visser"}

MOMENTS = st.integers(0, 2000).map(lambda hours: (START + timedelta(hours=hours)).isoformat())
KINDS = ("aankondiging", "begin", "overplaatsing", "einddatum-gewijzigd", "einde", "correctie")


@st.composite
def one_message(draw: st.DrawFn) -> dict[str, Any]:
    """Any message about one person, sensible or not, in one of two detentions."""
    kind = draw(st.sampled_from(KINDS))
    inside: dict[str, Any] = {
        "nummer": draw(st.sampled_from(("INS-T-1", "INS-T-2"))),
        "inrichting": draw(st.sampled_from(("ZWO", "LEE"))),
        "verwachtEinde": draw(st.sampled_from((None, "2026-05-10", "2026-09-01"))),
        "begin": None if kind == "aankondiging" else draw(MOMENTS),
    }
    if kind == "einde":
        inside["einde"] = draw(MOMENTS)
    if kind == "overplaatsing":
        inside["ingangOp"] = draw(MOMENTS)
    return message(kind, sent=draw(MOMENTS), **inside)


def judged(bodies: list[tuple[int, dict[str, Any]]], on: date) -> Replay:
    stored = [Stored(key, facts, AT) for key, body in bodies if (facts := facts_of(body)[0]) is not None]
    return replay(stored, standing={}, refused={}, on=on)


@given(bodies=st.lists(one_message(), min_size=1, max_size=9), data=st.data())
def test_the_judgement_of_any_set_of_messages_does_not_depend_on_their_order(
    bodies: list[dict[str, Any]], data: st.DataObject
) -> None:
    keyed = list(enumerate(bodies))
    shuffled = data.draw(st.permutations(keyed))

    first, second = judged(keyed, AT.date()), judged(shuffled, AT.date())

    assert first == second
    assert set(first.verdicts) == set(range(len(bodies)))


@given(bodies=st.lists(one_message(), min_size=1, max_size=9))
def test_detentions_never_overlap_and_stays_follow_each_other(bodies: list[dict[str, Any]]) -> None:
    episodes = [one for one in judged(list(enumerate(bodies)), AT.date()).episodes if one.entered_at]

    for earlier, later in pairwise(episodes):
        assert earlier.released_at is not None
        assert earlier.released_at <= later.begin_at
    for episode in episodes:
        ends = [stay.until for stay in episode.stays]
        assert ends == [*(stay.since for stay in episode.stays[1:]), episode.released_at]
        assert episode.stays[0].since == episode.entered_at
        assert episode.released_at is None or episode.released_at >= episode.entered_at


def story() -> list[dict[str, Any]]:
    """Two people and three detentions, with everything that goes wrong in real life."""
    second = {"nummer": "INS-T-2", "begin": "2026-06-08T09:00:00+02:00"}
    other = {"nummer": "INS-T-3", "person": LATER_PERSON}
    return [
        announcement(sent="2026-03-02T09:00:00Z", inrichting="LEE"),
        message(instroomtype="zelfmelder", gemeenteHerkomst=None, person={"bsn": None}),
        correction("2026-04-17T11:00:00+02:00", instroomtype="zelfmelder"),
        transfer("LEE", "2026-05-01T10:00:00Z", sent="2026-05-05T10:00:00Z"),
        transfer("ZWO", "2026-05-04T10:00:00Z", sent="2026-05-04T10:00:00Z"),
        release_date("2026-06-15", sent="2026-05-20T08:00:00Z"),
        release("2026-06-05T09:00:00+02:00"),
        release("2026-04-01T09:00:00+02:00", sent="2026-06-05T09:30:00+02:00"),
        transfer("LEE", "2026-06-20T10:00:00Z"),
        message(sent="2026-06-08T10:00:00Z", **second),
        message(**other),
        release_date("2026-12-01", **other),
    ]


CASE_FIELDS = (
    "detention_number",
    "phase",
    "programme",
    "inflow_type",
    "entered_at",
    "released_at",
    "expected_release_on",
    "announced_for",
    "origin_municipality__code",
    "detainee__chain_number",
    "detainee__bsn",
    "detainee__surname",
    "previous__detention_number",
)


def dump() -> dict[str, Any]:
    """What the messages made, without what may differ: numbers given on the way, and moments of writing."""
    parties = CaseParty.objects.exclude(until=F("since"))
    return {
        "cases": sorted(
            Case.objects.values_list(*CASE_FIELDS),
            key=str,
        ),
        "stays": sorted(
            FacilityStay.objects.values_list("case__detention_number", "facility__code", "since", "until"),
            key=str,
        ),
        "parties": sorted(
            parties.values_list(
                "case__detention_number",
                "party__code",
                "capacity",
                "since",
                "until",
                "is_open",
                "next_deadline",
            ),
            key=str,
        ),
        "deadlines": sorted(
            Deadline.objects.exclude(step="pre_release_check", status="vervallen").values_list(
                "case__detention_number", "step", "round", "due_on", "status", "closed_on"
            ),
            key=str,
        ),
        "tasks": sorted(
            CaseTask.objects.filter(done_at=None).values_list(
                "case__detention_number", "party__code", "kind"
            ),
            key=str,
        ),
        "messages": sorted(
            DetentionMessage.objects.values_list(
                "message_id", "status", "reason_code", "case__detention_number"
            ),
            key=str,
        ),
    }


def take_in(bodies: list[dict[str, Any]]) -> dict[str, Any]:
    """The state after these messages; everything is undone afterwards."""
    with transaction.atomic():
        for body in bodies:
            receive_message(body=body, by=TestActor(), at=AT)
        outcome = dump()
        transaction.set_rollback(True)
    return outcome


def same(outcome: dict[str, Any], expected: dict[str, Any]) -> bool:
    """Equal; a failing test shows the rows that differ and no others."""
    for part, rows in expected.items():
        assert set(outcome[part]) ^ set(rows) == set(), part
    return outcome == expected


STORY = story()


@pytest.fixture
def expected(world: World) -> dict[str, Any]:
    outcome = take_in(STORY)
    assert len(outcome["cases"]) == 3
    assert {code for _, _, code, _ in outcome["messages"]} == {
        "",
        "einde-voor-begin",
        "overplaatsing-na-einde",
    }
    return outcome


@hypothesis_settings(
    max_examples=5,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking a database test takes hours
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(order=st.permutations(range(len(STORY))))
def test_any_order_of_arrival_ends_in_the_same_state(expected: dict[str, Any], order: list[int]) -> None:
    assert same(take_in([STORY[place] for place in order]), expected)


def test_twice_or_in_two_halves_with_an_overlap_ends_in_the_same_state(expected: dict[str, Any]) -> None:
    assert same(take_in([*STORY, *STORY]), expected)
    assert same(take_in([*STORY[5:], *STORY[:7], *STORY]), expected)


class PowerCut(Exception):
    """The machine stops in the middle of a message."""


def test_an_interrupted_message_leaves_nothing_and_can_be_taken_in_again(
    expected: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise PowerCut

    with transaction.atomic():
        for body in STORY:
            with monkeypatch.context() as patch:
                patch.setattr("cases.actions.episodes.tell_parties", fail)
                with pytest.raises(PowerCut), transaction.atomic():
                    receive_message(body=body, by=TestActor(), at=AT)
                    raise PowerCut
            receive_message(body=body, by=TestActor(), at=AT)
        outcome = dump()
        transaction.set_rollback(True)

    assert same(outcome, expected)


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_one_bad_line_never_stops_the_rest_and_the_report_says_what_to_do(
    world: World, tmp_path: Path
) -> None:
    begin, end = message(), release("2026-04-18T09:00:00+02:00")
    conflict = {**begin, "insluiting": {**begin["insluiting"], "inrichting": "LEE"}}
    lines = [
        "{geen json",
        json.dumps(begin),
        json.dumps({**begin, "berichtId": "x"}),
        "",
        "[" * 100_000,
        json.dumps(begin),
        json.dumps(conflict),
        json.dumps(end),
    ]
    out = StringIO()

    call_command("load_messages", str(write(tmp_path / "m.jsonl", lines)), stdout=out)

    told = out.getvalue()
    assert told.splitlines()[:4] == ["verwerkt: 1", "al bekend: 1", "geparkeerd: 1", "geweigerd: 4"]
    assert "regel 1: geen geldige JSON in UTF-8" in told
    assert "regel 3: berichtId is geen UUID" in told
    assert "regel 7, bericht" in told
    assert f"bericht {end['berichtId']}, einde, insluiting INS-T-1: Het einde ligt voor het begin" in told
    assert "Berg" not in told
    assert Case.objects.count() == 1


def test_a_message_that_a_later_line_releases_is_not_reported_as_parked(world: World, tmp_path: Path) -> None:
    lines = [json.dumps(release("2026-05-14T09:00:00+02:00")), json.dumps(message())]
    out = StringIO()

    call_command("load_messages", str(write(tmp_path / "m.jsonl", lines)), stdout=out)

    assert out.getvalue().splitlines()[:4] == [
        "verwerkt: 2",
        "al bekend: 0",
        "geparkeerd: 0",
        "geweigerd: 0",
    ]


@pytest.mark.long
@pytest.mark.django_db
def test_the_sample_messages_end_in_the_same_state_in_any_order(tmp_path: Path) -> None:
    call_command("load_reference", "data", verbosity=0)
    lines = Path("data/detentiemeldingen.jsonl").read_text(encoding="utf-8").splitlines()
    bodies = list({json.loads(line)["berichtId"]: json.loads(line) for line in reversed(lines)}.values())
    shuffled = Random(20190701).sample(bodies, len(bodies))

    assert same(take_in(shuffled), take_in(bodies))
