"""What is installed: shipped, the IT department's and the user's own templates and profiles."""

from pathlib import Path

import pytest

from samverkan_desktop.catalogue import Catalogue, load_catalogue, read_profile, read_template
from samverkan_desktop.domain.errors import (
    InputError,
    InvalidFieldError,
    NewerFormatError,
    UnknownTemplateError,
    UnreadableFileError,
)
from samverkan_desktop.domain.template import DecisionForm, Need, SlotCheck, SlotKind
from samverkan_desktop.files import Folders

TEMPLATE = """\
format = "samverkan-template/1"
id = "prov"
name = "Prov"
group = "Staden"
document_name = "Tjänsteutlåtande"

[dnr]
pattern = '^KS \\d{4}/\\d+$'

[decision]
form = "sentence"

[[slots]]
key = "fraga"
heading = "Förslag till beslut"
need = "required"
kind = "decision"

[[slots]]
key = "lang-1_a"
heading = "Ärendet"
need = "recommended"
not_applicable = true
checks = ["stands_alone"]
phrases = ["Ärendet rör …"]
"""

PROFILE = """\
format = "samverkan-organisation/1"
id = "angby"
name = "Ängby förvaltning"
committee = "Ängby nämnd"
templates = ["prov*", "annan"]
"""


@pytest.fixture
def places(tmp_path: Path) -> Folders:
    """Three empty places to install in."""
    return Folders(*(tmp_path / name for name in ("program", "user", "config", "site")))


def install(folder: Path, text: str | bytes, name: str = "prov", kind: str = "templates") -> Path:
    path = folder / kind / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_what_ships_is_sound(folders: Folders):
    catalogue = load_catalogue(folders)
    assert catalogue.problems == ()
    assert len(catalogue.templates) >= 8
    assert len(catalogue.organisations) >= 11


def test_a_template_file(tmp_path: Path):
    template = read_template(install(tmp_path, TEMPLATE))
    slot = template.slot("lang-1_a")
    assert slot is not None
    assert (slot.need, slot.checks) == (Need.RECOMMENDED, (SlotCheck.STANDS_ALONE,))
    assert template.slot("annan") is None
    assert template.decision.form is DecisionForm.SENTENCE
    assert template.decision_slot.kind is SlotKind.DECISION
    assert template.dnr.is_usual("KS 2023/740")
    assert not template.dnr.is_usual("2023-740")


def test_a_template_without_a_pattern_takes_any_registry_number(tmp_path: Path):
    plain = TEMPLATE.replace("[dnr]\npattern = '^KS \\d{4}/\\d+$'\n", "")
    assert read_template(install(tmp_path, plain)).dnr.is_usual("vad som helst")


def test_nothing_installed_is_no_problem(places: Folders):
    assert load_catalogue(places) == Catalogue({}, {})


def test_a_later_place_wins(places: Folders):
    order = (places.resources, places.site_config, places.user_data)
    names = []
    for i, place in enumerate(order):
        install(place, TEMPLATE.replace('name = "Prov"', f'name = "Prov {i}"'))
        install(place, PROFILE.replace("Ängby nämnd", f"Nämnd {i}"), "angby", "organisations")
        catalogue = load_catalogue(places)
        names.append((catalogue.templates["prov"].name, catalogue.organisations["angby"].committee))
    assert names == [("Prov 0", "Nämnd 0"), ("Prov 1", "Nämnd 1"), ("Prov 2", "Nämnd 2")]


def test_the_places_add_to_one_another(places: Folders):
    install(places.resources, TEMPLATE)
    install(places.site_config, TEMPLATE.replace('"prov"', '"stadens"'), "stadens")
    install(places.user_data, TEMPLATE.replace('"prov"', '"min"'), "min")
    assert sorted(load_catalogue(places).templates) == ["min", "prov", "stadens"]


