"""Which list behind the figures of the week somebody asks for."""

from django import forms

from cases.worklist import State, Worker


class WeekQuery(forms.Form):
    """Whose cases, and in which state; what is unknown asks for no list."""

    behandelaar = forms.CharField(required=False)
    stand = forms.ChoiceField(required=False, choices=State.choices)

    def clean_behandelaar(self) -> str:
        """The id of a worker, or the word for cases without one."""
        wish: str = self.cleaned_data["behandelaar"]
        if wish and wish != Worker.NOBODY:
            forms.UUIDField().clean(wish)
        return wish
