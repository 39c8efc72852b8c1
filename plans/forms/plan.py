"""The forms of the D&R-plan. The parties and people to choose from come from the case."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from cases.models import LifeDomain
from parties.models import Organisation, User
from plans.forms.fields import (
    VersionedForm,
    date_field,
    domain_field,
    past_date,
    radio_field,
    select_field,
    text_area,
)
from plans.models import Action, ActionState, DetaineeView, Goal, GoalKind, GoalState, Plan, ReactionAnswer

LONGEST_ACTION = 500
NO_DOMAIN = "Geen leefgebied (blijft binnen de inrichting)"


def _by_key(organisations: Sequence[Organisation]) -> dict[str, Organisation]:
    return {str(one.pk): one for one in organisations}


class PlanForm(VersionedForm):
    """Regie and the three parts that stay within the PI (R171)."""

    def __init__(
        self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any
    ) -> None:  # Django's own
        super().__init__(*args, **kwargs)
        self.organisations = _by_key(organisations)
        choices = [(key, one.called) for key, one in self.organisations.items()]
        self.fields["lead"] = select_field("Wie heeft de regie?", choices, empty="Kies een partij")
        self.fields["care_part"] = text_area("Zorg en begeleiding", rows=6)
        self.fields["security_part"] = text_area("Veiligheid en beveiliging", rows=6)
        self.fields["reintegration_part"] = text_area("Re-integratie en resocialisatie", rows=6)

    @property
    def lead(self) -> Organisation:
        return self.organisations[self.cleaned_data["lead"]]


def plan_initial(plan: Plan) -> dict[str, object]:
    return {
        "version": plan.version,
        "lead": str(plan.lead_id or ""),
        "care_part": plan.care_part,
        "security_part": plan.security_part,
        "reintegration_part": plan.reintegration_part,
    }


class DiscussForm(VersionedForm):
    """The conversation with the detainee, and his own answer."""

    view = radio_field("Wat vindt de gedetineerde van het plan?", DetaineeView.choices)
    note = text_area(
        "Toelichting van de gedetineerde", help_text="Zo veel mogelijk in zijn of haar eigen woorden."
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:  # Django's own
        super().__init__(*args, **kwargs)
        self.fields["discussed_on"] = past_date("Besproken op", on=on)
        self.order_fields(["version", "discussed_on", "view", "note"])


def discuss_initial(plan: Plan) -> dict[str, object]:
    known: dict[str, object] = {
        "version": plan.version,
        "view": plan.detainee_view,
        "note": plan.detainee_note,
    }
    return {**known, "discussed_on": plan.discussed_on} if plan.discussed_on else known


class GoalForm(VersionedForm):
    """A goal in one domain."""

    domain = domain_field()
    kind = radio_field("Soort doel", [(value, label.capitalize()) for value, label in GoalKind.choices])
    text = text_area(
        "Doel", required=True, help_text="Concreet: wat is er bereikt, en wanneer is dat te zien?"
    )
    state = select_field("Stand", GoalState.choices, empty="Kies een stand")


def goal_initial(goal: Goal) -> dict[str, object]:
    return {
        "version": 0 if goal._state.adding else goal.version,
        "domain": goal.domain,
        "kind": goal.kind,
        "text": goal.text,
        "state": goal.state,
    }


class ActionForm(VersionedForm):
    """Who does what by when."""

    def __init__(
        self,
        *args: Any,  # Django's own
        organisations: Sequence[Organisation],
        workers: Sequence[tuple[User, Organisation]],
        goals: Sequence[Goal],
        not_before: date | None = None,
        **kwargs: Any,  # Django's own
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = _by_key(organisations)
        self.workers = {str(user.pk): (user, organisation) for user, organisation in workers}
        self.goals = {str(goal.pk): goal for goal in goals}
        self.fields["text"] = forms.CharField(
            label="Wat moet er gebeuren?",
            max_length=LONGEST_ACTION,
            error_messages={"required": "Schrijf op wat er moet gebeuren."},
        )
        self.fields["domain"] = domain_field(required=False, empty=NO_DOMAIN)
        self.fields["goal"] = select_field(
            "Hoort bij doel", self._goal_choices(), required=False, empty="Geen doel"
        )
        parties = [(key, one.called) for key, one in self.organisations.items()]
        self.fields["assignee"] = select_field("Wie doet het?", parties, empty="Kies een partij")
        self.fields["worker"] = select_field(
            "Medewerker", self._worker_choices(), required=False, empty="Niemand in het bijzonder"
        )
        self.fields["due_on"] = date_field("Uiterlijk op")
        self.not_before = not_before

    def _goal_choices(self) -> list[tuple[str, str]]:
        return [(key, f"{goal.get_domain_display()}: {goal.text[:80]}") for key, goal in self.goals.items()]

    def _worker_choices(self) -> list[tuple[str, str]]:
        return [(key, f"{user.name} ({party.called})") for key, (user, party) in self.workers.items()]

    def clean_due_on(self) -> date | None:
        """A new action that is late at once is a slip of the pen; one that stands already may be."""
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on and self.not_before and due_on < self.not_before:
            raise forms.ValidationError(
                "Deze dag is al voorbij: de actie zou meteen te laat zijn. Kies vandaag of later."
            )
        return due_on

    def clean(self) -> dict[str, Any]:  # Django's own
        cleaned = super().clean() or self.cleaned_data
        worker = self.workers.get(cleaned.get("worker", ""))
        if worker and str(worker[1].pk) != cleaned.get("assignee"):
            self.add_error("worker", "Deze medewerker werkt niet bij de gekozen partij.")
        goal = self.goals.get(cleaned.get("goal", ""))
        if goal and goal.domain != cleaned.get("domain"):
            self.add_error("goal", "Dit doel hoort bij een ander leefgebied dan de actie.")
        return cleaned

    def answers(self) -> dict[str, Any]:  # keyword arguments of the action
        """What the action is called with."""
        given = self.cleaned_data
        worker = self.workers.get(given["worker"])
        return {
            "text": given["text"],
            "domain": given["domain"],
            "goal": self.goals.get(given["goal"]),
            "assignee": self.organisations[given["assignee"]],
            "worker": worker[0] if worker else None,
            "due_on": given["due_on"],
        }


def action_initial(action: Action) -> dict[str, object]:
    return {
        "version": 0 if action._state.adding else action.version,
        "text": action.text,
        "domain": action.domain,
        "goal": str(action.goal_id or ""),
        "assignee": "" if action._state.adding else str(action.assignee_id),
        "worker": str(action.worker_id or ""),
        "due_on": action.due_on,
    }


class CloseForm(VersionedForm):
    """Tick off, drop or reopen, with the result."""

    state = radio_field("Stand", [(value, label.capitalize()) for value, label in ActionState.choices])
    result = text_area(
        "Resultaat", help_text="Wat is eruit gekomen? Andere partijen met dit leefgebied lezen dit ook."
    )


def close_initial(action: Action) -> dict[str, object]:
    return {"version": action.version, "state": ActionState.DONE, "result": action.result}


def stored_close(action: Action) -> dict[str, object]:
    """How the action stands, beside what somebody wanted to make of it."""
    return {"state": action.state, "result": action.result}


class ReactionForm(forms.Form):
    """Akkoord or bezwaar."""

    answer = radio_field(
        "Uw reactie", [(value, label.capitalize()) for value, label in ReactionAnswer.choices]
    )
    note = text_area("Toelichting")

    def clean(self) -> dict[str, Any]:  # Django's own
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == ReactionAnswer.OBJECT and not cleaned.get("note"):
            self.add_error("note", "Leg uit waar het bezwaar over gaat.")
        return cleaned


DOMAIN_LABELS = dict(LifeDomain.choices)
