"""What was asked of partners outside the shop: payment providers, card terminals, fiscal registers."""
