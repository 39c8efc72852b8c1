"""Notes: the kind first, then the text (C6.54)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from parties.models import Organisation
from parties.rules import require
from plans import actions, rules
from plans.forms.people import KindForm, NoteForm, note_initial
from plans.models import Note, NoteKind
from plans.notes import NO_CARE, note_for, notes_of, read_by
from plans.readers import others_reading
from plans.reading import record_reading
from plans.views.conflict import save_or_conflict
from plans.views.door import Door, enter

PAGE = "notities"
FORM_METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class NoteLine:
    """One note, and whether this viewer may change it."""

    note: Note
    may_change: bool


class KindFilter(forms.Form):
    """Of which kind."""

    def __init__(self, data: Any, *, kinds: list[tuple[str, str]]) -> None:
        super().__init__(data)
        choices = [("", "alle soorten"), *kinds]
        self.fields["soort"] = forms.ChoiceField(label="Soort", required=False, choices=choices)


@require_safe
def overview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The notes this viewer may read; a kind that is closed to him is not there."""
    door = enter(request, pk, PAGE, "notities-inzien")
    rows, kinds = notes_of(door.case, door.viewer), _kinds(door)
    known = [(str(kind), kind.label) for kind in NoteKind if kind in kinds or _has(rows, kind)]
    form = KindFilter(request.GET, kinds=known)
    wanted = str(form.cleaned_data["soort"]) if form.is_valid() else ""
    shown = [row for row in rows if wanted in ("", row.kind)]
    _record(door, shown)
    lines = [NoteLine(row, rules.may_change_note(door.viewer, row, kinds)) for row in shown]
    return door.show(
        "notes",
        lines=lines,
        form=form if len(known) > 1 else None,
        may_write=bool(kinds),
        base=door.address("notities/"),
    )


def _has(rows: list[Note], kind: NoteKind) -> bool:
    return any(row.kind == kind for row in rows)


def _kinds(door: Door) -> tuple[NoteKind, ...]:
    return rules.note_kinds(
        door.viewer, manages=door.manages, contributes=door.contributes, phase=door.case.phase
    )


def _record(door: Door, rows: list[Note]) -> None:
    """Which kinds were read goes into the ledger, never a text."""
    kinds = ",".join(sorted({row.kind for row in rows}))
    domains = [row.domain for row in rows]
    record_reading(
        door.viewer, door.case, "notities-inhoud", domains=domains, object_kind="notities", object_id=kinds
    )


