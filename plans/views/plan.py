"""The D&R-plan: what everybody may read of it, and what the PI writes (R147, R171-R172)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions import PhaseNotAllowed
from cases.ending import is_inside
from cases.models import LifeDomain
from cases.rules import WORKING, may_do_tasks
from consent.visibility import RowKind, sight_of
from parties.rules import require
from plans import actions, rules
from plans.forms.plan import DiscussForm, PlanForm, ReactionForm, discuss_initial, plan_initial
from plans.models import DetaineeView, Plan, ReactionAnswer
from plans.overview import WITHIN_PI, PlanAction, PlanReading, PlanSection, plan_of, reactions_to, read_plan
from plans.printing import own_plan_pdf, plan_pdf
from plans.querysets import organisations_in
from plans.reading import record_reading
from plans.versions import (
    adoption_day,
    compare,
    inner_lines,
    parts_of_version,
    version_head,
)
from plans.views.conflict import save_or_conflict
from plans.views.door import Door, enter
from plans.views.plan_filter import LONG, PlanFilter, parties_in

PAGE = "plan"
FORM_METHODS = ["GET", "HEAD", "POST"]
LABELS: dict[str, str] = {**dict(LifeDomain.choices), "": WITHIN_PI}


@require_safe
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan as this viewer may read it; the head and the internal parts for the PI only."""
    door = enter(request, pk, PAGE, "plan-inzien")
    sight = sight_of(door.viewer, door.case, RowKind.GOAL)
    reading = read_plan(door.case, door.viewer, sight)
    record_reading(door.viewer, door.case, "plan-inhoud", domains=reading.domains, sight=sight)
    head = plan_of(door.case, door.viewer) if door.manages else None
    may_begin = rules.may_begin_plan(door.viewer, manages=door.manages, phase=door.case.phase)
    sections = _sections(door, reading)
    shown = PlanFilter(request.GET, parties=parties_in(sections))
    return door.show(
        "plan",
        plan=head,
        reading=reading,
        sections=shown.of(sections),
        filter=shown if shown.active or sum(len(one.actions) for one in sections) >= LONG else None,
        closed_own=_own_behind_doors(reading),
        missing=rules.missing_for_adoption(head) if head else [],
        reactions=reactions_to(door.case, door.viewer),
        may_edit=rules.may_edit_plan(door.viewer, manages=door.manages, phase=door.case.phase),
        may_begin=may_begin,
        may_add=may_begin and head is not None,
        over=not is_inside(door.case.phase),
        may_react=rules.may_react(door.viewer, contributes=door.contributes, phase=door.case.phase),
        manages=door.manages,
        doing=door.viewer.organisation.pk if may_do_tasks(door.viewer) else None,
        base=door.address("plan/"),
        goal_url=door.address("plan/doelen/nieuw/"),
        action_url=door.address("plan/acties/nieuw/"),
        react_url=door.address("plan/reactie/"),
    )


def _sections(door: Door, reading: PlanReading) -> list[PlanSection]:
    """All doors for the three parties around the plan; a partner reads what is open to it and its own actions."""
    return [section for section in reading.sections if section.open or door.capacity in WORKING]


def _own_behind_doors(reading: PlanReading) -> list[PlanAction]:
    """Own actions in domains that are closed to this party; the others stand with their goal already (C3)."""
    open_domains = {section.domain for section in reading.sections if section.open}
    return [entry for entry in reading.own if entry.action.domain not in open_domains]


