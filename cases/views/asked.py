"""What was asked of the worklist in an address, and how do its filters read? For the page, the file and saved views."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

from cases import worklist
from cases.forms.worklist import WorklistFilter
from cases.frame import Part
from cases.models import CaseParty
from cases.views.paging import Turn, turn_of
from cases.worklist import Scope, State
from consent.knowledge import knowing, with_knowledge
from meetings.turns import Side, conditions, open_in, turn
from parties.viewer import Viewer
from reintegratie.lib.keyset import DayCursor, day_cursor

KEYS = tuple(WorklistFilter.base_fields)
"""The names of filters in an address."""
START = "weergave"
EVERYTHING = "/?weergave=alles"
"""The list without filters, also for who begins with a saved view."""


@dataclass(frozen=True)
class Asked:
    """What was asked of the list, after everything unknown was put aside."""

    scope: Scope
    state: State | None
    filters: dict[str, str]
    """The filters as they stand in an address; never a name or a number of a person."""
    turn: Turn[DayCursor]
    ignored: bool


def asked_in(request: HttpRequest, form: WorklistFilter, viewer: Viewer) -> Asked:
    """Read the address; what is unknown or damaged is left out and said so."""
    form.is_valid()
    known = form.cleaned_data
    turned = turn_of(request, day_cursor)
    absent = [key for key in KEYS if key not in form.fields and request.GET.get(key)]
    return Asked(
        scope=_scope(known, viewer),
        state=State(known["stand"]) if known.get("stand") else None,
        filters={key: str(known[key]) for key in KEYS if known.get(key)},
        turn=turned,
        ignored=turned.broken or bool(form.errors) or bool(absent),
    )


def _scope(known: Mapping[str, Any], viewer: Viewer) -> Scope:  # cleaned data of the form
    where = [turn(viewer, Side(known["beurt"]))] if known.get("beurt") else []
    if known.get("domein"):
        where.append(open_in(viewer, known["domein"]))
    return Scope(
        worker=known.get("behandelaar"),
        municipality=known.get("gemeente"),
        facility=known.get("inrichting"),
        unit=known.get("afdeling", ""),
        step=known.get("termijn", ""),
        weeks=known.get("ontslag") or 0,
        where=tuple(where),
        known={part: knowing(viewer, part) for part in (Part.IDENTITY, Part.DETENTION)},
    )


def rows_of(viewer: Viewer, asked: Asked) -> QuerySet[CaseParty]:
    """The rows of the list that was asked for, with everything that one line shows."""
    rows = with_knowledge(worklist.with_row(worklist.worklist_of(viewer, asked.scope), viewer), viewer)
    return rows.filter(conditions(viewer)[asked.state]) if asked.state else rows


def place_of(row: CaseParty) -> DayCursor:
    return DayCursor(row.next_deadline, row.key)


def address_of(filters: Mapping[str, str]) -> str:
    """The list with these filters; without any, the whole list also for who begins with a saved view."""
    return f"/?{urlencode(filters)}" if filters else EVERYTHING


@dataclass(frozen=True)
class Chip:
    """A filter that is on, with the address of the list without it. ``gone``: no row of this list has the value."""

    label: str
    url: str
    gone: bool = False


def chips_of(form: WorklistFilter, filters: Mapping[str, str]) -> list[Chip]:
    """A chip for every filter; the form has its lists by now."""
    return [_chip(form, key, filters) for key in filters]


def _chip(form: WorklistFilter, key: str, filters: Mapping[str, str]) -> Chip:
    field = WorklistFilter.base_fields[key]
    choices = dict(form.fields[key].widget.choices) if key in form.fields else {}
    value = choices.get(filters[key])
    rest = {other: text for other, text in filters.items() if other != key}
    label = f"{field.label}: {value or 'komt in uw zaken niet (meer) voor'}"
    return Chip(label, address_of(rest), gone=value is None)
