"""Tags: what slips of hands and scripts do to them."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from medlint.records.tags import FOREIGN_TAGS, HISTORIC_TAGS, TAGS
from quality.mutations.chance import LETTERS
from quality.mutations.entry import NotApplicable, needed, tag_lines
from quality.mutations.kinds import line_kind

_TAGS_THAT_EXIST = TAGS.keys() | HISTORIC_TAGS | FOREIGN_TAGS


@line_kind("a tag is misspelt", "tag-known")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.choice(tag_lines(lines))
    tag = lines[at][:4].rstrip()
    for _ in range(30):
        place = draw.randrange(len(tag))
        wrong = tag[:place] + draw.choice(LETTERS) + tag[place + 1 :]
        if wrong not in _TAGS_THAT_EXIST:
            lines[at] = f"{wrong:<4}{lines[at][4:]}"
            return [at]
    raise NotApplicable


@line_kind("two letters of a tag are exchanged", "tag-known")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    def wrong(line: str) -> str:
        return line[1] + line[0] + line[2:]

    places = [i for i in tag_lines(lines) if wrong(lines[i])[:4].rstrip() not in _TAGS_THAT_EXIST]
    at = draw.choice(needed([i for i in places if lines[i][0] != lines[i][1]]))
    lines[at] = wrong(lines[at])
    return [at]


@line_kind("a tag that MEDLINE never had", "tag-known")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.choice(tag_lines(lines))
    tag, value = draw.choice([("ZZ", "1"), ("DOI", "10.1000/1"), ("NOTE", "read"), ("XY", "x y")])
    lines.insert(at, f"{tag:<4}- {value}")
    return [at]


@line_kind("a tag in small letters", "tag-line-form tag-known")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.choice(tag_lines(lines))
    lines[at] = lines[at][:4].lower() + lines[at][4:]
    return [at]


@line_kind("a tag without its hyphen", "tag-line-form wrapped-text-is-indented")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.choice(tag_lines(lines))
    lines[at] = lines[at][:4] + draw.choice(["  ", ": ", " "]) + lines[at][6:]
    return [at]


@line_kind("the hyphen of a tag one column to the left", "tag-line-form")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.choice(needed([i for i in tag_lines(lines) if lines[i][3] == " "]))
    lines[at] = lines[at][:3] + lines[at][4:]
    return [at]


@line_kind("the hyphen of a tag one column to the right", "tag-line-form")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.choice(tag_lines(lines))
    lines[at] = lines[at][:4] + " " + lines[at][4:]
    return [at]


@line_kind("no blank behind the hyphen of a tag", "tag-line-form")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.choice(tag_lines(lines))
    lines[at] = lines[at][:5] + lines[at][6:]
    return [at]


@line_kind("two blanks behind the hyphen of a tag", "tag-line-form")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.choice(tag_lines(lines))
    lines[at] = lines[at][:6] + " " + lines[at][6:]
    return [at]


@line_kind("a dash for the hyphen of a tag", "tag-line-form wrapped-text-is-indented")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.choice(tag_lines(lines))
    lines[at] = lines[at][:4] + draw.choice("\u2013\u2014\u2212\u2010") + lines[at][5:]
    return [at]


@line_kind("a tab behind the hyphen of a tag", "tag-line-form no-tabs-in-values")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.choice(tag_lines(lines))
    lines[at] = lines[at][:5] + "\t" + lines[at][6:]
    return [at]


@line_kind("a blank before a tag", "tag-line-form continuation-indent")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.choice(tag_lines(lines))
    lines[at] = " " + lines[at]
    return [at]


@line_kind("a field lost its value", "field-has-value")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    alone = [i for i in tag_lines(lines) if i + 1 < len(lines) and not lines[i + 1].startswith(" ")]
    at = draw.choice(needed(alone))
    lines[at] = lines[at][: draw.choice([5, 6])]
    return [at]