@require_safe
def choose_kind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What kind of note? Each with who will read it."""
    door = enter(request, pk, PAGE, "notitie-soort-kiezen")
    kinds = _kinds(door)
    require(bool(kinds))
    base = door.address("notities/nieuw/")
    choices = [
        {"label": kind.label, "read_by": read_by(door.viewer, kind), "url": f"{base}{kind}/"}
        for kind in kinds
    ]
    return door.show("note_kind", choices=choices, no_care=NO_CARE, cancel_url=door.address("notities/"))


@require_http_methods(FORM_METHODS)
def write(request: HttpRequest, pk: UUID, soort: str) -> HttpResponse:
    """Write a note of the kind that was chosen."""
    door = enter(request, pk, PAGE, "notitie-schrijven")
    kinds = _kinds(door)
    require(bool(kinds))
    if soort not in kinds:
        raise Http404
    kind = NoteKind(soort)
    form = NoteForm(request.POST or None, kind=kind, on=door.viewer.on, initial={"version": 0})
    if request.method == "POST" and form.is_valid():
        note = actions.write_note(
            case=door.case, kind=kind, **_answers(form), by=door.viewer, at=door.viewer.at
        )
        messages.success(request, f"De notitie is opgeslagen. {_readers_of(note, door)}")
        return redirect(door.address("notities/"))
    return door.show(
        "note_form",
        form=form,
        title=f"Nieuwe notitie: {kind.label}",
        read_by=read_by(door.viewer, kind),
        no_care=NO_CARE,
        draft_key=f"notitie-{kind}",
        cancel_url=door.address("notities/nieuw/"),
    )


def _answers(form: NoteForm) -> dict[str, Any]:  # arguments of the action
    filled = form.cleaned_data
    return {"text": filled["text"], "domain": filled.get("domain", ""), "noted_on": filled["noted_on"]}


def _readers_of(note: Note, door: Door) -> str:
    """By name for who keeps the consents; for others by the rule, because a name would tell them of a consent."""
    if not rules.keeps_file(door.viewer, manages=door.manages):
        return f"Wie haar leest: {read_by(door.viewer, NoteKind(note.kind))}"
    return _named(others_reading(note, door.viewer.at))


def _named(others: list[Organisation]) -> str:
    if not others:
        return "Alleen uw eigen organisatie kan haar nu lezen."
    return f"Nu ook te lezen door: {', '.join(one.called for one in others)}."


def _own_note(door: Door, key: UUID) -> Note:
    """A note this viewer may change; who may write none at all is refused before anything is looked up."""
    kinds = _kinds(door)
    require(bool(kinds))
    found = note_for(door.case, door.viewer, key)
    if found is None:
        raise Http404
    require(rules.may_change_note(door.viewer, found, kinds))
    return found


@require_http_methods(FORM_METHODS)
def edit(request: HttpRequest, pk: UUID, note: UUID) -> HttpResponse:
    """Word a note otherwise."""
    door = enter(request, pk, PAGE, "notitie-wijzigen-openen")
    found = _own_note(door, note)
    kind = NoteKind(found.kind)
    form = NoteForm(request.POST or None, kind=kind, on=door.viewer.on, initial=note_initial(found))
    conflict = None
    if request.method == "POST" and form.is_valid():
        conflict = save_or_conflict(
            form,
            lambda: actions.change_note(
                note=found,
                **_answers(form),
                expected_version=form.cleaned_data["version"],
                by=door.viewer,
                at=door.viewer.at,
            ),
            _initial,
            door.viewer,
        )
        if conflict is None:
            messages.success(request, "De notitie is gewijzigd.")
            return redirect(door.address("notities/"))
    _record(door, [found])
    return door.show(
        "note_form",
        form=form,
        title=f"Notitie wijzigen: {kind.label}",
        read_by=read_by(door.viewer, kind),
        no_care=NO_CARE,
        draft_key=f"notitie-{found.pk}",
        conflict=conflict,
        cancel_url=door.address("notities/"),
    )


def _initial(row: object) -> dict[str, object]:
    assert isinstance(row, Note)
    return note_initial(row)


@require_http_methods(FORM_METHODS)
def reclassify(request: HttpRequest, pk: UUID, note: UUID) -> HttpResponse:
    """Give a note the right kind; who could read it until now is told."""
    door = enter(request, pk, PAGE, "notitie-herindelen-openen")
    found = _own_note(door, note)
    others = [(str(kind), kind.label) for kind in _kinds(door) if kind != found.kind]
    form = KindForm(request.POST or None, kinds=others, initial={"version": found.version})
    conflict = None
    if request.method == "POST" and form.is_valid():
        conflict = save_or_conflict(form, lambda: _reclassify(door, found, form), _version_of, door.viewer)
        if conflict is None:
            return redirect(door.address("notities/"))
    _record(door, [found])
    return door.show(
        "note_form",
        form=form,
        title="Soort van een notitie wijzigen",
        text=found.text,
        read_by=f"{_readers_of(found, door)} Na een andere soort geldt die meteen, ook voor de geschiedenis.",
        draft_key=f"soort-{found.pk}",
        conflict=conflict,
        cancel_url=door.address("notities/"),
    )


def _version_of(row: object) -> dict[str, object]:
    assert isinstance(row, Note)
    return {"version": row.version, "kind": row.kind}


def _reclassify(door: Door, note: Note, form: KindForm) -> None:
    filled = form.cleaned_data
    done = actions.reclassify_note(
        note=note,
        kind=NoteKind(filled["kind"]),
        reason=filled["reason"],
        expected_version=filled["version"],
        by=door.viewer,
        at=door.viewer.at,
    )
    kind = NoteKind(done.note.kind).label
    messages.success(
        door.request, f"De notitie is nu: {kind}. {_before(done, door)}{_readers_of(done.note, door)}"
    )


def _before(done: actions.Reclassified, door: Door) -> str:
    """Who could read it until now (C6.54): by name, for who keeps the consents."""
    if not rules.keeps_file(door.viewer, manages=door.manages):
        return ""
    names = ", ".join(one.called for one in done.read_before)
    return f"Zij was tot nu leesbaar voor {names}. " if names else "Niemand anders kon haar lezen. "
