"""Put the parts of a Word file together: our own small template and what was set.

Styles and settings are files beside this one; no clock, no author, no theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from babel.core import get_global

from intake.formats.office.repack import packed
from intake.formats.word.anchors import STAMP_PROPERTY

_TEMPLATE = Path(__file__).parent / "template"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' mc:Ignorable="w14"'
)
_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
    '<w:headerReference w:type="first" r:id="rId6"/>'
    '<w:footerReference w:type="default" r:id="rId5"/>'
    '<w:footerReference w:type="first" r:id="rId5"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1021" w:right="851" w:bottom="1247" w:left="851"'
    ' w:header="510" w:footer="454" w:gutter="0"/><w:titlePg/></w:sectPr>'
)


_GROUP = '<w:sdtPr><w:id w:val="1"/><w:lock w:val="contentLocked"/><w:group/></w:sdtPr>'
"""Word changes nothing in a group but the controls inside it; LibreOffice lets it be."""


def docx(parts: Mapping[str, str], *, title: str, language: str, stamp: str) -> bytes:
    """Return the file made of ``body``, ``header`` and ``footer``."""
    grouped = f"<w:sdt>{_GROUP}<w:sdtContent>{parts['body']}</w:sdtContent></w:sdt>"
    body = f"<w:body>{grouped}{_SECTION}</w:body>"
    made = {
        "word/document.xml": _root("document", body),
        "word/header1.xml": _root("hdr", parts["header"]),
        "word/header2.xml": _root("hdr", "<w:p/>"),
        "word/footer1.xml": _root("ftr", parts["footer"]),
        "docProps/core.xml": _core(title, language),
        "docProps/custom.xml": _custom(stamp),
    }
    made |= {name: _fit(text, language) for name, text in _template().items()}
    return packed({name: text.encode() for name, text in made.items()})


@cache
def _template() -> Mapping[str, str]:
    """Return the parts that are the same in every form, by name in the package."""
    files = (path for path in _TEMPLATE.rglob("*") if path.is_file())
    return {path.relative_to(_TEMPLATE).as_posix(): path.read_text("utf-8") for path in files}


def _fit(text: str, language: str) -> str:
    """Fill in the language by which a program checks the spelling of a form."""
    return text.replace("@LANGUAGE@", _locale(language))


def _locale(language: str) -> str:
    """Return a language with its usual country: ``fr-FR``."""
    likely = get_global("likely_subtags").get(language, language)
    return f"{language}-{likely.rsplit('_', 1)[-1]}" if "_" in likely else language


def _root(name: str, content: str) -> str:
    return f"{_HEAD}<w:{name} {_NAMESPACES}>{content}</w:{name}>"


def _core(title: str, language: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
        'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator></dc:creator>"
        f"<dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    )


def _custom(stamp: str) -> str:
    return (
        f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/'
        'docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2"'
        f' name="{STAMP_PROPERTY}"><vt:lpwstr>{escape(stamp)}</vt:lpwstr></property></Properties>'
    )
