"""Change a sheet as a person does in LibreOffice: ``form.xlsx sheet target.xlsx profile``.

Takes the protection off, inserts a row above the third and a column before the second, and
renames the sheet. Run by the system's Python, which has LibreOffice's bindings.
"""

from __future__ import annotations

import sys
from pathlib import Path

from libreoffice_fill import setting, with_libreoffice


def change(context, source, title, target):
    create = context.ServiceManager.createInstanceWithContext
    desktop = create("com.sun.star.frame.Desktop", context)
    hidden = (setting("Hidden", True),)
    document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, hidden)
    if document.isProtected():
        document.unprotect("")
    sheet = document.Sheets.getByName(title)
    sheet.unprotect("")
    sheet.Rows.insertByIndex(2, 1)
    sheet.Columns.insertByIndex(1, 1)
    sheet.Name = "Feuille A"
    document.storeToURL(Path(target).as_uri(), (setting("FilterName", "Calc MS Excel 2007 XML"),))
    document.close(True)


def main():
    source, title, target, profile = sys.argv[1:]
    with_libreoffice(profile, lambda context: change(context, source, title, target))


if __name__ == "__main__":
    main()
