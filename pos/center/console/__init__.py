"""The console of a center: pages of HTML for its people, beside the API for its tills. No script runs in them."""
