"""When, where and under whom a meeting is; why it is called off."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from meetings.forms.fields import PersonField, colleagues, offer, time_input
from meetings.models import Meeting, MeetingKind
from parties.models import RoleKind, User
from parties.viewer import Viewer
from reintegratie.lib.fields import DayField
from reintegratie.lib.workdays import AMSTERDAM

LONGEST_AHEAD = timedelta(days=366)
LONGEST_BACK = timedelta(days=31)


class MeetingForm(forms.Form):
    """When, where and under whom."""

    kind = forms.ChoiceField(label="Soort overleg", choices=MeetingKind.choices, initial=MeetingKind.MDO)
    day = DayField(label="Datum")
    clock = forms.TimeField(label="Begintijd", widget=time_input())
    place = forms.CharField(label="Plaats", max_length=120, required=False)
    link = forms.URLField(label="Digitale link", max_length=300, required=False, assume_scheme="https")
    minutes_per_item = forms.IntegerField(
        label="Minuten per agendapunt", min_value=1, max_value=120, initial=10
    )
    chair = PersonField(
        label="Voorzitter", queryset=User.objects.none(), empty_label="Kies een afdelingshoofd"
    )
    deputy = PersonField(
        label="Plaatsvervanger",
        queryset=User.objects.none(),
        required=False,
        empty_label="geen",
        help_text="Een casemanager kan alleen door het afdelingshoofd worden aangewezen.",
    )
    secretary = PersonField(
        label="Secretaris", queryset=User.objects.none(), required=False, empty_label="geen"
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:  # Django's own signature
        super().__init__(*args, **kwargs)
        self.viewer, self.on = viewer, viewer.on
        for name, kinds in (
            ("chair", (RoleKind.UNIT_HEAD,)),
            ("deputy", (RoleKind.UNIT_HEAD, RoleKind.DIRECTOR, RoleKind.CASEMANAGER)),
            ("secretary", (RoleKind.CASEMANAGER, RoleKind.UNIT_HEAD)),
        ):
            offer(self, name, colleagues(viewer, kinds))

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not self.on - LONGEST_BACK <= day <= self.on + LONGEST_AHEAD:
            raise ValidationError("Kies een dag tussen een maand geleden en een jaar vooruit.")
        return day

    def plan(self) -> dict[str, Any]:
        """The fields as the actions take them."""
        given = self.cleaned_data
        names = ("kind", "place", "link", "minutes_per_item", "chair", "deputy", "secretary")
        return {
            **{name: given[name] for name in names},
            "starts_at": datetime.combine(given["day"], given["clock"], AMSTERDAM),
        }


def meeting_initial(meeting: Meeting) -> dict[str, Any]:
    """A meeting as the form shows it."""
    local = meeting.starts_at.astimezone(AMSTERDAM)
    return {
        "kind": meeting.kind,
        "day": local.date(),
        "clock": local.time(),
        "place": meeting.place,
        "link": meeting.link,
        "minutes_per_item": meeting.minutes_per_item,
        "chair": meeting.chair_id,
        "deputy": meeting.deputy_id,
        "secretary": meeting.secretary_id,
        "version": meeting.version,
    }


class CancelForm(forms.Form):
    reason = forms.CharField(label="Reden", max_length=200)
