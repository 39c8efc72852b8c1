"""Write the reminders that are due, a batch at a time, each with the cause that makes it unique (users.md 3.12)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from django.db import transaction
from django.db.models import QuerySet

from cases.actions.deadlines import equated_days
from cases.actions.letters import messages_to
from cases.actions.notify import wake_on_commit
from cases.actions.seats import tell_of_empty_seats
from cases.deputies import Deputies, deputies_of, looked_after_by
from cases.insiders import Named, may_hear, named_in
from cases.models import Capacity, CaseParty, Channel, Notification
from cases.process import step_of
from cases.reminders import (
    BEFORE,
    ESCALATION,
    FRAME,
    HEADS_BEFORE,
    HEADS_LATE,
    LATE,
    POSSIBLE,
    Hears,
    Source,
    due_stages,
)
from cases.wishes import Unwanted, unwanted_by
from parties.models import Organisation, Role, RoleKind, User
from parties.viewer import CONTENT_ROLES
from reintegratie.lib.workdays import day_of

BATCH = 500
HEADS = {"pi": {RoleKind.UNIT_HEAD}}
"""Who is told of a term that stays late: in a PI the afdelingshoofd, elsewhere everybody who works with cases."""
OF_UNIT = "-afdeling"

People = dict[Any, list[Role]]  # organisation id -> roles of today


def remind(*, at: datetime, source: Source = FRAME) -> int:
    """Write every reminder and escalation of this source that is due at this moment; returns for how many terms.

    Safe to run twice, at the same time or again: a message exists once per event, recipient, stage and channel.
    """
    due = due_stages(at, equated_days(), source)
    return sum(_write_all(rows, at, source) for rows in due)


def _write_all(rows: QuerySet[Any], at: datetime, source: Source) -> int:
    """Batch after batch in order, each in its own transaction; also past a term about which nobody is told."""
    seen, batch = 0, _write_batch(rows, at, source)
    while batch:
        seen += len(batch)
        batch = _write_batch(rows.filter(pk__gt=batch[-1].pk), at, source)
    return seen


@transaction.atomic
def _write_batch(rows: QuerySet[Any], at: datetime, source: Source) -> list[Any]:
    deadlines = list(rows.select_related("case").order_by("pk")[:BATCH])
    if deadlines:
        room = _Room.around(deadlines, source, at)
        Notification.objects.bulk_create(room.messages(deadlines), ignore_conflicts=True)
        tell_of_empty_seats(room.empty, at)
        wake_on_commit()
    return deadlines


@dataclass
class _Room:
    """Everybody who might hear of the terms of one batch, read in a fixed number of statements."""

    at: datetime
    taking_part: dict[Any, list[CaseParty]]
    people: People
    named: Named
    unwanted: Unwanted
    hears: Hears | None
    deputies: Deputies
    empty: set[Organisation] = field(default_factory=set)
    """The organisations that had to hear of something, and where nobody is left to."""

    @classmethod
    def around(cls, deadlines: list[Any], source: Source, at: datetime) -> Self:
        rows = CaseParty.objects.active(at).filter(case__in=[deadline.case_id for deadline in deadlines])
        every = list(rows.select_related("party"))
        taking_part: dict[Any, list[CaseParty]] = defaultdict(list)
        for row in every:
            taking_part[row.case_id].append(row)
        people = _people({row.party_id for row in every}, at)
        return cls(
            at=at,
            taking_part=taking_part,
            people=people,
            named=named_in(every, at),
            unwanted=unwanted_by(role.user_id for roles in people.values() for role in roles),
            hears=source.hears(deadlines, every, at) if source.hears else None,
            deputies=deputies_of(people.keys(), day_of(at)),
        )

    def messages(self, deadlines: Iterable[Any]) -> Iterator[Notification]:
        for deadline in deadlines:
            parties = self._parties(deadline)
            for row in parties:
                yield from self._to_party(deadline, row)
            if not parties:
                yield self._to_nobody(deadline)

    def _to_nobody(self, deadline: Any) -> Notification:
        """A stage of which nobody may hear is done with: else it would be found again at every sweep."""
        prison = next(row for row in self.taking_part[deadline.case_id] if row.capacity == Capacity.PRISON)
        common = {"created_at": self.at, "deliver_from": self.at, "delivered_at": self.at}
        return Notification(
            channel=Channel.NOBODY,
            event=deadline.event,
            stage=deadline.stage,
            kind=kind_of(deadline.stage),
            organisation=prison.party,
            **common,
        )

    def _parties(self, deadline: Any) -> list[CaseParty]:
        """Whom the stage concerns. When the party that must act takes no part, the PI hears, which has the regie (R130)."""
        may = [row for row in self.taking_part[deadline.case_id] if self._may_know(deadline, row)]
        concerned = [row for row in may if _concerns(deadline, row)]
        return concerned or [row for row in may if row.capacity == Capacity.PRISON]

    def _may_know(self, deadline: Any, row: CaseParty) -> bool:
        return self.hears is None or (deadline.pk, row.party_id) in self.hears

    def _to_party(self, deadline: Any, row: CaseParty) -> Iterator[Notification]:
        kind = kind_of(deadline.stage)
        common: dict[str, Any] = {
            "event": deadline.event,
            "stage": deadline.stage,
            "case": deadline.case,
            "organisation": row.party,
            "resource": f"{deadline.case.get_absolute_url()}termijnen/",
            "created_at": self.at,
            "deliver_from": self.at,
        }
        fed = kind.removesuffix(OF_UNIT)  # whom of its people it told is nothing for the software of a party
        yield Notification(channel=Channel.EVENT, kind=fed, delivered_at=self.at, **common)
        heard = [role for role in self.people[row.party_id] if may_hear(role, row, self.named)]
        if not heard:
            self.empty.add(row.party)
        yield from messages_to(
            _recipients(deadline.stage, row, heard, self.deputies), self.unwanted, common | {"kind": kind}
        )


def kind_of(stage: str) -> str:
    """What somebody is told at this stage; what is late he cannot switch off (:mod:`cases.notices`)."""
    if stage == ESCALATION:
        return "termijn-opschaling"
    late = "termijn-te-laat" if stage.startswith((LATE, HEADS_LATE)) else "termijn"
    return f"{late}{OF_UNIT}" if stage.startswith((HEADS_BEFORE, HEADS_LATE)) else late


def _people(organisations: Iterable[Any], at: datetime) -> People:
    people: People = defaultdict(list)
    roles = Role.objects.active_on(day_of(at)).filter(organisation__in=organisations, kind__in=CONTENT_ROLES)
    for role in roles.select_related("user"):
        people[role.organisation_id].append(role)
    return people


def _concerns(deadline: Any, row: CaseParty) -> bool:
    """Before its day, and when it stays late, a term concerns all who work with it; else the party that must act."""
    if not row.works_by_dates:
        return False
    if deadline.stage.startswith(BEFORE) or deadline.stage in (POSSIBLE, ESCALATION):
        rule = step_of(deadline.step, deadline.step_valid_from)
        return row.capacity in (deadline.capacity, *rule.capacities)
    same: bool = row.capacity == deadline.capacity
    return same


def _recipients(stage: str, row: CaseParty, roles: list[Role], deputies: Deputies) -> set[User]:
    """Of a stage for heads whoever leads; of an escalation everybody where nobody does, as at a gemeente (C4)."""
    everybody = {role.user for role in roles}
    if stage == ESCALATION or stage.startswith((HEADS_BEFORE, HEADS_LATE)):
        leading = {role.user for role in roles if role.kind in HEADS.get(row.party.kind, ())}
        return leading or (everybody if stage == ESCALATION else set())
    meant = looked_after_by(row, deputies)
    return {person for person in everybody if person.pk in meant} or everybody
