"""What the sender of a message wrote himself: how many words, and links instead of files.

Words are counted and never kept, but for lines that answer a question by its code. Replies
that a message quotes, forwarded headers, signatures and the marks of HTML are not the sender's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from intake.formats.containers.reply import reply_in
from intake.model.file.container import Reply

LONGEST = 100_000
"""Characters that are looked at of all texts together; nobody writes more beside a form."""
_WORD = re.compile(r"[^\W_][\w'’.,-]*")
_END = re.compile(
    r"-{2,}\s*(message d.origine|message original|original message|forwarded message"
    r"|message transf[ée]r[ée]|mail original)\s*-{2,}"
    r"|d[ée]but du message (r[ée]exp[ée]di[ée]|transf[ée]r[ée])\s*:?|begin forwarded message\s*:?",
    re.IGNORECASE,
)
_FIRST_HEADER = re.compile(r"\*?(de|from|exp[ée]diteur)\s*:", re.IGNORECASE)
_HEADER = re.compile(
    r"\*?(envoy[ée]|sent|date|[àa]|to|pour|cc|objet|subject)( le)?\s*:", re.IGNORECASE
)
_QUOTED = re.compile(r"(le|on)\b(?=.*\d).{0,400}(a [ée]crit|wrote)\s*:?", re.IGNORECASE)
_OF_A_PROGRAM = re.compile(
    r"(envoy[ée] (de|depuis|à partir)|sent (from|with)|(obtenez|get|t[ée]l[ée]chargez?) outlook)\b",
    re.IGNORECASE,
)
_BLOCKS = {"address", "br", "div", "hr", "li", "p", "table", "td", "tr", "ul"}
_NOT_SHOWN = {"blockquote", "head", "script", "style", "title"}
_ADDRESS = re.compile(r"https?://([a-z0-9.-]{3,253})(?=[:/][^\s/])", re.IGNORECASE)
_PLATFORMS = (
    ("OneDrive", ("1drv.ms", "onedrive.live.com", "sharepoint.com")),
    ("Google Drive", ("drive.google.com", "docs.google.com")),
    ("WeTransfer", ("wetransfer.com", "we.tl")),
    ("Dropbox", ("dropbox.com", "db.tt")),
    ("iCloud", ("icloud.com",)),
    ("SwissTransfer", ("swisstransfer.com",)),
    ("France transfert", ("francetransfert.numerique.gouv.fr",)),
    ("Renater FileSender", ("filesender.renater.fr",)),
    ("Smash", ("fromsmash.com",)),
    ("TransferNow", ("transfernow.net",)),
    ("GrosFichiers", ("grosfichiers.com",)),
    ("BlueFiles", ("mybluefiles.com",)),
    ("Box", ("box.com",)),
)
_EXCHANGES = re.compile(
    r"(transfer|transfert|partage|filesender|filex|depot|nextcloud|owncloud|bluefiles|sofie"
    r"|echanges?)[a-z0-9-]*\.",
)
"""How the exchange platforms of hospitals begin their addresses."""


@dataclass(frozen=True, slots=True)
class OwnText:
    """What is kept of a sender's text."""

    words: int
    platforms: tuple[str, ...]
    """The exchange platforms that it links to, once each; ``?`` for one unnamed."""
    reply: Reply | None = None
    """Lines that answer questions: all that is kept of the words themselves."""


def own_text(plain: Sequence[str], pages: Sequence[str]) -> OwnText:
    """Return what the sender wrote: words of the plain parts, else of the pages (HTML)."""
    own = "\n".join(line for text in _within_limit(plain) for line in _own_lines(text))
    shown = [_shown(page) for page in _within_limit(pages)]
    if not _WORD.search(own):
        own = "\n".join(line for page in shown for line in _own_lines(page.text))
    links = [link for page in shown for link in page.links]
    everything = (*_within_limit(plain), *(page.text for page in shown))
    reply = reply_in(own.splitlines(), everything)
    return OwnText(len(_WORD.findall(own)), linked_platforms((own, *links)), reply)


def linked_platforms(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the platform of each address that is one's, once each."""
    # Mail servers wrap addresses in their own, with the signs of the first as codes.
    hosts = (found[1].lower() for text in texts for found in _ADDRESS.finditer(unquote(text)))
    return tuple(dict.fromkeys(name for host in hosts if (name := _platform(host))))


def _within_limit(texts: Iterable[str]) -> Iterator[str]:
    left = LONGEST
    for text in texts:
        if left <= 0:
            return
        yield text[:left]
        left -= len(text)


def _platform(host: str) -> str:
    for name, ends in _PLATFORMS:
        if any(host == end or host.endswith(f".{end}") for end in ends):
            return name
    return "?" if _EXCHANGES.match(host) else ""


def _own_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text that its sender wrote, up to a signature or a quoted message."""
    lines = [line.strip() for line in text.splitlines()]
    skipped = 0
    for number, line in enumerate(lines):
        if skipped:
            skipped -= 1
            continue
        if line == "--" or _END.fullmatch(line) or _is_header(lines[number : number + 6]):
            return
        skipped = _attribution(lines[number : number + 4])
        if skipped and not _goes_on_quoted(lines[number + skipped :]):
            return
        if not skipped and line and not line.startswith(">") and not _OF_A_PROGRAM.match(line):
            yield line
        skipped = max(skipped - 1, 0)


def _is_header(lines: Sequence[str]) -> bool:
    """Say whether lines begin as the header of a message that is repeated below."""
    more = sum(_HEADER.match(line) is not None for line in lines[1:])
    return _FIRST_HEADER.match(lines[0]) is not None and more >= 2


def _attribution(lines: Sequence[str]) -> int:
    """Return how many lines say who wrote what is quoted below: mail programs fold them."""
    if not lines[0].lower().startswith(("le ", "on ")):
        return 0
    tried = (n for n in range(1, len(lines) + 1) if _QUOTED.fullmatch(" ".join(lines[:n])))
    return next(tried, 0)


def _goes_on_quoted(lines: Sequence[str]) -> bool:
    """Say whether quoted lines follow; without their marks, all that follows is quoted."""
    return next((line for line in lines if line), "").startswith(">")


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a page shows, without its quotes, and the addresses behind its words."""

    text: str
    links: tuple[str, ...]


def _shown(page: str) -> _Shown:
    # Not the library's own parser, which takes minutes on pages made for that.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return _Shown("", ())
    pieces: list[str] = []
    links: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")) if root is not None else ():
        is_start = event == "start"
        hidden += is_start and element.tag in _NOT_SHOWN
        if not hidden:
            words = (element.text if is_start else element.tail) or ""
            pieces += ["\n" if element.tag in _BLOCKS else "", " ".join(words.splitlines())]
            links += [element.get("href", "")] if is_start else []
        hidden -= not is_start and element.tag in _NOT_SHOWN
    return _Shown("".join(pieces), tuple(links))
