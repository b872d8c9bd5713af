"""Everything that is true of a disaster headquarters without a screen."""
