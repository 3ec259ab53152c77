"""Effective settings as YAML: each value with a comment that says where it comes from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from medlint.config.settings import Settings
from medlint.urls import shown

_PLAIN = re.compile(r"[A-Za-z][\w./-]*")
_NOT_TEXT = ("true", "false", "null")
#: Comments stand in one column, as far as lines are not longer than this.
_WIDEST = 60

#: A line of YAML, and the comment to it.
_Row = tuple[str, str]


def as_yaml(settings: Settings) -> str:
    """Return *settings* as YAML with the keys of a configuration file."""
    rows = list(_rows(settings))
    column = max(len(text) for text, comment in rows if comment and len(text) <= _WIDEST) + 2
    return "\n".join(f"{text:<{column}}# {comment}" if comment else text for text, comment in rows)


def _rows(settings: Settings) -> Iterator[_Row]:
    origins = settings.origins
    if settings.select is None:
        yield "# select:", "default: the rules that are on by default"
    else:
        yield f"select: {_flow(settings.select)}", origins["select"]
    yield from _parts("extend-select", settings.extend, origins)
    yield from _parts("ignore", settings.ignore, origins)
    yield from _severity(settings)
    yield f"fail-level: {settings.fail_level}", origins["fail-level"]
    yield from _per_file_ignores(settings)
    yield from _parts("rules", [str(path) for path in settings.rules], origins)
    yield f"paths: {_flow(settings.paths)}", _origin("paths", origins, "the working folder")
    yield from _parts("exclude", [pattern.text for pattern in settings.exclude], origins)
    yield f"dialect: {settings.dialect}", origins["dialect"]
    if settings.as_of is None:
        yield "# as-of:", "default: today"
    else:
        yield f"as-of: {settings.as_of}", origins["as-of"]
    yield f"output: {_flow(settings.output)}", _origin("output", origins, "full")


def _parts(key: str, values: Sequence[str], origins: Mapping[str, str]) -> Iterator[_Row]:
    """The rows of a list that adds up."""
    yield (f"{key}:", "") if values else (f"{key}: []", "default")
    for value in values:
        yield f"  - {_word(value)}", origins[f"{key}.{value}"]


def _severity(settings: Settings) -> Iterator[_Row]:
    yield ("severity:", "") if settings.severity else ("severity: {}", "default")
    for rule, level in settings.severity.items():
        yield f"  {_word(rule)}: {level}", settings.origins[f"severity.{rule}"]


def _per_file_ignores(settings: Settings) -> Iterator[_Row]:
    key = "per-file-ignores"
    words: dict[str, list[str]] = {}
    for pattern, rule in settings.per_file_ignores:
        words.setdefault(pattern.text, []).append(rule)
    yield (f"{key}:", "") if words else (f"{key}: {{}}", "default")
    for text, rules in words.items():
        yield f"  {_word(text)}:", ""
        for rule in rules:
            yield f"    - {_word(rule)}", settings.origins[f"{key}.{text}.{rule}"]


def _origin(key: str, origins: Mapping[str, str], meaning: str) -> str:
    """Where *key* comes from; of a default, what it means."""
    return f"default: {meaning}" if origins[key] == "default" else origins[key]


def _flow(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_word, values))}]"


def _word(text: str) -> str:
    r"""*text* as a YAML scalar, without the passwords and keys of a URL.

    >>> _word("ML203"), _word("*.txt"), _word("no\x1b")
    ('ML203', '"*.txt"', '"no\\u001b"')
    """
    text = shown(text) if "://" in text else text
    is_plain = _PLAIN.fullmatch(text) and text not in _NOT_TEXT
    return text if is_plain else json.dumps(text, ensure_ascii=False)
