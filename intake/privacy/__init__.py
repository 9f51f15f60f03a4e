"""What may be repeated, where, and in which profile; what is not known here is withheld.

Everybody who tells something asks here; nothing here reads or writes.

- ``private``: whether any answer to a question may be told at all
- ``answer_text``: whether a text looks like the answer that was asked
- ``quoting``: what a receipt, a message or the coordinator's screen may repeat
- ``profiles``: what each profile of the dataset discloses
- ``to_centre``: what a centre may not learn of its patient
- ``guard``: whether a text seems to identify a person
- ``person_words``: words that come with a person's name
"""
