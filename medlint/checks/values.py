"""The values of one tag, as all checks of the tag look at them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar

_T = TypeVar("_T")

#: What keeps a pattern from standing beside others in one: flags for the whole of it, and groups
#: that are meant by their number.
_BY_ITSELF = re.compile(r"\(\?[a-zA-Z]+\)|\\[1-9]|\(\?\([0-9]")
_GROUP_NAME = re.compile(r"\(\?(?:P<|P=|\()(?=[^\W\d])")


class Values(list[str]):
    """Values of one tag, and what is worked out from them once for all checks that ask."""

    def __init__(self, values: Collection[str]):
        super().__init__(values)
        self._computed: dict[Hashable, Any] = {}

    @classmethod
    def of(cls, values: Collection[str]) -> Values:
        """*values* themselves, if they are such a list."""
        return values if isinstance(values, cls) else cls(values)

    def once(self, key: Hashable, compute: Callable[[], _T]) -> _T:
        """What *compute* returns, computed for the first check that asks for *key*."""
        if key not in self._computed:
            self._computed[key] = compute()
        computed: _T = self._computed[key]
        return computed

    @cached_property
    def text(self) -> str:
        """The values, one a line."""
        return "\n".join(self)

    @cached_property
    def beyond_ascii(self) -> str:
        """Those values that are not plain ASCII, one a line."""
        if self.text.isascii():
            return ""
        return "\n".join([value for value in self if not value.isascii()])


def all_of(patterns: Sequence[str]) -> str | None:
    """One pattern that matches the whole of just those values of which each of *patterns* does;
    None where no such pattern can be written.

    >>> both = all_of(["[a-z]+", "(?P<letter>.)(?P=letter)"])
    >>> re.fullmatch(both, "aa").span(), re.fullmatch(both, "ab"), re.fullmatch(both, "aaa")
    ((0, 2), None, None)
    """
    distinct = list(dict.fromkeys(patterns))
    if len(distinct) < 2:
        return distinct[0] if distinct else None
    if any(map(_BY_ITSELF.search, distinct)):
        return None
    *others, last = [
        _GROUP_NAME.sub(rf"\g<0>_{number}_", pattern) for number, pattern in enumerate(distinct)
    ]
    return "".join([rf"(?=(?:{pattern})\Z)" for pattern in others]) + f"(?:{last})"


def lines_with(text: str, hint: str) -> Iterator[str]:
    """The lines of *text* that hold *hint*."""
    at = text.find(hint)
    while at >= 0:
        end = text.find("\n", at)
        if end < 0:
            end = len(text)
        yield text[text.rfind("\n", 0, at) + 1 : end]
        at = text.find(hint, end)
