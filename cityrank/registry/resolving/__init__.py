"""How a printed name is resolved; `cityrank.registry.resolver` is what others call.

spelling.py   the printed text, normalised and taken apart
known.py      the names of the registry, read for a batch of texts at once
matching.py   every way in which a text can be read as a name
deciding.py   which of these readings hold: date, level, place above; one, several or none
answers.py    the answer and its reasons in words
"""
