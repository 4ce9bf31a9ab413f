"""Papers for customs: the passenger declaration of the EAEU, the data sheet for China."""
