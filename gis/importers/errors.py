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


class FileTooLarge(Refused):
    """The file itself is larger than any list of shelters."""

    what = N_("The file is larger than {most_mb} MB.")
    remedy = N_("Choose the list of one prefecture or municipality.")


class UnpacksTooLarge(Refused):
    """What is packed into the file is more than any list of shelters, in bytes or in parts."""

    what = N_("Unpacked, the file is larger than {most_mb} MB or has more than {most_parts} parts.")
    remedy = N_("Choose the file with the list alone, or the list of one municipality.")


class ReadingTooCostly(Refused):
    """Reading was ended before it took the memory or the time of everybody else."""

    what = N_("The file took more memory or time to read than any list needs.")
    remedy = N_("Save the list alone as CSV in UTF-8 and try again.")


class BrokenFile(Refused):
    """What the file begins as, it does not go on as."""

    what = N_("The file is damaged or was not copied whole.")
    remedy = N_("Get the file again, or save the list as CSV in UTF-8, and try again.")


class PasswordNeeded(Refused):
    """The file is encrypted."""

    what = N_("The file is protected by a password.")
    remedy = N_("Save it without a password and try again.")


class UnsafeName(Refused):
    """A name inside an archive leads out of it."""

    what = N_("The archive has a part whose name leads elsewhere: {received}")
    remedy = N_("Unpack it yourself, look at what is in it, and choose the list alone.")


class NestedArchive(Refused):
    """There is an archive inside an archive."""

    what = N_("There is another archive inside the archive.")
    remedy = N_("Unpack it and choose the file with the list.")


class SeveralLists(Refused):
    """An archive of several files leaves open which one is the list."""

    what = N_("The archive holds no single list. Inside are: {received}")
    remedy = N_("Unpack it and choose the file with the list.")


class FormulaFound(Refused):
    """A cell is calculated; what it shows depends on the program that opened it last."""

    what = N_("The workbook calculates a cell by a formula: {received}")
    remedy = N_("Paste the cells as values and save again, or save the list as CSV.")


class LinkedWorkbook(Refused):
    """A workbook takes values from other files, which nobody here can see."""

    what = N_("The workbook takes values from another file: {received}")
    remedy = N_("Paste the cells as values and save again, or save the list as CSV.")


class ContentElsewhere(Refused):
    """A file tells its reader to open something else."""

    what = N_("The file refers to contents that are not in it: {received}")
    remedy = N_("Export the list itself, without links or views, and try again.")


class UnknownCoordinateSystem(Refused):
    """The places are given in a coordinate system that cannot be looked up."""

    what = N_("The coordinate system of the file is not known: {received}")
    remedy = N_("Save the list in longitude and latitude (JGD2011, EPSG:6668) and try again.")


class MappingInvalid(Refused):
    """A mapping of columns cannot be used."""

    what = N_("The mapping “{received}” cannot be used: {problem}.")
    remedy = N_("Correct it; 名称 and each column named must be one of those in the guide.")


class EmptyReportFile(Refused):
    """There is no damage report in the file."""

    what = N_("The file holds no reports.")
    remedy = N_("Choose the file with the list itself, a header row and one row per report.")


class UnrecognisedReports(Refused):
    """No heading in the first rows says what is damaged."""

    what = N_("No column says what is damaged. Found: {received}")
    remedy = N_("Name one column by one of these headings: {headings}.")


class TooManyRows(Refused):
    """More rows than are taken in at once."""

    what = N_("The file has {received} rows; at most {most} are taken in at once.")
    remedy = N_("Split the file and import its parts one after the other.")


class EmptyStockList(Refused):
    """There is no stock in the file."""

    what = N_("The file holds no stock.")
    remedy = N_("Choose the file with the list itself, a header row and one row per lot.")


class UnrecognisedStockList(Refused):
    """No header in the first rows says where how much of what is."""

    what = N_("The columns do not say where how much of what is. Found: {received}")
    remedy = N_("Name a column each by one of {places}, one of {items} and one of {quantities}.")


class NewerFieldQueue(Refused):
    """A telephone has a newer field app than headquarters know."""

    what = N_("The field app wrote this file in a version that is not known here: {received}")
    remedy = N_("Update the product, or send the reports from the telephone itself.")


class NoPlacesInFile(Refused):
    """A file that is to hold areas is of a kind that holds none."""

    what = N_("This is no file of areas on a map.")
    remedy = N_("Choose a zipped shapefile, GeoJSON, GeoPackage or FlatGeobuf.")


class NoZones(Refused):
    """Not one row of a file of hazard zones could be taken."""

    what = N_("The file holds no zone that can be taken. Rows refused: {received}")
    remedy = N_("Choose the file with the zones themselves, as polygons within Japan.")


class UnrecognisedZones(Refused):
    """Nobody said of which hazard the zones are, and their columns do not tell."""

    what = N_("The columns do not tell of which hazard these zones are. Found: {received}")
    remedy = N_("Name the hazard, and the column with the class where there is one.")


class ZoneClassMissing(Refused):
    """The column that was named for the class of a zone is not in the file."""

    what = N_("The file has no column “{received}”. It has: {columns}")
    remedy = N_("Name the column with the class as the file spells it.")


class ZoneClassInvalid(Refused):
    """What a value of the class column means was said in a form that is none."""

    what = N_("“{received}” does not say what a class means.")
    remedy = N_("Write the value, an equals sign and the depth in metres, such as 3=3-5 or 6=20-.")
