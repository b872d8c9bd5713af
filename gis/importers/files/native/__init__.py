"""Scripts that `confined` runs by themselves: they import nothing of ours, and start quickly."""
