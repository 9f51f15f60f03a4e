"""Turn one JSON schema document into a FormDefinition.

Strict on what the definition needs: raises DefinitionError with a JSON pointer. The
complete list of faults, CEL included, is made by ``check``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from intake.model.definition import (
    FormDefinition,
    Identity,
    Item,
    ItemGroup,
    Objection,
    Section,
)
from intake.schema.compile.computed import Names, derived, rules, scores, tables
from intake.schema.compile.fingerprint import fingerprint
from intake.schema.compile.item import compile_group, compile_item, is_group
from intake.schema.compile.node import Node
from intake.schema.compile.wording import titled

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2}")


def compile_definition(document: Mapping[str, Any]) -> FormDefinition:
    """Return the form version that a schema describes. Raises DefinitionError."""
    root = Node.root(document)
    form = root.child("x-form")
    languages = _languages(form)
    sections = _sections(root.child("x-sections"), languages)
    elements = _elements(root.child("properties"), languages)
    names = _check_names(root, elements, sections)
    _check_further(root.child("properties"), elements, names)
    eligibility, objection = _eligibility(root, names)
    return FormDefinition(
        id=form.child("id").text(),
        version=form.child("version").text(),
        fingerprint=fingerprint(document),
        languages=languages,
        title=titled(root, languages),
        day_zero=_date_name(form.child("day_zero"), names),
        sections=sections,
        elements=elements,
        identity=_identity(root, names),
        eligibility=eligibility,
        objection=objection,
        **_computed(root, Names(names, _group_names(elements), languages)),
        retired=root.texts("x-retired"),
        document=document,
    )


def _computed(root: Node, known: Names) -> dict[str, Any]:
    """Return rules, derived values, scores and tables, those of groups after those of the form."""
    found_rules, found_derived = [*rules(root, known)], [*derived(root, known)]
    for group in known.groups:
        row = root.child("properties").child(group).resolved().child("items").resolved()
        found_rules += rules(row, known, group)
        found_derived += derived(row, known, group)
    return {
        "rules": tuple(found_rules),
        "derived": tuple(found_derived),
        "scores": tuple(scores(root, known.languages)),
        "tables": tuple(tables(root)),
    }


def _group_names(elements: Sequence[Item | ItemGroup]) -> tuple[str, ...]:
    return tuple(element.name for element in elements if isinstance(element, ItemGroup))


def _languages(form: Node) -> tuple[str, ...]:
    languages = form.texts("languages")
    if not languages or len(set(languages)) != len(languages):
        raise form.fault("needs languages, each once, the default first")
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            raise form.child("languages").fault(f"{language!r} is not a two-letter language code")
    return languages


def _sections(node: Node, languages: Sequence[str]) -> tuple[Section, ...]:
    sections = tuple(
        Section(
            name=entry.child("name").text(),
            letter=entry.child("letter").text(),
            title=titled(entry, languages),
        )
        for entry in node.entries()
    )
    _once(node, "section", (section.name for section in sections))
    _once(node, "section letter", (section.letter for section in sections))
    return sections


def _elements(properties: Node, languages: Sequence[str]) -> tuple[Item | ItemGroup, ...]:
    elements: list[Item | ItemGroup] = []
    for name, member in properties.members():
        if name.startswith("_"):
            continue
        schema = member.resolved()
        if is_group(schema):
            elements.append(compile_group(name, schema, languages))
        else:
            elements.append(compile_item(name, schema, languages))
    return tuple(elements)


def _check_names(
    root: Node, elements: Sequence[Item | ItemGroup], sections: Sequence[Section]
) -> Mapping[str, Item]:
    """Return the items by name, once names, codes, sections and unit items hold."""
    groups = [element for element in elements if isinstance(element, ItemGroup)]
    items = [element for element in elements if isinstance(element, Item)]
    items += [item for group in groups for item in group.items]
    properties = root.child("properties")
    names = [*(item.name for item in items), *(group.name for group in groups)]
    _once(properties, "name", names)
    _once(properties, "x-code", (item.code for item in items))
    for name in names:
        if not _NAME.fullmatch(name):
            raise properties.fault(
                f"{name!r} is not a name: small letters, digits and single underscores"
            )
    known = {section.name for section in sections}
    placed: list[Item | ItemGroup] = [*items, *groups]
    for element in placed:
        if element.section not in known:
            raise properties.fault(f"{element.name}: no section is named {element.section!r}")
    named = {item.name: item for item in items}
    for item in items:
        if item.unit_item is not None and item.unit_item not in named:
            raise properties.fault(f"{item.name}: no item is named {item.unit_item!r}")
    return named


def _check_further(
    properties: Node, elements: Sequence[Item | ItemGroup], names: Mapping[str, Item]
) -> None:
    """Stop where the answer that says that there are more rows is none of the form."""
    for element in elements:
        if isinstance(element, ItemGroup) and element.further is not None:
            node = properties.child(element.name).child("x-more-rows")
            item = names[_single_name(node.child("item"), names)]
            if item.option(element.further.code) is None:
                problem = f"{element.further.code!r} is not a code of {item.name}"
                raise node.child("code").fault(problem)
            if element.fixed_item is not None:
                raise node.fault("every row of this group has a printed value")


def _identity(root: Node, names: Mapping[str, Item]) -> Identity:
    node = root.child("x-identity")
    filling = root.child("x-form").optional("filling_date")
    items = tuple(_single_name(entry, names) for entry in node.child("items").entries())
    centre = _single_name(node.child("centre"), names)
    if centre not in items:
        raise node.child("centre").fault("must be one of the items of x-identity")
    filling_date = None if filling is None else _date_name(filling, names)
    return Identity(items=items, centre=centre, filling_date=filling_date)


def _eligibility(root: Node, names: Mapping[str, Item]) -> tuple[tuple[str, ...], Objection | None]:
    node = root.optional("x-eligibility")
    if node is None:
        return (), None
    items = tuple(_single_name(entry, names) for entry in node.child("items").entries())
    objection = node.optional("objection")
    if objection is None:
        return items, None
    item = names[_single_name(objection.child("item"), names)]
    code = objection.child("code").text()
    if item.option(code) is None:
        raise objection.child("code").fault(f"{code!r} is not a code of {item.name}")
    return items, Objection(item=item.name, code=code)


def _single_name(node: Node, names: Mapping[str, Item]) -> str:
    item = names.get(node.text())
    if item is None or item.group is not None:
        raise node.fault(f"no item outside groups is named {node.value!r}")
    return item.name


def _date_name(node: Node, names: Mapping[str, Item]) -> str:
    name = _single_name(node, names)
    if not names[name].is_date:
        raise node.fault(f"{name} is not a date")
    return name


def _once(node: Node, what: str, values: Iterable[str]) -> None:
    for value, times in Counter(values).items():
        if times > 1:
            raise node.fault(f"the {what} {value!r} is used {times} times")
