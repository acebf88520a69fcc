"""The stand taken on a remiss is the one that the text takes, and none when that isn't plain."""

import pytest

from samverkan_desktop.domain.draft import Position
from samverkan_desktop.exchange.recognising.recogniser import Recognised
from samverkan_desktop.exchange.recognising.report import Certainty
from samverkan_desktop.exchange.recognising.stand import find_stand
from tests.exchange.reading_in import imported

OWN = ("Björkhöjdens stadsdelsförvaltning", "Björkhöjdens stadsdelsnämnd")
PARTLY = Position.APPROVE_PARTLY


@pytest.mark.parametrize(
    ("text", "stand"),
    [
        ("Förvaltningen tillstyrker förslaget.", Position.APPROVE),
        ("Nämnden avstyrker promemorians förslag.", Position.REJECT),
        ("Kontoret avstår från att yttra sig över förslaget.", Position.ABSTAIN),
        ("Förvaltningen tillstyrker förslaget delvis.", PARTLY),
        ("Förvaltningen tillstyrker delvis förslaget.", PARTLY),
        ("Förvaltningen delvis tillstyrker utredningens förslag.", PARTLY),
        ("Förslaget tillstyrks i huvudsak av nämnden.", PARTLY),
        ("Förvaltningen tillstyrker i allt väsentligt utredningens förslag.", PARTLY),
        ("Förvaltningen tillstyrker förslaget till stora delar.", PARTLY),
        ("Förvaltningen tillstyrker planen med undantag för avsnitt fyra.", PARTLY),
        ("Nämnden tillstyrker förslaget med de förbehåll som anges nedan.", PARTLY),
        ("Kommunen tillstyrker förslagen i stort men avråder från en del.", PARTLY),
        ("Förvaltningen tillstyrker det delvis. Förvaltningen avstyrker avgiften.", PARTLY),
        ("Förvaltningen tillstyrker kapitel 2 men avstyrker kapitel 3.", PARTLY),
        ("Förvaltningen tillstyrker förslaget.\nFörvaltningen tillstyrker det delvis.", PARTLY),
        ("Björkhöjdens stadsdelsförvaltning tillstyrker förslaget.", Position.APPROVE),
        # What the four stands of a form don't say, or what the text says two ways.
        ("Förvaltningen avstyrker delvis förslaget.", None),
        ("Förvaltningen kan inte tillstyrka förslaget.", None),
        ("Förvaltningen tillstyrker inte förslaget.", None),
        ("Om förslaget ändras tillstyrker förvaltningen det.", None),
        ("Förvaltningen tillstyrker förslaget under förutsättning att det finansieras.", None),
        ("Förvaltningen tillstyrker planen. Förvaltningen avstyrker avgiften.", None),
        ("Förvaltningen ställer sig positiv till förslaget.", None),
        # What somebody else thinks.
        ("Trafikkontoret avstyrker förslaget.", None),
        ("Rådet för äldre tillstyrker planen. Nämnden avstyrker den.", Position.REJECT),
    ],
)
def test_the_stand_is_what_the_text_says(text: str, stand: Position | None):
    assert find_stand(text, OWN)[0] == stand


def test_a_stand_that_nobody_is_said_to_take_is_a_guess():
    assert find_stand("Förslaget tillstyrks.", OWN) == (Position.APPROVE, Certainty.GUESS)
    assert find_stand("Nämnden tillstyrker det.", OWN) == (Position.APPROVE, Certainty.LIKELY)


def answer(said: str) -> Recognised:
    text = f"""Remiss om ny parkplan

Svar på remiss

Förslag till beslut

Remissen besvaras med förvaltningens tjänsteutlåtande.

Ärendet

Planen handlar om stadens parker de kommande tio åren.

Synpunkter och förslag

{said}
"""
    return imported(text.encode())


def test_the_stand_is_told_with_how_sure_it_is():
    found = answer("Förvaltningen tillstyrker förslaget delvis.")
    assert found.draft.referral.position is PARTLY
    (placed,) = [p for p in found.report.placed if p.where == "Ståndpunkt"]
    assert (placed.text, placed.certainty) == ("tillstyrker delvis", Certainty.LIKELY)


def test_that_no_stand_was_found_is_told():
    found = answer("Förvaltningen avstyrker delvis förslaget.")
    assert found.draft.referral.position is None
    note = "Ståndpunkten gick inte att läsa ut ur texten. Välj den i formuläret."
    assert note in found.report.notes
