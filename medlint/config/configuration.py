"""Which settings hold where: the command line over the nearest file over what that extends."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from medlint.config.layer import FileIgnore, Layer, Said
from medlint.config.patterns import Patterns
from medlint.config.settings import Settings, settings
from medlint.documents import CONFIG_FILE
from medlint.documents.problem import DocumentError, DocumentProblem
from medlint.nearest import as_shown, shared_folder

#: Where a configuration may stand too. In a folder with both, `CONFIG_FILE` counts.
PROJECT_FILE = "pyproject.toml"
_MISNAMED = "medlint.yml"


class Configuration:
    """The settings of every file.

    *command_line* goes over all files. *file* is the one configuration file that counts; without
    it, it is for each file the nearest upwards, or none if *use* is false. Configuration files are
    read when a question first leads to them, so every method may raise DocumentError for mistakes
    in them.
    """

    def __init__(self, command_line: Layer, *, file: Path | None = None, use: bool = True):
        self._command_line = command_line
        #: Folder -> what holds in it.
        self._scopes: dict[str, _Scope] = {}
        self._settings: dict[tuple[str, tuple[str, ...]], Settings] = {}
        #: What is to be said of files that were met, a line each.
        self.notices: list[str] = []
        self._only = None
        if file is not None:
            self._only = _Scope(command_line.over(_layer_in_file(file)), str(file))
        elif not use:
            self._only = _Scope(command_line, None)

    def for_file(self, path: str | Path | None) -> Settings:
        """The settings for the file *path*; None stands for standard input in the working folder.

        Equal settings are the same object, whatever they come from.
        """
        if path is None:
            return self.for_folder(os.getcwd())
        full = os.path.abspath(path)
        scope = self._scope(os.path.dirname(full))
        return self._settings_of(scope, scope.ignores_for(full))

    def for_folder(self, folder: str | Path) -> Settings:
        """The settings that hold in *folder*, as far as they are the same for all its files."""
        return self._settings_of(self._scope(os.path.abspath(folder)))

    def for_run(self, paths: Sequence[str]) -> Settings:
        """The settings for what is done once in a run over *paths*: those of the folder that all
        of them share, or of the working folder. *paths*, if there are any, are its ``paths``."""
        found = self.for_folder(shared_folder(paths))
        if not paths:
            return found
        origins = {**found.origins, "paths": "command line"}
        return self._one(found._replace(paths=tuple(paths), origins=origins))

    def is_excluded(self, path: Path) -> bool:
        """Whether the file or folder *path* is left out: by the command line, or by any
        configuration file above it."""
        full = os.path.abspath(path)
        return self._scope(os.path.dirname(full)).excludes(full)

    def file_for(self, folder: str | Path) -> str | None:
        """The configuration file that counts in *folder*, as seen from the working folder."""
        return self._scope(os.path.abspath(folder)).file

    def _settings_of(self, scope: _Scope, here: tuple[Said[FileIgnore], ...] = ()) -> Settings:
        if here not in scope.made:
            scope.made[here] = self._one(settings(scope.layer, here))
        return scope.made[here]

    def _one(self, found: Settings) -> Settings:
        """The first settings that were equal to *found*."""
        values = repr(found._replace(origins={}, words={})), tuple(found.words)
        return self._settings.setdefault(values, found)

    def _scope(self, folder: str) -> _Scope:
        """What holds in *folder*, an absolute path."""
        if self._only is not None:
            return self._only
        passed = []
        while folder not in self._scopes:
            passed.append(folder)
            parent = os.path.dirname(folder)
            self._look_for_misnamed(folder)
            if (found := _layer_in_folder(folder)) is not None:
                above = self._scope(parent).layer.exclude if parent != folder else ()
                layer, file = found
                layer = self._command_line.over(layer.over(Layer(exclude=above)))
                self._scopes[folder] = _Scope(layer, file)
            elif parent == folder:
                self._scopes[folder] = _Scope(self._command_line, None)
            else:
                folder = parent
        scope = self._scopes[folder]
        self._scopes.update(dict.fromkeys(passed, scope))
        return scope

    def _look_for_misnamed(self, folder: str) -> None:
        path = os.path.join(folder, _MISNAMED)
        if os.path.isfile(path):
            self.notices.append(
                f"{as_shown(Path(path))} is not read; a configuration is called {CONFIG_FILE}"
            )


class _Scope:
    """What holds in the folders that one configuration file is the nearest to."""

    def __init__(self, layer: Layer, file: str | None):
        self.layer = layer
        self.file = file
        #: What per-file-ignores says of a file -> the settings for it.
        self.made: dict[tuple[Said[FileIgnore], ...], Settings] = {}
        self._excluded = Patterns(said.value for said in layer.exclude)
        self._ignores = [(Patterns([said.value.pattern]), said) for said in layer.per_file_ignores]

    def ignores_for(self, path: str) -> tuple[Said[FileIgnore], ...]:
        """What ``per-file-ignores`` says of the file *path*."""
        return tuple(said for patterns, said in self._ignores if patterns.match(path))

    def excludes(self, path: str) -> bool:
        """Whether the file or folder *path* is left out."""
        if not self.layer.exclude:
            return False
        return self._excluded.match(path, is_folder=os.path.isdir(path))


def _layer_in_file(file: Path) -> Layer:
    from medlint.config.load import load_layer

    layer = load_layer(str(file))
    if layer is None:
        message = "there is no table [tool.medlint] in this file"
        raise DocumentError([DocumentProblem(str(file), 1, 1, 2, message)])
    return layer


def _layer_in_folder(folder: str) -> tuple[Layer, str] | None:
    """What the configuration file in *folder* says, and its name; None where there is none."""
    for name, is_there in ((CONFIG_FILE, os.path.lexists), (PROJECT_FILE, os.path.isfile)):
        path = os.path.join(folder, name)
        if is_there(path):
            from medlint.config.load import load_layer

            if (layer := load_layer(path)) is not None:
                return layer, as_shown(Path(path))
    return None
