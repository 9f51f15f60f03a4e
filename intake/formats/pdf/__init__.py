"""The PDF form: layout, widgets, reading. ``anchors`` is all that writer and reader share."""
