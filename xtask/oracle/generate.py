"""Make the oracle file: mixed phone-number inputs and libphonenumber's answers for them.

Ringfence reads telephone numbers with its own parser and metadata tables. This script says what the
right answer is: it makes up a wide mix of inputs, asks the `phonenumbers` package (the Python port of
Google's libphonenumber) about each one, and writes input and answer side by side, so that a test can
compare the two. It needs Python 3.11 or later:

    python generate.py --rows 200000 --seed 7 --out oracle.tsv

The file is UTF-8 text. Three header lines start with '# '; every later line is a row of three tab
separated fields, without quoting: the input, the home region ('-' for none), and the outcome.

* Input: a backslash is doubled; control characters and invisible or direction-changing ones are written
  as \\uXXXX (see HIDDEN); everything else, non-BMP included, stands for itself. No input holds a tab, a
  line feed, a carriage return or a lone surrogate, even escaped.
* Outcome: '!' and the parse error, or 'E164 region kind length': region_code_for_number ('-' if there
  is none), number_type, and is_possible_number_with_reason. A number is valid exactly when its kind is
  not 'unknown'; that is asserted for every row.

How rows are made up: every example number and the awkward inputs of material.json go in whole; the
rest is shared out over FAMILIES by weight. A family is called with one area at a time (a region, or a
calling code without one) and goes round all of them, so each turns up in every family. Numbers are
drawn from the metadata's own patterns (see `sample`), and so are prefixes, carrier codes and extension
labels, in every spelling a pattern allows. No row is repeated. The result depends on the number of
rows, the seed, material.json and the version of `phonenumbers` only.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from random import Random
from re import _constants as sre, _parser as sre_parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumber, PhoneNumberFormat, PhoneNumberType
from phonenumbers import __version__ as library_version, phonenumberutil as util

Row = tuple[str, str | None]  # an input, and the home region it is read in

ERRORS = ("invalid_country_code", "not_a_number", "too_short_after_idd", "too_short_nsn", "too_long")
LENGTHS = ("possible", "invalid_country_code", "too_short", "too_long", "local_only", "invalid_length")
TYPES = "fixed_line mobile toll_free premium_rate shared_cost voip personal_number pager uan voicemail".split()
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\\\\]")

# Hand-written inputs, and the labels, gaps, prefixes and so on that others are put together from.
MATERIAL: dict[str, Any] = json.loads((Path(__file__).parent / "material.json").read_text("utf-8"))
# The zeros of the decimal digits (category Nd) of Unicode 14.0: ten code points in a row from each.
ZEROS, COMMON_ZEROS = ([int(point, 16) for point in MATERIAL[name]] for name in ("zeros", "common_zeros"))


class Area(NamedTuple):
    region: str | None  # None for a calling code that belongs to no region
    code: int
    metadata: Any
    descs: list[Any]  # of the number types that exist here


FOUND: list[Any] = [PhoneMetadata.metadata_for_region(r) for r in sorted(util.SUPPORTED_REGIONS)]
FOUND += [PhoneMetadata.metadata_for_nongeo_region(c) for c in sorted(util.COUNTRY_CODES_FOR_NON_GEO_REGIONS)]
AREAS = [Area(data.id if data.id in util.SUPPORTED_REGIONS else None, data.country_code, data,
              [desc for desc in (getattr(data, kind) for kind in TYPES) if desc and desc.example_number])
         for data in FOUND]
BY_REGION = {area.region: area for area in AREAS if area.region}
REGIONS = list(BY_REGION)
parsed = lru_cache(maxsize=None)(sre_parser.parse)  # the syntax tree of a regular expression


def sample(rng: Random, pattern: str) -> str:
    """A random string that the pattern matches; open-ended repeats are kept short, anchors are ignored."""

    def draw(tree: Any) -> str:
        out = ""
        for op, arg in tree:
            if op is sre.LITERAL:
                out += chr(arg)
            elif op is sre.IN:
                ranges = [value if kind is sre.RANGE else (value, value) if kind is sre.LITERAL else (48, 57)
                          for kind, value in arg]  # what is neither is \d: ASCII digits
                out += chr(rng.choice([point for low, high in ranges for point in range(low, high + 1)]))
            elif op is sre.BRANCH:
                out += draw(rng.choice(arg[1]))
            elif op is sre.SUBPATTERN:
                out += draw(arg[3])
            elif op is sre.MAX_REPEAT:
                low, high, body = arg
                high = low + 3 if high is sre.MAXREPEAT else high
                out += "".join(draw(body) for _ in range(rng.randint(low, high)))
            elif op is not sre.AT:
                raise ValueError(f"no way to sample {op} in {pattern}")
        return out

    return draw(parsed(pattern))


def digits(rng: Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))


def pick(rng: Random, name: str) -> str:
    return str(rng.choice(MATERIAL[name]))


def nsn_of(rng: Random, area: Area) -> str:
    """A national significant number that one of the area's types accepts."""
    desc = rng.choice(area.descs)
    for _ in range(6 if rng.random() < 0.85 else 0):
        text = sample(rng, desc.national_number_pattern)
        if len(text) in desc.possible_length:
            return text
    return str(desc.example_number)


