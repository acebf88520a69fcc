"""Which installed template a document is likest: by its name, headings, decision and sender."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.template import DecisionForm, Need, Template
from samverkan_desktop.exchange.recognising.report import Certainty
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary, folded


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What a document shows of its type. Headings are folded, with their `keys`."""

    document_name: str
    headings: Sequence[str]
    keys: Sequence[str]
    decision_heading: str
    decision_text: str
    title: str
    subtitle: str
    committee: str
    organisation: str
    dnr: str
    text: str


def choose_template(
    traits: Traits, catalogue: Catalogue, vocabulary: Vocabulary
) -> tuple[Template, Certainty]:
    """Return the likeliest template.

    Raises ValueError when none is installed.
    """
    scored = sorted(
        (
            (_score(traits, template, catalogue), template.id)
            for template in catalogue.templates.values()
        ),
        key=lambda pair: (-pair[0], pair[1]),
    )
    if not scored:
        raise ValueError("no template is installed")
    best, name = scored[0]
    margin = best - scored[1][0] if len(scored) > 1 else best
    if best >= 9 and margin >= 1.5:
        certainty = Certainty.SURE
    else:
        certainty = Certainty.LIKELY if best >= 5 and margin >= 0.5 else Certainty.GUESS
    return catalogue.templates[name], certainty


def _score(traits: Traits, template: Template, catalogue: Catalogue) -> float:
    return (
        _by_name(traits, template)
        + _by_headings(traits, template)
        + _by_subtitle(traits, template)
        + _by_decision(traits, template)
        + _by_sender(traits, template, catalogue)
    )


def _by_name(traits: Traits, template: Template) -> float:
    if not traits.document_name:
        return 0
    same = folded(traits.document_name) == folded(template.document_name)
    return 2 if same else -2


def _by_headings(traits: Traits, template: Template) -> float:
    slots = {folded(slot.heading): slot for slot in template.slots}
    keys = {slot.key for slot in template.slots}
    exact = [heading for heading in traits.headings if heading in slots]
    by_key = sum(
        1
        for heading, key in zip(traits.headings, traits.keys, strict=True)
        if heading not in slots and key in keys
    )
    order = list(slots)
    places = [order.index(heading) for heading in exact]
    falls = sum(1 for a, b in pairwise(places) if a > b)
    missing = sum(
        1
        for heading, slot in slots.items()
        if slot.need is Need.REQUIRED
        and heading not in traits.headings
        and slot.key not in traits.keys
        and slot is not template.decision_slot
    )
    foreign = len(traits.headings) - len(exact) - by_key
    decided = traits.decision_heading == folded(template.decision_slot.heading)
    return len(exact) + 0.4 * by_key - 0.5 * falls - 0.6 * missing - 0.3 * foreign + 0.7 * decided


def _by_subtitle(traits: Traits, template: Template) -> float:
    if not template.subtitle:
        return 0
    opening = folded(template.subtitle.split("…")[0])
    said = folded(traits.subtitle)
    if not opening:
        return 0
    if said.startswith(opening):
        return 3
    if folded(traits.title).startswith(opening):
        return 2
    words = opening.split()
    kin = len(words) > 1 and said.startswith(" ".join(words[:2]))
    return 1 if kin else -1


def _by_decision(traits: Traits, template: Template) -> float:
    text = traits.decision_text
    if not text.strip():
        return 0
    att = len(re.findall(r"^\W*(?:\d+[.)] *)?att\b", text, re.MULTILINE | re.IGNORECASE)) > 0
    numbered = re.search(r"^\W*1[.)]", text, re.MULTILINE) is not None
    lead_ins = {folded(lead) for lead in template.decision.lead_ins}
    led = float(any(folded(line) in lead_ins for line in text.split("\n")))
    return led + _by_form(template.decision.form, has_att=att, is_numbered=numbered)


def _by_form(form: DecisionForm, *, has_att: bool, is_numbered: bool) -> float:
    match form:
        case DecisionForm.ATT_LINES:
            return 2 if has_att else -4
        case DecisionForm.NUMBERED | DecisionForm.INFINITIVE:
            return -1.5 if has_att else (1 if is_numbered else -0.3)
        case _:
            return -1.5 if has_att else 0.5


def _by_sender(traits: Traits, template: Template, catalogue: Catalogue) -> float:
    score = 0.0
    sender, committee = folded(traits.organisation), folded(traits.committee)
    for profile in catalogue.organisations_for(template.id):
        names = [
            folded(name)
            for name in (profile.name, profile.committee, *profile.former_names)
            if name
        ]
        if sender in names or committee in names or any(n and n in committee for n in names):
            score = 2.0
    places = _places(template.group)
    everything = f"{traits.organisation}\n{traits.committee}\n{traits.text[:4000]}".casefold()
    named = any(place in everything for place in places)
    score += 1.5 if named else 0
    if template.dnr.pattern and traits.dnr and template.dnr.is_usual(traits.dnr):
        score += 0.7
    return score


def _places(group: str) -> list[str]:
    """Return how a municipality is named: "Göteborgs Stad" is "göteborg"."""
    words = re.findall(r"[A-ZÅÄÖ][\w-]+", group)
    return [word.casefold().rstrip("s") for word in words if word.casefold() not in _ORDINARY]


_ORDINARY = {"stad", "stads", "kommun", "region", "stadsdelsnämnd", "stadsdelsnämnder"}
