"""The center's database: PostgreSQL alone, with tables and steps of its own. No table of a shop is among them."""
