"""What is kept where a reader takes only so much."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from medlint.findings import Severity
from medlint.output.worst import Worst


@given(st.lists(st.sampled_from(Severity)), st.integers(1, 8))
def test_the_worst_are_kept_and_of_equals_the_first(severities: list[Severity], most: int) -> None:
    worst = Worst[int](most)
    for number, severity in enumerate(severities):
        if worst.has_room(severity):
            worst.add(severity, number)
    expected = sorted(range(len(severities)), key=lambda n: (-severities[n], n))[:most]
    assert list(worst.worst_first()) == expected
    assert list(worst) == sorted(expected)
    assert len(worst) == len(expected)


def test_it_can_be_cut_to_fewer() -> None:
    worst = Worst[str](9)
    for severity, item in [
        (Severity.WARNING, "a"),
        (Severity.ERROR, "b"),
        (Severity.INFO, "c"),
        (Severity.ERROR, "d"),
    ]:
        worst.add(severity, item)
    worst.cut_to(3)
    assert list(worst) == ["a", "b", "d"]
    worst.cut_to(0)
    assert list(worst) == []
