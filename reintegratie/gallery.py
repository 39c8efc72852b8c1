"""What do the components look like, filled, empty and with the longest names? A page for developers, only with DEBUG on."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from reintegratie.gallery_samples import (
    COUNTERS,
    DOMAIN_CARDS,
    LONGEST,
    LONGEST_FACILITY,
    TABLE,
    TERMS,
    TIMELINE,
    WORKLIST,
)


@dataclass(frozen=True)
class SampleHeader:
    """The header of an invented case; the real one comes from cases."""

    number: str
    name: str
    phase: str = ""
    born_on: str = ""
    facility: str = ""
    facility_note: str = ""
    entered_on: str = ""
    expected_release: str = ""
    release_note: str = ""
    origin_municipality: str = ""
    resettlement_municipality: str = ""
    probation: str = ""


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Naam instelling", help_text="Zoals die op de beschikking staat.")
    explanation = forms.CharField(
        label="Toelichting", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    domain = forms.ChoiceField(
        label="Leefgebied",
        choices=[("", "Kies een leefgebied"), ("onderdak", "Onderdak")],
    )
    due_on = forms.DateField(
        label="Uiterlijk op",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Een werkdag, niet eerder dan vandaag.",
    )
    request = forms.ChoiceField(
        label="Is er een hulpvraag?",
        widget=forms.RadioSelect,
        choices=[
            ("ja", "Ja"),
            ("nee", "Nee, geen hulpvraag"),
            ("weigert", "Wil er niet over praten"),
        ],
        help_text="Ook ‘geen hulpvraag’ is een antwoord.",
    )
    receivers = forms.MultipleChoiceField(
        label="Delen met",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("zwolle", "Gemeente Zwolle"),
            ("rn", "Reclassering Nederland Noordoost"),
        ],
    )
    evidence = forms.FileField(label="Ondertekende verklaring (PDF)", required=False)
    discussed = forms.BooleanField(label="Besproken met betrokkene")


class SampleFilter(forms.Form):
    """The small fields above a list."""

    q = forms.CharField(
        label="Naam of zaaknummer",
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    facility = forms.ChoiceField(
        label="Inrichting",
        required=False,
        choices=[("", "Alle"), ("zwolle", "PI Zwolle")],
    )
    release_before = forms.DateField(
        label="Ontslag voor",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    late = forms.BooleanField(label="Alleen te laat", required=False)


HEADERS = [
    SampleHeader(
        number="Z-2026-0412",
        name="Mehmet Yılmaz",
        phase="Plan in concept",
        born_on="3 mei 1988 (38 jaar)",
        facility="PI Zwolle",
        facility_note="afdeling B2, sinds 2 november 2026",
        entered_on="2 november 2026",
        expected_release="14 maart 2027",
        release_note="over 16 weken, zonder toezicht",
        origin_municipality="Zwolle",
        probation="Reclassering Nederland Noordoost",
    ),
    SampleHeader(number="Z-2026-0398", name="Thị Nguyễn", expected_release="Einddatum onbekend"),
    SampleHeader(
        number="Z-2026-0377",
        name=LONGEST,
        phase="Vertrokken zonder toestemming",
        born_on="31 december 1961 (64 jaar)",
        facility=LONGEST_FACILITY,
        facility_note="tijdelijk overgeplaatst vanuit PI Leeuwarden, sinds 30 september 2026",
        entered_on="30 september 2026",
        expected_release="22 november 2028",
        release_note="over 104 weken, met toezicht; datum op 12 november gewijzigd",
        origin_municipality="Gemeente Nederbetuwe aan den Rijn-Oost",
        resettlement_municipality="’s-Gravenhage",
        probation="Stichting Verslavingsreclassering GGZ Noordoost-Nederland",
    ),
]


def sample_context() -> dict[str, Any]:
    """Everything the gallery page shows; the values are text, since components never decide."""
    wrong = SampleForm(
        {
            "name": "",
            "due_on": "",
            "explanation": "Blijft staan.",
            "receivers": ["zwolle"],
        }
    )
    return {
        "headers": HEADERS,
        "tabs": [
            {"label": label, "url": "#", "current": label == "Zaak"}
            for label in (
                "Zaak",
                "Screening",
                "Toestemming",
                "Informatiebladen",
                "Plan",
                "Overleggen",
                "Termijnen",
                "Geschiedenis",
                "Inzage",
            )
        ],
        "terms": TERMS,
        "cards": DOMAIN_CARDS,
        "timeline": TIMELINE,
        "table": TABLE,
        "counters": COUNTERS,
        "worklist": WORKLIST,
        "form": SampleForm(auto_id="goed_%s"),
        "wrong_form": wrong,
        "filter_form": SampleFilter(auto_id="filter_%s"),
        "active": [
            {"label": "PI Zwolle", "url": "#"},
            {"label": "Alleen te laat", "url": "#"},
        ],
        "facts": [
            {"label": "Woonvorm", "value": "Huurwoning"},
            {"label": "Verhuurder", "value": LONGEST_FACILITY, "url": "#"},
            {"label": "Opgezegd per", "value": ""},
        ],
        "longest": LONGEST,
        "tones": ["danger", "warning", "success", "neutral", "inactive"],
    }


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page. Not there in production."""
    if not settings.DEBUG:
        raise Http404
    return TemplateResponse(request, "components/gallery.html", sample_context())
