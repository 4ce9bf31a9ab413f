"""Sales, parked and reserved goods, cash, and what waits to be printed."""
