"""The recipes of docs/editors.md do what the page says, in the editors themselves where they are installed."""

import json
import os
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

SCRIPTS = sysconfig.get_path("scripts")
PAGE = (Path(__file__).parents[2] / "docs" / "editors.md").read_text(encoding="utf-8")
LEAK = 'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n'
ANSWER = "found.json"

pytestmark = pytest.mark.usefixtures("unmeasured")


def recipes(heading: str, language: str) -> list[str]:
    """Return the blocks of code in a language under a heading of the page."""
    match = re.search(rf"^### {heading}\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert match is not None, heading
    return re.findall(rf"^```{language}\n(.*?)^```$", match[1], re.MULTILINE | re.DOTALL)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    for name, text in {
        "shop/base.py": LEAK,
        "shop/a file's, name.py": f"\n\nif True:\n    {LEAK}",
        "shop/settings/development.py": LEAK.replace("8", "7"),
        "tests/settings.py": LEAK.replace("8", "9"),
        "secretkey-lint.toml": 'min-severity = "note"\n',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    return tmp_path


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}", "HOME": str(folder), "TERM": "dumb"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout


def needs(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def expected(folder: Path) -> list[tuple[str, int, int, str, str]]:
    """Return path, line, column, code and severity of the findings."""
    output = run(folder, f"{SCRIPTS}/secretkey-lint", "check", "--output-format", "json")
    found = [
        (each["path"], each["line"], each["column"], each["code"], each["severity"])
        for each in json.loads(output)["diagnostics"]
    ]
    assert {severity for *_, severity in found} == {"error", "warning", "note"}
    return found


def quickfix(folder: Path, editor: str, recipe: str, *commands: str) -> list[tuple[str, int, int, str, str]]:
    """Run commands in an editor of Vim's family with a recipe as its configuration, and return its quickfix list."""
    (folder / "recipe.vim").write_text(recipe)
    answer = (
        "call writefile([json_encode(map(filter(getqflist(), 'v:val.valid'), "
        "'[bufname(v:val.bufnr), v:val.lnum, v:val.col, v:val.nr, v:val.type, v:val.text]'))], "
        f"'{ANSWER}')"
    )
    mode = ["--headless"] if editor == "nvim" else ["-N", "-es"]
    arguments = [part for command in (*commands, answer, "qa!") for part in ("-c", command)]
    run(folder, needs(editor), *mode, "-u", "recipe.vim", *arguments)
    severities = {"e": "error", "w": "warning", "n": "note"}
    found = json.loads((folder / ANSWER).read_text())
    assert all(text.startswith("SECRET_KEY ") for *_, text in found)
    return [
        (name.removeprefix("./"), line, column, f"SKL{number:03}", severities[kind.lower()])
        for name, line, column, number, kind, _ in found
    ]


@pytest.mark.parametrize("editor", ["vim", "nvim"])
def test_quickfix(editor: str, repository: Path) -> None:
    """`:make` fills the quickfix list: files, places, numbers and severities."""
    make, _ = recipes("Vim and Neovim", "vim")
    assert quickfix(repository, editor, make, "silent make!") == expected(repository)


@pytest.mark.parametrize("editor", ["vim", "nvim"])
def test_quickfix_of_what_is_not_saved(editor: str, repository: Path) -> None:
    """`:SecretKeyLint` checks the buffer, not the file."""
    name = "shop/a file's, name.py"
    recipe = "\n".join(recipes("Vim and Neovim", "vim"))
    commands = (f"edit {name.replace(' ', chr(92) + ' ')}", "call append(0, ['', ''])", "SecretKeyLint")
    assert quickfix(repository, editor, recipe, *commands) == [(name, 6, 18, "SKL001", "error")]


def test_emacs(repository: Path) -> None:
    """The messages of a compilation lead to files, lines and columns, by severity."""
    (recipe,) = recipes("Emacs", "elisp")
    output = run(repository, f"{SCRIPTS}/secretkey-lint", "check", "--output-format", "concise")
    (repository / "output.txt").write_text(output)
    (repository / "recipe.el").write_text(
        f"""{recipe}
(require 'json)
(with-temp-buffer
  (insert-file-contents "output.txt")
  (setq default-directory "{repository}/")
  (compilation-mode)
  (compilation--ensure-parse (point-max))
  (let ((point (point-min)) found)
    (while (< point (point-max))
      (let ((message (get-text-property point 'compilation-message)))
        (when message
          (let* ((loc (compilation--message->loc message)) (file (compilation--loc->file-struct loc)))
            (push (vector (caar file) (compilation--loc->line loc) (compilation--loc->col loc)
                        (compilation--message->type message))
                  found))))
      (setq point (save-excursion (goto-char point) (forward-line 1) (if (eobp) (point-max) (point)))))
    (princ (json-encode (nreverse found)))))
"""
    )
    found = json.loads(run(repository, needs("emacs"), "--batch", "-Q", "-l", "recipe.el"))
    kinds = {"error": 2, "warning": 1, "note": 0}
    assert [tuple(each) for each in found] == [
        (path, line, column, kinds[severity]) for path, line, column, _, severity in expected(repository)
    ]


def test_visual_studio_code(repository: Path) -> None:
    """The task runs the command, and its pattern takes each line apart."""
    (recipe,) = recipes("VS Code", "json")
    (task,) = json.loads(recipe)["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    output = run(repository, f"{SCRIPTS}/{task['command']}", *task["args"])
    found = []
    for line in output.splitlines():
        match = re.match(pattern["regexp"], line)
        assert match is not None, line
        path, row, column, code, severity = (
            match[pattern[name]] for name in ("file", "line", "column", "code", "severity")
        )
        assert match[pattern["message"]].startswith("SECRET_KEY ")
        found.append((path, int(row), int(column), code, severity))
    assert found == expected(repository)


@pytest.mark.parametrize("number", [0, 1])
def test_neovim_starts_the_server(number: int, repository: Path) -> None:
    """Each recipe in the versions that it is for: what is typed is checked without being saved."""
    pytest.importorskip("pygls", reason="the language server is an extra")
    editor = needs("nvim")
    recipe = recipes("Neovim", "lua")[number]
    function = ("config", "start_client")[number]
    (repository / "recipe.lua").write_text(
        f"""if not vim.lsp.{function} then vim.fn.writefile({{"null"}}, "{ANSWER}") vim.cmd("qa!") end
{recipe}"""
    )
    (repository / "typing.lua").write_text(
        f"""vim.cmd("edit shop/base.py")
vim.api.nvim_buf_set_lines(0, 0, 0, false, {{"", ""}})
vim.wait(20000, function()
  local found = vim.diagnostic.get(0)
  return found[1] and found[1].lnum == 2
end, 20)
local found = vim.tbl_map(function(each) return {{ each.lnum, each.col, each.code, each.severity }} end, vim.diagnostic.get(0))
vim.fn.writefile({{ vim.fn.json_encode(found) }}, "{ANSWER}")
"""
    )
    run(repository, editor, "--headless", "-u", "recipe.lua", "-c", "luafile typing.lua", "-c", "qa!")
    found = json.loads((repository / ANSWER).read_text())
    if found is None:
        pytest.skip(f"this Neovim has no vim.lsp.{function}")
    assert found == [[2, 13, "SKL001", 1]]
