"""What the user has chosen to export, and what is wrong with it. No Qt in here."""

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from samverkan_desktop.domain.file_names import safe_file_name, split_suffix

WORD, PDF = ".docx", ".pdf"
# Bytes without the suffix; file systems take 255, and a letter may be several.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """A folder, a file name (a suffix that was typed is not counted) and one or two formats."""

    folder: Path
    name: str
    word: bool
    pdf: bool
    carries_draft: bool = True  # the Word file has the draft in it, and can be read in again

    @property
    def stem(self) -> str:
        """Return the file name without its suffix."""
        name = unicodedata.normalize("NFC", " ".join(self.name.split()))
        stem, suffix = split_suffix(name)
        return stem if suffix.lower() in (WORD, PDF) else name

    @property
    def word_file(self) -> Path | None:
        """Return the Word file to write."""
        return self.folder / f"{self.stem}{WORD}" if self.word else None

    @property
    def pdf_file(self) -> Path | None:
        """Return the PDF file to write."""
        return self.folder / f"{self.stem}{PDF}" if self.pdf else None

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the files to write."""
        return tuple(path for path in (self.word_file, self.pdf_file) if path)

    @property
    def problem(self) -> str:
        """Return what keeps this from being written, in one sentence, or nothing."""
        if not self.files:
            return "Välj minst ett format."
        return self._folder_problem() or name_problem(self.stem) or self._taken_problem()

    @property
    def note(self) -> str:
        """Return which files there are that would be replaced, in one sentence, or nothing."""
        names = [path.name for path in self.files if path.exists()]
        if not names:
            return ""
        files, verb = ("Filerna", "ersätts") if len(names) > 1 else ("Filen", "ersätts")
        return f"{files} {' och '.join(names)} finns redan och {verb}."

    def _folder_problem(self) -> str:
        if not str(self.folder).strip() or not self.folder.is_absolute():
            return "Välj en mapp."
        if not self.folder.is_dir():
            return "Mappen finns inte."
        if not os.access(self.folder, os.W_OK):
            return "Du har inte behörighet att skriva i mappen."
        return ""

    def _taken_problem(self) -> str:
        taken = next((path for path in self.files if path.is_dir()), None)
        return f"Det finns redan en mapp som heter {taken.name}." if taken else ""


def name_problem(stem: str) -> str:
    """Return why some system would refuse a file name, in one sentence, or nothing."""
    if not stem:
        return "Skriv ett filnamn."
    if len(stem.encode(errors="replace")) > LONGEST:
        return "Filnamnet är för långt."
    if safe_file_name(stem, longest=LONGEST) == stem:
        return ""
    refused = next((c for c in stem if safe_file_name(f"a{c}a") != f"a{c}a"), "")
    if refused:
        shown = f"Tecknet ”{refused}”" if refused.isprintable() else "Ett osynligt tecken"
        return f"{shown} kan inte stå i ett filnamn."
    if stem != stem.strip(" .-,"):
        return "Ett filnamn kan inte börja eller sluta med punkt, komma eller bindestreck."
    return f"Windows tillåter inte filnamnet ”{stem}”."
