"""The JSON of the API: what a request may hold, and what an answer holds. Money and measures are decimal strings.

Requests are read strictly: no unknown field, no number for a text. `docs/center-api.json` is made of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from pos.application.center.ports import CustomsRate, RegimeInForce
from pos.application.center.requests import (
    Booked,
    DeclaredGoods,
    Departure,
    DocumentLink,
    EntryDays,
    MovedLines,
    Person,
    ReservationRequest,
    Reserved,
    ReservedLines,
    ReturnedUnits,
    RulesUsed,
    SaleConfirmation,
    SoldShare,
    UnitsBack,
    UnseenSale,
    UnseenShare,
    VisitorLedger,
    VisitorLookup,
    VisitorShare,
)
from pos.application.center.reserve import LONGEST, SHORTEST
from pos.domain.catalogue.category import LEAVES
from pos.domain.catalogue.product import Attributes
from pos.domain.center.ledger import LedgerGoods, LineId, Reassessed, StandingLine
from pos.domain.errors import BadField
from pos.domain.quota.measure import Goods, QuotaRates
from pos.domain.quota.rule import Verdict

MOST_LINES, MOST_VISITORS, MOST_IDENTITIES, MOST_DAYS = 400, 40, 32, 400

Key = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[A-Za-z0-9._#:/-]+$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9._-]+$")]
Identity = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
Reference = Annotated[str, StringConstraints(pattern="^[0-9a-f]{32}$")]
Amount = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,12}(\.[0-9]{1,9})?$")]
CurrencyCode = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2,3}$")]
Instant = Annotated[AwareDatetime, Field(strict=False)]
Day = Annotated[date, Field(strict=False)]
Units = Annotated[int, Field(ge=1, le=1_000_000)]
Number = Annotated[int, Field(ge=0, le=1_000_000)]
Rank = Literal["ok", "note", "unknown", "duty", "review", "refuse"]


class Strict(BaseModel):
    """A request: what is not known is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Rates(Strict):
    """The customs rates of a sale: what one unit of each currency is worth in `base`."""

    base: CurrencyCode
    per_unit: dict[CurrencyCode, Amount] = Field(max_length=30)

    def value(self, field: str) -> QuotaRates:
        rates = {code: Fraction(rate) for code, rate in self.per_unit.items()}
        for code, rate in rates.items():
            if not rate:
                raise BadField(f"{field}.per_unit.{code}", "not_positive", "0")
        return QuotaRates(self.base, rates)


class Line(Strict):
    """An anonymous line: equal units of one category. Attributes are those of one unit."""

    line: Number
    category: str = Field(max_length=40)
    quantity: Units
    unit_price: Amount
    currency: CurrencyCode
    discount: Amount = "0"
    taxed_units: Number = 0
    ml: Amount | None = None
    abv: Amount | None = None
    net_g: Amount | None = None
    gross_kg: Amount | None = None
    sticks: Number | None = None
    pieces: Number | None = None
    variant: Annotated[str, StringConstraints(max_length=60)] | None = None

    def value(self, field: str, rates: QuotaRates) -> LedgerGoods:
        if self.category not in LEAVES:
            raise BadField(f"{field}.category", "unknown", self.category)
        if self.taxed_units > self.quantity:
            raise BadField(f"{field}.taxed_units", "above_the_line", str(self.taxed_units))
        price, discount = Fraction(self.unit_price), Fraction(self.discount)
        if discount > price * self.quantity:
            raise BadField(f"{field}.discount", "above_the_line", self.discount)
        if self.abv is not None and Decimal(self.abv) > 100:
            raise BadField(f"{field}.abv", "above_100", self.abv)
        if self.currency != rates.base and self.currency not in rates.per_unit:
            raise BadField(f"{field}.currency", "without_a_rate", self.currency)
        measures = {name: None if text is None else Decimal(text) for name, text in self._measures().items()}
        attributes = Attributes(**measures, sticks=self.sticks, pieces=self.pieces, variant=self.variant)
        goods = Goods("", self.category, self.quantity, price, self.currency, discount, attributes, self.taxed_units)
        return LedgerGoods(self.line, goods, rates)

    def _measures(self) -> dict[str, str | None]:
        return {"ml": self.ml, "abv": self.abv, "net_g": self.net_g, "gross_kg": self.gross_kg}


Lines = Annotated[list[Line], Field(max_length=MOST_LINES)]


class PersonFields(Strict):
    """What the till knows of the visitor beside the documents. It is kept sealed and never given out."""

    birth_date: Day | None = None
    born_from: Day | None = None
    residence: Country | None = None
    entries: list[Day] = Field(default=[], max_length=MOST_DAYS)

    def value(self) -> Person:
        return Person(self.birth_date, self.born_from, self.residence, tuple(self.entries))


