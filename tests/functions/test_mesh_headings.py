import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.functions.mesh import mesh_heading

NAMES = st.from_regex(r"[A-Za-z][A-Za-z,&()'-]*( [A-Za-z0-9,&()'-]+){0,3}", fullmatch=True)
QUALIFIERS = st.lists(NAMES, max_size=4, unique=True)
STARS = st.lists(st.booleans(), min_size=5, max_size=5)


def heading(descriptor: str, qualifiers: list[str], stars: list[bool]) -> str:
    names = [descriptor, *qualifiers]
    return "/".join("*" * star + name for name, star in zip(names, stars, strict=False))


@given(NAMES, QUALIFIERS, STARS)
def test_a_descriptor_with_different_qualifiers_and_any_stars_is_right(
    descriptor: str, qualifiers: list[str], stars: list[bool]
) -> None:
    assert mesh_heading(heading(descriptor, qualifiers, stars)) is None


@given(NAMES, QUALIFIERS, STARS, st.data())
def test_one_slash_too_many_is_found(
    descriptor: str, qualifiers: list[str], stars: list[bool], data: st.DataObject
) -> None:
    value = heading(descriptor, qualifiers, stars)
    places = [0, len(value), *(i for i, character in enumerate(value) if character == "/")]
    at = data.draw(st.sampled_from(places))
    assert mesh_heading(value[:at] + "/" + value[at:]) is not None


@given(NAMES, QUALIFIERS, STARS, st.data())
def test_a_star_behind_the_beginning_of_a_name_is_found(
    descriptor: str, qualifiers: list[str], stars: list[bool], data: st.DataObject
) -> None:
    value = heading(descriptor, qualifiers, stars)
    places = [i for i in range(1, len(value) + 1) if value[i - 1] != "/"]
    at = data.draw(st.sampled_from(places))
    assert mesh_heading(value[:at] + "*" + value[at:]) is not None


@pytest.mark.parametrize(
    "value",
    ["Tea /chemistry", "Tea/ chemistry", "* Tea", "Tea  Tree", "Tea/chemistry/*chemistry", "", "*"],
)
def test_blanks_and_repeats_are_found(value: str) -> None:
    assert mesh_heading(value) is not None
