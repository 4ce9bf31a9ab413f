"""The demo shop: made goods, made people, real arithmetic."""
