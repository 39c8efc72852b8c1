"""Informatiebladen: state per recipient and sending for the PI; what was received for the others (R26-R34)."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.models import Deadline, Phase
from cases.steps import Step
from consent.reliance import relied_on_in
from consent.visibility import RowKind, sight_of
from parties.models import Organisation
from plans import actions, rules
from plans.forms.fields import text_area
from plans.models import InformationSheet, SheetPart, SheetState
from plans.printing import sheet_pdf
from plans.questions import AnswerLine
from plans.reading import record_reading
from plans.screening import child_check_of
from plans.shareable import Difference
from plans.sheets import (
    SheetDraft,
    changed_since,
    draft_sheet,
    lines_of,
    parts_of_sheet,
    recipient_states,
    recipients_of_sheets,
    shared_before,
    sheet_for,
    sheets_of,
    version_before,
)
from plans.views.door import Door, enter
from reintegratie.lib.dutch import moment_text

PAGE = "informatiebladen"
TONES = {SheetState.ISSUED: "success", SheetState.REPLACED: "inactive", SheetState.WITHDRAWN: "warning"}


@dataclass(frozen=True)
class SheetLine:
    """One sheet in a list."""

    name: str
    number: int
    recipient: str
    url: str
    state: str
    tone: str
    issued: str
    opened: str


class SendForm(forms.Form):
    """What was shown goes along as a digest; on a statutory ground the necessity is written down."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: object, needs_necessity: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        if needs_necessity:
            self.fields["necessity"] = text_area(
                "Waarom is dit nodig?",
                required=True,
                help_text="Delen op een wettelijke grondslag mag alleen voor zover het noodzakelijk is.",
            )


@require_safe
def overview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The PI sees every recipient; a recipient sees what was sent to it, and whether it was withdrawn."""
    door = enter(request, pk, PAGE, "informatiebladen-inzien")
    sheets = sheets_of(door.case, door.viewer)
    lines = [_line(door, sheet) for sheet in sheets]
    if not door.manages:
        return _received(door, lines)
    states = recipient_states(door.case, door.viewer)
    by_recipient = {
        state.organisation.pk: [
            line
            for line, sheet in zip(lines, sheets, strict=True)
            if sheet.recipient_id == state.organisation.pk
        ]
        for state in states
    }
    known = {state.organisation.pk for state in states}
    return door.show(
        "sheets",
        recipients=[(state, by_recipient[state.organisation.pk]) for state in states],
        former=[line for line, sheet in zip(lines, sheets, strict=True) if sheet.recipient_id not in known],
        still_open=[state.still_open for state in states if state.still_open],
        sharing_open=Deadline.objects.filter(case=door.case, step=Step.SHARE_REQUESTS).open().exists(),
        may_send=rules.may_send_sheet(door.viewer, manages=door.manages, phase=door.case.phase),
        not_screened=door.case.phase == Phase.ADMITTED,
        base=door.address("informatiebladen/"),
        consent_url=door.address("toestemming/"),
    )


def _received(door: Door, lines: list[SheetLine]) -> HttpResponse:
    check = child_check_of(door.case, door.viewer)
    if check is not None:
        record_reading(
            door.viewer,
            door.case,
            "kindcheck-inhoud",
            domains=(),
            object_kind="kindcheck",
            object_id=check.pk,
        )
    return door.show("sheets_received", lines=lines, child_check=check)


def _line(door: Door, sheet: InformationSheet) -> SheetLine:
    return SheetLine(
        name=f"{capfirst(sheet.get_kind_display())}, versie {sheet.number}",
        number=sheet.number,
        recipient=sheet.recipient.called,
        url=door.address(f"informatiebladen/{sheet.pk}/"),
        state=str(sheet.get_state_display()),
        tone=TONES[SheetState(sheet.state)],
        issued=moment_text(sheet.issued_at),
        opened=moment_text(sheet.opened_at) if sheet.opened_at else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: UUID, organisation: UUID) -> HttpResponse:
    """Exactly what would be sent now; sending sends this and nothing else."""
    door = enter(request, pk, PAGE, "informatieblad-voorbeeld")
    door.require_handing_over()
    recipient = _recipient(door, organisation)
    draft = draft_sheet(door.case, recipient, door.viewer.at)
    start = {"digest": draft.digest, "necessity": _necessity(door, recipient)}
    form = SendForm(request.POST or None, initial=start, needs_necessity=draft.needs_necessity)
    problem = ""
    if request.method == "POST" and form.is_valid():
        problem = _send(door, recipient, form)
        if not problem:
            messages.success(request, f"Het {draft.kind.label} is verzonden aan {recipient.called}.")
            return redirect(door.address("informatiebladen/"))
        form = SendForm(initial=start, needs_necessity=draft.needs_necessity)
    record_reading(
        door.viewer,
        door.case,
        "informatieblad-voorbeeld-inhoud",
        domains=[part.domain for part in draft.parts],
    )
    return door.show(
        "sheet_preview",
        draft=draft,
        changes=_changes(door, recipient, draft),
        form=form,
        problem=problem or _why_not(draft),
        recipient=recipient,
        cancel_url=door.address("informatiebladen/"),
    )


def _necessity(door: Door, recipient: Organisation) -> str:
    """What was written down when the case relied on a ground for this recipient: nobody types it twice."""
    said = [
        row.necessity for row in relied_on_in(door.case, door.viewer.at) if row.recipient_id == recipient.pk
    ]
    return "; ".join(dict.fromkeys(said))


def _changes(door: Door, recipient: Organisation, draft: SheetDraft) -> list[Difference] | None:
    """What differs from the version that stands; None when there is none."""
    standing = actions.standing_sheet(door.case, recipient)
    if standing is None:
        return None
    return changed_since(parts_of_sheet(standing, door.viewer), draft.parts)


def _recipient(door: Door, organisation: UUID) -> Organisation:
    rows = recipients_of_sheets(door.case, door.viewer.at)
    recipient = next((row.party for row in rows if row.party_id == organisation), None)
    if recipient is None:
        raise Http404
    return recipient


def _why_not(draft: SheetDraft) -> str:
    """Why there is nothing to send, in the words of the action."""
    if draft.parts:
        return ""
    return str(actions.NothingAnswered() if draft.open_domains else actions.NoGround())


def _send(door: Door, recipient: Organisation, form: SendForm) -> str:
    """Send what was shown, or say why not."""
    try:
        actions.issue_sheet(
            case=door.case,
            recipient=recipient,
            expected_digest=form.cleaned_data["digest"],
            necessity=form.cleaned_data.get("necessity", ""),
            by=door.viewer,
            at=door.viewer.at,
        )
    except actions.SheetRefused as refused:
        return str(refused)
    return ""


@require_POST
def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close the term for sharing when nothing may be shared with the rest."""
    door = enter(request, pk, PAGE, "delen-afronden")
    door.require_handing_over()
    try:
        actions.finish_sharing(case=door.case, by=door.viewer, at=door.viewer.at)
    except actions.RecipientsOpen as waiting:
        messages.error(
            request, f"Nog niet klaar: {', '.join(waiting.names)}. Verzend het blad of leg de weigering vast."
        )
    else:
        messages.success(request, "Het delen van de hulpvragen is afgerond.")
    return redirect(door.address("informatiebladen/"))


