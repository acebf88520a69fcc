"""The officer's settings: built-in values < the user's file < the IT department's policy.

Both files are TOML with the same keys. A key that the policy sets is locked: the policy's value is
in force, and what the user once chose stays in the user's file, for the day the policy is lifted.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from samverkan_desktop.codec.structuring import new_converter, structure
from samverkan_desktop.domain.draft import Officer
from samverkan_desktop.domain.errors import InvalidFieldError, UnreadableFileError
from samverkan_desktop.files import Folders, make_folder, read_bytes, write_bytes


class FormMode(StrEnum):
    """How the form is shown: as one scrolling page, or one section at a time."""

    PAGE = "page"
    ONE = "one"


class Appearance(StrEnum):
    """Which colours the window has."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the officer, or IT for everyone, has chosen. Field names are the keys of the files."""

    officer: Officer = field(default_factory=Officer)
    organisation: str = ""  # a profile's id
    export_folder: str = ""
    backup_folder: str = ""  # the standard one while it's empty; see services/backing_up.py
    library: str = ""  # the library file, where it isn't the standard one
    form: FormMode = FormMode.PAGE
    appearance: Appearance = Appearance.SYSTEM
    bin_days: int = 30  # after so many days in the bin a draft is erased; 0: never
    signature_anchors: bool = False  # a searchable mark at each signature line


# Values by their place, "officer.phone"; only those that differ from the built-in ones.
_Values = Mapping[str, object]


def load_settings(folders: Folders) -> Settings:
    """Return the settings in force.

    Raises InvalidFieldError or UnreadableFileError when one of the files can't be used.
    """
    values = {**_read(_user_file(folders)), **_read(_policy_file(folders))}
    return _settings(values, _user_file(folders))


def locked_keys(folders: Folders) -> frozenset[str]:
    """Return the keys that the policy decides, such as "appearance" or "officer.phone".

    Raises InvalidFieldError or UnreadableFileError when the policy can't be used.
    """
    return frozenset(_read(_policy_file(folders)))


def save_settings(folders: Folders, settings: Settings) -> None:
    """Write the user's file; for locked keys the user's own earlier choice is kept.

    Raises WriteError, and what `load_settings` raises: a file that can't be read isn't replaced.
    """
    path = _user_file(folders)
    locked, earlier = locked_keys(folders), _read(path)
    chosen = _flat(_CONVERTER.unstructure(settings))
    kept = {key: value for key, value in earlier.items() if key in locked}
    free = {key: value for key, value in chosen.items() if key not in locked}
    make_folder(path.parent)
    write_bytes(path, _toml({**free, **kept}).encode("utf-8"))


def library_path(folders: Folders, given: str | None) -> Path:
    """Return the library to work in: the given one, else the one in the settings, else the usual.

    Raises InvalidFieldError or UnreadableFileError when it isn't given and the settings can't be
    read: another library than the user's would look like an empty one.
    """
    return Path(given or load_settings(folders).library or folders.library)


def _user_file(folders: Folders) -> Path:
    return folders.user_config / "settings.toml"


def _policy_file(folders: Folders) -> Path:
    return folders.site_config / "policy.toml"


def _read(path: Path) -> _Values:
    try:
        fields = tomllib.loads(read_bytes(path).decode("utf-8-sig"))
    except UnreadableFileError as error:
        if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
            return {}
        raise
    except UnicodeDecodeError as error:
        raise InvalidFieldError(str(path), "", "texten är inte UTF-8") from error
    except (ValueError, RecursionError) as error:  # TOMLDecodeError, or absurd numbers and depth
        raise InvalidFieldError(str(path), "", "det är inte giltig TOML") from error
    structure(_CONVERTER, str(path), fields, Settings)  # each file answers for its own mistakes
    return _flat(fields)


def _settings(values: _Values, path: Path) -> Settings:
    fields: dict[str, Any] = {}
    for place, value in values.items():
        *tables, key = place.split(".")
        table = fields
        for name in tables:
            table = table.setdefault(name, {})
        table[key] = value
    return structure(_CONVERTER, str(path), fields, Settings)


def _flat(fields: Mapping[str, Any], prefix: str = "") -> dict[str, object]:
    out: dict[str, object] = {}
    for key, value in fields.items():
        out |= _flat(value, f"{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return out


def _toml(values: _Values) -> str:
    """Write values as TOML 1.0: the keys without a table first."""
    lines: list[str] = []
    table = ""
    for place in sorted(values, key=lambda place: ("." in place, place)):
        *above, key = place.split(".")
        if above and above[0] != table:
            table = above[0]
            lines += ["", f"[{table}]"]
        lines.append(f"{key} = {_toml_value(values[place])}")
    return "\n".join(lines).lstrip("\n") + "\n"


def _toml_value(value: object) -> str:
    # JSON escapes as TOML's basic strings do, but leaves DEL as it is
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


_CONVERTER = new_converter()
