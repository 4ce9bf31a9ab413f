"""First start of an empty shop: its name, its time zone, its first manager."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.application.settings.settle_border import BORDER, remember_border
from pos.domain.border import border_in_force
from pos.domain.errors import BadField, Refused
from pos.domain.staff.staff import Person, check_name, check_pin, pin_fingerprint


@dataclass(eq=False)
class AlreadyFounded(Refused):
    """The shop already has people."""

    fact = "already_founded"


@dataclass(eq=False)
class PinsDiffer(Refused):
    """The repeated PIN differs."""

    fact = "pins_differ"


class FoundShop(UseCase):
    """Sets up a shop in an empty store."""

    def is_founded(self) -> bool:
        """Whether the shop has people."""
        with self.store.reading() as work:
            return bool(work.people.all())

    def check(self, shop: str, zone: str, manager: str, pin: str, again: str) -> None:
        """Refuse what no shop can begin with, whatever its border. Raises BadField, PinsDiffer."""
        _settings(shop, zone)
        check_name(manager, "manager")
        check_pin(pin)
        if pin != again:
            raise PinsDiffer

    def __call__(self, shop: str, zone: str, manager: str, pin: str, again: str) -> Person:
        """Record the shop's name, its zone, where it stands, and its first manager.

        Raises BadField, PinsDiffer, AlreadyFounded.
        """
        self.check(shop, zone, manager, pin, again)
        settings, title = _settings(shop, zone), check_name(manager, "manager")
        hashed = self.secrets.hash_pin(pin)
        with self.store.begin() as work:
            if work.people.all():
                raise AlreadyFounded
            saved = {name: settings.text(name) for name in ("shop_name", "time_zone")}
            for name, text in saved.items():
                work.settings.set(name, text)
            remember_border(work, border_in_force())
            saved[BORDER] = border_in_force().id
            person = work.people.add(title.split()[0].lower(), title, "manager", hashed)
            details = {"name": settings.shop_name, "pin": pin_fingerprint(hashed), "settings": saved}
            work.journal.write(self.now(), self.till, person.name, "found_shop", details)
            work.commit()
        return person


def _settings(shop: str, zone: str) -> Settings:
    if not shop.strip():
        raise BadField("shop_name", "missing")
    return Settings().with_text("shop_name", shop).with_text("time_zone", zone)
