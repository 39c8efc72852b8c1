"""The screening: how far it is, one form per domain, instruments and kind-check (R139-R146)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions import PhaseNotAllowed
from cases.models import SIX_DOMAINS, CaseParty, Deadline, DeadlineStatus, LifeDomain
from cases.steps import Step
from consent.visibility import Ground, sight_of
from plans import actions, rules
from plans.actions.contributions import WHO_MAY_KNOW
from plans.forms.screening import DomainForm, domain_initial
from plans.listed import open_lines
from plans.models import DomainRecord, DomainStatus, SupportAnswer
from plans.querysets import TONE_OF_STATUS, domain_cards, request_in_words
from plans.questions import AnswerLine, answer_lines, current_set
from plans.reading import record_reading
from plans.screening import Screening, screening_of
from plans.views.conflict import save_or_conflict
from plans.views.door import Door, enter
from plans.views.instruments import instrument_rows
from reintegratie.lib.dutch import day_text
from reintegratie.lib.workdays import day_of

PAGE = "screening"
BESIDE = {
    LifeDomain.HOUSING: ("Adressen", "adressen/"),
    LifeDomain.NETWORK: ("Mensen om betrokkene heen", "netwerk/"),
}
"""What stands on a page of its own beside a domain."""


@dataclass(frozen=True)
class DomainRow:
    """One line of the progress table."""

    label: str
    url: str
    answered: bool
    request: str
    status: str
    tone: str
    contributions: int


@require_safe
def overview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Progress for the PI; for gemeente and reclassering what is shared with them and what they brought in."""
    door = enter(request, pk, PAGE, "screening-inzien")
    screening = screening_of(door.case, door.viewer)
    sight = sight_of(door.viewer, door.case)
    domains = {*screening.records, *(row.domain for row in screening.contributions)}
    record_reading(door.viewer, door.case, "screening-inhoud", domains=domains, sight=sight)
    if not door.manages:
        return _shared_page(door, screening)
    askable = [row for row in door.context["parties"] if row.capacity in WHO_MAY_KNOW]
    asking = Deadline.objects.filter(case=door.case, step=Step.INFO_REQUEST).first()
    return door.show(
        "screening",
        rows=[_row(door, screening, domain) for domain in LifeDomain],
        answered=screening.answered_count,
        total=len(SIX_DOMAINS),
        instruments=instrument_rows(door, screening),
        child_check=screening.child_check,
        contributions=screening.contributions,
        hints=rules.screening_hints(screening),
        missing=rules.missing_in_screening(screening),
        done_on=_done_on(door),
        must_ask=bool(askable) and (asking is None or asking.status == DeadlineStatus.OPEN),
        asked=_asked_in_words(askable, asking, screening),
        may_screen=rules.may_screen(door.viewer, manages=door.manages, phase=door.case.phase),
        base=door.address("screening/"),
        beside=[_beside(door, domain) for domain in BESIDE],
    )


def _beside(door: Door, domain: LifeDomain | str) -> dict[str, str]:
    """The link to what stands beside this domain, if anything does."""
    label, path = BESIDE.get(LifeDomain(domain), ("", ""))
    return {"label": label, "url": door.address(path)} if label else {}


def _asked_in_words(askable: list[CaseParty], asking: Deadline | None, screening: Screening) -> str:
    """Whom the PI asked, and who has not answered yet (R139)."""
    if asking is None or asking.status != DeadlineStatus.MET or asking.closed_on is None:
        return ""
    answered = {row.owner_id for row in screening.contributions}
    asked = [row for row in askable if day_of(row.since) <= asking.closed_on]
    silent = [row.party.called for row in asked if row.party_id not in answered]
    if not silent:
        return ""
    return f"Gevraagd op {day_text(asking.closed_on)} aan {' en '.join(silent)}; nog geen antwoord."


def _done_on(door: Door) -> date | None:
    """When the screening was finished: its term says so, not how far the case went on (a case may end without one)."""
    met = Deadline.objects.filter(case=door.case, step=Step.SCREENING, status=DeadlineStatus.MET)
    return met.values_list("closed_on", flat=True).first()


def _shared_page(door: Door, screening: Screening) -> HttpResponse:
    """Six doors, open or closed, each open one with every answer."""
    cards, sight = domain_cards(door.case, door.viewer), sight_of(door.viewer, door.case)
    lines = {
        domain: lines_of_record(record, sight.ground_of(domain))
        for domain, record in screening.records.items()
    }
    opened: list[dict[str, object]] = [
        {"card": card, "lines": lines.get(card.domain, []), "beside": _beside(door, card.domain)}
        for card in cards
        if card.open
    ]
    if home := lines.get(LifeDomain.CARE_AT_HOME):
        opened.append({"card": {"title": LifeDomain.CARE_AT_HOME.label}, "lines": home})
    return door.show(
        "screening_shared",
        opened=opened,
        closed=[card for card in cards if card.closed],
        contributions=screening.contributions,
        child_check=screening.child_check,
        may_contribute=rules.may_contribute(door.viewer, contributes=door.contributes, phase=door.case.phase),
        contribute_url=door.address("inbreng/"),
    )


def _row(door: Door, screening: Screening, domain: LifeDomain) -> DomainRow:
    record = screening.records.get(domain) or DomainRecord(question_set="")
    return DomainRow(
        label=str(domain.label),
        url=door.address(f"screening/{domain}/"),
        answered=screening.is_answered(domain),
        request=request_in_words(record),
        status=str(record.get_status_display()),
        tone=TONE_OF_STATUS[DomainStatus(record.status)],
        contributions=len(screening.contributions_to(domain)),
    )


