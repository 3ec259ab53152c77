"""``form_by_kind``: a value has the form that its own kind asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Self

from medlint.checks.base import Context, Settings, ValueCheck, ValueFault, compiled
from medlint.documents.near import near_miss


class FormByKind(ValueCheck):
    """``pattern`` picks out of the value its ``kind`` (a databank, the source of an identifier) and
    the ``part`` that is of this kind; the part matches what the vocabulary's ``forms`` say of the
    kind. A kind without a form is not judged, nor is a value in which the pattern finds nothing.
    """

    placeholders = frozenset({"kind", "part", "expected"})

    def __init__(self, settings: Settings, forms: Mapping[str, Mapping[str, str]]):
        self.tags = tuple(settings["tags"] if "tags" in settings else [settings["tag"]])
        self._pattern: str = settings["pattern"]
        self._forms = forms

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        groups = compiled(settings["pattern"]).groupindex
        if not {"kind", "part"} <= groups.keys():
            raise ValueError("the pattern has no groups 'kind' and 'part'")
        name = settings["list"]
        if name not in context.vocabularies:
            near = near_miss(name, context.vocabularies)
            hint = f"; did you mean '{near}'?" if near else ""
            raise ValueError(f"there is no vocabulary '{name}'{hint}")
        vocabulary: Mapping[str, Any] = context.vocabularies[name]
        return cls(settings, vocabulary.get("forms", {}))

    def failing(self, values: Collection[str]) -> list[str]:
        text = "\n".join(values)
        if not any(kind in text for kind in self._forms):
            return []
        return [value for value in values if any(True for _ in self.value_faults(value))]

    def value_faults(self, value: str) -> Iterator[ValueFault]:
        match = compiled(self._pattern).fullmatch(value)
        if match is None:
            return
        kind, part = match.group("kind", "part")
        form = self._forms.get(kind)
        if form is None or compiled(form["pattern"]).fullmatch(part):
            return
        params = {"kind": kind, "part": part, "expected": form["expected"]}
        yield ValueFault(match.span("part"), params)
