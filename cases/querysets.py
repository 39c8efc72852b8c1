"""Named reads of the frame of a case."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Case as Choice
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Greatest

from parties.querysets import connected
from parties.viewer import Viewer
from reintegratie.lib.workdays import day_of

OVERDUE = "te-laat"
EARLIEST_STEPS = ("promotion_earliest",)
"""Days from which something may happen; they cannot be too late (:mod:`cases.process`)."""
MUNICIPAL = ("herkomst", "hervestiging")
"""The capacities in which a gemeente takes part."""

if TYPE_CHECKING:
    from cases.models import (  # noqa: F401  # named in quotes below
        Absence,
        Case,
        CaseParty,
        Deadline,
        DetentionMessage,
        Notification,
        RegionalAgreement,
        SavedView,
    )
    from parties.models import Organisation


class CaseQuerySet(QuerySet["Case"]):
    """Cases with what a header or a row needs. Who may see them is for :mod:`cases.access`."""

    def with_frame(self) -> Self:
        """Everything that stands in a header, in one statement."""
        return self.select_related("detainee", "origin_municipality", "resettlement_municipality")


class CasePartyQuerySet(QuerySet["CaseParty"]):
    """Who takes part, by the moment."""

    def active(self, at: datetime) -> Self:
        """Rows that hold at this moment (half-open period); of a gemeente only while it is connected (R22)."""
        return self.holding(at).connected(day_of(at))

    def holding(self, at: datetime) -> Self:
        """Rows that hold at this moment, for capacities that know no connection, such as the PI of stay."""
        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)

    def of(self, viewer: Viewer) -> Self:
        """The active rows of the viewer's own organisation, which is known: whether it is connected costs no join.

        Every rule of visibility and every list reads through this; with the join of :meth:`active` in each of its
        subqueries the work list took seconds (it is one organisation, loaded with this request).
        """
        rows = self.holding(viewer.at).filter(party=viewer.organisation.pk)
        if not viewer.organisation.is_connected(viewer.on):
            rows = rows.exclude(capacity__in=MUNICIPAL)
        return rows.open_to(viewer)

    def open_to(self, viewer: Viewer) -> Self:
        """Of the viewer's own organisation only what is for him.

        An afdelingshoofd sees his own afdeling (C3 rule 8); a shielded case is there for named people, and for no
        program (C6.37). Noodtoegang opens either for a day, for who asked. The functionaris gegevensbescherming reads
        numbers and logs, of every case; a process decides for its organisation as a whole, and whoever
        shows a person what it decided ("bekijk als") lets in who may open the case himself.
        """
        if viewer.process or viewer.role_kind == "fg":
            return self
        mine = Q(unit=viewer.unit) if viewer.unit else Q()
        if viewer.user is None:
            return self.filter(mine, named_only=False)
        mine &= Q(named_only=False) | Q(case__in=_cases_in("NamedPerson", viewer))
        return self.filter(mine | Q(case__in=_cases_in("EmergencyAccess", viewer)))

    def former_of(self, viewer: Viewer) -> Self:
        """The ended rows of the viewer's own organisation that were for him (:mod:`consent.former`)."""
        return self.filter(party=viewer.organisation.pk, until__lte=viewer.at).open_to(viewer)

    def connected(self, on: date) -> Self:
        """Leave out gemeenten that are not connected on this day: they are told nothing and open nothing (R22).

        Asked at every read, so that no job has to run on the day on which a connection ends.
        """
        return self.filter(~Q(capacity__in=MUNICIPAL) | connected(on, "party"))

    def working_by_dates(self) -> Self:
        """The same as ``CaseParty.works_by_dates``, for a query."""
        return self.filter(~Q(capacity="reclassering") | Q(on_title=True))

    def with_frame(self) -> Self:
        """With the case and everything that stands in its header, in one statement."""
        return self.select_related(
            "case__detainee", "case__origin_municipality", "case__resettlement_municipality"
        )

    def with_people(self) -> Self:
        """With the organisation and its worker, oldest first."""
        return self.select_related("party", "worker").order_by("since", "id")


def _cases_in(table: str, viewer: Viewer) -> QuerySet[Any]:  # rows of one key
    """The cases that a row in this table opens now for this person at this organisation."""
    rows: DatedQuerySet = apps.get_model("cases", table).objects.holding(viewer.at)
    return rows.filter(user=viewer.user, organisation=viewer.organisation.pk).values("case")


class DatedQuerySet(QuerySet[Any]):  # Any: the row type is the model's
    """Rows that hold from a moment until a moment."""

    def holding(self, at: datetime) -> Self:
        """Rows that hold at this moment (half-open period)."""
        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)


class AbsenceQuerySet(QuerySet["Absence"]):
    """Who is away and who stands in, by the day."""

    def holding(self, on: date) -> Self:
        """Absences of this day; on the day of ``until`` somebody is back."""
        return self.filter(since__lte=on, until__gt=on)

    def not_over(self, on: date) -> Self:
        """Of today or to come, first to begin on top."""
        rows = self.filter(until__gt=on).select_related("user", "deputy")
        return rows.order_by("since", "user__name", "id")


class SavedViewQuerySet(QuerySet["SavedView"]):
    """Filters that people keep."""

    def of(self, viewer: Viewer) -> Self:
        """Of this person at the organisation for which he acts now, by name."""
        rows = self.filter(user=viewer.user, organisation=viewer.organisation.pk)
        return rows.order_by("name", "id")


