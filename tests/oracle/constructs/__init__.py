"""The constructs, by families; importing their modules registers them, those that are the simplest first."""

import importlib

MODULES = (
    "texts",
    "classes",
    "lookups",
    "helpers",
    "values",
    "conditions",
    "debug",
    "refusals",
    "bindings",
    "places",
    "layouts",
    "reading",
    "fallbacks",
    "starts",
    "variables",
    "cycles",
    "settings_classes",
    "dynaconf_settings",
)
"""The modules, in the order in which they are imported."""

for _name in MODULES:
    importlib.import_module(f"oracle.constructs.{_name}")
