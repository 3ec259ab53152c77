"""Where the time goes with PubMed XML, in microseconds of the processor a record.

``python benchmarks/xml_steps.py FILE`` with a file of NLM's, packed or not; without one, the
largest of the corpus beside the checkout. The first chunks are left out: patterns are compiled
there.
"""

from __future__ import annotations

import gc
import gzip
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from time import process_time

from grow import CORPUS

from medlint.checks.base import Columns, Context
from medlint.dataset import Dataset
from medlint.engine import Engine
from medlint.records.chunking import chunks
from medlint.records.pubmed_xml import _AT_ONCE, _parser, fields_of
from medlint.records.reader import read
from medlint.records.xml_source import XmlText
from medlint.rulebook.load import load_rulebook
from medlint.rulebook.select import Selection, select

_WARMING_UP, _MOST = 20, 80


class Clock:
    """Time by step. Each call of `tick` ends a step."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = defaultdict(float)
        self._last = process_time()

    def tick(self, step: str = "") -> None:
        now = process_time()
        if step:
            self.steps[step] += now - self._last
        self._last = process_time()


def main() -> None:
    """Measure the steps and print them."""
    files = sorted((CORPUS.parent / "xml").rglob("*.xml.gz"), key=lambda f: f.stat().st_size)
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else files[-1]
    gc.disable()
    rulebook = load_rulebook()
    rules = select(rulebook.rules, Selection())
    context = Context(date.today(), rulebook.vocabularies)
    engine, dataset, parse = Engine(rules, context), Dataset(rules, context), _parser()
    clock, count = Clock(), 0
    with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as stream:
        for number, chunk in enumerate(chunks(stream)):
            clock.tick("unpacking, cutting behind records, counting lines")
            batch = read(chunk)
            clock.tick("reading")
            columns = Columns(batch.records)
            dataset.collect(path.name, columns, batch.edition)
            clock.tick("values of each tag in one list, keys of the data set")
            engine.lint(batch, columns)
            clock.tick("sieve and judge")
            del batch, columns
            clock.tick("freeing")
            text = XmlText(chunk.data, chunk)
            bounds = [*text.starts, text.end_of(len(text.starts) - 1)]
            for first in range(0, len(text.starts), _AT_ONCE):
                end = bounds[min(first + _AT_ONCE, len(text.starts))]
                clock.tick()
                elements = parse(b"<_>%s</_>" % text.data[bounds[first] : end])
                clock.tick("  of reading: parsing")
                for element in elements:
                    fields_of(element)
                clock.tick("  of reading: elements to fields")
            count += len(text.starts)
            if number == _WARMING_UP:
                clock.steps.clear()
                count = 0
            if number == _MOST:
                break
            clock.tick()
    for step, seconds in clock.steps.items():
        print(f"{seconds / count * 1e6:6.1f}  {step}")


if __name__ == "__main__":
    main()
