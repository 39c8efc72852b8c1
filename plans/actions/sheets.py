"""Send an informatieblad, renew it after a withdrawal, and keep the receipt (R26-R34, C5.3, C6.8, C6.11)."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import capfirst

from cases.actions import lock_case, meet_deadline, notify
from cases.models import Capacity, Case, CaseParty
from cases.steps import Step
from consent.actions import open_disclosure, record_disclosure
from consent.endings import grounds_ended
from consent.visibility import Ground, RowKind
from parties.models import Organisation
from parties.viewer import Viewer, process_viewer
from plans.actions.record import lock_running, write_row
from plans.listed import listed_content
from plans.models import InformationSheet, SheetKind, SheetPart, SheetState
from plans.sheets import (
    DraftPart,
    draft_sheet,
    kind_of,
    recipient_states,
    recipients_of_sheets,
    sheet_sight,
)

log = logging.getLogger(__name__)

RENEWING = "informatieblad vernieuwen na een intrekking; er wordt niets getoond"


class SheetRefused(Exception):
    """The sheet was not sent; the text says why, in Dutch."""

    text = ""

    def __str__(self) -> str:
        return self.text


class RecipientTakesNoPart(SheetRefused):
    text = "Deze organisatie neemt nu geen deel aan de zaak als gemeente of reclassering."


class NoGround(SheetRefused):
    text = "Er is voor geen enkel leefgebied een grondslag om met deze partij te delen. Leg eerst toestemming vast."


class NothingAnswered(SheetRefused):
    text = "De leefgebieden die gedeeld mogen worden, zijn nog niet ingevuld. Vul eerst de screening in."


class SheetChanged(SheetRefused):
    text = (
        "Er is iets veranderd sinds het voorbeeld, bijvoorbeeld een intrekking. Bekijk het voorbeeld opnieuw."
    )


class NecessityMissing(SheetRefused):
    text = "Delen op een wettelijke grondslag vraagt om een noodzaak: schrijf op waarom dit nodig is."


class RecipientsOpen(Exception):
    """Sharing is not finished; ``names`` are the parties that were not handled yet."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@transaction.atomic
def issue_sheet(
    *,
    case: Case,
    recipient: Organisation,
    by: Viewer,
    at: datetime,
    expected_digest: str | None = None,
    necessity: str = "",
) -> InformationSheet:
    """Send exactly the domains with a ground in force at this moment; version n replaces n-1 (R26-R31).

    The grounds are asked again under the lock that a withdrawal takes too, so a withdrawal between preview and sending
    stops it (C6.11). The same content twice is one version. Raises SheetRefused, CaseIsOver.
    """
    lock_running(case)
    if recipient.pk not in {row.party_id for row in recipients_of_sheets(case, at)}:
        raise RecipientTakesNoPart
    draft = draft_sheet(case, recipient, at)
    if not draft.parts:
        raise NothingAnswered if draft.open_domains else NoGround
    if expected_digest is not None and expected_digest != draft.digest:
        raise SheetChanged
    if draft.needs_necessity and not necessity.strip():
        raise NecessityMissing
    standing = standing_sheet(case, recipient)
    if standing is not None and draft.is_same_as(_parts_of(standing)):
        return standing
    sheet = _next_version(case, recipient, standing, kind=draft.kind, by=by, at=at)
    _freeze(sheet, draft.parts, by=by, at=at, necessity=necessity)
    _tell(sheet, "informatieblad", at=at)
    if all(state.handled for state in recipient_states(case, by)):
        _meet_sharing(case, by=by, at=at)
    return sheet


@transaction.atomic
def finish_sharing(*, case: Case, by: Viewer, at: datetime) -> None:
    """Close the term for sharing: each party got a sheet, or nothing may be shared with it (C4). Raises RecipientsOpen."""
    lock_running(case)
    waiting = [state.organisation.called for state in recipient_states(case, by) if not state.handled]
    if waiting:
        raise RecipientsOpen(waiting)
    _meet_sharing(case, by=by, at=at)


@transaction.atomic
def open_sheet(*, sheet: InformationSheet, by: Viewer, at: datetime) -> InformationSheet:
    """The receipt: the moment at which the recipient opened a sheet for the first time."""
    if sheet.recipient_id != by.organisation.pk or sheet.opened_at is not None:
        return sheet
    lock_case(sheet.case)
    fresh: InformationSheet = InformationSheet.objects.visible_to(by).get(pk=sheet.pk)
    if fresh.opened_at is None:
        fresh.opened_at = at
        write_row(fresh, by=by, at=at, why="Geopend door de ontvanger", action="informatieblad-openen")
        open_disclosure(case=sheet.case, document_id=fresh.pk, version=fresh.number, by=by, at=at)
    return fresh


@transaction.atomic
def revise_sheet_after_withdrawal(
    *, case: Case, recipient: Organisation, at: datetime
) -> InformationSheet | None:
    """Replace the standing sheet by one without the domains that lost their ground; with none left it is withdrawn.

    What remains is what was sent before: a revision never widens (C6.8). The PI that keeps the file now owns and sends
    it, whoever sent the version before (R26, C6.1, D11). Safe to repeat: a sheet with only grounded domains is left alone.
    """
    lock_case(case)
    standing = standing_sheet(case, recipient)
    if standing is None:
        return None
    by = process_viewer("intrekking-toestemming", _keeper_of(case, at) or standing.owner, at)
    sight = sheet_sight(case, recipient, at)
    sent = _parts_of(standing)
    kept = [_kept(part, sight.grounds[part.domain]) for part in sent if sight.opens(part.domain)]
    if [part.content for part in kept] == [part.content for part in sent]:
        return standing
    if not kept:
        _end(standing, SheetState.WITHDRAWN, by=by, at=at, why="Toestemming ingetrokken")
        _tell(standing, "informatieblad-ingetrokken", at=at)
        return standing
    sheet = _next_version(case, recipient, standing, kind=kind_of(kept), by=by, at=at)
    _freeze(sheet, kept, by=by, at=at, necessity="Nieuwe versie met minder leefgebieden na een intrekking")
    _tell(standing, "informatieblad-ingetrokken", at=at)
    return sheet