def lines_of_record(record: DomainRecord, ground: Ground | None) -> list[AnswerLine]:
    """Every answer of a record that this ground lets through, with the questions of its own set."""
    lines = [AnswerLine("Hulpvraag", str(record.get_support_answer_display()))]
    if record.support_request:
        lines.append(AnswerLine("Toelichting", record.support_request))
    return lines + open_lines(record, ground)


@require_http_methods(["GET", "HEAD", "POST"])
def domain(request: HttpRequest, pk: UUID, domein: str) -> HttpResponse:
    """The form of one domain, with what others already know beside it."""
    door = enter(request, pk, PAGE, "leefgebied-inzien")
    door.require_detention_work()
    if domein not in LifeDomain.values:
        raise Http404
    life_domain = LifeDomain(domein)
    following = _after(life_domain)
    screening = screening_of(door.case, door.viewer)
    record = screening.records.get(domein) or DomainRecord(domain=domein, question_set="")
    questions = current_set(door.viewer.on)
    form = DomainForm(
        request.POST or None,
        questions=questions,
        domain=domein,
        initial={
            **domain_initial(record),
            **_taken_over(screening, domein, request.GET.get("overnemen", "")),
        },
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        conflict = save_or_conflict(
            form, lambda: _save_domain(door, life_domain, form), _initial, door.viewer
        )
        if conflict is None:
            messages.success(request, f"{life_domain.label} is opgeslagen.")
            onward = following if "verder" in request.POST else None
            return redirect(door.address(f"screening/{onward}/" if onward else "screening/"))
    record_reading(door.viewer, door.case, "leefgebied-inhoud", domains=[domein])
    return door.show(
        "screening_domain",
        form=form,
        title=life_domain.label,
        domein=domein,
        beside=_beside(door, life_domain),
        onward=f"Opslaan en naar {following.label}" if following else "",
        contributions=screening.contributions_to(domein),
        old_lines=_lines_of_older_set(record, questions.version),
        conflict=conflict,
        cancel_url=door.address("screening/"),
    )


def _after(domain: LifeDomain) -> LifeDomain | None:
    """The next form of the round along the six domains."""
    rest = SIX_DOMAINS[SIX_DOMAINS.index(domain) + 1 :] if domain in SIX_DOMAINS else ()
    return rest[0] if rest else None


def _initial(row: object) -> dict[str, object]:
    assert isinstance(row, DomainRecord)
    return domain_initial(row)


def _save_domain(door: Door, life_domain: LifeDomain, form: DomainForm) -> DomainRecord:
    answers = form.cleaned_data
    return actions.record_domain(
        case=door.case,
        domain=life_domain,
        support_answer=SupportAnswer(answers["support_answer"]),
        support_request=answers["support_request"],
        status=DomainStatus(answers["status"]),
        facts=form.facts(),
        expected_version=answers["version"],
        by=door.viewer,
        at=door.viewer.at,
    )


def _taken_over(screening: Screening, domein: str, wanted: str) -> dict[str, object]:
    """What 'Overnemen' puts ready in the form: the words of a contribution, nothing saved yet."""
    row = next((row for row in screening.contributions_to(domein) if str(row.pk) == wanted), None)
    if row is None:
        return {}
    known = screening.records.get(domein)
    before = f"{known.support_request}\n" if known and known.support_request else ""
    return {"support_request": f"{before}{row.text} (ingebracht door {row.owner.called})"}


def _lines_of_older_set(record: DomainRecord, version: str) -> list[AnswerLine]:
    """Answers to questions that are not asked any more stay readable."""
    if record._state.adding or record.question_set == version:
        return []
    return answer_lines(record.question_set, record.domain, record.facts)


@require_POST
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask gemeente and reclassering what they know already (R139)."""
    door = enter(request, pk, PAGE, "informatie-vragen")
    door.require_detention_work()
    try:
        asked = actions.ask_for_contributions(case=door.case, by=door.viewer, at=door.viewer.at)
    except actions.NobodyToAsk:
        messages.error(request, "Er doet nog geen gemeente of reclassering mee aan deze zaak.")
    else:
        names = ", ".join(row.party.called for row in asked)
        messages.success(request, f"Gevraagd om inbreng: {names}.")
    return redirect(door.address("screening/"))


@require_POST
def complete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Finish the screening, or say what is missing."""
    door = enter(request, pk, PAGE, "screening-afronden")
    door.require_detention_work()
    try:
        actions.complete_screening(case=door.case, by=door.viewer, at=door.viewer.at)
    except actions.ScreeningIncomplete as incomplete:
        count = len(incomplete.missing)
        what = "één antwoord" if count == 1 else f"{count} antwoorden"
        verb = "ontbreekt nog" if count == 1 else "ontbreken nog"
        messages.error(request, f"De screening is nog niet klaar: er {verb} {what}. Onderaan staat wat.")
    except PhaseNotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            "De screening is afgerond. Leg nu de toestemming vast, deel de hulpvragen en begin het plan.",
        )
        _warn_of_unknown(request, door)
    return redirect(door.address("screening/"))


def _warn_of_unknown(request: HttpRequest, door: Door) -> None:
    """A finished screening may leave open how a domain stands; the others read that as 'unknown'."""
    if unknown := rules.unknown_in_screening(screening_of(door.case, door.viewer)):
        messages.warning(request, f"Hoe het ervoor staat is nog onbekend bij: {', '.join(unknown)}.")
