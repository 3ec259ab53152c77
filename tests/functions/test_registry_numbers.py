import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.functions.registry import registry_check_digit, registry_number


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


@pytest.mark.parametrize(
    "value",
    [
        "0 (Antibodies, Viral)",
        "7732-18-5 (Water)",
        "059QF0KO0R (Water)",
        "EC 3.1.1.4 (Phospholipases A2)",
        "EC 2.5.- (Alkyl and Aryl Transferases)",
        "EC 3.1.21.n7 (example nuclease)",
        "EC 2.7.8.- (Transferases (Other Substituted Phosphate Groups))",
        "COVID-19 drug treatment",
        "2,4-xylenol poisoning",
        "SLC25A13 deficiency",
        "SARS-CoV-2 variants",
        "Chromosome 7, monosomy",
    ],
)
def test_registry_numbers_with_names_and_names_alone_are_right(value):
    assert registry_number(value) is None


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("O (Ions)", "letter O"),
        ("0 Ions", "brackets"),
        ("0 (Ions", "brackets"),
        ("0 ()", "no name"),
        ("0", "brackets"),
        ("7732185 (Water)", "hyphens"),
        ("7732-185 (Water)", "two to seven digits"),
        ("7732\u201318\u20135 (Water)", "two to seven digits"),
        ("CAS 7732-18-5 (Water)", "without the word"),
        ("059qf0ko0r (Water)", "capitals"),
        ("059QF0KOR (Water)", "9 characters"),
        ("059QF0KO0R Water", "brackets"),
        ("EC3.1.1.4 (Esterases)", "enzyme"),
        ("ec 3.1.1.4 (Esterases)", "enzyme"),
        ("EC 9.1.1.4 (Esterases)", "enzyme"),
        ("EC 3,1,1,4 (Esterases)", "enzyme"),
        ("EC (Esterases)", "enzyme"),
    ],
)
def test_a_wrong_form_is_named(value, word):
    assert word in (registry_number(value) or "")
