"""Goals and actions of the plan: write them, and tick them off."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from cases.way_back import way_back
from parties.rules import require
from plans import actions, rules
from plans.forms.fields import VersionedForm
from plans.forms.plan import (
    ActionForm,
    CloseForm,
    GoalForm,
    action_initial,
    close_initial,
    goal_initial,
    stored_close,
)
from plans.models import Action, ActionState, Goal, GoalKind, GoalState
from plans.overview import plan_of
from plans.querysets import action_for, goal_for, goals_of, organisations_in, workers_in
from plans.reading import record_reading
from plans.views.conflict import Conflict, save_or_conflict
from plans.views.door import Door, enter

PAGE = "plan"
FORM_METHODS = ["GET", "HEAD", "POST"]


def _enter_to_edit(request: HttpRequest, pk: UUID, action: str) -> Door:
    door = enter(request, pk, PAGE, action)
    door.require_handing_over()
    return door


@require_http_methods(FORM_METHODS)
def new_goal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a goal."""
    door = _enter_to_edit(request, pk, "doel-toevoegen")
    door.require_detention_work()
    plan = plan_of(door.case, door.viewer)
    if plan is None:
        raise Http404
    form = GoalForm(
        request.POST or None, initial=goal_initial(Goal(domain=request.GET.get("leefgebied", "")))
    )

    def save() -> object:
        answers = form.cleaned_data
        kind = GoalKind(answers["kind"])
        return actions.add_goal(
            plan=plan,
            domain=answers["domain"],
            kind=kind,
            text=answers["text"],
            by=door.viewer,
            at=door.viewer.at,
        )

    del form.fields["state"]
    return _save_page(door, form, save, title="Doel toevoegen", done="Het doel is toegevoegd.")


@require_http_methods(FORM_METHODS)
def edit_goal(request: HttpRequest, pk: UUID, goal: UUID) -> HttpResponse:
    """Change a goal, or say that it was reached or dropped."""
    door = _enter_to_edit(request, pk, "doel-wijzigen")
    found = goal_for(door.case, door.viewer, goal)
    if found is None:
        raise Http404
    form = GoalForm(request.POST or None, initial=goal_initial(found))

    def save() -> object:
        answers = form.cleaned_data
        return actions.change_goal(
            goal=found,
            domain=answers["domain"],
            kind=GoalKind(answers["kind"]),
            text=answers["text"],
            state=GoalState(answers["state"]),
            expected_version=answers["version"],
            by=door.viewer,
            at=door.viewer.at,
        )

    record_reading(door.viewer, door.case, "doel-inhoud", domains=[found.domain])
    return _save_page(door, form, save, title="Doel wijzigen", done="Het doel is gewijzigd.")


@require_http_methods(FORM_METHODS)
def new_action(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a party something to do."""
    door = _enter_to_edit(request, pk, "actie-toevoegen")
    goal = next(
        (one for one in goals_of(door.case, door.viewer) if str(one.pk) == request.GET.get("doel")), None
    )
    wanted = Action(domain=goal.domain if goal else request.GET.get("leefgebied", ""))
    form = _action_form(
        door, {**action_initial(wanted), "goal": str(goal.pk) if goal else ""}, not_before=door.viewer.on
    )

    def save() -> object:
        return actions.add_action(case=door.case, **form.answers(), by=door.viewer, at=door.viewer.at)

    return _save_page(door, form, save, title="Actie toevoegen", done="De actie is toegevoegd.")


@require_http_methods(FORM_METHODS)
def edit_action(request: HttpRequest, pk: UUID, action: UUID) -> HttpResponse:
    """Change what, who or when."""
    door = _enter_to_edit(request, pk, "actie-wijzigen")
    found = _action(door, action)
    form = _action_form(door, action_initial(found))

    def save() -> object:
        return actions.change_action(
            action=found,
            **form.answers(),
            expected_version=form.cleaned_data["version"],
            by=door.viewer,
            at=door.viewer.at,
        )

    record_reading(door.viewer, door.case, "actie-inhoud", domains=[found.domain])
    return _save_page(door, form, save, title="Actie wijzigen", done="De actie is gewijzigd.")


def _action_form(door: Door, initial: dict[str, object], *, not_before: date | None = None) -> ActionForm:
    return ActionForm(
        door.request.POST or None,
        organisations=organisations_in(door.case, door.viewer.at),
        workers=workers_in(door.case, door.viewer),
        goals=goals_of(door.case, door.viewer),
        initial=initial,
        not_before=not_before,
    )


def _action(door: Door, key: UUID) -> Action:
    found = action_for(door.case, door.viewer, key)
    if found is None:
        raise Http404
    return found


@require_http_methods(FORM_METHODS)
def close(request: HttpRequest, pk: UUID, action: UUID) -> HttpResponse:
    """Tick off an action, by the party that must do it or by the PI."""
    door = enter(request, pk, PAGE, "actie-afdoen")
    found = _action(door, action)
    require(rules.may_close_action(door.viewer, found, manages=door.manages))
    form = CloseForm(request.POST or None, initial=close_initial(found))

    def save() -> object:
        answers = form.cleaned_data
        return actions.close_action(
            action=found,
            state=ActionState(answers["state"]),
            result=answers["result"],
            expected_version=answers["version"],
            by=door.viewer,
            at=door.viewer.at,
        )

    record_reading(door.viewer, door.case, "actie-inhoud", domains=[found.domain])
    return _save_page(
        door,
        form,
        save,
        title="Actie afdoen",
        text=found.text,
        done="De actie is bijgewerkt.",
        then=way_back(request.GET, door.address("plan/"), overview=door.address()),
    )


def _save_page(
    door: Door,
    form: forms.Form,
    save: Callable[[], object],
    *,
    title: str,
    done: str,
    text: str = "",
    then: str = "",
) -> HttpResponse:
    assert isinstance(form, VersionedForm)
    conflict: Conflict | None = None
    if door.request.method == "POST" and form.is_valid():
        conflict = save_or_conflict(form, save, _initial, door.viewer)
        if conflict is None:
            messages.success(door.request, done)
            return redirect(then or door.address("plan/"))
    return door.show(
        "plan_form",
        form=form,
        title=title,
        text=text,
        draft_key=f"{title}-{door.request.path}",
        conflict=conflict,
        cancel_url=then or door.address("plan/"),
    )


def _initial(row: object) -> dict[str, object]:
    """How the row stands now, in the words of the form."""
    if isinstance(row, Goal):
        return goal_initial(row)
    assert isinstance(row, Action)
    return {**action_initial(row), **stored_close(row)}
