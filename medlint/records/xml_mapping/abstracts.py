"""Abstracts, in sections or not -> AB, OAB and what belongs to them."""

from __future__ import annotations

from collections.abc import Iterable

from medlint.records.xml_mapping.elements import Element, Part, Put, text_of


def write_abstract(element: Element, put: Put) -> None:
    """The abstract, who holds the rights in it, and what NLM takes each section for."""
    if text := _abstract_text(element):
        put("AB", text, tuple(_parts(element)))
    for child in element:
        if child.tag == "CopyrightInformation" and (text := text_of(child)):
            put("CI", text, child)
        elif category := child.get("NlmCategory"):
            shown = f"{category}: {child.get('Label') or ''}".strip()
            put("XAB", shown, ((child, "NlmCategory"), (child, "Label")))


def write_other_abstract(element: Element, put: Put) -> None:
    """Another abstract with its kind, unless that is the usual one for laymen."""
    kind, text = element.get("Type"), _abstract_text(element)
    if not text:
        return
    is_named = kind and kind != "plain-language-summary"
    put("OAB", f"{kind}: {text}" if is_named else text, tuple(_parts(element)))
    if language := element.get("Language"):
        put("OABL", language, (element, "Language"))
    for child in element:
        if child.tag == "CopyrightInformation" and (copyright_ := text_of(child)):
            put("OCI", copyright_, child)


def _sections(element: Element) -> Iterable[Element]:
    return [child for child in element if child.tag == "AbstractText"]


def _parts(element: Element) -> Iterable[Part]:
    """What the text of an abstract comes from: labels and sections."""
    for section in _sections(element):
        if section.get("Label"):
            yield section, "Label"
        yield section


def _abstract_text(element: Element) -> str:
    """The sections of an abstract with their labels, in one."""
    sections = []
    for section in _sections(element):
        label, text = section.get("Label"), text_of(section)
        sections.append(f"{label}: {text}".strip() if label else text)
    return " ".join(filter(None, sections))
