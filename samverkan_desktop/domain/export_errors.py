"""What can keep a document from being written, shown or printed as it is; as in errors.py."""

from samverkan_desktop.domain.errors import SamverkanError, StorageError


class ExportError(StorageError):
    """The document can't be written truthfully, for example because a font lacks a character."""


class UnreadableImageError(ExportError):
    """An image in the document is damaged, too large or in a format that can't be shown."""

    def __init__(self, file: str, section: str) -> None:
        at = f" i avsnittet ”{section}”" if section else ""
        super().__init__(
            f"Bilden {file}{at} kan inte visas: den är skadad, för stor eller i fel format."
        )


class UnreadableLogoError(ExportError):
    """The logo of the organisation profile can't be drawn."""

    def __init__(self) -> None:
        super().__init__(
            "Förvaltningens logotyp kan inte visas. Den ska vara en PNG, eller en SVG av former i "
            "hela färger. IT-avdelningen kan byta den i organisationsprofilen."
        )


class MissingAltTextError(ExportError):
    """An image in the document says nothing to those who can't see it."""

    def __init__(self, file: str, section: str) -> None:
        at = f" i avsnittet ”{section}”" if section else ""
        super().__init__(f"Bilden {file}{at} saknar alternativtext. Beskriv vad den visar.")


class MissingCharacterError(ExportError):
    """No font that ships with the program has a character; `place` is a Swedish phrase."""

    def __init__(self, character: str, place: str) -> None:
        shown = f"U+{ord(character):04X} {character}".strip()
        super().__init__(f"Tecknet {shown} {place} finns inte i något av programmets typsnitt.")


class ExportNotRecordedError(StorageError):
    """Files were written, but the draft's history could not say so."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Filerna har skrivits, men historiken säger det inte ({reason.removesuffix('.')})."
        )


class UnviewablePdfError(StorageError):
    """A PDF that was made can't be shown or printed."""

    def __init__(self) -> None:
        super().__init__("Dokumentet kan inte visas. Exportera det och öppna filen i stället.")


class PrintError(SamverkanError):
    """The printer takes no pages."""

    def __init__(self) -> None:
        super().__init__(
            "Skrivaren tar inte emot dokumentet. Kontrollera att den är på och välj den på nytt."
        )
