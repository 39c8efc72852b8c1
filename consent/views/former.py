"""The pages 'Eerder betrokken': what an organisation that left a case still keeps of it (C3 rule 1)."""

from collections.abc import Collection
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.rules import may_list_cases
from consent.former import FormerPart, former_part, former_parts, takes_part_again
from consent.forms import LogFilter
from consent.own_channel import CHANNEL_KINDS, kinds_hidden_from
from consent.printing import overview_pdf
from consent.reading_log import Given, LogLine, Place, folded, given, log_lines, place_behind, place_of
from parties import ledger
from parties.rules import require
from parties.viewer import Viewer, viewer_of

PAGE_SIZE = 50
MOST_GIVEN = 100
MOST_LINES = 1000


@require_safe
def former_list(request: HttpRequest) -> HttpResponse:
    """Case numbers, in which capacity and from when until when; no name of anybody."""
    viewer = viewer_of(request, at=timezone.now())
    require(may_list_cases(viewer))
    page = Paginator(former_parts(viewer), PAGE_SIZE).get_page(request.GET.get("bladzijde"))
    ledger.record(viewer, "eerder-lijst-inzien", object_kind="lijst")
    context = {
        "parts": list(page.object_list),
        "previous_url": f"?bladzijde={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?bladzijde={page.next_page_number()}" if page.has_next() else "",
    }
    return TemplateResponse(request, "consent/former_list.html", context)


@require_safe
def former_case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The register and the log of one's own organisation, up to the moment on which it left."""
    viewer, part = _open(request, pk, "inzien")
    form = _filter(request)
    after, hidden = _place(request), kinds_hidden_from(viewer)
    lines = _lines(part, viewer, form, hidden=hidden, size=PAGE_SIZE + 1, after=after)
    kept = {name: request.GET[name] for name in ("van", "tot") if request.GET.get(name)}
    more = len(lines) > PAGE_SIZE
    register = _given(part, viewer, form, hidden=hidden, size=MOST_GIVEN)
    context = {
        "part": part,
        "organisation": viewer.organisation,
        "again": takes_part_again(part, viewer),
        "form": form,
        "filtered": bool(kept),
        "given": register,
        "shortened": len(register) == MOST_GIVEN,
        "lines": folded(lines[:PAGE_SIZE]),
        "first_url": f"?{urlencode(kept)}" if after else "",
        "next_url": f"?{urlencode({**kept, 'na': place_behind(lines[:PAGE_SIZE], after)})}" if more else "",
        "print_url": f"{part.address}overzicht.pdf?{urlencode(kept)}",
    }
    return TemplateResponse(request, "consent/former_case.html", context)


@require_safe
def former_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same on paper (C5.19), without BIJ and 18b: it may be handed over."""
    viewer, part = _open(request, pk, "overzicht-afdrukken")
    form = _filter(request)
    number, pdf = overview_pdf(
        part.case,
        viewer,
        _given(part, viewer, form, hidden=CHANNEL_KINDS, size=MOST_LINES),
        folded(_lines(part, viewer, form, hidden=CHANNEL_KINDS, size=MOST_LINES)),
        period=part.period(form.cleaned_data.get("van"), form.cleaned_data.get("tot")).text,
        for_whom=part.name or f"Zaak {part.case.number}",
    )
    headers = {"Content-Disposition": f'inline; filename="verstrekkingenoverzicht-{number}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _open(request: HttpRequest, pk: UUID, action: str) -> tuple[Viewer, FormerPart]:
    viewer = viewer_of(request, at=timezone.now())
    return viewer, former_part(viewer, pk, action=action)


def _filter(request: HttpRequest) -> LogFilter:
    form = LogFilter(request.GET, parties=(), label_suffix="")
    del form.fields["partij"]
    form.is_valid()
    return form


def _lines(
    part: FormerPart,
    viewer: Viewer,
    form: LogFilter,
    *,
    hidden: Collection[str],
    size: int,
    after: Place | None = None,
) -> list[LogLine]:
    period = part.period(form.cleaned_data.get("van"), form.cleaned_data.get("tot"))
    return log_lines(part.case, viewer.organisation, period, hidden=hidden, size=size, after=after)


def _given(
    part: FormerPart, viewer: Viewer, form: LogFilter, *, hidden: Collection[str], size: int
) -> list[Given]:
    """What was given while it took part; that a sheet was opened later is news of after that."""
    period = part.period(form.cleaned_data.get("van"), form.cleaned_data.get("tot"))
    rows = given(part.case, viewer.organisation, period, hidden=hidden, size=size, of_this_case=True)
    return [
        replace(row, opened_at=None) if row.opened_at and row.opened_at > part.end else row for row in rows
    ]


def _place(request: HttpRequest) -> Place | None:
    text = request.GET.get("na", "")
    try:
        return place_of(text) if text else None
    except ValueError:
        return None
