"""The output formats, by name. A format is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TextIO

from medlint.output.writer import OutputOptions, Writer, WriterFactory

__all__ = ["FORMATS", "OutputOptions", "Writer", "WriterFactory"]


def _lazy(module: str, name: str) -> WriterFactory:
    def make(stream: TextIO, options: OutputOptions) -> Writer:
        factory: WriterFactory = getattr(import_module(f"medlint.output.{module}"), name)
        return factory(stream, options)

    return make


#: Format name -> what makes its writer.
FORMATS: dict[str, WriterFactory] = {
    "full": _lazy("full", "FullWriter"),
    "concise": _lazy("concise", "ConciseWriter"),
    "json": _lazy("json", "JsonWriter"),
    "statistics": _lazy("statistics", "StatisticsWriter"),
}
