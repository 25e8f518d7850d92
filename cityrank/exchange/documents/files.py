"""The documents of a release as files, for the list of formats that the command, the pages and the office share."""

from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from awards.models import Release
from cityrank.exchange.documents.certificates import certificates_of, certificates_pdf
from cityrank.exchange.documents.composing import compose, date_of
from cityrank.exchange.documents.keeping import kept
from cityrank.exchange.documents.pdf import as_pdf
from cityrank.exchange.documents.structure import Document, Names, Table
from cityrank.exchange.documents.text import as_text
from cityrank.exchange.documents.word import as_word
from cityrank.exchange.packages import refuse_unpublished

if TYPE_CHECKING:
    from cityrank.exchange.formats import Options

Counts = dict[str, int]


def write_text(release: Release, file: BinaryIO, options: "Options") -> Counts:
    """Write the bulletin as text in UTF-8. Raises `Refused`, as the others do, for what the public does not read."""
    document = _composed(release, options)
    file.write(as_text(document).encode())
    return _counts(document)


def write_word(release: Release, file: BinaryIO, options: "Options") -> Counts:
    return _write(_composed(release, options), file, "docx", as_word)


def write_pdf(release: Release, file: BinaryIO, options: "Options") -> Counts:
    return _write(_composed(release, options), file, "pdf", as_pdf)


def write_certificates(release: Release, file: BinaryIO, options: "Options") -> Counts:
    """Write a certificate for each recipient; of a draft, specimens. Both languages stand on each of them."""
    certificates = certificates_of(release, site=options.site, office=options.office)
    day = date_of(release)
    if any(one.is_specimen for one in certificates):
        file.write(certificates_pdf(certificates, day))
    else:
        file.write(kept((certificates, day), "pdf", lambda: certificates_pdf(certificates, day)))
    return {"certificates": len(certificates)}


def _composed(release: Release, options: "Options") -> Document:
    if not options.office:
        refuse_unpublished(release)
    return compose(release, "en" if options.language.startswith("en") else "zh", options.site)


def _write(document: Document, file: BinaryIO, suffix: str, make: Callable[[Document], bytes]) -> Counts:
    # A draft is another one tomorrow.
    made = make(document) if document.mark else kept(document, suffix, lambda: make(document))
    file.write(made)
    return _counts(document)


def _counts(document: Document) -> Counts:
    """Return how many recipients and rows of tables the bulletin names."""
    return {
        "recipients": sum(len(block.names) for block in document.blocks if isinstance(block, Names)),
        "scores": sum(len(block.rows) for block in document.blocks if isinstance(block, Table)),
    }
