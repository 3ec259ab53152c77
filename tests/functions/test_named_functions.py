import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.functions import FUNCTIONS

WITH_PATTERN = [name for name, function in FUNCTIONS.items() if function.clean]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_documented_in_one_line(name):
    doc = FUNCTIONS[name].check.__doc__ or ""
    assert re.fullmatch(r"Return None when .+\.", doc.partition("\n")[0])


@pytest.mark.parametrize("name", FUNCTIONS)
@given(value=st.text())
def test_no_text_makes_a_function_raise(name, value):
    reason = FUNCTIONS[name].check(value)
    assert reason is None or reason.strip()


@pytest.mark.parametrize("name", WITH_PATTERN)
@given(data=st.data())
def test_a_clean_pattern_matches_only_what_is_right(name, data):
    check, clean = FUNCTIONS[name]
    assert clean is not None
    value = data.draw(st.from_regex(clean, fullmatch=True))
    assert check(value) is None


@pytest.mark.parametrize("name", WITH_PATTERN)
@given(data=st.data())
def test_a_clean_pattern_matches_no_newline(name, data):
    clean = FUNCTIONS[name].clean
    assert clean is not None
    value = data.draw(st.from_regex(clean, fullmatch=True))
    cut = data.draw(st.integers(0, len(value)))
    assert re.fullmatch(clean, value[:cut] + "\n" + value[cut:]) is None
