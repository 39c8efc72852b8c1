"""Reports beside the case: the list of who receives them, reading, measures, paper and recall (R39-R46, B6, B7)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parties import ledger
from parties.models import RoleKind
from parties.rules import require
from parties.viewer import Viewer, viewer_of
from plans import actions, rules
from plans.forms.reports import MeasuresForm, RecallForm
from plans.models import Measures, SafetyReport, SafetyReportText
from plans.printing import report_pdf
from plans.report_lines import kept_facts, kept_warning, report_line, state_of, text_facts
from plans.reports import is_recipient, read, report_for, reports_of, text_of
from reintegratie.lib.dutch import moment_text

URL = "/bijzondere-meldingen/"
DONE = {
    "melden": "verzonden",
    "melding-openen": "ontvangen",
    "melding-lezen": "gelezen",
    "melding-afdrukken": "afgedrukt",
    "melding-terughalen": "teruggehaald",
    "maatregelen": "maatregelen vastgelegd",
    "vernietigen": "vernietigd",
}
"""What was done with a report, by the name of the act in the ledger behind the kind."""
SHOWN = 100


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Own list, newest first; a name only of what was opened. Who has no such work has no such page."""
    viewer = viewer_of(request, at=timezone.now())
    require(rules.may_open_reports(viewer))
    found = read(viewer, reports_of(viewer)[:SHOWN])
    subjects = [_subject(one.head) for one in found if one.text]
    ledger.record(viewer, "bijzondere-meldingen-lijst", subjects=subjects, object_kind="lijst")
    context = {
        "lines": [report_line(one, viewer) for one in found],
        "may_report": rules.may_report_risk(viewer),
        "mandatary": viewer.has_role(RoleKind.BIJ_MANDATARY),
    }
    return TemplateResponse(request, "plans/reports/list.html", context)


@require_safe
def report(request: HttpRequest, report: UUID) -> HttpResponse:
    """One report. Reading it is the receipt, and stands in the ledgers of who read it."""
    viewer, found = _open(request, report)
    text = _read(viewer, found, "lezen")
    return _page(request, viewer, found, text, MeasuresForm(initial={"measures": found.measures}))


@require_POST
def measures(request: HttpRequest, report: UUID) -> HttpResponse:
    """Whether the mayor took measures: it decides how long the report is kept."""
    viewer, found = _open(request, report)
    require(rules.may_record_measures(viewer, found))
    form = MeasuresForm(request.POST)
    if not form.is_valid():
        return _page(request, viewer, found, _read(viewer, found, "lezen"), form)
    chosen = Measures(form.cleaned_data["measures"])
    try:
        actions.record_measures(report=found, measures=chosen, by=viewer, at=viewer.at)
    except actions.ReportRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Vastgelegd.")
    return redirect(found.get_absolute_url())


@require_safe
def report_print(request: HttpRequest, report: UUID) -> HttpResponse:
    """The report on paper, for this reader at this moment."""
    viewer, found = _open(request, report)
    text = _read(viewer, found, "afdrukken")
    if text is None:
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="melding-{found.serial}.pdf"'}
    return HttpResponse(report_pdf(found, text, viewer), content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def recall(request: HttpRequest, report: UUID) -> HttpResponse:
    """Take back what went to the wrong place (C6.51)."""
    viewer, found = _open(request, report)
    require(rules.may_recall(viewer, found))
    form = RecallForm(request.POST or None)
    if form.is_valid():
        try:
            actions.recall_report(report=found, **form.cleaned_data, by=viewer, at=viewer.at)
        except actions.ReportRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "De melding is teruggehaald. De ontvanger kan haar niet meer lezen.")
        return redirect(found.get_absolute_url())
    context = {"form": form, "report": found, "cancel_url": found.get_absolute_url()}
    return TemplateResponse(request, "plans/reports/recall.html", context)


def _open(request: HttpRequest, pk: UUID) -> tuple[Viewer, SafetyReport]:
    """What is not for this viewer is not there, whatever his role (quality 2.4)."""
    viewer = viewer_of(request, at=timezone.now())
    found = report_for(viewer, pk)
    if found is None:
        raise Http404
    if request.method == "HEAD":  # nothing was read, so nothing was received
        return viewer, found
    return viewer, actions.open_report(report=found, by=viewer, at=viewer.at)


def _read(viewer: Viewer, found: SafetyReport, how: str) -> SafetyReportText | None:
    text = text_of(found, viewer)
    ledger.record(
        viewer,
        f"{found.kind}-melding-{how}",
        subjects=[_subject(found)],
        object_kind="bijzondere-melding",
        object_id=found.pk,
        detail="" if text else "zonder inhoud",
    )
    return text


def _subject(head: SafetyReport) -> ledger.Subject:
    """Marked with the kind: the log of the case leaves it out for who may not know (consent.own_channel)."""
    return ledger.Subject(head.case.detainee_id, head.case_id, ground=head.ground, domains=(head.kind,))


def _page(
    request: HttpRequest,
    viewer: Viewer,
    found: SafetyReport,
    text: SafetyReportText | None,
    form: MeasuresForm,
) -> HttpResponse:
    state, tone = state_of(found, viewer)
    received = is_recipient(found, viewer)
    context = {
        "report": found,
        "state": state,
        "tone": tone,
        "received": received,
        "facts": text_facts(found, text) if text else [],
        "kept": kept_facts(found),
        "warning": kept_warning(found, viewer) if received else "",
        "form": form if rules.may_record_measures(viewer, found) else None,
        "may_recall": rules.may_recall(viewer, found),
        "seen": [_act(line) for line in ledger.acts_on(found.pk, viewer.organisation)],
        "back_url": URL
        if rules.may_open_reports(viewer)
        else f"{found.case.get_absolute_url()}bijzondere-meldingen/",
    }
    return TemplateResponse(request, "plans/reports/report.html", context)


def _act(line: ledger.AuditLine) -> dict[str, str]:
    who = line.user.name if line.user else "automatisch"
    act = line.action.partition("-")[2]
    return {"label": moment_text(line.at), "value": f"{who}: {DONE.get(act, act)}"}
