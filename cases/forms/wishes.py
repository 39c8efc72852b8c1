"""What somebody chooses about his messages."""

from django import forms

from cases.wishes import CHOOSABLE

CHOICES = [(str(topic), topic.label) for topic in CHOOSABLE]


class WishesForm(forms.Form):
    """A tick per topic, for each of the two roads."""

    in_app = forms.MultipleChoiceField(
        label="In Terugkeer, bij Berichten",
        required=False,
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    by_mail = forms.MultipleChoiceField(
        label="Per e-mail, met alleen een link",
        required=False,
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
