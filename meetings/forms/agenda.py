"""What is on the agenda, who is invited and what is decided. Forms validate; the actions decide."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from cases.models import LifeDomain
from meetings.forms.fields import PartyField, offer, time_input
from meetings.models import AgendaItem, DecisionKind, InvitationAnswer, ItemKind, ItemNote
from meetings.phrases import PHRASES
from parties.models import Organisation
from reintegratie.lib.fields import DayField

LONGEST_ACTION = 300
LONGEST_DECISION = 500
FARTHEST_ACTION = timedelta(days=3 * 366)
OLDEST_ACTION = timedelta(days=31)


class AddItemForm(forms.Form):
    """A case by its number; names stay out of addresses and lists of choices."""

    number = forms.CharField(
        label="Zaaknummer",
        max_length=20,
        error_messages={"required": "Vul het nummer van de zaak in, bijvoorbeeld Z-2026-00112."},
    )
    kind = forms.ChoiceField(
        label="Soort punt",
        choices=[("", "Wat het eerst aan de beurt is"), *ItemKind.choices],
        required=False,
    )
    proposal = forms.CharField(label="Voorstel", max_length=300, required=False)

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"]).strip().upper()


class ItemForm(forms.Form):
    """What is asked of the meeting for one case."""

    kind = forms.ChoiceField(label="Soort punt", choices=ItemKind.choices)
    minutes = forms.IntegerField(label="Minuten", min_value=1, max_value=120)
    proposal = forms.CharField(
        label="Voorstel",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Staat alleen op het exemplaar van de inrichting.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class InviteForm(forms.Form):
    organisation = PartyField(
        label="Organisatie",
        queryset=Organisation.objects.none(),
        empty_label="Kies",
        error_messages={"required": "Kies wie u uitnodigt."},
    )
    expected_at = forms.TimeField(
        label="Verwacht om",
        required=False,
        widget=time_input(),
        help_text="Dit is de tijd volgens de agenda van nu. De genodigde leest wat u hier laat staan; zonder tijd leest "
        "hij alleen het begin van het overleg.",
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organisation", organisations)


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label="Komt u?",
        choices=[
            (InvitationAnswer.ACCEPTED, "Ja, wij komen"),
            (InvitationAnswer.DECLINED, "Nee, wij komen niet"),
        ],
        widget=forms.RadioSelect,
    )


class DecisionForm(forms.Form):
    """A decision; with a party and a day it becomes an action when the meeting is closed."""

    kind = forms.ChoiceField(
        label="Soort besluit",
        choices=[("", "Kies"), *DecisionKind.choices],
        error_messages={"required": "Kies wat er is besloten."},
    )
    domain = forms.ChoiceField(
        label="Leefgebied",
        required=False,
        choices=[("", "geen"), *LifeDomain.choices],
        help_text="Een genodigde leest een besluit alleen als het leefgebied met hem is gedeeld.",
    )
    phrase = forms.ChoiceField(
        label="Standaardzin", required=False, choices=[("", "geen"), *((text, text) for text in PHRASES)]
    )
    text = forms.CharField(
        label="Besluit of actie in eigen woorden",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    assignee = PartyField(
        label="Actie voor", queryset=Organisation.objects.none(), required=False, empty_label="niemand"
    )
    due_on = DayField(label="Uiterlijk", required=False)

    def __init__(
        self, *args: Any, organisations: QuerySet[Organisation], on: date, met_on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.since = on, max(min(on, met_on), on - OLDEST_ACTION)
        offer(self, "assignee", organisations)

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on and due_on < self.since:
            raise ValidationError(
                "Deze dag is al voorbij: de actie zou meteen te laat zijn. Kies een latere dag."
            )
        if due_on and due_on > self.on + FARTHEST_ACTION:
            raise ValidationError("Kies een dag in de komende drie jaar.")
        return due_on

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        self._require_whole_action(given)
        longest = LONGEST_ACTION if given.get("assignee") else LONGEST_DECISION
        if len(self._text(given)) > longest:
            self.add_error("text", f"Houd dit met de standaardzin korter dan {longest} tekens.")
        return given

    def _require_whole_action(self, given: dict[str, Any]) -> None:
        """Who and when belong together; what is missing is said at its own field."""
        wanted = given.get("kind") == DecisionKind.ACTION or given.get("assignee") or given.get("due_on")
        for name, missing in (
            ("assignee", "Kies wie de actie krijgt."),
            ("due_on", "Kies een datum voor de actie."),
        ):
            if wanted and not given.get(name) and name not in self.errors:
                self.add_error(name, missing)

    def decision(self) -> dict[str, Any]:
        """The fields as the action takes them: the standard sentence first, own words behind."""
        given = self.cleaned_data
        names = ("kind", "domain", "assignee", "due_on")
        return {**{name: given[name] for name in names}, "text": self._text(given)}

    def _text(self, given: dict[str, Any]) -> str:
        return " ".join(part for part in (given.get("phrase"), given.get("text", "").strip()) if part)


def item_initial(item: AgendaItem, note: ItemNote) -> dict[str, Any]:
    """An item as the form shows it; the version is that of the note, which holds what people write."""
    return {
        "kind": note.kind,
        "minutes": item.minutes,
        "proposal": note.proposal,
        "version": note.version,
    }
