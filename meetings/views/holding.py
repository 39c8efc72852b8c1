"""Closing a meeting: one page, top to bottom, by keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.forms import BaseFormSet, Form, formset_factory
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from meetings import actions, rules
from meetings.access import decisions_of, invitations_of
from meetings.forms.holding import (
    DiscussionForm,
    HoldForm,
    PresenceForm,
    expected_people,
    hold_initial,
    noted_people,
)
from meetings.models import AgendaItem, Attendance, Decision, Invitation
from meetings.refusals import MeetingRefusal
from meetings.views.door import Door, enter
from parties.models import Organisation
from parties.rules import require
from reintegratie.lib.versions import StaleVersion

FORM_METHODS = ["GET", "HEAD", "POST"]
MOST_PEOPLE = 200
NOT_ARRIVED = {
    "missing_management_form": "De lijst met personen kwam niet goed aan. Vul hem opnieuw in.",
    "too_many_forms": f"Vul hoogstens {MOST_PEOPLE} personen in.",
}
KEEP_PEOPLE = "aanwezigheid"
OTHER_FIRST = (
    "Iemand anders heeft de agenda of het overleg intussen gewijzigd. Wat u invulde staat er nog; "
    "kijk of de agenda klopt en sluit opnieuw af."
)


@dataclass(frozen=True)
class Line:
    """One item on the closing page."""

    item: AgendaItem
    url: str
    decisions: list[Decision]
    form: DiscussionForm


@dataclass(frozen=True)
class Closing:
    """The forms of the page."""

    form: HoldForm
    people: "BaseFormSet[PresenceForm]"
    lines: list[Line]

    def is_valid(self) -> bool:
        """Every form is checked, so that all errors show at once."""
        rows = [self.people.is_valid(), *(line.form.is_valid() for line in self.lines)]
        return self.form.is_valid() and all(rows)

    def errors_below(self) -> list[tuple[str, str]]:
        """What is wrong with a person or an item, each with the field to go to."""
        named: list[tuple[str, Form]] = [
            (f"Persoon {place}", form) for place, form in enumerate(self.people.forms, start=1)
        ]
        named += [(f"Zaak {line.item.case.number}", line.form) for line in self.lines]
        return [
            (field.id_for_label, f"{name}: {error}")
            for name, form in named
            for field in form
            for error in (field.errors if form.is_bound else ())
        ]


@require_http_methods(FORM_METHODS)
def hold_meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who was there, what was discussed; then the decisions work (R131, D8)."""
    door = enter(request, pk, "overleg-afsluiten")
    require(rules.may_hold(door.viewer, door.meeting))
    closing = _closing(door)
    if request.method == "POST" and request.POST.get("stap") == KEEP_PEOPLE:
        return _keep_people(door, closing)
    if request.method == "POST" and closing.is_valid():
        try:
            _hold(door, closing)
        except StaleVersion as stale:
            closing.form.data = {**request.POST.dict(), "version": str(stale.current.version)}  # type: ignore[attr-defined]  # a meeting
            closing.form.add_error(None, OTHER_FIRST)
        except actions.HeldLongBefore as refusal:
            closing.form.add_error("day", str(refusal))
        except MeetingRefusal as refusal:
            closing.form.add_error(None, str(refusal))
        else:
            return door.back("Het overleg is afgesloten. Acties staan nu bij de partijen op de werkvoorraad.")
    return _show(door, closing)


def _show(door: Door, closing: Closing) -> HttpResponse:
    return door.show(
        "hold",
        form=closing.form,
        people=closing.people,
        lines=closing.lines,
        errors_below=closing.errors_below(),
    )


def _keep_people(door: Door, closing: Closing) -> HttpResponse:
    """Who was there is kept while the decisions are still being noted; nothing is closed, and what else was typed stays."""
    if not closing.people.is_valid():
        return _show(door, closing)
    try:
        actions.record_people(
            meeting=door.meeting, people=_presences(closing), by=door.viewer, at=door.viewer.at
        )
    except MeetingRefusal as refusal:
        return door.refused(refusal)
    messages.success(door.request, "De aanwezigheid is bewaard. Het overleg is nog niet afgesloten.")
    return _show(door, _closing(door, typed=door.request.POST))


def _presences(closing: Closing) -> list[actions.Presence]:
    return [presence for one in closing.people.forms if (presence := one.presence())]


def _hold(door: Door, closing: Closing) -> None:
    found = {line.item.pk: line.form.discussion() for line in closing.lines}
    actions.hold_meeting(
        meeting=door.meeting,
        held_at=closing.form.held_at,
        discussed={pk: discussion for pk, discussion in found.items() if discussion},
        people=_presences(closing),
        expected_version=closing.form.cleaned_data["version"],
        by=door.viewer,
        at=door.viewer.at,
    )


def _closing(door: Door, typed: QueryDict | None = None) -> Closing:
    """The forms as they were sent, or fresh ones; ``typed`` fills fresh ones with what stood there."""
    data = door.request.POST if door.request.method == "POST" and typed is None else None
    invitations = list(invitations_of(door.viewer, door.opened.items))
    initial = {**hold_initial(door.meeting), **_typed(typed, "", HoldForm)}
    return Closing(
        form=HoldForm(data, viewer=door.viewer, initial=initial),
        people=_people(door, invitations, data),
        lines=_lines(door, data, typed),
    )


def _typed(sent: QueryDict | None, prefix: str, form: type[Form]) -> dict[str, str]:
    """What stood in the fields of one form."""
    return {name: sent.get(f"{prefix}{name}", "") for name in form.base_fields} if sent else {}


def _people(door: Door, invitations: Sequence[Invitation], data: object) -> "BaseFormSet[PresenceForm]":
    noted = list(Attendance.objects.filter(meeting=door.meeting).order_by("organisation__name", "person"))
    lines = noted_people(noted, invitations) if noted else expected_people(door.meeting, invitations)
    pks = {door.meeting.organisation_id, *(one.organisation_id for one in invitations)}
    pks |= {one.organisation_id for one in noted}
    organisations = Organisation.objects.filter(pk__in=pks).order_by("name")
    made = formset_factory(PresenceForm, extra=0, max_num=MOST_PEOPLE, validate_max=True)
    return made(
        data,  # type: ignore[arg-type]  # the posted form
        initial=lines,
        prefix="personen",
        error_messages=NOT_ARRIVED,
        form_kwargs={"organisations": organisations},
    )


def _lines(door: Door, data: QueryDict | None, typed: QueryDict | None) -> list[Line]:
    decisions: dict[UUID, list[Decision]] = {}
    pks = [item.pk for item in door.opened.items]
    for decision in decisions_of(door.viewer).filter(item__in=pks).select_related("assignee"):
        decisions.setdefault(decision.item_id, []).append(decision)
    return [
        Line(
            item=item,
            url=door.item_address(item),
            decisions=decisions.get(item.pk, []),
            form=DiscussionForm(
                data,
                prefix=str(item.pk),
                initial={
                    "discussed": bool(decisions.get(item.pk)),
                    **_typed(typed, f"{item.pk}-", DiscussionForm),
                },
                decided=bool(decisions.get(item.pk)),
            ),
        )
        for item in door.opened.items
    ]
