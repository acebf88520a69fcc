"""Settings: which value wins, what is locked, and that nobody's file is lost."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverkan_desktop.domain.draft import Officer
from samverkan_desktop.domain.errors import InvalidFieldError, UnreadableFileError, WriteError
from samverkan_desktop.files import Folders
from samverkan_desktop.settings import (
    Appearance,
    FormMode,
    Settings,
    library_path,
    load_settings,
    locked_keys,
    save_settings,
)


def write_user(folders: Folders, text: str) -> Path:
    path = folders.user_config / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def write_policy(folders: Folders, text: str) -> Path:
    path = folders.site_config / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_files_the_built_in_values_are_in_force(folders: Folders) -> None:
    assert load_settings(folders) == Settings()
    assert not Settings().signature_anchors
    assert locked_keys(folders) == frozenset()


def test_the_user_wins_over_built_in_and_the_policy_over_the_user(folders: Folders) -> None:
    write_user(folders, 'appearance = "dark"\nform = "one"\n[officer]\nname = "Åsa Ek"\n')
    write_policy(folders, 'appearance = "light"\n[officer]\nphone = "08-123 45 00"\n')

    found = load_settings(folders)

    assert found.appearance is Appearance.LIGHT
    assert found.form is FormMode.ONE
    assert found.officer == Officer(name="Åsa Ek", phone="08-123 45 00")
    assert locked_keys(folders) == {"appearance", "officer.phone"}


def test_saving_keeps_the_users_own_choice_under_a_policy(folders: Folders) -> None:
    write_user(folders, 'appearance = "dark"\n')
    policy = write_policy(folders, 'appearance = "light"\n')

    save_settings(folders, dataclasses.replace(load_settings(folders), form=FormMode.ONE))
    assert load_settings(folders).appearance is Appearance.LIGHT

    policy.unlink()
    assert load_settings(folders) == Settings(appearance=Appearance.DARK, form=FormMode.ONE)


def test_a_value_set_back_to_the_built_in_one_is_back(folders: Folders) -> None:
    save_settings(folders, Settings(signature_anchors=True))
    assert load_settings(folders).signature_anchors
    save_settings(folders, Settings())
    assert load_settings(folders) == Settings()


texts = st.text(st.characters(exclude_categories=["Cs"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Settings,
        officer=st.builds(Officer, name=texts, role=texts, phone=texts, email=texts),
        organisation=texts,
        export_folder=texts,
        backup_folder=texts,
        form=st.sampled_from(FormMode),
        appearance=st.sampled_from(Appearance),
        signature_anchors=st.booleans(),
    )
)
def test_what_is_saved_is_loaded(folders: Folders, chosen: Settings) -> None:
    save_settings(folders, chosen)
    assert load_settings(folders) == chosen


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('utseende = "dark"', "utseende"),
        ('[officer]\nfax = "1"', "officer.fax"),
        ('appearance = "rosa"', "appearance"),
        ('signature_anchors = "ja"', "signature_anchors"),
        ("officer = 7", "officer"),
        ("form = ", "TOML"),
        (f"form = {'9' * 5000}", "TOML"),
        (f"form = {'[' * 5000}", "TOML"),
    ],
)
@pytest.mark.parametrize("write", [write_user, write_policy])
def test_a_mistake_is_named_with_file_and_key(folders: Folders, write, text, place) -> None:
    path = write(folders, text)
    with pytest.raises(InvalidFieldError) as caught:
        load_settings(folders)
    assert str(path) in str(caught.value)
    assert place in str(caught.value)


def test_a_file_that_is_not_text_is_named(folders: Folders) -> None:
    path = write_user(folders, "")
    path.write_bytes(b'export_folder = "\xff"')
    with pytest.raises(InvalidFieldError, match=r"settings\.toml.*UTF-8"):
        load_settings(folders)


def test_a_policy_that_may_not_be_read_is_not_passed_over(folders: Folders) -> None:
    (folders.site_config / "policy.toml").mkdir()
    with pytest.raises(UnreadableFileError, match=r"policy\.toml"):
        load_settings(folders)


def test_saving_does_not_replace_a_file_with_a_mistake(folders: Folders) -> None:
    path = write_user(folders, 'utseende = "dark"')
    with pytest.raises(InvalidFieldError):
        save_settings(folders, Settings(form=FormMode.ONE))
    assert path.read_text(encoding="utf-8") == 'utseende = "dark"'


def test_the_first_settings_make_their_folder(folders: Folders) -> None:
    folders.user_config.rmdir()
    save_settings(folders, Settings(form=FormMode.ONE))
    assert load_settings(folders).form is FormMode.ONE
    assert folders.user_config.stat().st_mode & 0o077 == 0


def test_a_folder_that_is_a_file_is_told(folders: Folders) -> None:
    folders.user_config.rmdir()
    folders.user_config.write_text("i vägen", encoding="utf-8")
    with pytest.raises(WriteError, match="fil"):
        save_settings(folders, Settings(form=FormMode.ONE))


def test_the_library_is_the_given_one_then_the_chosen_then_the_usual(folders: Folders) -> None:
    assert library_path(folders, None) == folders.library
    write_user(folders, 'library = "/egen/b.db"\n')
    assert library_path(folders, None) == Path("/egen/b.db")
    assert library_path(folders, "/given/b.db") == Path("/given/b.db")
    write_policy(folders, 'library = "/server/b.db"\n')
    assert library_path(folders, None) == Path("/server/b.db")


def test_settings_that_cannot_be_read_name_no_other_library(folders: Folders) -> None:
    """An empty library would look as if everything were lost."""
    write_user(folders, "library = 7\n")
    with pytest.raises(InvalidFieldError):
        library_path(folders, None)
    assert library_path(folders, "/given/b.db") == Path("/given/b.db")
