"""`manage.py load_messages` on the sample gives every episode its terms, each on the day that was counted here (issue 4).

Nothing below asks the program when something is due: the working days come from the written table of
``tests.lib.test_calendar_table``, the rest is plain arithmetic.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone

from cases.models import Case, CaseParty, Deadline, FacilityStay
from reintegratie.lib.dutch import day_text
from tests.lib.test_calendar_table import WORKING

AFTER_THE_LAST = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
TEN_DAYS = ("info_request", "screening", "share_requests", "reflector_language")
WEEKS_BEFORE = {1: 8, 2: 4, 3: 1}
AMSTERDAM_CODE = "0363"

Round = tuple[str, int]
Span = tuple[date, date]


def day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo("Europe/Amsterdam")).date()


def working_days_after(start: date, count: int) -> date:
    return WORKING[bisect_right(WORKING, start) + count - 1]


def rolled(end: date) -> date:
    return WORKING[bisect_left(WORKING, end)]


def a_month_after(start: date) -> date:
    year, month = (start.year + 1, 1) if start.month == 12 else (start.year, start.month + 1)
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def expected_of(case: Case) -> dict[Round, Span]:
    """The rounds of one episode, from its dates alone."""
    assert case.entered_at is not None
    entry = day(case.entered_at)
    spans = {(step, 1): (entry, working_days_after(entry, 10)) for step in TEN_DAYS}
    spans["begin_message", 1] = (entry, working_days_after(entry, 1))
    spans["plan_adoption", 1] = (entry, rolled(entry + timedelta(days=28)))
    if case.inflow_type != "zelfmelder":
        spans["promotion_earliest", 1] = (entry, entry + timedelta(days=42))
    there = FacilityStay.objects.filter(case=case, facility__facility_kinds__contains=["arrestanten"])
    first = there.order_by("since").first()
    if case.inflow_type == "arrestant" and first is not None:
        spans["arrestee_stay", 1] = (day(first.since), day(first.since) + timedelta(days=56))
    if release := case.expected_release_on:
        for number, weeks in WEEKS_BEFORE.items():
            start = release - timedelta(days=7 * weeks)
            if start >= entry:
                spans["pre_release_check", number] = (release, start)
    origin = case.origin_municipality
    if case.released_at is not None and origin is not None and origin.code == AMSTERDAM_CODE:
        end = day(case.released_at)
        spans["dtb_end", 1] = (end, a_month_after(end))
    return spans


@pytest.fixture
def loaded(db: None, monkeypatch: pytest.MonkeyPatch) -> list[Case]:
    monkeypatch.setattr(timezone, "now", lambda: AFTER_THE_LAST)
    call_command("load_reference", "data", verbosity=0)
    call_command("load_messages", "data/detentiemeldingen.jsonl", stdout=StringIO())
    return list(Case.objects.exclude(entered_at=None).select_related("origin_municipality"))


def test_the_sample_gives_every_episode_explained_terms_on_the_right_day(loaded: list[Case]) -> None:
    assert len(loaded) > 140
    told = set(CaseParty.objects.filter(capacity="herkomst").values_list("case", flat=True))

    for case in loaded:
        rows = list(Deadline.objects.filter(case=case))
        found = {(row.step, row.round): (row.starts_on, row.due_on) for row in rows}
        wanted = expected_of(case)
        former = {key for key in found if key not in wanted}

        assert wanted == {key: span for key, span in found.items() if key not in former}, (
            case.detention_number
        )
        assert {step for step, _ in former} <= {"pre_release_check"}, case.detention_number
        for row in rows:
            assert day_text(row.starts_on) in row.explanation
            assert row.status == "vervallen" or (row.step, row.round) not in former
            if row.step in TEN_DAYS and row.skipped_days:
                assert "niet geteld" in row.explanation
            if row.due_on > row.raw_due_on:
                assert "Algemene termijnenwet" in row.explanation
        check_states(case, told=case.pk in told)


def check_states(case: Case, *, told: bool) -> None:
    """Open inside, lapsed by the release; the begin is told where a gemeente took part; the DTB goes on after release."""
    released_on = day(case.released_at) if case.released_at else None
    for row in Deadline.objects.filter(case=case, step__in=[*TEN_DAYS, "plan_adoption"]):
        assert row.status == ("vervallen" if released_on else "open"), case.detention_number
        assert row.closed_on == released_on
    begun = Deadline.objects.get(case=case, step="begin_message")
    assert (begun.status == "gehaald") == told, case.detention_number
    assert not Deadline.objects.filter(case=case, step="dtb_end").exclude(status="open").exists()
