"""The lists that everybody opens all day: Q1, B1, R1-R4 and R6."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from cases import worklist
from cases.models import SIX_DOMAINS, CaseParty
from cases.process import steps_for
from cases.querysets import EARLIEST_STEPS
from consent.knowledge import with_knowledge
from meetings.management.bench.figures import Figure
from meetings.management.bench.people import People, case_number, everyone_with_a_list, keeper_of
from meetings.management.bench.seed import statement
from meetings.management.bench.stopwatch import buffers_of, medians, ratio, rows_of, statements_of
from meetings.turns import conditions
from parties.viewer import Viewer
from plans.models import DomainRecord
from reintegratie.lib.dutch import SOON_DAYS

PAGE = 51
"""Fifty rows and one to know whether there is a next page, as the worklist asks them."""
ENOUGH = 10
"""Rows on a page before its blocks per row say anything."""
_OWN = len(CaseParty._meta.concrete_fields)
ADDED = slice(_OWN, _OWN + 3)
"""Where a statement of the worklist has what it adds to a row: facility, next step and domains."""


def queries_of_pages(people: People) -> Iterator[Figure]:
    """Q1: the same number of statements for 1, 10 and 50 rows; session, user and ledger included."""
    lists, cases, calls = [], [], []
    for place, one in enumerate(people.gemeenten.values(), start=1):
        case = case_number(place)
        keeper = keeper_of(case, people.at)
        lists.append(_queries(partial(one.get, "/")))
        cases.append(_queries(partial(keeper.get, case.get_absolute_url())))
        calls.append(_queries(partial(one.call, "/api/v1/trajecten")))
    yield _constant("Q1 lijst", lists)
    yield _constant("Q1 zaak", cases)
    yield _constant("Q1 api", calls)


def _queries(work: Any) -> int:
    work()  # the session is touched once a minute
    return len(statements_of(work))


def _constant(code: str, found: list[int]) -> Figure:
    grows = len(set(found)) > 1
    note = f"niet gelijk voor 1, 10 en 50 rijen: {found}" if grows else ""
    return Figure(code, max(found), note, broken=grows)


def scoped_list(people: People, rounds: int) -> Iterator[Figure]:
    """R1 and R2: what taking part and consent cost in SQL, on a list where both hide nothing."""
    viewer = people.gemeente.viewer
    free = DomainRecord.objects.unrestricted(reason="meting: hetzelfde zonder toets")
    consented = _list_statement(viewer, DomainRecord.objects.visible_to(viewer))
    unasked = _list_statement(viewer, free)
    raw = statement("list_with_domains"), raw_values(viewer)
    taken = medians(
        {
            "raw": lambda: [(row[0], *row[-3:]) for row in rows_of(*raw)],
            "consented": lambda: [(row[0], *row[ADDED]) for row in rows_of(*consented)],
            "unasked": lambda: [(row[0], *row[ADDED]) for row in rows_of(*unasked)],
        },
        rounds,
    )
    yield ratio("R1", taken, "consented", "raw")
    yield ratio("R2", taken, "consented", "unasked")


def _list_statement(viewer: Viewer, known: QuerySet[DomainRecord]) -> tuple[str, Any]:
    """The worklist as the page asks it, with what is known per domain in the same statement."""
    domains = known.filter(case=OuterRef("case")).order_by("domain")
    cells = ArraySubquery(domains.values(json=JSONObject(domain="domain", status="status")))
    rows = with_knowledge(worklist.with_row(worklist.worklist_of(viewer), viewer), viewer)
    rows = rows.annotate(domains=cells)
    [asked] = statements_of(lambda: worklist.page_of(rows, size=PAGE))
    return asked


def raw_values(viewer: Viewer) -> dict[str, Any]:
    ours = {step for capacity in worklist.CAPACITIES_OF[viewer.kind] for step in steps_for(capacity)}
    return {"party": viewer.organisation.pk, "size": PAGE, "steps": sorted(ours - set(EARLIEST_STEPS))}


def orm_list(people: People, rounds: int) -> Iterator[Figure]:
    """R3: the road of the page, objects and all, against the hand-written statement."""
    viewer = people.prison.viewer
    raw = statement("list"), raw_values(viewer)
    taken = medians(
        {
            "raw": lambda: rows_of(*raw),
            "orm": lambda: [_cells(row) for row in page_of(viewer)],
        },
        rounds,
    )
    yield ratio("R3", taken, "orm", "raw")


def page_of(viewer: Viewer) -> list[CaseParty]:
    rows = with_knowledge(worklist.with_row(worklist.worklist_of(viewer), viewer), viewer)
    return worklist.page_of(rows, size=PAGE)


def _cells(row: Any) -> tuple[object, ...]:  # with what with_row annotates
    file, person = row.case, row.case.detainee
    return (
        row.pk,
        row.next_deadline,
        file.pk,
        file.number,
        file.phase,
        file.expected_release_on,
        person.surname,
        person.first_names,
        person.prefix,
        person.birth_date,
        file.origin_municipality.name,
        row.worker.name if row.worker else None,
        row.facility_name,
        row.next_step,
        row.key,
    )


def numbers(people: People, rounds: int) -> Iterator[Figure]:
    """R6: the numbers above the list, in one statement that reads the own rows only."""
    viewer = people.prison.viewer
    raw = statement("badges"), {"on": viewer.on, "soon": viewer.on + timedelta(days=SOON_DAYS)}
    taken = medians(
        {"raw": lambda: _own_numbers(rows_of(*raw), viewer), "ours": lambda: badges(viewer)}, rounds
    )
    yield ratio("R6", taken, "ours", "raw")


def badges(viewer: Viewer) -> tuple[int, ...]:
    asked = conditions(viewer)
    counts = {f"n{place}": Count("id", filter=asked[state]) for place, state in enumerate(worklist.COUNTED)}
    found = worklist.worklist_of(viewer).aggregate(n=Count("id"), **counts)
    return (found["n"], *(found[name] for name in counts))


def _own_numbers(rows: list[tuple[Any, ...]], viewer: Viewer) -> tuple[int, ...]:
    return next(tuple(row[1:]) for row in rows if row[0] == viewer.organisation.pk)


def buffers(people: People) -> Iterator[Figure]:
    """B1: what the list and its content touch, for every party there is."""
    lists: dict[str, float] = {}
    content: dict[str, float] = {}
    for viewer in everyone_with_a_list(people.at):
        rows = page_of(viewer)
        [asked] = statements_of(partial(page_of, viewer))
        name = str(viewer.organisation)
        lists[name] = buffers_of(*asked)
        if len(rows) >= ENOUGH:
            known = DomainRecord.objects.visible_to(viewer).filter(case__in=[row.case_id for row in rows])
            [asked] = statements_of(partial(list, known))
            content[name] = buffers_of(*asked) / (len(rows) * len(SIX_DOMAINS))
    for code, found in (("B1 lijst", lists), ("B1 inhoud", content)):
        worst = max(found, key=lambda name: found[name])
        yield Figure(code, found[worst], f"slechtste van {len(found)} partijen: {worst}")
