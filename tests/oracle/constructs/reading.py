"""Paths of files, and ways to read them."""

from __future__ import annotations

from oracle.builder import Builder, construct


@construct("path", "os.path", leaf=True, across=True)
def _path_os(b: Builder, name: str) -> str:
    b.need("import os")
    return b.one_of(
        f'os.path.join(os.path.dirname(__file__), "{name}")',
        f'os.path.join(os.path.dirname(os.path.abspath(__file__)), "{name}")',
        f'os.path.dirname(os.path.realpath(__file__)) + "/{name}"',
        f'os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "{b.module.package.split(".")[-1]}", "{name}")',
    )


@construct("path", "pathlib", leaf=True, across=True)
def _path_pathlib(b: Builder, name: str) -> str:
    b.need("from pathlib import Path")
    return b.one_of(
        f'(Path(__file__).parent / "{name}")',
        f'(Path(__file__).resolve().parent / "{name}")',
        f'Path(__file__).with_name("{name}")',
        f'Path(__file__).resolve().parent.joinpath("{name}")',
        f'(Path(__file__).resolve().parents[1] / "{b.module.package.split(".")[-1]}" / "{name}")',
    )


@construct("path", "path in a constant", leaf=True, across=True)
def _path_constant(b: Builder, name: str) -> str:
    b.need("from pathlib import Path")
    if "HERE" not in b.known:
        b.known["HERE"] = "HERE"
        b.define("HERE = Path(__file__).resolve().parent")
    return f'(HERE / "{name}")'


@construct("read", "open", leaf=True, across=True)
def _read_open(b: Builder, name: str) -> str:
    return f"open({b.path_to(name)}).read()" + b.one_of("", ".strip()")


@construct("read", "read_text", leaf=True, across=True)
def _read_text(b: Builder, name: str) -> str:
    b.need("from pathlib import Path")
    return f"Path({b.path_to(name)}).read_text()" + b.one_of("", ".strip()", ".rstrip('\\n')")


@construct("read", "function that reads", leaf=True, across=True)
def _read_function(b: Builder, name: str) -> str:
    function = b.name("read_file", "read_secret")
    b.define(f"def {function}(path):", "    with open(path) as file:", "        return file.read().strip()")
    return f"{function}({b.path_to(name)})"
