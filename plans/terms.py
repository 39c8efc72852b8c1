"""Which terms follow from what is known about somebody, and why that day? Pure: facts in, terms and Dutch out (C4, B11)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from cases.models import LifeDomain
from cases.process import step_of
from cases.steps import Step
from cases.terms import Term, term_of
from plans.models import InstrumentKind, InstrumentOutcome, TermKind
from reintegratie.lib.dutch import day_text, weekday_text
from reintegratie.lib.workdays import is_working_day, previous_working_day

ADULT_FOR_BENEFIT = 27
"""From this age there is no search period (Participatiewet art. 41 lid 4)."""
STOP_OF_BENEFIT: Mapping[str, Step] = {
    "bijstand": Step.BENEFIT_STOP_DAY1,
    "ioaw-ioaz": Step.BENEFIT_STOP_DAY1,
    "aio": Step.BENEFIT_STOP_DAY1,
    "ww": Step.BENEFIT_STOP_DAY1,
    "aow-anw": Step.BENEFIT_STOP_30D,
    "ziektewet": Step.BENEFIT_STOP_MONTH,
    "wia": Step.BENEFIT_STOP_MONTH,
    "wajong": Step.BENEFIT_STOP_MONTH,
    "waz": Step.BENEFIT_STOP_MONTH,
}
"""When each benefit stops, in the answers of the question set (B11, R98, R100)."""
NAME_OF_BENEFIT: Mapping[str, str] = {
    "bijstand": "bijstand",
    "ioaw-ioaz": "IOAW of IOAZ",
    "aio": "AIO",
    "ww": "WW",
    "aow-anw": "AOW of Anw",
    "ziektewet": "Ziektewet",
    "wia": "WIA of WAO",
    "wajong": "Wajong",
    "waz": "WAZ",
}
REVIVES = "ww"
BENEFIT_QUESTIONS = ("soort_uitkering", "tweede_uitkering")
EXCEPTION_QUESTION, NO_EXCEPTION = "uitzondering_zoektermijn", ("", "geen", "onbekend")
APPLIED = ("aangevraagd", "uitgereikt")

AFTER_RELEASE = (
    Step.CHILD_CHECK_CONTACT,
    Step.APPLICATION_DAY_ONE,
    Step.ADVANCE_PAYMENT,
    Step.WW_REVIVAL_LIMIT,
)
"""Terms that the release does not end; all others lapse with it (C6.20)."""
BEGUN_BY_HAND = (Step.FAMILY_TIMEOUT, Step.PP_WINDOW, Step.ADVANCE_PAYMENT)
"""Their day is a fact that stands nowhere else: the breach, the day that DJI gives, the application."""
SETTLED_BY_HAND = (
    Step.SEARCH_PERIOD_START,
    Step.APPLICATION_DAY_ONE,
    Step.WW_REVIVAL_LIMIT,
    Step.ADVANCE_PAYMENT,
)
"""That it was done stands nowhere else; the others follow what was recorded."""


class PpRule(NamedTuple):
    """The thresholds of a penitentiair programma from a day on, to show; nothing is computed with them (D4, D14)."""

    valid_from: date
    text: str


PP_RULES = (
    PpRule(
        date(2019, 7, 1),
        "onvoorwaardelijke straf van ten minste 6 maanden, nog 4 weken tot 1 jaar te gaan (Handreiking bijlage III)",
    ),
    PpRule(
        date(2021, 12, 1),
        "onvoorwaardelijke straf van 6 maanden tot 1 jaar, nog ten minste 4 weken te gaan, en hoogstens 1/6 van wat "
        "nog moet worden uitgezeten (Pbw art. 4)",
    ),
)

KIND_OF_STEP: Mapping[Step, tuple[TermKind, str]] = {
    Step.SCIL: (TermKind.INSTRUMENT, ""),
    Step.EDUCATION_REFERRAL: (TermKind.INSTRUMENT, ""),
    Step.CHILD_CHECK_CONTACT: (TermKind.CHILD_CHECK, ""),
    Step.FAMILY_TIMEOUT: (TermKind.BEHAVIOUR, ""),
    Step.PP_WINDOW: (TermKind.BEHAVIOUR, ""),
    Step.ID_APPLICATION: (TermKind.DOMAIN, LifeDomain.IDENTITY),
}
OF_INCOME = (TermKind.DOMAIN, str(LifeDomain.WORK_INCOME))
"""Of which kind of row, and of which domain, a term tells; all others are about income (ADR 0016)."""

TOO_LATE = "te laat: gebruik Participatiewet art. 41 lid 11"


@dataclass(frozen=True)
class Facts:
    """What the terms of one case follow from."""

    entered_on: date | None = None
    released_on: date | None = None
    over: bool = False
    """The case is closed: nothing is due any more."""
    expected_on: date | None = None
    birth_date: date | None = None
    identity: Mapping[str, object] | None = None
    income: Mapping[str, object] | None = None
    asks_income: bool = False
    instruments: Mapping[str, tuple[str, date]] | None = None
    """Outcome and day, by instrument."""
    referred_on: date | None = None
    child_asked_on: date | None = None
    """Of a positive kind-check."""
    child_contact_on: date | None = None

    @property
    def inside(self) -> bool:
        return self.entered_on is not None and self.released_on is None and not self.over

    @property
    def benefits(self) -> tuple[str, ...]:
        """Which benefits somebody had, each once."""
        given = [str((self.income or {}).get(code, "")) for code in BENEFIT_QUESTIONS]
        return tuple(dict.fromkeys(one for one in given if one in STOP_OF_BENEFIT))


@dataclass(frozen=True)
class WantedTerm:
    """One round that should be there. ``met``: a recorded fact settled it, on ``met_on`` when that day is known."""

    step: Step
    since: date
    about: str = ""
    met: bool = False
    met_on: date | None = None
    at_once: str = ""
    """Why it is due now, where there is no day to count from."""


def wanted_terms(facts: Facts) -> Iterator[WantedTerm]:
    """The terms that follow from these facts; what was begun by hand is its own fact."""
    if facts.over:
        return
    yield from _of_child_check(facts)
    yield from _of_income(facts)
    if facts.inside:
        yield from _of_instruments(facts)
        yield from _of_identity(facts)
        yield from _of_benefits(facts)


def _met(step: Step, since: date, on: date | None) -> WantedTerm:
    return WantedTerm(step, since, met=on is not None, met_on=on)


def _of_child_check(facts: Facts) -> Iterator[WantedTerm]:
    """The same day, whatever the consent (R122, C6.50)."""
    if facts.child_asked_on is not None:
        yield _met(Step.CHILD_CHECK_CONTACT, facts.child_asked_on, facts.child_contact_on)


def _of_instruments(facts: Facts) -> Iterator[WantedTerm]:
    """A suspicion of LVB asks for the SCIL; a low Taalmeter for education as well (R142, R143)."""
    taken = facts.instruments or {}
    low = {kind: on for kind, (outcome, on) in taken.items() if outcome == InstrumentOutcome.LOW}
    suspected = [on for kind, on in low.items() if kind != InstrumentKind.SCIL]
    if suspected:
        _, scil_on = taken.get(InstrumentKind.SCIL, ("", None))
        yield _met(Step.SCIL, min(suspected), scil_on)
    if InstrumentKind.LANGUAGE in low:
        yield _met(Step.EDUCATION_REFERRAL, low[InstrumentKind.LANGUAGE], facts.referred_on)


def _of_identity(facts: Facts) -> Iterator[WantedTerm]:
    """Without a valid document it is applied for, six weeks before release; now when that day is unknown (R65)."""
    known = facts.identity or {}
    if known.get("geldig_aanwezig") != "nee":
        return
    assert facts.entered_on is not None
    met = known.get("aanvraag") in APPLIED
    if facts.expected_on is None:
        yield WantedTerm(
            Step.ID_APPLICATION, facts.entered_on, met=met, at_once="de einddatum is onbekend: begin nu"
        )
    else:
        yield WantedTerm(Step.ID_APPLICATION, facts.expected_on, met=met)


def _of_income(facts: Facts) -> Iterator[WantedTerm]:
    """Bijstand at release: under 27 first a search period, else an application on day one (R89-R93, B11 41(4), 41(12))."""
    leaves_on = facts.released_on or facts.expected_on
    if REVIVES in facts.benefits and facts.entered_on is not None:
        yield WantedTerm(Step.WW_REVIVAL_LIMIT, facts.entered_on)
    if not facts.asks_income or facts.entered_on is None or leaves_on is None or facts.birth_date is None:
        return
    if not must_search(facts, leaves_on):
        yield WantedTerm(Step.APPLICATION_DAY_ONE, leaves_on)
    elif facts.inside:
        yield WantedTerm(Step.SEARCH_PERIOD_START, leaves_on)


def must_search(facts: Facts, applied_on: date) -> bool:
    """Under 27 on the day of the application, and none of the exceptions of the law (B11)."""
    assert facts.birth_date is not None
    born = facts.birth_date
    age = applied_on.year - born.year - ((applied_on.month, applied_on.day) < (born.month, born.day))
    exception = str((facts.income or {}).get(EXCEPTION_QUESTION, ""))
    return age < ADULT_FOR_BENEFIT and exception in NO_EXCEPTION


def _of_benefits(facts: Facts) -> Iterator[WantedTerm]:
    """Each benefit stops by its own rule (B11)."""
    assert facts.entered_on is not None
    for benefit in facts.benefits:
        yield WantedTerm(STOP_OF_BENEFIT[benefit], facts.entered_on, about=benefit)


def term_for(
    wanted: WantedTerm, facts: Facts, equated: Collection[date], *, known_on: date, on: date, valid_on: date
) -> Term:
    """The dates and their explanation. ``known_on``: since when this term is known; ``valid_on``: by which rule."""
    rule = step_of(wanted.step, valid_on)
    term = term_of(rule, wanted.since, equated)
    if wanted.step == Step.ID_APPLICATION:
        return _begun_in_time(term, wanted, known_on)
    if wanted.step == Step.SEARCH_PERIOD_START:
        return _search_period(term, facts, equated, on)
    if wanted.step == Step.PP_WINDOW:
        given = f"datum van DJI: {day_text(wanted.since)}"
        return replace(term, explanation=f"{given}; voorwaarden: {pp_rule(wanted.since)}")
    return term


def _begun_in_time(term: Term, wanted: WantedTerm, known_on: date) -> Term:
    """A start that is unknown or past is now: the day on which the need was known."""
    if wanted.at_once:
        return Term(known_on, known_on, known_on, (), wanted.at_once)
    if term.due_on >= known_on:
        return term
    past = f"{term.explanation}; dat moment is al voorbij: begin nu"
    return replace(term, raw_due_on=known_on, due_on=known_on, explanation=past)


def _search_period(term: Term, facts: Facts, equated: Collection[date], on: date) -> Term:
    """Never moved; on a day off it is advised to report on the working day before (Atw art. 1 lid 2, R89)."""
    text = f"{term.explanation}; valt samen met de laatste vier weken van de detentie"
    assert facts.entered_on is not None
    if term.due_on < max(on, facts.entered_on):
        return replace(term, explanation=f"{text}; {TOO_LATE}")
    if not is_working_day(term.due_on, equated):
        before = previous_working_day(term.due_on, equated)
        text = f"{text}; meld het op {weekday_text(before)}, want {weekday_text(term.due_on)} is geen werkdag"
    return replace(term, explanation=text)


def pp_rule(on: date) -> str:
    """The thresholds that hold on this day (D4)."""
    return next((rule.text for rule in reversed(PP_RULES) if rule.valid_from <= on), PP_RULES[0].text)
