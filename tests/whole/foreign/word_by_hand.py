"""A Word form with the controls of every kind and the old form fields, under any names."""

from __future__ import annotations

import io
import zipfile

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_LISTED = '<w:listItem w:displayText="{0}" w:value="{1}"/>'
_SERVICES = "".join(
    _LISTED.format(*entry) for entry in (("Médecine", "med"), ("Chirurgie", "chir"))
)

VALUES = {
    "Nom du patient": "Œdème d’été",
    "poids": "72,5 kg",
    "service": "chir",
    "autre": "Réanimation",
    "accord": "1",
    "refus": "",
    "Né le": "14/03/2016",
    "Ville": "Nîmes",
    "vide": "",
    "a_choisir": "",
    "AncienTexte": "≥ 88",
    "AncienneCase": "1",
    "AncienneCaseVide": "",
    "AncienneListe": "Non",
}
"""What each place holds, by its name."""


def form() -> bytes:
    """Return the form, filled in."""
    body = "".join(_controls() + _old_fields())
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return target.getvalue()


def _controls() -> list[str]:
    box = '<w14:checkbox><w14:checked w14:val="{0}"/></w14:checkbox>'
    return [
        _control("Nom du patient", "<w:text/>", "Œdème d’été"),
        _control("poids", "", "72,5 kg"),
        _control("service", f"<w:dropDownList>{_SERVICES}</w:dropDownList>", "Chirurgie"),
        _control("autre", f"<w:comboBox>{_SERVICES}</w:comboBox>", "Réanimation"),
        _control("accord", box.format(1), "☒"),
        _control("refus", box.format(0), "☐"),
        _control("Né le", '<w:date w:fullDate="2016-03-14T00:00:00Z"/>', "14/03/2016"),
        _control("Ville", "<w:text/>", "Nîmes", named="alias"),
        _control(
            "vide", "<w:showingPlcHdr/><w:text/>", "Click or tap here to enter text.", faint=True
        ),
        _control(
            "a_choisir", f"<w:showingPlcHdr/><w:dropDownList>{_SERVICES}</w:dropDownList>",
            "Choisissez un élément.", faint=True,
        ),
    ]  # fmt: skip


def _control(name: str, kind: str, text: str, *, named: str = "tag", faint: bool = False) -> str:
    style = '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>' if faint else ""
    return (
        f'<w:p><w:r><w:t xml:space="preserve">{name} : </w:t></w:r><w:sdt><w:sdtPr>'
        f'<w:{named} w:val="{name}"/>{kind}</w:sdtPr>'
        f"<w:sdtContent><w:r>{style}<w:t>{text}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )


def _old_fields() -> list[str]:
    entries = "".join(f'<w:listEntry w:val="{text}"/>' for text in ("Oui", "Non"))
    return [
        _old_field("AncienTexte", "FORMTEXT", "<w:textInput/>", "≥ 88"),
        _old_field("AncienneCase", "FORMCHECKBOX", "<w:checkBox><w:checked/></w:checkBox>", ""),
        _old_field(
            "AncienneCaseVide",
            "FORMCHECKBOX",
            '<w:checkBox><w:default w:val="0"/></w:checkBox>',
            "",
        ),
        _old_field(
            "AncienneListe",
            "FORMDROPDOWN",
            f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>',
            "",
        ),
    ]


def _old_field(name: str, instruction: str, data: str, text: str) -> str:
    result = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{text}</w:t></w:r>'
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{name}"/>'
        f"<w:enabled/>{data}</w:ffData></w:fldChar></w:r>"
        f"<w:r><w:instrText> {instruction} </w:instrText></w:r>{result if text else ''}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
