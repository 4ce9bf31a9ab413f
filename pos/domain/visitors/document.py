"""Travel documents as a till meets them: scanned zones, PRC ids, Kazakh cards, numbers typed by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pos.domain.border import border_in_force
from pos.domain.visitors.country import issuer_of, three_letters, two_letters
from pos.domain.visitors.document_format import check_format, check_misread, kinds_of, lasting
from pos.domain.visitors.half_known_date import is_within, typed_birth, zone_birth
from pos.domain.visitors.mrz import BadDocument, MrzFields, is_zone_line, read_zone
from pos.domain.visitors.national_number import (
    birth_in_iin,
    is_iin,
    looks_like_prc_id,
    possible_date,
    read_iin,
    read_prc_id,
    sex_in_iin,
)

__all__ = [
    "KINDS",
    "BadDocument",
    "Document",
    "contradicts_birth_date",
    "looks_like_document",
    "read_mrz",
    "read_scanned",
    "read_typed",
]

KINDS = ("passport", "cn-id", "cn-permit", "kz-id", "other")
ISSUER_OF_KIND = {"cn-id": "CHN", "cn-permit": "CHN", "kz-id": "KAZ"}
_NEARLY_AN_IIN = 6
_LIFELONG = {"KAZ": 12, "UZB": 14, "KGZ": 14}
"""Digits of the number that an issuer gives a person for life and writes into the optional field of every document."""
_MARKING_CODE = re.compile(r"(?:\][A-Za-z][0-9])?\x1d?01[0-9]{14}")


Identity = tuple[str, str, str]
"""Issuer, type and number: a number that a document bears, of the document itself or of its holder (`person`)."""

_LETTERS = 3
"""So many letters of a given name may stand on a screen and on paper."""


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """One document of one person. Neither `repr` nor `str` shows the number or the name: personal data stays off logs.

    `number` is canonical (upper case, no spaces), `country` the issuer and `nationality` the holder's, in three
    letters; `sex` is M, F, X or None; `national_number` the person's own number where the document bears one. Of a
    birth date that is known in part only (`2015`, `2015-06`), `born_from` is the earliest day that it can be.
    """

    kind: str
    number: str
    country: str
    nationality: str | None = None
    surname: str = ""
    given_names: str = ""
    birth_date: date | None = None
    sex: str | None = None
    expiry: date | None = None
    national_number: str | None = None
    born_from: date | None = None

    def __repr__(self) -> str:
        return f"Document({self.kind} {self.country} {self.masked})"

    @property
    def masked(self) -> str:
        """The number fit for a screen: first and last two characters, of a short one the last alone (`E••••••01`)."""
        shown = 2 if len(self.number) >= 6 else 1
        first = self.number[:1] if shown == 2 else ""
        return first + "•" * (len(self.number) - len(first) - shown) + self.number[-shown:]

    @property
    def masked_name(self) -> str:
        """Surname and the beginning of the name, its length hidden; empty where the document gave none.

        Three letters distinguish a family (`AKHMETOV AZA••`); of a name of which they would be half or more one
        is shown (`ZHANG W••`).
        """
        shown = _LETTERS if len(self.given_names) >= 2 * _LETTERS else 1
        given = f"{self.given_names[:shown]}••" if self.given_names else ""
        return f"{self.surname} {given}".strip()

    @property
    def identity(self) -> Identity:
        """What the keyed hash is made of: issuer, type, number; `person` and the national number where there is one."""
        if self.national_number is not None:
            return self.country, "person", self.national_number
        return self.country, self.kind, self.number

    @property
    def own_identity(self) -> Identity | None:
        """The document by its own number, where `identity` is that of its holder and the document has a number beside
        it.
        """
        if self.national_number is None or self.kind == "cn-id":
            return None
        return self.country, self.kind, self.number

    @property
    def perhaps(self) -> tuple[Identity, ...]:
        """The same number under the other kinds that an issuer's document may have been taken for.

        A typed number is one person for every kind of document. Two documents of one issuer, one number and two kinds
        hardly ever meet (China gives out H and M numbers twice), while another kind chosen for the same document would
        give a second allowance.
        """
        return tuple((self.country, kind, self.number) for kind in kinds_of(self.country) if kind != self.kind)

    @property
    def residence(self) -> str | None:
        """The side of the border that the issuer suggests, to be confirmed; None for third countries."""
        return side if (side := two_letters(self.country)) in border_in_force().sides else None

    @property
    def country_code(self) -> str | None:
        """The issuer in two letters; None where it is no state."""
        return two_letters(self.country)

    def expired(self, on: date) -> bool:
        """Whether it has run out by `on`; its last day is still good."""
        return self.expiry is not None and self.expiry < on


def looks_like_document(text: str) -> bool:
    """Whether a scan is a document and never a product: lines of a zone, whole or damaged, or a PRC identity number.

    Twelve digits are a product (UPC-A) even when they would pass as an IIN: ask for a document to have them read so.
    """
    if _MARKING_CODE.match(text):
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    return any(looks_like_prc_id(line) or is_zone_line(line) for line in lines)


def read_scanned(text: str, today: date) -> Document:
    """A scan made where a document was asked for: a zone, a PRC identity number, or a bare IIN."""
    line = text.strip()
    if looks_like_prc_id(line):
        return read_typed("cn-id", line, None, None, today)
    if re.fullmatch(r"[0-9]{12}", line):
        return read_typed("kz-id", line, None, None, today)
    return read_mrz(text, today)


def read_mrz(lines: str | Sequence[str], today: date) -> Document:
    """A passport or card by its machine-readable zone (TD1, TD2, TD3). Raises BadDocument; a visa
    is no such document.
    """
    zone = read_zone(lines)
    country, nationality = issuer_of(zone.issuer), three_letters(zone.nationality)
    if country is None:
        raise BadDocument(1, "issuer", "unknown")
    if nationality is None:
        raise BadDocument(2, "nationality", "unknown")
    kind = _kind_of(zone, country)
    check_misread(country, kind, zone.number, 1 if zone.layout == "TD1" else 2)
    number = lasting(country, kind, _number(zone, country))
    national = _national_number(zone, country)
    born, born_from = zone_birth(zone.birth, today)
    if national is not None and country == "KAZ":
        born_in_iin = birth_in_iin(national, today)
        if born_in_iin is not None and f"{born_in_iin:%y%m%d}" == zone.birth:
            born = born_in_iin
    return Document(
        kind=kind,
        number=number,
        country=country,
        nationality=nationality,
        surname=zone.surname,
        given_names=zone.given_names,
        birth_date=born,
        sex=zone.sex,
        expiry=_expiry(zone.expiry, today),
        national_number=national,
        born_from=born_from,
    )


def read_typed(kind: str, number: str, country: str | None, birth_date: str | date | None, today: date) -> Document:
    """A document typed by hand: the same checks as far as its number has any. `country` in two or three letters.

    It may be None or empty where the kind implies it. A birth date may be known in part: `2015`, `2015-06`. A
    kz-id is typed by its IIN (12 digits) or by the number of the card; a number of persons is one under any kind.
    """
    if kind not in KINDS:
        raise BadDocument(0, "kind", "unknown")
    issuer = _issuer(kind, country)
    canonical = re.sub(r"[ -]", "", number).upper()
    if not re.fullmatch(r"[0-9A-Z]*", canonical):
        raise BadDocument(0, "number", "character")
    if not 4 <= len(canonical) <= 20:
        raise BadDocument(0, "number", "length" if canonical else "missing")
    born, born_from = typed_birth(birth_date, today)
    if kind == "cn-id":
        return _prc_card(canonical, born, born_from, today)
    if looks_like_prc_id(canonical):
        if (
            issuer != "CHN"
        ):  # no other issuer has numbers like it: as another country's the holder would be another person
            raise BadDocument(0, "country", "mismatch")
        if kind == "other":
            return _prc_card(canonical, born, born_from, today)
    if issuer == "KAZ" and kind in ("kz-id", "other") and re.fullmatch(r"[0-9]{12}", canonical):
        return _kazakh_card(canonical, born, born_from, today)
    if issuer != "KAZ" and is_iin(canonical, today):
        raise BadDocument(0, "country", "mismatch")
    check_format(issuer, kind, canonical)
    nationality = None if kind == "other" else issuer
    digits = _LIFELONG.get(issuer)
    national = canonical if issuer != "KAZ" and canonical.isdecimal() and len(canonical) == digits else None
    return Document(
        kind, lasting(issuer, kind, canonical), issuer, nationality,
        birth_date=born, born_from=born_from, national_number=national,
    )  # fmt: skip


def contradicts_birth_date(kind: str, number: str, country: str, birth_date: str, today: date) -> bool:
    """Whether the IIN of a document as it is typed differs from the birth date typed with it.

    That is no fault, see `read_iin`, but nearly always a slip: it is asked about. What cannot be read is not compared.
    """
    try:
        typed = read_typed(kind, number, country, birth_date, today)
    except BadDocument:
        return False
    born_in_iin = birth_in_iin(typed.number, today) if typed.country == "KAZ" and typed.national_number else None
    if born_in_iin is None:
        return False
    if typed.birth_date is None:
        return typed.born_from is not None
    return typed.birth_date != born_in_iin


def _prc_card(number: str, born: date | None, born_from: date | None, today: date) -> Document:
    number, born_in_id, sex = read_prc_id(number, today)
    if born not in (None, born_in_id) or (born_from is not None and not is_within(born_in_id, born_from)):
        raise BadDocument(0, "birth_date", "mismatch")
    # 9… is the card of a foreigner with permanent residence: their nationality stands elsewhere.
    nationality = None if number[0] == "9" else "CHN"
    return Document("cn-id", number, "CHN", nationality, birth_date=born_in_id, sex=sex, national_number=number)


def _kazakh_card(number: str, born: date | None, born_from: date | None, today: date) -> Document:
    iin = read_iin(number)
    born_in_iin = birth_in_iin(iin, today)
    if born is None and born_in_iin is not None and (born_from is None or is_within(born_in_iin, born_from)):
        born, born_from = born_in_iin, None
    sex = sex_in_iin(iin)
    return Document("kz-id", iin, "KAZ", "KAZ", birth_date=born, sex=sex, national_number=iin, born_from=born_from)


def _kind_of(zone: MrzFields, country: str) -> str:
    if zone.type.startswith("P"):
        return "passport"
    if country == "KAZ" and zone.layout == "TD1":
        return "kz-id"
    return "cn-permit" if country == "CHN" else "other"


def _number(zone: MrzFields, country: str) -> str:
    """The number as printed: a Russian passport for use at home has the last digit of its series elsewhere."""
    if zone.type != "PN" or country != "RUS" or not zone.optional[:1].isdigit():
        return zone.number
    return f"{zone.number[:3]}{zone.optional[0]}{zone.number[3:]}"


def _national_number(zone: MrzFields, country: str) -> str | None:
    """The number of a person for life, of issuers that write it there; what others write is not known to be one.

    An optional field of Kazakhstan with no whole IIN in it was misread where no check digit covers it: without it the
    holder would be another one.
    """
    digits = _LIFELONG.get(country)
    if digits is None:
        return None
    match = re.search(rf"(?<![0-9])[0-9]{{{digits}}}(?![0-9])", zone.optional)
    if country != "KAZ":
        return None if match is None else match[0]
    line = 1 if zone.layout == "TD1" else 2
    if match is None and len(zone.optional) <= 12 and sum(map(str.isdigit, zone.optional)) >= _NEARLY_AN_IIN:
        raise BadDocument(line, "optional", "character")
    return None if match is None else read_iin(match[0], line=line)


def _expiry(digits: str, today: date) -> date | None:
    """YYMMDD in the century nearest to today; None for documents that never run out."""
    if "<" in digits:
        return None
    earliest = today.year - 50  # of the hundred years of which today is the middle, one ends in these two figures
    year = earliest + (int(digits[:2]) - earliest) % 100
    ends = possible_date(year, int(digits[2:4]), int(digits[4:]))
    if ends is None:
        raise BadDocument(2, "expiry", "date")
    return ends


def _issuer(kind: str, country: str | None) -> str:
    known = ISSUER_OF_KIND.get(kind)
    if not country:
        if known is None:
            raise BadDocument(0, "country", "missing")
        return known
    issuer = issuer_of(country)
    if issuer is None:
        raise BadDocument(0, "country", "unknown")
    if known not in (None, issuer):
        raise BadDocument(0, "country", "mismatch")
    return issuer
