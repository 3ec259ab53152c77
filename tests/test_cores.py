"""How many processes may work."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import medlint.cores
from medlint.cores import available_cores


@pytest.mark.parametrize(
    ("quota", "cores"),
    [("max 100000", 8), ("250000 100000", 3), ("100000 100000", 1), ("1 100000", 1), ("", 8)],
)
def test_a_quota_counts(
    quota: str, cores: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(8)), raising=False)
    (tmp_path / "cpu.max").write_text(quota)
    monkeypatch.setattr(medlint.cores, "_QUOTA", str(tmp_path / "cpu.max"))
    assert available_cores() == cores


def test_without_a_quota_there_is_one_for_each_core(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(medlint.cores, "_QUOTA", str(tmp_path / "none"))
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 5}, raising=False)
    assert available_cores() == 2
    monkeypatch.delattr(os, "sched_getaffinity")
    assert available_cores() == (os.cpu_count() or 1)