class DeadlineQuerySet(QuerySet["Deadline"]):
    """Terms by state and day."""

    def open(self) -> Self:
        return self.filter(status="open")

    def running(self) -> Self:
        """Neither met nor lapsed, whether it stands still or not."""
        return self.filter(status__in=("open", "opgeschort"))

    def moving(self, on: date) -> Self:
        """Open, and not standing still today."""
        return self.open().exclude(standing_still(on))

    def suspended(self, on: date) -> Self:
        """Standing still today. The last day is no part of it: a suspension ends by itself, no job has to run."""
        return self.filter(Q(status="opgeschort") | Q(standing_still(on), status="open"))

    def with_next_day(self) -> Self:
        """``next_day``: when it asks for attention, which is not while it stands still."""
        return self.annotate(next_day=Greatest("due_on", "suspended_until"))

    def on_next_day(self, day: OuterRef) -> Self:
        """The terms that ask for attention first on the day of an outer row."""
        return self.with_next_day().filter(next_day=day)

    def asking_by(self, day: date) -> Self:
        """The terms that ask for attention on this day or before."""
        return self.with_next_day().filter(next_day__lte=day)

    def overdue(self, on: date) -> Self:
        """Open and due before today: the one definition of 'te laat' (architecture 4)."""
        return self.moving(on).filter(due_on__lt=on).exclude(step__in=EARLIEST_STEPS)

    def with_state(self, on: date) -> Self:
        """``state`` as people know it (open, te-laat, gehaald, vervallen, opgeschort), first due first."""
        late = Q(status="open", due_on__lt=on) & ~Q(step__in=EARLIEST_STEPS)
        still = When(standing_still(on) & Q(status="open"), then=Value("opgeschort"))
        state = Choice(still, When(late, then=Value(OVERDUE)), default=F("status"), output_field=TextField())
        return self.annotate(state=state).order_by("due_on", "step", "round")

    def for_steps(self, steps: Collection[str]) -> Self:
        return self.filter(step__in=steps)


class AgreementQuerySet(QuerySet["RegionalAgreement"]):
    """Regional agreements by gemeente and day."""

    def holding_for(self, municipality: object, on: date) -> Self:
        """What is agreed on this day (half-open period) for the people of this gemeente."""
        not_ended = Q(valid_until=None) | Q(valid_until__gt=on)
        return self.filter(not_ended, municipality=municipality, valid_from__lte=on)


def standing_still(on: date) -> Q:
    """Between the two days of a suspension that has an end."""
    return Q(suspended_on__isnull=False, suspended_on__lte=on, suspended_until__gt=on)


class DetentionMessageQuerySet(QuerySet["DetentionMessage"]):
    """Detention messages by what must still be done with them."""

    def counting(self) -> Self:
        """The messages that a replay judges: not refused, and not settled by hand."""
        return self.filter(status__in=("verwerkt", "geparkeerd"))

    def claiming(self, message_id: object) -> Self:
        """Messages that hold this id; a refused one holds nothing."""
        return self.filter(message_id=message_id).exclude(status="geweigerd")

    def parked(self) -> Self:
        return self.filter(status="geparkeerd")

    def refused(self) -> Self:
        """Refused messages, newest first."""
        return self.filter(status="geweigerd").order_by("-received_at", "-id")

    def without_facility(self) -> Self:
        """Messages that name no known inrichting."""
        return self.filter(facility=None)

    def addressed_to(self, viewer: Viewer) -> Self:
        """Messages to the viewer's inrichting, but for those about people whose case there is not for him."""
        return self.filter(facility=viewer.organisation.pk).exclude(
            chain_number__in=_kept_from(viewer).values("case__detainee__chain_number")
        )

    def due_now(self, at: datetime) -> Self:
        """Messages that were set aside because they take effect later, and whose moment has come."""
        return self.parked().filter(reason_code="later", effective_at__lte=at).order_by("effective_at", "id")

    def waiting_for(self, viewer: Viewer) -> Self:
        """Parked messages that a PI must look at: of its own cases, else as addressee. Oldest first."""
        cases = parts_of(viewer).filter(capacity="inrichting").values("case")
        nobody_yet = self.filter(case=None).addressed_to(viewer).values("pk")
        mine = self.parked().filter(Q(case__in=cases) | Q(pk__in=nobody_yet))
        return mine.select_related("case", "facility").order_by("received_at", "id")


def parts_of(viewer: Viewer) -> CasePartyQuerySet:
    """The rows of taking part that are for this viewer, for the reads of tables that hang on a case."""
    rows: CasePartyQuerySet = apps.get_model("cases", "CaseParty").objects.of(viewer)
    return rows


def _kept_from(viewer: Viewer) -> CasePartyQuerySet:
    """The rows of the viewer's organisation that are not for him: another afdeling, or a shielded case."""
    every: CasePartyQuerySet = apps.get_model("cases", "CaseParty").objects.holding(viewer.at)
    return every.filter(party=viewer.organisation.pk).exclude(pk__in=parts_of(viewer).values("pk"))


class NotificationQuerySet(QuerySet["Notification"]):
    """Messages by recipient and state."""

    def inbox_of(self, viewer: Viewer) -> Self:
        """The in-app messages of one person for the party he acts for now (R201), newest first.

        About a case only while he may open it: access follows the present (C3 rule 1).
        """
        mine = self.filter(channel="app", recipient=viewer.user, organisation=viewer.organisation.pk)
        taking_part = Exists(parts_of(viewer).filter(case=OuterRef("case")))
        return mine.filter(Q(case=None) | Q(taking_part)).order_by("-created_at", "-id")

    def undelivered_mail(self) -> Self:
        """Mails that were neither sent nor given up."""
        return self.filter(channel="mail", delivered_at=None, failed_at=None)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def feed_of(self, organisation: "Organisation") -> Self:
        """The published events of an organisation (:mod:`cases.actions.feed`)."""
        return self.filter(channel="gebeurtenis", organisation=organisation, position__isnull=False)
