"""Why a whole file was refused; a single bad row is a Problem of its inventory instead."""

from gis.errors import Refused
from gis.text import N_


class NotATextFile(Refused):
    """The bytes are in none of the encodings that lists come in."""

    what = N_("This is not a text file that can be read.")
    remedy = N_("Save the list as CSV in UTF-8 and try again.")


class EmptyInventory(Refused):
    """There is no row of an inventory in the file."""

    what = N_("The file holds no rows.")
    remedy = N_("Choose the file with the list itself, a header row and one row per shelter.")


class UnrecognisedInventory(Refused):
    """No header of a known format stands in the first rows."""

    what = N_("The columns are not those of a known shelter list. Found: {received}")
    remedy = N_("Use the columns of one of these formats: {formats}.")
