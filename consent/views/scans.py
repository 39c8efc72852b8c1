"""The scan of a signed declaration: add it, and read it back. Only for the PI that keeps the file."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.views.decorators.http import require_http_methods, require_safe

from consent import actions, rules
from consent.declarations import Declaration, paper_behind
from consent.forms import ScanForm
from consent.matrix import consents_of
from consent.models import Answer, Scan
from consent.views.door import CONSENT_PAGE, Door, enter
from parties import ledger
from parties.rules import require
from reintegratie.lib.dutch import moment_text
from reintegratie.lib.uploads import FileRefused, was_too_large

SUFFIX = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@require_http_methods(["GET", "HEAD", "POST"])
def scan_page(request: HttpRequest, pk: UUID, consent: UUID) -> HttpResponse:
    """The scans of the paper behind one decision, and a place to add one. Who may not record reads only."""
    door = _enter(request, pk, "scan-inzien")
    may_record = rules.may_record(door.viewer, door.capacity)
    if request.method == "POST":
        require(may_record)
    paper = paper_behind(consents_of(door.case), consent)
    if paper is None:
        raise Http404
    posted = request.method == "POST"
    form = ScanForm(request.POST if posted else None, request.FILES if posted else None, label_suffix="")
    if posted and _attached(door, paper, form):
        messages.success(request, f"De scan van verklaring {paper.number} is bewaard.")
        return redirect(door.address("toestemming/"))
    return door.show(
        "scan",
        form=form if may_record else None,
        paper=paper,
        yes=paper.labels(Answer.GIVEN),
        no=paper.labels(Answer.REFUSED),
        scans=[
            _row(door, scan) for scan in Scan.objects.of(door.case).filter(declaration_number=paper.number)
        ],
        cancel_url=door.address("toestemming/"),
    )


def _attached(door: Door, paper: Declaration, form: ScanForm) -> bool:
    """Keep the file, or say at the field why not; what was there stays."""
    if was_too_large(door.request):
        form.errors.clear()
        form.add_error("scan", actions.TOO_LARGE)
    if not form.is_valid():
        return False
    try:
        actions.attach_scan(
            case=door.case,
            declaration_number=paper.number,
            content=form.cleaned_data["scan"].read(),
            by=door.viewer,
            at=door.viewer.at,
        )
    except FileRefused as refused:
        form.add_error("scan", str(refused))
        return False
    return True


@require_safe
def scan_file(request: HttpRequest, pk: UUID, scan: UUID) -> HttpResponse:
    """The file itself, to keep and never to show within the page: nothing in it can act for who is signed in."""
    door = _enter(request, pk, "scan-openen")
    row = Scan.objects.filter(case=door.case, pk=scan).first()
    if row is None:
        raise Http404
    subject = ledger.Subject(door.case.detainee_id, door.case.pk)
    ledger.record(door.viewer, "scan-downloaden", subjects=[subject], object_kind="scan", object_id=row.pk)
    name = f"scan-{row.declaration_number}.{SUFFIX[row.media_type]}"
    response = HttpResponse(bytes(row.content), content_type=row.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "no-store"
    return response


def _enter(request: HttpRequest, pk: UUID, action: str) -> Door:
    """Who may read the whole matrix may read the paper behind it (C3 note 9)."""
    door = enter(request, pk, CONSENT_PAGE, action)
    require(rules.may_see_matrix(door.viewer, door.capacity))
    return door


def _row(door: Door, scan: Scan) -> dict[str, str]:
    who = scan.added_by.name if scan.added_by else "automatisch"
    replaced = f", vervangen op {moment_text(scan.replaced_at)}" if scan.replaced_at else ""
    return {
        "url": door.address(f"toestemming/scan/{scan.pk}/"),
        "name": f"{SUFFIX[scan.media_type].upper()}, {filesizeformat(scan.size)}",
        "detail": f"{moment_text(scan.added_at)}, door {who} · {scan.added_for.name}{replaced}",
        "number": scan.declaration_number,
    }
