"""The page of one item, for the PI: what is asked, who is invited, what was decided."""

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_POST, require_safe

from cases.models import CaseParty
from meetings import actions, rules
from meetings.access import decisions_of, invitations_of, notes_of
from meetings.agenda import agenda_for, starts_of
from meetings.forms.agenda import DecisionForm, InviteForm, ItemForm, item_initial
from meetings.models import AgendaItem, Invitation, ItemKind, ItemNote
from meetings.parties import parties_of, who_may_be_invited
from meetings.refusals import MeetingRefusal
from meetings.views.conflict import Conflict, conflict_of
from meetings.views.door import Door, enter, enter_to_prepare
from parties.rules import require
from reintegratie.lib.versions import StaleVersion
from reintegratie.lib.workdays import AMSTERDAM, day_of


@require_safe
def item_detail(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    door = enter(request, pk, "agendapunt-inzien")
    row = door.item(item)
    require(rules.is_own(door.viewer, door.meeting))
    return item_page(door, row)


@require_POST
def change_item(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """Subject, minutes and proposal."""
    door = enter_to_prepare(request, pk, "agendapunt-wijzigen")
    row = door.item(item)
    form = ItemForm(request.POST)
    if not form.is_valid():
        return item_page(door, row, {"change_form": form})
    given = form.cleaned_data
    try:
        actions.change_item(
            item=row,
            kind=given["kind"],
            proposal=given["proposal"],
            minutes=given["minutes"],
            expected_version=given["version"],
            by=door.viewer,
            at=door.viewer.at,
        )
    except StaleVersion:
        note = _note(door, row)
        lines = ItemNote.history.visible_to(door.viewer).filter(id=note.pk)
        conflict = conflict_of(form, item_initial(row, note), lines)
        return item_page(door, row, {"change_form": form}, conflict=conflict)
    except MeetingRefusal as refusal:
        return _refused(door, row, form, refusal, "change_form")
    return door.back("Het agendapunt is opgeslagen.", f"punten/{row.pk}/")


@require_POST
def invite(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """A party of the case, or a netwerkpartner as guest."""
    door = enter_to_prepare(request, pk, "genodigde-toevoegen")
    row = door.item(item)
    form = InviteForm(request.POST, organisations=who_may_be_invited(row, door.viewer))
    if not form.is_valid():
        return item_page(door, row, {"invite_form": form})
    try:
        invitation = actions.invite(item=row, **form.cleaned_data, by=door.viewer, at=door.viewer.at)
    except MeetingRefusal as refusal:
        return _refused(door, row, form, refusal, "invite_form")
    return door.back(
        f"Uitgenodigd: {invitation.organisation.called}. Die krijgt bericht.", f"punten/{row.pk}/"
    )


@require_POST
def decide(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """A note until the meeting is closed."""
    door = enter_to_prepare(request, pk, "besluit-noteren")
    row = door.item(item)
    form = _decision_form(door, row, request.POST)
    if not form.is_valid():
        return item_page(door, row, {"decision_form": form})
    try:
        actions.record_decision(item=row, **form.decision(), by=door.viewer, at=door.viewer.at)
    except actions.DecisionEmpty as empty:
        form.add_error("text", str(empty))
        return item_page(door, row, {"decision_form": form})
    except MeetingRefusal as refusal:
        return _refused(door, row, form, refusal, "decision_form")
    return door.back("Het besluit is genoteerd.", f"punten/{row.pk}/#besluiten")


@require_POST
def drop_decision(request: HttpRequest, pk: UUID, item: UUID, decision: UUID) -> HttpResponse:
    door = enter_to_prepare(request, pk, "besluit-weghalen")
    row = door.item(item)
    found = decisions_of(door.viewer).filter(item=row, pk=decision).first()
    if found is None:
        raise Http404
    try:
        actions.drop_decision(decision=found, item=row, by=door.viewer, at=door.viewer.at)
    except MeetingRefusal as refusal:
        return door.refused(refusal)
    return door.back("Het besluit is weggehaald.", f"punten/{row.pk}/#besluiten")


@require_POST
def withdraw_invitation(request: HttpRequest, pk: UUID, item: UUID, invitation: UUID) -> HttpResponse:
    """The item no longer exists for that party from now on."""
    door = enter_to_prepare(request, pk, "uitnodiging-intrekken")
    row = door.item(item)
    found = invitations_of(door.viewer, [row]).select_related("case").filter(pk=invitation).first()
    if found is None:
        raise Http404
    try:
        actions.withdraw_invitation(invitation=found, by=door.viewer, at=door.viewer.at)
    except MeetingRefusal as refusal:
        return door.refused(refusal)
    return door.back(f"De uitnodiging van {found.organisation.called} is ingetrokken.", f"punten/{row.pk}/")


def item_page(
    door: Door,
    item: AgendaItem,
    sent: Mapping[str, forms.Form] | None = None,
    conflict: Conflict | None = None,
) -> HttpResponse:
    """The page; ``sent`` holds the form that was refused, by its name in the template."""
    note = _note(door, item)
    blocks = agenda_for(door.meeting, [door.viewer], door.viewer.at).blocks
    places = [one.pk for one in door.opened.items]
    here = places.index(item.pk)
    return door.show(
        "item",
        item=item,
        note=note,
        subject=ItemKind(note.kind).label,
        number=here + 1,
        total=len(places),
        previous_url=door.item_address(door.opened.items[here - 1]) if here else "",
        next_url=door.item_address(door.opened.items[here + 1]) if here + 1 < len(places) else "",
        url=door.item_address(item),
        hold_url=door.address(f"houden/#punt-{item.pk}"),
        standing=next(block for block in blocks if block.item_id == str(item.pk)),
        people=_who_is_who(door, item),
        invitations=_invitations(door, item),
        decisions=list(decisions_of(door.viewer).filter(item=item).select_related("assignee")),
        conflict=conflict,
        **{**(_forms(door, item, note) if door.may_prepare else {}), **(sent or {})},
    )


def _forms(door: Door, item: AgendaItem, note: ItemNote) -> dict[str, forms.Form]:
    """Fresh forms; none when nothing can be prepared any more."""
    starts = starts_of(door.meeting, door.opened.items)
    return {
        "change_form": ItemForm(initial=item_initial(item, note)),
        "invite_form": InviteForm(
            organisations=who_may_be_invited(item, door.viewer),
            initial={"expected_at": starts[item.pk].astimezone(AMSTERDAM).time()},
        ),
        "decision_form": _decision_form(door, item),
    }


def _decision_form(door: Door, item: AgendaItem, sent: QueryDict | None = None) -> DecisionForm:
    return DecisionForm(
        sent,
        organisations=parties_of(item, door.viewer),
        on=door.viewer.on,
        met_on=day_of(door.meeting.starts_at),
    )


def _who_is_who(door: Door, item: AgendaItem) -> list[CaseParty]:
    """Who takes part in the case, and who handles it there."""
    rows = CaseParty.objects.active(door.viewer.at).filter(case=item.case_id).with_people()
    return list(rows)


def _invitations(door: Door, item: AgendaItem) -> list[Invitation]:
    return list(invitations_of(door.viewer, [item]))


def _note(door: Door, item: AgendaItem) -> ItemNote:
    note = notes_of(door.viewer).filter(item=item).first()
    if note is None:
        raise Http404
    return note


def _refused(
    door: Door, item: AgendaItem, form: forms.Form, refusal: MeetingRefusal, name: str
) -> HttpResponse:
    form.add_error(None, str(refusal))
    return item_page(door, item, {name: form})
