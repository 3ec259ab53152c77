import pytest

from medlint.functions.names import name_form


@pytest.mark.parametrize(
    "name",
    [
        "Garcia, Glenn E Jr",
        "Mainous, Arch G 3rd",
        "Ma, Do",
        "Rahman, Md",
        "Hassan, MD",
        "'t Hooft, Gerard",
        "O'Brien, Mary-Kate",
        "Müller, Jörg",
        "Иванов, Иван И",
        "王, 小明",
        "Himani",
    ],
)
def test_names_of_persons_are_right(name):
    assert name_form(name) is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Smith, John PhD", "'PhD' is a degree, not a name"),
        ("Smith, John A, M.D.", "'M.D.' is a degree, not a name"),
        ("Smith, John1", "'1' is not part of a name"),
        ("Smith, John\u00b2", "'\u00b2' is not part of a name"),
        ("Smith*, John", "'*' is not part of a name"),
        ("Smith, John john@example.org", "an e-mail address is not part of a name"),
        ("Smith, John https://example.org", "a web address is not part of a name"),
        ("Smith, <i>John</i>", "'<i>' is markup, not a name"),
        ("M&uuml;ller, Jan", "'&uuml;' is markup, not a name"),
    ],
)
def test_reason_says_what_is_no_name(name, reason):
    assert name_form(name) == reason
