"""Which cases does this party work on, in which order, and which of them ask for something now?

Taking part is a row and one index on those rows is the list, so a list never looks at more than its own cases
(architecture 3.1). Counts and lists use the same conditions: a number always equals the length of its list.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextChoices, Value
from django.db.models.functions import Coalesce

from cases.deputies import own_or_standing_in
from cases.frame import Part
from cases.models import Capacity, CaseParty, Deadline
from cases.process import steps_for
from cases.querysets import EARLIEST_STEPS
from parties.models import PartyKind
from parties.viewer import Viewer
from reintegratie.lib.dutch import SOON_DAYS
from reintegratie.lib.keyset import LARGEST, DayCursor

CAPACITIES_OF: dict[str, tuple[Capacity, ...]] = {
    PartyKind.PRISON: (Capacity.PRISON,),
    PartyKind.MUNICIPALITY: (Capacity.ORIGIN, Capacity.RESETTLEMENT),
    PartyKind.PROBATION: (Capacity.PROBATION,),
}
"""In which capacities an organisation of a kind has terms of its own."""


WORKS_BY_DATES = ~Q(capacity=Capacity.PROBATION) | Q(on_title=True)
"""The same as ``CaseParty.works_by_dates``, for a condition."""


class State(TextChoices):
    """The groups of the list (users.md 3.3). An address of before there was a group of today still means what it did."""

    LATE = "te-laat", "te laat"
    TODAY = "vandaag", "vandaag"
    WEEK = "deze-week", "komende 7 dagen"
    WAITING = "wacht", "wacht op andere partij"
    SUSPENDED = "opgeschort", "opgeschort"
    COMING = "komende-week", "vandaag en komende 7 dagen"


COUNTED = (State.LATE, State.TODAY, State.WEEK, State.WAITING, State.SUSPENDED)
"""The groups with a number above the list; it equals the length of the list behind it."""


class Worker(TextChoices):
    """Whose cases."""

    MINE = "mijn", "mijn zaken"
    ALL = "alle", "alle zaken"
    NOBODY = "niemand", "zonder behandelaar"


@dataclass(frozen=True)
class Scope:
    """Which part of the worklist somebody asked for. Filters combine: a row answers to all of them."""

    worker: Worker | UUID | None = Worker.ALL
    """One colleague, or None: one's own cases, or all of them for who has none."""
    municipality: UUID | None = None
    facility: UUID | None = None
    unit: str = ""
    step: str = ""
    weeks: int = 0
    """Goes within so many weeks; 0 is whenever."""
    where: tuple[Q, ...] = ()
    """What is asked of content, from the floor where content lives (:mod:`meetings.turns`)."""
    known: Mapping[Part, Q] = field(default_factory=dict)
    """Of which rows each part of the frame may be known: what a filter on a place tells, it may tell (C3)."""


def worklist_of(viewer: Viewer, scope: Scope = Scope()) -> QuerySet[CaseParty]:
    """The open cases of the viewer's organisation within this scope, in no order yet."""
    rows: QuerySet[CaseParty] = CaseParty.objects.of(viewer).filter(*scope.where, is_open=True)
    rows = _of_worker(rows, viewer, scope.worker)
    if scope.municipality:
        ours = Q(case__origin_municipality=scope.municipality)
        rows = rows.filter(
            scope.known[Part.IDENTITY], ours | Q(case__resettlement_municipality=scope.municipality)
        )
    if scope.facility:
        there = Exists(facility_of_row(viewer.at).filter(party=scope.facility))
        rows = rows.filter(scope.known[Part.DETENTION], there)
    if scope.unit:
        rows = rows.filter(unit=scope.unit)
    if scope.step:
        rows = rows.filter(_has_term(viewer, scope.step))
    if scope.weeks:
        near = Q(case__expected_release_on__lte=viewer.on + timedelta(weeks=scope.weeks))
        rows = rows.filter(scope.known[Part.DETENTION], near, case__released_at=None)
    return rows


def _of_worker(
    rows: QuerySet[CaseParty], viewer: Viewer, worker: Worker | UUID | None
) -> QuerySet[CaseParty]:
    """Whose cases; one's own are also those of whom one stands in for (:mod:`cases.deputies`)."""
    if worker is None:
        return rows.filter(own_or_standing_in(viewer) | ~Exists(own_rows(viewer)))
    if worker == Worker.MINE:
        return rows.filter(own_or_standing_in(viewer))
    if worker == Worker.NOBODY:
        return rows.filter(worker=None)
    return rows if worker == Worker.ALL else rows.filter(worker=worker)


def own_rows(viewer: Viewer) -> QuerySet[CaseParty]:
    """The open cases this person looks after for the organisation."""
    return CaseParty.objects.of(viewer).filter(own_or_standing_in(viewer), is_open=True)


def facility_of_row(at: datetime) -> QuerySet[CaseParty]:
    """The inrichting of stay, beside a row of taking part."""
    return CaseParty.objects.holding(at).filter(case=OuterRef("case"), capacity=Capacity.PRISON)


def late(on: date) -> Q:
    """Due before today; today itself is not late (architecture 4)."""
    return Q(next_deadline__lt=on)


def today(on: date) -> Q:
    return Q(next_deadline=on)


