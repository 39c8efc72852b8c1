"""Inbreng: what gemeente and reclassering already know (R54, R139)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from parties.rules import require
from plans import actions, rules
from plans.forms.contributions import ContributionForm
from plans.models import ContributionKind
from plans.reading import record_reading
from plans.screening import contributions_of
from plans.views.door import Door, enter


@require_http_methods(["GET", "HEAD", "POST"])
def contributions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List what this party may read of it, and let gemeente and reclassering add."""
    door = enter(request, pk, "screening", "inbreng-inzien")
    may_contribute = rules.may_contribute(door.viewer, contributes=door.contributes, phase=door.case.phase)
    form = ContributionForm(request.POST or None) if may_contribute else None
    if request.method == "POST":
        require(may_contribute)
        if form is not None and form.is_valid():
            _add(door, form)
            messages.success(request, "Uw inbreng is opgeslagen. De casemanager ziet die bij de screening.")
            return redirect(door.address("inbreng/"))
    rows = contributions_of(door.case, door.viewer)
    record_reading(door.viewer, door.case, "inbreng-inhoud", domains=[row.domain for row in rows])
    return door.show("contributions", form=form, contributions=rows, screening_url=door.address("screening/"))


def _add(door: Door, form: ContributionForm) -> None:
    answers = form.cleaned_data
    actions.add_contribution(
        case=door.case,
        domain=answers["domain"],
        kind=ContributionKind(answers["kind"]),
        text=answers["text"],
        since=answers["since"],
        until=answers["until"],
        by=door.viewer,
        at=door.viewer.at,
    )
