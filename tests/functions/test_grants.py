import pytest

from medlint.functions.grant import COUNTRIES, grant

RIGHT = [
    "R01 AI000001/AI/NIAID NIH HHS/United States",
    "AG/NIA NIH HHS/United States",
    "Intramural NIH HHS/United States",
    "MR/K000001/1/MRC_/Medical Research Council/United Kingdom",
    "001/WHO_/World Health Organization/International",
    "24,341/PHS HHS/United States",
]


@pytest.mark.parametrize("value", RIGHT)
def test_grants_of_known_countries_are_right(value: str) -> None:
    assert grant(value) is None


@pytest.mark.parametrize("value", RIGHT)
def test_a_doubled_slash_is_found_wherever_it_stands(value: str) -> None:
    for at, character in enumerate(value):
        if character == "/":
            assert grant(value[:at] + "/" + value[at:]) == "nothing stands between two slashes"


@pytest.mark.parametrize(
    "value",
    [
        "none/A Foundation/",
        "A Foundation",
        "2018/31/B//A Foundation/",
        "Ministry of Tea/Utopia",
    ],
)
def test_nothing_is_said_of_grants_without_a_known_country(value: str) -> None:
    assert grant(value) is None


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_alone_is_no_grant(country: str) -> None:
    assert grant(country) is not None
    assert grant("/" + country) is not None
    assert grant(f"An Agency/{country}/{country}") == "the country stands there twice"
