"""The pages that the entry page routes to; each is a thin script."""
