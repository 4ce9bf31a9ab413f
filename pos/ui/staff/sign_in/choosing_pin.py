"""Choosing a new PIN: the old one, the new one, the new one again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from pos.application.settings.found_shop import PinsDiffer
from pos.domain.errors import BadField
from pos.domain.staff.staff import check_pin

if TYPE_CHECKING:
    from pos.application.text.translator import Translator


class Step(Enum):
    """What is typed next."""

    OLD = "old"
    NEW = "new"
    AGAIN = "again"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ChoosingPin:
    """The input so far. `first` if the old PIN is a one-time PIN that was just used to sign in."""

    first: bool = False
    old: str = field(default="", repr=False)
    new: str = field(default="", repr=False)
    again: str = field(default="", repr=False)

    @property
    def step(self) -> Step:
        """What is typed next."""
        if not self.old:
            return Step.OLD
        if not self.new:
            return Step.NEW
        return Step.DONE if self.again else Step.AGAIN

    def typing(self, pin: str) -> ChoosingPin:
        """Go one step further with this PIN. Raises BadField for an invalid PIN, PinsDiffer."""
        match self.step:
            case Step.OLD:
                return replace(self, old=pin)
            case Step.NEW:
                check_pin(pin, "new_pin")
                if pin == self.old:
                    raise BadField("new_pin", "pin_not_new")
                return replace(self, new=pin)
            case _:
                if pin != self.new:
                    raise PinsDiffer
                return replace(self, again=pin)

    def restarted(self) -> ChoosingPin:
        """Ask for the new PIN again from the beginning."""
        return replace(self, new="", again="")

    def title(self, name: str, tr: Translator) -> str:
        """The title of the step."""
        match self.step:
            case Step.OLD:
                return tr("Old PIN of {name}", name=name)
            case Step.NEW:
                return tr("New PIN of {name}", name=name)
            case _:
                return tr("Repeat the new PIN")
