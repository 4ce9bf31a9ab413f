"""People of the shop, PINs and approvals."""
