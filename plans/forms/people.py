"""The forms for notes, people of the network, what those decide, and addresses."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from cases.models import LifeDomain
from consent.third_parties import Answer, Evidence
from parties.models import Organisation, PartyKind
from plans.actions import Person, Place
from plans.forms.fields import VersionedForm, date_field, past_date, radio_field, select_field, text_area
from plans.models import (
    Address,
    AddressPurpose,
    NetworkMember,
    Note,
    NoteKind,
    Relation,
    Secrecy,
)
from reintegratie.lib.fields import DayField
from reintegratie.lib.moments import on_the_clock
from reintegratie.lib.workdays import AMSTERDAM, midnight_of

POSTCODE = re.compile(r"^([1-9]\d{3}) ?([A-Z]{2})$")


def _capital(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(value, label[:1].upper() + label[1:]) for value, label in choices]


class NoteForm(VersionedForm):
    """The text of a note; only behaviour asks to which domain it belongs."""

    text = text_area("Tekst", rows=5, required=True)

    def __init__(self, *args: Any, kind: NoteKind, on: date, **kwargs: Any) -> None:  # Django's own
        super().__init__(*args, **kwargs)
        if kind == NoteKind.BEHAVIOUR:
            self.fields["domain"] = select_field(
                "Leefgebied",
                LifeDomain.choices,
                required=False,
                empty="Geen: met geen enkele toestemming te delen",
                help_text="Wie toestemming heeft voor dit leefgebied, kan de notitie lezen.",
            )
        self.fields["noted_on"] = past_date("Datum", on=on)


def note_initial(row: Note) -> dict[str, object]:
    return {"version": row.version, "text": row.text, "domain": row.domain, "noted_on": row.noted_on}


class KindForm(VersionedForm):
    """The right kind of a note, and why the old one was wrong."""

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:  # Django's own
        super().__init__(*args, **kwargs)
        self.fields["kind"] = radio_field("Wat voor notitie is dit?", kinds)
        self.fields["reason"] = forms.CharField(
            label="Waarom was de soort verkeerd?",
            max_length=300,
            error_messages={"required": "Schrijf kort op waarom."},
        )


class MemberForm(VersionedForm):
    """Somebody of the network: no more than is needed."""

    name = forms.CharField(label="Naam", max_length=150, error_messages={"required": "Vul een naam in."})
    relation = select_field("Relatie", _capital(Relation.choices), empty="Kies een relatie")
    phone = forms.CharField(label="Telefoon", max_length=30, required=False)
    is_victim = forms.BooleanField(
        label="Is slachtoffer van betrokkene",
        required=False,
        help_text="Niemand buiten de inrichting ziet deze persoon dan nog.",
    )
    no_contact = forms.BooleanField(label="Er geldt een contactverbod", required=False)
    family_approach = forms.BooleanField(
        label="Doet mee aan de gezinsbenadering",
        required=False,
        help_text="Alleen de andere ouder, en alleen als die ermee instemt.",
    )

    def person(self) -> Person:
        filled = {name: self.cleaned_data[name] for name in Person.__dataclass_fields__}
        return Person(**filled | {"relation": Relation(filled["relation"])})


def member_initial(row: NetworkMember) -> dict[str, object]:
    stored = {name: getattr(row, name) for name in Person.__dataclass_fields__}
    return {"version": 0 if row._state.adding else row.version, **stored}


class ThirdPartyForm(forms.Form):
    """What this person says about one recipient."""

    answer = radio_field("Mag deze organisatie de gegevens zien?", [("gegeven", "Ja"), ("geweigerd", "Nee")])
    evidence = radio_field("Hoe is het vastgelegd?", _capital(Evidence.choices))
    given_on = DayField(label="Datum", error_messages={"required": "Vul een datum in."})
    given_time = forms.TimeField(
        label="Tijd",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="De volgorde telt: het laatste antwoord geldt.",
        error_messages={"required": "Vul een tijd in."},
    )
    explained_how = forms.CharField(label="Hoe is het uitgelegd?", max_length=300, required=False)
    valid_until = DayField(label="Geldt tot en met", required=False)

    def __init__(self, filled: Any, *, now: datetime, **kwargs: Any) -> None:  # Django's own
        local = now.astimezone(AMSTERDAM)
        start = {"given_on": local.date(), "given_time": f"{local:%H:%M}", "evidence": Evidence.ORAL}
        super().__init__(filled, initial=start, **kwargs)

    def clean(self) -> dict[str, Any]:  # Django's own
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("given_on") and cleaned.get("given_time"):
            cleaned["given_at"] = on_the_clock(cleaned["given_on"], cleaned["given_time"])
            if cleaned["given_at"] is None:
                self.add_error("given_time", "Dit tijdstip bestaat niet: de klok ging een uur vooruit.")
        return cleaned

    def decision(self) -> dict[str, Any]:  # arguments of the action
        filled = self.cleaned_data
        until = filled["valid_until"]
        return {
            "answer": Answer(filled["answer"]),
            "evidence": Evidence(filled["evidence"]),
            "given_at": filled["given_at"],
            "explained_how": filled["explained_how"],
            "valid_until": midnight_of(until + timedelta(days=1)) if until else None,
        }


class TakeBackForm(forms.Form):
    """Taking back is as easy as giving."""

    reason = forms.CharField(
        label="Toelichting", max_length=300, required=False, help_text="Een reden is niet nodig."
    )


class InvolveForm(forms.Form):
    """An action with somebody of the network, for the plan."""

    text = text_area(
        "Wat moet er gebeuren?",
        required=True,
        help_text="Noem hier geen naam: wie het plan mag lezen, mag de persoon misschien niet kennen.",
    )
    due_on = date_field("Uiterlijk")

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:  # Django's own
        super().__init__(*args, **kwargs)
        self.organisations = {str(one.pk): one for one in organisations}
        choices = [(key, one.called) for key, one in self.organisations.items()]
        self.fields["assignee"] = select_field("Wie doet het?", choices, empty="Kies een partij")

    def answers(self) -> dict[str, Any]:  # arguments of the action
        filled = self.cleaned_data
        return {
            "text": filled["text"],
            "due_on": filled["due_on"],
            "assignee": self.organisations[filled["assignee"]],
        }


class AddressForm(VersionedForm):
    """An address and whether it is secret."""

    purpose = select_field("Waarvoor?", _capital(AddressPurpose.choices), empty="Kies waarvoor dit adres is")
    street = forms.CharField(
        label="Straat", max_length=100, error_messages={"required": "Vul een straat in."}
    )
    number = forms.CharField(
        label="Huisnummer", max_length=20, error_messages={"required": "Vul een huisnummer in."}
    )
    postcode = forms.CharField(
        label="Postcode",
        max_length=7,
        error_messages={"required": "Vul een postcode in, bijvoorbeeld 8011 AB."},
    )
    place = forms.CharField(label="Plaats", max_length=80, error_messages={"required": "Vul een plaats in."})
    municipality = forms.ModelChoiceField(
        Organisation.objects.filter(kind=PartyKind.MUNICIPALITY).order_by("name"),
        label="Gemeente",
        required=False,
        empty_label="Onbekend",
    )
    since = date_field("Vanaf")
    until = date_field("Tot")
    secrecy = select_field(
        "Is het adres geheim?",
        _capital(Secrecy.choices),
        required=False,
        empty="Nee, het is een gewoon adres",
        help_text="Een netwerkpartner of gast ziet een geheim adres nooit, ook niet met toestemming.",
    )

    def clean_postcode(self) -> str:
        """As it is printed: four digits, a space, two capitals."""
        found = POSTCODE.match(self.cleaned_data["postcode"].strip().upper())
        if found is None:
            raise forms.ValidationError("Dit is geen postcode. Schrijf bijvoorbeeld 8011 AB.")
        return f"{found[1]} {found[2]}"

    def clean(self) -> dict[str, Any]:  # Django's own
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until <= since:
            self.add_error("until", "De einddatum ligt niet na de begindatum.")
        return cleaned

    def filled(self) -> Place:
        known = {name: self.cleaned_data[name] for name in Place.__dataclass_fields__}
        return Place(**known | {"purpose": AddressPurpose(known["purpose"])})


def address_initial(row: Address) -> dict[str, object]:
    stored = {name: getattr(row, name) for name in Place.__dataclass_fields__}
    municipality = row.municipality_id or ""
    return {"version": 0 if row._state.adding else row.version, **stored, "municipality": municipality}
