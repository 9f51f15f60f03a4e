"""What a sender wrote himself, apart from what mail programs put around it."""

from __future__ import annotations

import time

import pytest

from intake.formats.containers.email_message import unpack_email
from intake.formats.containers.message_text import own_text

OWN = "Bonjour,\nla CRP est 620 et non 62."
BY = "Le 17/11/2026 à 10:20, Etude a écrit :"
FOLDED = "Le mar. 17 nov. 2026 à 10:20, Etude\n<a@b.example> a écrit :\n\n> Merci"
PLAIN = {
    "alone": OWN,
    "signature": OWN + "\n-- \nDr Zarrivo\nService de médecine",
    "reply": OWN + f"\n\n{BY}\n> Merci\n> de lire",
    "reply folded": OWN + "\n\n" + FOLDED,
    "reply below": f"{BY}\n> Merci de lire\n\n" + OWN,
    "reply without marks": OWN + f"\n\n{BY}\nMerci de lire tout ceci",
    "english": OWN + "\n\nOn Tue, 17 Nov 2026 at 10:20, Study <a@b.example> wrote:\n> Thanks",
    "outlook": OWN + "\n\nDe : Etude\nEnvoyé : mardi 17\nÀ : Dr\nObjet : RE: fiche\n\nMerci",
    "outlook english": OWN + "\n\nFrom: Study\nSent: Tuesday\nTo: Dr\nSubject: form\n\nThanks",
    "original": OWN + "\n\n-----Message d'origine-----\nDe : Etude\n\nMerci",
    "forwarded": OWN + "\n\n---------- Forwarded message ---------\nDe : Etude\n\nMerci",
    "telephone": OWN + "\n\nEnvoyé de mon iPhone",
    "windows lines": OWN.replace("\n", "\r\n") + "\r\n\r\n> Merci\r\n",
}  # fmt: skip


@pytest.mark.parametrize("kind", PLAIN)
def test_only_the_senders_own_words_are_counted(kind):
    assert own_text([PLAIN[kind]], []).words == 8


@pytest.mark.parametrize("text", ["", "\n\n", "> Merci", "-- \nDr Zarrivo", "Envoyé de mon iPhone"])
def test_nothing_written_is_no_text(text):
    assert own_text([text], []).words == 0


PAGES = {
    "words": "<html><head><title>x y</title><style>p {color: red}</style></head><p>CRP 620</p>",
    "quote": "<div>CRP 620</div><blockquote type=cite><p>Merci de lire</p></blockquote>",
    "outlook": "<p>CRP<br>620</p><hr><div>De&nbsp;: E<br>Envoyé : h<br>À : D<br>Merci</div>",
    "entities": "<p>CRP&nbsp;620</p>\n<script>var a = 'CRP';</script><!-- a comment -->",
    "odd declaration": "<p>CRP 620</p><![if !mso]><![foo bar]>",
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_counted_by_what_it_shows(kind):
    assert own_text([], [PAGES[kind]]).words == 2


def test_the_plain_text_is_preferred_to_the_same_in_a_page():
    assert own_text(["CRP 620"], ["<p>CRP 620 CRP 620</p>"]).words == 2
    assert own_text(["\n"], ["<p>CRP 620</p>"]).words == 2


def test_a_link_in_a_quoted_message_is_not_the_senders():
    quoted = "<p>Merci</p><blockquote><a href='https://we.tl/t-1'>fiche</a></blockquote>"
    assert own_text(["Merci"], [quoted]).platforms == ()
    assert own_text(["voir https://we.tl/t-1"], []).platforms == ("WeTransfer",)


PIECES = ["<", "<!--", "<p ", "<![", "<![CDATA[", "<?", "</", "<script>", "&#", "<a href='"]
PIECES += ["Le 1 ", "> ", "-", "De :\n", "Le 1\n", "http://", "https://a/"]


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_takes_long(piece):
    begun = time.perf_counter()
    own_text([piece * 200_000], [piece * 200_000])
    assert time.perf_counter() - begun < 2


LATIN = (
    b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=x-none\n\n"
    b"CRP 620 \xe9t\xe9\n"
)


def test_an_unknown_alphabet_loses_no_word():
    assert unpack_email(LATIN).own_words == 3
