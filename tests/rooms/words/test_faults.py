"""Every sentence about a wrong schema, study or form is said in French as well as in English."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from intake.words.faults import fault_in
from intake.words.messages import messages
from tests.kit.places import ROOT

SENTENCE = re.compile(r"[A-Za-z]{2,}[ ,:] ?[a-z{]")
SPOKEN = (
    "schema/check/**/*.py",
    "schema/compile/**/*.py",
    "schema/versions/formerly.py",
    "expressions/lint.py",
    "expressions/problems.py",
    "expressions/scope.py",
    "pipeline/forms/record_faults.py",
    "formats/form_faults.py",
    "formats/pdf/write/audit.py",
    "workspace/form_library.py",
)
"""Where faults are put together of parts: all that looks like a sentence there is one."""
RAISED = {"StudyError", "DefinitionError", "RecordRefused", "ExpressionError", "Fault", "Refused"}
RAISING = re.compile(rf"\b(?:{'|'.join(sorted(RAISED))}|fault)\(")
NO_SENTENCE = {
    "undeclared reference to '([^']*)'",
    "found no matching overload for '([^']*)' applied to '\\((.*)\\)'",
    "operand of a select",
    "range of a comprehension",
    "reserved identifier",
    "token recognition error",
    "list(map(string, dyn))",
    "map(string, double)",
    "map(string, list(string))",
    "map(string, string)",
    " (character {x})",
}
"""What the compiler says, which is looked for and not said; parts joined to a sentence."""


def template(node):
    """Return a text with its changing parts written ``{x}``; None for what is no text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(p.value if isinstance(p, ast.Constant) else "{x}" for p in node.values)
    return None


def texts_in(node):
    """Yield the texts below a node, not those inside another text."""
    found = template(node)
    if found is not None:
        yield found
        return
    for child in ast.iter_child_nodes(node):
        yield from texts_in(child)


def without_docstrings(tree):
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [one for one in body if not is_docstring(one)]
    return tree


def is_docstring(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


@cache
def parsed(path):
    return without_docstrings(ast.parse(path.read_text(encoding="utf-8")))


def known():
    """Return the English of the catalogue, each with its changing parts written ``{x}``."""
    found = set()
    for key, text in messages("en").items():
        if key.startswith("fault."):
            plain = re.sub(
                r"\{\{|\}\}|\{\w\}", lambda m: "{x}" if len(m[0]) == 3 else m[0][0], text
            )
            found.add(plain)
    return {shape(text) for text in found}


def shape(text):
    """Return a sentence with parts that follow one another as one part."""
    return re.sub(r"\{x\}(?: ?\{x\})+", "{x}", text).strip()


def is_sentence(text):
    return bool(SENTENCE.search(text)) and "\n" not in text.strip() and text not in NO_SENTENCE


def called(node):
    name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
    return isinstance(node, ast.Call) and name in {*RAISED, "fault"}


def spoken():
    """Yield each sentence with the module in which it is."""
    for pattern in SPOKEN:
        for path in sorted((ROOT / "intake").glob(pattern)):
            yield from ((path, text) for text in texts_in(parsed(path)))
    for path in sorted((ROOT / "intake").rglob("*.py")):
        if not RAISING.search(path.read_text(encoding="utf-8")):
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and called(node):
                yield from ((path, t) for a in node.args if template(a) for t in [template(a)])


def test_every_sentence_has_its_french():
    said = known()
    missing = {
        (path.relative_to(ROOT).as_posix(), text)
        for path, text in spoken()
        if is_sentence(text) and shape(text) not in said
    }
    assert sorted(missing) == []


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("no item is named 'x' (character 3)", "aucune question ne s’appelle 'x' (caractère 3)"),
        ("{code} is not used", "{code} n’est pas employé"),
        ("/a: 'b' is missing", "/a: 'b' manque"),
        ("Did you mean x-required?", "Est-ce x-required\u00a0?"),
        ("une phrase d’ailleurs", "une phrase d’ailleurs"),
        (
            "the record cannot be written in the form:\n  a: the form asks no such question",
            "ce contenu ne peut pas être écrit dans la fiche\u00a0:\n"
            "  a\u00a0: la fiche ne pose pas cette question",
        ),
        ("", ""),
    ],
)
def test_a_fault_is_said_in_french_with_its_parts_in_french(english, french):
    assert fault_in(english, "fr") == french
    assert fault_in(english, "en") == english
    assert fault_in(english, "nl") == english
