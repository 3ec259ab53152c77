"""The output formats, by name. A format is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TextIO

from medlint.output.writer import OutputOptions, Writer, WriterFactory

__all__ = ["COUNTING", "FORMATS", "FOR_PEOPLE", "OutputOptions", "Writer", "WriterFactory"]


def _lazy(module: str, name: str) -> WriterFactory:
    def make(stream: TextIO, options: OutputOptions) -> Writer:
        factory: WriterFactory = getattr(import_module(f"medlint.output.{module}"), name)
        return factory(stream, options)

    return make


#: Format name -> what makes its writer.
FORMATS: dict[str, WriterFactory] = {
    "full": _lazy("full", "FullWriter"),
    "concise": _lazy("concise", "ConciseWriter"),
    "statistics": _lazy("statistics", "StatisticsWriter"),
    "json": _lazy("json", "JsonWriter"),
    "jsonl": _lazy("jsonl", "JsonLinesWriter"),
    "csv": _lazy("csv", "CsvWriter"),
    "markdown": _lazy("markdown", "MarkdownWriter"),
    "github": _lazy("github", "GithubWriter"),
    "gitlab": _lazy("gitlab", "GitlabWriter"),
    "sarif": _lazy("sarif", "SarifWriter"),
    "junit": _lazy("junit", "JunitWriter"),
}

#: Formats for people: they are shown what is severe enough, and a line sums up the run.
FOR_PEOPLE = frozenset({"full", "concise", "statistics", "github"})

#: Formats that count all findings and do not list them.
COUNTING = frozenset({"statistics", "markdown"})
