"""The output formats, by name. A format is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TextIO

from medlint.output.new_file import NewFile
from medlint.output.writer import (
    FileWriter,
    FileWriterFactory,
    OutputOptions,
    Writer,
    WriterFactory,
)

__all__ = [
    "COUNTING",
    "FILE_FORMATS",
    "FORMATS",
    "FOR_PEOPLE",
    "NAMES",
    "WITHOUT_FIXES",
    "OutputOptions",
    "Writer",
    "WriterFactory",
]


def _lazy(module: str, name: str) -> WriterFactory:
    def make(stream: TextIO, options: OutputOptions) -> Writer:
        factory: WriterFactory = getattr(import_module(f"medlint.output.{module}"), name)
        return factory(stream, options)

    return make


def _lazy_file(module: str, name: str) -> FileWriterFactory:
    def make(file: NewFile, options: OutputOptions) -> FileWriter:
        factory: FileWriterFactory = getattr(import_module(f"medlint.output.{module}"), name)
        return factory(file, options)

    return make


#: Name of a format that is text -> what makes its writer.
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

#: Name of a format that is no text, and so for a file alone -> what makes its writer.
FILE_FORMATS: dict[str, FileWriterFactory] = {
    "parquet": _lazy_file("parquet", "ParquetWriter"),
    "sqlite": _lazy_file("sqlite", "SqliteWriter"),
}

#: The names of all formats.
NAMES = (*FORMATS, *FILE_FORMATS)

#: Formats for people: they are shown what is severe enough, and a line sums up the run.
FOR_PEOPLE = frozenset({"full", "concise", "statistics", "github"})

#: Formats that do not say how a finding can be mended.
WITHOUT_FIXES = frozenset({"concise", "statistics", "markdown", "github", "gitlab", "junit"})

#: Formats that count all findings and do not list them.
COUNTING = frozenset({"statistics", "markdown"})