@require_POST
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin the plan."""
    door = enter(request, pk, PAGE, "plan-beginnen")
    door.require_detention_work()
    try:
        actions.start_plan(case=door.case, by=door.viewer, at=door.viewer.at)
    except PhaseNotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            "Het plan is begonnen. Voeg doelen en acties toe, bespreek het met de gedetineerde en zet het op een MDO.",
        )
    return redirect(door.address("plan/"))


def _plan_for_editing(door: Door) -> Plan:
    door.require_handing_over()
    found = plan_of(door.case, door.viewer)
    if found is None:
        raise Http404
    return found


@require_http_methods(FORM_METHODS)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Regie and the three internal parts."""
    door = enter(request, pk, PAGE, "plan-bijwerken")
    found = _plan_for_editing(door)
    form = PlanForm(
        request.POST or None,
        organisations=organisations_in(door.case, door.viewer.at),
        initial=plan_initial(found),
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        conflict = save_or_conflict(
            form,
            lambda: actions.save_plan(
                plan=found,
                lead=form.lead,
                care_part=answers["care_part"],
                security_part=answers["security_part"],
                reintegration_part=answers["reintegration_part"],
                expected_version=answers["version"],
                by=door.viewer,
                at=door.viewer.at,
            ),
            _plan_initial,
            door.viewer,
        )
        if conflict is None:
            messages.success(request, "Het plan is opgeslagen.")
            return redirect(door.address("plan/"))
    return _form_page(
        door,
        form=form,
        title="Regie en interne delen",
        text="Deze drie delen blijven binnen de inrichting.",
        draft_key="plan",
        conflict=conflict,
    )


def _plan_initial(row: object) -> dict[str, object]:
    assert isinstance(row, Plan)
    return plan_initial(row)


@require_http_methods(FORM_METHODS)
def discuss(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The conversation with the detainee."""
    door = enter(request, pk, PAGE, "plan-bespreken")
    door.require_detention_work()
    found = _plan_for_editing(door)
    form = DiscussForm(request.POST or None, on=door.viewer.on, initial=discuss_initial(found))
    conflict = None
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        conflict = save_or_conflict(
            form,
            lambda: actions.discuss_plan(
                plan=found,
                on=answers["discussed_on"],
                view=DetaineeView(answers["view"]),
                note=answers["note"],
                expected_version=answers["version"],
                by=door.viewer,
                at=door.viewer.at,
            ),
            _discuss_initial,
            door.viewer,
        )
        if conflict is None:
            messages.success(request, "Het gesprek over het plan is vastgelegd.")
            return redirect(door.address("plan/"))
    return _form_page(
        door,
        form=form,
        title="Plan besproken met de gedetineerde",
        draft_key="plan-bespreken",
        conflict=conflict,
    )


def _discuss_initial(row: object) -> dict[str, object]:
    assert isinstance(row, Plan)
    return discuss_initial(row)


@require_http_methods(FORM_METHODS)
def react(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Akkoord or bezwaar of the gemeente or the reclassering."""
    door = enter(request, pk, PAGE, "plan-reageren")
    require(rules.may_react(door.viewer, contributes=door.contributes, phase=door.case.phase))
    form = ReactionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.react_to_plan(
            case=door.case,
            answer=ReactionAnswer(form.cleaned_data["answer"]),
            note=form.cleaned_data["note"],
            by=door.viewer,
            at=door.viewer.at,
        )
        messages.success(request, "Uw reactie is vastgelegd.")
        return redirect(door.address("plan/"))
    return _form_page(door, form=form, title="Reageren op het plan", draft_key="plan-reactie")


def _form_page(door: Door, **context: object) -> HttpResponse:
    return door.show("plan_form", cancel_url=door.address("plan/"), **context)


@require_safe
def version(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """An adopted version, with the differences from the one before in words; only parts this reader may see."""
    door = enter(request, pk, PAGE, "plan-versie-inzien")
    parts = parts_of_version(door.case, door.viewer, number)
    head = version_head(door.case, door.viewer, number)
    if not parts and head is None:
        raise Http404
    before = parts_of_version(door.case, door.viewer, number - 1)
    sight = sight_of(door.viewer, door.case, RowKind.GOAL)
    record_reading(door.viewer, door.case, "plan-versie-inhoud", domains=parts, sight=sight)
    return door.show(
        "plan_version",
        number=number,
        inner=inner_lines(head),
        adopted_on=head.adopted_on if head else adoption_day(parts),
        parts=[
            {
                "title": LABELS[domain],
                "goals": compare(parts.get(domain), before.get(domain), "doelen"),
                "actions": compare(parts.get(domain), before.get(domain), "acties"),
            }
            for domain in sorted(parts.keys() | before.keys(), key=list(LABELS).index)
        ],
        compared=bool(before),
        back_url=door.address("plan/"),
    )


@require_safe
def plan_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The internal D&R-plan on paper (C5.7): for the PI of stay."""
    door = enter(request, pk, PAGE, "plan-afdrukken")
    require(rules.may_read_inner_part(door.viewer, manages=door.manages))
    return _pdf(door, own_copy=False)


@require_safe
def own_plan_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The detainee's own copy, in plain Dutch; the casemanager prints it."""
    door = enter(request, pk, PAGE, "plan-afdrukken-gedetineerde")
    require(rules.may_read_inner_part(door.viewer, manages=door.manages))
    return _pdf(door, own_copy=True)


def _pdf(door: Door, *, own_copy: bool) -> HttpResponse:
    found = plan_of(door.case, door.viewer)
    if found is None:
        raise Http404
    sight = sight_of(door.viewer, door.case, RowKind.GOAL)
    reading = read_plan(door.case, door.viewer, sight)
    record_reading(
        door.viewer,
        door.case,
        "plan-afdruk",
        domains=reading.domains,
        sight=sight,
        object_kind="plan",
        object_id=found.pk,
    )
    make = own_plan_pdf if own_copy else plan_pdf
    pdf = make(found, reading, door.viewer, door.context["frame"])
    name = f"{'mijn-plan' if own_copy else 'plan'}-{door.case.number}.pdf"
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
