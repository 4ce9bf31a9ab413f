"""Today, members, doubts, flags and the journal, and their files."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from itertools import groupby

from starlette.responses import Response

from pos.application.center_console.console_tables import (
    flags_table,
    hours_table,
    journal_table,
    members_table,
)
from pos.application.center_console.doubts import Doubt
from pos.application.center_console.journal_search import Days, JournalFilter, usual_days
from pos.application.center_console.journal_words import ACTIONS, FLAG_KINDS
from pos.application.center_console.ports import FlagRow, JournalPlace
from pos.application.center_console.today import center_zone
from pos.application.settings.options import read_date
from pos.application.tables.table import Table
from pos.application.text.formatting import instant_text, long_date_text, number_text, time_text
from pos.application.text.names import CATEGORIES, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import strung
from pos.center.console.rendering import shown
from pos.center.console.visit import Visit
from pos.domain.center.ledger import LedgerGoods
from pos.domain.errors import BadField

_FLAGS_ON_A_PAGE = 300
_MOST = 2**63


def today_page(visit: Visit) -> Response:
    """The day's figures, and how full allowances are."""
    today, tr = visit.parts.steps.today(), visit.tr
    figures = today.figures
    titles = _regime_titles(visit)
    regimes = []
    for regime, hours in groupby(today.hours, key=lambda hour: hour.regime):
        rows = [(time_text(hour.begins_at), hour) for hour in hours]
        regimes.append((titles.get(regime, regime), rows))
    return visit.page(
        "today.html",
        day=long_date_text(today.day, tr.language),
        at=instant_text(today.at, center_zone(), tr.language),
        figures=figures,
        regimes=regimes,
        number=lambda value: number_text(value, tr.language),
    )


def today_file(visit: Visit) -> Response:
    """The hours of the day."""
    today = visit.parts.steps.today()
    table = hours_table(today.hours, _regime_titles(visit), visit.tr)
    return _file(visit, table, f"center-today-{today.day.isoformat()}")


def members_page(visit: Visit) -> Response:
    """Members and tills."""
    table = members_table(visit.parts.steps.members(), visit.tr)
    return visit.page("members.html", members=shown(table, visit.tr))


def doubts_page(visit: Visit) -> Response:
    """Reservations in doubt."""
    titles = _regime_titles(visit)
    doubts = [_doubt_row(doubt, titles, visit.tr) for doubt in visit.parts.steps.doubts()]
    return visit.page("doubts.html", doubts=doubts)


def release_page(visit: Visit) -> Response:
    """One of them, with the question for a reason."""
    key = visit.form.text("key") or visit.query.get("key", "")
    doubt = _doubt_row(visit.parts.steps.doubts.of(key), _regime_titles(visit), visit.tr)
    return visit.page("release.html", doubt=doubt, reason=visit.form.text("reason"))


def release(visit: Visit) -> Response:
    """Free its allowance."""
    visit.parts.steps.release(visit.account, visit.form.text("key"), visit.form.text("reason"))
    return visit.go("/doubts", "released")


def flags_page(visit: Visit) -> Response:
    """Flags of some days."""
    days, kind = _days(visit), _one_of(FLAG_KINDS, visit.query.get("kind", ""), "kind")
    rows = visit.parts.steps.flags(days, kind)
    table = flags_table(rows[:_FLAGS_ON_A_PAGE], _name_in(visit), visit.tr)
    kinds = [(each, visit.tr(title)) for each, title in FLAG_KINDS.items()]
    more = len(rows) - min(len(rows), _FLAGS_ON_A_PAGE)
    return visit.page(
        "flags.html", shown=shown(table, visit.tr), kinds=kinds, query=_of_days(days, kind=kind), more=more
    )


def flags_file(visit: Visit) -> Response:
    """The same flags, all of them."""
    days, kind = _days(visit), _one_of(FLAG_KINDS, visit.query.get("kind", ""), "kind")
    table = flags_table(visit.parts.steps.flags(days, kind), _name_in(visit), visit.tr)
    return _file(visit, table, f"center-flags-{days.first.isoformat()}-{days.last.isoformat()}")


