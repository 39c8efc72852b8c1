"""What the components promise: closed doors that are alike, fields that name their help and errors, no code in the page."""

import re
from pathlib import Path

import pytest
from django import forms
from django.template.loader import render_to_string

from reintegratie.gallery import SampleForm, sample_context

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))


def draw(component: str, **context: object) -> str:
    return render_to_string(f"components/{component}.html", context)


def test_a_closed_door_is_the_same_for_an_empty_and_a_full_domain():
    empty = draw("domain_card", card={"title": "Schulden", "closed": True})

    full = draw(
        "domain_card",
        card={
            "title": "Schulden",
            "closed": True,
            "tone": "danger",
            "status": "Actie nodig",
            "request": "Dreigende beslaglegging",
            "facts": [{"label": "Schuldeisers", "value": "7"}],
            "note": "3 acties open",
            "ground": "toestemming",
            "url": "/zaken/",
        },
    )

    assert full == empty
    assert "Niet gedeeld met uw organisatie" in empty


def test_an_open_card_says_why_it_is_open():
    card = draw("domain_card", card={"title": "Zorg", "ground": "toestemming van 3 november 2026"})

    assert "toestemming van 3 november 2026" in card
    assert "Niet gedeeld" not in card


def test_a_field_names_its_help_and_its_error():
    form = SampleForm({})

    html = draw("field", field=form["due_on"])

    assert 'aria-describedby="id_due_on_helptext id_due_on_error"' in html
    assert 'id="id_due_on_helptext"' in html
    assert 'id="id_due_on_error"' in html
    assert 'aria-invalid="true"' in html


@pytest.mark.parametrize("name", ["request", "receivers"])
def test_a_group_of_options_stands_in_a_fieldset_with_a_legend(name: str):
    form = SampleForm({})

    html = draw("field", field=form[name])

    assert "<fieldset" in html
    assert re.search(rf"<legend>\s+{re.escape(str(form[name].label).split('?')[0])}", html)


def test_the_summary_leads_to_each_wrong_field():
    form = SampleForm({})

    html = draw("form_errors", form=form)

    for name in ("name", "domain", "due_on", "request", "discussed"):
        assert f'href="#id_{name}"' in html
    assert 'role="alert"' in html


def test_a_form_without_errors_has_no_summary():
    assert draw("form_errors", form=SampleForm()).strip() == ""


def test_what_a_person_typed_is_escaped():
    class Remark(forms.Form):
        text = forms.CharField(label="Opmerking")

    html = draw("field", field=Remark({"text": "<script>alert(1)</script>"})["text"])

    assert "<script>" not in html


@pytest.mark.parametrize(
    ("state", "tone"),
    [
        ("late", "danger"),
        ("today", "warning"),
        ("soon", "warning"),
        ("open", "neutral"),
        ("met", "success"),
        ("lapsed", "inactive"),
        ("suspended", "inactive"),
        ("unknown", "inactive"),
    ],
)
def test_a_term_shows_its_state_in_colour_and_in_words(state: str, tone: str):
    badge = draw("deadline_badge", state=state, text="2 dagen te laat")

    assert f"utrecht-status-badge--{tone}" in badge
    assert "2 dagen te laat" in badge


def test_the_explanation_of_a_date_is_there_without_a_script():
    html = draw("terms_strip", terms=sample_context()["terms"])

    assert "<details>" in html
    assert "10 werkdagen na 2 november 2026" in html
    assert "Pbw artikel 18a" in html


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_no_template_holds_code_or_style(page: Path):
    text = page.read_text()

    scripts = re.findall(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>", text)
    assert scripts == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=\"|javascript:|hx-on", text) == []


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.stem)
def test_every_component_begins_by_telling_how_to_use_it(component: Path):
    text = component.read_text().removeprefix('{% extends "base.html" %}\n')

    assert text.startswith(("{#", "{% comment %}"))
