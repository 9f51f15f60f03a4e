"""Save a file under another name as a person does: ``source target filter profile``.

Run by the system's Python, which has LibreOffice's bindings. Unlike a conversion, this writes
the date of the save into the file.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from libreoffice_fill import setting, with_libreoffice


def save(context, source, target, name):
    create = context.ServiceManager.createInstanceWithContext
    desktop = create("com.sun.star.frame.Desktop", context)
    hidden = (setting("Hidden", True),)
    for _ in range(20):  # it gives nothing while it still starts, on a busy machine
        document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, hidden)
        if document is not None:
            break
        time.sleep(0.5)
    document.setModified(True)
    document.storeAsURL(Path(target).as_uri(), (setting("FilterName", name),))
    document.close(True)


def main():
    source, target, name, profile = sys.argv[1:]
    with_libreoffice(profile, lambda context: save(context, source, target, name))


if __name__ == "__main__":
    main()
