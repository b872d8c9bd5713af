"""The commands of the project: each file is one, its logic lives in ``gis`` or beside it."""