@require_safe
def sheet(request: HttpRequest, pk: UUID, sheet: UUID) -> HttpResponse:
    """One sheet with the parts this reader may see now; of a withdrawn one only that it was withdrawn."""
    door = enter(request, pk, PAGE, "informatieblad-inzien")
    found = _open(door, sheet)
    parts = parts_of_sheet(found, door.viewer)
    _record(door, found, parts, "informatieblad-inhoud")
    return door.show(
        "sheet",
        sheet=found,
        changes=_changes_of(door, found, parts),
        shrunk=shared_before(found, door.viewer) if parts else False,
        line=_line(door, found),
        parts=[
            {"title": part.get_domain_display(), "lines": _lines(part), "ground": part.ground}
            for part in parts
        ],
        withdrawn=found.state == SheetState.WITHDRAWN,
        pdf_url=door.address(f"informatiebladen/{found.pk}/blad.pdf"),
        back_url=door.address("informatiebladen/"),
    )


def _changes_of(door: Door, found: InformationSheet, parts: list[SheetPart]) -> list[Difference] | None:
    """What this version changed, for who may read both."""
    before = version_before(found, door.viewer) if parts else None
    return changed_since(parts_of_sheet(before, door.viewer), parts) if before else None


def _lines(part: SheetPart) -> list[AnswerLine]:
    return lines_of(part.content)


def _open(door: Door, key: UUID) -> InformationSheet:
    """The sheet, with the receipt written when its recipient opens it."""
    found = sheet_for(door.case, door.viewer, key)
    if found is None:
        raise Http404
    if door.request.method == "HEAD":  # nothing was read, so nothing was received
        return found
    return actions.open_sheet(sheet=found, by=door.viewer, at=door.viewer.at)


def _record(door: Door, found: InformationSheet, parts: list[SheetPart], action: str) -> None:
    record_reading(
        door.viewer,
        door.case,
        action,
        domains=[part.domain for part in parts],
        sight=sight_of(door.viewer, door.case, RowKind.SHEET),
        object_kind="informatieblad",
        object_id=found.pk,
    )


@require_safe
def sheet_print(request: HttpRequest, pk: UUID, sheet: UUID) -> HttpResponse:
    """The sheet on paper, for this reader and decided again at this moment (quality 2.10)."""
    door = enter(request, pk, PAGE, "informatieblad-afdrukken")
    found = _open(door, sheet)
    parts = parts_of_sheet(found, door.viewer)
    if not parts:
        raise Http404
    _record(door, found, parts, "informatieblad-afdruk")
    pdf = sheet_pdf(found, parts, door.viewer)
    name = f"informatieblad-{door.case.number}-{found.number}.pdf"
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
