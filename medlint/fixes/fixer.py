"""Fixes applied until nothing is left to mend: bytes -> bytes, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from medlint.findings import Finding
from medlint.fixes.apply import CannotApplyError, Text, apart
from medlint.fixes.repairs import REPAIRS
from medlint.records.batch import Chunk
from medlint.records.decoding import is_utf16

Lint = Callable[[Chunk], Sequence[Finding]]

#: Fixes that uncover others are followed no further than so many times.
_MOST_PASSES = 12


class Mended(NamedTuple):
    """A chunk after its fixes."""

    data: bytes
    #: What was mended, in the order in which it was, with the places of that moment.
    applied: list[Finding]
    #: What has a fix that could not be made: it is in the way of another one, or they undo each
    #: other.
    left: list[Finding]


def mend(chunk: Chunk, lint: Lint, *, unsafe: bool) -> Mended:
    """Apply the fixes of all findings that *lint* has on *chunk*: the safe ones, and the others
    only if *unsafe*."""
    applied: list[Finding] = []
    wanted: list[Finding] = []
    seen: set[bytes] = set()
    for _ in range(_MOST_PASSES):
        wanted = [f for f in lint(chunk) if f.fix is not None and (unsafe or f.fix.is_safe)]
        done, data = _mended_once(chunk, wanted)
        if not done or data in seen:
            break
        seen.add(chunk.data)
        applied += done
        chunk = chunk._replace(data=data)
    else:
        wanted = [f for f in lint(chunk) if f.fix is not None and (unsafe or f.fix.is_safe)]
    return Mended(chunk.data, applied, wanted)


def _mended_once(chunk: Chunk, wanted: Sequence[Finding]) -> tuple[list[Finding], bytes]:
    """Those of *wanted* that can be mended together, and the bytes after that. What concerns the
    bytes of the file as a whole comes first, and alone."""
    for finding in wanted:
        if finding.name in REPAIRS:
            data = REPAIRS[finding.name](chunk.data)
            if data != chunk.data:
                return [finding], data
    if is_utf16(chunk.data):
        return [], chunk.data
    fixes = [finding.fix for finding in wanted if finding.fix is not None]
    chosen = [wanted[index] for index in apart(fixes)]
    text = Text(chunk.data, chunk.first_line)
    edits = [edit for finding in chosen if finding.fix for edit in finding.fix.edits]
    try:
        return chosen, text.splice(edits)
    except CannotApplyError:
        return _one_by_one(text, chosen)


def _one_by_one(text: Text, chosen: Sequence[Finding]) -> tuple[list[Finding], bytes]:
    """As many of *chosen* as have their places in *text*."""
    done: list[Finding] = []
    for finding in chosen:
        try:
            text.splice(finding.fix.edits if finding.fix else ())
        except CannotApplyError:
            continue
        done.append(finding)
    return done, text.splice([edit for f in done if f.fix for edit in f.fix.edits])
