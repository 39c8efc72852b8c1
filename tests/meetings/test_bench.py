"""The benchmark itself: it measures what it says, compares answers, and fails on a miss. Nothing here depends on time."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import psycopg2
import pytest
from django.conf import settings
from django.core.management import CommandError
from django.utils import timezone

from cases.models import CaseParty
from meetings.management.bench.database import Database
from meetings.management.bench.figures import MISS, NOT_MEASURED, OK, Figure, judged, table, write_json
from meetings.management.bench.goals import GOALS
from meetings.management.bench.run import as_in_production, measure
from meetings.management.bench.seed import seed
from meetings.management.bench.sizes import SIZES
from meetings.management.bench.stopwatch import DifferentAnswers, medians
from meetings.management.commands.bench import require_met
from tests.machinery import ROOT, test_database_url

TINY = replace(SIZES["tiny"], rounds=1)


@pytest.mark.long
def test_a_tiny_country_is_measured_from_end_to_end(db, tmp_path):
    at, path = timezone.now(), tmp_path / "uitkomst.json"
    seed(TINY, at)

    with as_in_production():
        figures = list(measure(TINY, at, Database.beside()))
    lines = judged(figures, GOALS)
    write_json(path, lines, TINY, at)

    found = json.loads(path.read_text())["uitkomsten"]
    assert [one["nr"] for one in found] == list(GOALS)
    assert [figure for figure in figures if figure.broken] == []
    assert {one["nr"] for one in found if one["oordeel"] == NOT_MEASURED and not one["toelichting"]} == set()
    verdicts = {line.goal.code: line.verdict for line in lines}
    assert [verdicts[code] for code in ("Q1 lijst", "Q1 zaak", "Q1 api", "R9")] == [OK] * 4
    assert verdicts["R8 lijst"] == verdicts["R13 web"] == NOT_MEASURED


def test_the_same_size_gives_the_same_rows(db):
    seed(TINY, timezone.now())

    parties = CaseParty.objects.filter(is_open=True)

    assert parties.values("case").distinct().count() == TINY.open
    assert [parties.filter(party__code=1000000 + number).count() for number in (1, 10, 50)] == [1, 10, 50]


def test_an_impossible_goal_is_missed():
    goals = {"R1": replace(GOALS["R1"], limit=0.0)}

    [line] = judged([Figure("R1", 1.2)], goals)

    assert line.verdict == MISS
    with pytest.raises(CommandError, match="niet gehaald: R1"):
        require_met([line])


def test_at_least_turns_a_goal_round():
    lines = judged([Figure("R10", 25.0), Figure("R4", 1.5)], GOALS)

    assert [line.verdict for line in lines if line.figure.measured is not None] == [OK, OK]
    assert judged([Figure("R10", 19.0)], {"R10": GOALS["R10"]})[0].verdict == MISS


def test_what_was_not_measured_is_neither_met_nor_missed():
    lines = judged([], GOALS)

    assert {line.verdict for line in lines} == {NOT_MEASURED}
    assert "niet gemeten" in table(lines)
    require_met(lines)


def test_a_wrong_answer_is_a_miss_whatever_the_number():
    [line] = judged([Figure("Q1 lijst", 1, "niet gelijk", broken=True)], {"Q1 lijst": GOALS["Q1 lijst"]})

    assert line.verdict == MISS


def test_variants_that_give_other_rows_are_not_compared():
    with pytest.raises(DifferentAnswers, match="2 en 1 rijen"):
        medians({"one": lambda: [1, 2], "other": lambda: [1]}, 1)


@pytest.mark.long
def test_the_command_works_in_a_database_of_its_own_and_leaves_nothing(db, tmp_path):
    path = tmp_path / "uitkomst.json"
    command = ["manage.py", "bench", "--size", "tiny", "--goal", "R1=0", "--json", str(path)]
    env = {**os.environ, "DATABASE_URL": test_database_url()}

    ended = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env, check=False, capture_output=True, text=True
    )

    assert ended.returncode == 1
    assert "niet gehaald:" in ended.stderr
    assert "R1" in ended.stderr
    assert len(json.loads(path.read_text())["uitkomsten"]) == len(GOALS)
    with pytest.raises(psycopg2.OperationalError, match="does not exist"):
        psycopg2.connect(f"{test_database_url()}_bench")
    assert not CaseParty.objects.exists()
    assert settings.DATABASES["default"]["NAME"] in test_database_url()
