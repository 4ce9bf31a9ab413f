"""What a member of a center keeps in its store: attempts, the outbox, identities."""
