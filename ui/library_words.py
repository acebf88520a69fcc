"""The sentences that the window says about its library."""

from collections.abc import Sequence
from datetime import datetime

from samverkan_desktop.claim_notes import Holder
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.version import Version
from samverkan_desktop.places import Kind, Place
from samverkan_desktop.services.moving import Moved
from samverkan_desktop.store.summary import DraftSummary

_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni", "juli"),
    *("augusti", "september", "oktober", "november", "december"),
)
_MOST_NAMED = 4  # drafts in one sentence


def held(holder: Holder | None, why_not: str) -> str:
    """Say who has the library, or why nobody can write in it."""
    if why_not:
        return f"Biblioteket kan inte ändras härifrån: {why_not}. Du kan läsa men inte ändra."
    if holder is None:
        return "Någon annan har biblioteket öppet. Du kan läsa men inte ändra."
    where = "den här datorn" if holder.is_here else holder.host
    since = moment(holder.since)
    return (
        f"{_who(holder)} har biblioteket öppet på {where} sedan {since}. "
        "Du kan läsa men inte ändra."
    )


def free(holder: Holder | None) -> str:
    """Say that the one who had the library has ended."""
    who = _who(holder) if holder else "Den andra"
    return f"{who} arbetar inte längre i biblioteket. Nu kan du göra det."


def crashed(holder: Holder, written: Sequence[DraftSummary]) -> str:
    """Say what there is after a crash, the draft written last first."""
    told = "Samverkan avslutades oväntat förra gången."
    if not written:
        return f"{told} Inget ärende hade sparats sedan starten {moment(holder.since)}."
    named = [
        f"”{summary.title or 'Ärende utan rubrik'}”, sparat {moment(summary.changed_at)}"
        for summary in written[:_MOST_NAMED]
    ]
    more = len(written) - len(named)
    rest = f", och {more} till" if more else ""
    return (
        f"{told} Detta har tagits tillvara: {'; '.join(named)}{rest}. "
        "Högst den sista sekundens text saknas."
    )


def bad_place(place: Place) -> str:
    """Say why a place is bad for a library; nothing for a good one."""
    if place.kind is Kind.NETWORK:
        return (
            f"Biblioteket ligger i {place.name}. Där är det långsammare, och ett avbrott i nätet "
            "kan hindra dig från att spara."
        )
    if place.kind is Kind.SYNCED:
        return (
            f"Biblioteket ligger i en mapp som synkroniseras med {place.name}. Synkroniseringen "
            "kan skada det eller lägga tillbaka en äldre version."
        )
    return ""


def moved(move: Moved) -> str:
    """Say where the library is now, and what became of the old file."""
    left = move.left or move.before
    return f"Biblioteket ligger nu i {move.now.parent}. Den gamla filen finns kvar: {left}"


def overtaken(draft: Draft, version: Version) -> str:
    """Say that two wrote the same draft, and where both texts are."""
    title = draft.title or "Ärende utan rubrik"
    return (
        f"”{title}” ändrades samtidigt av ett annat program. Din text gäller; den andra finns "
        f"kvar under Historik som version {version.number}."
    )


def moment(when: datetime) -> str:
    """Return a time as people say it: the date too when it isn't today."""
    local, today = when.astimezone(), datetime.now().astimezone().date()
    if local.date() == today:
        return f"{local:%H.%M}"
    year = "" if local.year == today.year else f" {local.year}"
    return f"{local.day} {_MONTHS[local.month - 1]}{year} {local:%H.%M}"


def _who(holder: Holder) -> str:
    return holder.name or holder.user
