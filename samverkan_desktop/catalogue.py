"""Templates and organisation profiles: shipped, from the IT department, and the user's own.

A later folder wins over an earlier one where an id is the same. A file that is wrong stops nothing
but itself: it is reported, and the others are there.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar

from samverkan_desktop.codec.structuring import TOO_DEEP, is_newer, new_converter, structure
from samverkan_desktop.domain.errors import (
    InputError,
    InvalidFieldError,
    NewerFormatError,
    UnknownTemplateError,
)
from samverkan_desktop.domain.template import OrganisationProfile, SlotKind, Template
from samverkan_desktop.domain.text import is_language
from samverkan_desktop.files import Folders, read_bytes

T = TypeVar("T", Template, OrganisationProfile)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is installed. `problems` are the files that could not be used, and why."""

    templates: Mapping[str, Template]
    organisations: Mapping[str, OrganisationProfile]
    problems: tuple[InputError, ...] = ()
    broken_templates: Mapping[str, InputError] = field(default_factory=dict)

    def template(self, template_id: str) -> Template:
        """Return a template.

        Raises UnknownTemplateError, or what is wrong with the template's file.
        """
        try:
            return self.templates[template_id]
        except KeyError:
            unknown = UnknownTemplateError(template_id)
            raise self.broken_templates.get(template_id, unknown) from None

    def logo_of(self, organisation: str) -> Path | None:
        """Return the logo file of the administration with this name, if it has one."""
        logos = (p.logo for p in self.organisations.values() if p.name == organisation)
        return next((Path(logo) for logo in logos if logo), None)

    def organisations_for(self, template_id: str) -> list[OrganisationProfile]:
        """Return the profiles that go with a template, by name."""
        fitting = (
            profile
            for profile in self.organisations.values()
            if any(fnmatchcase(template_id, pattern) for pattern in profile.templates)
        )
        return sorted(fitting, key=lambda profile: profile.name)


def load_catalogue(folders: Folders) -> Catalogue:
    """Read everything installed: shipped, then the IT department's, then the user's own."""
    places = (folders.resources, folders.site_config, folders.user_data)
    templates, bad_templates = _load_all((p / "templates" for p in places), read_template)
    profiles, bad_profiles = _load_all((p / "organisations" for p in places), read_profile)
    return Catalogue(
        templates,
        profiles,
        problems=(*bad_templates.values(), *bad_profiles.values()),
        broken_templates={path.stem: error for path, error in bad_templates.items()},
    )


def read_template(path: Path) -> Template:
    """Read and check one template file.

    Raises InvalidFieldError, NewerFormatError or UnreadableFileError.
    """
    fields = _read_toml(path, "samverkan-template/1")
    try:
        template = structure(_CONVERTER, str(path), fields, Template)
        _check_template(template, path)
    except InvalidFieldError as error:
        place = _with_slot_key(error.place, fields)
        raise InvalidFieldError(error.source, place, error.reason) from error
    return template


def read_profile(path: Path) -> OrganisationProfile:
    """Read and check one organisation profile.

    Raises InvalidFieldError, NewerFormatError or UnreadableFileError.
    """
    fields = _read_toml(path, "samverkan-organisation/1")
    profile = structure(_CONVERTER, str(path), fields, OrganisationProfile)
    _check_id(profile.id, path)
    return replace(profile, logo=str(_logo(profile, path))) if profile.logo else profile


def _logo(profile: OrganisationProfile, path: Path) -> Path:
    logo = path.parent / profile.logo
    if logo.suffix.lower() not in (".png", ".svg"):
        raise InvalidFieldError(str(path), "logo", "ska vara en PNG- eller SVG-fil")
    if not logo.is_file():
        raise InvalidFieldError(str(path), "logo", f"filen {logo} finns inte")
    return logo


def _with_slot_key(place: str, fields: Mapping[str, Any]) -> str:
    """Name the slot, since a place in the file counts from 0 and is hard to find by its number."""
    match = re.match(r"slots\[(\d+)\]", place)
    slot = fields["slots"][int(match[1])] if match else None
    key = slot.get("key") if isinstance(slot, dict) else None
    return (
        f"{place} ({key})" if isinstance(key, str) and re.fullmatch(r"[\w-]{1,40}", key) else place
    )


def _load_all(
    folders: Iterable[Path], read: Callable[[Path], T]
) -> tuple[dict[str, T], dict[Path, InputError]]:
    found: dict[str, T] = {}
    bad: dict[Path, InputError] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            try:
                value = read(path)
            except InputError as error:
                bad[path] = error
            else:
                found[value.id] = value
    return found, bad


def _read_toml(path: Path, expected: str) -> dict[str, Any]:
    source = str(path)
    try:
        fields = tomllib.loads(read_bytes(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidFieldError(source, "", "texten är inte UTF-8") from error
    except RecursionError as error:
        raise InvalidFieldError(source, "", TOO_DEEP) from error
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        raise InvalidFieldError(source, _toml_place(error), "det är inte giltig TOML") from error
    name = fields.pop("format", None)
    if name != expected:
        if is_newer(name, expected):
            raise NewerFormatError(source)
        raise InvalidFieldError(source, "format", f"ska vara ”{expected}”")
    return fields


def _toml_place(error: ValueError) -> str:
    """Return the place that tomllib names in English at the end of its message."""
    match = re.search(r"at line (\d+), column (\d+)", str(error))
    return f"rad {match[1]}, tecken {match[2]}" if match else ""


def _check_id(name: str, path: Path) -> None:
    if name != path.stem:
        raise InvalidFieldError(str(path), "id", f"ska vara filens namn, ”{path.stem}”")


def _check_template(template: Template, path: Path) -> None:
    _check_id(template.id, path)
    seen: set[str] = set()
    for i, slot in enumerate(template.slots):
        if slot.key in seen or not re.fullmatch(r"[a-z0-9_-]+", slot.key):
            reason = "ska bestå av a–z, 0–9, _ och - och bara finnas en gång"
            raise InvalidFieldError(str(path), f"slots[{i}].key", reason)
        seen.add(slot.key)
        if not slot.heading.strip():
            raise InvalidFieldError(str(path), f"slots[{i}].heading", "får inte vara tom")
    if not is_language(template.language):
        raise InvalidFieldError(str(path), "language", "ska vara en språkkod som sv-SE")
    if sum(slot.kind is SlotKind.DECISION for slot in template.slots) != 1:
        raise InvalidFieldError(str(path), "slots", "exakt en ska ha kind = ”decision”")
    try:
        re.compile(template.dnr.pattern)
    except (re.error, OverflowError, RecursionError) as error:
        reason = "är inget giltigt reguljärt uttryck"
        raise InvalidFieldError(str(path), "dnr.pattern", reason) from error


_CONVERTER = new_converter()
