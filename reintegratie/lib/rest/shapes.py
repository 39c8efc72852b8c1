"""The shape of an answer, written once as a TypedDict: the type checker, the code and openapi.json read the same one."""

from collections.abc import Mapping
from datetime import date, datetime
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints, is_typeddict
from uuid import UUID

Schema = dict[str, Any]

PLAIN: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    UUID: {"type": "string", "format": "uuid"},
    object: {},
}


class Shapes:
    """The named shapes of the document; naming one names the shapes inside it as well."""

    def __init__(self) -> None:
        self.components: dict[str, Schema] = {}

    def ref(self, hint: Any) -> Schema:  # a type hint has no type of its own
        """The JSON Schema of a type hint; a TypedDict becomes a reference to its component."""
        if is_typeddict(hint):
            return self._reference(hint)
        written = get_origin(hint)
        return self._composed(written, get_args(hint)) if written else dict(PLAIN[hint])

    def _composed(self, origin: Any, inner: tuple[Any, ...]) -> Schema:
        if origin is Annotated:
            return {**self.ref(inner[0]), **dict(_noted(note) for note in inner[1:])}
        if origin is list:
            return {"type": "array", "items": self.ref(inner[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": True}
        (known,) = (hint for hint in inner if hint is not NoneType)
        return {"anyOf": [self.ref(known), {"type": "null"}]}

    def _reference(self, shape: Any) -> Schema:
        name = shape.__name__
        if name not in self.components:
            self.components[name] = {}  # a shape may hold itself
            self.components[name] = self._object(shape)
        return {"$ref": f"#/components/schemas/{name}"}

    def _object(self, shape: Any) -> Schema:
        hints = get_type_hints(shape, include_extras=True)
        properties = {name: self.ref(_bare(hint)) for name, hint in hints.items()}
        found: Schema = {"type": "object", "properties": properties}
        if required := sorted(shape.__required_keys__):
            found["required"] = required
        return {**found, "description": (shape.__doc__ or "").strip()}


def _noted(note: Any) -> tuple[str, Any]:
    """What stands behind a type: a text is its description, an enumeration or a tuple the values it may have."""
    return ("description", note) if isinstance(note, str) else ("enum", list(getattr(note, "values", note)))


def _bare(hint: Any) -> Any:
    """A hint without the mark that its key may be absent."""
    return get_args(hint)[0] if str(get_origin(hint)).endswith("NotRequired") else hint


SHAPES = Shapes()
