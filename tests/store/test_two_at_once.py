"""Two processes that write one draft at the same time: what each was told is saved is there."""

from pathlib import Path

from bench.two_at_once import run


def test_two_processes_lose_nothing_of_each_others(tmp_path: Path) -> None:
    outcome = run(tmp_path, seconds=4, pause=0.02)
    assert outcome.missing == ()
    assert outcome.by_window > 10
    assert outcome.by_command > 10
    assert outcome.kept > 0, "they never met"
