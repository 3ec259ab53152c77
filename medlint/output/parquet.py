"""Format ``parquet``: an Apache Parquet file, for millions of findings.

The columns are described in docs/outputs.md. A Parquet file holds one table, so the rules and the
run are JSON in the key-value metadata of the file (Parquet format, ``FileMetaData``). A byte that
was no character is U+FFFD, for texts are UTF-8.

Findings are packed into Arrow's columns soon, since there they take a tenth of what they take as
objects of Python, and written as row groups large enough for those who read them.
"""

from __future__ import annotations

import json
from typing import Any

from medlint.findings import Finding
from medlint.findings_summary import Summary
from medlint.output.json import finding_as_json
from medlint.output.new_file import NewFile
from medlint.output.tables import LONE_SURROGATE, rule_rows, run_row, storable
from medlint.output.wishes import OutputError
from medlint.output.writer import OutputOptions

#: The first version of pyarrow that writes metadata at the end of a file.
_PYARROW = "pyarrow>=17"

#: As many findings, or characters of them, are packed at once.
_PACKED_FINDINGS, _PACKED_CHARACTERS = 1 << 10, 1 << 22
#: As many bytes make a row group.
_GROUP_BYTES = 1 << 24
#: Columns in which many rows say the same.
_REPEATED = ["code", "name", "severity", "path", "tag", "occurrence", "help"]


class ParquetWriter:
    """Writes the findings as row groups. Raises OutputError where pyarrow is not there."""

    def __init__(self, file: NewFile, options: OutputOptions):
        self._arrow, parquet = _pyarrow()
        self._options = options
        self._schema = _schema(self._arrow)
        self._file = parquet.ParquetWriter(
            file.bytes, self._schema, compression="zstd", use_dictionary=_REPEATED
        )
        #: Findings that are not packed yet, and how many characters they have, or so.
        self._findings: list[dict[str, Any]] = []
        self._characters = 0
        #: What is packed and not written yet.
        self._batches: list[Any] = []

    def write(self, finding: Finding) -> None:
        """Take the row of *finding*; it is written with many others."""
        self._findings.append(finding_as_json(finding))
        self._characters += _characters(finding)
        if len(self._findings) >= _PACKED_FINDINGS or self._characters >= _PACKED_CHARACTERS:
            self._pack()
            if sum(batch.nbytes for batch in self._batches) >= _GROUP_BYTES:
                self._write_group()

    def close(self, summary: Summary) -> None:
        """Write what is left and what is known at the end."""
        self._pack()
        self._write_group()
        self._file.add_key_value_metadata(
            {
                "medlint.run": _as_json(run_row(summary, self._options)),
                "medlint.rules": _as_json(rule_rows(summary, self._options)),
            }
        )
        self._file.close()

    def discard(self) -> None:
        """Keep pyarrow from ending the file when the object goes."""
        self._file.is_open = False

    def _pack(self) -> None:
        make = self._arrow.RecordBatch.from_pylist
        try:
            batch = make(self._findings, schema=self._schema)
        except UnicodeEncodeError:
            batch = make(storable(self._findings, LONE_SURROGATE), schema=self._schema)
        self._batches.append(batch)
        self._findings, self._characters = [], 0

    def _write_group(self) -> None:
        table = self._arrow.Table.from_batches(self._batches, schema=self._schema)
        if table.num_rows:
            self._file.write_table(table, row_group_size=table.num_rows)
        self._batches = []


def _pyarrow() -> tuple[Any, Any]:
    """The modules pyarrow and pyarrow.parquet."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise OutputError(
            f"--output parquet needs pyarrow: pip install '{_PYARROW}' ({error})"
        ) from None
    if not hasattr(parquet.ParquetWriter, "add_key_value_metadata"):
        raise OutputError(
            f"--output parquet needs a newer pyarrow than {pyarrow.__version__}: "
            f"pip install '{_PYARROW}'"
        )
    return pyarrow, parquet


def _schema(arrow: Any) -> Any:
    """The columns: the keys of a finding in the format ``json``."""
    text, number = arrow.string(), arrow.int64()

    def some(name: str, kind: Any) -> Any:
        return arrow.field(name, kind, nullable=False)

    place = [some(name, number) for name in ("line", "column", "end_line", "end_column")]
    related = [some("path", text), some("line", number), arrow.field("pmid", text)]
    edit = arrow.struct([*place, some("text", text)])
    fix = [
        some("title", text),
        some("is_safe", arrow.bool_()),
        some("edits", arrow.list_(some("element", edit))),
    ]
    return arrow.schema(
        [
            *[some(name, text) for name in ("code", "name", "severity", "message", "path")],
            *place,
            arrow.field("pmid", text),
            arrow.field("tag", text),
            arrow.field("occurrence", number),
            arrow.field("value", text),
            some("help", text),
            arrow.field("where", text),
            arrow.field("record_line", number),
            arrow.field("record_digest", text),
            some("related", arrow.list_(some("element", arrow.struct(related)))),
            arrow.field("fix", arrow.struct(fix)),
        ]
    )


def _characters(finding: Finding) -> int:
    """How many characters *finding* has, but for what is the same in many or short."""
    edits = finding.fix.edits if finding.fix else ()
    texts = [finding.message, finding.value or "", *[edit.text for edit in edits]]
    return sum(map(len, texts)) + sum(len(related.path) for related in finding.related)


def _as_json(data: Any) -> str:
    return json.dumps(storable(data, LONE_SURROGATE), ensure_ascii=False)
