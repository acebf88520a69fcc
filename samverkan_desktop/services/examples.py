"""The example drafts that ship with the program."""

from pathlib import Path

from samverkan_desktop.domain.errors import ResourceError, WriteError
from samverkan_desktop.files import Folders, make_folder, read_bytes, write_bytes


def examples(folders: Folders) -> tuple[Path, ...]:
    """Return the shipped example drafts (draft.json files), by name.

    Raises ResourceError when there are none.
    """
    found = tuple(sorted((folders.resources / "examples").glob("*.json")))
    if not found:
        raise ResourceError("examples")
    return found


def write_examples(folders: Folders, target: Path) -> tuple[Path, ...]:
    """Copy the examples and the files they use into a folder; return the drafts' paths there.

    A file that is there already is left alone if it is the same.

    Raises WriteError, for one when another file has the name of an example; ResourceError.
    """
    drafts = examples(folders)
    sources = [path for path in sorted(drafts[0].parent.iterdir()) if path.is_file()]
    copies = {target / source.name: read_bytes(source) for source in sources}
    make_folder(target)
    missing = {path: data for path, data in copies.items() if not _is_there(path, data)}
    for path, data in missing.items():
        write_bytes(path, data)
    return tuple(target / draft.name for draft in drafts)


def _is_there(path: Path, data: bytes) -> bool:
    if not path.exists():
        return False
    if path.is_file() and read_bytes(path) == data:
        return True
    raise WriteError(path, "där finns redan något annat med det namnet")
