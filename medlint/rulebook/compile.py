"""Rule and vocabulary files -> one JSON, after every check that can be made without records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from medlint.data import schema
from medlint.documents import CONFIG_FILE, IGNORES
from medlint.documents.document import Document, Pointer
from medlint.documents.problem import DocumentError, DocumentProblem
from medlint.documents.strict_yaml import load

#: What a compiled rulebook holds: {"rules": [...], "vocabularies": {name: ...}}.
Compiled = dict[str, Any]

_SUFFIXES = (".yaml", ".yml")


def rule_files(paths: Iterable[Path]) -> list[Path]:
    """The files among *paths*, and the YAML files below them, sorted; what is hidden is left out,
    and what medlint reads otherwise.

    Raises FileNotFoundError for a path that is not there, and for a folder without such files.
    """
    files: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"{path}: there is no such rule file or folder")
        if not path.is_dir():
            files[path] = None
            continue
        found = [file for file in sorted(path.rglob("*")) if _is_rule_file(file, path)]
        if not found:
            raise FileNotFoundError(f"{path}: there are no .yaml files in this folder")
        files.update(dict.fromkeys(found))
    return list(files)


def _is_rule_file(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    is_other = hidden or file.name in (CONFIG_FILE, IGNORES)
    return file.suffix.lower() in _SUFFIXES and not is_other and file.is_file()


def compile_rules(files: Sequence[Path], base: Compiled | None = None) -> Compiled:
    """Compile rule and vocabulary files; files in a folder ``vocabularies`` are vocabularies.

    *base* is a compiled rulebook whose vocabularies the rules may use and whose codes and names
    they may not take. Raises DocumentError with all mistakes of all files.
    """
    from medlint.rulebook.replaced import living_rules_replaced

    base = base or {"rules": [], "vocabularies": {}}
    problems: list[DocumentProblem] = []
    rules: list[Document] = []
    vocabularies: list[Document] = []
    for file in files:
        try:
            document = load(_text(file), str(file))
        except DocumentError as error:
            problems += error.problems
        else:
            (vocabularies if _is_vocabulary(file) else rules).append(document)
    # A vocabulary whose file has mistakes is there for the rules that name it.
    known: dict[str, Any] = {file.stem: {"values": []} for file in files if _is_vocabulary(file)}
    for document in vocabularies:
        found = _vocabulary_problems(document)
        problems += found
        if not found:
            known[document.data["name"]] = document.data
    known |= base["vocabularies"]
    names = {rule["name"] for rule in base["rules"]}
    names |= {file.stem for file in files if not _is_vocabulary(file)}
    for document in rules:
        problems += _rule_problems(document, known, names)
    for key in ("code", "name"):
        holders = {rule[key]: f"the built-in rule {rule['name']}" for rule in base["rules"]}
        problems += _taken(key, holders, rules)
    problems += _reserved({rule["code"] for rule in base["rules"]}, rules)
    problems += living_rules_replaced(rules, base["rules"])
    holders = {name: f"the built-in vocabulary {name}" for name in base["vocabularies"]}
    problems += _taken("name", holders, vocabularies)
    if problems:
        raise DocumentError(sorted(set(problems)))
    own = {d.data["name"]: d.data for d in vocabularies}
    compiled = [{**_fast(d.data), "source": Path(d.path).name} for d in rules]
    return {"rules": sorted(compiled, key=lambda rule: str(rule["code"])), "vocabularies": own}


def _fast(rule: dict[str, Any]) -> dict[str, Any]:
    """*rule*, with what makes its check fast; its author need not know of it."""
    from medlint.rulebook.prefilter import prefilter

    check = rule["check"]
    if check["type"] != "free_of":
        return rule
    return {**rule, "check": {**check, "fast": prefilter(check["pattern"])}}


def _is_vocabulary(file: Path) -> bool:
    return file.absolute().parent.name == "vocabularies"


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        problem = DocumentProblem(str(file), 1, 1, 2, f"the file is not UTF-8 ({error.reason})")
        raise DocumentError([problem]) from None


def _vocabulary_problems(document: Document) -> list[DocumentProblem]:
    from medlint.documents.schema import problems

    found = problems(document, schema("vocabulary"))
    if not found:
        found += _pattern_problems(document, "forms")
    if not found and document.data["name"] != Path(document.path).stem:
        found.append(document.problem("the name is not that of the file", ("name",)))
    return found


def _rule_problems(
    document: Document, vocabularies: Mapping[str, Any], names: set[str]
) -> list[DocumentProblem]:
    from medlint.documents.schema import problems

    found = problems(document, schema("rule"))
    if not isinstance(document.data, dict):
        return found
    told = {problem[1:3] for problem in found}
    more = [
        *_name_problems(document, names),
        *_pattern_problems(document, "when"),
        *_check_problems(document, vocabularies),
        *_fix_problems(document),
    ]
    return found + [problem for problem in more if problem[1:3] not in told]


def _name_problems(document: Document, names: set[str]) -> Iterator[DocumentProblem]:
    from medlint.documents.near import near_miss

    name = document.data.get("name")
    if isinstance(name, str) and name != Path(document.path).stem:
        yield document.problem(f"the file must be called {name}.yaml, like the rule", ("name",))
    others = document.data.get("silent_after")
    for index, other in enumerate(others if isinstance(others, list) else ()):
        if isinstance(other, str) and other not in names:
            near = near_miss(other, names)
            hint = f"; did you mean '{near}'?" if near else ""
            yield document.problem(f"there is no rule '{other}'{hint}", ("silent_after", index))


def _pattern_problems(document: Document, part: str) -> Iterator[DocumentProblem]:
    from medlint.rulebook.patterns import error_in

    for pointer, pattern in _patterns(document.data.get(part), (part,)):
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

    from medlint.checks import CHECK_TYPES, check_class
    from medlint.checks.base import Context
    from medlint.documents.near import near_miss
    from medlint.documents.schema import problems

    settings = document.data.get("check")
    check_type = settings.get("type") if isinstance(settings, dict) else None
    if not isinstance(check_type, str):
        return
    if check_type not in CHECK_TYPES:
        near = near_miss(check_type, CHECK_TYPES)
        hint = f"did you mean '{near}'?" if near else "there are " + ", ".join(CHECK_TYPES)
        yield document.problem(f"'{check_type}' is not a check type; {hint}", ("check", "type"))
        return
    check = check_class(check_type)
    found = problems(document, schema(f"checks/{check_type}"), ("check",))
    found += _pattern_problems(document, "check")
    yield from found
    if not found:
        try:
            check.build(settings, Context(date(2000, 1, 1), vocabularies))
        except ValueError as error:
            yield document.problem(str(error), ("check",))
    yield from _placeholder_problems(document, check.placeholders)


def _fix_problems(document: Document) -> Iterator[DocumentProblem]:
    """What is wrong with examples that promise a fix, and with a fix that cannot be one of its
    check."""
    fix, check, examples = map(document.data.get, ("fix", "check", "examples"))
    is_reading = isinstance(check, dict) and check.get("type") == "reading"
    if is_reading and isinstance(fix, dict) and "function" not in fix:
        yield document.problem("what the reader meets is mended by a function", ("fix",))
    bad = examples.get("bad") if isinstance(examples, dict) else None
    for index, example in enumerate(bad if isinstance(bad, list) else ()):
        if not isinstance(fix, dict) and isinstance(example, dict) and "fixed" in example:
            pointer: Pointer = ("examples", "bad", index, "fixed")
            yield document.problem("the rule has no fix", pointer)


def _placeholder_problems(
    document: Document, placeholders: frozenset[str]
) -> Iterator[DocumentProblem]:
    from medlint.documents.near import near_miss
    from medlint.rulebook.rule import PLACEHOLDER

    when = document.data.get("when")
    from_when = [f"when.{tag}" for tag in when] if isinstance(when, dict) else []
    allowed = sorted({"tag", "value", "pmid", *placeholders, *from_when})
    for pointer in (("message",), ("fix", "replace"), ("fix", "insert", "value")):
        text: Any = document.data
        for key in pointer:
            text = text.get(key) if isinstance(text, dict) else None
        for placeholder in PLACEHOLDER.findall(text if isinstance(text, str) else ""):
            if placeholder not in allowed and "*" not in allowed:
                near = near_miss(placeholder, allowed)
                hint = f"did you mean {{{near}}}?" if near else f"there are {', '.join(allowed)}"
                what = "message" if pointer == ("message",) else "fix"
                wrong = f"a {what} of this check type has no {{{placeholder}}}; {hint}"
                yield document.problem(wrong, pointer)


def _reserved(built_in: set[str], rules: Sequence[Document]) -> Iterator[DocumentProblem]:
    """Codes beside the built-in ones may not look like those, now or later."""
    for document in rules if built_in else ():
        code = document.data.get("code") if isinstance(document.data, dict) else None
        if isinstance(code, str) and code.startswith("ML") and code not in built_in:
            message = "codes that begin with ML are kept for the built-in rules; use MY001, say"
            yield document.problem(message, ("code",))


def _taken(
    key: str, holders: dict[str, str], documents: Iterable[Document]
) -> Iterator[DocumentProblem]:
    """What is wrong where two have the same *key*; *holders* says who has which one already."""
    for document in documents:
        value = document.data.get(key) if isinstance(document.data, dict) else None
        if not isinstance(value, str):
            continue
        if value in holders:
            yield document.problem(f"the {key} {value} is taken by {holders[value]}", (key,))
        holders.setdefault(value, document.path)