def test_a_broken_file_is_reported_and_stops_nothing_else(places: Folders):
    install(places.resources, TEMPLATE)
    install(places.resources, PROFILE, "angby", "organisations")
    broken = install(places.site_config, TEMPLATE.replace("[dnr]", "[dnr]\nfel = 1"))
    no_toml = install(places.user_data, "x = [}", "annan")
    folder = places.user_data / "organisations" / "mapp.toml"
    folder.mkdir(parents=True)
    catalogue = load_catalogue(places)
    assert catalogue.templates["prov"].slots[0].need is Need.REQUIRED
    assert list(catalogue.organisations) == ["angby"]
    problems = [str(problem) for problem in catalogue.problems]
    assert problems == [
        f"{broken} kan inte läsas: fel vid dnr.fel: fältet finns inte i formatet.",
        f"{no_toml} kan inte läsas: fel vid rad 1, tecken 6: det är inte giltig TOML.",
        f"Filen {folder} kan inte läsas: det är en mapp, ingen fil.",
    ]


def test_other_files_in_the_folders_are_left_alone(places: Folders):
    path = install(places.user_data, "inte toml")
    path.rename(path.with_suffix(".txt"))
    assert load_catalogue(places) == Catalogue({}, {})


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ('name = "Prov"\n', "", "name", "fältet saknas"),
        ('name = "Prov"', "name = 5", "name", "ska vara text, inte 5"),
        ('name = "Prov"', 'name = "Prov"\nnamn = 5', "namn",
         "fältet finns inte i formatet (menade du name?)"),
        ('id = "prov"', 'id = "Prov"', "id", "ska vara filens namn, ”prov”"),
        ("[dnr]", "[dnr]\nfel = 1", "dnr.fel", "fältet finns inte i formatet"),
        ("^KS", "^(KS", "dnr.pattern", "är inget giltigt reguljärt uttryck"),
        ("\\d+", "x{99999999999}", "dnr.pattern", "är inget giltigt reguljärt uttryck"),
        ('form = "sentence"', 'form = "mening"', "decision.form",
         "”mening” är inget av sentence, numbered, att_lines, infinitive"),
        ('key = "fraga"', 'key = "Fråga"', "slots[0].key (Fråga)",
         "ska bestå av a–z, 0–9, _ och - och bara finnas en gång"),
        ('key = "fraga"', 'key = "lang-1_a"', "slots[1].key (lang-1_a)",
         "ska bestå av a–z, 0–9, _ och - och bara finnas en gång"),
        ('key = "fraga"', "key = 5", "slots[0].key", "ska vara text, inte 5"),
        ('key = "fraga"', 'key = "två ord"', "slots[0].key",
         "ska bestå av a–z, 0–9, _ och - och bara finnas en gång"),
        ('key = "fraga"\n', "", "slots[0].key", "fältet saknas"),
        ('need = "recommended"', 'need = "gärna"', "slots[1].need (lang-1_a)",
         "”gärna” är inget av required, recommended, optional"),
        ('heading = "Ärendet"', 'heading = " "', "slots[1].heading (lang-1_a)",
         "får inte vara tom"),
        ('kind = "decision"', 'kind = "text"', "slots", "exakt en ska ha kind = ”decision”"),
        ("not_applicable = true", 'kind = "decision"', "slots",
         "exakt en ska ha kind = ”decision”"),
        ("not_applicable = true", "not_applicable = 1", "slots[1].not_applicable (lang-1_a)",
         "ska vara true eller false, inte 1"),
        ('checks = ["stands_alone"]', 'checks = ["x"]', "slots[1].checks[0] (lang-1_a)",
         "”x” är inget av stands_alone, mentions_money, position"),
        ('checks = ["stands_alone"]', "[slots.labels]", "slots[1].labels (lang-1_a)",
         "fältet finns inte i formatet"),
        ('name = "Prov"', 'language = "på"\nname = "Prov"', "language",
         "ska vara en språkkod som sv-SE"),
        ("samverkan-template/1", "samverkan-mall", "format", "ska vara ”samverkan-template/1”"),
        ('format = "samverkan-template/1"', "", "format", "ska vara ”samverkan-template/1”"),
        ('name = "Prov"', 'name = "Prov', "rad 3, tecken 13", "det är inte giltig TOML"),
        ('name = "Prov"', "name = " + "7" * 5000, "", "det är inte giltig TOML"),
        ('name = "Prov"', "name = " + "[" * 9000, "", "för många nivåer i varandra"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_template_is_named(
    tmp_path: Path, old: str, new: str, place: str, reason: str
):
    assert old in TEMPLATE
    path = install(tmp_path, TEMPLATE.replace(old, new, 1))
    with pytest.raises(InvalidFieldError) as error:
        read_template(path)
    assert (error.value.place, error.value.reason) == (place, reason)
    assert str(error.value).startswith(f"{path} kan inte läsas: fel")


def test_a_file_that_ends_too_early_is_named_without_a_place(tmp_path: Path):
    path = install(tmp_path, 'name = """')
    with pytest.raises(InvalidFieldError, match=r"fel: det är inte giltig TOML\.$"):
        read_template(path)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (TEMPLATE.replace("template/1", "template/2"), NewerFormatError),
        (b"name = '\xff'", InvalidFieldError),
        (None, UnreadableFileError),
    ],
)
def test_files_that_are_not_ours_to_read(
    tmp_path: Path, text: str | bytes | None, error: type[InputError]
):
    path = tmp_path / "saknas.toml" if text is None else install(tmp_path, text)
    with pytest.raises(error, match=path.name):
        read_template(path)


