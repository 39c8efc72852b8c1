"""One page of a long list: by keyset, so that the tenth page costs what the first costs (quality 1, never OFFSET)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from rest_framework.request import Request

from reintegratie.lib.rest.problems import InputError, Invalid

PAGE_SIZE = 100

Row = TypeVar("Row", bound=Model)
Order = tuple[str] | tuple[str, str]


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of one page and the address of the next; None when this was the last."""

    rows: list[Row]
    following: str | None


def page_of(rows: QuerySet[Row], request: Request, *, by: Order, scope: str) -> Page[Row]:
    """A page of ``rows`` in the order of one or two columns, the last of which is unique.

    A cursor is signed but can be read, so what stands in these columns must tell nothing of others: no number of a
    sequence that counts for all (quality 2.3).

    The cursor is signed for this address, this query and ``scope`` (the organisation): one that was made up, or that
    belongs to somebody else, is refused like any other bad value.
    """
    salt = _salt(request, scope)
    after = request.query_params.get("cursor")
    if after is not None:
        rows = rows.filter(_behind(rows.model, by, _opened(after, salt)))
    found = list(rows.order_by(*by)[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    following = _address(request, _cursor(shown[-1], by, salt)) if len(found) > PAGE_SIZE else None
    return Page(shown, following)


def resume_address(page: Page[Row], request: Request, *, by: Order, scope: str) -> str:
    """The address of what will come behind this page, also when nothing does yet; of an empty page the page itself."""
    if not page.rows:
        return request.build_absolute_uri()
    return _address(request, _cursor(page.rows[-1], by, _salt(request, scope)))


def _salt(request: Request, scope: str) -> str:
    filters = sorted((key, value) for key, value in request.query_params.items() if key != "cursor")
    return f"{request.path}?{urlencode(filters)}#{scope}"


def _opened(cursor: str, salt: str) -> Sequence[str]:
    try:
        values = signing.loads(cursor, salt=salt)
    except (signing.BadSignature, ValueError):
        raise Invalid([_bad_cursor()]) from None
    return [str(value) for value in values]


def _bad_cursor() -> InputError:
    return InputError("query", "cursor", "invalid", "Deze cursor hoort niet bij deze lijst met deze filters.")


def _behind(model: type[Model], by: Order, values: Sequence[str]) -> Q:
    try:
        place = [_field(model, name).to_python(value) for name, value in zip(by, values, strict=True)]
    except (ValidationError, ValueError):
        raise Invalid([_bad_cursor()]) from None
    later = Q(**{f"{by[0]}__gt": place[0]})
    if len(by) == 1:
        return later
    return Q(**{f"{by[0]}__gte": place[0]}) & (later | Q(**{f"{by[1]}__gt": place[1]}))


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    found = model._meta.get_field(name)
    assert isinstance(found, Field)
    return found


def _cursor(row: Model, by: Order, salt: str) -> str:
    values = [getattr(row, name) for name in by]
    return signing.dumps([str(value) for value in values], salt=salt)


def _address(request: Request, cursor: str) -> str:
    query = {key: value for key, value in request.query_params.items() if key != "cursor"}
    return request.build_absolute_uri(f"{request.path}?{urlencode({**query, 'cursor': cursor})}")
