"""'Bekijk als': what does another party of this case see now? Through its eyes, and only for reading."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cases import rules as case_rules
from cases.frame import frame_of
from cases.models import Capacity, Case
from consent import rules
from consent.knowledge import knowledge_among, with_knowledge
from consent.page import header_of
from consent.reading_log import labels
from consent.views.door import CONSENT_PAGE, Door, enter, recipient_in
from consent.visibility import ContentRow, RowKind, sight_of
from meetings.access import decisions_of, items_of
from meetings.lines import decision_line
from parties import ledger
from parties.models import Organisation
from parties.rules import require
from parties.viewer import Viewer
from plans.notes import notes_of
from plans.overview import reactions_to, read_plan
from plans.people import addresses_of, members_of
from plans.querysets import domain_cards
from plans.readers import reader_for
from plans.screening import child_check_of
from plans.sheets import parts_of_sheets, sheets_of

Row = TypeVar("Row", bound=ContentRow)


@require_safe
def view_as(request: HttpRequest, pk: UUID, organisation: UUID) -> HttpResponse:
    """Read with the reader's own rights at this moment, by the same reads that its pages use."""
    door = enter(request, pk, CONSENT_PAGE, "bekijken-als-openen")
    require(rules.may_see_matrix(door.viewer, door.capacity))
    party = recipient_in(door, organisation)
    eyes = reader_for(party, door.viewer.at)
    page = _page(door.case, eyes, door.viewer)
    _write(door, party, page["domains"])
    return door.show("view_as", party=party, back_url=door.address("toestemming/"), **page)


def _page(case: Case, eyes: Viewer, viewer: Viewer) -> dict[str, Any]:  # the template's context
    """A room of two: what that party sees, as far as the one who looks may see it too (architecture 3)."""
    parties = list(with_knowledge(case.parties.active(eyes.at).with_people(), eyes))
    knows = knowledge_among(parties, eyes)
    capacity = next((Capacity(row.capacity) for row in parties if row.party_id == eyes.organisation.pk), None)
    sight = sight_of(eyes, case, RowKind.GOAL)
    reading = read_plan(case, eyes, sight)
    cards = [replace(card, url="", link="", aside_url="") for card in domain_cards(case, eyes)]
    screens = case_rules.may_open_page(eyes, capacity, "screening")
    sheets, decisions = _sheets(case, eyes), list(decisions_of(eyes, viewer).filter(case=case))
    notes, members, addresses = (
        _shared(read(case, eyes), viewer) for read in (notes_of, members_of, addresses_of)
    )
    shown = [*notes, *members, *addresses, *decisions]
    return {
        "header": header_of(frame_of(case, eyes, knows, parties), eyes.on),
        "people": [row for row in parties if case_rules.knows_party(eyes, knows, row)],
        "cards": cards if screens else [card for card in cards if card.open],
        "sections": [section for section in reading.sections if section.open],
        "own": [entry for entry in reading.own if not sight.opens(entry.action.domain)],
        "reactions": reactions_to(case, eyes),
        "child_check": child_check_of(case, eyes),
        "sheets": sheets,
        "items": list(
            items_of(eyes).filter(case=case).select_related("meeting").order_by("-meeting__starts_at")
        ),
        "notes": notes,
        "members": members,
        "addresses": addresses,
        "decisions": [decision_line(row) for row in decisions],
        "domains": {card.domain for card in cards if card.open}
        | reading.domains
        | {row.domain for row in shown}
        | {domain for line in sheets for domain in line["codes"]},
    }


def _shared(rows: Sequence[Row], viewer: Viewer) -> list[Row]:
    """Those of these rows that the one who looks may read himself."""
    if not rows:
        return []
    known = type(rows[0]).objects.visible_to(viewer).filter(pk__in=[row.pk for row in rows])
    seen = set(known.values_list("pk", flat=True))
    return [row for row in rows if row.pk in seen]


def _sheets(case: Case, eyes: Viewer) -> list[dict[str, Any]]:  # lines of the template
    sheets = sheets_of(case, eyes)
    parts = parts_of_sheets(sheets, eyes)
    return [
        {"sheet": sheet, "domains": labels(codes), "codes": codes}
        for sheet in sheets
        for codes in [[part.domain for part in parts.get(sheet.pk, [])]]
    ]


def _write(door: Door, party: Organisation, domains: set[str]) -> None:
    """Who looked through whose eyes stands in both ledgers."""
    subject = ledger.Subject(
        door.case.detainee_id, door.case.pk, domains=tuple(sorted(filter(None, domains)))
    )
    ledger.record(
        door.viewer,
        "bekijken-als",
        subjects=[subject],
        object_kind="partij",
        object_id=party.pk,
        detail=f"partij:{party.pk}",
    )