def number_object(area: Area, nsn: str) -> PhoneNumber:
    zeros = min(len(nsn) - len(nsn.lstrip("0")), len(nsn) - 1)
    return PhoneNumber(area.code, int(nsn), italian_leading_zero=zeros > 0, number_of_leading_zeros=zeros or None)


def home_of(rng: Random, area: Area, needed: bool = True) -> str | None:
    """Mostly the area itself, sometimes a region with the same calling code or a foreign one, or none."""
    if rng.random() < 0.01:  # regions that do not exist
        return str(rng.choice(MATERIAL["strangers"]))
    if not needed:
        return rng.choice([None, area.region, rng.choice(REGIONS)])
    roll = rng.random()
    if area.region is None or roll < 0.06:
        return rng.choice(REGIONS)
    return area.region if roll < 0.9 else rng.choice(util.region_codes_for_country_code(area.code))


def written(rng: Random, area: Area) -> Row:
    """A number as people write it, with a home region in which it can mostly be read."""
    form = rng.choice([PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.RFC3966]
                      + [PhoneNumberFormat.NATIONAL] * 4)
    text = util.format_number(number_object(area, nsn_of(rng, area)), form)
    text = re.sub(r"[ ()-]", "", text) if rng.random() < 0.2 else text
    return text, home_of(rng, area, needed=form == PhoneNumberFormat.NATIONAL)


def perturbed(rng: Random, area: Area) -> Row:
    """A good number with some digits changed, inserted, deleted, swapped or added."""
    nsn = nsn_of(rng, area)
    for _ in range(rng.choice([0, 1, 1, 1, 2, 3])):
        at, some = rng.randrange(len(nsn)), rng.choice([1, 1, 1, 2, 4])
        before, after = nsn[:at], nsn[at:]
        nsn = rng.choice([before + digits(rng, 1) + after[1:]] * 4 + [
            before + digits(rng, 1) + after, nsn + digits(rng, some), (before + after[some:]) or "0",
            before + after[1:2] + after[:1] + after[2:]])
    if rng.random() < 0.6:
        return f"+{area.code}{nsn}", home_of(rng, area, needed=False)
    return rng.choice(["", area.metadata.national_prefix or ""]) + nsn, home_of(rng, area)


def random_digits(rng: Random, area: Area) -> Row:
    """Short codes, random digits of a fitting length, and any digits at all."""
    text, roll = digits(rng, rng.choice(area.metadata.general_desc.possible_length)), rng.random()
    if roll < 0.15:
        text = pick(rng, "short") if rng.random() < 0.7 else digits(rng, rng.randrange(1, 7))
    if roll < 0.7:
        return rng.choice([(f"+{area.code}{text}", home_of(rng, area, needed=False)), (text, home_of(rng, area))])
    return rng.choice(["", "", "+"]) + digits(rng, rng.randrange(31)), home_of(rng, area, needed=False)


