"""Whole pages and prints, through the whole stack: R4, R5, R7, R9, R11 and R12."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from unittest.mock import patch

from django.utils import timezone

from cases.access import participations_of
from cases.models import Case
from consent.actions import withdraw_all
from meetings.access import items_of
from meetings.management.bench.figures import Figure
from meetings.management.bench.limit import CASES, EMPTY, WORKLIST, comparable, limit_pages
from meetings.management.bench.people import WHOLE_LIST, People, Someone, case_number, keeper_of
from meetings.management.bench.stopwatch import computing, medians, ratio, rolled_back, rows_of, statements_of
from meetings.models import Meeting
from parties import ledger
from plans.sheets import sheets_of

OPEN_CASES = "/api/v1/trajecten?status=open"
ON_AGENDA = 40


def worklist_page(people: People, rounds: int) -> Iterator[Figure]:
    """R4: the whole worklist against the least it could cost."""
    prison = people.prison
    with limit_pages(prison):
        taken = medians(
            {
                "page": lambda: comparable(prison.get(WHOLE_LIST)),
                "limit": lambda: comparable(prison.get(WORKLIST)),
            },
            rounds,
        )
    yield ratio("R4", taken, "page", "limit")


def case_page(people: People, rounds: int) -> Iterator[Figure]:
    """R5: the page of a case against one with nothing on it."""
    prison = people.prison
    page = first_case_of(prison).get_absolute_url()
    with limit_pages(prison):
        taken = medians(
            {"case": lambda: prison.get(page), "empty": lambda: prison.get(EMPTY)}, rounds, alike=False
        )
    yield ratio("R5", taken, "case", "empty")


def api_page(people: People, rounds: int) -> Iterator[Figure]:
    """R7: a hundred cases over the API against the same, made by the database itself."""
    prison = people.prison
    with limit_pages(prison):
        taken = medians(
            {
                "api": lambda: prison.call(OPEN_CASES).json()["resultaten"],
                "raw": lambda: prison.call(CASES).json()["resultaten"],
            },
            rounds,
        )
    yield ratio("R7 bladzijde", taken, "api", "raw")


def first_case_of(someone: Someone) -> Case:
    return participations_of(someone.viewer).filter(is_open=True).select_related("case").earliest("id").case


def changed_since(people: People, rounds: int) -> Iterator[Figure]:
    """R7: choosing a page of ten years costs what choosing a page of one day costs."""
    chosen = {}
    for days in (3653, 1):
        rows = participations_of(people.prison.viewer).filter(fed_at__gte=people.at - timedelta(days=days))
        ids = rows.order_by("fed_at", "key").values_list("id")[:101]
        [chosen[days]] = statements_of(partial(list, ids))
    taken = medians(
        {"ten years": lambda: len(rows_of(*chosen[3653])), "one day": lambda: len(rows_of(*chosen[1]))},
        rounds,
    )
    yield ratio("R7 sinds", taken, "ten years", "one day")


def withdrawal(people: People) -> Iterator[Figure]:
    """R9: what was withdrawn is gone from the next request, which asks no more than the one before."""
    gemeente, case = people.gemeente, case_number(12)
    keeper, page, words = keeper_of(case, people.at), case.get_absolute_url(), "Hulpvraag 12 over"
    was_there = words in gemeente.get(page).content.decode()
    before = len(statements_of(lambda: gemeente.get(page)))
    with rolled_back():
        withdraw_all(
            case=case,
            recipient=gemeente.viewer.organisation,
            reason="",
            by=keeper.viewer,
            at=timezone.now(),
        )
        shown: list[str] = []
        after = len(statements_of(lambda: shown.append(gemeente.get(page).content.decode())))
    gone = was_there and words not in shown[0]
    note = f"{before} statements ervoor, {after} erna; " + (
        "meteen weg" if gone else "NIET weg of er nooit geweest"
    )
    yield Figure("R9", after - before, note, broken=not gone)


def with_and_without_ledger(people: People, rounds: int) -> Iterator[Figure]:
    """R11: the list of fifty persons with its fifty-one lines of ledger, and without."""
    gemeente = people.gemeente

    def without() -> str:
        with patch.object(ledger, "record"):
            return comparable(gemeente.get("/"))

    taken = medians({"with": lambda: comparable(gemeente.get("/")), "without": without}, rounds)
    yield ratio("R11", taken, "with", "without")


def prints(people: People, rounds: int) -> Iterator[Figure]:
    """R12: the agenda that is made for the chair, and one informatieblad for its recipient."""
    prison, gemeente, case = people.prison, people.gemeente, case_number(12)
    meeting = Meeting.objects.planned().filter(organisation=prison.viewer.organisation).earliest("starts_at")
    items = items_of(prison.viewer).filter(meeting=meeting).count()
    agenda, sheet = f"{meeting.get_absolute_url()}agenda.pdf", sheets_of(case, gemeente.viewer)[0]
    blad = f"{case.get_absolute_url()}informatiebladen/{sheet.pk}/blad.pdf"
    taken = medians({"agenda": lambda: prison.get(agenda).content}, rounds)
    taken |= medians({"blad": lambda: gemeente.get(blad).content}, rounds)
    note = f"{items} zaken; {computing(lambda: prison.get(agenda))}"
    yield Figure("R12 agenda", taken["agenda"] * 1000, note, broken=items != ON_AGENDA)
    yield Figure("R12 blad", taken["blad"] * 1000, computing(lambda: gemeente.get(blad)))
