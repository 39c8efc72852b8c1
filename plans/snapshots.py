"""What is frozen when a plan is adopted? Plain words and ids, so that a version reads the same for ever (R172)."""

from parties.viewer import Viewer
from plans.models import Action, Goal, Plan
from plans.querysets import goals_and_actions
from reintegratie.lib.dutch import day_text

Snapshot = dict[str, object]

INNER_LABELS = {
    "regie": "Regie",
    "zorg_en_begeleiding": "Zorg en begeleiding",
    "veiligheid_en_beveiliging": "Veiligheid en beveiliging",
    "re_integratie_en_resocialisatie": "Re-integratie en resocialisatie",
    "besproken_op": "Besproken met de gedetineerde",
    "reactie_gedetineerde": "Reactie van de gedetineerde",
    "toelichting_gedetineerde": "Toelichting van de gedetineerde",
}


def inner_part_of(plan: Plan) -> Snapshot:
    """The part that stays within the PI: regie, the three parts and the view of the detainee (R171)."""
    return {
        "regie": plan.lead.name if plan.lead else "",
        "zorg_en_begeleiding": plan.care_part,
        "veiligheid_en_beveiliging": plan.security_part,
        "re_integratie_en_resocialisatie": plan.reintegration_part,
        "besproken_op": day_text(plan.discussed_on) if plan.discussed_on else "",
        "reactie_gedetineerde": str(plan.get_detainee_view_display()),
        "toelichting_gedetineerde": plan.detainee_note,
    }


def part_contents(plan: Plan, viewer: Viewer) -> dict[str, Snapshot]:
    """Per domain what was adopted. Each part carries its own version number and day: its reader may not see the head."""
    goals, actions = goals_and_actions(plan.case, viewer)
    return {
        domain: {
            "versie": plan.adopted_number,
            "vastgesteld_op": plan.adopted_on.isoformat() if plan.adopted_on else "",
            "doelen": [goal_snapshot(goal) for goal in goals if goal.domain == domain],
            "acties": [action_snapshot(action) for action in actions if action.domain == domain],
        }
        for domain in sorted({row.domain for row in (*goals, *actions)})
    }


def goal_snapshot(goal: Goal) -> Snapshot:
    return {
        "id": str(goal.pk),
        "soort": str(goal.get_kind_display()),
        "tekst": goal.text,
        "stand": str(goal.get_state_display()),
    }


def action_snapshot(action: Action) -> Snapshot:
    return {
        "id": str(action.pk),
        "doel": str(action.goal_id or ""),
        "tekst": action.text,
        "partij": action.assignee.name,
        "medewerker": action.worker.name if action.worker else "",
        "uiterlijk": action.due_on.isoformat() if action.due_on else "",
        "stand": str(action.get_state_display()),
        "resultaat": action.result,
    }
