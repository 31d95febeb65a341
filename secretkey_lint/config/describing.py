"""Describes a project in the project's own terms, by what its configuration says."""

from __future__ import annotations

import os

from secretkey_lint.model.source import Position, Span
from secretkey_lint.project import context
from secretkey_lint.project.configured import Configured

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.config import Config
    from secretkey_lint.model.diagnostic import Context


def describe(config: Config, root: str) -> Configured:
    """Return what `config` says of the repository at `root`, an absolute path."""
    if config.table is None:
        return Configured()

    def context_of(path: str) -> Context:
        return config.context_of(os.path.join(root, path)) or context.of_path(path)

    modules: dict[str, Span] = {}
    for module in config.value("settings-modules"):
        place = Position(config.table.lines.of("settings-modules", module), 1)
        modules[module] = Span(config.file, place, place)
    folder = os.path.relpath(config.folder, root).replace(os.sep, "/")
    folder = "" if folder.split("/")[0] in (os.curdir, os.pardir) else folder
    return Configured(config.names, config.value("env-readers"), context_of, modules, folder)
