"""Record what somebody of the network, or the other parent, decides about one recipient (C3 code K, R58)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from cases.actions import lock_case, touch_parties
from cases.models import ENDED_PHASES, Case
from consent.actions.decisions import (
    CaseIsClosed,
    DecidedInTheFuture,
    DecisionNotRecorded,
    EndsBeforeItBegins,
    RecipientTakesNoPart,
    YesWithoutEvidence,
)
from consent.actions.order import overtaken_by
from consent.actions.withdrawals import NotInForce
from consent.models import Answer, Evidence, ThirdPartyConsent, ThirdPartyRole
from consent.recipients import recipients_of
from parties import ledger
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.history import save_as


@transaction.atomic
def decide_for_third_party(
    *,
    case: Case,
    subject: UUID,
    role: ThirdPartyRole,
    recipient: Organisation,
    answer: Answer,
    given_at: datetime,
    evidence: Evidence,
    explained_how: str = "",
    valid_until: datetime | None = None,
    by: Viewer,
    at: datetime,
) -> ThirdPartyConsent:
    """Record the answer of a third party about himself; it replaces his standing one for this recipient (C6.10).

    It opens nothing without a ground of the detainee. A paper that comes in late keeps its place in time. Raises
    DecisionNotRecorded; then nothing is saved.
    """
    lock_case(case)
    _check(case, recipient, answer, evidence, given_at=given_at, valid_until=valid_until, at=at)
    row = ThirdPartyConsent(
        case=case,
        subject=subject,
        role=ThirdPartyRole(role),
        recipient=recipient,
        answer=Answer(answer),
        given_at=given_at,
        sequence=_next_number(case),
        valid_until=valid_until,
        evidence=Evidence(evidence),
        explained_how=explained_how,
        recorded_at=at,
        recorded_by=by.user,
        recorded_for=by.organisation,
    )
    _place(row, by=by, at=at)
    _write_line(row, "toestemming-derde-vastleggen", by=by)
    _offer_again(row, by=by, at=at)
    return row


@transaction.atomic
def withdraw_third_party(
    *, decision: ThirdPartyConsent, reason: str, by: Viewer, at: datetime
) -> ThirdPartyConsent:
    """End the yes of a third party, as easily as it was given. No copy of his data stands anywhere, so no echo is needed.

    Raises NotInForce.
    """
    lock_case(decision.case)
    decision.refresh_from_db()
    if not decision.stands:
        raise NotInForce
    decision.withdrawn_at = max(at, decision.given_at)  # two machines, two clocks
    decision.withdrawal_reason = reason
    save_as(decision, by=by, at=at, why="toestemming van een derde ingetrokken")
    _write_line(decision, "toestemming-derde-intrekken", by=by)
    _offer_again(decision, by=by, at=at)
    return decision


def _check(
    case: Case,
    recipient: Organisation,
    answer: Answer,
    evidence: Evidence,
    *,
    given_at: datetime,
    valid_until: datetime | None,
    at: datetime,
) -> None:
    refusals: tuple[tuple[bool, type[DecisionNotRecorded]], ...] = (
        (case.phase in ENDED_PHASES, CaseIsClosed),
        (recipient not in recipients_of(case, at), RecipientTakesNoPart),
        (given_at > at, DecidedInTheFuture),
        (valid_until is not None and valid_until <= given_at, EndsBeforeItBegins),
        (answer == Answer.GIVEN and evidence == Evidence.REFUSED_TO_SIGN, YesWithoutEvidence),
    )
    for wrong, refusal in refusals:
        if wrong:
            raise refusal


def _next_number(case: Case) -> int:
    last: int | None = ThirdPartyConsent.objects.filter(case=case).aggregate(last=Max("sequence"))["last"]
    return (last or 0) + 1


def _place(row: ThirdPartyConsent, *, by: Viewer, at: datetime) -> None:
    """Put the answer in its place in time: it ends the standing one, or was already overtaken itself."""
    others = list(ThirdPartyConsent.objects.filter(subject=row.subject, recipient=row.recipient))
    overtaken = overtaken_by(row, others, at=at)
    if overtaken is not None:
        row.withdrawn_at, row.replaced_by_id = overtaken
    else:
        for standing in (one for one in others if one.withdrawn_at is None):
            standing.withdrawn_at = max(row.given_at, standing.given_at)
            standing.replaced_by_id = row.pk
            save_as(standing, by=by, at=at, why="vervangen door een nieuw antwoord van deze derde")
    given = row.answer == Answer.GIVEN
    save_as(row, by=by, at=at, why="derde gaf toestemming" if given else "derde weigerde toestemming")


def _write_line(row: ThirdPartyConsent, action: str, *, by: Viewer) -> None:
    subject = ledger.Subject(row.case.detainee_id, row.case_id)
    detail = f"ontvanger:{row.recipient_id}"
    ledger.record(
        by, action, subjects=[subject], object_kind="toestemming-derde", object_id=row.pk, detail=detail
    )


def _offer_again(row: ThirdPartyConsent, *, by: Viewer, at: datetime) -> None:
    """A party that lost or gained a name reads the case again; a no where nothing was open is told to nobody (C5.3)."""
    parties = [by.organisation.pk]
    if row.answer == Answer.GIVEN or _was_open(row):
        parties.append(row.recipient_id)
    touch_parties(case=row.case, parties=parties, at=at)


def _was_open(row: ThirdPartyConsent) -> bool:
    return ThirdPartyConsent.objects.filter(replaced_by=row, answer=Answer.GIVEN).exists()
