"""The program is killed while somebody writes: at most the last second of it is lost.

`python -m bench.kill` does it a thousand times.
"""

from bench.kill import deaths


def test_a_killed_program_loses_a_second_at_most() -> None:
    found = list(deaths(runs=15, lanes=3))
    assert [death.wrong for death in found if death.wrong] == []
    assert max(death.oldest for death in found) <= 1.0
    assert sum(death.typed for death in found) > 300
