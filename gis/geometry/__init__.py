"""Pure geometry: no store, no clock, no environment."""