class LookupBody(Strict):
    """The documents of one visitor, each as HMAC-SHA-256 under the members' key, in hex.

    Where the pass names keys of before, also under each of these until its day.
    """

    identities: list[Identity] = Field(min_length=1, max_length=MOST_IDENTITIES)
    person: PersonFields = PersonFields()
    regime: Name

    def value(self) -> VisitorLookup:
        return VisitorLookup(tuple(self.identities), self.person.value(), self.regime)


class ShareBody(Strict):
    """One visitor's part of a payment, with the version by which the till judged and the verdict that it shows."""

    reference: Reference
    if_version: Annotated[int, Field(ge=0)]
    person: PersonFields = PersonFields()
    verdict: Rank
    lines: Lines

    def value(self, field: str, rates: QuotaRates) -> VisitorShare:
        verdict = Verdict[self.verdict.upper()]
        lines = lines_of(self.lines, f"{field}.lines", rates)
        return VisitorShare(self.reference, self.if_version, self.person.value(), verdict, lines)


class LineOfSale(Strict):
    """A line of an own sale."""

    sale: Key
    line: Number

    def value(self) -> LineId:
        return LineId(self.sale, self.line)


class UnitsOfLine(LineOfSale):
    """Units of an own line."""

    units: Units

    def back(self) -> UnitsBack:
        return UnitsBack(LineId(self.sale, self.line), self.units)


class DutiableUnits(LineOfSale):
    """How many units of an own line are dutiable from now on."""

    taxed_units: Number

    def reassessed(self) -> Reassessed:
        return Reassessed(self.sale, self.line, self.taxed_units)


class RulesFields(Strict):
    """The file by which the till judges."""

    regime: Name
    digest: Annotated[str, StringConstraints(pattern="^[0-9a-f]{12,64}$")]


class ReservationBody(Strict):
    """One attempt at one payment; `key` is the sale's key with the number of the attempt."""

    key: Key
    sale: Key
    replaces: Key | None = None
    seconds: Annotated[int, Field(ge=SHORTEST, le=LONGEST)]
    rules: RulesFields
    evaluator: Name
    clock: Instant
    rates: Rates
    visitors: list[ShareBody] = Field(min_length=1, max_length=MOST_VISITORS)
    returns: list[UnitsOfLine] = Field(default=[], max_length=MOST_LINES)
    reassessed: list[DutiableUnits] = Field(default=[], max_length=MOST_LINES)
    approved: bool = False

    def value(self) -> ReservationRequest:
        rates = self.rates.value("rates")
        shares = tuple(share.value(f"visitors[{index}]", rates) for index, share in enumerate(self.visitors))
        refuse_doubles("visitors", [share.reference for share in shares])
        return ReservationRequest(
            self.key,
            self.sale,
            self.seconds,
            RulesUsed(self.rules.regime, self.rules.digest),
            self.evaluator,
            self.clock,
            shares,
            self.replaces,
            tuple(each.back() for each in self.returns),
            tuple(each.reassessed() for each in self.reassessed),
            self.approved,
        )


class ExtensionBody(Strict):
    """Seconds from now."""

    seconds: Annotated[int, Field(ge=SHORTEST, le=LONGEST)]


class SoldBody(Strict):
    """What a visitor bought."""

    reference: Reference
    lines: Lines


class SaleBody(Strict):
    """The lines as sold: those reserved, or fewer."""

    rates: Rates
    visitors: list[SoldBody] = Field(min_length=1, max_length=MOST_VISITORS)

    def value(self, key: str) -> SaleConfirmation:
        rates = self.rates.value("rates")
        shares = tuple(
            SoldShare(share.reference, lines_of(share.lines, f"visitors[{index}].lines", rates))
            for index, share in enumerate(self.visitors)
        )
        return SaleConfirmation(key, shares)


class UnseenShareBody(Strict):
    """A visitor of a sale that was made unseen."""

    identities: list[Identity] = Field(min_length=1, max_length=MOST_IDENTITIES)
    person: PersonFields = PersonFields()
    lines: Lines


class UnseenSaleBody(Strict):
    """A sale that was made while the center was away."""

    key: Key
    sale: Key
    at: Instant
    regime: Name
    rates: Rates
    visitors: list[UnseenShareBody] = Field(min_length=1, max_length=MOST_VISITORS)

    def value(self) -> UnseenSale:
        rates = self.rates.value("rates")
        shares = tuple(
            UnseenShare(
                tuple(share.identities),
                share.person.value(),
                lines_of(share.lines, f"visitors[{index}].lines", rates),
            )
            for index, share in enumerate(self.visitors)
        )
        return UnseenSale(self.key, self.sale, self.at, self.regime, shares)


