"""Samples of the files of central banks: written for these tests in the shapes that the banks describe.

The figures are made up; no file of a bank stands here.
"""

from __future__ import annotations

from collections.abc import Mapping

NBK = {"USD": "504.10", "EUR": "591.20", "CNY": "72.55", "RUB": "6.45"}
CBR = {"USD": ("1", "78,2000"), "EUR": ("1", "91,6500"), "CNY": ("1", "11,2500"), "KZT": ("100", "15,5000")}
ECB = {"USD": "1.1700", "CNY": "8.1500", "GBP": "0.87000"}


def nbk_feed(rates: Mapping[str, str] = NBK, day: str = "02.03.2026", quants: Mapping[str, str] | None = None) -> bytes:
    """`rates_all.xml`: the day stands with each currency."""
    items = "".join(
        f"<item>\n<title>{code}</title>\n<pubDate>{day}</pubDate>\n<description>{value}</description>\n"
        f"<quant>{(quants or {}).get(code, '1')}</quant>\n<index>UP</index>\n<change>+0.5</change>\n<link/>\n</item>\n"
        for code, value in rates.items()
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0">\n<channel>\n<generator>Sample</generator>\n'
        f"<title>Official exchange rates</title>\n<description/>\n{items}</channel>\n</rss>\n"
    ).encode()


def nbk_day(rates: Mapping[str, str] = NBK, day: str = "02.03.2026", quants: Mapping[str, str] | None = None) -> bytes:
    """`get_rates.cfm`: the day stands once, and blank lines before it all."""
    items = "".join(
        f"<item><fullname>ВАЛЮТА</fullname><title>{code}</title><description>{value}</description>"
        f"<quant>{(quants or {}).get(code, '1')}</quant><index/><change>0.00</change></item>"
        for code, value in rates.items()
    )
    text = f'<?xml version="1.0" encoding="utf-8"?><rates><title>Rates</title><date>{day}</date>{items}</rates>'
    return f"\n\n{text}".encode()


def cbr(rates: Mapping[str, tuple[str, str]] = CBR, day: str = "02.03.2026") -> bytes:
    """`XML_daily`: windows-1251, decimal commas."""
    items = "".join(
        f'<Valute ID="R{number:05}"><NumCode>000</NumCode><CharCode>{code}</CharCode><Nominal>{units}</Nominal>'
        f"<Name>Название валюты</Name><Value>{value}</Value></Valute>"
        for number, (code, (units, value)) in enumerate(rates.items())
    )
    text = f'<?xml version="1.0" encoding="windows-1251"?><ValCurs Date="{day}" name="Sample">{items}</ValCurs>'
    return text.encode("cp1251")


def ecb(rates: Mapping[str, str] = ECB, *days: str) -> bytes:
    """`eurofxref-daily.xml`, or with several days its longer sisters."""
    rows = "".join(f"<Cube currency='{code}' rate='{value}'/>" for code, value in rates.items())
    cubes = "".join(f"<Cube time='{day}'>{rows}</Cube>" for day in days or ("2026-03-02",))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" '
        'xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">\n<gesmes:subject>Reference rates</gesmes:subject>'
        f"<gesmes:Sender><gesmes:name>Sample</gesmes:name></gesmes:Sender><Cube>{cubes}</Cube></gesmes:Envelope>"
    ).encode()
