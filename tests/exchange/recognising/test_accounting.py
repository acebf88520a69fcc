"""Words are counted: what the recogniser should lose by a mistake is kept, and told."""

import pytest

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.text import plain_text
from samverkan_desktop.exchange.reading.text import read_text
from samverkan_desktop.exchange.recognising import recogniser
from samverkan_desktop.exchange.recognising.accounting import missing_words
from samverkan_desktop.exchange.recognising.other import OTHER_KEY
from samverkan_desktop.exchange.recognising.report import Certainty, Report, Taken, Why
from tests.exchange.reading_in import catalogue, vocabulary

TEXT = "Titel\n\nFörslag till beslut\n\nNämnden godkänner rapporten.\n\nBakgrund\n\nText.\n"


def report(*taken: Taken) -> Report:
    return Report(
        kind="txt", template="t", template_name="T", template_certainty=Certainty.SURE, taken=taken
    )


def test_words_that_are_nowhere_are_found_in_their_order():
    document = read_text("Ett två tre. Två fyra.")
    draft = Draft(template="t", title="Ett")
    assert missing_words(document, draft, report()) == ["två", "tre", "Två", "fyra"]
    assert missing_words(document, draft, report(Taken("två Två fyra", Why.LABEL))) == ["tre"]


def test_a_word_that_became_whole_is_not_missing():
    document = read_text("T J Ä N S T E samverkans överenskommelse")
    draft = Draft(template="t", title="TJÄNSTE samverkansöverenskommelse")
    assert missing_words(document, draft, report()) == []


def test_what_a_mistake_would_lose_is_kept_and_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recogniser, "read_decision", lambda *_: ())
    found = recogniser.recognise(read_text(TEXT), catalogue(), vocabulary())
    other = found.draft.section(OTHER_KEY)
    assert plain_text(other.content) == "Nämnden godkänner rapporten"
    assert found.report.unplaced == ("Nämnden godkänner rapporten",)
    assert not found.report.is_complete
