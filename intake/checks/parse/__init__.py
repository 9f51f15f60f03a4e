"""From text to value, one answer at a time. Never raises, whatever the text.

Each parser gives a ``Parsed``: the value that was written, or none, and what there is to
say about it. What is not certain is a remark, never a guess.
"""
