"""Who may see which text of the seeded world? Written from domain C3 by hand, without a word of consent/visibility.

Everything here is a table or a sentence about one table. Where a mark stands is read from the database itself, so a
copy in a place where nobody expects it is found as well.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from consent.visibility import ContentRow
from plans.models import SafetyReport, SafetyReportText
from tests.worlds.personas import Persona
from tests.worlds.seeded import SHARED, Seeded, marks_in

PARTIES = {
    "shared": {
        "pi": "inrichting",
        "zwolle": "herkomst",
        "kampen": "hervestiging",
        "probation": "reclassering",
        "partner": "netwerkpartner",
    },
    "deventer": {"pi": "inrichting", "deventer": "herkomst"},
    "elsewhere": {"other_pi": "inrichting", "zwolle": "herkomst"},
}
"""Who takes part in which case, and as what."""

AT_THE_TABLE = {"shared": {"zwolle", "probation"}}
"""Who was invited to the meeting that was held about a case, next to the PI."""

OPENED_BY_DOMAIN = {"DomainRecord", "Goal", "Action", "Contribution", "PlanVersionPart"}
"""What a yes for a domain opens, of whomever it is."""

ADDRESSED = {"Action": "assignee_id", "InformationSheet": "recipient_id"}
"""What a party sees because it is its own action or was sent to it (C3: own actions T; contract 4)."""

GEMEENTEN, KNOW_ALL = {"herkomst", "hervestiging"}, {"inrichting", "reclassering"}
OWN = {"CaseTask": "party_id", "Attendance": "organisation_id"}
"""What a party knows of itself: its tasks, and why its people were not there."""
FRAME_READERS = {
    "CaseTask": set(),
    "Detainee": {"inrichting", "herkomst", "hervestiging", "reclassering", "netwerkpartner"},
    "Case": KNOW_ALL,
    "CaseParty": KNOW_ALL,
    "Suspension": {"inrichting"},
    "Consent": {"inrichting"},
    "Attendance": {"inrichting"},
}
"""In which capacity the marked texts of the frame are known: a name; a title after release; an assignment; the note
beside a suspension; how a consent
was explained and why it was taken back; why somebody was not at a meeting."""

TOLD_BESIDE = {
    ("bij", "zwolle"): {"casemanager", "unit_head", "director", "bij_mandatary"},
    ("18b", "zwolle"): {"risk_officer", "bij_mandatary"},
    ("18b", "probation"): {"risk_officer", "probation_officer"},
}
"""Who reads which report, by its kind and recipient (C3, rows BIJ and 18b): people by their role, and no software."""


CLOSE = {*GEMEENTEN, *KNOW_ALL}
"""Who reads notes and secret addresses at all, if there is a ground (C3, column NP; C6.34)."""
PLAN_TABLES = {"Goal", "Action", "PlanVersionPart"}
PEOPLE = {"Note", "NetworkMember", "Address"}
"""Rows that shield themselves: they are judged as they stand now, their past as well."""


@dataclass(frozen=True)
class Place:
    """A row in which a mark stands. ``row`` are its own columns."""

    table: str
    column: str
    case: str
    row: dict[str, Any] = field(compare=False, hash=False)
    past: bool = field(default=False, compare=False, hash=False)
    """Whether it stands in the history of the row only."""

    def __str__(self) -> str:
        return f"{self.table}.{self.column} ({self.row.get('domain') or '-'}) of {self.case}"


@dataclass
class Oracle:
    """Where every mark stands, and for whom that may be read. ``shared``: the yeses that hold at this moment."""

    seeded: Seeded
    places: dict[str, set[Place]] = field(default_factory=lambda: defaultdict(set))
    shared: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict(SHARED))
    now: dict[Any, dict[str, Any]] = field(default_factory=dict)
    """Rows that shield themselves, as they stand."""
    asked: set[tuple[Any, str]] = field(default_factory=set)
    """Who of the network said yes himself, and to which party."""

    def may_read(self, persona: Persona, mark: str) -> bool:
        return any(self.opens(persona, place) for place in self.places[mark])

    def readable(self, persona: Persona) -> set[str]:
        return {mark for mark in self.places if self.may_read(persona, mark)}

    def opens(self, persona: Persona, place: Place) -> bool:
        if place.table == "SafetyReportText":
            return persona.name in TOLD_BESIDE[place.row["kind"], place.row["recipient"]]
        capacity = PARTIES[place.case].get(persona.party)
        if capacity is None or not persona.works:
            return False
        if place.table in OWN and self._party(place.row[OWN[place.table]]) == persona.party:
            return True
        if place.table == "Detainee" and capacity == "netwerkpartner":
            return place.case == "shared" and bool(self.shared.get(persona.party))  # C3: C minimum
        if place.table in FRAME_READERS:
            return capacity in FRAME_READERS[place.table]
        return capacity == "inrichting" or self._content_opens(persona.party, capacity, place)

    def _content_opens(self, party: str, capacity: str, place: Place) -> bool:
        """For a party that does not keep the file."""
        row, table = place.row, place.table
        yes = place.case == "shared" and row["domain"] in self.shared.get(party, ())
        named = row[ADDRESSED[table]] if table in ADDRESSED else row["owner_id"]
        if party in (self._party(row["owner_id"]), self._party(named)):
            return True
        if table == "ChildCheck":
            return capacity in GEMEENTEN and row["answer"] == "ja"
        if table in PEOPLE:
            return self._of_people(party, capacity, place)
        if table == "SheetPart":
            return yes and self._party(row["recipient_id"]) == party
        if table == "Decision":
            return yes and party in AT_THE_TABLE[place.case]
        of_plan = capacity == "netwerkpartner" and table in PLAN_TABLES  # C3: own action only
        return table in OPENED_BY_DOMAIN and yes and not of_plan

    def _of_people(self, party: str, capacity: str, place: Place) -> bool:
        """Behaviour of a domain by consent; a condition for housing as the reclassering words it; K; C6.34."""
        row = self.now[place.row["id"]]
        yes = place.case == "shared" and row["domain"] in self.shared.get(party, ())
        if place.table == "Address":
            return yes and (capacity in CLOSE or not row["secrecy"])
        if place.table == "NetworkMember":
            return yes and (row["id"], party) in self.asked and not row["is_victim"]
        worded_by = self._party(row["owner_id"])
        condition = row["kind"] == "voorwaarde" and worded_by == "probation" and capacity in GEMEENTEN
        victim = row["kind"] == "slachtoffer" and capacity == "reclassering"  # on a title (C3: RC T)
        return capacity in CLOSE and (condition or victim or (row["kind"] == "gedrag" and yes))

    def _party(self, pk: object) -> str:
        return next((name for name, party in vars(self.seeded.world).items() if party.pk == pk), "")


def oracle_of(seeded: Seeded) -> Oracle:
    """Look up where every mark stands, in the tables of today and in their history."""
    oracle = Oracle(seeded)
    for name in PEOPLE:
        oracle.now |= {row["id"]: row for row in _rows(apps.get_model("plans", name))}
    said = apps.get_model("consent", "ThirdPartyConsent").objects.filter(answer="gegeven")
    oracle.asked = {(row.subject, oracle._party(row.recipient_id)) for row in said}
    for model in _marked_models():
        for past, rows in enumerate((_rows(model), _history(model))):
            for row in rows:
                _note(oracle, model, row, past=bool(past))
    return oracle


def strays() -> dict[str, list[str]]:
    """Marks in tables where no mark belongs: messages, ledgers, sessions, the feed."""
    known = {
        kept.model._meta.db_table
        for model in _marked_models()
        for kept in (model._default_manager, getattr(model, "history", model._default_manager))
    }
    found = {}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - known:
            cursor.execute(f'SELECT row::text FROM "{table}" row WHERE row::text LIKE %s', ["%KAN%RIE%"])
            if marked := [text for (text,) in cursor.fetchall() if marks_in(text)]:
                found[table] = marked
    return found


def content_tables() -> list[type[Model]]:
    return [model for model in apps.get_models() if issubclass(model, ContentRow)]


def _marked_models() -> list[type[Model]]:
    frame = {"CaseTask": "cases", "Detainee": "cases", "Case": "cases", "CaseParty": "cases"}
    frame |= {"Suspension": "cases"}
    frame |= {"Consent": "consent", "Attendance": "meetings", "SafetyReportText": "plans"}
    return [*content_tables(), *(apps.get_model(app, name) for name, app in frame.items())]


def _rows(model: type[Model]) -> Iterator[dict[str, Any]]:
    rows: Any = model._default_manager
    return rows.unrestricted(reason="where marks stand").values() if _guarded(model) else rows.values()


def _history(model: type[Model]) -> Iterator[dict[str, Any]]:
    lines: Any = getattr(model, "history", None)
    if lines is None:
        return iter(())
    return lines.unrestricted(reason="where marks stand").values() if _guarded(model) else lines.values()


def _guarded(model: type[Model]) -> bool:
    return issubclass(model, ContentRow | SafetyReportText)


def _note(oracle: Oracle, model: type[Model], row: dict[str, Any], *, past: bool) -> None:
    row, told = _as_told(oracle, model, row)
    for column, value in row.items():
        for mark in marks_in(json.dumps(value, default=str)):
            place = Place(model.__name__, column + told, _case_of(oracle.seeded, model, row), row, past)
            oracle.places[mark].add(place)


def _as_told(oracle: Oracle, model: type[Model], row: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """A text of a report with what its head says: it holds the same name as other reports, for other readers."""
    if model is not SafetyReportText:
        return row, ""
    head = SafetyReport.objects.unrestricted(reason="where marks stand").get(pk=row["report_id"])
    to = {"kind": head.kind, "recipient": oracle._party(head.recipient_id), "case_id": head.case_id}
    return {**row, **to}, f" ({to['kind']} to {to['recipient']})"


def _case_of(seeded: Seeded, model: type[Model], row: dict[str, Any]) -> str:
    names = {"shared": seeded.shared, "deventer": seeded.deventer, "elsewhere": seeded.elsewhere}
    if model.__name__ == "Attendance":
        return "shared"
    wanted = {"Detainee": "detainee_id", "Case": "pk"}.get(model.__name__)
    pk = row["id"] if wanted else row["case_id"]
    return next(name for name, case in names.items() if getattr(case, wanted or "pk") == pk)
