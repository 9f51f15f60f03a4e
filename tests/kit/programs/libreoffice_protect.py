"""Save a file under a password with LibreOffice: ``file target filter password profile``.

Run by the system's Python, like ``libreoffice_fill``, whose way of connecting it uses.
"""

from __future__ import annotations

import sys
from pathlib import Path

from libreoffice_fill import setting, with_libreoffice


def protect(context, source, target, kind, password):
    create = context.ServiceManager.createInstanceWithContext
    desktop = create("com.sun.star.frame.Desktop", context)
    hidden = (setting("Hidden", True),)
    document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, hidden)
    how = (setting("FilterName", kind), setting("Password", password))
    document.storeToURL(Path(target).as_uri(), how)
    document.close(True)


def main():
    source, target, kind, password, profile = sys.argv[1:]
    with_libreoffice(profile, lambda context: protect(context, source, target, kind, password))


main()
