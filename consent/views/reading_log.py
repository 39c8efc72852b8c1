"""The page 'Inzage': who saw what and what was given to whom, for one's own organisation (C5.19)."""

from collections.abc import Collection
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from consent.forms import LogFilter
from consent.own_channel import kinds_hidden_from
from consent.reading_log import Period, Place, counterparts, folded, given, log_lines, place_behind, place_of
from consent.views.door import LOG_PAGE, Door, enter

PAGE_SIZE = 50
MOST_GIVEN = 100


@require_safe
def reading_log(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Own lines and own disclosures; the functionaris gegevensbescherming opens this page of a case and no other."""
    door = enter(request, pk, LOG_PAGE, "inzage-inzien")
    own, hidden = door.viewer.organisation, kinds_hidden_from(door.viewer)
    form = log_filter(door, hidden)
    period, party = chosen(door, form)
    after = _place(door)
    lines = log_lines(door.case, own, period, hidden=hidden, size=PAGE_SIZE + 1, after=after)
    disclosures = given(door.case, own, period, hidden=hidden, party=party, size=MOST_GIVEN)
    kept = {name: door.request.GET[name] for name in ("van", "tot", "partij") if door.request.GET.get(name)}
    more = len(lines) > PAGE_SIZE
    return door.show(
        "reading_log",
        form=form,
        lines=folded(lines[:PAGE_SIZE]),
        given=disclosures,
        organisation=own,
        shortened=len(disclosures) == MOST_GIVEN,
        filtered=bool(kept),
        first_url=f"?{urlencode(kept)}" if after else "",
        next_url=f"?{urlencode({**kept, 'na': place_behind(lines[:PAGE_SIZE], after)})}" if more else "",
        print_url=f"{door.address('inzage/overzicht.pdf')}?{urlencode(kept)}",
        reset_url=door.address("inzage/"),
    )


def log_filter(door: Door, hidden: Collection[str]) -> LogFilter:
    """The filter with the parties that occur; what cannot be right is said and left out."""
    parties = counterparts(door.case, door.viewer.organisation, hidden)
    form = LogFilter(door.request.GET, parties=parties, label_suffix="")
    form.is_valid()
    return form


def chosen(door: Door, form: LogFilter) -> tuple[Period, UUID | None]:
    """The period and the party of the filter; a faulty field counts as not filled in."""
    filled = form.cleaned_data
    party = filled.get("partij")
    return Period(filled.get("van"), filled.get("tot")), UUID(party) if party else None


def _place(door: Door) -> Place | None:
    text = door.request.GET.get("na", "")
    try:
        return place_of(text) if text else None
    except ValueError:
        messages.warning(door.request, "Deze bladzijde bestaat niet (meer); dit is het begin van de lijst.")
        return None
