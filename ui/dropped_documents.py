"""Which of the files that are dragged over the window are documents to read in."""

from pathlib import Path

from PySide6.QtCore import QMimeData

# What a file is, is told by its content when it is read; these are the names that people's
# documents have, those that can't be read among them: the reader tells why.
SUFFIXES = (
    ".docx",
    ".doc",
    ".docm",
    ".odt",
    ".rtf",
    ".pdf",
    ".txt",
    ".text",
    ".md",
    ".markdown",
    ".json",
)


def dropped_documents(data: QMimeData) -> list[Path]:
    """Return the documents among what is dragged; none when something else is dragged too."""
    if not data.hasUrls():
        return []
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    documents = [path for path in paths if path.suffix.lower() in SUFFIXES]
    return documents if len(documents) == len(data.urls()) else []