def abroad(rng: Random, area: Area) -> Row:
    """An international prefix, a calling code and a number, read in the area."""
    there, home = rng.choice(AREAS), area.region or rng.choice(REGIONS)
    there = there if area.region else area  # codes without a region are dialled from somewhere else
    body = f"{there.code}" + rng.choice(["", "", "", " ", " ", "-", " 0", " (0)"]) + nsn_of(rng, there)
    if rng.random() < 0.1:  # too little after the prefix, or a calling code that does not exist
        body = rng.choice([digits(rng, rng.randrange(4)), "999" + digits(rng, 7), "0" + body])
    if rng.random() < 0.25:
        return pick(rng, "idds") + body, rng.choice([None, home, home])
    return sample(rng, BY_REGION[home].metadata.international_prefix) + rng.choice(["", "", " ", "-"]) + body, home


def prefixed(rng: Random, area: Area) -> Row:
    """A national prefix, carrier code or local form."""
    if rng.random() < 0.35 or area.region is None:
        area = BY_REGION[rng.choice(list(MATERIAL["prefixes"]))]
    nsn, pattern = nsn_of(rng, area), area.metadata.national_prefix_for_parsing
    prefix = sample(rng, pattern) if pattern else digits(rng, 1)
    if area.region in MATERIAL["prefixes"] and rng.random() < 0.4:
        prefix = rng.choice(MATERIAL["prefixes"][area.region].split())
    if rng.random() < 0.15:
        carrier = rng.choice(["15", "31", "0444", prefix])
        return util.format_national_number_with_carrier_code(number_object(area, nsn), carrier), area.region
    if len(prefix) > 4 and rng.random() < 0.6:
        return prefix, area.region  # the pattern spells a whole local number
    lead = rng.choice([f"+{area.code} ", f"{area.code}"]) if rng.random() < 0.15 else ""
    return lead + prefix + rng.choice(["", " "]) + nsn[rng.choice([0, 0, 0, 1, 2, 3, 4]):], home_of(rng, area)


def bare_code(rng: Random, area: Area) -> Row:
    """The calling code without a plus, or with a national prefix behind it."""
    prefix = area.metadata.national_prefix or "0"
    joint = rng.choice(["", "", "", " ", " ", f" ({prefix})", f"({prefix}) ", prefix, f" {prefix}"])
    return rng.choice(["", "", "", "+"]) + f"{area.code}{joint}{nsn_of(rng, area)}", home_of(rng, area)


def leading_zeros(rng: Random, area: Area) -> Row:
    """Numbers whose zeros count, or might."""
    if rng.random() < 0.5:
        area = BY_REGION[rng.choice(["IT", "SM", "VA", "CI", "GA", "CG", "UY", "BJ", "PG"])]
    nsn = "0" * rng.choice([0, 1, 1, 2, 3, 8]) + rng.choice([nsn_of(rng, area)] * 20 + ["0", "1"])
    return rng.choice([f"+{area.code}", f"{area.code}", "", ""]) + nsn, home_of(rng, area)


