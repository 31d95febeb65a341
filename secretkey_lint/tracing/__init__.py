"""What `trace` is made of: which modules a project starts with, what the key can be there, and in which words."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.errors import SecretKeyLintError
    from secretkey_lint.model.trace import Trace, TraceReport


def trace(wanted: str | None = None) -> TraceReport:
    """Trace the settings module `wanted`, a name or a path as seen from the working directory, or all that starts.

    Raises ConfigError where there is no such module, or none at all, and GitError where git fails. What cannot be read
    is among the failures of the report.
    """
    from secretkey_lint.carriers import carriers
    from secretkey_lint.config import Configurations
    from secretkey_lint.config.describing import describe
    from secretkey_lint.engine import facts_of
    from secretkey_lint.errors import ReadError
    from secretkey_lint.model.trace import TraceReport
    from secretkey_lint.project.project import Project
    from secretkey_lint.tracing.targets import Targets
    from secretkey_lint.tracing.tracer import Tracer
    from secretkey_lint.trees.repository import Repository
    from secretkey_lint.trees.worktree import root_of
    from secretkey_lint.vocabulary import Naming

    failures: list[SecretKeyLintError] = []
    root = root_of(os.getcwd()) or os.getcwd()
    repository = Repository(root)
    config = Configurations().of_folder(os.getcwd())
    project = Project(
        repository,
        lambda project: carriers(repository, lambda file: facts_of(file, project), config.names),
        describe(config, root),
    )
    folder = os.path.relpath(os.getcwd(), root).replace(os.sep, "/")
    targets = Targets(repository, project, "" if folder == "." else folder)
    found = targets.all() if wanted is None else targets.of(wanted)
    tracer = Tracer(repository, project, config.rules(), failures.append)
    traces: list[Trace] = []
    for target in found:
        file = repository.read(target.path)
        if file is None:
            failures.append(ReadError(f"{repository.shown(target.path)} cannot be read"))
            continue
        with Naming(config.names):
            traced = tracer.trace(file, target.name, list(target.entries))
        if target.entries or traced.sets_the_key or len(found) == 1:
            traces.append(traced)
    return TraceReport(tuple(traces), tuple(dict.fromkeys(map(str, failures))))
