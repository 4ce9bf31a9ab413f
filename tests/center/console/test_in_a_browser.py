"""The console as a person uses it: in Chromium, by keys alone, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from selenium.webdriver.common.keys import Keys

from tests.center.console.browser import PACKAGES, Hands, browser, missing
from tests.center.console.morning import DAY, a_file, leave_in_doubt, let_a_morning_pass
from tests.center.console.site import OWN, Site

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"no Chromium here (Debian: apt-get install {PACKAGES})")


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """One browser for all of these tests."""
    with browser(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture
def hands(site: Site, driver: object) -> Hands:
    """A person at a desk."""
    made = Hands(driver, site.address)  # type: ignore[arg-type]
    made.look(1366, 768)
    return made


def test_a_person_signs_in_and_releases_a_doubt_by_keys_alone(site: Site, hands: Hands) -> None:
    key = leave_in_doubt(site)
    hands.sign_in("aigul", OWN)
    assert hands.sees("Visitors looked up")
    hands.type(Keys.TAB)
    assert hands.focus().text == "Go to the content"
    assert hands.focus().rect["y"] >= 0, "it is seen while it has the focus"
    hands.press("In doubt")
    assert hands.sees(key)
    hands.press(f"Release the reservation {key}")
    assert hands.focus_comes_to("reason")
    hands.type("the till burnt", Keys.ENTER)
    assert hands.sees("The reservation was released.")
    assert hands.sees("Nothing is in doubt.")
    hands.press("aigul")
    hands.press("Sign out")
    assert hands.sees("You have signed out.")


def test_two_people_bring_a_file_into_force(site: Site, hands: Hands, tmp_path: Path) -> None:
    file = tmp_path / "cn-horgos.toml"
    file.write_bytes(a_file())
    hands.sign_in("aigul", OWN)
    hands.press("Rules")
    assert hands.sees("Propose a file")
    hands.driver.find_element("id", "file").send_keys(str(file))
    hands.driver.find_element("id", "from").send_keys(f"{DAY:%m%d%Y}")
    hands.press("Show what changes")
    assert hands.sees("8000")
    assert hands.sees("5000")
    assert hands.focus_comes_to("Propose"), "what follows"
    hands.type(Keys.ENTER)
    assert hands.sees("The regime file was proposed.")
    assert hands.sees("You proposed this file.")
    hands.sign_in("li", OWN)
    hands.press("Rules")
    assert hands.sees("waits for approval")
    hands.press("Look at the file 1")
    assert hands.sees("Regime file 1")
    hands.press("Approve")
    assert hands.sees("The regime file was approved.")
    with site.context.books.reading() as work:
        (kept,) = work.regimes.all()
    assert (kept.by, kept.approved_by, kept.content) == ("aigul", "li", a_file())


def test_the_journal_is_searched_by_keys(site: Site, hands: Hands) -> None:
    key = leave_in_doubt(site)
    leave_in_doubt(site, "B1", "other")
    hands.sign_in("marat", OWN)
    hands.press("Journal")
    assert hands.sees("Export CSV")
    hands.tab_to("Key, visitor, person or reason")
    hands.type(key, Keys.ENTER)
    assert hands.sees(key)
    (row,) = hands.driver.find_elements("css selector", "tbody tr")
    assert "Allowance reserved" in row.text


def test_on_a_phone_nothing_lies_beside_the_screen_in_any_language(site: Site, hands: Hands) -> None:
    leave_in_doubt(site)
    let_a_morning_pass(site, hours=1, visitors=2)
    hands.sign_in("aigul", OWN)
    with site.context.books.reading() as work:
        account = work.accounts.of_name("aigul")
    assert account is not None
    release = f"/doubts/release?key={quote(site.first_doubt())}"
    pages = ("/", "/doubts", release, "/flags", "/members", "/regimes", "/linked", "/journal", "/password")
    hands.look(360, 800)
    for language in ("zh", "ru", "kk"):
        with site.context.books.begin() as work:
            work.accounts.set_language(account.account.id, language)
            work.commit()
        for page in pages:
            hands.open(page)
            assert hands.overflow() <= 0, (page, language)


def test_the_page_is_dark_where_the_machine_is(hands: Hands) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        hands.look(1366, 768, scheme)
        hands.open("/sign-in")
        grounds.append(hands.driver.find_element("tag name", "html").value_of_css_property("background-color"))
    assert grounds == ["rgba(244, 246, 248, 1)", "rgba(16, 20, 24, 1)"]