def tel_uri(rng: Random, area: Area) -> Row:
    """A tel: URI, or something like it, with parameters in any order."""
    nsn = nsn_of(rng, area)
    uri = util.format_number(number_object(area, nsn), PhoneNumberFormat.RFC3966)[4:]
    scheme = rng.choice(["tel:"] * 8 + ["", "", "TEL:", "Tel:", "tel: ", "sip:", "tel:tel:", "x tel:"])
    parts = [rng.choice([";ext=" + digits(rng, 3), pick(rng, "parameters")]) for _ in range(rng.choice([0, 0, 1, 2]))]
    if rng.random() < 0.7:
        uri = rng.choice([nsn] * 8 + [uri, uri.partition("-")[2], nsn[-7:], ""])
        contexts = [f"+{area.code}"] * 9 + ["example.com"] * 4 + [pick(rng, "contexts")] * 4
        parts += [";phone-context=" + rng.choice(contexts) for _ in range(rng.choice([1] * 11 + [2]))]
    rng.shuffle(parts)
    return scheme + uri + "".join(parts), home_of(rng, area)


def extended(rng: Random, area: Area) -> Row:
    """An extension: either drawn from the library's own pattern, or a label with digits behind it."""
    text, home = written(rng, area)
    if rng.random() < 0.5:
        tail = sample(rng, util._EXTN_PATTERNS_FOR_PARSING)
        tail = rng.choice([tail, tail, tail.upper(), tail.title()])
    else:
        tail = pick(rng, "labels") + digits(rng, rng.choice([1, 2, 3, 4, 4, 6, 7, 9, 10, 15, 16, 20, 21]))
        tail += rng.choice(["", "", "", "", "#", ".", "/x12", " x3"])
    return text + (in_script(rng, tail) if rng.random() < 0.1 else tail), home


def punctuated(rng: Random, area: Area) -> Row:
    """A number cut into groups, with all sorts of signs between, before and after them."""
    text, home = written(rng, area)
    if rng.random() < 0.7:
        gaps = MATERIAL["good_gaps" if rng.random() < 0.8 else "odd_gaps"]
        usual, bare = rng.choice(gaps), re.sub(r"[^\d+]", "", text)
        text = bare[0] + "".join((rng.choice([usual, usual, rng.choice(gaps)]) if rng.random() < 0.3 else "") + char
                                 for char in bare[1:])
    before, after = (rng.choice([pick(rng, name), "", "", ""]) for name in ("junk_before", "junk_after"))
    text = before + text + after
    if rng.random() < 0.1:
        at = rng.randrange(len(text) + 1)
        text = text[:at] + pick(rng, "letters") + text[at:]
    return text, home


def in_script(rng: Random, text: str) -> str:
    """The text with its ASCII digits turned into those of one or two other scripts."""
    zeros = [rng.choice(COMMON_ZEROS if rng.random() < 0.5 else ZEROS) for _ in range(2)]
    share = rng.choice([0, 0, 0, 0.3])
    return re.sub("[0-9]", lambda m: chr(zeros[rng.random() < share] + int(m[0])), text)


def scripted(rng: Random, area: Area) -> Row:
    text, home = written(rng, area)
    text, at = text.replace("+", rng.choice("++＋")), rng.randrange(len(text))
    if rng.random() < 0.1:
        return text[:at] + rng.choice(MATERIAL["not_digits"]) + text[at + rng.randrange(2):], home
    at = rng.choice([0, 0, 0, at])  # sometimes only a part of it, so that scripts meet anywhere
    return text[:at] + in_script(rng, text[at:]), home


def vanity(rng: Random, area: Area) -> Row:
    """A number that ends in the letters of a keypad."""
    text, home = written(rng, area)
    size = rng.choice([1, 2, 2, 3, 4, 5, 7])
    tail = re.sub("[2-9]", lambda m: rng.choice(MATERIAL["keys"][int(m[0])]), text[-size:])
    return text[:-size] + rng.choice([tail, tail, tail.lower()]), home


def long_winded(rng: Random, area: Area) -> Row:
    """Inputs around the limit of 250 characters, and far over it."""
    text, home = written(rng, area)
    size = rng.choice([30, 100, 249, 250, 250, 251, 300])
    padding = rng.choice(" -0+a\u00a05\U0001d7cex;(\u2060") * (size - len(text))
    return rng.choice([padding + text, text + padding, text[:-2] + padding + text[-2:], digits(rng, size)]), home


