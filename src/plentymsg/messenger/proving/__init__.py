"""Prove templates: that no message can come of them which a marketplace rejects.

What is proven is this. A template is walked every way (`templates/walk.py`); on each way, the values that
are not known are filled with the worst that their types allow, on their own and two beside one another, and
what comes of it is judged. `clean` is said only if nothing was found, all ways were walked, and each value
that a rule hangs on has a type that settles it where it stands: `number`, `date`, `order_id` and the like
anywhere, `no_links`, `name` and `email` only apart from other words, as their promise is about whole words.
How a value can break a rule, and so what settles it, is said of each rule in `bearing.py`; what an operation
leaves of the promise in `operations.py`; and what may be read as a telephone number in `telephones.py`, as
that hangs on all that stands in front.
`violates` is said only with a message that was really rendered from values of these types and really
violates. All else is `cannot tell`, with the variable and the type that would settle it.

Not part of the proof is what a person adds to a message: the text is checked when it is written, with the
names and other words before it (but what the words of a template make of it is proven: `www.{{ text }}`,
`Tel. {{ text }}`), as are attachments and recipients, and a conversation in another marketplace's group asks
for more than its channel.
"""
