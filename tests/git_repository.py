"""A scratch repository for tests that need git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


class GitRepository:
    """A git repository in *folder*, made where there is none, that no setting of the machine
    reaches."""

    def __init__(self, folder: Path):
        self.folder = folder
        clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        self.environment = {
            **clean,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_AUTHOR_NAME": "Tester",
            "GIT_AUTHOR_EMAIL": "tester@example.org",
            "GIT_COMMITTER_NAME": "Tester",
            "GIT_COMMITTER_EMAIL": "tester@example.org",
        }
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / ".git").exists():
            self.git("init", "--quiet", "--initial-branch", "main")

    def git(self, *words: str, check: bool = True) -> str:
        """Run git and return what it prints."""
        done = subprocess.run(
            ["git", *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            errors="surrogateescape",
            check=False,
        )
        assert done.returncode == 0 or not check, done.stderr
        return done.stdout.strip()

    def write(self, name: str | bytes, text: str | bytes) -> Path:
        """Write a file of the work tree."""
        path = self.folder / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def commit(self, message: str = "records") -> str:
        """Commit the whole work tree and return the commit's name."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")
