"""What happened in a case, frame and content together, as far as this viewer may see it now?

Content history goes through ``visible_to`` line by line, judged by the grounds of now (architecture 3.3). It stands on
top, since a timeline shows the frame, consents, plans and meetings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cases.frame import Knowledge
from cases.models import Capacity, Case, LifeDomain
from cases.process import step_of
from cases.timeline import (
    Change,
    Event,
    Line,
    event_of,
    frame_events,
    in_order,
    newest_first,
    told_lines,
    verb_of,
)
from consent.timeline import consent_events
from consent.visibility import ContentRow, Sight, sight_of
from meetings.models import AgendaItem, Decision, ItemNote
from parties.viewer import Viewer
from plans.listed import open_lines
from plans.models import (
    Action,
    Address,
    ChildCheck,
    ContentTerm,
    Contribution,
    DomainRecord,
    Goal,
    InformationSheet,
    InstrumentResult,
    NetworkMember,
    Note,
    Plan,
    PlanReaction,
    PlanVersion,
)


@dataclass(frozen=True)
class Told:
    """Which fields of a content table a timeline tells, and which of them are organisations or people."""

    model: type[ContentRow]
    fields: tuple[str, ...]
    names: tuple[str, ...] = ()


TOLD = (
    Told(Note, ("kind", "text", "noted_on")),
    Told(NetworkMember, ("name", "relation", "phone", "is_victim", "no_contact", "family_approach")),
    Told(
        Address,
        ("purpose", "street", "number", "postcode", "place", "municipality", "since", "until", "secrecy"),
        ("municipality",),
    ),
    Told(DomainRecord, ("status", "support_answer", "support_request")),
    Told(Contribution, ("kind", "text", "since", "until")),
    Told(ContentTerm, ("due_on", "explanation", "status")),
    Told(InstrumentResult, ("kind", "outcome", "taken_on", "note")),
    Told(ChildCheck, ("answer", "is_urgent", "asked_on", "contacted_on", "contacted_who")),
    Told(InformationSheet, ("recipient", "number", "state", "contact"), ("recipient",)),
    Told(
        Plan,
        (
            "state",
            "lead",
            "care_part",
            "security_part",
            "reintegration_part",
            "discussed_on",
            "detainee_view",
            "detainee_note",
            "adopted_on",
            "adopted_number",
        ),
        ("lead",),
    ),
    Told(Goal, ("kind", "text", "state")),
    Told(Action, ("text", "assignee", "due_on", "state", "result"), ("assignee",)),
    Told(PlanVersion, ("number", "adopted_on")),
    Told(PlanReaction, ("answer", "note", "plan_version_number")),
    Told(AgendaItem, ("kind", "discussed")),
    Told(ItemNote, ("kind", "proposal", "detainee_present", "detainee_absence_reason")),
    Told(Decision, ("kind", "text")),
)
"""Every content table but the frozen parts of sheets and plan versions, whose heads are told."""


SUBJECTS = {
    "zaak": ("Zaak en betrokkenen", ("Case", "Detainee", "FacilityStay", "CaseParty")),
    "termijnen": ("Termijnen en taken", ("Deadline", "CaseTask", "ContentTerm")),
    "toestemming": ("Toestemming", ("Consent", "ThirdPartyConsent")),
    "screening": ("Screening", ("DomainRecord", "Contribution", "InstrumentResult", "ChildCheck")),
    "notities": ("Notities", ("Note",)),
    "netwerk": ("Netwerk en adressen", ("NetworkMember", "Address")),
    "informatiebladen": ("Informatiebladen", ("InformationSheet",)),
    "plan": ("Plan", ("Plan", "Goal", "Action", "PlanVersion", "PlanReaction")),
    "overleggen": ("Overleggen", ("AgendaItem", "ItemNote", "Decision")),
}
"""What one may ask of a timeline: a word, its label, and the tables it is about."""


def about(events: list[Event], subject: str) -> list[Event]:
    """The events about one subject; all of them when none was asked."""
    if subject not in SUBJECTS:
        return events
    tables = SUBJECTS[subject][1]
    return [event for event in events if event.table in tables]


def timeline_of(case: Case, viewer: Viewer, capacity: Capacity | None, knows: Knowledge) -> list[Event]:
    """Everything this viewer may see, newest first; one statement per table, however long the history is."""
    events = frame_events(case, viewer, capacity, knows)
    events += consent_events(case, viewer, capacity)
    for told in TOLD:
        events += _content_events(case, viewer, told)
    return newest_first(events)


def _content_events(case: Case, viewer: Viewer, told: Told) -> Iterator[Event]:
    history: Any = told.model.history  # type: ignore[attr-defined]  # every content table has one
    lines = in_order(history.visible_to(viewer).filter(case=case).select_related(*told.names))
    changed = {line.history_id: changes for line, changes in told_lines(lines, told.fields)}
    facts = _fact_changes(lines, sight_of(viewer, case)) if told.model is DomainRecord else {}
    for line in lines:
        changes = (*changed.get(line.history_id, ()), *facts.get(line.history_id, ()))
        if changes:
            yield event_of(line, _what(told, line), changes)


def _what(told: Told, line: Line) -> str:
    if told.model is ContentTerm:
        return f"{step_of(line.step, line.step_valid_from).label}: termijn {verb_of(line)}"
    name = str(told.model._meta.verbose_name)
    domain = f" {LifeDomain(line.domain).label.lower()}" if line.domain else ""
    return f"{name[:1].upper()}{name[1:]}{domain} {verb_of(line)}"


def _fact_changes(lines: list[Line], sight: Sight) -> dict[int, list[Change]]:
    """The structured facts of a domain, question by question, as far as the ground of now lets them through."""
    before: dict[object, dict[str, str]] = {}
    changed: dict[int, list[Change]] = {}
    for line in lines:
        now = {answer.label: answer.value for answer in open_lines(line, sight.ground_of(line.domain))}
        was = before.get(line.id, {})
        labels = [*now, *(label for label in was if label not in now)]
        changed[line.history_id] = [
            Change(label, was.get(label, ""), now.get(label, ""))
            for label in labels
            if was.get(label, "") != now.get(label, "")
        ]
        before[line.id] = now
    return changed
