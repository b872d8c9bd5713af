"""How a store comes to its present form, one step after the other."""
