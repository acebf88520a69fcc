from hypothesis import given
from PySide6.QtGui import QTextDocument

from tests.strategies import blocks
from ui.editor.document import fill
from ui.editor.lines import normalised
from ui.editor.reader import DocumentReader, read


@given(content=blocks(files=("karta.png", "å b#1%.png")))
def test_a_document_gives_back_what_it_was_filled_with(qapp, content):
    content = normalised(content)
    document = QTextDocument()
    fill(document, content)
    assert read(document) == content
