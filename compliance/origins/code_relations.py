"""Whose classes a Python file extends, and whose model modules it uses by name."""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from compliance.model.evidence import Lines
from compliance.origins import known_projects, naming
from compliance.origins.naming import Named
from compliance.origins.registrations import Registration
from compliance.origins.structure import Import, Structure
from compliance.weights import families

Mechanism = Literal["inherits", "imports", "registers", "trust_remote_code"]

_WORDS = frozenset({"arctic", "bloom", "clip", "dots", "falcon", "granite", "motif", "trillion"})
"""Families whose names one's own modules may have by chance: they need a class that is called as there."""
_TELLING_CLASS = re.compile(r"\d|For[A-Z]|LMHead")
"""In the name of a class: nobody else calls one so."""
_TELLING_LENGTH = 4
"""Characters of a module's name from which a digit in it tells a family, whatever is taken from it; not `t5`."""


class Use(msgspec.Struct, frozen=True):
    """One place where a file uses somebody's model code."""

    named: Named
    mechanism: Mechanism
    lines: Lines
    says: str


def uses(structure: Structure) -> Iterator[Use]:
    """Every place in a Python file that uses model code of a known family, in no particular order."""
    bound = {one.bound: one for one in structure.imports}
    local = {one.name for one in structure.classes}
    for definition in structure.classes:
        for base in definition.bases:
            named = None if base in local else _of_base(base, bound)
            if named is not None:
                lines = (definition.line, definition.line)
                yield Use(named, "inherits", lines, f"class {definition.name}({base})")
    for one in structure.imports:
        if (named := _of_import(one)) is not None:
            yield Use(named, "imports", one.lines, _import_statement(one))
    for registration in structure.registrations:
        if registration.target in local:
            continue
        if (named := _of_registration(registration, bound)) is not None:
            mechanism: Mechanism = (
                "trust_remote_code" if registration.mechanism == "trust_remote_code" else "registers"
            )
            says = f"{registration.name}: {registration.target}" if registration.target else registration.name
            yield Use(named, mechanism, registration.lines, says)


def _of_base(base: str, bound: dict[str, Import]) -> Named | None:
    first, _, rest = base.partition(".")
    if (source := bound.get(first)) is None:
        return None
    if not source.name:
        module = base if source.bound == source.module.partition(".")[0] else ".".join((source.module, rest))
        module, _, name = module.rpartition(".")
        return _of(module, name, extended=True)
    if rest:
        module, _, name = f"{source.module}.{source.name}.{rest}".rpartition(".")
        return _of(module, name, extended=True)
    return _of(source.module, source.name, extended=True)


def _of_import(one: Import) -> Named | None:
    return _of(one.module, one.name, extended=False)


def _of(module: str, name: str, *, extended: bool) -> Named | None:
    """The family of `name` in `module`, or of the module itself where `name` is empty.

    Args:
        module: absolute, or relative with its leading dots.
        name: what is taken from it.
        extended: it is extended and not only used.
    """
    if not module.startswith("."):
        return naming.of_module(module, name) or _of_own_module(module, name)
    last = module.rpartition(".")[2]
    family = naming.without_kind(last)
    if module == f"..{family}.{last}" and family != last:  # how the transformers library is laid out
        return naming.of_model(family, known_projects.by_package()["transformers"])
    if family != last and not extended:
        return None  # the configuration beside the model, as a rule its own
    return _of_own_module(module, name)


def _of_own_module(module: str, name: str) -> Named | None:
    """The family of `name` in a module that may be the examined project's own: both must be called like it."""
    whole = module.rpartition(".")[2]
    last = naming.without_kind(whole)
    family = naming.family_like(last, within_models=False) if last else None
    if family is None or (whole in _WORDS and name not in family.architectures):
        return None
    of_class = naming.of_class(name, None) if name else None
    if of_class is not None and of_class.developer == family.developer:
        return of_class
    is_telling = (
        len(last) >= _TELLING_LENGTH
        and any(one.isdigit() for one in last)
        and families.family_of_model_type(last) is not None
    )
    return naming.of_model(last, None) if is_telling and name[:1].isupper() else None


def _of_registration(registration: Registration, bound: dict[str, Import]) -> Named | None:
    """Whose class is registered under a name of another family, or whose repository's own code may run."""
    if registration.mechanism == "trust_remote_code":
        owner, _, name = registration.name.partition("/")
        if not name or "/" in name or known_projects.organisation(owner) is None:
            return None
        return naming.of_hub_repository(owner, name)
    named, name = _of_target(registration.target, bound)
    if named is None:
        return None
    own = naming.of_class(registration.name, None) or naming.family_like(registration.name, within_models=False)
    same = own is not None and own.developer == named.developer
    if same or registration.name.partition(".")[0] == name:
        return None
    return msgspec.structs.replace(named, path=None)


def _of_target(target: str, bound: dict[str, Import]) -> tuple[Named | None, str]:
    """Whose the class is that `target` names (`pkg.module:Class`, `module.Class`, `Class`), and its own name."""
    if (source := bound.get(target)) is not None:
        module, name = source.module, source.name
    else:
        module, _, name = target.rpartition(":" if ":" in target else ".")
    named = naming.of_module(module, name) or _of_own_module(module, name)
    if named is None and _TELLING_CLASS.search(name):
        named = naming.of_class(name, None)
    return named, name


def _import_statement(one: Import) -> str:
    return f"from {one.module} import {one.name}" if one.name else f"import {one.module}"
