"""What people fill in about a view that they keep."""

from django import forms

NAME = {"required": "Geef de weergave een naam."}


class ViewForm(forms.Form):
    """A name of one's own. It may stand on the screen beside a client: no names of people."""

    name = forms.CharField(
        label="Naam",
        max_length=40,
        error_messages=NAME,
        help_text="Bijvoorbeeld: te laat in Deventer. Gebruik geen namen van gedetineerden.",
    )
    start = forms.BooleanField(label="Hiermee begint mijn werkvoorraad", required=False)


class RenameForm(forms.Form):
    """Another name for the same filters."""

    name = forms.CharField(label="Andere naam", max_length=40, error_messages=NAME)
