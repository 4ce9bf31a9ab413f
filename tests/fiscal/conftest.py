"""No test of a register reaches beyond this computer."""

from tests.cli.conftest import demo_template
from tests.payments.conftest import no_live_host

__all__ = ["demo_template", "no_live_host"]
