"""How one thing to do reads in a list: what, about whom, since or until when, and where it is done."""

from cases import rules
from cases.models import TaskKind
from meetings.work import Work
from parties.models import PartyKind
from parties.viewer import Viewer
from reintegratie.lib.dutch import days_text, moment_text, urgency
from reintegratie.lib.workdays import day_of

PLACE_OF_TASK = {
    TaskKind.ORIGIN_UNKNOWN: "herkomst/",
    TaskKind.ORIGIN_IS_FACILITY: "herkomst/",
    TaskKind.ASK_CONSENT: "toestemming/",
    TaskKind.SUSPENSION_APPROVAL: "termijnen/",
}
"""Where a task is done, when that is a page for who leads the case."""


def task_text(kind: str, label: str, viewer: Viewer) -> str:
    """The words of a task; the kind-check says whom to call (R122). It is opened for the two parties that know of it."""
    if kind != TaskKind.CONTACT_TODAY:
        return label
    other = "de gemeente" if viewer.is_of(PartyKind.PRISON) else "de inrichting"
    return f"Kind-check: bel vandaag {other}"


def task_place(kind: str, viewer: Viewer) -> str:
    """The page of the case on which a task is done; empty when there is none for this viewer."""
    leads = rules.may_lead(viewer, manages=viewer.is_of(PartyKind.PRISON))
    if kind == TaskKind.CONTACT_TODAY:
        return "screening/kind-check/contact/" if leads else "screening/"
    return PLACE_OF_TASK.get(TaskKind(kind), "") if leads else ""


def task_line(task: Work, viewer: Viewer, *, back: str) -> dict[str, str]:
    case = f"/zaken/{task.case_id}/"
    return {
        "url": f"{case}{task_place(task.kind, viewer)}",
        "text": task_text(task.kind, task.text, viewer),
        "detail": task.detail,
        "who": _who(task),
        "since": f"sinds {moment_text(task.opened_at)}" if task.opened_at else "",
        "done_url": f"{case}taken/{task.id}/afdoen/" if rules.may_do_tasks(viewer) else "",
        "back": back,
    }


def action_line(action: Work, viewer: Viewer, *, back: str) -> dict[str, str]:
    due, plan = action.due_on, f"/zaken/{action.case_id}/plan/"
    return {
        "url": f"{plan}acties/{action.id}/afdoen/?terug={back}" if rules.may_do_tasks(viewer) else plan,
        "text": action.text,
        "detail": action.detail,
        "who": _who(action),
        "badge": days_text(due, viewer.on) if due else "Geen datum",
        "state": urgency(due, viewer.on) if due else "unknown",
    }


def content_term_line(term: Work, viewer: Viewer, *, back: str) -> dict[str, str]:
    """A term of content leads to the terms of its case."""
    assert term.due_on is not None
    return {
        "url": f"/zaken/{term.case_id}/termijnen/",
        "text": term.text,
        "detail": term.detail,
        "who": _who(term),
        "badge": days_text(term.due_on, viewer.on),
        "state": urgency(term.due_on, viewer.on),
    }


def invitation_line(invitation: Work, viewer: Viewer) -> dict[str, str]:
    """An invitation leads to the meeting, where it is answered."""
    starts_at = invitation.opened_at
    assert starts_at is not None
    on = day_of(starts_at)
    return {
        "url": f"/overleggen/{invitation.meeting_id}/",
        "text": f"{invitation.text} op {moment_text(starts_at)}",
        "detail": f"uw antwoord: {invitation.answer}" if invitation.answer else "laat weten of u komt",
        "who": _who(invitation),
        "badge": days_text(on, viewer.on),
        "state": "open" if invitation.answer else urgency(on, viewer.on),
    }


def sheet_line(sheet: Work) -> dict[str, str]:
    """A sheet leads to the sheet itself; opening it is the receipt."""
    assert sheet.opened_at is not None
    return {
        "url": f"/zaken/{sheet.case_id}/informatiebladen/{sheet.id}/",
        "text": "Nieuw informatieblad lezen",
        "detail": sheet.detail,
        "who": _who(sheet),
        "since": f"sinds {moment_text(sheet.opened_at)}",
    }


def _who(work: Work) -> str:
    return f"{work.name} · {work.number}"
