"""Record what a detainee decided: one paper, one recipient, any number of domains (R26-R34, B4)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from cases.actions import lock_case, touch_parties
from cases.models import ENDED_PHASES, Case, InflowType, LifeDomain
from consent.actions.asking import settle_asks
from consent.actions.echo import echo_end
from consent.actions.order import is_expired, overtaken_by
from consent.models import Answer, Consent, Evidence
from consent.numbers import declaration_number_for, number_prefix, printed_on
from consent.recipients import recipients_of
from consent.texts import ORDINARY, Form, forms_of, version_on
from parties import ledger
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.history import save_as
from reintegratie.lib.workdays import day_of


class DecisionNotRecorded(Exception):
    """Nothing was saved. ``field`` says which answer is wrong; the text tells a person what to do."""

    field = ""
    text = ""

    def __str__(self) -> str:
        return self.text


class NothingDecided(DecisionNotRecorded):
    field, text = "", "Beantwoord ten minste één leefgebied met ja of nee."


class CaseIsClosed(DecisionNotRecorded):
    field, text = "", "Deze zaak is afgesloten. Een nieuwe detentie vraagt om nieuwe toestemming."


class RecipientTakesNoPart(DecisionNotRecorded):
    field, text = "", "Deze organisatie neemt nu geen deel aan de zaak."


class DecidedInTheFuture(DecisionNotRecorded):
    field, text = "given_at", "Dit moment ligt in de toekomst. Vul in wanneer de verklaring is gegeven."


class DecidedBeforeThisDetention(DecisionNotRecorded):
    field = "given_at"
    text = "Dit is van voor deze detentie. Toestemming van een eerdere detentie telt niet meer."


class EndsBeforeItBegins(DecisionNotRecorded):
    field, text = "valid_until", "De einddatum ligt niet na het moment waarop de verklaring is gegeven."


class YesWithoutEvidence(DecisionNotRecorded):
    field = "evidence"
    text = "Wie niet tekent, geeft geen toestemming. Kies ‘nee’ bij de leefgebieden, of een ander bewijs."


class NoSuchForm(DecisionNotRecorded):
    field = "form"
    text = "Dit formulier was er op die dag nog niet. Kies een ander formulier, of kijk de datum na."


class NotExplained(DecisionNotRecorded):
    field = "explained_how"
    text = "Vul in hoe u het hebt uitgelegd: lezen of begrijpen is moeilijk voor deze gedetineerde."


class NumberNotForThisPaper(DecisionNotRecorded):
    field = "declaration_number"
    text = "Dit nummer hoort niet bij een verklaring voor deze ontvanger, of is al vastgelegd."


@transaction.atomic
def decide(
    *,
    case: Case,
    recipient: Organisation,
    answers: Mapping[LifeDomain, Answer],
    given_at: datetime,
    evidence: Evidence,
    language: str = "Nederlands",
    explained_how: str = "",
    representative: str = "",
    valid_until: datetime | None = None,
    declaration_number: str = "",
    form: Form = ORDINARY,
    must_explain: bool = False,
    by: Viewer,
    at: datetime,
) -> list[Consent]:
    """Record one declaration; each answer replaces the standing decision for that domain and recipient (C6.10).

    ``given_at`` is the moment on the paper. A paper that comes in late keeps its place in time: when something later
    was already recorded it is kept as history and opens nothing. ``must_explain``: reading is hard for this person, so
    how it was explained belongs to the decision (C6.13). Raises DecisionNotRecorded; then nothing is saved.
    """
    lock_case(case)
    _check_paper(case, given_at=given_at, valid_until=valid_until, at=at)
    _check_answers(case, recipient, answers, evidence, at=at)
    _check_explained(explained_how, must_explain=must_explain)
    number = _number_of(case, recipient, declaration_number, given_at)
    shared = {
        "case": case,
        "recipient": recipient,
        "given_at": given_at,
        "valid_until": valid_until,
        "declaration_number": number,
        **_paper_of(number, form, given_at),
        "evidence": evidence,
        "language": language,
        "explained_how": explained_how,
        "representative": representative,
        "recorded_at": at,
        "recorded_by": by.user,
        "recorded_for": by.organisation,
    }
    noticed_by = [by.organisation.pk, *_noticing(case, recipient, answers)]
    rows = [_place(row, by=by, at=at) for row in _rows(case, answers, shared)]
    _write_lines(case, recipient, answers, number, by=by)
    settle_asks(case=case, by=by, at=at)
    touch_parties(case=case, parties=noticed_by, at=at)
    return rows


def _noticing(case: Case, recipient: Organisation, answers: Mapping[LifeDomain, Answer]) -> list[UUID]:
    """The recipient, if a yes comes or goes for it. A no where nothing was open is told to nobody (C5.3)."""
    open_now = Consent.objects.filter(
        case=case, recipient=recipient, domain__in=answers, answer=Answer.GIVEN, withdrawn_at=None
    )
    return [recipient.pk] if Answer.GIVEN in answers.values() or open_now.exists() else []


def _rows(case: Case, answers: Mapping[LifeDomain, Answer], shared: Mapping[str, Any]) -> list[Consent]:
    """A row per answer, numbered on from the last decision of the case."""
    first = (Consent.objects.filter(case=case).aggregate(last=Max("sequence"))["last"] or 0) + 1
    return [
        Consent(domain=domain, answer=answer, sequence=first + turn, **shared)
        for turn, (domain, answer) in enumerate(answers.items())
    ]


def _write_lines(
    case: Case, recipient: Organisation, answers: Mapping[LifeDomain, Answer], number: str, *, by: Viewer
) -> None:
    ledger.record(
        by,
        "toestemming-vastleggen",
        subjects=[ledger.Subject(case.detainee_id, case.pk, domains=tuple(answers))],
        object_kind="verklaring",
        object_id=number,
        detail=f"ontvanger:{recipient.pk}",
    )


def _check_paper(case: Case, *, given_at: datetime, valid_until: datetime | None, at: datetime) -> None:
    """Is this a paper of this detention, from the past, with an end after its beginning?"""
    if case.phase in ENDED_PHASES:
        raise CaseIsClosed
    if given_at > at:
        raise DecidedInTheFuture
    if valid_until is not None and valid_until <= given_at:
        raise EndsBeforeItBegins
    entered = case.entered_at
    may_precede_entry = (
        case.inflow_type == InflowType.SELF_REPORTER
    )  # a plan before detention is allowed (R7)
    if entered and not may_precede_entry and _day(given_at) < _day(entered):
        raise DecidedBeforeThisDetention


def _check_answers(
    case: Case,
    recipient: Organisation,
    answers: Mapping[LifeDomain, Answer],
    evidence: Evidence,
    *,
    at: datetime,
) -> None:
    """Is there an answer, to somebody who takes part, with evidence that can carry a yes?"""
    if not answers:
        raise NothingDecided
    if recipient not in recipients_of(case, at):
        raise RecipientTakesNoPart
    if evidence == Evidence.REFUSED_TO_SIGN and Answer.GIVEN in answers.values():
        raise YesWithoutEvidence


def _check_explained(explained_how: str, *, must_explain: bool) -> None:
    if must_explain and not explained_how.strip():
        raise NotExplained


def _number_of(case: Case, recipient: Organisation, printed: str, given_at: datetime) -> str:
    """The number that was printed on the paper, if it was for this recipient and is not recorded yet; else a new one.

    Only papers with a yes count for 'taken': a number may not tell the recipient that there was a refusal.
    """
    given = Consent.objects.filter(case=case, recipient=recipient, answer=Answer.GIVEN)
    if printed:
        if given.filter(declaration_number=printed).exists() or not printed.startswith(
            number_prefix(case, recipient)
        ):
            raise NumberNotForThisPaper
        return printed
    number = declaration_number_for(case, recipient, given_at)
    taken = set(
        given.filter(declaration_number__startswith=number).values_list("declaration_number", flat=True)
    )
    return f"{number}-{len(taken) + 1}" if number in taken else number


def _paper_of(number: str, form: Form, given_at: datetime) -> dict[str, Any]:  # columns of a consent
    """Which words were signed: those handed out when the paper was printed, as its number tells; else when it was given."""
    version = version_on(printed_on(number) or day_of(given_at))
    if form not in forms_of(version):
        raise NoSuchForm
    return {"text_version": version, "form_language": form.language, "easy_form": form.easy}


def _day(at: datetime) -> date:
    return day_of(at)


def _place(row: Consent, *, by: Viewer, at: datetime) -> Consent:
    """Put a decision in its place in time: it ends the standing one, or was already overtaken itself."""
    others = Consent.objects.filter(case=row.case, recipient=row.recipient, domain=row.domain)
    overtaken = overtaken_by(row, others, at=at)
    if overtaken is not None:
        row.withdrawn_at, row.replaced_by_id = overtaken
    else:
        for standing in others.filter(withdrawn_at=None):
            _replace(standing, row, by=by, at=at)
    given = row.answer == Answer.GIVEN
    what = "toestemming gegeven" if given else "toestemming geweigerd"
    save_as(row, by=by, at=at, why=f"{what}, verklaring {row.declaration_number}")
    return row


def _replace(standing: Consent, row: Consent, *, by: Viewer, at: datetime) -> None:
    """End the standing decision; when that closes a domain, the rooms above hear of it."""
    was_open = standing.answer == Answer.GIVEN and not is_expired(standing, at)
    standing.withdrawn_at = max(row.given_at, standing.given_at)
    standing.replaced_by_id = row.pk
    save_as(standing, by=by, at=at, why=f"vervangen door verklaring {row.declaration_number}")
    if was_open and (row.answer != Answer.GIVEN or is_expired(row, at)):
        echo_end(standing, standing.domain, at=at)
