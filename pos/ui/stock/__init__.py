"""Stock: documents, movements, expiry, lots, and stock-takes."""
