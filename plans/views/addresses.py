"""Addresses: where somebody may live or stay, and whether that is secret (C6.34)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from cases.models import LifeDomain
from consent.visibility import RowKind, sight_of
from parties.rules import require
from plans import actions, rules
from plans.forms.people import AddressForm, address_initial
from plans.models import Address
from plans.people import address_for, addresses_of
from plans.reading import record_reading
from plans.views.conflict import save_or_conflict
from plans.views.door import Door, enter

PAGE = "adressen"
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def overview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The addresses this viewer may know; a closed door is the same whether or not there is one."""
    door = enter(request, pk, PAGE, "adressen-inzien")
    sight = sight_of(door.viewer, door.case, RowKind.ADDRESS)
    rows = addresses_of(door.case, door.viewer)
    domains = [row.domain for row in rows]
    record_reading(
        door.viewer, door.case, "adressen-inhoud", domains=domains, sight=sight, object_kind=RowKind.ADDRESS
    )
    return door.show(
        "addresses",
        rows=rows,
        closed=not sight.opens(LifeDomain.HOUSING),
        title=LifeDomain.HOUSING.label,
        may_keep=rules.may_keep_network(door.viewer, manages=door.manages, phase=door.case.phase),
        base=door.address("adressen/"),
    )


def _enter_to_keep(request: HttpRequest, pk: UUID, action: str) -> Door:
    door = enter(request, pk, PAGE, action)
    require(rules.may_keep_network(door.viewer, manages=door.manages, phase=door.case.phase))
    return door


@require_http_methods(FORM_METHODS)
def new_address(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add an address."""
    return _page(_enter_to_keep(request, pk, "adres-toevoegen"), None)


@require_http_methods(FORM_METHODS)
def edit_address(request: HttpRequest, pk: UUID, address: UUID) -> HttpResponse:
    """Change an address, or make it secret."""
    door = _enter_to_keep(request, pk, "adres-wijzigen")
    found = address_for(door.case, door.viewer, address)
    if found is None:
        raise Http404
    record_reading(door.viewer, door.case, "adressen-inhoud", domains=[found.domain])
    return _page(door, found)


def _page(door: Door, address: Address | None) -> HttpResponse:
    form = AddressForm(door.request.POST or None, initial=address_initial(address or Address()))
    conflict = None
    if door.request.method == "POST" and form.is_valid():
        conflict = save_or_conflict(form, lambda: _save(door, address, form), _initial, door.viewer)
        if conflict is None:
            messages.success(door.request, "Het adres is opgeslagen.")
            return redirect(door.address("adressen/"))
    return door.show(
        "plan_form",
        form=form,
        title="Adres",
        draft_key=f"adres-{address.pk if address else 'nieuw'}",
        conflict=conflict,
        cancel_url=door.address("adressen/"),
    )


def _save(door: Door, address: Address | None, form: AddressForm) -> Address:
    return actions.save_address(
        case=door.case,
        address=address,
        place=form.filled(),
        expected_version=form.cleaned_data["version"],
        by=door.viewer,
        at=door.viewer.at,
    )


def _initial(row: object) -> dict[str, object]:
    assert isinstance(row, Address)
    return address_initial(row)
