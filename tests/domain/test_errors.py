"""Every failure says in one Swedish sentence what happened, and which exit code it has."""

import inspect

import pytest

from samverkan_desktop.domain import errors, export_errors, progress

CLASSES = [
    cls
    for module in (errors, export_errors)
    for _, cls in inspect.getmembers(module, inspect.isclass)
    if issubclass(cls, errors.SamverkanError)
    and cls.__module__ == module.__name__
    and "__init__" in vars(cls)
]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_a_failure_is_told_in_a_sentence_that_names_what_it_is_about(cls):
    names = inspect.signature(cls).parameters
    given = ["☃" if name == "character" else f"<{name}>" for name in names]
    message = str(cls(*given))
    assert message[0].isupper() or message[0] == "<"
    assert message.endswith(".")
    assert "\n" not in message
    assert all(value in message for value in given)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_exit_codes_tell_bad_input_from_what_could_not_be_done(cls):
    assert cls.exit_code == (2 if issubclass(cls, errors.InputError) else 3)


def test_a_place_that_is_not_known_is_not_named():
    assert str(errors.InvalidFieldError("a.json", "", "x")) == "a.json kan inte läsas: fel: x."


def test_an_image_outside_the_sections_is_told_without_one():
    unreadable = export_errors.UnreadableImageError("karta.png", "")
    assert str(unreadable).startswith("Bilden karta.png kan inte visas: ")
    assert str(export_errors.MissingAltTextError("karta.png", "")).startswith(
        "Bilden karta.png saknar "
    )


def test_nobody_needs_to_watch_a_job():
    progress.silent(1, 2)
