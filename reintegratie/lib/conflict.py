"""Somebody else saved first: which fields differ, both as people read them (quality 3.4)."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict


@dataclass(frozen=True)
class BothTexts:
    """One field that the other one saved differently."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Conflict:
    """Who was first, when, and what differs."""

    who: str
    when: str
    fields: tuple[BothTexts, ...]


def both_texts(form: forms.Form, now: forms.Form) -> tuple[BothTexts, ...]:
    """Compare what was typed with the same form as it would open now."""
    return tuple(
        BothTexts(str(field.label), in_words(now, field.name), in_words(form, field.name))
        for field in form.visible_fields()
        if in_words(now, field.name) != in_words(form, field.name)
    )


def read_again(form: forms.Form, version: int) -> None:
    """What was typed stays; a next save goes over the version that is shown."""
    assert isinstance(form.data, QueryDict)
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = str(version)


def in_words(form: forms.Form, name: str) -> str:
    """The value of a field as people read it: the label of a choice, the text of anything else."""
    field, value = form.fields[name], form[name].value()
    choices = getattr(field, "choices", None)
    if choices is not None:
        return next((str(label) for key, label in choices if str(key) == str(value or "")), "")
    return str(field.widget.format_value(value) or "")