class ReturnBody(Strict):
    """Units that came back; a void returns every line of the sale. `reassessed`: own lines judged again since."""

    key: Key
    at: Instant
    units: list[UnitsOfLine] = Field(min_length=1, max_length=MOST_LINES)
    reassessed: list[DutiableUnits] = Field(default=[], max_length=MOST_LINES)

    def value(self) -> ReturnedUnits:
        refuse_doubles("units", [(each.sale, each.line) for each in self.units])
        refuse_doubles("reassessed", [(each.sale, each.line) for each in self.reassessed])
        units = tuple(each.back() for each in self.units)
        return ReturnedUnits(self.key, self.at, units, tuple(each.reassessed() for each in self.reassessed))


class MoveBody(Strict):
    """Own lines that go from one visitor to another. `reassessed`: own lines of both judged again since."""

    key: Key
    from_visitor: Reference
    to_visitor: Reference
    lines: list[LineOfSale] = Field(min_length=1, max_length=MOST_LINES)
    reassessed: list[DutiableUnits] = Field(default=[], max_length=MOST_LINES)

    def value(self) -> MovedLines:
        lines = tuple(each.value() for each in self.lines)
        refuse_doubles("lines", lines)
        refuse_doubles("reassessed", [(each.sale, each.line) for each in self.reassessed])
        reassessed = tuple(each.reassessed() for each in self.reassessed)
        return MovedLines(self.key, self.from_visitor, self.to_visitor, lines, reassessed)


class DepartureBody(Strict):
    """A visitor left with what they had bought from `first` to `last`."""

    key: Key
    visitor: Reference
    regime: Name
    first: Instant
    last: Instant
    at: Instant

    def value(self) -> Departure:
        return Departure(self.key, self.visitor, self.regime, self.first, self.last, self.at)


class DeclaredBody(Strict):
    """Goods that a visitor declared as bought outside the center."""

    key: Key
    visitor: Reference
    regime: Name
    at: Instant
    carried_out_at: Instant | None = None
    rates: Rates
    lines: Annotated[Lines, Field(min_length=1)]

    def value(self) -> DeclaredGoods:
        lines = lines_of(self.lines, "lines", self.rates.value("rates"))
        return DeclaredGoods(self.key, self.visitor, self.regime, self.at, self.carried_out_at, lines)


class EntriesBody(Strict):
    """Days on which a visitor entered. `taken_back`: the shop reported them by mistake."""

    key: Key
    visitor: Reference
    days: list[Day] = Field(min_length=1, max_length=MOST_DAYS)
    taken_back: bool = False

    def value(self) -> EntryDays:
        return EntryDays(self.key, self.visitor, tuple(self.days), self.taken_back)


class LinkBody(Strict):
    """The documents of one person."""

    key: Key
    first: list[Identity] = Field(min_length=1, max_length=MOST_IDENTITIES)
    second: list[Identity] = Field(min_length=1, max_length=MOST_IDENTITIES)

    def value(self) -> DocumentLink:
        return DocumentLink(self.key, tuple(self.first), tuple(self.second))


class LedgerLineAnswer(BaseModel):
    """A line of a visitor. Only one of the asking shop has `sale` and `line`."""

    sale: str | None
    line: int | None
    own: bool
    declared: bool
    regime: str
    at: datetime
    carried_out_at: datetime | None
    category: str
    quantity: int
    unit_price: str
    currency: str
    discount: str
    taxed_units: int
    ml: str | None
    abv: str | None
    net_g: str | None
    gross_kg: str | None
    sticks: int | None
    pieces: int | None
    variant: str | None
    rates: Rates


class ReservedAnswer(BaseModel):
    """A reservation that counts; over its time it is in doubt, since `until`. Only an own one has `sale`."""

    own: bool
    sale: str | None
    regime: str
    at: datetime
    until: datetime
    in_doubt: bool
    lines: list[LedgerLineAnswer]


class VisitorAnswer(BaseModel):
    """A visitor's ledger at the center's instant `at`."""

    reference: str
    version: int
    at: datetime
    lines: list[LedgerLineAnswer]
    reservations: list[ReservedAnswer]
    entries: list[date]

    @classmethod
    def of(cls, ledger: VisitorLedger) -> VisitorAnswer:
        return cls(
            reference=ledger.reference,
            version=ledger.version,
            at=ledger.at,
            lines=[_standing(line) for line in ledger.lines],
            reservations=[_reserved(each) for each in ledger.reservations],
            entries=list(ledger.entries),
        )


