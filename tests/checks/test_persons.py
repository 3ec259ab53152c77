"""person_name and person_once: who stands in a record, and how."""

from __future__ import annotations

import pytest
from checking import CONTEXT, build, faults, is_suspect, read
from hypothesis import given
from hypothesis import strategies as st

from medlint.checks import check_class
from medlint.functions.author import author_short_name
from medlint.functions.names import ASPECTS

TAGS = ["FAU", "FIR", "FED", "FPS"]
DOUBLED = build("person_once", full="FAU", details=["AUID", "AD"], doubled=True)
TWICE = build("person_once", full="FAU", details=["AUID", "AD"])

NAMES = st.sampled_from(
    [
        *("Doe, Jane", "Roe, R", "de la Cruz, Ana", "Garcia, Glenn E Jr", "Xie, Yan-ming"),
        *("SMITH, JOHN", "smith, john", "Smith, John PhD", "Smith, Dr John", "Smith*, John"),
        *("Smith, John and Doe, Jane", "Consortium, Tea", "Smith Jr, John", "Smith,  John"),
        *(
            "Mrόzek, Jan",
            "Moore, Ann et al",
            "Moore, Ann J.",
            "Smith, John, Jr",
            "Jane Doe",
            "Study-Group, Tea",
        ),
        *("Smith, Jane Dr", "Smith, Caroline", "Smith, JANEANN", "Smith, John III", "Himani"),
    ]
)


def person(name: str, *lines: str, short: str | None = None) -> str:
    """The block of an author."""
    below = [f"AU  - {short or author_short_name(name)}", *lines]
    return "\n".join([f"FAU - {name}", *below]) + "\n"


@pytest.mark.parametrize("aspect", ASPECTS)
@given(names=st.lists(NAMES, max_size=4), short=st.sampled_from([None, "Doe J", "Smith J"]))
def test_no_name_with_a_fault_passes_the_sieve(
    aspect: str, names: list[str], short: str | None
) -> None:
    check = build("person_name", tags=TAGS, aspect=aspect)
    parsed = read("PMID- 1\n" + "".join(person(name, short=short) for name in names))
    if list(check.faults(parsed)):
        assert is_suspect(check, parsed)


@pytest.mark.parametrize(
    "lines", ["FAU - SMITH, J\n", "FIR - SMITH, J\nFIR - Doe, A\nIR  - Doe A\n"]
)
def test_a_name_without_a_short_one_is_looked_at_too(lines: str) -> None:
    check = build("person_name", tags=TAGS, aspect="capitals")
    (fault,) = faults(check, f"PMID- 1\n{lines}")
    assert (fault.occurrence, fault.span) == (1, (0, 5))
    assert is_suspect(check, read(f"PMID- 1\n{lines}"))


def test_a_rule_can_look_at_full_names_alone() -> None:
    with pytest.raises(ValueError, match="AU holds no full names; the tags that do are FAU, FIR"):
        check_class("person_name").build({"tags": ["AU"], "aspect": "signs"}, CONTEXT)


def test_an_author_who_stands_twice_in_a_row() -> None:
    jane = person("Doe, Jane", "AD  - Tea House.")
    (fault,) = faults(DOUBLED, f"PMID- 1\n{person('Roe, R')}{jane}{jane}")
    assert (fault.tag, fault.occurrence) == ("FAU", 3)
    assert fault.params == {"first": "FAU[2]"}
    assert fault.also == (("AD", 2),)


def test_the_affiliation_of_a_group_is_not_the_last_author_s() -> None:
    jane = person("Doe, Jane", "AD  - Tea House.")
    assert len(faults(DOUBLED, f"PMID- 1\n{jane}{jane}CN  - Tea Group\nAD  - Vienna.\n")) == 1


@pytest.mark.parametrize(
    "people",
    [
        person("Doe, Jane", "AD  - Tea House.") + person("Doe, Jane", "AD  - Coffee House."),
        person("Doe, Jane") + person("Doe, Jane"),
        person("Doe, J", "AD  - A.") + person("Roe, R", "AD  - A.") + person("Doe, J", "AD  - A."),
    ],
)
def test_namesakes_are_not_doubled_but_stand_twice(people: str) -> None:
    assert faults(DOUBLED, f"PMID- 1\n{people}") == []
    (fault,) = faults(TWICE, f"PMID- 1\n{people}")
    assert fault.params == {"first": "FAU[1]"}


@given(st.lists(st.tuples(NAMES, st.sampled_from(["AD  - A.", "AD  - B."])), max_size=5))
def test_no_record_with_a_double_passes_the_sieve(people: list[tuple[str, str]]) -> None:
    parsed = read("PMID- 1\n" + "".join(person(name, line) for name, line in people))
    for check in (DOUBLED, TWICE):
        if list(check.faults(parsed)):
            assert is_suspect(check, parsed)
