"""A browser that is no browser: the page asked in this process, as Chromium would ask it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from starlette.testclient import TestClient

from intake.web.page import Page
from intake.web.safety.entry import Entry
from intake.web.site import site

PORT = 8642
HERE = f"http://127.0.0.1:{PORT}"
OWN = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Browser:
    """One browser that has entered the page of a folder."""

    folder: Path
    page: Page = field(init=False)
    client: TestClient = field(init=False)

    def __post_init__(self) -> None:
        """Open the page with its token."""
        self.page = Page(self.folder, Entry(PORT), patience=0.2)
        self.client = stranger(self.page)
        self.client.get(f"/?t={self.page.entry.token}", follow_redirects=False)

    def get(self, address, **more):
        """Open a screen; a redirect is followed."""
        return self.client.get(address, **more)

    def post(self, address, data=None, **more):
        """Send a form of the page; the answer is not followed, but returned."""
        more.setdefault("headers", OWN)
        more.setdefault("follow_redirects", False)
        return self.client.post(address, data=data or {}, **more)

    def text(self, address):
        """Return the words of a screen's content, without markup."""
        return words(self.get(address).text)

    def wait(self):
        """Wait until no job is left."""
        while self.page.jobs.under_way is not None:
            self.page.jobs.under_way._future.exception()


def stranger(page):
    """Return who has not entered."""
    return TestClient(site(page), base_url=HERE, raise_server_exceptions=False)


def words(html):
    """Return the words between the tags, one space between them."""
    body = re.sub(r"(?s)<(script|style).*?</\1>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
