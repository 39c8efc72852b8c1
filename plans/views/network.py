"""People of the network: who they are, what they say about sharing, and what may be done with them (C3 code K, C6.36)."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from cases.models import LifeDomain
from consent.actions import DecisionNotRecorded, NotInForce, withdraw_third_party
from consent.third_parties import Answer, ThirdPartyConsent, decision_for, decisions_about
from consent.visibility import RowKind, sight_of
from parties.models import Organisation
from parties.rules import require
from plans import actions, rules
from plans.forms.people import InvolveForm, MemberForm, TakeBackForm, ThirdPartyForm, member_initial
from plans.models import NetworkMember
from plans.people import member_for, members_of
from plans.querysets import organisations_in
from plans.reading import record_reading
from plans.views.conflict import save_or_conflict
from plans.views.door import Door, enter

PAGE = "netwerk"
FORM_METHODS = ["GET", "HEAD", "POST"]
BARRED = "Bij een contactverbod of een slachtoffer kan dit niet: niemand zoekt contact voor betrokkene."


@dataclass(frozen=True)
class AnswerLine:
    """What somebody said about one recipient."""

    recipient: str
    text: str
    url: str
    take_back_url: str


@dataclass(frozen=True)
class MemberLine:
    """One person as the page shows him."""

    member: NetworkMember
    url: str
    answers: tuple[AnswerLine, ...]


@require_safe
def overview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The people this viewer may know. A closed door is the same whether or not there is anybody."""
    door = enter(request, pk, PAGE, "netwerk-inzien")
    sight = sight_of(door.viewer, door.case, RowKind.NETWORK_MEMBER)
    members = members_of(door.case, door.viewer)
    record_reading(
        door.viewer,
        door.case,
        "netwerk-inhoud",
        domains=[row.domain for row in members],
        sight=sight,
        object_kind=RowKind.NETWORK_MEMBER,
    )
    keeps = _keeps(door)
    return door.show(
        "network",
        lines=_lines(door, members) if keeps else [MemberLine(row, "", ()) for row in members],
        closed=not sight.opens(LifeDomain.NETWORK),
        title=LifeDomain.NETWORK.label,
        may_keep=keeps,
        base=door.address("netwerk/"),
    )


def _keeps(door: Door) -> bool:
    return rules.may_keep_network(door.viewer, manages=door.manages, phase=door.case.phase)


def _recipients(door: Door) -> list[Organisation]:
    parties = organisations_in(door.case, door.viewer.at)
    return [one for one in parties if one.pk != door.viewer.organisation.pk]


def _lines(door: Door, members: list[NetworkMember]) -> list[MemberLine]:
    recipients = _recipients(door)
    said = decisions_about(door.case, [row.pk for row in members])
    return [_line(door, row, recipients, {one.recipient_id: one for one in said[row.pk]}) for row in members]


def _line(
    door: Door, member: NetworkMember, recipients: list[Organisation], said: dict[UUID, ThirdPartyConsent]
) -> MemberLine:
    url = door.address(f"netwerk/{member.pk}/")
    answers = tuple(_answer_line(url, one, said.get(one.pk), door) for one in recipients)
    return MemberLine(member, url, answers)


def _answer_line(url: str, recipient: Organisation, said: ThirdPartyConsent | None, door: Door) -> AnswerLine:
    page = f"{url}toestemming/{recipient.pk}/"
    if said is None:
        return AnswerLine(recipient.called, "niet gevraagd", page, "")
    if said.answer == Answer.REFUSED:
        return AnswerLine(recipient.called, "nee", page, "")
    if said.is_over(door.viewer.at):
        return AnswerLine(recipient.called, "verlopen", page, "")
    return AnswerLine(recipient.called, "ja", page, f"{page}intrekken/")


def _enter_to_keep(request: HttpRequest, pk: UUID, action: str) -> Door:
    door = enter(request, pk, PAGE, action)
    require(_keeps(door))
    return door


def _member(door: Door, key: UUID) -> NetworkMember:
    found = member_for(door.case, door.viewer, key)
    if found is None:
        raise Http404
    return found


