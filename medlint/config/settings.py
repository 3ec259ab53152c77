"""Settings: the effective values for a file, or for a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar

from medlint.config.layer import FileIgnore, Layer, Origin, Said
from medlint.config.patterns import Pattern
from medlint.rulebook.select import Selection

T = TypeVar("T")


class Settings(NamedTuple):
    """The effective values for a file, or for a run."""

    #: None stands for the rules that are on by default.
    select: tuple[str, ...] | None
    extend: tuple[str, ...]
    #: With those of ``per-file-ignores`` that are meant for the file.
    ignore: tuple[str, ...]
    #: Rule -> level; of two words for the same rule the later one holds.
    severity: Mapping[str, str]
    fail_level: str
    rules: tuple[Path, ...]
    #: What is checked when the command line names nothing; as seen from the working folder.
    paths: tuple[str, ...]
    exclude: tuple[Pattern, ...]
    dialect: str
    #: None stands for today.
    as_of: date | None
    #: ``concise`` (for standard output) or ``sarif:out.sarif``.
    output: tuple[str, ...]
    per_file_ignores: tuple[FileIgnore, ...]
    #: The part of ``ignore`` that comes from ``per-file-ignores``.
    ignore_here: tuple[str, ...]
    #: Key -> where its value comes from. What adds up has an entry for each part instead:
    #: ``ignore.ML203``, ``severity.ML201``, ``exclude.drafts/``, ``per-file-ignores.old/.ML203``.
    origins: Mapping[str, str]
    #: Each word for rules in a file, and where it stands.
    words: Mapping[str, Origin]

    @property
    def selection(self) -> Selection:
        """What all places together say of rules."""
        return Selection(
            self.select or (),
            self.extend,
            self.ignore,
            [f"{rule}={level}" for rule, level in self.severity.items()],
        )


def settings(layer: Layer, here: Iterable[Said[FileIgnore]] = ()) -> Settings:
    """The settings that *layer*, all places together, comes to; *here* are those of its
    ``per-file-ignores`` that are meant for the file."""
    ignore_here = [Said(ignore.rule, origin) for ignore, origin in here]
    ignore = (*layer.ignore, *ignore_here)
    return Settings(
        select=_values(layer.select or ()) or None,
        extend=_values(layer.extend_select),
        ignore=_values(ignore),
        severity={level.rule: level.level for level in _values(layer.severity)},
        fail_level=layer.fail_level.value if layer.fail_level else "error",
        rules=_values(layer.rules),
        paths=_values(layer.paths or ()),
        exclude=_values(layer.exclude),
        dialect=layer.dialect.value if layer.dialect else "auto",
        as_of=layer.as_of.value if layer.as_of else None,
        output=_values(layer.output or ()),
        per_file_ignores=_values(layer.per_file_ignores),
        ignore_here=_values(ignore_here),
        origins=dict(_origins(layer._replace(ignore=ignore))),
        words={word: origin for word, origin in layer.rule_words if origin.path is not None},
    )


def _values(parts: Iterable[Said[T]]) -> tuple[T, ...]:
    """The values, each once."""
    return tuple(dict.fromkeys(said.value for said in parts))


def _origins(layer: Layer) -> Iterator[tuple[str, str]]:
    for key, first in (
        ("select", (layer.select or (None,))[0]),
        ("fail-level", layer.fail_level),
        ("paths", (layer.paths or (None,))[0]),
        ("dialect", layer.dialect),
        ("as-of", layer.as_of),
        ("output", (layer.output or (None,))[0]),
    ):
        yield key, str(first.origin) if first else "default"
    for key, parts in (
        ("extend-select", layer.extend_select),
        ("ignore", layer.ignore),
        ("rules", layer.rules),
    ):
        for value, origin in parts:
            yield f"{key}.{value}", str(origin)
    for level, origin in layer.severity:
        yield f"severity.{level.rule}", str(origin)
    for ignore, origin in layer.per_file_ignores:
        yield f"per-file-ignores.{ignore.pattern.text}.{ignore.rule}", str(origin)
    for pattern, origin in layer.exclude:
        yield f"exclude.{pattern.text}", str(origin)