def _kept(part: SheetPart, ground: Ground) -> DraftPart:
    """A part as it may go on: on a ground with a closed list without what is not on it (B2)."""
    content = listed_content(part.domain, part.content) if ground.listed_only else part.content
    return DraftPart(part.domain, ground, content)


def renew_sheets(*, at: datetime) -> int:
    """Renew the standing sheets of which a ground ended: an expiry has no signal, and a signal may be lost (quality 3.1).

    Returns how many sheets were looked at again. One that fails is tried again the next time, and stops no other.
    """
    ended = grounds_ended(at, RowKind.SHEET)
    standing = InformationSheet.objects.unrestricted(reason=RENEWING).filter(
        state=SheetState.ISSUED, case__in={case for case, _ in ended}
    )
    renewed = 0
    for sheet in standing.select_related("case", "recipient").order_by("issued_at", "pk"):
        moment = ended.get((sheet.case_id, sheet.recipient_id))
        if moment is not None and moment >= sheet.issued_at:
            renewed += _renew(sheet, at)
    return renewed


def _renew(sheet: InformationSheet, at: datetime) -> bool:
    try:
        revise_sheet_after_withdrawal(case=sheet.case, recipient=sheet.recipient, at=at)
    except Exception as trouble:  # noqa: BLE001  # whatever it is, it must not keep the other sheets standing
        log.warning("sheet %s was not renewed: %s", sheet.pk, type(trouble).__name__)
        return False
    return True


def standing_sheet(case: Case, recipient: Organisation) -> InformationSheet | None:
    """The sheet that counts now for this recipient."""
    rows = InformationSheet.objects.unrestricted(reason=RENEWING).select_related("owner", "case")
    sheet: InformationSheet | None = rows.filter(
        case=case, recipient=recipient, state=SheetState.ISSUED
    ).first()
    return sheet


def _keeper_of(case: Case, at: datetime) -> Organisation | None:
    """The PI that keeps the file at this moment; none after the end of a detention."""
    rows = CaseParty.objects.holding(at).filter(case=case, capacity=Capacity.PRISON)
    row = rows.select_related("party").first()
    return row.party if row else None


def _parts_of(sheet: InformationSheet) -> list[SheetPart]:
    return list(SheetPart.objects.unrestricted(reason=RENEWING).filter(sheet=sheet))


def _next_version(
    case: Case,
    recipient: Organisation,
    standing: InformationSheet | None,
    *,
    kind: SheetKind,
    by: Viewer,
    at: datetime,
) -> InformationSheet:
    """Number n+1, assigned once, at issue (C6.52)."""
    if standing is not None:
        _end(standing, SheetState.REPLACED, by=by, at=at, why="Vervangen door een nieuwe versie")
    known = InformationSheet.objects.unrestricted(reason=RENEWING).filter(case=case, recipient=recipient)
    number = (known.aggregate(last=Max("number"))["last"] or 0) + 1
    contact = ", ".join(part for part in (by.user.name, by.user.phone) if part) if by.user else ""
    sheet = InformationSheet(
        case=case,
        owner=by.organisation,
        recipient=recipient,
        kind=kind,
        number=number,
        issued_at=at,
        issued_by=by.user,
        contact=contact or (standing.contact if standing else ""),
    )
    why = f"{capfirst(sheet.get_kind_display())} versie {number} verzonden"
    write_row(sheet, by=by, at=at, why=why, action="informatieblad-verzenden")
    return sheet


def _freeze(
    sheet: InformationSheet, parts: Iterable[DraftPart], *, by: Viewer, at: datetime, necessity: str
) -> None:
    """Write the parts as they are sent, and the disclosure with the ground per domain."""
    grounds: dict[str, Ground] = {}
    for part in parts:
        grounds[part.domain] = part.ground
        row = SheetPart(
            case=sheet.case,
            owner=sheet.owner,
            sheet=sheet,
            recipient=sheet.recipient,
            domain=part.domain,
            ground=part.ground.label,
            content=part.content,
        )
        write_row(row, by=by, at=at, why="Informatieblad verzonden")
    record_disclosure(
        case=sheet.case,
        sender=sheet.owner,
        recipient=sheet.recipient,
        kind=sheet.kind,
        document_id=sheet.pk,
        version=sheet.number,
        grounds=grounds,
        necessity=necessity,
        by=by,
        at=at,
    )


def _end(sheet: InformationSheet, state: SheetState, *, by: Viewer, at: datetime, why: str) -> None:
    sheet.state, sheet.ended_at = state, at
    write_row(sheet, by=by, at=at, why=why, action="informatieblad-beeindigen")


def _tell(sheet: InformationSheet, kind: str, *, at: datetime) -> None:
    """A link, never content; once per sheet and kind."""
    notify(
        case=sheet.case,
        organisation=sheet.recipient,
        kind=kind,
        event=f"{kind}:{sheet.pk}",
        resource=f"{sheet.case.get_absolute_url()}informatiebladen/",
        at=at,
    )


def _meet_sharing(case: Case, *, by: Viewer, at: datetime) -> None:
    why = "Hulpvragen gedeeld, of vastgelegd dat er niets gedeeld mag worden"
    meet_deadline(case=case, step=Step.SHARE_REQUESTS, on=by.on, by=by, at=at, why=why)