def test_files_from_windows_editors(tmp_path: Path):
    """A byte order mark and CRLF."""
    text = b"\xef\xbb\xbf" + TEMPLATE.replace("\n", "\r\n").encode()
    assert read_template(install(tmp_path, text)) == read_template(install(tmp_path, TEMPLATE))


def test_profiles_go_with_templates_by_pattern(places: Folders):
    install(places.resources, PROFILE, "angby", "organisations")
    other = PROFILE.replace('"angby"', '"alle"').replace("Ängby f", "Alléns f")
    every = other.replace('templates = ["prov*", "annan"]', 'templates = ["*"]')
    install(places.resources, every, "alle", "organisations")
    unsaid = (
        every.replace('templates = ["*"]', "").replace('"alle"', '"ovre"').replace("All", "Övr")
    )
    install(places.resources, unsaid, "ovre", "organisations")
    catalogue = load_catalogue(places)

    def ids(template_id: str) -> list[str]:
        return [profile.id for profile in catalogue.organisations_for(template_id)]

    assert ids("prov-2") == ["alle", "angby", "ovre"]
    assert ids("annan") == ["alle", "angby", "ovre"]
    assert ids("Prov") == ["alle", "ovre"]


def test_a_profile_has_its_files_name(tmp_path: Path):
    with pytest.raises(InvalidFieldError, match="fel vid id: ska vara filens namn, ”fel”"):
        read_profile(install(tmp_path, PROFILE, "fel", "organisations"))


def test_a_profile_has_a_logo_beside_it(places: Folders):
    (places.site_config / "organisations").mkdir(parents=True)
    logo = places.site_config / "organisations" / "vapen.svg"
    logo.write_text("<svg/>")
    install(places.site_config, PROFILE + '\nlogo = "vapen.svg"\n', "angby", "organisations")
    catalogue = load_catalogue(places)
    (profile,) = catalogue.organisations.values()
    assert catalogue.logo_of(profile.name) == logo
    assert catalogue.logo_of("En annan förvaltning") is None


@pytest.mark.parametrize(
    ("logo", "reason"),
    [("borta.png", "finns inte"), ("bild.gif", "ska vara en PNG- eller SVG-fil")],
)
def test_a_logo_that_cannot_be_used_is_told(places: Folders, logo: str, reason: str):
    install(places.resources, f'{PROFILE}\nlogo = "{logo}"\n', "angby", "organisations")
    (problem,) = load_catalogue(places).problems
    assert "fel vid logo" in str(problem)
    assert reason in str(problem)


def test_a_template_that_is_not_installed_is_an_error():
    with pytest.raises(UnknownTemplateError, match="Mallen ”prov” finns inte installerad"):
        Catalogue({}, {}).template("prov")