def this_week(on: date) -> Q:
    """The seven days after today: the rows that the list marks as soon. On a Friday Monday is among them."""
    return Q(next_deadline__gt=on, next_deadline__lte=on + timedelta(days=SOON_DAYS))


def coming(on: date) -> Q:
    """Today and the seven days after it."""
    return today(on) | this_week(on)


def suspended(viewer: Viewer) -> Q:
    """At least one term that this party works with stands still; of the terms of others a number tells nothing."""
    still = Deadline.objects.for_steps(own_steps(viewer)).suspended(viewer.on)
    return WORKS_BY_DATES & Q(Exists(still.filter(case=OuterRef("case"))))


def _has_term(viewer: Viewer, step: str) -> Q:
    """An open term of this kind, if it is one that this party works with."""
    terms = Deadline.objects.open().for_steps(own_steps(viewer) & {step})
    return WORKS_BY_DATES & Q(Exists(terms.filter(case=OuterRef("case"))))


def own_term_until(viewer: Viewer, until: date) -> Q:
    """An open term for which this party itself is responsible asks for attention on this day or before."""
    terms = Deadline.objects.open().for_steps(own_steps(viewer) - set(EARLIEST_STEPS)).asking_by(until)
    mine = terms.filter(case=OuterRef("case"), capacity=OuterRef("capacity"))
    return WORKS_BY_DATES & Q(next_deadline__lte=until) & Q(Exists(mine))


def own_steps(viewer: Viewer) -> set[str]:
    """The steps whose terms an organisation of this kind works with (C4)."""
    return {step for capacity in CAPACITIES_OF.get(viewer.kind, ()) for step in steps_for(capacity)}


def with_row(rows: QuerySet[CaseParty], viewer: Viewer) -> QuerySet[CaseParty]:
    """Everything that one line of a list shows, in the same statement."""
    term = Deadline.objects.open().for_steps(own_steps(viewer) - set(EARLIEST_STEPS))
    term = term.on_next_day(OuterRef("next_deadline")).filter(case=OuterRef("case"))
    frame = ("case__detainee", "case__origin_municipality", "case__resettlement_municipality")
    return rows.select_related(*frame, "worker").annotate(
        facility_name=Subquery(facility_of_row(viewer.at).values("party__name")[:1]),
        next_step=Subquery(term.order_by("step", "round").values("step")[:1]),
    )


def page_of(
    rows: QuerySet[CaseParty], *, size: int, after: DayCursor | None = None, before: DayCursor | None = None
) -> list[CaseParty]:
    """At most ``size`` rows behind or before a place in the list, in the order of the list: first due first."""
    if before is not None:
        nearest = rows.filter(_before(before)).order_by(F("next_deadline").desc(nulls_first=True), "-id")
        return list(reversed(nearest[:size]))
    if after is not None:
        rows = rows.filter(_after(after))
    return list(rows.order_by(F("next_deadline").asc(nulls_last=True), "id")[:size])


def cases_of_party(viewer: Viewer, *, is_open: bool | None = None) -> QuerySet[CaseParty]:
    """Every case the organisation takes part in now; ended ones are off the worklist but still there to read."""
    rows = CaseParty.objects.of(viewer)
    return rows if is_open is None else rows.filter(is_open=is_open)


def newest_of(
    rows: QuerySet[CaseParty], *, size: int, after: UUID | None = None, before: UUID | None = None
) -> list[CaseParty]:
    """At most ``size`` rows, the case that reached this party last on top.

    Not by moment of change: an order that moves when somebody else writes would tell that he wrote (quality 2.3).
    """
    if before is not None:
        return list(reversed(rows.filter(id__gt=_number_of(before, otherwise=0)).order_by("id")[:size]))
    if after is not None:
        rows = rows.filter(id__lt=_number_of(after, otherwise=LARGEST))
    return list(rows.order_by("-id")[:size])


def coming_releases(viewer: Viewer, until: date, *, known: Q) -> QuerySet[CaseParty]:
    """Open cases of people who are inside and go before this day, or of whom nobody knows when; first to go on top.

    ``known``: the rows of which this viewer may know the dates.
    """
    rows = worklist_of(viewer).filter(known, case__released_at=None)
    near = Q(case__expected_release_on__lt=until) | Q(case__expected_release_on=None)
    return rows.filter(near).order_by(F("case__expected_release_on").asc(nulls_last=True), "id")


def _number_of(key: UUID, *, otherwise: int) -> Coalesce:
    """The number of the row with this key, for the database alone; of a row that is gone the edge of the list."""
    return Coalesce(Subquery(CaseParty.objects.filter(key=key).values("id")), Value(otherwise))


def _after(place: DayCursor) -> Q:
    number = _number_of(place.key, otherwise=0)
    if place.day is None:
        return Q(next_deadline=None, id__gt=number)
    same_day = Q(next_deadline=place.day, id__gt=number)
    return same_day | Q(next_deadline__gt=place.day) | Q(next_deadline=None)


def _before(place: DayCursor) -> Q:
    number = _number_of(place.key, otherwise=LARGEST)
    if place.day is None:
        return Q(next_deadline__isnull=False) | Q(next_deadline=None, id__lt=number)
    return Q(next_deadline__lt=place.day) | Q(next_deadline=place.day, id__lt=number)
