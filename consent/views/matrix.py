"""The page 'Toestemming': which ground opens which domain to whom, and what was decided before."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from consent import rules
from consent.asking import to_ask
from consent.declarations import Declaration, Withdrawal, declarations_of, withdrawals_of
from consent.matrix import consents_of, former_recipients, own_column, whole_matrix
from consent.models import Answer, Evidence, Scan
from consent.reliance import reliable_for, reliance_lines
from consent.texts import FIRST_VERSION, ORDINARY, forms_of, version_on
from consent.views.door import CONSENT_PAGE, Door, enter
from consent.visibility import sight_of
from parties.actors import actor_names
from reintegratie.lib.dutch import day_text, moment_text
from reintegratie.lib.workdays import last_day_before


@require_safe
def consent_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The PI reads and records everything; another party reads its own column (C3 note 9)."""
    door = enter(request, pk, CONSENT_PAGE, "toestemming-inzien")
    if rules.may_see_matrix(door.viewer, door.capacity):
        return _whole(door)
    sight = sight_of(door.viewer, door.case)
    matrix = own_column(door.viewer.organisation, door.capacity, sight)
    return door.show("own_column", matrix=matrix)


def _whole(door: Door) -> HttpResponse:
    consents = consents_of(door.case)
    matrix = whole_matrix(door.case, door.context["parties"], consents, door.viewer.at)
    with_scan = set(Scan.objects.of(door.case).current().values_list("declaration_number", flat=True))
    scanned = {row.pk for row in consents if row.declaration_number in with_scan}
    signed = {row.pk for row in consents if row.evidence == Evidence.SIGNED}
    return door.show(
        "matrix",
        scanned=scanned,
        unscanned=signed - scanned,
        matrix=matrix,
        relied=reliance_lines(door.case, door.viewer.at),
        reliable=_reliable(door),
        former=former_recipients(matrix, consents),
        items=_history(declarations_of(consents), withdrawals_of(door.case), with_scan),
        may_record=rules.may_record(door.viewer, door.capacity),
        asks=to_ask(door.viewer.at, door.case) if rules.may_record(door.viewer, door.capacity) else (),
        papers=[
            {"key": form.key, "name": name} for form, name in forms_of(version_on(door.viewer.on)).items()
        ],
    )


def _reliable(door: Door) -> set[UUID]:
    """The parties for which a ground may be relied on here."""
    grounds = reliable_for(door.context["parties"], door.viewer.at)
    return {party for party, found in grounds.items() if found}


def _history(
    papers: list[Declaration], withdrawn: list[Withdrawal], with_scan: set[str]
) -> list[dict[str, Any]]:
    """Parameters of components/timeline.html, newest first."""
    names = actor_names(withdrawal.actor for withdrawal in withdrawn)
    told = [(paper.given_at, _decided(paper, with_scan)) for paper in papers]
    told += [(withdrawal.at, _withdrawn(withdrawal, names)) for withdrawal in withdrawn]
    return [item for _, item in sorted(told, key=lambda pair: pair[0], reverse=True)]


def _decided(paper: Declaration, with_scan: set[str]) -> dict[str, Any]:
    yes, no = paper.labels(Answer.GIVEN), paper.labels(Answer.REFUSED)
    said = [f"ja voor {', '.join(yes)}"] if yes else []
    said += [f"nee voor {', '.join(no)}"] if no else []
    facts = [
        f"Verklaring {paper.number}",
        paper.evidence,
        f"formulier: {_form_of(paper)}" if paper.form != ORDINARY else "",
        f"taal: {paper.language}",
        f"uitleg: {paper.explained_how}" if paper.explained_how else "",
        f"vertegenwoordiger: {paper.representative}" if paper.representative else "",
        f"tot en met {day_text(last_day_before(paper.valid_until))}" if paper.valid_until else "",
        f"vastgelegd op {moment_text(paper.recorded_at)}",
        _scan_of(paper, with_scan),
    ]
    return {
        "at": moment_text(paper.given_at),
        "who": paper.recorded_by,
        "what": f"{paper.recipient.called}: {'; '.join(said)}",
        "detail": "; ".join(fact for fact in facts if fact),
        "tone": "success" if yes else "warning",
    }


def _scan_of(paper: Declaration, with_scan: set[str]) -> str:
    if paper.number in with_scan:
        return "scan aanwezig"
    return "nog geen scan" if paper.signed else ""


def _form_of(paper: Declaration) -> str:
    return forms_of(paper.text_version or FIRST_VERSION).get(paper.form, paper.form.key)


def _withdrawn(withdrawal: Withdrawal, names: dict[str, str]) -> dict[str, Any]:
    return {
        "at": moment_text(withdrawal.at),
        "who": names.get(withdrawal.actor, ""),
        "what": f"{withdrawal.recipient}: toestemming ingetrokken voor {withdrawal.domain}",
        "detail": f"Verklaring {withdrawal.number}{f'; {withdrawal.reason}' if withdrawal.reason else ''}",
        "tone": "warning",
    }