@require_http_methods(FORM_METHODS)
def new_member(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add somebody."""
    return _member_page(_enter_to_keep(request, pk, "netwerklid-toevoegen"), None)


@require_http_methods(FORM_METHODS)
def edit_member(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    """Change what is known of somebody."""
    door = _enter_to_keep(request, pk, "netwerklid-wijzigen")
    found = _member(door, member)
    record_reading(door.viewer, door.case, "netwerk-inhoud", domains=[found.domain])
    return _member_page(door, found)


def _member_page(door: Door, member: NetworkMember | None) -> HttpResponse:
    form = MemberForm(door.request.POST or None, initial=member_initial(member or NetworkMember()))
    conflict = None
    if door.request.method == "POST" and form.is_valid():
        try:
            conflict = save_or_conflict(form, lambda: _save(door, member, form), _initial, door.viewer)
        except actions.ContactBarred:
            form.add_error("family_approach", BARRED)
        except actions.NotTheOtherParent:
            form.add_error("family_approach", "De gezinsbenadering is voor de andere ouder.")
        else:
            if conflict is None:
                messages.success(door.request, "De persoon is opgeslagen.")
                return redirect(door.address("netwerk/"))
    return door.show(
        "plan_form",
        form=form,
        title="Persoon uit het netwerk",
        text="Leg niet meer vast dan nodig is. Anderen zien deze persoon pas als betrokkene én de persoon zelf ja zeggen.",
        draft_key=f"netwerk-{member.pk if member else 'nieuw'}",
        conflict=conflict,
        cancel_url=door.address("netwerk/"),
    )


def _save(door: Door, member: NetworkMember | None, form: MemberForm) -> NetworkMember:
    return actions.save_member(
        case=door.case,
        member=member,
        person=form.person(),
        expected_version=form.cleaned_data["version"],
        by=door.viewer,
        at=door.viewer.at,
    )


def _initial(row: object) -> dict[str, object]:
    assert isinstance(row, NetworkMember)
    return member_initial(row)


def _recipient(door: Door, key: UUID) -> Organisation:
    found = next((one for one in _recipients(door) if one.pk == key), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(FORM_METHODS)
def decide(request: HttpRequest, pk: UUID, member: UUID, organisation: UUID) -> HttpResponse:
    """What this person himself says about one recipient (R58)."""
    door = _enter_to_keep(request, pk, "toestemming-derde-openen")
    found, recipient = _member(door, member), _recipient(door, organisation)
    form = ThirdPartyForm(request.POST or None, now=door.viewer.at)
    if form.is_valid() and _decide(door, found, recipient, form):
        messages.success(request, f"Het antwoord over {recipient.called} is vastgelegd.")
        return redirect(door.address("netwerk/"))
    return door.show(
        "plan_form",
        form=form,
        title="Toestemming van een netwerklid",
        text=f"Mag {recipient.called} de gegevens van {found.name} zien? Daarnaast moet betrokkene toestemming geven voor "
        "sociaal netwerk.",
        draft_key=f"derde-{found.pk}-{recipient.pk}",
        cancel_url=door.address("netwerk/"),
    )


def _decide(door: Door, member: NetworkMember, recipient: Organisation, form: ThirdPartyForm) -> bool:
    try:
        actions.decide_for_member(
            member=member, recipient=recipient, **form.decision(), by=door.viewer, at=door.viewer.at
        )
    except actions.ContactBarred:
        form.add_error("answer", BARRED)
    except DecisionNotRecorded as refused:
        field = {"given_at": "given_time"}.get(refused.field, refused.field)
        form.add_error(field if field in form.fields else None, str(refused))
    return not form.errors


@require_http_methods(FORM_METHODS)
def take_back(request: HttpRequest, pk: UUID, member: UUID, organisation: UUID) -> HttpResponse:
    """Take the yes of a third party back; a reason is not needed."""
    door = _enter_to_keep(request, pk, "toestemming-derde-intrekken-openen")
    found = _member(door, member)
    decision = decision_for(door.case, found.pk, organisation)
    if decision is None:
        raise Http404
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            withdraw_third_party(
                decision=decision, reason=form.cleaned_data["reason"], by=door.viewer, at=door.viewer.at
            )
        except NotInForce:
            messages.info(request, "Deze toestemming was al ingetrokken of vervangen.")
        else:
            messages.success(
                request, f"Ingetrokken: {decision.recipient.called} ziet deze persoon niet meer."
            )
        return redirect(door.address("netwerk/"))
    return door.show(
        "third_party_withdraw",
        form=form,
        title="Toestemming van een netwerklid intrekken",
        text=f"{decision.recipient.called} ziet de gegevens van {found.name} vanaf nu niet meer.",
        cancel_url=door.address("netwerk/"),
    )


@require_http_methods(FORM_METHODS)
def involve(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    """An action with this person for the plan; with a contactverbod there is none (C6.36)."""
    door = _enter_to_keep(request, pk, "netwerkactie-toevoegen")
    found = _member(door, member)
    form = InvolveForm(request.POST or None, organisations=organisations_in(door.case, door.viewer.at))
    if request.method == "POST" and form.is_valid():
        try:
            actions.involve_member(member=found, **form.answers(), by=door.viewer, at=door.viewer.at)
        except actions.ContactBarred:
            form.add_error(None, BARRED)
        else:
            messages.success(request, "De actie staat in het plan, bij sociaal netwerk.")
            return redirect(door.address("netwerk/"))
    return door.show(
        "plan_form",
        form=form,
        title="Actie met een netwerklid",
        text=BARRED if found.is_barred else f"Voor het plan, met {found.name}.",
        draft_key=f"netwerkactie-{found.pk}",
        cancel_url=door.address("netwerk/"),
    )
