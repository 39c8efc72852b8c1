"""What must this party do in this case now? Terms, the next step, tasks, invitations, sheets and own actions."""

from collections.abc import Iterable, Sequence
from typing import Any

from cases import rules
from cases.models import Capacity, Case, DeadlineStatus
from cases.steps import Step, StepRule
from cases.views.term_lines import AnyTerm, domain_of, rule_of, standing, stands_still, term_name
from cases.views.work_lines import invitation_line, sheet_line, task_place, task_text
from meetings.overview import ActionLine, Overview, TaskLine
from parties.viewer import Viewer
from reintegratie.lib.dutch import day_text, days_text, moment_text, urgency

PRESSING = ("late", "today", "soon")
PLACE_OF_STEP = {
    Step.TWO_WEEK_PLAN: "plan/",
    Step.ISD_EVALUATION: "plan/",
    Step.INFO_REQUEST: "screening/",
    Step.SCREENING: "screening/",
    Step.REFLECTOR_LANGUAGE: "screening/",
    Step.SHARE_REQUESTS: "informatiebladen/",
    Step.PLAN_ADOPTION: "plan/",
    Step.STAY_PLAN: "plan/",
    Step.PRE_RELEASE_CHECK: "plan/",
    Step.SCIL: "screening/",
    Step.EDUCATION_REFERRAL: "plan/",
    Step.ID_APPLICATION: "screening/",
    Step.SEARCH_PERIOD_START: "termijnen/",
    Step.APPLICATION_DAY_ONE: "termijnen/",
    Step.ADVANCE_PAYMENT: "termijnen/",
    Step.WW_REVIVAL_LIMIT: "termijnen/",
}
"""On which page of the case the work of a step is done."""
HOW = {
    Step.BEGIN_MESSAGE: "zoek de gemeente van herkomst uit, of meld het zelf en zet de taak op gedaan",
    Step.SHARE_REQUESTS: "leg eerst de toestemming vast en verzend dan het informatieblad",
    Step.PLAN_ADOPTION: "maak het plan, bespreek het met de gedetineerde en zet het op een MDO",
}
"""What a step takes, where its name does not say it."""
ORDER = {step: place for place, step in enumerate(Step)}


def what_now(
    overview: Overview, terms: Sequence[AnyTerm], viewer: Viewer, case: Case, capacity: Capacity | None
) -> dict[str, Any]:  # the template's context
    plan = f"{case.get_absolute_url()}plan/"
    may_finish = rules.may_do_tasks(viewer)
    own = [action for action in overview.actions if action.party_id == viewer.organisation.pk]
    return {
        "pressing": pressing(terms, viewer, case, capacity),
        "tasks": [_task_item(task, viewer, case, may_finish=may_finish) for task in overview.tasks],
        "waiting": [*_invitations(overview, viewer), *_sheets(overview)],
        "own_actions": [
            action_item(one, viewer, f"{plan}acties/{one.id}/afdoen/?terug=overzicht" if may_finish else plan)
            for one in own
        ],
    }


def pressing(
    terms: Iterable[AnyTerm], viewer: Viewer, case: Case, capacity: Capacity | None
) -> list[dict[str, str]]:
    """What this party itself must act on within a week, and always the first step that it has not finished."""
    own = [(term, rule_of(term)) for term in terms if _is_ours(term, rule_of(term), capacity)]
    first = min(own, key=lambda pair: (ORDER[pair[1].step], pair[0].due_on), default=None)
    items = []
    for pair in own:
        text, state = standing(pair[0], viewer.on)
        if state in PRESSING or pair is first:
            items.append(_step_item(*pair, case, text, state))
    return items


def _is_ours(term: AnyTerm, rule: StepRule, capacity: Capacity | None) -> bool:
    """Contact after the kind-check is a task as well, which says whom to call."""
    acts = rule.responsible == capacity and not rule.earliest and rule.step != Step.CHILD_CHECK_CONTACT
    return acts and term.status == DeadlineStatus.OPEN and not stands_still(term)


def _step_item(term: AnyTerm, rule: StepRule, case: Case, badge: str, state: str) -> dict[str, str]:
    place = f"{case.get_absolute_url()}{PLACE_OF_STEP.get(rule.step, '')}"
    return {
        "text": term_name(term, rule),
        "detail": HOW.get(rule.step, domain_of(term)),
        "badge": badge,
        "state": state,
        "url": "/overleggen/" if rule.step == Step.MDO_CYCLE else place,
    }


def _task_item(task: TaskLine, viewer: Viewer, case: Case, *, may_finish: bool) -> dict[str, str]:
    place = task_place(task.kind, viewer)
    return {
        "text": task_text(task.kind, task.label, viewer),
        "detail": task.explanation,
        "since": f"sinds {moment_text(task.opened_at)}",
        "url": f"{case.get_absolute_url()}{place}" if place else "",
        "done_url": f"{case.get_absolute_url()}taken/{task.id}/afdoen/" if may_finish else "",
    }


def _invitations(overview: Overview, viewer: Viewer) -> list[dict[str, str]]:
    return [
        {**invitation_line(one, viewer), "detail": "Laat weten of u komt", "since": ""}
        for one in overview.invitations
    ]


def _sheets(overview: Overview) -> list[dict[str, str]]:
    return [sheet_line(one) for one in overview.sheets]


def action_item(action: ActionLine, viewer: Viewer, url: str) -> dict[str, str]:
    due = action.due_on
    return {
        "text": action.text,
        "domain": action.domain,
        "party": action.party,
        "due": day_text(due, unknown="geen datum"),
        "badge": days_text(due, viewer.on) if due else "Geen datum",
        "state": urgency(due, viewer.on) if due else "unknown",
        "url": url,
    }
