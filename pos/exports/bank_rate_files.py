"""Read the files in which central banks publish their rates, known by what is in them and not by their names.

An XML file needs no document type for any of this, and one is refused where it begins: without it there are no
entities, neither endless nor of other files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate

from pos.application.pricing.import_rates import BankFile
from pos.domain.errors import BadField, InfrastructureError
from pos.domain.pricing.official_rates import OfficialRates, Quote, official_rates

LONGEST_FILE = 1024 * 1024
"""Fifty times the longest of these files."""
MOST_FILES = 40
"""Several weeks of a bank's files; a folder of another kind is not read to its end."""

_DEEPEST = 10
"""Twice as deep as the deepest of these files; a tree without an end is one of another kind."""
_DATE = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})")
_UTF8_MARK, _BEFORE_TEXT = b"\xef\xbb\xbf", b"\xff\xfe\x00 \t\r\n"


def read_bank_rates(path: Path) -> BankFile | None:
    """The rates in a file of a central bank, None for a file that is not XML. Raises BadField.

    Leave a file that cannot be opened to the reader of tables.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LONGEST_FILE + 1)
    except OSError:
        return None
    return bank_rates_in(raw, path.name)


def bank_files_in(folder: str) -> list[tuple[Path, BankFile]]:
    """The files of banks among the MOST_FILES of a folder that were written last, these first; others are passed over.

    Raises InfrastructureError where the folder cannot be read.
    """
    try:
        found = [(path.stat().st_mtime, path) for path in Path(folder).iterdir() if path.is_file()]
    except OSError as error:
        raise InfrastructureError("rate_folder", folder, error.strerror or "") from error
    newest = sorted(found, key=lambda one: (-one[0], one[1].name))[:MOST_FILES]
    files = []
    for _, path in newest:
        with suppress(BadField):
            file = read_bank_rates(path)
            if file is not None:
                files.append((path, file))
    return files


def bank_rates_in(raw: bytes, name: str) -> BankFile | None:
    """The same of the content of a file that has a name."""
    text = raw.removeprefix(_UTF8_MARK)
    if not text.lstrip(_BEFORE_TEXT).startswith(b"<"):
        return None
    if len(raw) > LONGEST_FILE:
        raise BadField("FILE", "too_long", name)
    return BankFile(_rates(_root(text.lstrip(), name), name), name, sha256(raw).hexdigest())


def _root(raw: bytes, name: str) -> Element:
    """The outermost element, names without their namespaces."""
    builder, parser = TreeBuilder(), ParserCreate(namespace_separator=" ")
    open_tags: list[str] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if len(open_tags) >= _DEEPEST:
            raise BadField("FILE", "no_bank_rates", name)
        open_tags.append(tag.rpartition(" ")[2])
        builder.start(open_tags[-1], dict(attributes))

    def end(_tag: str) -> None:
        builder.end(open_tags.pop())

    def refuse(*_: object) -> None:
        raise BadField("FILE", "document_type", name)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    try:
        parser.Parse(raw, True)
    except (ExpatError, ValueError, LookupError):  # cut off; an encoding of several bytes; one that does not exist
        raise BadField("FILE", "not_whole", name) from None
    return builder.close()


def _rates(root: Element, name: str) -> OfficialRates:
    readers = {"rss": _nbk_feed, "rates": _nbk_day, "ValCurs": _cbr, "Envelope": _ecb}
    if root.tag not in readers:
        raise BadField("FILE", "no_bank_rates", name)
    return readers[root.tag](root, name)


def _nbk_feed(root: Element, name: str) -> OfficialRates:
    """National Bank of Kazakhstan, `rates_all.xml`: the day stands with each currency."""
    items = root.findall("channel/item")
    if any(item.find("quant") is None or item.find("pubDate") is None for item in items):  # news of someone else
        raise BadField("FILE", "no_bank_rates", name)
    days = {_text(item, "pubDate") for item in items}
    if not days:
        raise BadField("FILE", "no_rates_of_the_day", name)
    if len(days) > 1:
        raise BadField("FILE", "several_days", name)
    return official_rates("nbk", _day(days.pop()), list(_nbk_quotes(items)))


def _nbk_day(root: Element, name: str) -> OfficialRates:
    """National Bank of Kazakhstan, `get_rates.cfm`: the day stands once."""
    if root.find("date") is None:
        raise BadField("FILE", "no_bank_rates", name)
    return official_rates("nbk", _day(_text(root, "date")), list(_nbk_quotes(root.findall("item"))))


def _nbk_quotes(items: list[Element]) -> Iterator[Quote]:
    for item in items:
        yield Quote(_text(item, "title"), _text(item, "description"), _text(item, "quant"))


def _cbr(root: Element, name: str) -> OfficialRates:
    """Bank of Russia, `XML_daily`; `XML_dynamic` has records of one currency."""
    if "Date" not in root.attrib or any(one.tag != "Valute" for one in root):
        raise BadField("FILE", "no_bank_rates", name)
    quotes = [Quote(_text(one, "CharCode"), _text(one, "Value"), _text(one, "Nominal")) for one in root]
    return official_rates("cbr", _day(root.attrib["Date"]), quotes)


def _ecb(root: Element, name: str) -> OfficialRates:
    """European Central Bank, `eurofxref-daily.xml`; the files of many days look the same."""
    days = [cube for cube in root.findall("Cube/Cube") if "time" in cube.attrib]
    if len(days) != 1:
        raise BadField("FILE", "several_days" if days else "no_bank_rates", name)
    text = days[0].attrib["time"]
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadField("FILE", "not_a_date", text[:40]) from None
    quotes = [Quote(one.get("currency", ""), one.get("rate", "")) for one in days[0]]
    return official_rates("ecb", day, quotes)


def _text(item: Element, tag: str) -> str:
    return (item.findtext(tag) or "").strip()


def _day(text: str) -> date:
    if (parts := _DATE.fullmatch(text.strip())) is not None:
        with suppress(ValueError):
            return date(int(parts[3]), int(parts[2]), int(parts[1]))
    raise BadField("FILE", "not_a_date", text[:40])
