"""Put what was set into our own small template, by python-docx, in fixed bytes.

``template.docx`` holds styles, page, margins, settings and fonts, and shows them on a page of
its own, which no form keeps. To change how forms look, open it in Word or LibreOffice, change
the styles or the page, save it and write the forms again. The names of styles must stay: the
writer knows them by these. Tables are 180 mm wide, whatever the margins are.

No clock, no author, no name of a program: whoever saved the template is not in the forms.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from babel.core import get_global
from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.styles.styles import Styles
from lxml import etree

from intake.formats.office.repack import packed, unpacked
from intake.formats.word.anchors import STAMP_PROPERTY
from intake.formats.word.write.markup import MAIN, VAL, Element, child, element
from intake.model.errors import DefinitionError
from intake.words.spelling import normal_text

TEMPLATE = Path(__file__).parent / "template.docx"
_LONGEST_TITLE = 255
"""Of a property; Word takes no more."""
_STYLED = tuple(f"{{{MAIN}}}{name}" for name in ("pStyle", "rStyle", "tblStyle"))
_LANGUAGES = tuple(f"{{{MAIN}}}{name}" for name in ("lang", "themeFontLang"))
_KEPT = (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES)
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_OWN_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set of properties that a person names; the first of them has number 2."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a form says: tables and paragraphs, heading of each page but the first, foot.

    Serves once: its elements go into the file, their styles by the template's identifiers.
    """

    body: Sequence[Element]
    head: Sequence[Element]
    foot: Sequence[Element]


def word_file(content: Content, *, title: str, language: str, stamp: str) -> bytes:
    """Return the form on the template. Raises DefinitionError for a style that it lacks."""
    document = Document(str(TEMPLATE))
    _name_styles((*content.body, *content.head, *content.foot), document.styles)
    _set_body(document, content.body)
    section = document.sections[-1]
    for place, made in (
        (section.header, content.head),
        (section.footer, content.foot),
        (section.first_page_footer, content.foot),
    ):
        place.part.element[:] = deepcopy(made)
    _set_language(document, _locale(language))
    _set_properties(document, title, language)
    _set_stamp(document, stamp)
    target = io.BytesIO()
    document.save(target)
    return packed(unpacked(target.getvalue()))


def _set_body(document: WordDocument, content: Sequence[Element]) -> None:
    """Put the form in a group, in place of the template's own page.

    Word changes nothing in a group but the controls inside it; LibreOffice lets it be.
    """
    body = document.element.body
    body.clear_content()
    group = element("sdt")
    properties = child(group, "sdtPr")
    child(properties, "id", val=1)
    child(properties, "lock", val="contentLocked")
    child(properties, "group")
    body.insert(0, group)
    child(group, "sdtContent").extend(content)


def _name_styles(content: Iterable[Element], styles: Styles) -> None:
    """Put the identifiers of styles in place of their names.

    Word in French, or LibreOffice, gives other identifiers when it saves the template.
    """
    known = {style.name: style.style_id for style in styles}
    for styled in (found for root in content for found in root.iter(*_STYLED)):
        name = styled.get(VAL)
        if name not in known:
            raise DefinitionError(f"the template of the Word forms has no style {name}")
        if known[name] != name:
            styled.set(VAL, known[name])


def _set_language(document: WordDocument, locale: str) -> None:
    """Say by which language a program checks the spelling."""
    for root in (document.styles.element, document.settings.element):
        for found in root.iter(*_LANGUAGES):
            found.set(VAL, locale)


def _locale(language: str) -> str:
    """Return a language with its usual country: ``fr-FR``."""
    likely = get_global("likely_subtags").get(language, language)
    return f"{language}-{likely.rsplit('_', 1)[-1]}" if "_" in likely else language


def _set_properties(document: WordDocument, title: str, language: str) -> None:
    """Say title and language, and nothing of who saved the template, when and with what."""
    properties = document.core_properties
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype not in _KEPT]:
        del relations[key]
    relations.part_with_reltype(RELATIONSHIP_TYPE.CORE_PROPERTIES).element[:] = []
    properties.title = normal_text(title)[:_LONGEST_TITLE]
    properties.author = ""
    properties.language = language


def _set_stamp(document: WordDocument, stamp: str) -> None:
    """Keep the stamp as a property, for which python-docx has no words of its own."""
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _VALUES})
    named = {"fmtid": _OWN_PROPERTIES, "pid": "2", "name": STAMP_PROPERTY}
    held = etree.SubElement(root, f"{{{_CUSTOM}}}property", named)
    etree.SubElement(held, f"{{{_VALUES}}}lpwstr").text = stamp
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package = document.part.package
    kind = CONTENT_TYPE.OFC_CUSTOM_PROPERTIES
    part = Part(PackURI("/docProps/custom.xml"), kind, content, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
