"""Fields are brought into PubMed's order, and nothing changes hands."""

from __future__ import annotations

from mending import records

from medlint.fixes.order import bonds, in_order


def ordered(*lines: str) -> list[str]:
    [record] = records("PMID- 1\n" + "\n".join(lines) + "\n")
    return [f"{field.tag} {field.value}" for field in in_order(record.layout.fields)][1:]


def test_fields_are_brought_into_pubmeds_order() -> None:
    assert ordered("SO  - B.", "TI  - A.", "OWN - NLM") == ["OWN NLM", "TI A.", "SO B."]


def test_authors_keep_their_identifiers_affiliations_and_groups() -> None:
    block = [
        "FAU - Doe, J",
        "AU  - Doe J",
        "AUID- ORCID: 1",
        "AD  - Leeds.",
        "CN  - Group",
        "AD  - X.",
    ]
    assert ordered("SO  - B.", *block, "TI  - A.") == [
        *("TI A.", "FAU Doe, J", "AU Doe J", "AUID ORCID: 1", "AD Leeds.", "CN Group", "AD X."),
        "SO B.",
    ]


def test_keywords_stay_below_their_owner() -> None:
    assert ordered("OTO - NOTNLM", "OT  - b", "OTO - NLM", "OT  - a", "PMC - PMC1") == [
        *("PMC PMC1", "OTO NOTNLM", "OT b", "OTO NLM", "OT a"),
    ]


def test_an_affiliation_that_would_change_hands_keeps_the_record_as_it_is() -> None:
    lines = ("SO  - B.", "FAU - Doe, J", "AU  - Doe J", "LA  - eng", "AD  - Whose?")
    assert ordered(*lines) == [line.replace("  - ", " ").replace(" - ", " ") for line in lines]


def test_a_tag_that_is_unknown_stays_behind_the_field_above() -> None:
    assert ordered("TI  - A.", "XX  - ?", "OWN - NLM") == ["OWN NLM", "TI A.", "XX ?"]


def test_the_older_order_of_investigators_is_kept() -> None:
    assert ordered("IR  - Doe J", "FIR - Doe, J", "IR  - Roe R", "FIR - Roe, R") == [
        *("IR Doe J", "FIR Doe, J", "IR Roe R", "FIR Roe, R"),
    ]


def test_the_identifier_of_an_investigator_stays_with_him() -> None:
    lines = ("AU  - Doe J", "FIR - Roe, R", "IR  - Roe R", "AUID- ORCID: 1", "IRAD- X.", "TI  - A.")
    assert ordered(*lines)[-4:] == ["IR Roe R", "AUID ORCID: 1", "IRAD X.", "TI A."]
    assert ordered(*lines[1:])[-4:] == ["IR Roe R", "AUID ORCID: 1", "IRAD X.", "TI A."]


def test_bonds_tell_whose_an_affiliation_is() -> None:
    [one] = records("PMID- 1\nAU  - Doe J\nAD  - X.\nAU  - Roe R\n")
    [other] = records("PMID- 1\nAU  - Doe J\nAU  - Roe R\nAD  - X.\n")
    assert one.fields == other.fields
    assert bonds(one.layout.fields) != bonds(other.layout.fields)
