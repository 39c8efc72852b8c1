"""What people fill in about consent: the decision on a paper, a reason to withdraw, and filters of the reading log."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.models import LifeDomain
from consent.actions import EMPTY, NEEDS_REFERENCE, NotExplained, ReferenceMissing
from consent.models import Answer, Consent, Evidence, GroundCode
from consent.reliance import Reliable, subject_label
from consent.texts import EASY, ORDINARY, Form, forms_of, version_on
from reintegratie.lib.fields import DayField
from reintegratie.lib.workdays import AMSTERDAM, midnight_of

NOT_ASKED = ""
CHOICES = [(Answer.GIVEN, "Ja"), (Answer.REFUSED, "Nee"), (NOT_ASKED, "Niet besproken")]


class DecisionForm(forms.Form):
    """One paper for one recipient: an answer per domain, and how it came about (C5.1)."""

    given_on = DayField(label="Datum op de verklaring", error_messages={"required": "Vul een datum in."})
    given_time = forms.TimeField(
        label="Tijd op de verklaring",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="De volgorde telt: de laatste beslissing geldt.",
        error_messages={"required": "Vul een tijd in."},
    )
    evidence = forms.ChoiceField(
        label="Hoe is het vastgelegd?",
        choices=Evidence.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe de beslissing is vastgelegd."},
    )
    form = forms.ChoiceField(label="Welk formulier?", required=False)
    language = forms.CharField(
        label="Taal van het gesprek", max_length=40, error_messages={"required": "Vul een taal in."}
    )
    explained_how = forms.CharField(
        label="Hoe is het uitgelegd?",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Bijvoorbeeld: voorgelezen, met plaatjes, met een tolk (naam of nummer).",
    )
    representative = forms.CharField(
        label="Vertegenwoordiger",
        max_length=200,
        required=False,
        help_text="Alleen als een curator, bewindvoerder of mentor meebesliste.",
    )
    valid_until = DayField(
        label="Geldt tot en met",
        required=False,
        help_text="Leeg: tot het einde van deze detentie, of tot de gedetineerde zich bedenkt.",
    )
    declaration_number = forms.CharField(
        label="Nummer op de verklaring",
        max_length=60,
        required=False,
        help_text="Staat op de afgedrukte verklaring. Leeg: er komt een nieuw nummer.",
    )

    def __init__(
        self,
        filled: Any,
        *,
        now: datetime,
        standing: dict[str, str],
        example: Sequence[Consent] = (),
        renewed: Sequence[Consent] = (),
        must_explain: bool = False,
        **options: Any,
    ) -> None:
        """``example``: answers of the same conversation, put ready and not yet saved; ``renewed``: of an earlier one,
        whose moment and evidence are not those of today. ``must_explain``: reading is hard for this person."""
        local = now.astimezone(AMSTERDAM)
        papers = forms_of(version_on(local.date()))
        start: dict[str, Any] = {"given_on": local.date(), "given_time": f"{local:%H:%M}"}
        start |= {"language": "Nederlands", "form": (EASY if must_explain else ORDINARY).key}
        start |= _words_of(example) or _renewed(renewed)
        answers = {row.domain: row.answer for row in example or renewed}
        super().__init__(filled, initial=start, **options)
        self.papers = {form.key: form for form in papers}
        self.fields["form"].choices = [(form.key, name) for form, name in papers.items()]  # type: ignore[attr-defined]  # a ChoiceField
        if must_explain:
            self._ask_how_explained()
        for domain in LifeDomain:
            self.fields[_name(domain)] = forms.ChoiceField(
                label=str(domain.label),
                choices=CHOICES,
                widget=forms.RadioSelect,
                required=False,
                initial=answers.get(domain, NOT_ASKED),
                help_text=f"Nu: {standing[domain]}",
            )

    def _ask_how_explained(self) -> None:
        field = self.fields["explained_how"]
        field.required = True
        field.error_messages["required"] = NotExplained.text
        field.help_text = (
            "Verplicht, want uit de Taalmeter of SCIL blijkt dat lezen of begrijpen moeilijk is. Bijvoorbeeld:"
            " voorgelezen, met plaatjes, met een tolk (naam of nummer)."
        )

    @property
    def answer_fields(self) -> list[forms.BoundField]:
        return [self[_name(domain)] for domain in LifeDomain]

    @property
    def paper_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field not in self.answer_fields]

    def clean(self) -> dict[str, Any]:  # Django's own
        cleaned = super().clean() or {}
        if cleaned.get("given_on") and cleaned.get("given_time"):
            cleaned["given_at"] = self._moment(cleaned["given_on"], cleaned["given_time"])
        return cleaned

    def _moment(self, on: date, at: time) -> datetime | None:
        """The moment on the clock of Amsterdam; in the night that summer time begins an hour is missing."""
        moment = datetime.combine(on, at, tzinfo=AMSTERDAM)
        if moment.astimezone(UTC).astimezone(AMSTERDAM).replace(tzinfo=None) != moment.replace(tzinfo=None):
            self.add_error("given_time", "Dit tijdstip bestaat niet: de klok ging een uur vooruit.")
            return None
        return moment

    def decision(self) -> dict[str, Any]:  # arguments of the action
        """What was filled in, in the words of ``consent.actions.decide``."""
        filled = self.cleaned_data
        answers = {domain: Answer(filled[_name(domain)]) for domain in LifeDomain if filled[_name(domain)]}
        kept = ("given_at", "language", "explained_how", "representative", "declaration_number")
        return {
            **{name: filled[name] for name in kept},
            "answers": answers,
            "evidence": Evidence(filled["evidence"]),
            "form": self.papers.get(filled["form"], ORDINARY),
            "valid_until": _end_of(filled["valid_until"]),
        }


FIELD_OF = {"given_at": "given_time"}
"""Where an error of the action is shown when the form has no field of that name."""


class WithdrawForm(forms.Form):
    """Taking back is as easy as giving: a reason may stay empty (AVG 7, B10)."""

    reason = forms.CharField(
        label="Toelichting",
        max_length=300,
        required=False,
        help_text="De gedetineerde hoeft geen reden te geven. De ontvanger leest dit niet.",
    )


class ScanForm(forms.Form):
    """The scan of what was signed."""

    scan = forms.FileField(
        label="Scan van de verklaring",
        help_text="PDF, JPEG of PNG, hooguit 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"required": "Kies een bestand.", "empty": EMPTY},
    )


class LogFilter(forms.Form):
    """Which part of the reading log and the register."""

    van = DayField(label="Van", required=False)
    tot = DayField(label="Tot en met", required=False)
    partij = forms.ChoiceField(label="Partij", required=False)

    def __init__(self, *args: Any, parties: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["partij"].choices = [("", "alle"), *parties]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:  # Django's own
        cleaned = super().clean() or {}
        if cleaned.get("van") and cleaned.get("tot") and cleaned["tot"] < cleaned["van"]:
            self.add_error("tot", ValidationError("‘Tot en met’ ligt voor ‘van’."))
        return cleaned


def _renewed(earlier: Sequence[Consent]) -> dict[str, Any]:  # initial values
    """What will be the same when the same person is asked again."""
    return {name: getattr(earlier[-1], name) for name in ("language", "representative")} if earlier else {}


def _words_of(example: Sequence[Consent]) -> dict[str, Any]:  # initial values
    """When and how the conversation of these decisions went."""
    if not example:
        return {}
    last = example[-1]
    local = last.given_at.astimezone(AMSTERDAM)
    words = {
        name: getattr(last, name) for name in ("evidence", "language", "explained_how", "representative")
    }
    words["form"] = Form(last.form_language, easy=last.easy_form).key
    return {**words, "given_on": local.date(), "given_time": f"{local:%H:%M}"}


def _name(domain: LifeDomain) -> str:
    return f"antwoord-{domain.value}"


def _end_of(day: date | None) -> datetime | None:
    """Until and including this day: to the midnight after it."""
    return midnight_of(day + timedelta(days=1)) if day else None


class RelyForm(forms.Form):
    """On which ground, about what, and why it is necessary."""

    code = forms.ChoiceField(
        label="Op welke grondslag?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een grondslag."},
    )
    subjects = forms.MultipleChoiceField(
        label="Waarover?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één onderwerp."},
        help_text="Alleen wat echt nodig is. De rest blijft dicht.",
    )
    necessity = forms.CharField(
        label="Waarom is dit nodig?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Schrijf op waarom dit nodig is. Zonder noodzaak mag er niet worden gedeeld."
        },
        help_text="De gedetineerde en de ontvanger kunnen dit lezen.",
    )
    reference = forms.CharField(
        label="Kenmerk",
        max_length=100,
        required=False,
        help_text="Verplicht bij een Wgs-zaak: het zaaknummer. En bij een regeling van de gemeente: de datum waarop de"
        " notificatiebrief is uitgereikt.",
    )
    until = DayField(label="Tot en met", required=False, help_text="Leeg: tot u het beëindigt.")

    def __init__(self, filled: Any, *, grounds: list[Reliable], **options: Any) -> None:
        super().__init__(filled, **options)
        subjects = dict.fromkeys(subject for ground in grounds for subject in ground.subjects)
        choices: Any = self.fields
        choices["code"].choices = [(ground.code, _with_articles(ground)) for ground in grounds]
        choices["subjects"].choices = [(subject, subject_label(subject)) for subject in subjects]
        if len(grounds) == 1:
            self.initial.setdefault("code", grounds[0].code)

    def clean(self) -> dict[str, Any]:  # Django's own
        """All that is missing is said at once; the action asks the same."""
        cleaned = super().clean() or {}
        if cleaned.get("code") in NEEDS_REFERENCE and not cleaned.get("reference", "").strip():
            self.add_error("reference", ReferenceMissing.text)
        return cleaned

    def said(self) -> dict[str, Any]:  # arguments of the action
        filled = self.cleaned_data
        until = midnight_of(filled["until"] + timedelta(days=1)) if filled["until"] else None
        kept = {name: filled[name] for name in ("subjects", "necessity", "reference")}
        return {**kept, "code": GroundCode(filled["code"]), "until": until}


class EndForm(forms.Form):
    """Why it stops; that may stay empty."""

    reason = forms.CharField(label="Toelichting", max_length=300, required=False)


def _with_articles(ground: Reliable) -> str:
    return f"{ground.label} ({', '.join(ground.articles[:3])}{' …' if len(ground.articles) > 3 else ''})"
