"""Fixtures of all tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support import ROOT, Medlint

# How long an example takes is no matter of these tests, and differs from machine to machine.
settings.register_profile("medlint", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("medlint")


@pytest.fixture
def medlint(tmp_path: Path) -> Medlint:
    """Runs the command line in an empty folder, as a user would."""

    def run(
        *arguments: str | Path, stdin: str | bytes = b"", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "medlint", *map(str, arguments)],
            cwd=tmp_path,
            input=data,
            capture_output=True,
            timeout=60,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "XDG_CACHE_HOME": str(tmp_path.parent / "cache"),
                "PYTHONIOENCODING": "utf-8",
                "COLUMNS": "100",
                **environment,
            },
        )
        encoding = environment.get("PYTHONIOENCODING", "utf-8")
        text = [stream.decode(encoding) for stream in (done.stdout, done.stderr)]
        assert "Traceback" not in text[0] + text[1], text
        return subprocess.CompletedProcess(done.args, done.returncode, *text)

    return run
