"""Blank Word forms: places, names, locks, widths, stamps, words, bytes."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile
from functools import cache

import pytest
from lxml import etree

from intake.formats.word.write import sections
from intake.formats.word.write.writer import WordWriter
from intake.model.address import Place, places, places_by_address
from intake.model.definition import DataType
from intake.model.errors import DefinitionError
from intake.model.stamp import FormStamp, find_stamp
from intake.ports import FormRequest
from intake.workspace.form_library import SchemaLibrary
from tests.kit.fillers.forms import definition
from tests.kit.places import SECOND_STUDY

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
HIVE = SECOND_STUDY / "schemas"


def request(form, language="fr", **more):
    stamp = FormStamp(form.id, form.version, language, form.fingerprint, "REI")
    return FormRequest(language=language, stamp=stamp, **more)


@cache
def hive():
    return SchemaLibrary(HIVE).get("hive", "2.1.0")


@cache
def built(language="fr"):
    return WordWriter().write(definition(), request(definition(), language))


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def document(language="fr"):
    return etree.fromstring(parts(built(language))["word/document.xml"])


def controls(root):
    """Return the controls to answer in, by tag; the group around them has none."""
    tags = {c: c.find(f"{W}sdtPr/{W}tag") for c in root.iter(W + "sdt")}
    return {tag.get(W + "val"): control for control, tag in tags.items() if tag is not None}


def text_of(element):
    return "".join(t.text or "" for t in element.iter(W + "t"))


def lines(root):
    """Return the three cells of each line that begins with a visible code, by code."""
    rows = [row.findall(W + "tc") for row in root.iter(W + "tr")]
    return {text_of(cells[0]): cells for cells in rows if len(cells) == 3}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_place_has_one_control_inside_the_bookmark_of_its_name(language):
    root = document(language)
    expected = list(places_by_address(definition()))
    tags = [tag.get(W + "val") for tag in root.iter(W + "tag")]
    names = [mark.get(W + "name") for mark in root.iter(W + "bookmarkStart")]

    assert tags == expected
    assert names == ["_stamp", *expected]
    for address, control in controls(root).items():
        assert control.getprevious().get(W + "name") == address
        assert control.getnext().tag == W + "bookmarkEnd"


def test_controls_are_locked_titled_numbered_once_and_bound_to_nothing():
    root = document()
    numbers = [c.find(f"{W}sdtPr/{W}id").get(W + "val") for c in root.iter(W + "sdt")]
    marks = [mark.get(W + "id") for mark in root.iter(W + "bookmarkStart")]

    assert len(set(numbers)) == len(numbers) == 754
    assert len(set(marks)) == len(marks)
    assert {lock.get(W + "val") for lock in root.iter(W + "lock")} == {
        "sdtLocked",
        "sdtContentLocked",
        "contentLocked",
    }
    assert max(len(alias.get(W + "val")) for alias in root.iter(W + "alias")) <= 64
    assert not list(root.iter(W + "dataBinding"))
    assert not list(root.iter(W + "date"))


def test_lists_hold_codes_boxes_are_boxes_and_the_rest_is_text():
    found = controls(document())
    for place in places(definition()):
        properties = found[place.address].find(W + "sdtPr")
        if place.option is not None:
            assert properties.find(W14 + "checkbox") is not None
        elif place.item.is_choice and place.item.name != "fu_timepoint":
            entries = properties.find(W + "dropDownList")
            codes = [entry.get(W + "value") for entry in entries]
            assert codes == ["_", *(option.code for option in place.item.options)]
        else:
            assert properties.find(W + "text") is not None


def test_a_line_is_a_code_alone_a_question_and_an_answer():
    found = lines(document())
    items = list(definition().items.values())
    groups = definition().groups

    for item in items:
        numbers = range(1, groups[item.group].rows + 1) if item.group else [None]
        for number in numbers:
            code, question, answer = found[Place(item, number).code]
            assert item.label["fr"].split()[0].split("'")[0] in text_of(question)
            assert len(list(code.iter(W + "p"))) == 1
            assert list(answer.iter(W + "sdt"))
    assert not list(document().iter(W + "gridSpan", W + "vMerge"))
    assert not [t for t in document().iter(W + "tbl") if list(t.iterancestors(W + "tbl"))]


def test_the_printed_unit_stands_after_the_end_of_the_bookmark():
    answer = lines(document())["C02"][2]
    paragraph = answer.find(W + "p")
    end = next(index for index, e in enumerate(paragraph) if e.tag == W + "bookmarkEnd")

    assert "".join(text_of(e) for e in paragraph[end:]).strip() == "kg"


def test_columns_have_the_same_widths_in_the_grid_and_in_the_cells_and_heads_repeat():
    for table in document().iter(W + "tbl"):
        grid = [column.get(W + "w") for column in table.find(W + "tblGrid")]
        for row in table.iter(W + "tr"):
            assert [c.find(f"{W}tcPr/{W}tcW").get(W + "w") for c in row.iter(W + "tc")] == grid
            assert row.find(f"{W}trPr/{W}cantSplit") is not None
        if len(grid) == 3:
            assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None


def test_required_marks_helps_and_conditions_are_printed():
    found = lines(document())

    assert text_of(found["A01"][1]).count("*") == 1
    assert "*" not in text_of(found["C02"][1])
    assert "Poids le plus proche" in text_of(found["C02"][1])
    assert "Si oui" in text_of(found["G02"][1])
    assert "Si G01" in text_of(found["G06"][1])
    assert "Choisir" in text_of(found["A05"][2])
    assert "JJ/MM/AAAA" in text_of(found["A03"][2])


def test_the_stamp_stands_in_title_foot_and_property_and_nobody_is_named():
    whole = parts(built())
    stamp = request(definition()).stamp

    for root in (document(), etree.fromstring(whole["word/footer1.xml"])):
        assert find_stamp("\n".join(map(text_of, root.iter(W + "p")))) == stamp
    assert find_stamp(whole["docProps/custom.xml"].decode()) == stamp
    assert b"NUMPAGES" in whole["word/footer1.xml"]
    assert b"<dc:creator></dc:creator>" in whole["docProps/core.xml"]
    assert "docProps/app.xml" not in whole


def test_only_the_controls_can_be_changed_in_word_and_nothing_is_closed_to_libreoffice():
    body = document().find(W + "body")
    group, section = body

    assert section.tag == W + "sectPr"
    assert group.find(f"{W}sdtPr/{W}group") is not None
    assert group.find(f"{W}sdtPr/{W}lock").get(W + "val") == "contentLocked"
    assert b"documentProtection" not in parts(built())["word/settings.xml"]


def test_the_answers_of_a_list_are_printed_below_its_question_once():
    found = lines(document())

    assert "Médecine interne" in text_of(found["A05"][1])
    assert "Au choix" in text_of(found["J04"][1])
    assert "Au choix" not in text_of(found["J05"][1])  # the same answers as just above
    assert "Au choix" not in text_of(found["B01"][1])  # yes or no
    assert "Au choix" in text_of(found["S03.1"][1])
    assert "Au choix" not in text_of(found["S03.2"][1])


def test_the_box_for_what_does_not_fit_is_the_last_card_of_its_group():
    card = lines(document())["S21"][0].getparent().getparent()
    before = card.getprevious().getprevious()

    assert "après la ligne 8" in text_of(card.find(W + "tr"))
    assert "S20.8" in text_of(before)
    assert len(card.findall(W + "tr")) == 2


def test_short_cards_are_kept_whole_and_long_ones_begin_and_end_whole():
    def tied(code):
        rows = lines(document())[code][0].getparent().getparent().findall(W + "tr")
        return [row.find(f".//{W}pPr/{W}keepNext") is not None for row in rows]

    assert tied("K03.1") == [True] * 9 + [False]
    assert tied("S03.1")[:3] == [True, True, False]
    assert tied("S03.1")[-3:] == [True, True, False]


def test_a_long_card_of_few_lines_is_tied_once(monkeypatch):
    monkeypatch.setattr(sections, "MOST_KEPT", 0)
    content = WordWriter().write(definition(), request(definition()))
    root = etree.fromstring(parts(content)["word/document.xml"])

    assert max(len(p.findall(W + "keepNext")) for p in root.iter(W + "pPr")) == 1


def test_the_same_request_gives_the_same_small_file_quickly():
    started = time.process_time()
    again = WordWriter().write(definition(), request(definition()))

    assert again == built()
    assert len(again) < 80_000
    assert time.process_time() - started < 1


def test_every_declared_part_is_there_and_every_style_used_is_defined():
    whole = parts(built())
    types = etree.fromstring(whole["[Content_Types].xml"])
    styles = etree.fromstring(whole["word/styles.xml"])
    defined = {style.get(W + "styleId") for style in styles.iter(W + "style")}
    used = {
        style.get(W + "val")
        for name in ("document", "header1", "footer1")
        for style in etree.fromstring(whole[f"word/{name}.xml"]).iter(
            W + "pStyle", W + "rStyle", W + "tblStyle"
        )
    }

    assert {e.get("PartName")[1:] for e in types if e.get("PartName")} <= set(whole)
    assert used <= defined
    assert b"@" not in whole["word/styles.xml"]


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_an_unlike_study_in_three_languages_has_all_its_places(language):
    content = WordWriter().write(hive(), request(hive(), language))
    root = etree.fromstring(parts(content)["word/document.xml"])

    assert list(controls(root)) == list(places_by_address(hive()))
    assert hive().sections[0].title[language] in text_of(root)


def test_answers_are_filled_in_as_if_they_had_been_typed():
    prefill = {
        "lab_hb_dx": "9,1",
        "centre3": "REI",
        "sex": "f",
        "comorbidities__hta": "1",
        "comments": "a & <b>\nc",
    }
    content = WordWriter().write(definition(), request(definition(), prefill=prefill))
    found = controls(etree.fromstring(parts(content)["word/document.xml"]))

    shown = {a: text_of(found[a].find(W + "sdtContent")) for a in prefill}
    assert shown == {
        "lab_hb_dx": "9,1",
        "centre3": "REI",
        "sex": "Féminin",
        "comorbidities__hta": "☒",
        "comments": "a & <b>c",
    }
    assert found["centre3"].find(f"{W}sdtPr/{W}showingPlcHdr") is None
    assert text_of(found["comorbidities__none"]) == "☐"


@pytest.mark.parametrize("prefill", [{"nothing": "1"}, {"sex": "x"}])
def test_an_answer_that_no_place_can_hold_is_a_fault(prefill):
    asked = request(definition(), prefill=prefill)

    assert [f.address for f in WordWriter().audit(definition(), asked)] == list(prefill)
    with pytest.raises(DefinitionError, match=next(iter(prefill))):
        WordWriter().write(definition(), asked)


def test_a_sound_form_has_no_fault():
    asked = request(definition(), contact=("a", "b"), closing_date=dt.date(2027, 5, 1))

    assert WordWriter().audit(definition(), asked) == ()


def test_printed_values_are_in_their_rows_and_cannot_be_changed():
    group = next(g for g in definition().groups.values() if g.fixed_item)
    item = definition().items[group.fixed_item]
    assert item.data_type is DataType.SINGLE_CHOICE
    for number, code in enumerate(group.fixed_values, start=1):
        control = controls(document())[Place(item, number).address]
        assert text_of(control) == item.option(code).title["fr"]
        assert control.find(f"{W}sdtPr/{W}lock").get(W + "val") == "sdtContentLocked"
