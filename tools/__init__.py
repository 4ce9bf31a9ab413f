"""Commands for those who build the till; no part of the program itself."""
