"""Make a report: BIJ from the case by its casemanager, 18b by number by who may deal with risk information (R41, B6)."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cases.ending import CaseIsOver
from consent.visibility import RowKind
from parties import ledger
from parties.rules import require
from parties.viewer import viewer_of
from plans import actions, rules
from plans.forms.reports import BijForm, RiskForm
from plans.report_lines import report_line
from plans.reports import kept_case, read, reports_of
from plans.views.door import Door, enter
from plans.views.reports import URL

PAGE = "bijzondere-meldingen"
MARKED = (str(RowKind.BIJ_REPORT),)
"""Also looking for a report, or beginning one, is left out of every log that is not for it (C3, DT: N)."""
NO_SUCH_CASE = "Er is geen zaak met dit nummer in uw inrichting."


@require_safe
def case_reports(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was reported to a mayor about this person, for the PI that keeps the file."""
    door = enter(request, pk, PAGE, "bijzondere-meldingen-inzien", MARKED)
    found = read(door.viewer, reports_of(door.viewer).filter(case=door.case))
    subject = ledger.Subject(door.case.detainee_id, door.case.pk, domains=MARKED)
    ledger.record(door.viewer, "bij-meldingen-van-zaak", subjects=[subject], object_kind="lijst")
    return door.show(
        "reports/of_case",
        lines=[report_line(one, door.viewer) for one in found],
        may_report=_may_report(door),
        new_url=door.address("bijzondere-meldingen/nieuw/"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_bij(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell the mayor of the gemeente of the leave or stay address."""
    door = enter(request, pk, PAGE, "bij-melding-maken", MARKED)
    require(_may_report(door))
    form = BijForm(
        request.POST or None, on=door.viewer.on, initial={"expected_on": door.case.expected_release_on}
    )
    if form.is_valid():
        try:
            actions.report_bij(case=door.case, **form.cleaned_data, by=door.viewer, at=door.viewer.at)
        except (actions.ReportRefused, CaseIsOver) as refused:
            _say(form, refused)
        else:
            messages.success(request, f"De melding is verzonden aan {form.cleaned_data['recipient'].called}.")
            return redirect(door.address("bijzondere-meldingen/"))
    return door.show("reports/new_bij", form=form, cancel_url=door.address("bijzondere-meldingen/"))


@require_http_methods(["GET", "HEAD", "POST"])
def new_risk(request: HttpRequest) -> HttpResponse:
    """Give risk information about somebody in one's own PI; the case itself stays closed for this role."""
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_report_risk(viewer))
    form = RiskForm(request.POST or None, on=viewer.on)
    if form.is_valid():
        answers = dict(form.cleaned_data)
        case = kept_case(viewer, answers.pop("number"))
        try:
            if case is None:
                form.add_error("number", NO_SUCH_CASE)
            else:
                sent = actions.report_risk(case=case, **answers, by=viewer, at=viewer.at)
                messages.success(request, f"De informatie is verzonden aan {sent.recipient.called}.")
                return redirect(URL)
        except (actions.ReportRefused, CaseIsOver) as refused:
            _say(form, refused)
    return TemplateResponse(request, "plans/reports/new_risk.html", {"form": form, "cancel_url": URL})


def _may_report(door: Door) -> bool:
    return rules.may_report_bij(door.viewer, manages=door.manages, phase=door.case.phase)


def _say(form: Form, refused: Exception) -> None:
    """The reason, at the field it is about."""
    form.add_error(getattr(refused, "field", None), str(refused))
