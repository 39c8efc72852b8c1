"""Detention messages that wait for a person: why, and what he decides."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases import actions, rules
from cases.forms import SettleForm
from cases.messages import facts_of
from cases.models import Detainee, DetentionMessage
from parties import ledger
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from reintegratie.lib.dutch import moment_text

SHOWN = 100
URL = "/meldingen/"


@require_safe
def detention_messages(request: HttpRequest) -> HttpResponse:
    """Parked messages to act on and refused ones to know of; beheer sees those without a known inrichting."""
    viewer = viewer_of(request, at=timezone.now())
    lost = rules.may_open_lost_messages(viewer)
    require(lost or rules.may_open_messages(viewer))
    parked = [] if lost else list(_parked(viewer)[:SHOWN])
    rows = DetentionMessage.objects.refused()
    refused = list((rows.without_facility() if lost else rows.addressed_to(viewer))[:SHOWN])
    subjects = [] if lost else _subjects([*parked, *refused])
    ledger.record(viewer, "detentiemeldingen-inzien", subjects=subjects, object_kind="lijst")
    context = {
        "parked": [_item(row, with_person=True) for row in parked],
        "refused": [_item(row, with_person=not lost) for row in refused],
        "lost": lost,
        "may_settle": rules.may_settle_messages(viewer),
    }
    return TemplateResponse(request, "cases/messages.html", context)


@require_POST
def retry(request: HttpRequest, key: UUID) -> HttpResponse:
    """Judge it again, for instance after the gemeente or the episode before it became known."""
    viewer, message = _open(request, key)
    outcome = actions.retry_message(message=message, by=viewer, at=viewer.at)
    if outcome.result in (actions.Result.ACCEPTED, actions.Result.KNOWN):
        messages.success(request, "De melding is verwerkt.")
    else:
        messages.warning(request, f"De melding blijft staan: {outcome.reason}")
    return redirect(URL)


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, key: UUID) -> HttpResponse:
    """Dealt with outside the system; what was done is written down."""
    viewer, message = _open(request, key)
    form = SettleForm(request.POST or None)
    if form.is_valid():
        actions.settle_message(message=message, note=form.cleaned_data["note"], by=viewer, at=viewer.at)
        messages.success(request, "De melding is afgehandeld.")
        return redirect(URL)
    ledger.record(
        viewer, "detentiemelding-inzien", subjects=_subjects([message]), object_id=message.message_id
    )
    context = {"form": form, "message": _item(message, with_person=True)}
    return TemplateResponse(request, "cases/message_settle.html", context)


def _open(request: HttpRequest, key: UUID) -> tuple[Viewer, DetentionMessage]:
    """Only a message that waits for one's own PI is there at all."""
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_settle_messages(viewer))
    message = _parked(viewer).filter(key=key).first()
    if message is None:
        raise Http404
    return viewer, message


def _parked(viewer: Viewer) -> QuerySet[DetentionMessage]:
    return DetentionMessage.objects.waiting_for(viewer)


def _subjects(rows: Sequence[DetentionMessage]) -> list[ledger.Subject]:
    """The persons that are known; of an unknown one there is no file yet to write in."""
    known = Detainee.objects.filter(chain_number__in={row.chain_number for row in rows if row.chain_number})
    return [ledger.Subject(subject_id=pk) for pk in known.values_list("pk", flat=True)]


def _item(row: DetentionMessage, *, with_person: bool) -> dict[str, Any]:  # the template's context
    facts = facts_of(row.body)[0] if with_person else None
    person = facts.person if facts else None
    name = (
        Detainee(first_names=person.first_names, prefix=person.prefix, surname=person.surname).full_name
        if person
        else ""
    )
    return {
        "key": row.key,
        "kind": row.kind.replace("-", " ").capitalize(),
        "received": moment_text(row.received_at),
        "effective": moment_text(row.effective_at) if row.effective_at else "onbekend",
        "number": row.detention_number if with_person else "",
        "name": name,
        "reason": row.reason,
        "case_url": row.case.get_absolute_url() if with_person and row.case else "",
    }