FAMILIES: list[tuple[float, Callable[[Random, Area], Row]]] = [
    (13, perturbed), (11, random_digits), (17, written), (11, abroad), (11, prefixed), (6, bare_code),
    (3, leading_zeros), (6, tel_uri), (7, extended), (8, punctuated), (4, scripted), (2, vanity), (0.2, long_winded)]


def make_rows(count: int, seed: int) -> dict[Row, str]:
    """`count` different rows in random order, each with the name of the family it comes from."""
    rng = Random(seed)
    rows: dict[Row, str] = {}
    for area in AREAS:
        rows.update({(f"+{area.code}{desc.example_number}", None): "examples" for desc in area.descs})
    for name in ("short", "dirty", "vanity", "cryptic"):
        for home in (None, "GB", "US") if name == "cryptic" else (None, *MATERIAL["homes"]):
            rows.update({(text, home): "awkward" for text in MATERIAL[name]})
    if count < len(rows):
        raise SystemExit(f"--rows must be at least {len(rows)}: that many are always there")
    share = (count - len(rows)) / sum(weight for weight, _ in FAMILIES)
    for weight, make in reversed(FAMILIES):  # the first family comes last, to fill up what rounding leaves
        want = count if make is FAMILIES[0][1] else len(rows) + int(weight * share)
        order, turn = rng.sample(AREAS, len(AREAS)), 0
        while len(rows) < want and turn < 50 * count:
            text, home = make(rng, order[turn % len(order)])
            rows.setdefault((re.sub("[\t\n\r\ud800-\udfff]", " ", text), home), make.__name__)
            turn += 1
    return {row: rows[row] for row in rng.sample(list(rows), len(rows))}


def outcome(text: str, home: str | None) -> str:
    """What libphonenumber says about an input."""
    try:
        number = util.parse(text, home)
    except NumberParseException as error:
        return "!" + ERRORS[error.error_type]
    kind = PhoneNumberType.to_string(util.number_type(number)).lower()
    assert util.is_valid_number(number) == (kind != "unknown"), (text, home)
    e164, region = util.format_number(number, PhoneNumberFormat.E164), util.region_code_for_number(number)
    return f"{e164} {region or '-'} {kind} {LENGTHS[util.is_possible_number_with_reason(number)]}"


def main() -> None:
    arguments = argparse.ArgumentParser(description="Write phone-number inputs with libphonenumber's answers.")
    arguments.add_argument("--rows", type=int, required=True, help="how many rows to write")
    arguments.add_argument("--seed", type=int, required=True, help="seed of the random choices")
    arguments.add_argument("--out", type=Path, required=True, help="file to write")
    options = arguments.parse_args()
    assert all(unicodedata.category(chr(zero + n)) == "Nd" for zero in ZEROS for n in range(10))
    rows = make_rows(options.rows, options.seed)
    # Answers are asked for region by region: the library's cache of compiled patterns is small.
    answers = {row: outcome(*row) for row in sorted(rows, key=lambda row: (row[1] or "", row[0]))}
    lines = ["# ringfence-oracle: phone-number inputs and what libphonenumber makes of them",
             f"# phonenumbers {library_version}, rows {len(rows)}, seed {options.seed}",
             "# columns: input, home region or '-', outcome ('!error' or 'E164 region kind length')"]
    for text, home in rows:
        shown = HIDDEN.sub(lambda m: "\\\\" if m[0] == "\\" else f"\\u{ord(m[0]):04X}", text)
        lines.append(f"{shown}\t{home or '-'}\t{answers[text, home]}")
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    kinds = (answer.split(" ")[2 if " " in answer else 0] for answer in answers.values())
    for name, number in Counter([*sorted(rows.values()), *sorted(kinds)]).items():
        print(f"{number:8} {100 * number / len(rows):5.1f} %  {name}")


if __name__ == "__main__":
    main()
