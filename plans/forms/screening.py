"""The forms of the screening: one per domain, built from the question set of the day; instruments and kind-check."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from cases.models import LifeDomain
from plans.forms.fields import VersionedForm, date_field, past_date, radio_field, select_field, text_area
from plans.models import (
    ChildCheck,
    ChildCheckAnswer,
    DomainRecord,
    DomainStatus,
    InstrumentKind,
    InstrumentOutcome,
    InstrumentResult,
    SupportAnswer,
)
from plans.questions import SHORT_TEXT, Question, QuestionKind, QuestionSet

PREFIX = "vraag_"
ANSWERS = [(value, label[:1].upper() + label[1:]) for value, label in SupportAnswer.choices]


class DomainForm(VersionedForm):
    """One domain: the hulpvraag, the facts, and how it stands. Every fact may stay open."""

    support_answer = radio_field(
        "Is er een hulpvraag?",
        ANSWERS,
        help_text="Ook ‘geen hulpvraag’ en ‘wil geen antwoord geven’ zijn antwoorden.",
    )
    support_request = text_area(
        "Toelichting op de hulpvraag",
        rows=4,
        help_text="Wat vraagt betrokkene zelf? Dit komt op het informatieblad als er een grondslag is om te delen.",
    )
    status = select_field("Hoe staat dit leefgebied ervoor?", DomainStatus.choices, empty="Kies een stand")

    def __init__(
        self, *args: Any, questions: QuestionSet, domain: str, **kwargs: Any
    ) -> None:  # Django's own
        super().__init__(*args, **kwargs)
        self.questions = questions.questions(domain)
        for question in self.questions:
            self.fields[PREFIX + question.code] = field_of(question)

    def clean(self) -> dict[str, Any]:  # Django's own
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("support_answer") == SupportAnswer.REQUEST and not cleaned.get("support_request"):
            self.add_error("support_request", "Beschrijf de hulpvraag in een of twee zinnen.")
        return cleaned

    def facts(self) -> dict[str, object]:
        """The answers by code, as they are stored."""
        answers = {
            question.code: self.cleaned_data.get(PREFIX + question.code) for question in self.questions
        }
        return {code: _stored(answer) for code, answer in answers.items() if answer not in (None, "")}


def field_of(question: Question) -> forms.Field:
    """The field in which a question is answered."""
    label, help_text = question.text, question.help_text
    if question.kind is QuestionKind.YES_NO_UNKNOWN:
        choices = [(value, text.capitalize()) for value, text in question.choices]
        return radio_field(label, choices, required=False, help_text=help_text)
    if question.kind is QuestionKind.CHOICE:
        return select_field(
            label, question.choices, required=False, empty="Niet ingevuld", help_text=help_text
        )
    if question.kind is QuestionKind.DATE:
        return date_field(label, help_text=help_text)
    if question.kind is QuestionKind.NUMBER:
        return forms.IntegerField(
            label=label, required=False, min_value=0, max_value=999_999, help_text=help_text
        )
    return forms.CharField(label=label, required=False, max_length=SHORT_TEXT, help_text=help_text)


def domain_initial(record: DomainRecord) -> dict[str, object]:
    """A stored record as the form shows it."""
    facts: Mapping[str, object] = record.facts
    return {
        "version": 0 if record._state.adding else record.version,
        "support_answer": record.support_answer,
        "support_request": record.support_request,
        "status": record.status,
        **{PREFIX + code: answer for code, answer in facts.items()},
    }


def _stored(answer: object) -> str:
    return answer.isoformat() if isinstance(answer, date) else str(answer)


class InstrumentForm(VersionedForm):
    """The outcome of one instrument; refusing and not possible are outcomes."""

    outcome = radio_field("Uitkomst", InstrumentOutcome.choices)
    note = forms.CharField(
        label="Toelichting", required=False, max_length=300, help_text="Geen diagnose of medische gegevens."
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:  # Django's own
        super().__init__(*args, **kwargs)
        self.fields["taken_on"] = past_date("Afgenomen of gevraagd op", on=on)
        self.order_fields(["version", "outcome", "taken_on", "note"])


def instrument_initial(row: InstrumentResult) -> dict[str, object]:
    stored = not row._state.adding
    fields: dict[str, object] = {
        "version": row.version if stored else 0,
        "outcome": row.outcome,
        "note": row.note,
    }
    return {**fields, "taken_on": row.taken_on} if stored else fields


class ChildCheckForm(VersionedForm):
    """Is the detainee responsible for minor children or as informal carer? (R122)"""

    answer = radio_field(
        "Zorgt betrokkene voor minderjarige kinderen, of is betrokkene mantelzorger?",
        ChildCheckAnswer.choices,
    )
    is_urgent = forms.BooleanField(label="Er is nu niemand die deze zorg overneemt (spoed)", required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:  # Django's own
        super().__init__(*args, **kwargs)
        self.fields["asked_on"] = past_date("Gevraagd op", on=on)
        self.order_fields(["version", "answer", "is_urgent", "asked_on"])


def child_check_initial(row: ChildCheck) -> dict[str, object]:
    stored = not row._state.adding
    fields: dict[str, object] = {
        "version": row.version if stored else 0,
        "answer": row.answer,
        "is_urgent": row.is_urgent,
    }
    return {**fields, "asked_on": row.asked_on} if stored else fields


class ChildContactForm(VersionedForm):
    """Who was spoken to at the gemeente of origin, and when."""

    contacted_who = forms.CharField(
        label="Gesproken met", max_length=150, help_text="Naam en functie van de medewerker van de gemeente."
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:  # Django's own
        super().__init__(*args, **kwargs)
        self.fields["contacted_on"] = past_date("Contact op", on=on)
        self.order_fields(["version", "contacted_on", "contacted_who"])


INSTRUMENTS = {kind.value: kind for kind in InstrumentKind}
DOMAINS = {domain.value: domain for domain in LifeDomain}
