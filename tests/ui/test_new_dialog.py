"""The dialog that begins a draft, with the document types that are installed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
)

from samverkan_desktop.catalogue import Catalogue, load_catalogue
from samverkan_desktop.domain.template import DecisionForm, DecisionRule, OrganisationProfile
from samverkan_desktop.settings import Settings
from ui.new_dialog import NewDraftDialog


@pytest.fixture
def installed(folders) -> Catalogue:
    """Four types in two cities, made of real ones; three administrations."""
    shipped = load_catalogue(folders)
    some = next(iter(shipped.templates.values()))
    named = [
        ("norr-anmalan", "Anmälan", "Norrköping", "När nämnden ska få veta något."),
        ("norr-remiss", "Svar på remiss", "Norrköping", "När någon frågar vad nämnden tycker."),
        ("vast-skrivelse", "Skrivelse", "Västerås", "Till fullmäktige."),
        ("vast-yttrande", "Yttrande", "Västerås", "Över ett förslag."),
    ]
    rule = DecisionRule(form=DecisionForm.NUMBERED)
    templates = {
        key: replace(some, id=key, name=name, group=group, description=text, decision=rule)
        for key, name, group, text in named
    }
    profiles = [
        OrganisationProfile(id="kultur", name="Kultur", committee="K", templates=("norr-*",)),
        OrganisationProfile(id="skola", name="Skola", committee="S", templates=("norr-*",)),
        OrganisationProfile(id="park", name="Park", committee="P", templates=("vast-*",)),
    ]
    return Catalogue(templates, {profile.id: profile for profile in profiles})


@pytest.fixture
def dialog_for(qtbot, installed):
    def make(catalogue=installed, **settings) -> NewDraftDialog:
        dialog = NewDraftDialog(catalogue, Settings(**settings))
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return make


def rows_of(dialog: NewDraftDialog) -> list[QListWidgetItem]:
    types = dialog.findChild(QListWidget, "types")
    return [types.item(row) for row in range(types.count())]


def shown_types(dialog: NewDraftDialog) -> list[str]:
    """The rows in sight, the cities in capitals."""
    shown = [row.text() for row in rows_of(dialog) if not row.isHidden()]
    return [text.strip() if text.startswith(" ") else text.upper() for text in shown]


def click(qtbot, dialog: NewDraftDialog, text: str, *, twice: bool) -> None:
    types = dialog.findChild(QListWidget, "types")
    row = next(row for row in rows_of(dialog) if row.text().strip() == text)
    place = types.visualItemRect(row).center()
    qtbot.mouseClick(types.viewport(), Qt.MouseButton.LeftButton, pos=place)
    if twice:
        qtbot.mouseDClick(types.viewport(), Qt.MouseButton.LeftButton, pos=place)


def profiles_of(dialog: NewDraftDialog) -> list[str]:
    box = dialog.findChild(QComboBox, "profiles")
    return [box.itemText(i) for i in range(box.count())]


def create(dialog: NewDraftDialog) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == "&Skapa")


def test_types_are_grouped_in_order(dialog_for):
    assert shown_types(dialog_for()) == [
        *("NORRKÖPING", "Anmälan", "Svar på remiss"),
        *("VÄSTERÅS", "Skrivelse", "Yttrande"),
    ]


def test_the_officers_own_city_comes_first(dialog_for):
    dialog = dialog_for(organisation="park")
    assert shown_types(dialog)[0] == "VÄSTERÅS"
    assert dialog.choice.template.id == "vast-skrivelse"
    assert dialog.choice.profile.id == "park"


def test_enter_takes_what_is_marked(dialog_for, qtbot):
    dialog = dialog_for()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.choice.template.id == "norr-anmalan"
    assert dialog.choice.title == ""


def test_arrow_keys_move_in_the_list_from_the_search_field(dialog_for, qtbot):
    dialog = dialog_for()
    for expected in ("norr-remiss", "vast-skrivelse", "vast-yttrande"):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
        assert dialog.choice.template.id == expected
    assert dialog.findChild(QLineEdit, "search").hasFocus()


def test_search_looks_in_name_city_and_description(dialog_for, qtbot):
    dialog = dialog_for()
    search = dialog.findChild(QLineEdit, "search")
    search.insert("förslag")
    assert shown_types(dialog) == ["VÄSTERÅS", "Yttrande"]
    assert dialog.choice.template.id == "vast-yttrande"
    search.clear()
    qtbot.keyClicks(search, "norr svar")
    assert shown_types(dialog) == ["NORRKÖPING", "Svar på remiss"]
    search.clear()
    assert len(shown_types(dialog)) == 6


def test_a_search_without_answer_cannot_be_accepted(dialog_for, qtbot):
    dialog = dialog_for()
    search = dialog.findChild(QLineEdit, "search")
    qtbot.keyClicks(search, "qqq")
    assert dialog.choice is None
    assert not create(dialog).isEnabled()
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    search.clear()
    assert dialog.choice is not None
    assert create(dialog).isEnabled()


def test_a_double_click_takes_a_type(dialog_for, qtbot):
    dialog = dialog_for()
    with qtbot.waitSignal(dialog.accepted):
        click(qtbot, dialog, "Yttrande", twice=True)
    assert dialog.choice.template.id == "vast-yttrande"


def test_one_click_only_marks(dialog_for, qtbot):
    dialog = dialog_for()
    with qtbot.assertNotEmitted(dialog.accepted):
        click(qtbot, dialog, "Yttrande", twice=False)
    assert dialog.choice.template.id == "vast-yttrande"


def test_a_double_click_on_a_city_takes_nothing(dialog_for, qtbot):
    dialog = dialog_for()
    with qtbot.assertNotEmitted(dialog.accepted):
        click(qtbot, dialog, "Västerås", twice=True)
    assert dialog.choice.template.id == "norr-anmalan"


def test_only_administrations_of_the_type_are_offered(dialog_for, qtbot):
    dialog = dialog_for(organisation="skola")
    assert profiles_of(dialog) == ["Ingen vald", "Kultur", "Skola"]
    assert dialog.choice.profile.id == "skola"
    qtbot.keyClicks(dialog.findChild(QLineEdit, "search"), "yttrande")
    assert profiles_of(dialog) == ["Ingen vald", "Park"]
    assert dialog.choice.profile.id == "park"  # the only one
    dialog.findChild(QLineEdit, "search").clear()
    dialog.findChild(QLineEdit, "search").insert("anmälan")
    assert dialog.choice.profile.id == "skola"


def test_without_an_earlier_choice_no_administration_is_guessed(dialog_for, qtbot):
    dialog = dialog_for()
    assert dialog.choice.profile is None
    box = dialog.findChild(QComboBox, "profiles")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert dialog.choice.profile.id == "kultur"


def test_none_can_be_chosen_and_stays_chosen(dialog_for, qtbot):
    dialog = dialog_for(organisation="skola")
    box = dialog.findChild(QComboBox, "profiles")
    qtbot.keyClick(box, Qt.Key.Key_Home)
    assert dialog.choice.profile is None
    qtbot.keyClick(dialog.findChild(QLineEdit, "search"), Qt.Key.Key_Down)
    assert dialog.choice.template.id == "norr-remiss"
    assert dialog.choice.profile is None


def test_the_title_goes_with_the_choice(dialog_for, qtbot):
    dialog = dialog_for()
    dialog.findChild(QLineEdit, "title").insert("  Ny   gångbro ")
    assert dialog.choice.title == "Ny gångbro"


def test_the_description_follows_the_type(dialog_for, qtbot):
    dialog = dialog_for()
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert "När någon frågar vad nämnden tycker." in texts


def test_broken_templates_are_told_quietly(dialog_for, folders):
    place = folders.user_data / "templates"
    place.mkdir()
    (place / "trasig.toml").write_text('format = "samverkan-template/1"\n', "utf-8")
    dialog = dialog_for(load_catalogue(folders))
    assert "trasig.toml" in dialog.findChild(QLabel, "problems").text()
    assert dialog.choice is not None


def test_without_templates_it_says_so(dialog_for):
    dialog = dialog_for(Catalogue({}, {}))
    assert dialog.choice is None
    assert not create(dialog).isEnabled()
    assert any("inga mallar" in label.text() for label in dialog.findChildren(QLabel))


def test_the_shipped_types_can_all_be_chosen(dialog_for, folders, qtbot):
    catalogue = load_catalogue(folders)
    dialog = dialog_for(catalogue)
    chosen = set()
    for _ in catalogue.templates:
        chosen.add(dialog.choice.template.id)
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
    assert chosen == set(catalogue.templates)


def test_mnemonics_do_not_clash(dialog_for):
    dialog = dialog_for()
    texts = [w.text() for kind in (QLabel, QPushButton) for w in dialog.findChildren(kind)]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(letters) == len(set(letters)) >= 4
