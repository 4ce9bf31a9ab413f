"""Message catalogues, and the sentences of refusals."""
