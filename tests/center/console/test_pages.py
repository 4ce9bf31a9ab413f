"""What the pages show, in four languages, and the files of it."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from urllib.parse import quote

import psycopg
import pytest

from pos.application.center.manage_members import AddMember
from pos.application.center_console.journal_search import Days, JournalFilter, SearchJournal
from pos.application.center_console.journal_words import ACTIONS, FLAG_KINDS
from pos.application.center_console.ports import JournalCriteria
from pos.application.center_console.refusals import TooManyEntries
from pos.application.text.translator import LANGUAGE_NAMES
from pos.center.console.app import GETS
from tests.architecture.source import ROOT
from tests.center.console.html_check import faults_of
from tests.center.console.morning import PRICES, leave_in_doubt
from tests.center.console.site import TRANSLATORS, Browser, Site
from tests.center.shops import perfume

TODAY = date(2026, 11, 20)
PAGES = [path for path in GETS if not path.endswith(".csv") and "{" not in path]


@pytest.fixture(scope="module")
def aigul(morning: Site) -> Browser:
    """One who is signed in."""
    return morning.person("aigul")


def path_of(site: Site, page: str) -> str:
    """A page with what it is about."""
    query = {"/doubts/release": f"?key={quote(site.first_doubt())}", "/linked/unlink": f"?document={site.first_link()}"}
    return page + query.get(page, "")


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_every_page_is_whole_labelled_and_in_the_language_of_the_person(
    morning: Site, aigul: Browser, language: str
) -> None:
    aigul.open("/")
    aigul.send("/language", language=language)
    english = TRANSLATORS["en"]
    for page in PAGES:
        answer = aigul.open(path_of(morning, page))
        assert answer.status_code == 200, page
        assert faults_of(answer.text, "zh-Hans" if language == "zh" else language) == [], page
        if language != "en":
            title = re.search(r"<h1>(.*?)</h1>", answer.text)
            assert title is not None
            assert title[1] not in {english("Today"), english("Journal"), english("Flags"), "Sign in"}, page
    nowhere = aigul.open("/nowhere")
    assert (nowhere.status_code, faults_of(nowhere.text, "zh-Hans" if language == "zh" else language)) == (404, [])


def test_today_tells_visitors_sales_and_how_full_allowances_are(morning: Site, aigul: Browser) -> None:
    aigul.open("/")
    aigul.send("/language", language="en")
    aigul.open("/")
    figures = dict(re.findall(r"<dt>(?:<a[^>]*>)?([^<]+)(?:</a>)?</dt><dd>(\d+)</dd>", aigul.page))
    assert figures["Sales"] == "11"
    assert (figures["In doubt"], figures["Open reservations"], figures["Tills with contact today"]) == ("2", "0", "4")
    rows = aigul.cells()
    assert [row[0] for row in rows] == ["4", "5", "2"], "sales of each hour"
    at_one = [float(PRICES[(3 + number) % len(PRICES)]) / 80 for number in range(5)]
    bands = [sum(share < 50 for share in at_one), sum(50 <= share < 100 for share in at_one), at_one.count(100)]
    assert [int(cell) for cell in rows[1][2:5]] == bands
    assert rows[2][5] == "1", "the one above had an approval"
    table = read_csv(aigul.open("/today.csv").content)
    assert [row["Sales"] for row in table] == ["4", "5", "2"]
    assert [row["full"] for row in table] == [row[4] for row in rows]
    assert table[0]["Hour"] == "2026-11-20T12:00:00+08:00"


def test_the_file_of_the_journal_has_what_the_page_has(morning: Site, aigul: Browser) -> None:
    aigul.open("/")
    aigul.send("/language", language="en")
    for query in ("", "?action=sale", "?shop=a", "?text=lost", "?from=2026-11-20&to=2026-11-20&text=3/"):
        aigul.open(f"/journal{query}")
        page = [[cells[0], *cells[1:]] for cells in aigul.cells()]
        file = read_csv(aigul.open(f"/journal.csv{query}").content)
        assert len(page) == min(len(file), 100), query
        for cells, row in zip(page, file, strict=False):
            assert cells[1:] == [row["Shop"], row["Till"], row["Entry"], row["What"], row["Details"]]
            assert row["When"].startswith("2026-11-20T")
            assert row["When"][11:16] == cells[0][-5:]


def test_the_journal_is_searched_by_days_shop_action_and_text(morning: Site, aigul: Browser) -> None:
    aigul.open("/journal?action=link&shop=A")
    ((_, shop, till, _, what, details),) = aigul.cells()
    assert (shop, till, what) == ("A", "1", "Documents linked")
    visitor = details.rpartition(": ")[2]
    aigul.open(f"/journal?text={visitor}&action=look_up")
    assert {row[4] for row in aigul.cells()} == {"Visitor looked up"}
    aigul.open("/journal?text=owner")
    assert {row[1] for row in aigul.cells()} == {"Center"}
    for query in ("?from=2026-11-21&to=2026-11-22", "?shop=nowhere", "?text=%25%25", "?text=_%5C"):
        aigul.open(f"/journal{query}")
        assert aigul.cells() == [], query


def test_older_entries_are_on_further_pages_and_none_is_missed(aigul: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.application.center_console.journal_search.ON_A_PAGE", 7)
    path, seen = "/journal?shop=A", []
    while path:
        aigul.open(path)
        seen += [tuple(row[1:4]) for row in aigul.cells()]
        older = re.search(r'rel="next" href="/console([^"]+)"', aigul.page)
        path = older[1].replace("&amp;", "&") if older else ""
    file = read_csv(aigul.open("/journal.csv?shop=A").content)
    assert seen == [(row["Shop"], row["Till"], row["Entry"]) for row in file]
    assert len(seen) > 20


def test_more_entries_than_a_file_may_hold_are_refused_with_a_sentence(
    morning: Site, aigul: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.application.center_console.journal_search.MOST_IN_A_FILE", 5)
    days = Days(TODAY, TODAY)
    with pytest.raises(TooManyEntries):
        SearchJournal(morning.context).whole(JournalFilter(days))
    answer = aigul.open("/journal.csv")
    assert answer.status_code == 422
    assert "Choose fewer days" in answer.text


def test_a_visitor_is_shown_as_the_journal_calls_them_and_no_page_has_more(morning: Site, aigul: Browser) -> None:
    with psycopg.connect(morning.center.url) as connection:
        rows = connection.execute("SELECT v.reference, encode(i.hidden, 'hex') FROM visitor v JOIN identity i"
                                  " ON i.visitor_id = v.id").fetchall()  # fmt: skip
    secrets = [text for row in rows for text in row]
    assert len(secrets) > 20
    for page in [*PAGES, "/today.csv", "/journal.csv", "/flags.csv"]:
        text = aigul.open(path_of(morning, page)).text
        assert [secret for secret in secrets if secret in text] == [], page


def test_flags_are_listed_with_shop_till_and_visitor(morning: Site, aigul: Browser) -> None:
    aigul.open("/")
    aigul.send("/language", language="en")
    aigul.open("/flags?kind=approved_over")
    ((_, kind, shop, till, visitor, key, details),) = aigul.cells()
    assert (kind, shop, till) == ("Over the allowance, approved in the shop", "A", "1")
    assert (len(visitor), key.startswith("1/")) == (32, True)
    assert "Rules: cn-horgos" in details
    aigul.open("/flags")
    file = read_csv(aigul.open("/flags.csv").content)
    assert {row["Flag"] for row in file} == {
        "Over the allowance, approved in the shop",
        "Details of the visitor differ",
    }


def test_members_and_their_tills_are_listed_with_their_last_contact(shared: Site) -> None:
    shared.center.till("B1").look_up("passport")
    marat = shared.person("marat")
    marat.open("/members")
    rows = {(row[0], row[1]): row[2:4] for row in marat.cells()}
    assert rows["B", "1"] == ["in use", "20 Nov 2026 12:00"]
    assert rows["A", "2"] == ["never connected", ""]


def test_a_key_that_is_a_formula_is_none_in_the_file(shared: Site) -> None:
    till = shared.center.till("A1")
    till.reserve(till.request(till.look_up("passport"), perfume("10"), key="=HYPERLINK()"))
    text = shared.person("aigul").open("/journal.csv").text
    assert "=HYPERLINK" in text
    for row in csv.reader(io.StringIO(text)):
        assert not any(cell.startswith("=") for cell in row)


def test_names_are_shown_as_they_are_and_never_run(shared: Site) -> None:
    AddMember(shared.center.context)("<script>alert(1)</script>", "owner")
    page = shared.person("aigul").open("/journal").text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


MADE_UP = (
    "/journal?from=yesterday",
    "/journal?from=2026-11-20&to=2026-11-19",
    "/journal?after=x",
    "/journal?after=2026-11-20T00:00:00/1/1",
    "/journal?after=2026-11-20T00:00:00%2B00:00/1/99999999999999999999",
    "/journal?text=%00",
    "/journal?action=%00",
    "/flags?kind=nothing",
    "/flags?from=9999-99-99",
    "/doubts/release?key=%00",
    "/linked/unlink?document=none",
    "/regimes/99999999999999999999",
    "/regimes/7",
)


def test_an_address_that_someone_made_up_ends_in_a_sentence(morning: Site, aigul: Browser) -> None:
    for path in MADE_UP:
        answer = aigul.open(path)
        assert answer.status_code in (404, 422), path
        assert aigul.sentence(answer), path


def test_what_a_reservation_in_doubt_is_about_is_told(shared: Site) -> None:
    key = leave_in_doubt(shared, "B2")
    marat = shared.person("marat")
    marat.open("/doubts")
    ((since, shop, till, goods, shown),) = [row for row in marat.cells() if row[-1] == key]
    assert (since, shop, till, shown) == ("20 Nov 2026 12:01", "B", "2", key)
    assert "Perfume × 1, 4,500.00 CNY" in goods


def test_every_action_and_flag_of_the_center_has_words() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("center", "center_console")
        for path in (ROOT / "pos" / "application" / folder).glob("*.py")
    )
    written = set(re.findall(r'journal\.write\([\w.]+, [\w.]+, "(\w+)"', source))
    assert written - set(ACTIONS) == set()
    assert len(written) > 20
    assert set(re.findall(r'flags\.add\([^)]*?"(\w+)", facts', source)) - set(FLAG_KINDS) == set()


def test_a_search_takes_what_stands_in_it_by_the_letter(morning: Site) -> None:
    with morning.context.books.reading() as work:
        days = JournalFilter(Days(TODAY, TODAY)).criteria()
        found = work.console.journal(JournalCriteria(days.since, days.until, text='1/A-1-1"'), 10, None)
    assert {row.facts["key"] for row in found} == {"1/A-1-1"}


def read_csv(content: bytes) -> list[dict[str, str]]:
    """The rows of a file."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
