"""How the store is reached: connections, dialects, types, retries, prepared statements. It knows no table."""
