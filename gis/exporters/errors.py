"""Why nothing was exported."""

from gis.errors import Refused
from gis.text import N_


class NothingRegistered(Refused):
    """The register holds no shelter of those asked for."""

    what = N_("The register holds no shelter of {received}.")
    remedy = N_("Import its list first, or name another municipality by its code of six digits.")
