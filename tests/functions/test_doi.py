import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.functions.doi import doi_form, normal_doi


@pytest.mark.parametrize(
    "doi",
    [
        "10.1000/182",
        "10.1000.10/123456",
        "10.1016/S0140-6736(05)67889-5",
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
        "10.1641/0006-3568(2006)56[151:TEOFOB]2.0.CO;2",
        "10.1000/abc(def)",
        "10.1000/Ångström",
        "10.123456789/a",
    ],
)
def test_doi_names_of_every_style_are_right(doi):
    assert doi_form(doi) is None


@pytest.mark.parametrize(
    ("doi", "reason"),
    [
        ("https://doi.org/10.1000/182", "it begins with 'https://doi.org/'"),
        ("http://dx.doi.org/10.1000/182", "it begins with 'http://dx.doi.org/'"),
        ("doi: 10.1000/182", "it begins with 'doi:'"),
        ("DOI:10.1000/182", "it begins with 'DOI:'"),
        ("10.1000/18 2", "it has a blank"),
        ("10.1000/18\u00a02", "it has a blank"),
        ("10.1000/18\x1b2", "it has a character that cannot be printed"),
        ("11.1000/182", "a DOI begins with '10.'"),
        ("", "a DOI begins with '10.'"),
        ("10.100/182", "expected '10.', four to nine digits and '/'"),
        ("10.1000", "expected '10.', four to nine digits and '/'"),
        ("10.1000/", "nothing stands after the '/'"),
        ("10.1000/182.", "it ends with '.'"),
        ("10.1000/182;", "it ends with ';'"),
        ("10.1000/182)", "its final ')' closes nothing"),
        ("10.1000/182]", "its final ']' closes nothing"),
    ],
)
def test_reason_says_what_is_wrong(doi, reason):
    assert (doi_form(doi) or "").startswith(reason)


@pytest.mark.parametrize(
    "written",
    [
        "10.1000/ABC",
        "doi:10.1000/abc",
        "https://doi.org/10.1000/Abc",
        "http://dx.doi.org/10.1000/ABC ",
    ],
)
def test_ways_of_writing_one_doi_compare_equal(written):
    assert normal_doi(written) == "10.1000/abc"


def test_percent_encoding_is_left_alone():
    assert normal_doi("10.1000/a%2Fb") == "10.1000/a%2fb"


@given(st.text())
def test_normalising_twice_is_normalising_once_for_dois(suffix):
    once = normal_doi("10.1000/" + suffix)
    assert normal_doi(once) == once


@pytest.mark.parametrize(
    ("doi", "reason"),
    [
        ("10.1000/abc\u2013182", "'\u2013' stands in place of a hyphen"),
        ("10.1000/ab\u0441", "'\u0441' is a Cyrillic letter among Latin ones"),
        ("10.1016/S0140-6736(05", "its '(' is not closed"),
        ("10.1641/0006-3568(2006)56[151:TEOFOB", "its '[' is not closed"),
    ],
)
def test_damaged_doi_names_have_a_reason(doi, reason):
    assert doi_form(doi) == reason
