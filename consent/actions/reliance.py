"""Rely on a statutory ground in one case, with the necessity in words, and stop relying on it (C3 code S, ADR 0013)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from cases.actions import lock_case, touch_parties
from cases.models import ENDED_PHASES, Case
from consent.actions.echo import echo_end
from consent.models import CaseGround, GroundCode
from consent.reliance import party_in, reliable_for
from parties import ledger
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.history import save_as

NEEDS_REFERENCE = (GroundCode.WGS, GroundCode.LOCAL)
"""A Wgs case has a number; a local regulation works once the notification letter was handed over (R48)."""


class NotRelied(Exception):
    """Nothing was saved; ``field`` says which answer is wrong, and the text tells a person what to do."""

    field = ""
    text = ""

    def __str__(self) -> str:
        return self.text


class GroundNotInForce(NotRelied):
    text = "Op deze grondslag kan voor deze partij nu niet worden gedeeld."


class NecessityMissing(NotRelied):
    field, text = "necessity", "Schrijf op waarom dit nodig is. Zonder noodzaak mag er niet worden gedeeld."


class EndsBeforeItBegins(NotRelied):
    field, text = "until", "Deze dag is al voorbij. Kies een dag in de toekomst, of laat het veld leeg."


class ReferenceMissing(NotRelied):
    field = "reference"
    text = "Vul het kenmerk in: het nummer van de zaak, of de datum waarop de notificatiebrief is uitgereikt."


class NothingChosen(NotRelied):
    field, text = "subjects", "Kies ten minste één onderwerp."


class ReliedOnAlready(NotRelied):
    text = "Deze grondslag staat hiervoor al in de zaak."


class CaseIsOver(NotRelied):
    text = "Deze zaak is afgesloten. Er wordt niets meer gedeeld."


class NotReliedOn(Exception):
    """This ground was ended before."""


@transaction.atomic
def rely_on_ground(
    *,
    case: Case,
    recipient: Organisation,
    code: GroundCode,
    subjects: Collection[str],
    necessity: str,
    by: Viewer,
    at: datetime,
    reference: str = "",
    until: datetime | None = None,
) -> list[CaseGround]:
    """From this moment the named subjects are open to this recipient on this ground (PM 20d: as far as necessary).

    A subject is a domain, a kind of row without a domain, or "" for all that the ground opens. Raises NotRelied.
    """
    lock_case(case)
    _check_ground(case, recipient, code, subjects, at=at)
    _check_words(code, subjects, necessity, reference)
    if until is not None and until <= at:
        raise EndsBeforeItBegins
    _make_room(case, recipient, code, subjects, by=by, at=at)
    rows = [
        CaseGround(
            case=case,
            code=code,
            recipient=recipient,
            subject=subject,
            necessity=necessity.strip(),
            reference=reference,
            since=at,
            until=until,
            recorded_at=at,
            recorded_by=by.user,
            recorded_for=by.organisation,
        )
        for subject in dict.fromkeys(subjects)
    ]
    for row in rows:
        save_as(row, by=by, at=at, why=f"gedeeld op grond van {GroundCode(code).label}")
    _write_line(rows[0], [row.subject for row in rows], "grondslag-vastleggen", by=by)
    touch_parties(case=case, parties=[by.organisation.pk, recipient.pk], at=at)
    return rows


@transaction.atomic
def end_reliance(*, row: CaseGround, reason: str, by: Viewer, at: datetime) -> CaseGround:
    """Stop sharing on this ground: at once, in every channel; what was given stays in the register."""
    case = lock_case(row.case)
    row.refresh_from_db()
    if row.ended_at is not None:
        raise NotReliedOn
    row.ended_at, row.end_reason = at, reason
    save_as(row, by=by, at=at, why=f"delen op deze grondslag beëindigd: {reason}" if reason else "beëindigd")
    _write_line(row, [row.subject], "grondslag-beeindigen", by=by)
    touch_parties(case=case, parties=[by.organisation.pk, row.recipient_id], at=at)
    echo_end(row, row.subject, at=at)
    return row


def _make_room(
    case: Case,
    recipient: Organisation,
    code: GroundCode,
    subjects: Collection[str],
    *,
    by: Viewer,
    at: datetime,
) -> None:
    """What is over makes room for a new reliance; what still stands does not."""
    rows = CaseGround.objects.filter(case=case, recipient=recipient, code=code, ended_at=None)
    for row in rows.filter(subject__in=subjects):
        if row.until is None or row.until > at:
            raise ReliedOnAlready
        row.ended_at, row.end_reason = row.until, "verlopen"
        save_as(row, by=by, at=at, why="verlopen; opnieuw vastgelegd")


def _check_words(code: GroundCode, subjects: Collection[str], necessity: str, reference: str) -> None:
    if not subjects:
        raise NothingChosen
    if not necessity.strip():
        raise NecessityMissing
    if code in NEEDS_REFERENCE and not reference.strip():
        raise ReferenceMissing


def _check_ground(
    case: Case, recipient: Organisation, code: GroundCode, subjects: Collection[str], *, at: datetime
) -> None:
    if case.phase in ENDED_PHASES:
        raise CaseIsOver
    row = party_in(case, recipient, at)
    grounds = reliable_for([row], at)[row.party_id] if row else []
    known = {subject for ground in grounds if ground.code == code for subject in (*ground.subjects, "")}
    if not set(subjects) <= known:
        raise GroundNotInForce


def _write_line(row: CaseGround, subjects: list[str], action: str, *, by: Viewer) -> None:
    ground = str(GroundCode(row.code).label)
    subject = ledger.Subject(
        row.case.detainee_id, row.case_id, ground=ground, domains=tuple(filter(None, subjects))
    )
    ledger.record(
        by,
        action,
        subjects=[subject],
        object_kind="grondslag",
        object_id=row.pk,
        detail=f"ontvanger:{row.recipient_id}",
    )
