import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.functions.registry import registry_check_digit


@pytest.mark.parametrize("number", ["7732-18-5", "50-00-0", "58-08-2", "7440-44-0", "059QF0KO0R"])
def test_published_numbers_are_right(number):
    assert registry_check_digit(number) is None


@pytest.mark.parametrize("number", ["0", "EC 3.1.1.4", "7732185", "059QF0KO0", ""])
def test_numbers_without_a_check_character_are_right(number):
    assert registry_check_digit(number) is None


@given(st.from_regex(r"[1-9][0-9]{1,6}-[0-9]{2}-", fullmatch=True))
def test_one_check_digit_fits_each_cas_number(number):
    fitting = [digit for digit in "0123456789" if registry_check_digit(number + digit) is None]
    assert len(fitting) == 1
    wrong = "0" if fitting[0] != "0" else "1"
    assert registry_check_digit(number + wrong) == f"the check digit should be {fitting[0]}"


@given(st.from_regex("[A-Z0-9]{9}", fullmatch=True), st.integers(0, 8), st.sampled_from("0AZ5"))
def test_a_changed_character_of_a_unii_is_always_caught(nine, place, other):
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    (unii,) = [nine + last for last in letters if registry_check_digit(nine + last) is None]
    changed = unii[:place] + other + unii[place + 1 :]
    assert (registry_check_digit(changed) is None) == (changed == unii)
