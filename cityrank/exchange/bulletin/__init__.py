"""Reading the published text of an edition: from a file to a draft release, with a report and without a guess.

documents.py   a file (text, HTML, Word, Markdown, in whatever encoding) becomes lines
reading.py     lines become pieces, and the elements that they are printed for; no database is asked
matching.py    elements meet the registry (names.py) and the lines of earlier editions (parts.py, lines.py)
questions.py   what stays open, with candidates; answers.py reads and writes the files that answer it
report.py      what each piece became, how sure that is, and what is open, as data and as text
drafting.py    elements and answers become a draft release, in one transaction (tables.py, writing.py)
keeping.py     the actions of the wizard and the command: keep a file, answer, write, give up
comparing.py   the difference of two releases in what a bulletin prints
"""
