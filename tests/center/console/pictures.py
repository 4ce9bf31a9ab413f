"""Take pictures of every page of the console: `python -m tests.center.console.pictures FOLDER [LANGUAGE …]`.

Needs a PostgreSQL server and Chromium. The letters are those of the till, whatever fonts the machine has.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from main import RESOURCES
from tests.center.console.browser import Hands, browser
from tests.center.console.morning import DAY, a_file, let_a_morning_pass
from tests.center.console.site import OWN, Site, opened_site, ruled
from tests.center.shops import make_center, regimes_in_force
from tests.postgres_server import shared_server

SIZES = {"wide": (1366, 768), "narrow": (390, 844)}
SCHEMES = ("light", "dark")
_FONTS = """<?xml version="1.0"?>
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias binding="strong"><family>system-ui</family><prefer><family>Border Sans</family></prefer></alias>
</fontconfig>
"""


def take(folder: Path, languages: list[str]) -> None:
    """All pages in these languages, light and dark, on a desk and on a phone."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        fonts = Path(scratch) / "fonts.conf"
        fonts.write_text(_FONTS.format(fonts=RESOURCES / "fonts", cache=Path(scratch) / "cache"), encoding="utf-8")
        center = ruled(make_center(shared_server(), "center_pictures", regimes_in_force()))
        with (
            opened_site(center) as site,
            browser(Path(scratch) / "browser", FONTCONFIG_FILE=str(fonts)) as driver,
        ):
            let_a_morning_pass(site)
            file = Path(scratch) / "cn-horgos.toml"
            file.write_bytes(a_file())
            _take_all(site, Hands(driver, site.address), folder, languages, file)
        center.store.close()


def _take_all(site: Site, hands: Hands, folder: Path, languages: list[str], file: Path) -> None:
    with site.context.books.reading() as work:
        accounts = {each.name: each for each in work.accounts.all()}
    for language in languages:
        hands.sign_in("aigul", OWN)
        with site.context.books.begin() as work:
            work.accounts.set_language(accounts["aigul"].id, language)
            work.commit()
        if language == languages[0]:
            hands.open("/regimes")
            _send(hands, file)
        paths = {
            "today": "/",
            "doubts": "/doubts",
            "release": f"/doubts/release?key={_quoted(site)}",
            "flags": "/flags",
            "members": "/members",
            "regimes": "/regimes",
            "regime-file": "/regimes/1",
            "linked": "/linked",
            "journal": "/journal",
            "password": "/password",
            "sign-in": f"/sign-in?language={language}",
        }
        for size, (width, height) in SIZES.items():
            for scheme in SCHEMES:
                hands.look(width, height, scheme)
                for name, path in paths.items():
                    if name == "sign-in":
                        cookies = hands.driver.get_cookies()
                        hands.driver.delete_all_cookies()
                    hands.open(path)
                    _save(hands, folder / f"{name}-{language}-{scheme}-{size}.png", width, height)
                hands.driver.delete_all_cookies()
                hands.open("/sign-in")
                for cookie in cookies:
                    hands.driver.add_cookie(cookie)


def _send(hands: Hands, file: Path) -> None:
    """Propose a file."""
    hands.driver.find_element("id", "file").send_keys(str(file))
    hands.driver.execute_script(f"document.getElementById('from').value = '{DAY.isoformat()}'")
    hands.driver.find_element("css selector", "form[enctype] button").click()
    assert hands.sees("5000")
    hands.driver.find_element("css selector", "main button.main").click()
    assert hands.sees("1")


def _quoted(site: Site) -> str:
    return quote(site.first_doubt(), safe="")


def _save(hands: Hands, file: Path, width: int, height: int) -> None:
    whole = int(hands.driver.execute_script("return document.documentElement.scrollHeight"))
    hands.look_taller(width, max(height, min(whole, 2400)))
    file.write_bytes(hands.driver.get_screenshot_as_png())


if __name__ == "__main__":
    take(Path(sys.argv[1]), sys.argv[2:] or ["zh", "ru"])
