"""Rule and vocabulary files -> one JSON, after every check that can be made without records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from medlint.data import schema
from medlint.documents.problem import DocumentError, DocumentProblem
from medlint.documents.strict_yaml import Document, Pointer, load

#: What a compiled rulebook holds: {"rules": [...], "vocabularies": {name: ...}}.
Compiled = dict[str, Any]

_SUFFIXES = (".yaml", ".yml")


def rule_files(paths: Iterable[Path]) -> list[Path]:
    """The YAML files among and below *paths*, sorted, hidden ones left out.

    Raises FileNotFoundError for a path that is not there.
    """
    files: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"{path}: there is no such rule file or folder")
        if not path.is_dir():
            files[path] = None
            continue
        for file in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            if file.suffix in _SUFFIXES and file.is_file() and not hidden:
                files[file] = None
    return list(files)


def compile_rules(files: Sequence[Path], base: Compiled | None = None) -> Compiled:
    """Compile rule and vocabulary files; files in a folder ``vocabularies`` are vocabularies.

    *base* is a compiled rulebook whose vocabularies the rules may use and whose codes and names
    they may not take. Raises DocumentError with all mistakes of all files.
    """
    base = base or {"rules": [], "vocabularies": {}}
    problems: list[DocumentProblem] = []
    documents = []
    for file in files:
        try:
            documents.append(load(_text(file), str(file)))
        except DocumentError as error:
            problems += error.problems
    vocabularies = [d for d in documents if Path(d.path).parent.name == "vocabularies"]
    rules = [d for d in documents if d not in vocabularies]
    known = dict(base["vocabularies"])
    for document in vocabularies:
        found = _vocabulary_problems(document)
        problems += found
        if not found:
            known[document.data["name"]] = document.data
    names = {rule["name"] for rule in base["rules"]}
    names |= {d.data["name"] for d in rules if isinstance(d.data, dict) and "name" in d.data}
    for document in rules:
        problems += _rule_problems(document, known, names)
    if not problems:
        problems += _taken(base["rules"], rules)
    if problems:
        raise DocumentError(sorted(set(problems), key=lambda p: (p.path, p.line, p.column)))
    own = {d.data["name"]: d.data for d in vocabularies}
    compiled = [{**d.data, "source": Path(d.path).name} for d in rules]
    return {"rules": sorted(compiled, key=lambda rule: str(rule["code"])), "vocabularies": own}


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        problem = DocumentProblem(str(file), 1, 1, 2, f"the file is not UTF-8 ({error.reason})")
        raise DocumentError([problem]) from None


def _vocabulary_problems(document: Document) -> list[DocumentProblem]:
    from medlint.documents.schema import problems

    found = problems(document, schema("vocabulary"))
    if not found and document.data["name"] != Path(document.path).stem:
        found.append(document.problem("the name is not that of the file", ("name",)))
    return found


def _rule_problems(
    document: Document, vocabularies: Mapping[str, Any], names: set[str]
) -> list[DocumentProblem]:
    from medlint.checks import CHECK_TYPES
    from medlint.documents.near import near_miss
    from medlint.documents.schema import problems

    found = problems(document, schema("rule"))
    check = document.data.get("check") if isinstance(document.data, dict) else None
    check_type = check.get("type") if isinstance(check, dict) else None
    if isinstance(check_type, str) and check_type not in CHECK_TYPES:
        near = near_miss(check_type, CHECK_TYPES)
        hint = f"did you mean '{near}'?" if near else "there are " + ", ".join(CHECK_TYPES)
        found.append(document.problem(f"'{check_type}' is not a check type; {hint}", ("check", "type")))
    elif isinstance(check_type, str):
        found += problems(document, schema(f"checks/{check_type}"), ("check",))
    if found:
        return found
    return [
        *_name_problems(document, names),
        *_pattern_problems(document),
        *_check_problems(document, vocabularies),
    ]


def _name_problems(document: Document, names: set[str]) -> Iterator[DocumentProblem]:
    from medlint.documents.near import near_miss

    name = document.data["name"]
    if name != Path(document.path).stem:
        yield document.problem(f"the file must be called {name}.yaml, like the rule", ("name",))
    for index, other in enumerate(document.data.get("silent_after", ())):
        if other not in names:
            near = near_miss(other, names)
            hint = f"; did you mean '{near}'?" if near else ""
            yield document.problem(f"there is no rule '{other}'{hint}", ("silent_after", index))


def _pattern_problems(document: Document) -> Iterator[DocumentProblem]:
    from medlint.rulebook.patterns import error_in

    for part in ("when", "check"):
        for pointer, pattern in _patterns(document.data.get(part, {}), (part,)):
            message = error_in(pattern)
            if message is not None:
                yield document.problem(message, pointer)


def _patterns(data: Any, pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    items: Iterable[tuple[str | int, Any]] = ()
    if isinstance(data, dict):
        items = data.items()
    elif isinstance(data, list):
        items = enumerate(data)
    for key, value in items:
        if key in ("pattern", "matches", "not_matches") and isinstance(value, str):
            yield (*pointer, key), value
        else:
            yield from _patterns(value, (*pointer, key))


def _check_problems(
    document: Document, vocabularies: Mapping[str, Any]
) -> Iterator[DocumentProblem]:
    from datetime import date

    from medlint.checks import check_class
    from medlint.checks.base import Context
    from medlint.documents.near import near_miss
    from medlint.rulebook.rule import PLACEHOLDER

    settings = document.data["check"]
    check = check_class(settings["type"])
    try:
        check.build(settings, Context(date(2000, 1, 1), vocabularies))
    except ValueError as error:
        yield document.problem(str(error), ("check",))
    allowed = {"tag", "value", "pmid", *check.placeholders}
    allowed |= {f"when.{tag}" for tag in document.data.get("when", ())}
    for placeholder in PLACEHOLDER.findall(document.data["message"]):
        if placeholder not in allowed and "*" not in allowed:
            near = near_miss(placeholder, allowed)
            hint = f"did you mean {{{near}}}?" if near else f"there are {', '.join(sorted(allowed))}"
            message = f"a message of this check type has no {{{placeholder}}}; {hint}"
            yield document.problem(message, ("message",))


def _taken(base: Sequence[Mapping[str, Any]], rules: Sequence[Document]) -> Iterator[DocumentProblem]:
    for key in ("code", "name"):
        holders = {rule[key]: f"the built-in rule {rule['name']}" for rule in base}
        for document in rules:
            value = document.data[key]
            if value in holders:
                message = f"the {key} {value} is taken by {holders[value]}"
                yield document.problem(message, (key,))
            holders.setdefault(value, document.path)
