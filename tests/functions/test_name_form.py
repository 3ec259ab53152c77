import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.functions import names
from medlint.functions.author import PAIR_CLEAN, short_names
from medlint.functions.name_words import GROUP, GROUP_HINTS
from medlint.functions.names import ASPECTS, name_form

FORENAMES = ("Anna", "JOHN", "J", "Dr", "PhD", "Jr", "III", "de", "maria", "Group", "Mό", "Jo-An")


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
        "K J, Kishore Kumar",
        "Ebenezer, Ann A/P M",
        "Vives, Mª Carmen",
        "Center, E M",
        "Groupe, V",
        "Hospital, Pere",
        "Lord, Ann",
        "Anderson, Sandy",
        "Troupin, Andrea",
        "Smits, JFMA",
        "NG, Ann",
        "de la Cruz, Ana",
        "Nasution, Ahmad",
    ],
)
def test_names_of_persons_are_right(name):
    assert {aspect for aspect, judge in ASPECTS.items() if judge(name)} == set()
    assert name_form(name) is None


@pytest.mark.parametrize(
    ("aspect", "name", "part", "reason"),
    [
        ("titles", "Smith, John PhD", "PhD", "'PhD' is a degree, not a name"),
        ("titles", "Smith, John A, M.D.", "M.D.", "'M.D.' is a degree, not a name"),
        ("titles", "Smith, PhD", "PhD", "'PhD' is a degree, not a name"),
        ("titles", "Dr Smith, John", "Dr", "'Dr' is a title, not a name"),
        ("titles", "Smith, Prof. John", "Prof.", "'Prof.' is a title, not a name"),
        ("titles", "Smith, John Dr", "Dr", "'Dr' is a title, not a name"),
        ("signs", "Smith, John1", "1", "'1' is not part of a name"),
        ("signs", "Smith, John\u00b2", "\u00b2", "'\u00b2' is not part of a name"),
        ("signs", "Smith*, John", "*", "'*' is not part of a name"),
        ("signs", "Smith, John (Jack)", "(", "'(' is not part of a name"),
        (
            *("signs", "Smith, John john@example.org", "john@example.org"),
            "an e-mail address is not part of a name",
        ),
        (
            *("signs", "Smith, John https://example.org", "https://example.org"),
            "a web address is not part of a name",
        ),
        ("signs", "Smith, <i>John</i>", "<i>", "'<i>' is markup, not a name"),
        ("signs", "M&uuml;ller, Jan", "&uuml;", "'&uuml;' is markup, not a name"),
        ("capitals", "SMITH, John", "SMITH", "'SMITH' is in capitals"),
        ("capitals", "ABD-EL AZIZ, Ann", "ABD-EL AZIZ", "'ABD-EL AZIZ' is in capitals"),
        ("capitals", "Smith, CAROLINE A", "CAROLINE", "'CAROLINE' is in capitals"),
        ("small_letters", "Smith, john", "john", "'john' has no capital letter"),
        ("small_letters", "himani", "himani", "'himani' has no capital letter"),
        ("blanks", "Smith,  John", "  ", "two blanks stand together"),
        ("blanks", "Smith , John", " ,", "a blank stands before the comma"),
        ("full_stops", "Moore, Ann J.", "J.", "no full stop is written after the initial 'J'"),
        ("one_person", "Smith, John & Doe, Jane", "&", "'&' parts two persons"),
        ("one_person", "Smith, John; Doe, Jane", ";", "';' parts two persons"),
        ("one_person", "Smith, John et al.", "et al.", "'et al.' stands for others"),
        (
            *("group", "Study-Group, Tea", "Study-Group"),
            "'Study-Group' is part of the name of a group, which belongs in CN",
        ),
        (
            *("suffix", "Smith Jr, John", "Jr"),
            "the suffix 'Jr' stands after the forename, as in 'Smith, John Jr'",
        ),
        ("suffix", "Smith, John II", "II", "the suffix 'II' is written '2nd'"),
        ("suffix", "Smith, John Jr.", "Jr.", "the suffix 'Jr.' is written 'Jr'"),
        (
            *("one_script", "Smith, Аnna M", "Аnna"),
            "in 'Аnna' Latin letters stand beside 'А'",
        ),
        (
            *("one_script", "Doe, Ansmall en, Cyrillica B", "Ansmall en, Cyrillica"),
            "in 'Ansmall en, Cyrillica' Latin letters stand beside 'small en, Cyrillic'",
        ),
        ("divided", "Dosch H-M", "H-M", "no comma stands before the initials 'H-M'"),
        ("divided", "Odair A Jr", "A", "no comma stands before the initials 'A'"),
        (
            "inverted",
            "Jane Doe",
            "Jane Doe",
            "no comma parts surname and forename; the name of a group belongs in CN",
        ),
    ],
)
def test_reason_says_what_is_no_name_and_where(aspect, name, part, reason):
    fault = ASPECTS[aspect](name)
    assert fault is not None
    assert fault.reason == reason
    assert name[slice(*fault.span)] == part


@given(st.text(), st.text())
def test_no_text_makes_a_judge_raise_and_spans_lie_in_the_name(surname, forename):
    for name in (surname, f"{surname}, {forename}"):
        for judge in ASPECTS.values():
            fault = judge(name)
            assert fault is None or 0 <= fault.span[0] <= fault.span[1] <= len(name)


@given(
    st.lists(st.sampled_from(["Smith", "SMITH", "O'Brien", "de", "Jr", "Müller", "a", "Wό"])),
    st.lists(st.sampled_from(FORENAMES), min_size=1, max_size=3),
)
def test_a_pair_that_is_plainly_right_holds_a_name_without_fault(surname, given_names):
    full = f"{' '.join(surname)}, {' '.join(given_names)}"
    for short in short_names(full):
        if re.fullmatch(PAIR_CLEAN, f"{full}\t{short}"):
            assert [aspect for aspect, judge in ASPECTS.items() if judge(full)] == []


@given(st.text("SmithJO12 ,.;&*-'éάа", min_size=1), st.text("ANa né.Dr;MD3*Jr", min_size=1))
def test_no_odd_text_is_plainly_right(surname, forename):
    full = f"{surname}, {forename}"
    for short in short_names(full):
        if re.fullmatch(PAIR_CLEAN, f"{full}\t{short}"):
            assert [aspect for aspect, judge in ASPECTS.items() if judge(full)] == []


@pytest.mark.parametrize("word", re.findall(r"[A-Z][a-z]{3,}", GROUP))
def test_every_word_of_a_group_has_a_hint(word):
    for name in (f"Tea {word}, X", f"Study-{word}, X", f"{word}, Tea Study", f"Medical {word}, X"):
        if names.group(name):
            assert any(hint in name for hint in GROUP_HINTS)
