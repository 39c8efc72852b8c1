"""Reading a request strictly: nothing unknown, nothing twice, everything that is wrong told at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request

from reintegratie.lib.rest.problems import Invalid, errors_in, printable

UNKNOWN = "Dit onderdeel bestaat hier niet."
READ_ONLY = "Dit onderdeel kan niet worden meegegeven of gewijzigd."
TWICE = "Dit onderdeel mag maar één keer voorkomen."


class Strict(serializers.Serializer[Any]):  # Any: it validates members, not a model
    """A body or a query with a closed list of members (contract 4: unknown or read-only fields are refused)."""

    fixed: ClassVar[frozenset[str]] = frozenset()

    def to_internal_value(self, data: Any) -> Any:  # the framework's own signature
        """The validated members, or every error together: those of the members and the members that should not be."""
        errors: dict[str, Any] = {}
        value: Any = None
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as exc:
            errors = dict(exc.detail) if isinstance(exc.detail, dict) else {"non_field_errors": exc.detail}
        if isinstance(data, Mapping):
            errors |= {key: [self._refusal(key)] for key in data if key not in self.fields}
        if errors:
            raise serializers.ValidationError(errors)
        return value

    def _refusal(self, key: str) -> str:
        return READ_ONLY if key in self.fixed else UNKNOWN


class MomentField(serializers.DateTimeField):
    """A moment with its zone; without one it could be an hour off (contract: UTC with Z)."""

    default_error_messages = {"naive": "Geef het moment met tijdzone, bijvoorbeeld 2026-11-22T09:30:00Z."}

    def enforce_timezone(self, value: datetime) -> datetime:
        if value.tzinfo is None:
            self.fail("naive")
        return super().enforce_timezone(value)


def read_query(request: Request, shape: type[Strict]) -> dict[str, Any]:
    """The query of a request, from a closed list. Raises Invalid with every error together."""
    twice = [key for key, values in request.query_params.lists() if len(values) > 1]
    form = shape(data={key: request.query_params[key] for key in request.query_params})
    errors: dict[str, Any] = {} if form.is_valid() else dict(form.errors)
    errors |= {key: [TWICE] for key in twice}
    if errors:
        raise Invalid(list(errors_in("query", errors)))
    return dict(form.validated_data)


def read_body(request: Request, shape: type[Strict]) -> dict[str, Any]:
    """The body of a request. Raises Invalid with every error together."""
    form = shape(data=request.data)
    if not form.is_valid():
        raise Invalid(list(errors_in("body", form.errors)))
    return dict(form.validated_data)


def no_query(request: Request) -> None:
    """For addresses without a query: a key that means nothing is refused instead of ignored."""
    if request.query_params:
        errors = {printable(key): [UNKNOWN] for key in request.query_params}
        raise Invalid(list(errors_in("query", errors)))
