"""Type texts into a Word form with LibreOffice: ``form.docx answers.json target.docx profile``.

Run by the system's Python, which has LibreOffice's bindings. The form is opened as a person
opens it, and typed into in the ways that a person may: over the placeholder, before it, behind
it, or after deleting it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from itertools import cycle
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

WAYS = ("over", "before", "behind", "instead")


def setting(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connected(pipe):
    """Return the component context of a LibreOffice that has just been started."""
    local = uno.getComponentContext()
    finder = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(150):
        try:
            return finder.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.2)
    raise RuntimeError("LibreOffice did not start")


def fill(context, source, answers, target):
    create = context.ServiceManager.createInstanceWithContext
    desktop = create("com.sun.star.frame.Desktop", context)
    hidden = (setting("Hidden", True),)
    document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, hidden)
    dispatcher = create("com.sun.star.frame.DispatchHelper", context)
    controller = document.CurrentController
    for (name, text), way in zip(answers.items(), cycle(WAYS)):
        place = document.Bookmarks.getByName(name).Anchor
        controller.ViewCursor.gotoRange(place.End if way == "behind" else place.Start, False)
        if way in ("over", "instead"):
            controller.ViewCursor.gotoRange(place.End, True)
        if way == "instead":
            dispatcher.executeDispatch(controller.Frame, ".uno:Delete", "", 0, ())
        typed = (setting("Text", text),)
        dispatcher.executeDispatch(controller.Frame, ".uno:InsertText", "", 0, typed)
    document.storeToURL(Path(target).as_uri(), (setting("FilterName", "MS Word 2007 XML"),))
    document.close(True)


def with_libreoffice(profile, work):
    """Do some work with a LibreOffice that is ended after it."""
    pipe = f"fill{os.getpid()}"
    options = ["--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
    command = ["soffice", f"-env:UserInstallation=file://{profile}", *options]
    process = subprocess.Popen(command, start_new_session=True)
    try:
        work(connected(pipe))
    finally:
        os.killpg(process.pid, signal.SIGKILL)


def main():
    source, answers, target, profile = sys.argv[1:]
    texts = json.loads(Path(answers).read_text(encoding="utf-8"))
    with_libreoffice(profile, lambda context: fill(context, source, texts, target))


if __name__ == "__main__":
    main()