class ReservationAnswer(BaseModel):
    """The reservation stands until `until`, by the center's clock."""

    key: str
    until: datetime
    versions: dict[str, int]

    @classmethod
    def of(cls, reserved: Reserved) -> ReservationAnswer:
        return cls(key=reserved.key, until=reserved.ends_at, versions=dict(reserved.versions))


class RegimeAnswer(BaseModel):
    """A regime by which the center judges, the SHA-256 of its file, and since when; null: it came with the program."""

    id: str
    digest: str
    since: date | None

    @classmethod
    def all_of(cls, regimes: Mapping[str, RegimeInForce]) -> list[RegimeAnswer]:
        return [cls(id=name, digest=each.digest, since=each.starts_on) for name, each in sorted(regimes.items())]


class RateAnswer(BaseModel):
    """What one unit of a currency is worth in `base`, in force since `day`."""

    currency: str
    base: str
    per_unit: str
    day: date


class RatesAnswer(BaseModel):
    """The customs rates of `day`, the center's: a currency without one is not among them."""

    day: date
    rates: list[RateAnswer]

    @classmethod
    def of(cls, day: date, rates: Sequence[CustomsRate]) -> RatesAnswer:
        in_force = [
            RateAnswer(currency=rate.currency, base=rate.base, per_unit=f"{rate.per_unit:f}", day=rate.day)
            for rate in rates
        ]
        return cls(day=day, rates=in_force)


class BookedAnswer(BaseModel):
    """What came is booked; `flags` are for a person at the console."""

    versions: dict[str, int]
    flags: list[str]

    @classmethod
    def of(cls, booked: Booked) -> BookedAnswer:
        return cls(versions=dict(booked.versions), flags=list(booked.flags))


def lines_of(lines: list[Line], field: str, rates: QuotaRates) -> tuple[LedgerGoods, ...]:
    """Lines of goods; no number twice."""
    refuse_doubles(field, [line.line for line in lines])
    return tuple(line.value(f"{field}[{index}]", rates) for index, line in enumerate(lines))


def refuse_doubles(field: str, names: object) -> None:
    """Raises BadField where something is named twice."""
    listed = list(names)  # type: ignore[call-overload]
    for index, name in enumerate(listed):
        if name in listed[:index]:
            raise BadField(f"{field}[{index}]", "given_twice", str(name)[:40])


def decimal_of(number: Fraction) -> str:
    """An exact number with at most nine decimals."""
    text = f"{Decimal(number.numerator) / Decimal(number.denominator):.9f}"
    return text.rstrip("0").rstrip(".")


def _standing(line: StandingLine) -> LedgerLineAnswer:
    own = bool(line.id.sale)
    return _line(
        line.goods,
        line.rates,
        line.regime,
        line.at,
        sale=line.id.sale if own else None,
        line=line.id.line if own else None,
        own=own,
        declared=line.is_declared,
        carried_out_at=line.carried_out_at,
    )


def _reserved(each: ReservedLines) -> ReservedAnswer:
    lines = [_line(line.goods, line.rates, each.regime, each.received_at, own=each.own) for line in each.lines]
    return ReservedAnswer(
        own=each.own,
        sale=each.sale or None,
        regime=each.regime,
        at=each.received_at,
        until=each.ends_at,
        in_doubt=each.in_doubt,
        lines=lines,
    )


def _line(
    goods: Goods,
    rates: QuotaRates,
    regime: str,
    at: datetime,
    *,
    own: bool,
    sale: str | None = None,
    line: int | None = None,
    declared: bool = False,
    carried_out_at: datetime | None = None,
) -> LedgerLineAnswer:
    attributes = goods.attributes
    measures = {name: _measure(getattr(attributes, name)) for name in ("ml", "abv", "net_g", "gross_kg")}
    return LedgerLineAnswer(
        sale=sale,
        line=line,
        own=own,
        declared=declared,
        regime=regime,
        at=at,
        carried_out_at=carried_out_at,
        category=goods.category,
        quantity=goods.quantity,
        unit_price=decimal_of(goods.unit_price),
        currency=goods.currency,
        discount=decimal_of(goods.discount),
        taxed_units=goods.taxed_units,
        **measures,
        sticks=attributes.sticks,
        pieces=attributes.pieces,
        variant=attributes.variant,
        rates=Rates(
            base=rates.base, per_unit={code: decimal_of(Fraction(rate)) for code, rate in rates.per_unit.items()}
        ),
    )


def _measure(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
