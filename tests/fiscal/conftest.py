"""No test of a register reaches beyond this computer."""

from tests.payments.conftest import no_live_host

__all__ = ["no_live_host"]
