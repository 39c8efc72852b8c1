"""`manage.py access_table`: the policy as JSON (contract 1).

``regels`` holds objects with:
``categorie`` (part of the frame, page, kind of content), ``leefgebied`` (empty: any, or none), ``partij`` (kind of
organisation), ``hoedanigheid`` (how it takes part), ``rol``, ``grondslag`` and ``bron``, ``lezen``, ``schrijven``, and
``alleenEigenExemplaar`` (on this ground only what was made for this party, or what it was invited to), and
``voorwaarde`` (when this row of law holds: on a title, relied on in the case itself, one organisation, one role).

What is not named may not be read or written. The rows follow from the code: capacities and permissions of
``cases.access``, the pure rules that pages and API ask, the content models, and the statutory grounds in force now.
Writing is said for a detention that goes on; what a released or closed case may still change stands in ``cases.ending``.
"""

import json
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cases.models import Capacity, Phase
from consent.models import RowKind
from consent.policy import PolicyRow, Seat, Writing, policy
from meetings import rules as meeting_rules
from plans import rules as plan_rules
from plans.models import Action, NoteKind


def screens(seat: Seat) -> bool:
    return plan_rules.may_screen(seat.viewer, manages=seat.manages, phase=Phase.ADMITTED)


def sends(seat: Seat) -> bool:
    return plan_rules.may_send_sheet(seat.viewer, manages=seat.manages, phase=Phase.ADMITTED)


def plans(seat: Seat) -> bool:
    return plan_rules.may_edit_plan(seat.viewer, manages=seat.manages, phase=Phase.ADMITTED)


def contributes(seat: Seat) -> bool:
    return plan_rules.may_contribute(seat.viewer, contributes=seat.contributes, phase=Phase.ADMITTED)


def notes(kind: NoteKind) -> Callable[[Seat], bool]:
    def writes(seat: Seat) -> bool:
        kinds = plan_rules.note_kinds(
            seat.viewer, manages=seat.manages, contributes=seat.contributes, phase=Phase.ADMITTED
        )
        return kind in kinds

    return writes


def keeps_network(seat: Seat) -> bool:
    return plan_rules.may_keep_network(seat.viewer, manages=seat.manages, phase=Phase.ADMITTED)


def closes_own_action(seat: Seat) -> bool:
    own = Action(assignee_id=seat.viewer.organisation.pk)
    return plan_rules.may_close_action(seat.viewer, own, manages=seat.manages)


def prepares_meetings(seat: Seat) -> bool:
    return meeting_rules.may_plan_meeting(seat.viewer)


FOLLOWS_OWN_PART = frozenset({Capacity.PARTNER, Capacity.GUEST})

WRITING = {
    RowKind.DOMAIN_RECORD: Writing(screens),
    RowKind.INSTRUMENT: Writing(screens),
    RowKind.CHILD_CHECK: Writing(screens),
    RowKind.CONTRIBUTION: Writing(contributes),
    RowKind.SHEET: Writing(sends),
    RowKind.PLAN: Writing(plans),
    RowKind.GOAL: Writing(plans),
    RowKind.ACTION: Writing(plans, addressed=closes_own_action),
    RowKind.AGENDA_ITEM: Writing(prepares_meetings),
    RowKind.DECISION: Writing(prepares_meetings),
    RowKind.NETWORK_MEMBER: Writing(keeps_network),
    RowKind.ADDRESS: Writing(keeps_network),
    RowKind.BEHAVIOUR: Writing(notes(NoteKind.BEHAVIOUR), not_by_consent=FOLLOWS_OWN_PART),
    RowKind.OFFENCE: Writing(notes(NoteKind.OFFENCE), not_by_consent=frozenset(Capacity)),
    RowKind.VICTIM: Writing(notes(NoteKind.VICTIM), not_by_consent=frozenset(Capacity)),
    RowKind.CONDITION: Writing(notes(NoteKind.CONDITION), not_by_consent=frozenset(Capacity)),
    RowKind.INTERNAL_NOTE: Writing(notes(NoteKind.INTERNAL), not_by_consent=frozenset(Capacity)),
}
"""The rule that the forms of each kind of content ask."""


class Command(BaseCommand):
    help = "Drukt het beleid af als JSON: gegeven, soort partij, rol en grondslag, met lezen en schrijven."

    def handle(self, *args: Any, **options: Any) -> None:  # Django's own signature
        at = timezone.now()
        rows = [_plain(row) for row in policy(at, WRITING)]
        table = {"peildatum": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "regels": rows}
        self.stdout.write(json.dumps(table, ensure_ascii=False, indent=2))


def _plain(row: PolicyRow) -> dict[str, object]:
    return {
        "categorie": row.category,
        "leefgebied": row.domain,
        "partij": row.kind,
        "hoedanigheid": row.capacity,
        "rol": row.role,
        "grondslag": row.ground,
        "bron": row.source,
        "lezen": row.reads,
        "schrijven": row.writes,
        "alleenEigenExemplaar": row.limited,
        "voorwaarde": row.condition,
    }