def journal_page(visit: Visit) -> Response:
    """A hundred entries of the journal."""
    asked = _journal_filter(visit)
    found = visit.parts.steps.journal(asked, _place(visit.query.get("after", "")))
    older = "" if found.older is None else f"{found.older.at.isoformat()}/{found.older.till}/{found.older.entry}"
    actions = sorted(((name, visit.tr(title)) for name, title in ACTIONS.items()), key=lambda each: each[1])
    query = _of_days(asked.days, shop=asked.shop, action=asked.action, text=asked.text)
    table = shown(journal_table(found.rows, visit.tr), visit.tr)
    is_first = not visit.query.get("after")
    return visit.page("journal.html", shown=table, actions=actions, query=query, older=older, is_first=is_first)


def journal_file(visit: Visit) -> Response:
    """Every entry that the page finds."""
    asked = _journal_filter(visit)
    table = journal_table(visit.parts.steps.journal.whole(asked), visit.tr)
    return _file(visit, table, f"center-journal-{asked.days.first.isoformat()}-{asked.days.last.isoformat()}")


def _file(visit: Visit, table: Table, name: str) -> Response:
    content = io.BytesIO()
    visit.parts.write_csv(table, content, visit.tr)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(content.getvalue(), headers=headers, media_type="text/csv; charset=utf-8")


def _days(visit: Visit) -> Days:
    """The days asked for, without them the last seven. Raises BadField."""
    usual = usual_days(visit.parts.steps.context)
    first, last = visit.query.get("from", ""), visit.query.get("to", "")
    days = Days(read_date(first, "from") if first else usual.first, read_date(last, "to") if last else usual.last)
    if days.last < days.first:
        raise BadField("to", "before_the_first_day", last)
    return days


def _of_days(days: Days, **more: str) -> dict[str, str]:
    return {"from": days.first.isoformat(), "to": days.last.isoformat(), **more}


def _journal_filter(visit: Visit) -> JournalFilter:
    asked = visit.query
    action = _one_of(ACTIONS, asked.get("action", ""), "action")
    return JournalFilter(_days(visit), asked.get("shop", ""), action, asked.get("text", ""))


def _one_of(known: Collection[str], name: str, field: str) -> str:
    """A choice of a list, or none. Raises BadField."""
    if name and name not in known:
        raise BadField(field, "unknown", name[:40])
    return name


def _place(text: str) -> JournalPlace | None:
    """The entry after which a page goes on. Raises BadField."""
    if not text:
        return None
    try:
        instant, till, entry = text.split("/")
        at, numbers = datetime.fromisoformat(instant), (int(till), int(entry))
    except ValueError:
        raise BadField("after", "unknown", text[:40]) from None
    if at.tzinfo is None or not all(0 <= number < _MOST for number in numbers):
        raise BadField("after", "unknown", text[:40])
    return JournalPlace(at, *numbers)


def _name_in(visit: Visit) -> Callable[[FlagRow], str]:
    """What the journal calls the visitor of a flag."""
    name_of_visitor = visit.parts.steps.context.name_of
    return lambda row: "" if row.visitor is None else name_of_visitor(row.visitor)


def _doubt_row(doubt: Doubt, titles: Mapping[str, str], tr: Translator) -> dict[str, object]:
    """A reservation in words."""
    zone = center_zone()
    return {
        "key": doubt.key,
        "shop": doubt.shop,
        "till": doubt.till,
        "regime": titles.get(doubt.regime, doubt.regime),
        "received": instant_text(doubt.received_at, zone, tr.language),
        "since": instant_text(doubt.since, zone, tr.language),
        "goods": [(name, [_goods_text(line, tr) for line in lines]) for name, lines in doubt.goods],
    }


def _goods_text(line: LedgerGoods, tr: Translator) -> str:
    goods = line.goods
    cost = number_text(goods.unit_price * goods.quantity - goods.discount, tr.language, 2)
    what = name_of(CATEGORIES, goods.category, tr)
    return strung(tr, [f"{what} × {number_text(goods.quantity, tr.language)}", f"{cost} {goods.currency}"])


def _regime_titles(visit: Visit) -> dict[str, str]:
    regimes = visit.parts.steps.context.center.regimes()
    return {name: each.regime.title_in(visit.tr.language) for name, each in regimes.items()}
