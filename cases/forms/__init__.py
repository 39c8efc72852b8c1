"""What people may ask of a list of cases, and what they fill in about the frame of one."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from cases.insiders import units_of
from cases.search import NotABsn, Query, query_of
from parties.models import Organisation, PartyKind, Role, User
from parties.viewer import CONTENT_ROLES, Viewer


class CaseSearch(forms.Form):
    """Sent by POST: neither a name nor a BSN may stand in an address (quality 2.8)."""

    zoek = forms.CharField(
        label="Naam, zaaknummer of BSN",
        min_length=2,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Vul een naam, een zaaknummer of een BSN in.",
            "min_length": "Vul ten minste twee tekens in.",
        },
    )

    def clean_zoek(self) -> Query:
        try:
            return query_of(self.cleaned_data["zoek"])
        except NotABsn:
            raise ValidationError("Dit is geen geldig BSN; controleer de cijfers.") from None


class NumberSearch(CaseSearch):
    """For who knows cases by their number only."""

    zoek = forms.CharField(label="Zaaknummer", min_length=2, max_length=20)

    def clean_zoek(self) -> Query:
        return Query(number=self.cleaned_data["zoek"].lower())


class ListFilter(forms.Form):
    """Which part of all cases."""

    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[("open", "lopend"), ("gesloten", "gesloten"), ("alle", "alle")],
    )


class NamedChoiceField(forms.ModelChoiceField):
    """Organisations and people by their name; ``str`` of a row never holds one (architecture 3.3)."""

    def label_from_instance(self, obj: Organisation | User) -> str:
        return obj.name


class WorkerForm(forms.Form):
    """Who works on this case for our organisation."""

    worker = NamedChoiceField(
        label="Behandelaar",
        queryset=User.objects.none(),
        required=False,
        empty_label="niemand",
        help_text="Deze persoon krijgt de berichten over de zaak en is het aanspreekpunt voor de andere partijen.",
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        roles = Role.objects.active_on(viewer.on).filter(
            organisation=viewer.organisation, kind__in=CONTENT_ROLES
        )
        people = User.objects.filter(pk__in=roles.values("user")).order_by("name", "pk")
        self.fields["worker"].queryset = people  # type: ignore[attr-defined]  # a model choice field


class PlaceForm(WorkerForm):
    """In a PI also the afdeling, which decides what an afdelingshoofd sees (C3 rule 8)."""

    unit = forms.CharField(label="Afdeling", max_length=60, required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, viewer=viewer, **kwargs)
        self.known = units_of(viewer.organisation, viewer.at)
        known = f" Bekend: {', '.join(self.known)}." if self.known else ""
        self.fields["unit"].help_text = f"Het afdelingshoofd van deze afdeling ziet de zaak.{known}"

    def clean_unit(self) -> str:
        """One afdeling is written in one way, whoever types it."""
        typed = " ".join(self.cleaned_data["unit"].split())
        return next((unit for unit in self.known if unit.casefold() == typed.casefold()), typed)


class OrganisationForm(forms.Form):
    """One organisation out of those of a kind that exist today."""

    organisation = NamedChoiceField(
        label="Gemeente",
        queryset=Organisation.objects.none(),
        empty_label="Kies",
        error_messages={
            "required": "Kies een organisatie uit de lijst.",
            "invalid_choice": "Kies een organisatie uit de lijst.",
        },
    )
    kinds: tuple[PartyKind, ...] = (PartyKind.MUNICIPALITY,)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.valid_on(on).of_kind(*self.kinds)
        self.fields["organisation"].queryset = rows  # type: ignore[attr-defined]  # a model choice field


class MunicipalityForm(OrganisationForm):
    """A gemeente for a case, and which version of the case was read (:mod:`cases.views.conflict`)."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ProbationForm(OrganisationForm):
    """Which reclasseringsorganisatie, and what it is asked to do."""

    kinds = (PartyKind.PROBATION,)
    assignment = forms.CharField(
        label="Opdracht",
        max_length=200,
        error_messages={"required": "Schrijf op wat de opdracht is."},
        help_text="Bijvoorbeeld: advies over bijzondere voorwaarden, of toezicht na ontslag. Zonder opdracht ziet de "
        "reclassering de zaak niet.",
    )
    on_title = forms.TypedChoiceField(
        label="In welk kader?",
        choices=[
            ("ja", "Justitieel kader: advies of toezicht dat is opgelegd of door rechter of OM is gevraagd"),
            ("nee", "Zonder titel: meedenken over het plan"),
        ],
        coerce=lambda answer: answer == "ja",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies het kader van de opdracht."},
        help_text="Met een titel weet de reclassering wie het is en wanneer iemand vrijkomt. Zonder titel alleen als de "
        "gedetineerde toestemming geeft.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["organisation"].label = "Reclasseringsorganisatie"


class PartnerForm(OrganisationForm):
    """Which netwerkpartner or Zorg- en Veiligheidshuis, and what for."""

    kinds = (PartyKind.PARTNER, PartyKind.SAFETY_HOUSE)
    assignment = forms.CharField(
        label="Waarvoor?",
        max_length=200,
        error_messages={"required": "Schrijf op waarvoor deze organisatie nodig is."},
        help_text="Bijvoorbeeld: een kamer na ontslag. De organisatie leest dit; noem geen namen.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["organisation"].label = "Organisatie"


class ReasonForm(forms.Form):
    """Why something ends."""

    reason = forms.CharField(
        label="Reden", max_length=200, error_messages={"required": "Schrijf op wat de reden is."}
    )


class PeopleField(forms.ModelMultipleChoiceField):
    """People by their name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.name


class ShieldForm(ReasonForm):
    """Why a case is for named people only, and who they are beside oneself."""

    people = PeopleField(
        label="Wie mag de zaak ook zien?",
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Uzelf hoeft u niet te kiezen.",
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = _these(people)  # type: ignore[attr-defined]  # a model choice field


class NameForm(forms.Form):
    """One more colleague who may see a shielded case."""

    person = NamedChoiceField(
        label="Medewerker toevoegen",
        queryset=User.objects.none(),
        empty_label="Kies",
        error_messages={
            "required": "Kies een medewerker.",
            "invalid_choice": "Kies een medewerker uit de lijst.",
        },
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = _these(people)  # type: ignore[attr-defined]  # a model choice field


def _these(people: Iterable[User]) -> QuerySet[User]:
    return User.objects.filter(pk__in=[person.pk for person in people]).order_by("name", "pk")


class EmergencyForm(forms.Form):
    """Which case, and why it cannot wait."""

    number = forms.CharField(
        label="Zaaknummer",
        max_length=20,
        help_text="Het volledige nummer, bijvoorbeeld Z-2026-00042.",
        error_messages={"required": "Vul het volledige zaaknummer in."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.CharField(
        label="Waarom moet u deze zaak nu openen?",
        min_length=20,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ten minste 20 tekens. De functionaris gegevensbescherming leest dit.",
        error_messages={
            "required": "Schrijf op waarom u deze zaak nu moet openen.",
            "min_length": "Schrijf de reden wat uitgebreider op: ten minste 20 tekens.",
        },
    )

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"]).upper()


class NoteForm(forms.Form):
    """A remark that may be left out."""

    note = forms.CharField(
        label="Toelichting",
        max_length=200,
        required=False,
        help_text="Komt in de geschiedenis van de zaak. Schrijf geen gegevens over leefgebieden op.",
    )


class SettleForm(forms.Form):
    """What a person did about a message that the system could not apply."""

    note = forms.CharField(
        label="Wat hebt u gedaan?",
        max_length=300,
        error_messages={"required": "Schrijf op wat u hebt gedaan."},
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bijvoorbeeld: gebeld met de afzender, de melding was voor een andere inrichting.",
    )
