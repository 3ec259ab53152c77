"""The sentences that tell what a schema does not like about a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medlint.documents.document import Pointer
from medlint.documents.frame import shown
from medlint.documents.near import near_miss

#: A ValidationError of jsonschema, most attributes of which hold any JSON value.
Mistake = Any

_TYPES = {
    "string": "text",
    "array": "a list",
    "object": "a mapping",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "null": "empty",
}


def value_message(subject: str, error: Mistake) -> str:
    """What is wrong with the value that *subject* names."""
    kind, value, wanted = str(error.validator), error.instance, error.validator_value
    if not isinstance(error.schema, Mapping):
        return f"{subject} is not allowed here"
    expected = error.schema.get("x-expected")
    if kind == "type":
        return type_message(subject, value, types(error), expected)
    if kind == "enum":
        return f"{it_is(subject, value)}; {_use(value, wanted)}"
    if kind == "const":
        return f"{it_is(subject, value)}; use {say(wanted)}"
    if kind == "maxProperties":
        return f"{subject} has {len(value)} keys ({join(list(value), 'and')}); use only {wanted}"
    if expected:
        return f"{it_is(subject, value)}; it must {expected}"
    if kind in _MEASURES:
        return f"{subject} {_measure(kind, wanted)}"
    return f"{it_is(subject, value)}; {_WANTED.get(kind, _NOT_ALLOWED).format(say(wanted))}"


def _use(word: Any, known: list[Any]) -> str:
    """Which of the *known* words to use in place of *word*."""
    words = [str(one) for one in known]
    meant = near_miss(word, words) if isinstance(word, str) else None
    return f"use {join(words, 'or')}" + (f" (did you mean '{meant}'?)" if meant else "")


def _measure(kind: str, wanted: int) -> str:
    """How much of something there must be."""
    edge, unit = _MEASURES[kind]
    if edge == "at least" and wanted == 1:
        return "is empty"
    return f"must have {edge} {wanted} {unit}{'s' if wanted != 1 else ''}"


_MEASURES = {
    "minLength": ("at least", "character"),
    "maxLength": ("at most", "character"),
    "minItems": ("at least", "item"),
    "maxItems": ("at most", "item"),
    "minProperties": ("at least", "key"),
}
_WANTED = {
    "pattern": "it must match {}",
    "format": "it must be a {}",
    "minimum": "the least is {}",
    "maximum": "the most is {}",
}
_NOT_ALLOWED = "that is not allowed here"


def key_message(error: Mistake) -> str:
    """What is wrong with a key."""
    key = error.instance
    if error.validator == "enum":
        return f"the key {shown(key)} is not known; {_use(key, error.validator_value)}"
    if isinstance(error.schema, Mapping) and "x-expected" in error.schema:
        return f"the key {shown(key)} must {error.schema['x-expected']}"
    return f"the key {shown(key)} is not allowed here"


def type_message(subject: str, value: Any, types: list[str], expected: str | None = None) -> str:
    """What to say of a value that has none of the JSON *types*."""
    wanted = f"be {join([_TYPES[name] for name in types], 'or')}"
    if "string" in types and isinstance(value, (bool, int)):
        return f"{subject} must {wanted}; put it in quotes: '{say(value)}'"
    if value is None:
        return f"{subject} has no value; it must {expected or wanted}"
    return f"{it_is(subject, value)}; it must {expected or wanted}"


def types(error: Mistake) -> list[str]:
    """The JSON types that a type error asks for."""
    wanted = error.validator_value
    return [wanted] if isinstance(wanted, str) else list(wanted)


def it_is(subject: str, value: Any) -> str:
    """The statement of what a value is."""
    return f"{subject} is {say(value)}"


def say(value: Any) -> str:
    """A value as it can stand in a sentence."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, (dict, list)):
        return "a mapping" if isinstance(value, dict) else "a list"
    if value is None:
        return "empty"
    return str(value).lower() if isinstance(value, bool) else str(value)


def noun(schema: Any, here: Pointer) -> str:
    """What the mapping that *schema* describes is called."""
    name = schema.get("x-noun") if isinstance(schema, Mapping) else None
    return str(name) if name else path(here) if here else "this file"


def path(pointer: Pointer, key: str | None = None) -> str:
    """A pointer as people read it: ``examples.bad[1].at``; items count from 1."""
    text = ""
    for step in pointer if key is None else (*pointer, key):
        text += f"[{step + 1}]" if isinstance(step, int) else f".{shown(step)[1:-1]}"
    return text.removeprefix(".")


def join(words: list[str], last: str) -> str:
    """
    >>> join(["error", "warning", "info"], "or")
    'error, warning or info'
    """
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
