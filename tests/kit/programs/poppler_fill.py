"""Fill a PDF form with poppler, the library of GNOME's and KDE's viewers.

Runs under the system's Python, which has the binding. Arguments: blank file, answers
(JSON file by field name: a text, or the number of a button or list entry), target file.
"""

import json
import sys
from pathlib import Path

import gi

gi.require_version("Poppler", "0.18")
from gi.repository import Gio, Poppler  # noqa: E402  (after the version is chosen)


def main(blank, answers_file, target):
    answers = json.loads(Path(answers_file).read_text(encoding="utf-8"))
    document = Poppler.Document.new_from_gfile(Gio.File.new_for_path(blank), None, None)
    met = {}
    for number in range(document.get_n_pages()):
        mappings = document.get_page(number).get_form_field_mapping()
        for field in sorted((m.field for m in mappings), key=lambda f: f.get_id()):
            name = field.get_name() or ""
            met[name] = met.get(name, -1) + 1
            if name in answers:
                enter(field, answers[name], met[name])
    document.save(Path(target).absolute().as_uri())


def enter(field, answer, position):
    kind = field.get_field_type()
    if kind == Poppler.FormFieldType.TEXT:
        field.text_set_text(answer)
    elif kind == Poppler.FormFieldType.CHOICE:
        field.choice_select_item(answer)
    elif answer == position:
        field.button_set_state(True)


main(*sys.argv[1:])
