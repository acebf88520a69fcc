"""What the user is told of each draft after a library was mended."""

from datetime import date

import pytest

from samverkan_desktop.domain.account import DraftAccount

TOLD = [
    ({"from_history": ("Bakgrund",)}, "Hämtat ur en tidigare version: Bakgrund."),
    ({"from_backup": ("Ärendet",)}, "Hämtat ur säkerhetskopian från 2026-11-20: Ärendet."),
    ({"plain": ("Bakgrund", "Ärendet")}, "Räddat som text utan formatering: Bakgrund, Ärendet."),
    ({"lost": ("Bakgrund",)}, "Gick inte att läsa: Bakgrund."),
    ({"lost_files": ("karta.png",)}, "Filer som saknas: karta.png."),
    ({"is_from_backup": True}, "Hela ärendet är hämtat ur säkerhetskopian från 2026-11-20."),
    ({"more_lost": True}, "Fler avsnitt kan saknas."),
    ({"lost_versions": 1}, "1 tidigare version saknas."),
    ({"lost_versions": 3}, "3 tidigare versioner saknas."),
]


@pytest.mark.parametrize(("what", "sentence"), TOLD)
def test_each_loss_is_told_in_a_sentence_of_its_own(what: dict, sentence: str) -> None:
    account = DraftAccount(id="a", title="Parken", **what)
    assert list(account.sentences(date(2026, 11, 20))) == [sentence]
    assert not account.is_whole


def test_a_backup_of_no_known_day_is_told_without_one() -> None:
    account = DraftAccount(id="a", title="Parken", is_from_backup=True)
    assert list(account.sentences(None)) == ["Hela ärendet är hämtat ur säkerhetskopian."]


def test_doubt_is_told_and_a_whole_draft_needs_no_words() -> None:
    (doubt,) = DraftAccount(id="a", title="P", is_doubtful=True).sentences(None)
    assert "äldre text" in doubt
    whole = DraftAccount(id="a", title="P")
    assert whole.is_whole
    assert list(whole.sentences(None)) == []
