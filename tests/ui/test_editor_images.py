"""Images in the editor."""

from PySide6.QtCore import QBuffer, QByteArray, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
)
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMessageBox,
    QWidget,
)

from samverkan_desktop.domain.errors import WriteError
from samverkan_desktop.domain.text import Image, Span, paragraph
from samverkan_desktop.files import standard_folders
from tests.ui.editing import CTRL, fill, go_to, press, text_of
from tests.ui.keys import type_text

Key = Qt.Key
RESOURCES = standard_folders().resources


def png(width=40, height=30) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def image_dialog(editor) -> QWidget:
    return editor.findChild(QLineEdit, "image-alt").window()


def test_an_image_is_not_inserted_without_a_text_for_it(editor, tmp_path):
    path = tmp_path / "karta över ån.png"
    path.write_bytes(png())
    editor.images.insert_files([path])
    alt = image_dialog(editor).findChild(QLineEdit, "image-alt")
    press(alt, Key.Key_Return)
    assert editor.content() == ()
    type_text(alt, "Karta över ån")
    type_text(image_dialog(editor).findChild(QLineEdit, "image-caption"), "Figur 1")
    press(alt, Key.Key_Return)
    assert text_of(editor) == "<karta över ån.png: Karta över ån>\n(Figur 1)\n"
    assert editor._keeper.kept == {"karta över ån.png": png()}


def test_what_is_no_image_is_refused_in_swedish(editor, tmp_path, qtbot):
    path = tmp_path / "avtal.pdf"
    path.write_bytes(b"%PDF-1.7")
    editor.images.insert_files([path])
    box = editor.findChild(QMessageBox)
    assert "avtal.pdf är ingen bild" in box.text()
    box.close()
    assert editor.content() == ()


def test_an_image_on_the_clipboard_is_asked_about_and_kept(editor):
    image = QImage.fromData(png())
    QGuiApplication.clipboard().setImage(image)
    press(editor, (Key.Key_V, CTRL))
    alt = image_dialog(editor).findChild(QLineEdit, "image-alt")
    type_text(alt, "Diagram")
    press(alt, Key.Key_Return)
    assert text_of(editor) == "<bild.png: Diagram>\n"
    assert QImage.fromData(editor._keeper.kept["bild.png"]).size() == image.size()


def test_image_files_dropped_together_are_asked_about_in_turn(editor, tmp_path, qtbot):
    urls = []
    for name in ("ett.png", "två.png"):
        (tmp_path / name).write_bytes(png())
        urls.append(QUrl.fromLocalFile(str(tmp_path / name)))
    data = QMimeData()
    data.setUrls(urls)
    at = QPointF(editor.viewport().rect().center())
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(at.toPoint(), copy, data, left, none)
    QApplication.sendEvent(editor.viewport(), enter)
    assert enter.isAccepted()
    QApplication.sendEvent(editor.viewport(), QDropEvent(at, copy, data, left, none))
    for name in ("Ett", "Två"):
        fields = editor.findChildren(QLineEdit, "image-alt")
        alt = next(field for field in fields if field.isVisible())
        type_text(alt, name)
        press(alt, Key.Key_Return)
    assert text_of(editor) == "<ett.png: Ett>\n<två.png: Två>\n"


def test_an_image_that_cannot_be_kept_is_told_and_not_inserted(editor, tmp_path):
    def refuse(name, data):
        raise WriteError("biblioteket", "disken är full")

    editor._keeper.add = refuse
    (tmp_path / "a.png").write_bytes(png())
    editor.images.insert_files([tmp_path / "a.png"])
    alt = image_dialog(editor).findChild(QLineEdit, "image-alt")
    type_text(alt, "A")
    press(alt, Key.Key_Return)
    box = editor.findChild(QMessageBox)
    assert "disken är full" in box.text()
    box.close()
    assert editor.content() == ()


def test_an_image_chosen_in_a_table_stands_after_it(editor, tmp_path):
    fill(editor, "| A |\n|---|\n| b |")
    go_to(editor, "b")
    (tmp_path / "a.png").write_bytes(png())
    editor.images.insert_files([tmp_path / "a.png"])
    alt = image_dialog(editor).findChild(QLineEdit, "image-alt")
    type_text(alt, "A")
    press(alt, Key.Key_Return)
    assert text_of(editor) == "|A|\n|b|\n<a.png: A>\n"


def test_an_image_whose_file_is_gone_is_shown_as_a_note_and_kept(editor):
    content = (Image("borta.png", "Karta", id="a"),)
    editor.set_content(content)
    shown = editor.loadResource(2, QUrl("borta.png"))
    assert not shown.isNull()
    assert editor.content() == content
    assert editor.loadResource(3, QUrl("https://example.invalid/style.css")) is None


def test_typing_beside_an_image_makes_a_paragraph(editor):
    editor._keeper.add("k.png", png())
    editor.set_content((Image("k.png", "Karta", (Span("Text"),)),))
    cursor = editor.textCursor()
    cursor.setPosition(1)
    editor.setTextCursor(cursor)
    type_text(editor, "efter")
    assert text_of(editor) == "<k.png: Karta>\n(Text)\nefter\n"
    cursor.setPosition(0)
    editor.setTextCursor(cursor)
    type_text(editor, "före")
    assert text_of(editor) == "före\n<k.png: Karta>\n(Text)\nefter\n"


def test_deleting_an_image_leaves_its_caption_as_text(editor):
    editor.set_content((Image("saknas.png", "Karta", (Span("Text"),)), paragraph("slut")))
    cursor = editor.textCursor()
    cursor.setPosition(1)
    editor.setTextCursor(cursor)
    press(editor, Key.Key_Backspace)
    assert text_of(editor) == "\nText\nslut\n"
    editor.undo()
    assert text_of(editor) == "<saknas.png: Karta>\n(Text)\nslut\n"


def test_a_new_text_for_an_image(editor):
    editor._keeper.add("k.png", png())
    editor.set_content((Image("k.png", "Karta"),))
    cursor = editor.textCursor()
    cursor.setPosition(0)
    editor.setTextCursor(cursor)
    editor.images.edit()
    alt = image_dialog(editor).findChild(QLineEdit, "image-alt")
    alt.clear()
    type_text(alt, "Ny karta")
    press(alt, Key.Key_Return)
    assert text_of(editor) == "<k.png: Ny karta>\n"
