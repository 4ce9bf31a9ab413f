"""The line to a partner outside the shop: HTTP with limits of time and size, for providers of any kind."""
