"""Documents of a release: the bulletin as text, Word and PDF, and a certificate for each recipient.

structure.py      what a document is made of, as plain values
content.py        what of a release goes into the bulletin, read with a fixed number of queries
wording.py        the words of the frame in Chinese and English
composing.py      the release put into these words; every figure is the database's
text.py word.py pdf.py   the composed bulletin as files
certificates.py   what a certificate says; numbers.py its number with check digits
verifying.py      what a certificate with a number is worth today
keeping.py        files that were made once, by the digest of what is in them
fonts.py          which characters the shipped font has
"""
