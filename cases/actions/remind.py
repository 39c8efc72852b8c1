"""Write the reminders that are due, a batch at a time, each with the cause that makes it unique (users.md 3.12)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from cases.actions.deadlines import equated_days
from cases.actions.notify import wake_on_commit
from cases.deputies import Deputies, deputies_of, looked_after_by
from cases.insiders import may_hear, named_in
from cases.models import CaseParty, Channel, Deadline, Notification
from cases.process import step_of
from cases.reminders import BEFORE, ESCALATION, FRAME, POSSIBLE, Source, due_escalations, due_reminders
from parties.models import Role, RoleKind, User
from parties.viewer import CONTENT_ROLES
from reintegratie.lib.workdays import day_of

BATCH = 500
HEADS = {"pi": {RoleKind.UNIT_HEAD}}
"""Who is told of a term that stays late: in a PI the afdelingshoofd, elsewhere everybody who works with cases."""

People = dict[Any, list[Role]]  # organisation id -> roles of today


def remind(*, at: datetime, source: Source = FRAME) -> int:
    """Write every reminder and escalation of this source that is due at this moment; returns for how many terms.

    Safe to run twice, at the same time or again: a message exists once per event, recipient, stage and channel.
    """
    equated = equated_days()
    due = (due_reminders(at, equated, source), due_escalations(at, equated, source))
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
        Notification.objects.bulk_create(_messages(deadlines, at, source), ignore_conflicts=True)
        wake_on_commit()
    return deadlines


def _messages(deadlines: list[Any], at: datetime, source: Source) -> Iterator[Notification]:
    taking_part: dict[Any, list[CaseParty]] = defaultdict(list)
    rows = CaseParty.objects.active(at).filter(case__in=[deadline.case_id for deadline in deadlines])
    for row in rows.select_related("party"):
        taking_part[row.case_id].append(row)
    every = [row for rows in taking_part.values() for row in rows]
    hears = source.hears(deadlines, every, at) if source.hears else None
    people = _people({row.party_id for row in every}, at)
    named = named_in(every, at)
    deputies = deputies_of(people.keys(), day_of(at))
    for deadline in deadlines:
        for row in taking_part[deadline.case_id]:
            if _concerns(deadline, row) and (hears is None or (deadline.pk, row.party_id) in hears):
                heard = [role for role in people[row.party_id] if may_hear(role, row, named)]
                yield from _to_party(deadline, row, heard, deputies, at)


def _people(organisations: Iterable[Any], at: datetime) -> People:
    people: People = defaultdict(list)
    roles = Role.objects.active_on(day_of(at)).filter(organisation__in=organisations, kind__in=CONTENT_ROLES)
    for role in roles.select_related("user"):
        people[role.organisation_id].append(role)
    return people


def _concerns(deadline: Deadline, row: CaseParty) -> bool:
    """Before its day a term concerns all who work with it; on the day and later the party that must act."""
    stage: str = deadline.stage  # type: ignore[attr-defined]  # annotated by cases.reminders
    if not row.works_by_dates:
        return False
    rule = step_of(deadline.step, deadline.step_valid_from)
    if stage.startswith(BEFORE) or stage == POSSIBLE:
        return row.capacity in rule.capacities
    return row.capacity == deadline.capacity


def _to_party(
    deadline: Deadline, row: CaseParty, roles: list[Role], deputies: Deputies, at: datetime
) -> Iterator[Notification]:
    stage: str = deadline.stage  # type: ignore[attr-defined]  # annotated by cases.reminders
    event: str = deadline.event  # type: ignore[attr-defined]  # annotated by cases.reminders
    common: dict[str, Any] = {
        "event": event,
        "stage": stage,
        "kind": "termijn-opschaling" if stage == ESCALATION else "termijn",
        "case": deadline.case,
        "organisation": row.party,
        "resource": f"{deadline.case.get_absolute_url()}termijnen/",
        "created_at": at,
        "deliver_from": at,
    }
    yield Notification(channel=Channel.EVENT, delivered_at=at, **common)
    for person in _recipients(row, roles, deputies, escalate=stage == ESCALATION):
        yield Notification(channel=Channel.IN_APP, recipient=person, delivered_at=at, **common)
        yield Notification(channel=Channel.MAIL, recipient=person, **common)


def _recipients(row: CaseParty, roles: list[Role], deputies: Deputies, *, escalate: bool) -> set[User]:
    everybody = {role.user for role in roles}
    if escalate:
        return {role.user for role in roles if role.kind in HEADS.get(row.party.kind, ())} or everybody
    meant = looked_after_by(row, deputies)
    return {person for person in everybody if person.pk in meant} or everybody
