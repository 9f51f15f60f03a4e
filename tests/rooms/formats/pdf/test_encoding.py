"""Text without a mark of its encoding: read where one reading makes sense, else asked."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import String

from intake.formats.pdf.read.encoding import decoded
from intake.model.finding_codes import FindingCode as Code
from tests.kit.broken.damage import changed, field
from tests.kit.broken.reading import read, texts
from tests.kit.broken.small import blank

PHRASES = [
    "Évolution favorable, œdème régressif ; ferritine ≥ 500 µg/L", "l’œdème du visage", "à 80 µg/L",
    "fenêtre thérapeutique", "traité par 5 µg – 10 µg", "« bon »", "ÉTAT général altéré",
    "Bilan à revoir…", "il n’y a pas d’atteinte", "forêt", "n° 5", "cœur",
]  # fmt: skip
ENCODINGS = ["utf-8", "cp1252", "mac_roman"]


def standard(data):
    return str(pikepdf.String(data))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("phrase", PHRASES)
def test_a_french_phrase_is_read_or_asked_in_every_encoding(phrase, encoding):
    data = phrase.encode(encoding, errors="ignore")
    found = decoded(data, standard(data))
    assert (found.guess or found.text) == data.decode(encoding) or found.is_odd
    assert not (found.is_odd and not found.guess)


@pytest.mark.parametrize("phrase", PHRASES)
def test_the_standard_encoding_is_never_doubted(phrase):
    data = bytes(String(phrase.replace("≥", ">")))
    found = decoded(data, standard(data))
    if not data.startswith(b"\xfe\xff"):
        assert (found.text, found.is_odd) == (phrase.replace("≥", ">"), False)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("oed&egrave;me &lt; 5", "oedème < 5"),
        ("R&D; suite", "R&D; suite"),
        ("&#233;t&#xe9;", "été"),
    ],
)
def test_entities_of_a_web_page_are_the_letters_that_they_stand_for(written, meant):
    assert decoded(written.encode(), written).text == meant


def test_what_two_encodings_could_mean_is_asked():
    raw = read(with_bytes("août 2015".encode("mac_roman")))
    assert [(f.code, f.item) for f in raw.findings] == [(Code.READINGS_DISAGREE, "comments")]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_field_is_read_as_it_was_meant_and_other_programs_are_not_believed(encoding):
    raw = read(with_bytes("l’œdème régressif, traité à 5 µg".encode(encoding)))
    assert (texts(raw)["comments"], raw.findings) == ("l’œdème régressif, traité à 5 µg", ())


def with_bytes(data):
    def change(pdf):
        field(pdf, "comments").V = pikepdf.String(data)

    return changed(blank(), change)
