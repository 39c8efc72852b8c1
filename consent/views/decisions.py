"""Record a decision for one recipient, and take consents back."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from cases.models import LifeDomain
from consent import actions
from consent.forms import FIELD_OF, DecisionForm, WithdrawForm
from consent.matrix import consents_of, whole_matrix
from consent.models import Consent, GroundCode
from consent.sight import parties_with_sight
from consent.views.door import Door, enter_to_record, papers_for, recipient_in
from parties.models import Organisation
from plans.screening import needs_explaining
from reintegratie.lib.workdays import day_of

WHAT_FOLLOWS = (
    "Stond het op een verzonden informatieblad, dan komt er vanzelf een nieuwe versie en krijgt de ontvanger bericht.",
    "Wat al is verstrekt, blijft in het register staan.",
)


@require_http_methods(["GET", "HEAD", "POST"])
def record_decision(request: HttpRequest, pk: UUID, organisation: UUID) -> HttpResponse:
    """All seven boxes of one paper at once; nothing is saved until all of it is right."""
    door = enter_to_record(request, pk, "toestemming-vastleggen-openen")
    recipient = recipient_in(door, organisation)
    said = _said_today(door, recipient)
    must_explain = needs_explaining(door.case, door.viewer)
    form = DecisionForm(
        request.POST or None,
        now=door.viewer.at,
        standing=_standing(door, recipient),
        example=said.get(request.GET.get("zoals", ""), ()),
        renewed=_decided_before(door, recipient) if request.GET.get("opnieuw") else (),
        must_explain=must_explain,
        label_suffix="",
    )
    if form.is_valid() and _decide(door, recipient, form, must_explain=must_explain):
        messages.success(request, f"De beslissing voor {recipient.called} is vastgelegd.")
        return redirect(door.address("toestemming/"))
    return door.show(
        "decision",
        form=form,
        recipient=recipient,
        examples=[{"key": key, "name": rows[0].recipient.called} for key, rows in said.items()],
        cancel_url=door.address("toestemming/"),
        must_explain=must_explain,
        papers=papers_for(door, recipient),
    )


def _said_today(door: Door, recipient: Organisation) -> dict[str, list[Consent]]:
    """What was recorded today for the other recipients, by recipient: often one conversation (R34: yet asked apart)."""
    said: dict[str, list[Consent]] = {}
    for row in consents_of(door.case):
        if row.recipient_id == recipient.pk or row.withdrawn_at is not None:
            continue
        if day_of(row.recorded_at) == door.viewer.on:
            said.setdefault(str(row.recipient_id), []).append(row)
    return said


def _decided_before(door: Door, recipient: Organisation) -> list[Consent]:
    """The answers for this recipient that stand, also those that ran out: to be asked again."""
    rows = consents_of(door.case)
    return [row for row in rows if row.recipient_id == recipient.pk and row.withdrawn_at is None]


def _standing(door: Door, recipient: Organisation) -> dict[str, str]:
    """What each domain says now, beside the question."""
    matrix = whole_matrix(door.case, door.context["parties"], consents_of(door.case), door.viewer.at)
    place = next(i for i, column in enumerate(matrix.columns) if column.organisation == recipient)
    rows = [*matrix.rows, *matrix.home_rows]
    cells = {domain: row.cells[place] for domain, row in zip(LifeDomain, rows, strict=True)}
    return {domain: " – ".join((cell.text.lower(), *cell.details)) for domain, cell in cells.items()}


def _decide(door: Door, recipient: Organisation, form: DecisionForm, *, must_explain: bool) -> bool:
    try:
        actions.decide(
            case=door.case,
            recipient=recipient,
            **form.decision(),
            must_explain=must_explain,
            by=door.viewer,
            at=door.viewer.at,
        )
    except actions.DecisionNotRecorded as refused:
        form.add_error(FIELD_OF.get(refused.field, refused.field) or None, str(refused))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: UUID, consent: UUID) -> HttpResponse:
    """One click and one page that asks whether you are sure; a reason is not needed (R30)."""
    door = enter_to_record(request, pk, "toestemming-intrekken-openen")
    found = next((row for row in consents_of(door.case) if row.pk == consent), None)
    if found is None:
        raise Http404

    def take_back(reason: str) -> None:
        actions.withdraw_consent(consent=found, reason=reason, by=door.viewer, at=door.viewer.at)

    return _take_back(door, [found], take_back, print_query=f"toestemming={found.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_all(request: HttpRequest, pk: UUID, organisation: UUID) -> HttpResponse:
    """Everything for one recipient at once; also for one that takes no part any more."""
    door = enter_to_record(request, pk, "toestemming-intrekken-openen")
    rows = [row for row in consents_of(door.case) if row.recipient_id == organisation]
    if not rows:
        raise Http404
    recipient = rows[0].recipient

    def take_back(reason: str) -> None:
        actions.withdraw_all(
            case=door.case, recipient=recipient, reason=reason, by=door.viewer, at=door.viewer.at
        )

    return _take_back(door, rows, take_back, print_query=f"ontvanger={recipient.pk}")


def _what_stays(door: Door, rows: list[Consent]) -> list[str]:
    """Said per domain, since it is read aloud: what closes now, and what a law keeps open beside the consent."""
    sight = parties_with_sight(door.case, door.viewer.at).get(rows[0].recipient_id)
    by_law = [
        str(LifeDomain(row.domain).label)
        for row in rows
        if sight and (ground := sight.ground_of(row.domain)) and ground.code != GroundCode.CONSENT
    ]
    closing = [label for row in rows if (label := str(LifeDomain(row.domain).label)) not in by_law]
    said = [f"De ontvanger ziet {', '.join(closing)} vanaf nu niet meer."] if closing else []
    if by_law:
        said.append(f"{', '.join(by_law)} blijft zichtbaar op grond van de wet. Dat beëindigt u apart.")
    return said


def _take_back(
    door: Door, rows: list[Consent], take_back: Callable[[str], None], *, print_query: str
) -> HttpResponse:
    """Ask, and then do it. When somebody else was first there is nothing left to take back, and that is said."""
    posted = door.request.method == "POST"
    form = WithdrawForm(door.request.POST if posted else None, label_suffix="")
    labels = [str(LifeDomain(row.domain).label) for row in rows if row.stands]
    recipient = rows[0].recipient
    if labels and not form.is_valid():
        return door.show(
            "withdraw",
            form=form,
            title=f"Toestemming voor {recipient.called} intrekken?",
            text=f"Het gaat om: {', '.join(labels)}.",
            consequences=[*_what_stays(door, [row for row in rows if row.stands]), *WHAT_FOLLOWS],
            print_url=f"{door.address('toestemming/intrekking.pdf')}?{print_query}",
            cancel_url=door.address("toestemming/"),
        )
    if not labels:
        messages.info(door.request, "Hier is geen toestemming meer om in te trekken.")
        return redirect(door.address("toestemming/"))
    try:
        take_back(form.cleaned_data["reason"])
    except actions.NotInForce:
        messages.info(door.request, "Hier is geen toestemming meer om in te trekken.")
    else:
        messages.success(door.request, f"Ingetrokken voor {recipient.called}: {', '.join(labels)}.")
    return redirect(door.address("toestemming/"))
