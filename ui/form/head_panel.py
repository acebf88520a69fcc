"""The head data of a draft, in the groups in which officers think."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from samverkan_desktop.domain.template import SlotCheck, Template
from ui.draft_session import DraftSession
from ui.form.fields import (
    CheckField,
    DateField,
    LinesField,
    PositionField,
    SecrecyField,
    TextField,
)
from ui.form.folding import Folding
from ui.form.lens import field

LABEL_WIDTH = 110


class HeadPanel(QWidget):
    """Ärende, nämnd, handläggare, remiss and förvaltning; each group folds."""

    def __init__(
        self, session: DraftSession, resources: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        labels = session.template.labels
        self.title = TextField(session, field("title"), "Rubrik", "Vad ärendet handlar om")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.matter = Folding(
            "Ärendeuppgifter", self._matter_form(session, session.template, resources)
        )
        self._officer = Folding(
            labels.officer,
            _form(
                ("Namn", TextField(session, field("officer", "name"), "Handläggarens namn")),
                ("Titel", TextField(session, field("officer", "role"), "Handläggarens titel")),
                (
                    labels.phone,
                    TextField(session, field("officer", "phone"), "Handläggarens telefon"),
                ),
                (
                    labels.email,
                    TextField(session, field("officer", "email"), "Handläggarens e-post"),
                ),
            ),
        )
        self._referral = Folding("Remiss", _referral_form(session, resources))
        self.organisation = Folding("Förvaltning", _organisation_form(session))
        for group in (self.matter, self._officer, self._referral, self.organisation):
            column.addWidget(group)
        self.matter.set_open(on=True)
        self._officer.set_open(on=not session.draft.officer.name)
        asks_position = any(SlotCheck.POSITION in slot.checks for slot in session.template.slots)
        self._referral.set_open(on=asks_position and not session.draft.referral.sender)
        self._referral.setVisible(asks_position or bool(session.draft.referral.sender))
        session.collected.connect(self._summarise)
        self._summarise()

    def _matter_form(self, session: DraftSession, template: Template, resources: Path) -> QWidget:
        subtitle = TextField(session, field("subtitle"), "Underrubrik", template.subtitle)
        dnr = TextField(session, field("dnr"), template.dnr.label, template.dnr.example)
        dnr.setToolTip(template.dnr.help)
        meeting = DateField(session, field("meeting_date"), "Sammanträdesdatum", resources)
        dated = DateField(session, field("document_date"), "Dokumentets datum", resources)
        return _form(
            ("Rubrik", self.title),
            ("Underrubrik", subtitle),
            (template.dnr.label, dnr),
            ("Nämnd", TextField(session, field("committee"), "Nämnd")),
            ("Sammanträde", meeting),
            ("Dokumentdatum", dated),
            (
                "Justering",
                CheckField(session, field("flags", "immediate_approval"), "Omedelbar justering"),
            ),
            ("Sekretess", SecrecyField(session, field("flags", "confidential"), "Sekretess")),
        )

    @Slot()
    def _summarise(self) -> None:
        draft = self._session.draft
        meeting = draft.meeting_date.isoformat() if draft.meeting_date else ""
        self.matter.set_summary(_join(draft.dnr, draft.committee, meeting))
        self._officer.set_summary(_join(draft.officer.name, draft.officer.phone))
        self._referral.set_summary(_join(draft.referral.sender, draft.referral.sender_dnr))
        self.organisation.set_summary(_join(draft.organisation.name, draft.organisation.department))


def _join(*values: str) -> str:
    return " · ".join(value.strip() for value in values if value.strip())


def _referral_form(session: DraftSession, resources: Path) -> QWidget:
    consulted = LinesField(
        session, field("referral", "consulted"), "Remissinstanser", "En instans på varje rad"
    )
    return _form(
        ("Remittent", TextField(session, field("referral", "sender"), "Remittent")),
        (
            "Remittentens dnr",
            TextField(session, field("referral", "sender_dnr"), "Remittentens dnr"),
        ),
        (
            "Svar senast",
            DateField(session, field("referral", "reply_by"), "Svar senast", resources),
        ),
        ("Remissinstanser", consulted),
        ("Ståndpunkt", PositionField(session, field("referral", "position"), "Ståndpunkt")),
    )


def _organisation_form(session: DraftSession) -> QWidget:
    rows = (
        ("Förvaltning", "name"),
        ("Avdelning", "department"),
        ("Gatuadress", "street"),
        ("Box", "postal_box"),
        ("Postadress", "postal_address"),
        ("Växel", "switchboard"),
        ("Fax", "fax"),
        ("E-post", "email"),
        ("Webbplats", "web"),
    )
    return _form(
        *(
            (
                label,
                TextField(session, field("organisation", name), f"Förvaltningens {label.lower()}"),
            )
            for label, name in rows
        )
    )


def _form(*rows: tuple[str, QWidget]) -> QWidget:
    box = QWidget()
    layout = QFormLayout(box)
    layout.setContentsMargins(22, 0, 0, 8)
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    for text, widget in rows:
        label = QLabel(text)
        label.setMinimumWidth(LABEL_WIDTH)
        label.setBuddy(widget)
        layout.addRow(label, widget)
    return box
