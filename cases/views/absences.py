"""Who of our organisation is away, and who stands in meanwhile?"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cases import actions, rules
from cases.deputies import colleagues
from cases.forms.absences import AbsenceForm
from cases.models import Absence
from cases.querysets import AbsenceQuerySet
from parties import ledger
from parties.models import User
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from reintegratie.lib.dutch import day_text

PAGE = "/waarneming/"


@require_http_methods(["GET", "HEAD", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """The absences of today and to come, and a form for a new one for who may record it."""
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_open_absences(viewer))
    arranges = rules.may_do_tasks(viewer)
    require(arranges or request.method != "POST")
    form = _form(viewer, request.POST or None) if arranges else None
    if form is not None and form.is_valid() and _record(viewer, form):
        messages.success(request, "De waarneming is vastgelegd.")
        return redirect(PAGE)
    ledger.record(viewer, "waarneming-inzien", object_kind="lijst")
    context = {"form": form, "lines": _lines(viewer)}
    return TemplateResponse(request, "cases/absences.html", context)


@require_POST
def end(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """He is back, or does not go; one of another organisation is not there."""
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_open_absences(viewer))
    absence = _here(viewer).filter(pk=absence_id).first()
    if absence is None:
        raise Http404
    require(rules.may_arrange_absence(viewer, absence.user))
    actions.end_absence(absence=absence, by=viewer, at=viewer.at)
    messages.success(request, f"De waarneming voor {absence.user.name} is beëindigd.")
    return redirect(PAGE)


def _record(viewer: Viewer, form: AbsenceForm) -> bool:
    """Whether it was written; otherwise the form says why not."""
    user: User = form.cleaned_data["user"]
    require(rules.may_arrange_absence(viewer, user))
    try:
        actions.record_absence(
            user=user,
            deputy=form.cleaned_data["deputy"],
            since=form.cleaned_data["since"],
            until=form.until,
            by=viewer,
            at=viewer.at,
        )
    except actions.AlreadyAway:
        form.add_error("since", f"Voor {user.name} neemt in deze dagen al iemand waar.")
    except actions.CannotStandIn:
        form.add_error("deputy", "Een van beiden werkt hier niet meer. Kies een ander.")
    return form.is_valid()


def _form(viewer: Viewer, data: QueryDict | None) -> AbsenceForm:
    people = colleagues(viewer)
    oneself = [viewer.user.pk] if viewer.user else []
    absent = people if viewer.role_kind in rules.ARRANGING_ROLES else people.filter(pk__in=oneself)
    initial = {"user": viewer.user, "since": viewer.on}
    return AbsenceForm(data, people=people, absent=absent, on=viewer.on, initial=initial)


def _here(viewer: Viewer) -> AbsenceQuerySet:
    return Absence.objects.not_over(viewer.on).filter(organisation=viewer.organisation.pk)


def _lines(viewer: Viewer) -> list[dict[str, str]]:
    return [
        {
            "name": row.user.name,
            "deputy": row.deputy.name,
            "when": f"{day_text(row.since)} tot en met {day_text(row.last_day)}",
            "now": "nu" if row.since <= viewer.on else "",
            "end_url": f"{PAGE}{row.pk}/beeindigen/" if rules.may_arrange_absence(viewer, row.user) else "",
        }
        for row in _here(viewer)
    ]
