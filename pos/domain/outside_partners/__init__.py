"""Partners outside the shop whose answer may be lost: payment providers, card terminals, fiscal registers."""
