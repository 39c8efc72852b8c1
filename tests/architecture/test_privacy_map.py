"""The privacy map is whole and true: every field has one category, and each category is kept as its kind demands."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import chain

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.db.models import ForeignObjectRel, Model

from cases.frame import Part, frame_of
from cases.models import Case
from cases.timeline import CASE_FIELDS, PERSON_FIELDS
from consent.policy import content_models
from consent.visibility import ContentHistoryQuerySet, ContentQuerySet, ContentRow, UnscopedRead
from parties.beheer import beheer
from parties.viewer import Viewer
from tests.architecture.privacy_map import (
    ACCOUNT,
    FIELDS,
    HISTORY_LINE,
    KEY,
    KNOWN_AT,
    REFERENCE,
    TECHNIQUE,
    content_fields,
    fields_of,
)
from tests.conftest import World
from tests.consent.test_policy import table

APPS = ("parties", "cases", "consent", "plans", "meetings")
CONTENT_APPS = ("plans", "meetings")
CANARY = "Kanarie"
BORN = date(1990, 5, 17)


def tables() -> list[type[Model]]:
    """Every table of ours that is not a history table."""
    models = chain.from_iterable(apps.get_app_config(app).get_models() for app in APPS)
    return [model for model in models if not hasattr(model, "instance_type")]


def with_history() -> list[type[Model]]:
    return [model for model in tables() if hasattr(model, "history")]


def labels(models: list[type[Model]]) -> list[str]:
    return [model._meta.label for model in models]


def named(model: type[Model]) -> set[str]:
    """The fields that a table declares itself, relations to many included."""
    return {
        field.name
        for field in model._meta.get_fields()
        if field.concrete and not isinstance(field, ForeignObjectRel)
    }


def test_every_table_is_on_the_map_and_no_other() -> None:
    assert set(FIELDS) == set(labels(tables()))


@pytest.mark.parametrize("model", tables(), ids=labels(tables()))
def test_every_field_has_one_category(model: type[Model]) -> None:
    mapped = " ".join(FIELDS.get(model._meta.label, {}).values()).split()

    assert [name for name, times in Counter(mapped).items() if times > 1] == []
    assert sorted(mapped) == sorted(named(model))


@pytest.mark.parametrize("model", with_history(), ids=labels(with_history()))
def test_a_history_table_holds_nothing_else_than_its_own_table(model: type[Model]) -> None:
    assert named(model.history.model) - named(model) == set(HISTORY_LINE.split())


def test_what_holds_content_is_a_row_of_content_of_that_kind() -> None:
    mapped = {label: set(content_fields(label).values()) for label in FIELDS if content_fields(label)}

    assert set(mapped) == set(labels(content_models()))
    for label, categories in mapped.items():
        model = apps.get_model(label)
        assert issubclass(model, ContentRow)
        assert {category.kind for category in categories} == {model.row_kind}, label


def test_content_stands_in_the_rooms_above_consent() -> None:
    assert {model._meta.app_label for model in content_models()} == set(CONTENT_APPS)


@pytest.mark.parametrize("model", content_models(), ids=labels(content_models()))
def test_content_and_its_history_are_read_for_somebody_or_not_at_all(model: type[ContentRow]) -> None:
    doors = [(model._default_manager, ContentQuerySet), (model._base_manager, ContentQuerySet)]
    doors.append((model.history, ContentHistoryQuerySet))

    for manager, guard in doors:
        assert isinstance(manager.get_queryset(), guard)
        with pytest.raises(UnscopedRead):
            list(manager.all())


def test_nothing_leads_back_to_content_from_a_case_or_from_anything_else() -> None:
    pointing = [*content_models(), *(model.history.model for model in content_models())]
    relations = chain.from_iterable(model._meta.get_fields() for model in pointing)
    named_back = [
        f"{field.model._meta.label}.{field.name}"
        for field in relations
        if isinstance(field, models.ForeignKey) and not field.remote_field.hidden
    ]
    to_content = [
        f"{field.model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model in pointing
        and not field.remote_field.hidden
    ]

    assert named_back + to_content == []


def test_beheer_holds_accounts_and_reference_data_only() -> None:
    shown = {*beheer._registry, *admin.site._registry}
    shown |= {inline.model for one in beheer._registry.values() for inline in one.inlines}
    ours = [model._meta.label for model in shown if model._meta.app_label in APPS]

    assert ours
    for label in ours:
        assert set(fields_of(label).values()) <= {KEY, ACCOUNT, REFERENCE, TECHNIQUE}, label


SAID_ALOUD = {KEY, REFERENCE, TECHNIQUE}
CODES = {
    "parties.ApiClient": {"client_id"},
    "parties.Role": {"kind"},
    "parties.AuditLine": {"trace_id", "span_id"},
    "parties.ProcessingLine": {"trace_id", "span_id"},
    "cases.Case": {"number"},
    "cases.Deadline": {"step"},
    "cases.CaseTask": {"kind"},
    "cases.Notification": {"kind"},
}
"""Codes that ``str`` of a row may hold: they end in logs, so never a name, a BSN or content (architecture 3.3)."""


def telling_texts(model: type[Model]) -> list[str]:
    """The texts of a table that say something about somebody."""
    texts = (models.CharField, models.TextField, models.JSONField)
    category = fields_of(model._meta.label)
    found = [field.name for field in model._meta.get_fields() if isinstance(field, texts)]
    return [name for name in found if category.get(name) not in SAID_ALOUD]


TELLING = [model for model in tables() if telling_texts(model)]


@pytest.mark.parametrize("model", TELLING, ids=labels(TELLING))
def test_the_name_of_a_row_in_a_log_holds_no_name_and_no_content(model: type[Model]) -> None:
    row = model(**dict.fromkeys(telling_texts(model), CANARY))
    for code in CODES.get(model._meta.label, ()):
        setattr(row, code, "code")

    assert CANARY not in str(row)
    assert CANARY not in repr(row)


def frame_fields() -> Iterator[tuple[str, frozenset[str]]]:
    """For each field of the frame the parts that tell it."""
    for label in ("cases.Detainee", "cases.Case"):
        for name, category in fields_of(label).items():
            yield name, frozenset(part for part, known in KNOWN_AT.items() if category in known)


def test_the_published_policy_knows_the_same_parts(world: World) -> None:
    published = {str(row["categorie"]) for row in table()}

    assert {*Part.values, "zaaknummer"} == set(KNOWN_AT) == published & {*KNOWN_AT}


@pytest.mark.parametrize("part", list(Part))
def test_the_frame_tells_with_a_part_what_its_categories_are(
    part: Part, case: Case, world: World, casemanager: Viewer
) -> None:
    moment = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
    case.detainee.bsn, case.post_release_title = "999990019", "voorwaardelijke invrijheidstelling"
    case.announced_for, case.released_at = BORN, moment
    case.resettlement_municipality = world.kampen

    told = frame_of(case, casemanager, {part}, case.parties.active(casemanager.at).with_people())

    shared = {name: parts for name, parts in frame_fields() if hasattr(told, name)}
    assert {"bsn", "number", "entered_at", "custody_title", "phase"} <= set(shared)
    assert {name for name in shared if getattr(told, name)} == {
        name for name, parts in shared.items() if {part, "zaaknummer"} & parts
    }


@pytest.mark.parametrize("part", list(Part))
def test_the_history_of_the_frame_tells_no_more_than_the_frame(part: Part) -> None:
    known = {name for name, parts in frame_fields() if part in parts}

    assert {*CASE_FIELDS.get(part, ()), *PERSON_FIELDS.get(part, ())} <= known
