"""The stand taken on a remiss, from the sentences that say it; none rather than a wrong one."""

import re
from collections.abc import Iterator, Sequence

from samverkan_desktop.domain.draft import Position
from samverkan_desktop.exchange.recognising.report import Certainty

_APPROVES = re.compile(r"\btillstyrk(?:er|s|a|as)\b", re.IGNORECASE)
_REJECTS = re.compile(r"\bavstyrk(?:er|s|a|as)\b", re.IGNORECASE)
_ABSTAINS = re.compile(
    r"\bavstår(?: \w+)? från att (?:yttra|svara|lämna|avge|besvara)", re.IGNORECASE
)
_PARTLY = re.compile(
    r"\b(?:delvis|huvudsakligen|utom|förutom|i (?:huvudsak|stort|princip|(?:allt )?väsentligt"
    r"|(?:stora|grova) drag|(?:vissa|flera|många|de|den) (?:del|delar|punkter|fall)\b)"
    r"|till (?:\w+ )?del(?:ar)?"
    r"|med (?:\w+ ){0,3}?(?:förbehåll|undantag|reservation|invändning)\w*)",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:inte|ej|varken|aldrig|skulle|kunde|tidigare|om inte|såvida|ifall|förutsatt"
    r"|under förutsättning|på villkor)\b|^(?:om|ifall|när)\b",
    re.IGNORECASE,
)
# A body that takes a stand: the document's own is named in general terms, or by its name.
_BODY = re.compile(
    r"\b(?:\w*(?:förvaltning|kontor|nämnd|styrelse|förbund|myndighet|departement)(?:en|et|er|erna)?"
    r"|\w*(?:rådet|verket|bolaget|inspektionen)|kommunen|staden|regionen|vi)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:stadsdels)?(?:förvaltningen|nämnden)|kontoret|styrelsen|vi|kommunen|staden|regionen",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")


def find_stand(text: str, own: Sequence[str]) -> tuple[Position | None, Certainty]:
    """Return the stand that the sentences agree on. `own` are the names of who writes."""
    names = {word.casefold() for name in own for word in name.split()}
    found = list(_stands(text, names))
    stands = {stand for stand, _ in found}
    certainty = Certainty.LIKELY if any(sure for _, sure in found) else Certainty.GUESS
    if Position.APPROVE_PARTLY in stands:  # of which other sentences may tell the parts
        return Position.APPROVE_PARTLY, certainty
    return (stands.pop() if len(stands) == 1 else None), certainty


def _stands(text: str, names: set[str]) -> Iterator[tuple[Position | None, bool]]:
    """Yield the stand of each sentence that takes one, and whether it says that it is ours.

    None is a stand that the four of a form don't express: "avstyrker delvis".
    """
    for sentence in _SENTENCES.split(text):
        approves, rejects = _APPROVES.search(sentence), _REJECTS.search(sentence)
        abstains = _ABSTAINS.search(sentence)
        if not approves and not rejects and not abstains:
            continue
        bodies = [match[0].casefold() for match in _BODY.finditer(sentence)]
        is_own = any(_OWN.fullmatch(body) or body in names for body in bodies)
        if bodies and not is_own:  # another body's stand, told in the text
            continue
        if _UNSURE.search(sentence):
            yield None, is_own
        elif approves and (rejects or _PARTLY.search(sentence)):
            yield Position.APPROVE_PARTLY, is_own
        elif rejects:
            yield (None if _PARTLY.search(sentence) else Position.REJECT), is_own
        else:
            yield (Position.APPROVE if approves else Position.ABSTAIN), is_own
