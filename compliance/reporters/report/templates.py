"""Pages out of templates, in which every value is escaped. The one adapter of Jinja2."""

from collections.abc import Callable, Mapping
from typing import Any

from compliance import shipped_files


def page_of(name: str, values: Mapping[str, Any], filters: Mapping[str, Callable[..., Any]] | None = None) -> str:
    """The template `name` of `reports/templates` with `values`, which must have every name that it uses."""
    from jinja2 import Environment, StrictUndefined  # loaded by those alone who want a page

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    environment.filters |= filters or {}
    return environment.from_string(file(name)).render(values)


def file(name: str) -> str:
    """The text of a file of `reports/templates`."""
    return shipped_files.read("templates", name, "reports/templates")
