"""A function that looks a variable of the environment up, as the configuration describes it."""

from __future__ import annotations

from secretkey_lint.model.record import Record


class EnvReader(Record):
    """Where the variable's name and the default stand, by position, counted from 0, and by keyword.

    `default` is None where no default is given by position. `fails` says that the function raises an error where the
    variable is missing and no default is given; otherwise it yields None.
    """

    name: int = 0
    default: int | None = None
    name_keyword: str = "name"
    default_keyword: str = "default"
    fails: bool = True
