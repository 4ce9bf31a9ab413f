"""The shop's secrets: keyed hashes, signatures, PINs; a 0600 file outside the store."""
