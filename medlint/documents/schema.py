"""JSON Schema checks of a document, told in words for the person who wrote it.

Two keywords of our own stand beside the standard ones (json-schema.org, draft 2020-12) and
change nothing but the wording:

``x-expected``
    what a value must do, after the word "must": ``look like ML123``.
``x-noun``
    what a mapping is called: ``a rule``. Without it, its place in the document names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from medlint.documents.document import Document, Pointer
from medlint.documents.frame import shown
from medlint.documents.near import near_miss
from medlint.documents.problem import DocumentProblem, render
from medlint.documents.wording import (
    Mistake,
    join,
    key_message,
    noun,
    path,
    say,
    type_message,
    types,
    value_message,
)

__all__ = ["problems", "render"]

Schema = Mapping[str, Any]

#: Of several mistakes of one value the first kind here is told.
_RANK = ("type", "const", "enum", "minLength", "pattern", "format")


def problems(document: Document, schema: Schema, pointer: Pointer = ()) -> list[DocumentProblem]:
    """Return all that is wrong with *document*, in the order of the text; empty when valid.

    *schema* is a JSON Schema (draft 2020-12) without remote references. With a *pointer*, the
    part of the document there is checked, and nothing else. One defect gives one problem.
    """
    from jsonschema import FormatChecker

    part = document.data
    for step in pointer:
        part = part[step]
    if part is None and not pointer:
        return [document.problem(f"the file is empty; it must hold {noun(schema, ())}")]
    validator = _validator()(schema, format_checker=FormatChecker(["date"]))
    found: dict[tuple[Pointer, bool, str], None] = {}
    for error in _without_doubles(validator.iter_errors(part)):
        for where, is_key, message in _explain(error, pointer):
            found.setdefault((where, is_key, message))
    told = [document.problem(message, where, is_key) for where, is_key, message in found]
    return sorted(told, key=lambda problem: problem[1:3])


#: Where a problem stands (in the whole document), whether its key is meant, and the message.
_Told = tuple[Pointer, bool, str]


@cache
def _validator() -> Any:
    """Draft 2020-12 with our `_pattern`."""
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    return extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


def _pattern(_: Any, pattern: str, value: Any, schema: Any) -> Iterator[Mistake]:
    """The keyword ``pattern``, but that ``$`` does not stand before a last line end: JSON Schema
    means the expressions of ECMA-262."""
    from jsonschema import ValidationError

    is_anchored = pattern.endswith("$") and not pattern.endswith("\\$")
    exact = pattern[:-1] + r"\Z" if is_anchored else pattern
    if isinstance(value, str) and not re.search(exact, value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _without_doubles(errors: Iterable[Mistake]) -> Iterator[Mistake]:
    """Leave out what is wrong with a value only because something worse is."""
    by_place: dict[tuple[Pointer, str | None], list[Mistake]] = {}
    for error in errors:
        place = tuple(error.absolute_path), error.instance if _is_about_key(error) else None
        by_place.setdefault(place, []).append(error)
    for at_place in by_place.values():
        for kind in _RANK:
            if worst := [error for error in at_place if error.validator == kind]:
                yield from worst[:1]
                break
        else:
            yield from _without_misspelt(at_place)


def _without_misspelt(errors: list[Mistake]) -> Iterator[Mistake]:
    """Leave out "is missing" where a key that is not known looks like the missing one, and the
    number of keys where one is not known."""
    unknown = [key for error in errors for key in _unknown_keys(error)]
    for error in errors:
        wanted = _wanted_keys(error)
        is_miscount = error.validator in ("minProperties", "maxProperties") and unknown
        if not is_miscount and not any(near_miss(key, wanted) for key in unknown):
            yield error


def _unknown_keys(error: Mistake) -> list[str]:
    if error.validator not in ("additionalProperties", "unevaluatedProperties"):
        return []
    return [key for key in error.instance if repr(key) in error.message]


def _wanted_keys(error: Mistake) -> list[str]:
    """The keys whose absence the error is about."""
    if error.validator == "required":
        return [key for key in error.validator_value if f"{key!r} is a req" in error.message]
    if error.validator not in ("anyOf", "oneOf"):
        return []
    if not all(sub.validator == "required" and not sub.relative_path for sub in error.context):
        return []
    return [key for sub in error.context for key in _wanted_keys(sub)]


def _is_about_key(error: Mistake) -> bool:
    return "propertyNames" in error.relative_schema_path


def _explain(error: Mistake, base: Pointer) -> Iterator[_Told]:
    """What one error means; *base* leads to the part that was checked."""
    here: Pointer = (*base, *error.absolute_path)
    kind = str(error.validator)
    if unknown := _unknown_keys(error):
        for key in unknown:
            yield (*here, key), True, _unknown_message(key, error, here)
    elif kind == "required":
        for key in _wanted_keys(error):
            yield here, True, f"{path(here, key)} is missing"
    elif kind in ("anyOf", "oneOf"):
        yield from _explain_choice(error, base)
    elif _is_about_key(error):
        yield (*here, error.instance), True, key_message(error)
    elif kind == "uniqueItems":
        yield from _repeated(error.instance, here)
    else:
        subject = path(here) if here else "the file"
        yield here, kind in ("minProperties", "maxProperties"), value_message(subject, error)


def _unknown_message(key: str, error: Mistake, here: Pointer) -> str:
    known = list(error.schema.get("properties", ()))
    owner = noun(error.schema, here)
    if meant := near_miss(key, known):
        return f"{shown(key)} is not a key of {owner}; did you mean '{meant}'?"
    left = [word for word in known if word not in error.instance]
    hint = f"; it may also have {join(left, 'and')}" if left else "; remove it"
    return f"{shown(key)} is not a key of {owner}{hint}"


def _explain_choice(error: Mistake, base: Pointer) -> Iterator[_Told]:
    """Explain why none of several schemas fits (or why more than one does)."""
    here: Pointer = (*base, *error.absolute_path)
    subject = path(here) if here else "the file"
    branches: dict[int, list[Mistake]] = {}
    for sub in error.context:
        branches.setdefault(int(sub.schema_path[0]), []).append(sub)
    if wanted := _wanted_keys(error):
        yield here, True, f"{subject} needs {join([shown(key) for key in wanted], 'or')}"
    elif not branches:
        keys = [key for branch in error.validator_value for key in branch.get("required", ())]
        present = [shown(key) for key in dict.fromkeys(keys) if key in (error.instance or ())]
        yield here, True, f"{subject} has {join(present, 'and')}; use only one of them"
    elif fitting := [b for b in branches.values() if not any(map(_is_wrong_type, b))]:
        fewest = min(len(branch) for branch in fitting)
        for sub in _without_doubles(next(b for b in fitting if len(b) == fewest)):
            yield from _explain(sub, base)
    elif "x-expected" in error.schema:
        yield here, False, value_message(subject, error)
    else:
        wrong = [sub for branch in branches.values() for sub in branch if _is_wrong_type(sub)]
        wanted_types = list(dict.fromkeys(name for sub in wrong for name in types(sub)))
        yield here, False, type_message(subject, error.instance, wanted_types)


def _is_wrong_type(error: Mistake) -> bool:
    return error.validator == "type" and len(error.absolute_path) == len(
        error.parent.absolute_path if error.parent else ()
    )


def _repeated(items: list[Any], here: Pointer) -> Iterator[_Told]:
    for index, item in enumerate(items):
        if item in items[:index]:
            yield (*here, index), False, f"{say(item)} stands twice in {path(here)}"
