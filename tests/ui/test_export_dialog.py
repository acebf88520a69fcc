"""The export dialog: real clicks and keys, real files, and failures that leave it usable."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QWidget,
)

from samverkan_desktop.domain.checks import Finding, Severity
from samverkan_desktop.domain.errors import WriteError
from ui import open_files
from ui.export_dialog import ExportDialog
from ui.tasks import TaskRunner

NAME = "1.5.1-12-2031 Ny cykelväg"


@pytest.fixture
def runner(qapp):
    runner = TaskRunner()
    yield runner
    runner.close()


def write_all(outputs, progress) -> tuple[Path, ...]:
    progress(0, 2)
    files = tuple(path for path in (outputs.pdf, outputs.docx) if path)
    for path in files:
        path.write_text("innehåll")
    progress(2, 2)
    return files


@pytest.fixture
def dialog_for(qtbot, runner, tmp_path):
    def make(write=write_all, findings=(), name=NAME, folder=tmp_path) -> ExportDialog:
        dialog = ExportDialog(write, name, folder, findings, runner)
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return make


def button(dialog: QWidget, text: str) -> QPushButton:
    buttons = [b for b in dialog.findChildren(QPushButton) if b.isVisible()]
    return next(b for b in buttons if b.text().replace("&", "") == text)


def press(qtbot, dialog: QWidget, text: str) -> None:
    target = button(dialog, text)
    qtbot.waitUntil(lambda: target.height() > 0)  # it has just been shown
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton)


def visible_text(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_both_formats_are_written_where_it_says(dialog_for, qtbot, tmp_path):
    dialog = dialog_for()
    press(qtbot, dialog, "Exportera")
    qtbot.waitUntil(lambda: "Klart!" in visible_text(dialog))
    assert names_in(tmp_path) == [f"{NAME}.docx", f"{NAME}.pdf"]
    assert str(tmp_path) in visible_text(dialog)
    press(qtbot, dialog, "Stäng")
    assert not dialog.isVisible()


def test_by_keyboard_alone(dialog_for, qtbot, tmp_path):
    dialog = dialog_for()
    qtbot.keyClick(dialog, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not dialog.findChild(QCheckBox, "word").isChecked())
    field = dialog.findChild(QLineEdit, "name")
    field.selectAll()
    qtbot.keyClicks(field, "Yttrande")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Klart!" in visible_text(dialog))
    assert names_in(tmp_path) == ["Yttrande.pdf"]
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_tab_goes_through_the_fields_as_they_are_read(dialog_for, qtbot):
    dialog = dialog_for()
    order = ["word", "pdf", "carry", "folder", "browse", "name"]
    dialog.findChild(QCheckBox, "word").setFocus()
    met = []
    for _ in order:
        met.append(dialog.focusWidget().objectName())
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert met == order


def test_what_is_wrong_is_said_while_it_is_typed(dialog_for, qtbot):
    dialog = dialog_for()
    field, note = dialog.findChild(QLineEdit, "name"), dialog.findChild(QLabel, "note")
    field.selectAll()
    qtbot.keyClicks(field, "KS 2031/7")
    assert note.text() == "Tecknet ”/” kan inte stå i ett filnamn."
    assert not button(dialog, "Exportera").isEnabled()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    field.clear()
    assert note.text() == "Skriv ett filnamn."
    qtbot.keyClicks(field, "Svar")
    assert note.text() == ""
    assert button(dialog, "Exportera").isEnabled()


def test_a_format_must_be_chosen(dialog_for, qtbot):
    dialog = dialog_for()
    for name in ("word", "pdf"):
        box = dialog.findChild(QCheckBox, name)
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Space)
    assert dialog.findChild(QLabel, "note").text() == "Välj minst ett format."
    assert not button(dialog, "Exportera").isEnabled()


def test_a_file_that_would_be_replaced_is_named(dialog_for, tmp_path):
    (tmp_path / f"{NAME}.pdf").write_text("gammalt")
    dialog = dialog_for()
    assert "finns redan och ersätts" in dialog.findChild(QLabel, "note").text()
    assert button(dialog, "Exportera").isEnabled()


def test_another_folder_can_be_found(dialog_for, qtbot, tmp_path):
    other = tmp_path / "Nämnden"
    other.mkdir()
    dialog = dialog_for()
    press(qtbot, dialog, "Bläddra…")
    chooser = dialog.findChild(QFileDialog)
    chooser.fileSelected.emit(str(other))
    chooser.close()
    assert dialog.findChild(QLineEdit, "folder").text() == str(other)
    press(qtbot, dialog, "Exportera")
    qtbot.waitUntil(lambda: "Klart!" in visible_text(dialog))
    assert len(names_in(other)) == 2


def test_findings_are_shown_and_do_not_stop(dialog_for, qtbot):
    findings = [
        Finding("tomt-avsnitt", Severity.ERROR, None, None, "Avsnittet är tomt."),
        Finding("dnr", Severity.HINT, None, None, "Numret är ovanligt."),
    ]
    dialog = dialog_for(findings=findings)
    shown = dialog.findChild(QListWidget, "findings")
    assert [shown.item(row).text() for row in range(shown.count())] == [
        "Avsnittet är tomt.",
        "Numret är ovanligt.",
    ]
    press(qtbot, dialog, "Exportera ändå")
    qtbot.waitUntil(lambda: "Klart!" in visible_text(dialog))


def test_a_failure_is_told_and_the_choice_can_be_changed(dialog_for, qtbot, tmp_path):
    full = tmp_path / "full"
    full.mkdir()

    def write(outputs, progress):
        if outputs.pdf.parent == full:
            raise WriteError(outputs.pdf, "disken är full")
        return write_all(outputs, progress)

    dialog = dialog_for(write, folder=full)
    press(qtbot, dialog, "Exportera")
    qtbot.waitUntil(lambda: "disken är full" in visible_text(dialog))
    assert "Klart" not in visible_text(dialog)
    dialog.findChild(QLineEdit, "folder").setText(str(tmp_path))
    press(qtbot, dialog, "Exportera")
    qtbot.waitUntil(lambda: "Klart!" in visible_text(dialog))
    assert "disken är full" not in visible_text(dialog)


class Slow:
    """A writing that waits to be let go on."""

    def __init__(self) -> None:
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self, outputs, progress):
        progress(1, 4)
        self.begun.set()
        assert self.go.wait(10)
        progress(2, 4)
        return write_all(outputs, progress)


def test_escape_stops_the_writing_before_the_dialog_closes(dialog_for, qtbot, tmp_path):
    slow = Slow()
    dialog = dialog_for(slow)
    press(qtbot, dialog, "Exportera")
    bar = dialog.findChild(QProgressBar)
    qtbot.waitUntil(lambda: slow.begun.is_set() and bar.maximum() == 4)
    assert bar.value() == 1
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "Avbryter" in visible_text(dialog)
    slow.go.set()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert names_in(tmp_path) == []


def test_closing_the_window_waits_too(dialog_for, qtbot, tmp_path):
    slow = Slow()
    dialog = dialog_for(slow)
    press(qtbot, dialog, "Exportera")
    qtbot.waitUntil(slow.begun.is_set)
    dialog.close()
    assert dialog.isVisible()
    slow.go.set()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert names_in(tmp_path) == []


def test_files_that_were_written_before_it_could_stop_are_told(dialog_for, qtbot, tmp_path):
    begun, go = threading.Event(), threading.Event()

    def write(outputs, _progress):
        begun.set()
        assert go.wait(10)
        outputs.pdf.write_text("innehåll")
        return (outputs.pdf,)

    dialog = dialog_for(write)
    press(qtbot, dialog, "Exportera")
    qtbot.waitUntil(begun.is_set)
    cancel = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel)
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    go.set()
    qtbot.waitUntil(lambda: "Klart!" in visible_text(dialog))
    assert f"{NAME}.pdf" in visible_text(dialog)
    press(qtbot, dialog, "Stäng")


@pytest.fixture
def opened(monkeypatch):
    urls: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url) or True)
    monkeypatch.setattr(open_files, "_ask_file_manager", lambda _path: False)
    return urls


def test_what_was_written_can_be_opened(dialog_for, qtbot, tmp_path, opened):
    dialog = dialog_for()
    press(qtbot, dialog, "Exportera")
    qtbot.waitUntil(lambda: "Klart!" in visible_text(dialog))
    names = {b.accessibleName() for b in dialog.findChildren(QPushButton) if b.isVisible()}
    assert f"Öppna: {NAME}.pdf" in names
    qtbot.mouseClick(dialog.findChild(QPushButton, "Öppna .pdf"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.findChild(QPushButton, "Visa i mapp .docx"), Qt.MouseButton.LeftButton)
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path / f"{NAME}.pdf", tmp_path]


def test_a_file_that_nothing_opens_is_told(dialog_for, qtbot, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    dialog = dialog_for()
    press(qtbot, dialog, "Exportera")
    qtbot.waitUntil(lambda: "Klart!" in visible_text(dialog))
    qtbot.mouseClick(dialog.findChild(QPushButton, "Öppna .docx"), Qt.MouseButton.LeftButton)
    assert f"inget program som öppnar {NAME}.docx" in visible_text(dialog)


def test_each_platform_has_its_way_to_show_a_file():
    path = Path("ärenden") / "svar.pdf"
    assert open_files.reveal_command(path, "win32") == ["explorer.exe", "/select,", str(path)]
    assert open_files.reveal_command(path, "darwin") == ["open", "-R", str(path)]
    assert open_files.reveal_command(path, "linux") == []


def test_mnemonics_do_not_clash(dialog_for):
    findings = [Finding("dnr", Severity.HINT, None, None, "Numret är ovanligt.")]
    dialog = dialog_for(findings=findings)
    kinds = (QLabel, QPushButton, QCheckBox)
    texts = [w.text() for kind in kinds for w in dialog.findChildren(kind) if w.isVisible()]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(letters) == len(set(letters)) >= 6


@pytest.mark.parametrize("carries", [True, False])
def test_the_draft_can_be_left_out_of_the_word_file(dialog_for, qtbot, carries):
    asked = []

    def write(outputs, progress):
        asked.append(outputs.carry_draft)
        return write_all(outputs, progress)

    dialog = dialog_for(write)
    if not carries:
        qtbot.keyClick(dialog, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: not dialog.findChild(QCheckBox, "carry").isChecked())
    press(qtbot, dialog, "Exportera")
    qtbot.waitUntil(lambda: "Klart!" in visible_text(dialog))
    assert asked == [carries]


def test_without_a_word_file_there_is_no_draft_to_carry(dialog_for, qtbot):
    dialog = dialog_for()
    dialog.findChild(QCheckBox, "word").click()
    assert not dialog.findChild(QCheckBox, "carry").isEnabled()
