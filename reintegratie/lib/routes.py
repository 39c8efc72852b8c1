"""Which addresses does the application have, with which methods and which parameters? Read from the resolver itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import get_converters

ANY_METHOD = ("GET", "HEAD", "POST")
"""What a page without a decorator takes."""


@dataclass(frozen=True)
class Route:
    """One address: its name with namespace, its pattern, and the kind of each parameter."""

    name: str
    pattern: str
    methods: tuple[str, ...]
    parameters: dict[str, str]

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith(("/api/", "/oauth/"))


def routes() -> Iterator[Route]:
    """Every address of the application, in the order of the resolver."""
    yield from _walk(get_resolver().url_patterns, prefix="/", namespace="", given={})


def _walk(
    patterns: list[Any], *, prefix: str, namespace: str, given: dict[str, str]
) -> Iterator[Route]:  # patterns and resolvers have no common type
    for entry in patterns:
        text = prefix + str(entry.pattern).lstrip("^").removesuffix("$").removesuffix("\\Z")
        parameters = given | parameters_of(entry)
        if isinstance(entry, URLResolver):
            below = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, prefix=text, namespace=below, given=parameters)
        else:
            yield Route(f"{namespace}{entry.name or ''}", text, methods_of(entry.callback), parameters)


def parameters_of(entry: URLPattern | URLResolver) -> dict[str, str]:
    """The named parts of a pattern and their kind; a group of a regular expression is just text."""
    kinds = {type(converter): kind for kind, converter in get_converters().items()}
    converters = getattr(entry.pattern, "converters", {})
    found = {name: kinds.get(type(converter), "text") for name, converter in converters.items()}
    groups = getattr(getattr(entry.pattern, "regex", None), "groupindex", {})
    return dict.fromkeys(groups, "text") | found


def methods_of(view: Callable[..., Any]) -> tuple[str, ...]:
    """The methods a view answers: those of its class that its decorators let through."""
    passed = _let_through(view)
    if view_class := getattr(view, "view_class", None) or getattr(view, "cls", None):
        named = (name for name in view_class.http_method_names if name != "options")
        known = [name for name in named if hasattr(view_class, name)]
        methods = {name.upper() for name in known} | ({"HEAD"} if "get" in known else set())
        return tuple(sorted(methods & set(passed or methods)))
    return passed or ANY_METHOD


def _let_through(view: Callable[..., Any]) -> tuple[str, ...]:
    """What ``require_http_methods`` keeps in its closure, at any depth of decorators."""
    current: Any = view
    while current is not None:
        code = getattr(current, "__code__", None)
        if code and "request_method_list" in code.co_freevars:
            cell = current.__closure__[code.co_freevars.index("request_method_list")]
            return tuple(cell.cell_contents)
        current = getattr(current, "__wrapped__", None)
    return ()
