"""Items in order, whether they fit in memory or not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from medlint.spill.drawers import Spill
from medlint.spill.in_order import InOrder

Item = tuple[int, str]


@given(st.lists(st.tuples(st.integers(0, 9), st.text(max_size=3))), st.integers(0, 4))
def test_items_come_in_the_order_of_their_keys(items: list[Item], room: int) -> None:
    spill = Spill(room=20)
    by_number: InOrder[Item] = InOrder(lambda item: item[0], spill, room)
    by_text: InOrder[Item] = InOrder(lambda item: (item[1], item[0]), spill, room)
    for item in items:
        by_number.add(item)
        by_text.add(item)
    assert [number for number, _ in by_number] == sorted(number for number, _ in items)
    assert sorted(by_number) == sorted(items)
    assert list(by_text) == sorted(items, key=lambda item: (item[1], item[0]))


def test_hundreds_of_items_make_runs_of_several_pieces() -> None:
    items: InOrder[int] = InOrder(lambda item: -item, Spill(room=1000), room=300)
    for number in range(1000):
        items.add(number * 7 % 1000)
    assert list(items) == list(range(999, -1, -1))
