"""The house rules that a machine can hold: imports, sizes, one broad except."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "intake").rglob("*.py"))
MAX_FILE = 400
MAX_FUNCTION = 40


def test_imports_point_down():
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_files_and_functions_stay_small(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MAX_FILE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= MAX_FUNCTION, f"{node.name} has {length} lines"


def test_there_is_one_broad_except():
    broad = re.compile(r"except (Exception|BaseException)\b|except:")
    found = [p.name for p in MODULES for _ in broad.findall(p.read_text(encoding="utf-8"))]
    assert found == ["attempt.py"]


def test_every_package_says_what_lives_there():
    silent = [p for p in MODULES if ast.get_docstring(ast.parse(p.read_text("utf-8"))) is None]
    assert silent == []


def test_the_engine_does_not_know_the_study():
    words = re.compile(r"dm.sam|dermatomyosit|macrophag|ferritin|hscore|id_surname", re.IGNORECASE)
    files = [
        p for p in (ROOT / "intake").rglob("*") if p.suffix in {".py", ".toml", ".typ", ".html"}
    ]
    known = {p.name: words.findall(p.read_text("utf-8")) for p in files if "bundled" not in p.parts}
    assert {name: found for name, found in known.items() if found} == {}
