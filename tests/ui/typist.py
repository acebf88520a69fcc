"""Types a whole draft into the window with keys alone, as an officer without a mouse would.

A `Keyboard` presses the keys: the tests' own sends them to the focused widget; another one can
drive a window on a real screen.
"""

from typing import Protocol

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.template import Template
from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    NumberedList,
    Paragraph,
    spans_text,
)


class Keyboard(Protocol):
    """Presses keys, and tells the name of what has the focus as a screen reader would."""

    def press(self, *keys: str) -> None: ...

    def type(self, text: str) -> None: ...

    def focused(self) -> str: ...


class Typist:
    """Knows what the fields are called, and nothing else about the window."""

    def __init__(self, keyboard: Keyboard) -> None:
        self._keyboard = keyboard

    def write(self, draft: Draft, template: Template, headings: dict[str, str]) -> None:
        """Begin a draft and write all of it; `headings` are the sections' names in the form."""
        self._begin(template)
        self._fill_head(draft, template)
        self.go_to("Beslutspunkt 1")
        for number, item in enumerate(draft.decision[0].items, start=1):
            if number > 1:
                self.push("Lägg till beslutspunkt")
            self.type_blocks(item)
        for section in draft.sections:
            self.go_to(headings[section.key])
            self.type_blocks(section.content)
        for person in draft.signatories:
            self.add_row("Lägg till underskrift", person.name, person.role)
        for attachment in draft.attachments:
            self.add_row("Lägg till bilaga", attachment.title)
        if draft.approvals:
            self.push(f"{template.labels.approved_by}, hopfälld")
        for approval in draft.approvals:
            day = approval.date.isoformat() if approval.date else ""
            self.add_row("Lägg till attest", approval.name, approval.role, day)

    def go_to(self, name: str) -> None:
        """Press Tab until the control of this name has the focus."""
        met = []
        for _ in range(400):
            if self._keyboard.focused() == name:
                return
            self._keyboard.press("Tab")
            met.append(self._keyboard.focused())
        raise AssertionError(f"Tab never came to {name!r}, only to {sorted(set(met))}")

    def push(self, button: str) -> None:
        """Push a button with the space bar."""
        self.go_to(button)
        self._keyboard.press("space")

    def fill(self, name: str, text: str) -> None:
        """Replace what a field holds."""
        self.go_to(name)
        self._keyboard.press("ctrl+a")
        if text:
            self._keyboard.type(text)
        else:
            self._keyboard.press("Delete")

    def add_row(self, button: str, *values: str) -> None:
        """Add a row, which takes the focus, and fill it in from the left."""
        self.push(button)
        for i, value in enumerate(values):
            if i:
                self._keyboard.press("Tab")
            self._keyboard.type(value)

    def type_blocks(self, blocks: Blocks) -> None:
        """Type paragraphs and lists; lists come from "- " and "1. " at the start of a line."""
        for i, block in enumerate(blocks):
            if i:
                self._keyboard.press("Return")
            self._type_block(block, ends=i == len(blocks) - 1)

    def _type_block(self, block: Block, *, ends: bool) -> None:
        match block:
            case Paragraph():
                self._type_spans(block)
            case BulletList() | NumberedList():
                self._keyboard.type("- " if isinstance(block, BulletList) else "1. ")
                for i, item in enumerate(block.items):
                    if i:
                        self._keyboard.press("Return")
                    for inner in item.blocks:
                        assert isinstance(inner, Paragraph)
                        self._type_spans(inner)
                if not ends:
                    self._keyboard.press("Return")  # an empty item; the next Return leaves the list
            case _:
                raise AssertionError(f"the typist can't type {block!r}")

    def _type_spans(self, block: Paragraph) -> None:
        for span in block.spans:
            self._marks(span.bold, span.italic)
            self._keyboard.type(spans_text((span,)))
            self._marks(span.bold, span.italic)

    def _marks(self, bold: bool, italic: bool) -> None:
        if bold:
            self._keyboard.press("ctrl+b")
        if italic:
            self._keyboard.press("ctrl+i")

    def _begin(self, template: Template) -> None:
        self._keyboard.press("ctrl+n")
        self.go_to("Sök bland dokumenttyperna")
        self._keyboard.type(template.name)
        self._keyboard.press("Return")

    def _fill_head(self, draft: Draft, template: Template) -> None:
        labels, officer, organisation = template.labels, draft.officer, draft.organisation
        self.fill("Rubrik", draft.title)
        self.fill("Underrubrik", draft.subtitle)
        self.fill(template.dnr.label, draft.dnr)
        self.fill("Nämnd", draft.committee)
        self.fill("Sammanträdesdatum", _iso(draft.meeting_date))
        self.fill("Dokumentets datum", _iso(draft.document_date))
        self.fill("Handläggarens namn", officer.name)
        self.fill("Handläggarens titel", officer.role)
        self.fill("Handläggarens telefon", officer.phone)
        self.fill("Handläggarens e-post", officer.email)
        self.push("Förvaltning, hopfälld")
        for label, value in (
            ("förvaltning", organisation.name),
            ("avdelning", organisation.department),
            ("gatuadress", organisation.street),
            ("box", organisation.postal_box),
            ("postadress", organisation.postal_address),
            (labels.switchboard.lower(), organisation.switchboard),
            (labels.fax.lower(), organisation.fax),
            ("e-post", organisation.email),
            ("webbplats", organisation.web),
        ):
            self.fill(f"Förvaltningens {label}", value)


def _iso(day: object) -> str:
    return str(day) if day else ""
