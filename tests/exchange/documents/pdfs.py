"""Read PDF files as the tests need them: the text of each page, and the document's properties."""

import pypdfium2


def pages_of(content: bytes) -> list[str]:
    """Return the text of each page in one line, without the blanks that setting puts between Chinese and Latin."""
    with pypdfium2.PdfDocument(content) as file:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in file]


def metadata_of(content: bytes) -> dict[str, str]:
    with pypdfium2.PdfDocument(content) as file:
        return dict(file.get_metadata_dict())
