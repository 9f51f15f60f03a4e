"""The house rules that a machine can hold: imports, sizes, one broad except."""

from __future__ import annotations

import ast
import copy
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import grimp
import pytest
from importlinter.api import read_configuration
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "intake").rglob("*.py"))
MAX_FILE = 400
MAX_FUNCTION = 40
KINDS = {"layers": LayersContract, "forbidden": ForbiddenContract}
BREACHES = {
    "layers": [
        ("model.finding", "words.catalogue"),
        ("formats.match", "storage.store"),
        ("schema.validate", "checks.checker"),
    ],
    "pipeline-through-ports": [("pipeline.desk", "formats.registry")],
    "pipeline-rooms": [
        ("pipeline.returns.deciding.decide", "pipeline.review.decisions"),
        ("pipeline.forms.generate", "pipeline.returns.deciding.decide"),
        ("pipeline.records.overlay", "pipeline.returns.interpret"),
        ("pipeline.desk", "pipeline.returns.process"),
        ("pipeline.sheets.sheet", "pipeline.returns.sheets"),
        ("pipeline.queries.question", "pipeline.returns.beside"),
        ("pipeline.desk", "pipeline.queries.conversation"),
    ],
    "thin-edges": [
        ("cli.main", "pipeline.desk"),
        ("cli.main", "schema.check.document"),
        ("web.site", "pipeline.desk"),
    ],
    "page": [
        ("web.page", "web.acting"),
        ("web.jobs", "web.page"),
        ("web.shown", "web.screens.start"),
        ("web.safety.host", "web.templating"),
    ],
    "page-alone": [("wiring.app", "starlette"), ("reports.pages", "uvicorn")],
    "filing-opens-no-file": [("pipeline.returns.file_away", "pipeline.returns.look")],
    "pure-core": [("schema.validate", "lxml"), ("checks.checker", "sqlalchemy")],
    "one-cel": [("formats.wording.captions", "cel_expr_python")],
    "formats": [
        ("formats.pdf.read.walk", "formats.word.read.walk"),
        ("formats.excel.read.grid", "formats.containers.labels"),
        ("formats.pdf.font", "formats.paper.ink"),
        ("formats.wording.captions", "formats.match"),
        ("formats.sniff", "formats.office.repack"),
        ("formats.match", "formats.registry"),
        ("formats.paper.ink", "formats.added.addition"),
    ],
    "format-halves": [
        ("formats.pdf.read.walk", "formats.pdf.write.widgets"),
        ("formats.pdf.write.writer", "formats.pdf.read.inspection"),
        ("formats.word.read.walk", "formats.word.write.writer"),
        ("formats.word.write.writer", "formats.word.read.own_words"),
        ("formats.excel.write.lines", "formats.excel.read.grid"),
        ("formats.pdf.anchors", "formats.pdf.read.walk"),
    ],
    "added": [
        ("formats.added.page_changes", "formats.added.beside_blank"),
        ("formats.added.addition", "formats.added.accounting"),
    ],
    "paper": [
        ("formats.paper.printed", "formats.paper.scanned"),
        ("formats.paper.exported_page", "formats.paper.printed_page"),
        ("formats.paper.ink", "formats.paper.registration"),
    ],
    "paper-beside-pdf": [
        ("formats.paper.blank_form", "formats.pdf.write.layout.spec"),
        ("formats.paper.printed_page", "formats.pdf.read.walk"),
    ],
    "pdf-writing": [
        ("formats.pdf.write.layout.spec", "formats.pdf.write.widgets"),
        ("formats.pdf.write.audit", "formats.pdf.write.widgets"),
    ],
    "pdf-reading": [("formats.pdf.read.second", "formats.pdf.read.walk")],
    "word-reading": [("formats.word.read.inspection", "formats.word.read.agreement")],
    "excel-reading": [("formats.excel.read.agreement", "formats.excel.read.inspection")],
    "excel-writing": [("formats.excel.write.table.words", "formats.excel.write.tally")],
    "schema": [
        ("schema.compile.item", "schema.check.document"),
        ("schema.sample.record", "schema.validate"),
        ("schema.versions.compare", "schema.check.document"),
    ],
    "storage": [
        ("storage.rows.saving", "storage.store"),
        ("storage.rows.queries", "storage.counting.counts"),
        ("storage.verify", "storage.old_queries"),
        ("storage.proof.seals", "storage.rows.saving"),
        ("storage.database.codec", "storage.proof.seals"),
    ],
    "exports": [("exports.tables.codebook", "exports.writers.csv")],
    "reports": [
        ("reports.receipt.remarks", "reports.review.review_view"),
        ("reports.review.review_view", "reports.study.status"),
    ],
}
"""Imports that each contract forbids, by its id: below ``intake``, or another package."""


def test_imports_point_down():
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@cache
def contracts():
    """Return the contracts by id, made from the settings."""
    settings = read_configuration(str(ROOT / "pyproject.toml"))
    return {
        one["id"]: KINDS[one["type"]](one["name"], settings["session_options"], one)
        for one in settings["contracts_options"]
    }


@cache
def imports():
    return grimp.build_graph("intake", include_external_packages=True, cache_dir=None)


def is_kept(contract, graph):
    return contract.check(copy.deepcopy(graph), verbose=False).kept


def test_every_contract_is_shown_to_fail():
    assert set(BREACHES) == set(contracts())


@pytest.mark.parametrize(
    ("contract", "importer", "imported"),
    [(contract, *pair) for contract, pairs in BREACHES.items() for pair in pairs],
)
def test_a_forbidden_import_breaks_its_contract(contract, importer, imported):
    known = imports().modules
    inside = f"intake.{imported}"
    target = inside if inside in known else imported
    assert {f"intake.{importer}", target} <= known
    graph = copy.deepcopy(imports())
    graph.add_import(importer=f"intake.{importer}", imported=target)
    assert not is_kept(contracts()[contract], graph)


@pytest.mark.parametrize("container", ["intake.formats", "intake.formats.pdf", "intake.schema"])
def test_a_module_of_no_layer_is_refused(container):
    graph = copy.deepcopy(imports())
    graph.add_module(f"{container}.newcomer")
    broken = [name for name, one in contracts().items() if not is_kept(one, graph)]
    assert len(broken) == 1


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


def test_an_item_type_is_matched_and_never_left_over():
    """A type that one place forgot must not type-check: no comparison, no partial table."""
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            parts = [node] if isinstance(node, ast.Compare) else []
            parts += [key for key in node.keys if key] if isinstance(node, ast.Dict) else []
            named = (name for part in parts for name in ast.walk(part))
            if any(isinstance(n, ast.Name) and n.id in ("DataType", "Family") for n in named):
                found.append(path.relative_to(ROOT).as_posix())
    assert set(found) == {"intake/model/definition.py"}
