"""Which actions of the plan somebody wants to see: all or only the open ones, of everybody or of one party."""

from collections.abc import Iterable
from dataclasses import replace

from django import forms

from parties.models import Organisation
from plans.models import ActionState
from plans.overview import PlanAction, PlanGoal, PlanSection

LONG = 12
"""From so many actions on a plan is worth filtering."""


class PlanFilter(forms.Form):
    """The small fields above the plan. The parties are those that have an action which this reader may see."""

    stand = forms.ChoiceField(label="Acties", required=False, choices=[("", "alle"), ("open", "alleen open")])
    partij = forms.ChoiceField(label="Partij", required=False)

    def __init__(self, *args: object, parties: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.fields["partij"].choices = [("", "alle"), *parties]  # type: ignore[attr-defined]  # a ChoiceField
        self.is_valid()

    @property
    def active(self) -> list[dict[str, str]]:
        """A chip that takes off the filters that are on."""
        return [{"label": "Filter aan", "url": "?"}] if any(self.cleaned_data.values()) else []

    def keeps(self, entry: PlanAction) -> bool:
        wanted = self.cleaned_data
        if wanted.get("stand") and entry.action.state != ActionState.OPEN:
            return False
        return not wanted.get("partij") or str(entry.action.assignee_id) == wanted["partij"]

    def of(self, sections: Iterable[PlanSection]) -> list[PlanSection]:
        """The sections with the actions that were asked for; a goal without any stays out when something was asked."""
        if not self.active:
            return list(sections)
        return [replace(section, goals=self._goals(section.goals)) for section in sections]

    def _goals(self, goals: Iterable[PlanGoal]) -> tuple[PlanGoal, ...]:
        kept = [
            replace(goal, actions=tuple(one for one in goal.actions if self.keeps(one))) for goal in goals
        ]
        return tuple(goal for goal in kept if goal.actions)


def parties_in(sections: Iterable[PlanSection]) -> list[tuple[str, str]]:
    """Who has an action in what is shown, by name."""
    found: dict[str, Organisation] = {
        str(entry.action.assignee_id): entry.action.assignee
        for section in sections
        for entry in section.actions
    }
    return sorted(((key, one.called) for key, one in found.items()), key=lambda pair: pair[1])
