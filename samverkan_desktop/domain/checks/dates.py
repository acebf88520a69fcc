"""Dates that can't all be right, and a deadline that the nämnd's minutes won't meet."""

from collections.abc import Iterator
from datetime import date, timedelta

from samverkan_desktop.domain.checks.finding import Finding, Matter, Rule, Severity
from samverkan_desktop.domain.composition import says_immediate_approval
from samverkan_desktop.domain.referral import long_date
from samverkan_desktop.domain.typography import clean

# Kommunallagen (2017:725) 5 kap. 69 §, through 6 kap. 35 §: minutes are approved within 14 days.
_MINUTES = timedelta(days=14)
_FAR = timedelta(days=730)


def meeting_missing(matter: Matter) -> Iterator[Finding]:
    """Find a matter without a meeting: the head says when it is decided (usual practice)."""
    if matter.draft.meeting_date is None:
        message = "Fyll i Sammanträde, dagen då ärendet avgörs."
        yield _warning("meeting_missing", message)


def meeting_past(matter: Matter) -> Iterator[Finding]:
    """Find a meeting that has been: what is being written is decided at a coming one."""
    meeting, today = matter.draft.meeting_date, matter.today
    if meeting and today and meeting < today:
        message = f"Sammanträdet {long_date(meeting)} har redan varit. Välj det som kommer."
        yield _warning("meeting_past", message)


def meeting_far_away(matter: Matter) -> Iterator[Finding]:
    """Find a meeting more than two years ahead: a slip of the pen."""
    meeting, today = matter.draft.meeting_date, matter.today
    if meeting and today and meeting - today > _FAR:
        message = f"Sammanträdet {long_date(meeting)} ligger långt fram. Kontrollera året."
        yield _warning("meeting_far_away", message)


def document_after_meeting(matter: Matter) -> Iterator[Finding]:
    """Find a document dated after the meeting that decides on it."""
    written, meeting = matter.draft.document_date, matter.draft.meeting_date
    if written and meeting and written > meeting:
        message = (
            f"Dokumentdatum är {long_date(written)}, efter sammanträdet"
            f" {long_date(meeting)}. Ändra det datum som är fel."
        )
        yield _warning("document_after_meeting", message)


def approval_after_meeting(matter: Matter) -> Iterator[Finding]:
    """Find an approval after the meeting: managers approve first (usual: two weeks before)."""
    meeting = matter.draft.meeting_date
    for name, approved in _approvals(matter):
        if meeting and approved > meeting:
            message = (
                f"{name} har attesterat {long_date(approved)}, efter sammanträdet"
                f" {long_date(meeting)}. Ändra det datum som är fel."
            )
            yield _warning("approval_after_meeting", message)


def approval_before_document(matter: Matter) -> Iterator[Finding]:
    """Find an approval older than the document: a changed one has to be approved again."""
    written = matter.draft.document_date
    for name, approved in _approvals(matter):
        if written and approved < written:
            message = (
                f"{name} har attesterat {long_date(approved)}, före Dokumentdatum,"
                f" {long_date(written)}. Ändra datum eller attestera igen."
            )
            yield _warning("approval_before_document", message)


def approval_incomplete(matter: Matter) -> Iterator[Finding]:
    """Find an approval that lacks name or date: the attest table has both in each row."""
    for approval in matter.draft.approvals:
        who = clean(approval.name) or clean(approval.role)
        if (who and not approval.date) or (approval.date and not who):
            message = "Fyll i både namn och datum för varje attest."
            yield _warning("approval_incomplete", message)


def reply_before_meeting(matter: Matter) -> Iterator[Finding]:
    """Find an answer due before the meeting: it would come too late."""
    reply_by, meeting = matter.draft.referral.reply_by, matter.draft.meeting_date
    if reply_by and meeting and reply_by < meeting:
        also = "" if _is_adjusted_at_once(matter) else " och föreslå omedelbar justering"
        message = (
            f"Svar senast är {long_date(reply_by)}, före sammanträdet"
            f" {long_date(meeting)}. Be om längre svarstid{also}."
        )
        yield _warning("reply_before_meeting", message)


def reply_before_minutes(matter: Matter) -> Iterator[Finding]:
    """Find an answer due before the minutes must be approved, which is within 14 days."""
    reply_by, meeting = matter.draft.referral.reply_by, matter.draft.meeting_date
    if not reply_by or not meeting or _is_adjusted_at_once(matter):
        return
    if meeting <= reply_by < meeting + _MINUTES:
        message = (
            f"Svar senast är {long_date(reply_by)}, innan protokollet säkert är justerat."
            " Föreslå omedelbar justering om svaret ska skickas i tid."
        )
        yield Finding("reply_before_minutes", Severity.HINT, None, None, message)


def _is_adjusted_at_once(matter: Matter) -> bool:
    """Whether omedelbar justering is chosen, or written in the decision by hand."""
    draft = matter.draft
    return draft.flags.immediate_approval or says_immediate_approval(draft.decision)


def _approvals(matter: Matter) -> Iterator[tuple[str, date]]:
    for approval in matter.draft.approvals:
        name = clean(approval.name) or clean(approval.role)
        if name and approval.date:
            yield name, approval.date


def _warning(code: str, message: str) -> Finding:
    return Finding(code, Severity.WARNING, None, None, message)


RULES: tuple[Rule, ...] = (
    meeting_missing,
    meeting_past,
    meeting_far_away,
    document_after_meeting,
    approval_after_meeting,
    approval_before_document,
    approval_incomplete,
    reply_before_meeting,
    reply_before_minutes,
)
