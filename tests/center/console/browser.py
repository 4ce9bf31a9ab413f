"""Debian's Chromium, driven by selenium: no package of ours downloads a browser."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

PROGRAMS = ("chromium", "chromedriver")
PACKAGES = "chromium chromium-driver"
_MOST_TABS = 60
_PATIENCE = 10.0


def missing() -> list[str]:
    """The programs that this machine lacks."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


@contextmanager
def browser(folder: Path, **environment: str) -> Iterator[webdriver.Chrome]:
    """A browser that keeps what it knows in `folder`."""
    chromium, driver = (shutil.which(program) for program in PROGRAMS)
    assert chromium is not None
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    arguments = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-proxy-server"]
    arguments += ["--disable-background-networking", "--disable-component-update", "--hide-scrollbars", "--lang=en"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # its sandbox is for ordinary users
    for argument in (*arguments, f"--user-data-dir={folder}"):
        options.add_argument(argument)
    settings = {"SE_OFFLINE": "true", "SE_AVOID_STATS": "true", "NO_PROXY": "*"}
    service = webdriver.ChromeService(executable_path=driver, env={**os.environ, **settings, **environment})
    opened = webdriver.Chrome(options=options, service=service)
    try:
        yield opened
    finally:
        opened.quit()


class Hands:
    """A person at the keyboard: what has the focus, and what is typed there."""

    def __init__(self, driver: webdriver.Chrome, address: str) -> None:
        self.driver = driver
        self._address = address

    def open(self, path: str) -> None:
        """Type an address."""
        self.driver.get(f"{self._address}/console{path}")

    def type(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def focus(self) -> WebElement:
        """What has the focus."""
        return self.driver.switch_to.active_element

    def tab_to(self, text: str) -> None:
        """Press Tab until the focus is on what is called so."""
        for _ in range(_MOST_TABS):
            self.type(Keys.TAB)
            if text in (self.focus().text.strip(), self.focus().accessible_name):
                return
        raise AssertionError(f"no Tab leads to {text!r}")

    def press(self, text: str) -> None:
        """Tab to a link or a button, and press Enter."""
        self.tab_to(text)
        self.type(Keys.ENTER)

    def sign_in(self, name: str, password: str) -> None:
        """From a new browser, by keys alone: the focus is on the name."""
        self.driver.delete_all_cookies()
        self.open("/sign-in")
        assert self.focus_comes_to("name")
        self.type(name, Keys.TAB, password, Keys.ENTER)
        assert self.sees(name, "header")

    def focus_comes_to(self, what: str) -> bool:
        """Whether the focus is on a field, by its id, or on what is called so, once the page has come."""
        return self._waits_for(lambda: what in (self.focus().get_attribute("id"), self.focus().text))

    def sees(self, text: str, where: str = "main") -> bool:
        """Whether a text stands on the page, once it has come."""
        return self._waits_for(lambda: text in self.driver.find_element("tag name", where).text)

    def _waits_for(self, comes: Callable[[], bool]) -> bool:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            with suppress(WebDriverException):  # between two pages there is nothing
                if comes():
                    return True
            time.sleep(0.02)
        return False

    def look(self, width: int, height: int, scheme: str = "light") -> None:
        """A screen of this size, light or dark."""
        self.look_taller(width, height)
        self._tell("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def look_taller(self, width: int, height: int) -> None:
        """The same with another height, so that all of a page is seen."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._tell("Emulation.setDeviceMetricsOverride", size)

    def overflow(self) -> int:
        """How many pixels of the page lie beside the screen."""
        script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.driver.execute_script(script))

    def _tell(self, command: str, values: Mapping[str, object]) -> None:
        self.driver.execute_cdp_cmd(command, dict(values))
