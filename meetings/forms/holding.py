"""Closing a meeting: when it was held, who was there, what was discussed and whether the detainee was there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from meetings.actions import Discussion, Presence
from meetings.forms.fields import PartyField, offer, time_input
from meetings.models import Attendance, Invitation, Meeting
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.fields import DayField
from reintegratie.lib.workdays import AMSTERDAM

YES_NO = [("ja", "ja"), ("nee", "nee")]
EXTRA_PEOPLE = 2
NO_DECISION = (
    "Er staat nog geen besluit. Noteer er een, minstens 'Traject voortzetten', of haal het vinkje weg."
)


class HoldForm(forms.Form):
    """The moment at which the meeting was held."""

    day = DayField(label="Gehouden op")
    clock = forms.TimeField(label="Begonnen om", widget=time_input())
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:  # Django's own signature
        super().__init__(*args, **kwargs)
        self.at = viewer.at

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("day") and given.get("clock") is not None and self.held_at > self.at:
            self.add_error(
                "day", "Dit moment ligt in de toekomst. Sluit het overleg pas af als het is gehouden."
            )
        return given

    @property
    def held_at(self) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"], AMSTERDAM)


class PresenceForm(forms.Form):
    """One person. An empty line is nobody."""

    organisation = PartyField(
        label="Organisatie", queryset=Organisation.objects.none(), required=False, empty_label="Kies"
    )
    person = forms.CharField(label="Naam", max_length=150, required=False)
    present = forms.ChoiceField(label="Aanwezig", choices=YES_NO, initial="ja")
    reason = forms.CharField(label="Reden afwezigheid", max_length=200, required=False)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:  # Django's own signature
        super().__init__(*args, **kwargs)
        offer(self, "organisation", organisations)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("person"):
            return given
        if not given.get("organisation"):
            self.add_error("organisation", "Kies de organisatie van deze persoon.")
        if given.get("present") == "nee" and not given.get("reason"):
            self.add_error("reason", "Geef bij iedereen die er niet was een reden.")
        return given

    def presence(self) -> Presence | None:
        given = self.cleaned_data
        if not given.get("person"):
            return None
        return Presence(given["organisation"], given["person"], given["present"] == "ja", given["reason"])


class DiscussionForm(forms.Form):
    """One item: discussed or not, and the detainee."""

    discussed = forms.BooleanField(label="Besproken", required=False)
    detainee_present = forms.ChoiceField(
        label="Gedetineerde erbij", choices=[("", "kies"), *YES_NO], required=False
    )
    absence_reason = forms.CharField(label="Waarom niet", max_length=200, required=False)

    def __init__(self, *args: Any, decided: bool, **kwargs: Any) -> None:  # Django's own signature
        super().__init__(*args, **kwargs)
        self.decided = decided

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("discussed"):
            return given
        if not self.decided:
            self.add_error("discussed", NO_DECISION)
        if not given.get("detainee_present"):
            self.add_error("detainee_present", "Was de gedetineerde erbij?")
        if given.get("detainee_present") == "nee" and not given.get("absence_reason"):
            self.add_error("absence_reason", "Zeg waarom de gedetineerde er niet bij was.")
        return given

    def discussion(self) -> Discussion | None:
        given = self.cleaned_data
        if not given["discussed"]:
            return None
        return Discussion(given["detainee_present"] == "ja", given["absence_reason"])


def hold_initial(meeting: Meeting) -> dict[str, Any]:
    local = meeting.starts_at.astimezone(AMSTERDAM)
    return {"day": local.date(), "clock": local.time(), "version": meeting.version}


def noted_people(attendance: Sequence[Attendance], invitations: Sequence[Invitation]) -> list[dict[str, Any]]:
    """Lines that were kept before, then a line per invited organisation of which nobody is noted, then empty ones."""
    lines: list[dict[str, Any]] = [
        {
            "organisation": one.organisation_id,
            "person": one.person,
            "present": "ja" if one.present else "nee",
            "reason": one.reason,
        }
        for one in attendance
    ]
    noted = {one.organisation_id for one in attendance}
    invited = dict.fromkeys(one.organisation_id for one in invitations)
    lines += [{"organisation": pk} for pk in invited if pk not in noted]
    return lines + [{} for _ in range(EXTRA_PEOPLE)]


def expected_people(meeting: Meeting, invitations: Sequence[Invitation]) -> list[dict[str, Any]]:
    """Lines to begin with: chair, deputy, secretary, then a line per invited organisation, then empty ones."""
    people = [meeting.chair, meeting.deputy, meeting.secretary]
    ours = {one.pk: one for one in people if one is not None}
    lines: list[dict[str, Any]] = [
        {"organisation": meeting.organisation_id, "person": one.name} for one in ours.values()
    ]
    lines += [{"organisation": pk} for pk in dict.fromkeys(one.organisation_id for one in invitations)]
    return lines + [{} for _ in range(EXTRA_PEOPLE)]
