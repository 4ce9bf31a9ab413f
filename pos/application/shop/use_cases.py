"""The base of the groups of use cases that make up a shop."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos.application.settings.context import Context
    from pos.application.shop.adapters import Adapters


class UseCases(ABC):
    """A group of use cases. Each is a lazy property: built, and its module imported, when it is first asked for."""

    @property
    @abstractmethod
    def context(self) -> Context:
        """The context of every use case. Raises what opening the shop raises."""

    @property
    @abstractmethod
    def adapters(self) -> Adapters:
        """What the use cases reach outside the application. Raises what opening the shop raises."""

    def preload(self, *groups: type) -> None:
        """Build all use cases of these groups, so that the first use of each does not wait for its modules."""
        for group in groups:
            for name, member in vars(group).items():
                if isinstance(member, cached_property):
                    getattr(self, name)
