"""Declarations and overviews as PDF: made for one reader, decided now, and written in the ledgers as a print."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from cases.models import LifeDomain
from consent.declarations import paper_behind
from consent.matrix import consents_of
from consent.models import Answer
from consent.own_channel import CHANNEL_KINDS
from consent.printing import blank_declaration, overview_pdf, recorded_declaration, withdrawal_pdf
from consent.reading_log import folded, given, log_lines
from consent.texts import ORDINARY, forms_of, version_on
from consent.views.door import LOG_PAGE, Door, enter, enter_to_record, recipient_in
from consent.views.reading_log import chosen, log_filter
from parties import ledger
from parties.models import Organisation

MOST_LINES = 1000


@require_safe
def declaration(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`?ontvanger=` gives a blank one to sign; `?toestemming=` the paper behind a recorded decision, as it was."""
    door = enter_to_record(request, pk, "toestemmingsverklaring-openen")
    if consent := _key(request, "toestemming"):
        return _recorded(door, consent)
    if organisation := _key(request, "ontvanger"):
        return _blank(door, recipient_in(door, organisation))
    messages.error(request, "Kies eerst voor welke ontvanger de verklaring is.")
    return redirect(door.address("toestemming/"))


def _blank(door: Door, recipient: Organisation) -> HttpResponse:
    """In the language and kind that was asked for with `formulier=`; the ordinary Dutch one without it."""
    papers = {form.key: form for form in forms_of(version_on(door.viewer.on))}
    form = papers.get(door.request.GET.get("formulier", ORDINARY.key))
    if form is None:
        messages.error(door.request, "Dit formulier bestaat niet (meer). Kies een ander formulier.")
        return redirect(door.address(f"toestemming/ontvanger/{recipient.pk}/vastleggen/"))
    number, pdf = blank_declaration(door.case, recipient, door.viewer, form)
    return _sheet(door, pdf, "toestemmingsverklaring", number, LifeDomain.values)


def _recorded(door: Door, consent: UUID) -> HttpResponse:
    paper = paper_behind(consents_of(door.case), consent)
    if paper is None:
        raise Http404
    pdf = recorded_declaration(door.case, paper, door.viewer)
    return _sheet(door, pdf, "toestemmingsverklaring", paper.number, paper.answers)


@require_safe
def withdrawal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`?toestemming=` for one consent, before or after it was withdrawn; `?ontvanger=` for all that still stand."""
    door = enter_to_record(request, pk, "intrekkingsverklaring-openen")
    consent, organisation = _key(request, "toestemming"), _key(request, "ontvanger")
    if consent is None and organisation is None:
        messages.error(request, "Kies eerst welke toestemming wordt ingetrokken.")
        return redirect(door.address("toestemming/"))
    rows = [
        row
        for row in consents_of(door.case)
        if row.answer == Answer.GIVEN
        and (row.pk == consent or (consent is None and row.recipient_id == organisation and row.stands))
    ]
    if not rows:
        raise Http404
    number, pdf = withdrawal_pdf(door.case, rows, door.viewer)
    return _sheet(door, pdf, "intrekkingsverklaring", number, [row.domain for row in rows])


@require_safe
def overview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The log and the register of one's own organisation, in the period of the filter.

    It is made to be handed over, so it says nothing of BIJ and 18b: of those the person is told on a request of his
    own (C3, column DT: Wjsg).
    """
    door = enter(request, pk, LOG_PAGE, "verstrekkingenoverzicht-openen")
    period, party = chosen(door, log_filter(door, CHANNEL_KINDS))
    own = door.viewer.organisation
    number, pdf = overview_pdf(
        door.case,
        door.viewer,
        given(door.case, own, period, hidden=CHANNEL_KINDS, party=party, size=MOST_LINES),
        folded(log_lines(door.case, own, period, hidden=CHANNEL_KINDS, size=MOST_LINES)),
        period=period.text,
        for_whom=door.context["frame"].name,
    )
    return _sheet(door, pdf, "verstrekkingenoverzicht", number, ())


def _key(request: HttpRequest, name: str) -> UUID | None:
    """A key from the address; what is not one counts as not given."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def _sheet(door: Door, pdf: bytes, kind: str, number: str, domains: Iterable[str]) -> HttpResponse:
    """The PDF, once its print stands in both ledgers."""
    subject = ledger.Subject(door.case.detainee_id, door.case.pk, domains=tuple(domains))
    ledger.record(
        door.viewer, f"{kind}-afdrukken", subjects=[subject], object_kind="afdruk", object_id=number
    )
    headers = {"Content-Disposition": f'inline; filename="{kind}-{number}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
