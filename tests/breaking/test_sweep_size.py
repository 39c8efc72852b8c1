"""A hundred thousand open cases: found in one statement, written in batches, within 50 MB (R10, R13)."""

import json
import sys
import time
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions.deadlines import equated_days
from cases.models import Channel, Deadline, Notification
from cases.reminders import due_reminders
from meetings.management.bench.sweep import _found, _looped
from parties.viewer import Viewer
from reintegratie.local.processes import complete
from tests.breaking.conftest import Tell
from tests.breaking.ground import Ground
from tests.breaking.terms import terms
from tests.conftest import NOW, World
from tests.machinery import ROOT

pytestmark = [pytest.mark.xdist_group("breaking"), pytest.mark.django_db(transaction=True)]

DUE = date(2026, 4, 20)
TOLD = (Channel.EVENT, Channel.IN_APP, Channel.MAIL)
ANEW = """
    INSERT INTO {table} SELECT copy.* FROM {table} old, generate_series(1, %s) AS n,
      jsonb_populate_record(NULL::{table}, to_jsonb(old) || {changes}) AS copy WHERE old.id = %s
"""
CHANGES = {
    "cases_detainee": "jsonb_build_object('id', md5('p' || n)::uuid, 'chain_number', 'S' || n)",
    "cases_case": "jsonb_build_object('id', md5('c' || n)::uuid, 'detainee_id', md5('p' || n)::uuid,"
    " 'number', 'S-' || n, 'detention_number', 'INS-S-' || n)",
    "cases_caseparty": "jsonb_build_object('id', 1000000 + n, 'key', md5('k' || n)::uuid,"
    " 'case_id', md5('c' || n)::uuid)",
    "cases_deadline": "jsonb_build_object('id', md5('d' || n)::uuid, 'case_id', md5('c' || n)::uuid)",
}


def multiply(term: Deadline, number: int) -> None:
    """So many cases more that are alike: one person, one case, the PI that keeps it, one term."""
    party = term.case.parties.get()
    originals = (term.case.detainee, term.case, party, term)
    with connection.cursor() as cursor:
        for row in originals:
            table = row._meta.db_table
            cursor.execute(ANEW.format(table=table, changes=CHANGES[table]), [number, row.pk])
        cursor.execute("ANALYZE")


def sweep_in_a_process_of_its_own(ground: Ground) -> tuple[float, float]:
    """Write every message that is due; how many seconds and how many MB that took."""
    began = time.monotonic()
    command = [sys.executable, "manage.py", "bench_memory", "sweep", "0"]
    said = complete(command, env=ground.env(), folder=ROOT)
    return time.monotonic() - began, json.loads(said.splitlines()[-1])["more"]


@pytest.mark.parametrize("number", [2_000, pytest.param(100_000, marks=pytest.mark.long)])
def test_a_sweep_finds_all_in_one_statement_and_writes_within_fifty_megabytes(
    ground: Ground, world: World, casemanager: Viewer, tell: Tell, number: int
) -> None:
    [first] = terms(world, {DUE: 1})
    multiply(first, number - 1)

    with CaptureQueriesContext(connection) as queries:
        began = time.monotonic()
        found = sum(1 for _ in due_reminders(NOW, equated_days()).iterator())
        seconds = time.monotonic() - began
    writing, megabytes = sweep_in_a_process_of_its_own(ground)

    rows = Notification.objects.filter(event__startswith="termijn:", stage="te-laat-1")
    per_channel = {channel: rows.filter(channel=channel).count() for channel in TOLD}
    lost, doubled = number - rows.values("event").distinct().count(), rows.count() - 3 * number
    tell(
        f"{number} open cases: all due stages in one statement {seconds:.2f} s; {rows.count()} messages written in"
        f" {writing:.0f} s, {megabytes:.0f} MB more: lost = {lost}, doubled = {doubled}"
    )
    assert found == number
    assert sum("cases_deadline" in query["sql"] for query in queries) == 1
    assert (set(per_channel.values()), lost, doubled) == ({number}, 0, 0)
    assert megabytes <= 50


@pytest.mark.long
def test_one_statement_is_twenty_times_faster_than_a_loop(
    world: World, casemanager: Viewer, tell: Tell
) -> None:
    days = {date(2026, 7, 1): 1}
    [far] = terms(world, days)
    terms(world, {DUE + timedelta(days=day): 100 for day in range(3)})
    multiply(far, 100_000)

    took = {}
    for name, work in (("statement", _found), ("loop", _looped)):
        began = time.monotonic()
        answer = work(NOW)
        took[name] = time.monotonic() - began
        assert len(answer) >= 300

    times = took["loop"] / took["statement"]
    tell(
        f"100,000 open cases: loop {took['loop']:.1f} s, one statement {took['statement']:.2f} s: {times:.0f}x"
    )
    assert times >= 20
