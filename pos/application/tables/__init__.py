"""The tables of the trade, as a page shows them and a file has them: all rows of what somebody looks at."""
