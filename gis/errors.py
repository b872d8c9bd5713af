"""The catalogue of errors: what happened, what was received, what to do.

Each refusal is a class; its two sentences are marked for translation and filled from the facts it
is raised with. HTTP statuses are the API's business (``dashboard/api/problems.py``).
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from gis.text import N_, Bilingual, Language, translate

RECEIVED_LENGTH = 80
"""Characters of a received value that are repeated to the user; the rest says nothing more."""


class Refused(Exception):  # noqa: N818 - the catalogue reads better without "Error" on every line
    """Something asked for was refused, and nothing was stored.

    Parameters
    ----------
    field
        The field at fault, by its API name, where there is one.
    received
        What was received there.
    facts
        Values for the placeholders of the sentences; terms of the vocabulary and marked messages
        among them are shown translated, and what is bilingual in the reader's language.
    """

    what: ClassVar[str]
    remedy: ClassVar[str]
    members: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """Facts that programs go on with: by which name they are told, and of which fact."""

    def __init__(
        self, *, field: str | None = None, received: object = None, **facts: object
    ) -> None:
        super().__init__(self.code())
        self.field = field
        self.received = None if received is None else str(received)[:RECEIVED_LENGTH]
        self.facts = facts

    @classmethod
    def code(cls) -> str:
        """Return the stable name of this refusal, such as ``shelter-not-open``."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()

    def sentence(self, message: str, language: Language) -> str:
        """Return one of the sentences, translated and filled."""
        shown = {name: _shown(fact, language) for name, fact in self.facts.items()}
        received = "—" if self.received is None else self.received
        return translate(message, language).format(**shown, received=received)

    def explain(self, language: Language) -> str:
        """Return what happened and what to do, as one text for the user."""
        return f"{self.sentence(self.what, language)} {self.sentence(self.remedy, language)}"


def _shown(fact: object, language: Language) -> str:
    if isinstance(fact, Bilingual):
        return fact.said(language)
    return translate(getattr(fact, "label", None) or str(fact), language)


class FieldInvalid(Refused):
    """A field is missing or not of its kind; raised by the edges that parse input."""

    what = N_("“{name}” cannot be read: {problem}.")
    remedy = N_("Correct the value and send again.")


class DesignatedTwice(Refused):
    """Two shelters that are to be one have a designation of the same kind each."""

    what = N_("Both shelters have a designation of the same kind, so they are two.")
    remedy = N_("Leave them apart, or correct the list that names one of them wrongly.")


class ShelterInUse(Refused):
    """A shelter that is open, or to which others were joined, stays as it is."""

    what = N_("{shelter} is open at the moment, or is joined with another shelter.")
    remedy = N_("Close it, or separate it, first.")


class GoodsUnderWay(Refused):
    """A shelter to which goods are on their way, or which sends some, stays itself until then."""

    what = N_("Goods are on their way to {shelter}, or reserved there.")
    remedy = N_("Say first that they have arrived, or cancel the dispatch.")


class ImportUnderWay(Refused):
    """One import, or undoing of one, at a time."""

    what = N_("Another import is under way.")
    remedy = N_("Wait until it has ended, then try again.")


class NotTheLastImport(Refused):
    """Only the last import can be taken back, and only once."""

    what = N_("This is not the last import, or it has been undone already.")
    remedy = N_("Undo the later imports first.")


class ImportChangedSince(Refused):
    """Undoing an import would undo what somebody did afterwards."""

    what = N_("Shelters of this import have been changed since.")
    remedy = N_("Correct single shelters by hand, or import a corrected list.")


class ImportInUse(Refused):
    """A shelter that came with an import has been opened, or stocked."""

    what = N_("Shelters that came with this import have been opened or stocked.")
    remedy = N_("Take single shelters off the register instead.")


class IncidentNotOpen(Refused):
    """There is no open incident, or the one named has been closed."""

    what = N_("No incident is open.")
    remedy = N_("Open an incident first.")


class ClosedBeforeOpened(Refused):
    """An end lies before its beginning."""

    what = N_("The end lies before the beginning.")
    remedy = N_("Give an end that is later than the beginning.")


class ChangedMeanwhile(Refused):
    """Somebody else changed the row after it was read; both values are shown."""

    what = N_("Somebody else changed this meanwhile. It now says “{theirs}”; you sent “{yours}”.")
    remedy = N_("Look at the new value, then decide again.")


class StateChangedMeanwhile(ChangedMeanwhile):
    """Somebody else told the next state of a shelter."""

    what = N_(
        "Somebody else changed this meanwhile. It is “{theirs}” since {theirs_since};"
        " you sent “{yours}” since {yours_since}."
    )


class OrderChangedMeanwhile(ChangedMeanwhile):
    """Somebody else announced something of the same evacuation order."""

    what = N_(
        "Somebody else announced something meanwhile: {theirs_action} {theirs_since},"
        " “{theirs}”, for {theirs_areas}. You sent: {yours_action} {yours_since}, “{yours}”,"
        " for {yours_areas}."
    )


class NotFound(Refused):
    """What was named does not exist in this workspace."""

    what = N_("There is no {kind} “{received}” here.")
    remedy = N_("Choose one from the list.")


class OrderKindImpossible(Refused):
    """An order is of a kind that is not issued for its hazard."""

    what = N_("“{kind}” is not issued for a tsunami.")
    remedy = N_("Choose “Evacuation instruction”: of a tsunami everybody flees at once.")


class OrderLifted(Refused):
    """An evacuation order that has been lifted is over."""

    what = N_("This order was lifted at {since}.")
    remedy = N_("Issue a new order, or take the lifting back if it was told by mistake.")


class OrderTakenBack(Refused):
    """An evacuation order that was issued by mistake never was."""

    what = N_("This order was told by mistake and has been taken back.")
    remedy = N_("Issue a new order if people have to leave.")


class AnnouncedTooEarly(Refused):
    """An announcement is told to be older than the one that it follows."""

    what = N_("The announcement before is of {since}; {received} lies before it.")
    remedy = N_("Give a later time, or take the last announcement back first.")


class OrdersInForce(Refused):
    """An incident is to be closed while people are still told to stay away."""

    what = N_("{count} evacuation orders of this incident are in force.")
    remedy = N_("Lift them first, then close the incident.")


class AreaMissing(Refused):
    """An order says of no place that people have to leave it."""

    what = N_("No area is named.")
    remedy = N_("Choose towns, or draw the area on the map.")


class AreaGivenTwice(Refused):
    """An order names towns and comes with a drawn area, too."""

    what = N_("Towns are named, and an area is drawn, too.")
    remedy = N_("Choose one of the two: of a drawn area we find the towns ourselves.")


class AreaUnreadable(Refused):
    """What was sent as an area is none."""

    what = N_("The area cannot be read.")
    remedy = N_("Send a GeoJSON Polygon or MultiPolygon with at least three corners.")


class AreaTooDetailed(Refused):
    """A drawn area has more corners than are read."""

    what = N_("The area has {received} corners; at most {most} are read.")
    remedy = N_("Draw it with fewer corners.")


class AreaTooLarge(Refused):
    """What is asked about is no part of a municipality any more."""

    what = N_("The area is {received} large; at most {most} can be asked about.")
    remedy = N_("Draw a smaller area.")


class AreaCrossesItself(Refused):
    """The edges of a drawn area cross each other, so that nobody knows what lies inside."""

    what = N_("The edges of the area cross each other near {place}.")
    remedy = N_("Draw the corners in the order in which one walks around the area.")


class AreaOutside(Refused):
    """A drawn area lies wholly outside of the municipality."""

    what = N_("The area lies outside of the municipality.")
    remedy = N_("Draw it inside the boundary.")


class TownElsewhere(Refused):
    """A town is one of another municipality."""

    what = N_("{received} belongs to another municipality.")
    remedy = N_("Choose towns of this municipality; others issue their own orders.")


class ClosureChangedMeanwhile(ChangedMeanwhile):
    """Somebody else told something of the same road closure."""

    what = N_(
        "Somebody else told something meanwhile: {theirs_action} {theirs_since}, “{theirs}”."
        " You sent: {yours_action} {yours_since}, “{yours}”."
    )


class ClosureLifted(Refused):
    """A road closure that has been lifted is over."""

    what = N_("This road closure was lifted at {since}.")
    remedy = N_("File a new closure, or take the lifting back if it was told by mistake.")


class ClosureTakenBack(Refused):
    """A road closure that was told by mistake never was."""

    what = N_("This road closure was told by mistake and has been taken back.")
    remedy = N_("File a new one if traffic is restricted.")


class ClosureNowhere(Refused):
    """A road closure does not say where it is."""

    what = N_("Neither a place nor the name of a road is given.")
    remedy = N_("Draw it on the map, or name the road.")


class ClosureEndsTooEarly(Refused):
    """A road closure is expected to end before it begins."""

    what = N_("The expected end ({received}) is not after the beginning.")
    remedy = N_("Check both moments; leave out what nobody knows.")


class SeenTooEarly(Refused):
    """A statement is said to be older than the one that it follows."""

    what = N_("What was told before is of {since}; {received} lies before it.")
    remedy = N_("Give a later time, or take the last statement back first.")


class PathUnreadable(Refused):
    """What was sent as a stretch of road is none."""

    what = N_("The stretch of road cannot be read.")
    remedy = N_("Send a GeoJSON Point, or a LineString with at least two places.")


class AnnotationChangedMeanwhile(ChangedMeanwhile):
    """Somebody else changed the same annotation of the map, or took it away."""

    what = N_(
        "{theirs_by} did something else meanwhile: {theirs_action} {theirs_since}, “{theirs}”."
        " You sent: {yours_action}, “{yours}”."
    )


class AnnotationRemoved(Refused):
    """An annotation that was taken away is no longer changed."""

    what = N_("This annotation was taken away at {since}.")
    remedy = N_("Undo that, or draw it anew.")


class AnnotationTakenBack(Refused):
    """An annotation that was drawn by mistake never was."""

    what = N_("All that was done with this annotation has been undone.")
    remedy = N_("Draw it anew if it is needed.")


class AnnotationWithoutText(Refused):
    """An annotation does not say what it means."""

    what = N_("The annotation has no text.")
    remedy = N_("Write what it means, in at most 200 characters.")


class ShapeUnreadable(Refused):
    """What was sent as drawn on the map is nothing that can be drawn."""

    what = N_("What was drawn cannot be read.")
    remedy = N_("Send a GeoJSON Point, LineString, Polygon or MultiPolygon.")


class ShelterNotOpen(Refused):
    """A reading came for a shelter that is not open."""

    what = N_("{shelter} is not open in this incident.")
    remedy = N_("Open the shelter first, then record the count.")


class CountedBeforeOpening(Refused):
    """A reading is older than the opening of its shelter."""

    what = N_("{shelter} was not open yet at that moment; it takes part since {since}.")
    remedy = N_("Check the time of the count, or correct the time of the opening.")


class ShelterOfAnotherIncident(Refused):
    """A reading was meant for one incident, and its shelter is open in another."""

    what = N_("{shelter} is open in another incident.")
    remedy = N_("Reload the page, then record the count in the incident that is shown.")


class StateTooEarly(Refused):
    """A state of a shelter is told to have begun before the state that it follows."""

    what = N_("{shelter} is “{state}” since {since}; what follows cannot begin earlier.")
    remedy = N_("Give a later time, or take the last state back first.")


class NothingToTakeBack(Refused):
    """A shelter's opening has been taken back wholly."""

    what = N_("There is no state left to take back.")
    remedy = N_("Open the shelter anew if it is open.")


class ShelterAlreadyOpen(Refused):
    """A shelter can be open once at a time, whatever the incident."""

    what = N_("This shelter is open already at that time.")
    remedy = N_("Reload the list; nothing needs to be done if it shows as open.")


class CountImpossible(Refused):
    """A count is negative or larger than any shelter holds."""

    what = N_("{received} cannot be a number of people in one shelter.")
    remedy = N_("Give a whole number from 0 to {most}; leave it empty if nobody has counted.")


class AmountImpossible(Refused):
    """What is told of a shelter's toilets or rooms is no number that can be."""

    what = N_("{received} cannot be right for “{item}”.")
    remedy = N_("Give a whole number from {least} to {most}; leave it empty if nobody has looked.")


class NothingSaid(Refused):
    """A report on a shelter's condition says nothing."""

    what = N_("The report says nothing.")
    remedy = N_("Give at least one of the items.")


class CorrectedAlready(Refused):
    """Somebody else has corrected the same reading."""

    what = N_("This count has been corrected by somebody else meanwhile.")
    remedy = N_("Look at the corrected count; correct that one if need be.")


class NothingCounted(Refused):
    """A reading carries no figure at all."""

    what = N_("The reading holds no figure.")
    remedy = N_("Give the number of persons or of households.")


class PartAboveTotal(Refused):
    """A part of a count does not fit its total."""

    what = N_("{part} ({received}) does not fit {whole} ({total}).")
    remedy = N_("Correct one of the two; leave empty what nobody has counted.")


class CountDoubtful(Refused):
    """A count that is asked back, for one reason or another; a person may say that it is right."""

    remedy = N_("Confirm it if it is right; correct it otherwise.")


class FarOverCapacity(CountDoubtful):
    """A count lies far above the shelter's capacity."""

    what = N_("{received} persons are far more than the capacity ({capacity}). Is that right?")


class TenTimesTheLast(CountDoubtful):
    """A count is ten times the last one, or a tenth of it."""

    what = N_("{received} persons, and {before} the last time ({moment}). Is that right?")


class CountedMeanwhile(CountDoubtful):
    """Somebody else recorded a count after the one that this person saw."""

    what = N_("Meanwhile {actor} recorded {theirs} persons ({moment}); you sent {received}.")
    remedy = N_("Confirm if yours is the one that holds now; otherwise leave theirs.")


class QuantityImpossible(Refused):
    """A quantity of goods is negative, nothing, or more than lies in a city."""

    what = N_("{received} cannot be a quantity of {item}.")
    remedy = N_("Give a whole number from {least} to {most}.")


class StockShort(Refused):
    """More was to leave a place than lies in it."""

    what = N_("{received} of {item} were to leave {place}; only {there} are known to be there.")
    remedy = N_("Check the quantity; if more is there, count the stock first.")


class StockReserved(Refused):
    """What lies in a place is reserved for other dispatches."""

    what = N_("What was to be reserved is not free any more: others have reserved or taken it.")
    remedy = N_("Look at the stock again, then reserve less, or from another place.")


class StockBelowZero(Refused):
    """By the ledger, less would be in a place than nothing."""

    what = N_("By what was told since, less would be there than nothing.")
    remedy = N_("Count what is there now, or take back what was told by mistake.")


class CountNeedsReason(Refused):
    """A count differs from the ledger, and nobody says why."""

    what = N_("{received} of {item} were counted; by what was told, {ledger} should be there.")
    remedy = N_("Give the reason of the difference: the count is then recorded as a correction.")


class ExpiredAlready(Refused):
    """What is to be taken in is past its date; a person may say that it is right."""

    what = N_("The last day of use, {received}, is past. Is that right?")
    remedy = N_("Confirm it if it is right; correct it otherwise.")


class CountedSince(Refused):
    """What happened before a count is in that count."""

    what = N_(
        "{item} was counted at {place} after that, at {since}: what went before is in the count."
    )
    remedy = N_(
        "Nothing need be told of that place; of what was moved, count at the other one. If it"
        " happened after the count, correct the time."
    )


class MovementTakenBack(Refused):
    """A movement can be taken back once."""

    what = N_("This movement has been taken back already.")
    remedy = N_("Reload the list; nothing needs to be done.")


class MovementOfDispatch(Refused):
    """What a dispatch moved is told by its steps."""

    what = N_("This movement belongs to a dispatch.")
    remedy = N_("Move the goods back, or count what is there.")


class PlaceNameTaken(Refused):
    """Two depots, or two vehicles, of one name would be taken for each other."""

    what = N_("There is one of that name already.")
    remedy = N_("Choose the one in the list, or give another name.")


class DestinationClosed(Refused):
    """Goods were to go where nobody takes them in."""

    what = N_("{place} is not open: nobody would take the goods in.")
    remedy = N_("Choose another destination, or open it first.")


class SamePlace(Refused):
    """Goods were to go from a place to itself."""

    what = N_("Origin and destination are the same place.")
    remedy = N_("Choose two different places.")


class RequestChangedMeanwhile(ChangedMeanwhile):
    """Somebody else decided about the same request."""

    what = N_("Somebody else decided meanwhile: {theirs}, {theirs_quantity}. You sent: {yours}.")


class MoreThanApproved(Refused):
    """More would go to a request than is approved, with what is reserved, on its way or there."""

    what = N_("More would be sent to this request than is approved.")
    remedy = N_(
        "Reload the page: somebody may have sent it already. Approve more, or cancel a dispatch"
        " first."
    )


class RequestNotApproved(Refused):
    """Goods were to be sent to a request that nobody has approved."""

    what = N_("The request is “{state}”.")
    remedy = N_("Approve it first, or send the goods without a request.")


class RequestOfAnother(Refused):
    """Goods were to be sent to a request of another shelter, or for another item."""

    what = N_("The request is for something else, or of another shelter.")
    remedy = N_("Choose a request of the destination for this very item.")


class ReasonMissing(Refused):
    """A decision that somebody will ask about comes without a reason."""

    what = N_("No reason is given.")
    remedy = N_("Say why; the shelter will ask.")


class DispatchEmpty(Refused):
    """A dispatch takes nothing, or an item twice."""

    what = N_("The dispatch takes nothing, or names an item twice.")
    remedy = N_("Name at least one item, each once.")


class DispatchChangedMeanwhile(ChangedMeanwhile):
    """Somebody else told the next step of the same dispatch."""

    what = N_("Somebody else told a step meanwhile: {theirs} ({since}). You sent: {yours}.")


class DispatchStepImpossible(Refused):
    """A dispatch cannot take this step now."""

    what = N_("The dispatch is “{state}”; “{step}” cannot follow.")
    remedy = N_("Reload the page, then choose one of the steps that are offered.")


class MoreThanSent(Refused):
    """More is said to have arrived than was sent."""

    what = N_("{received} of {item} are said to have arrived; {sent} were sent.")
    remedy = N_("Check the number. What came besides is received from outside.")


class InUseAboveWorking(Refused):
    """More equipment is said to be in use than works."""

    what = N_("{received} are said to be in use, and {working} to be working.")
    remedy = N_("Correct one of the two; leave empty what nobody has looked at.")


class FigureImpossible(Refused):
    """What is declared of a figure is no number that can be."""

    what = N_("{received} cannot be right for “{row}” ({unit}).")
    remedy = N_("Give a number from 0 to {most}; whole, unless it is hectares.")


class FigureMissing(Refused):
    """A figure is said to be confirmed, and not said."""

    what = N_("“{row}” ({unit}) has no number.")
    remedy = N_("Give the number, or say that it is unconfirmed or under investigation.")


class FigureWithoutMeaning(Refused):
    """A number is given of what is said not to apply."""

    what = N_("“{row}” ({unit}) does not apply, and yet has the number {received}.")
    remedy = N_("Leave the number empty, or choose another state.")


class FigureAddsUp(Refused):
    """A figure is declared that adds up from others."""

    what = N_("“{row}” ({unit}) adds up from other figures.")
    remedy = N_("Declare those.")


class FigureNeedsReason(Refused):
    """A figure is declared that is not what the confirmed reports say."""

    what = N_("For “{row}” ({unit}) the confirmed reports say {reported}; you sent {received}.")
    remedy = N_("Say why it differs: whoever reads the summary will ask.")


class FigureAbovePopulation(CountDoubtful):
    """A figure of people or households is larger than the municipality has."""

    what = N_("{received} is more than the {unit} that live here ({most}). Is that right?")


class FigureChangedMeanwhile(ChangedMeanwhile):
    """Somebody else declared the same figure."""

    what = N_(
        "Somebody else declared “{row}” ({unit}) meanwhile: {theirs}, {theirs_state}."
        " You sent: {yours}, {yours_state}."
    )


class StatementChangedMeanwhile(ChangedMeanwhile):
    """Somebody else wrote the same text of the form."""


class IssueChangedMeanwhile(ChangedMeanwhile):
    """Somebody else took the next step of an issue."""

    what = N_("Somebody else has changed issue {number} meanwhile. It is now “{theirs}”.")
    remedy = N_("Look at it, then decide again.")


class IssueStepImpossible(Refused):
    """An issue cannot take this step now."""

    what = N_("Issue {number} is “{state}”; “{step}” cannot follow.")
    remedy = N_("Compile a new issue: what was signed off stays as it is.")


class WithdrawnWithoutReason(Refused):
    """An issue is withdrawn, and nobody says why."""

    what = N_("No reason is given.")
    remedy = N_("Say why the issue is withdrawn: whoever has it will ask.")


class ObservedInFuture(Refused):
    """Something is said to have been seen later than now."""

    what = N_("The moment of observation ({received}) lies in the future.")
    remedy = N_("Check the date, the time and the clock of the device.")


class ObservedTooEarly(Refused):
    """Something is said to have been seen before any incident of ours."""

    what = N_("The moment of observation ({received}) lies too far in the past.")
    remedy = N_("Check the date, the time and the clock of the device.")


class MomentWithoutZone(Refused):
    """A moment came without its offset from UTC."""

    what = N_("The moment {received} does not say its time zone.")
    remedy = N_("Add the offset, such as +09:00 for Japan.")


class PlannedOutOfReach(Refused):
    """Something is planned or expected at a moment that nobody can mean."""

    what = N_("{received} cannot be when something is planned or expected.")
    remedy = N_("Check the year; leave out what nobody knows.")


class MomentOutOfReach(Refused):
    """A moment that nobody can look back at: one to come, or one before any incident of ours."""

    what = N_("Nothing is known of the moment {received}: it lies in the future, or too far back.")
    remedy = N_("Choose a moment between the beginning of the incident and now.")


class PlaceAtZero(Refused):
    """A place at 0, 0: what devices send when they know nothing."""

    what = N_("The place is 0, 0: the device did not know where it was.")
    remedy = N_("Set the place on the map, or send the report without a place.")


class PlaceSwapped(Refused):
    """Longitude and latitude stand in each other's place."""

    what = N_("Longitude and latitude seem to be swapped ({received}).")
    remedy = N_("If {lon} is the longitude and {lat} the latitude, send them that way round.")


class PlaceOutsideJapan(Refused):
    """A place that no Japanese municipality can mean."""

    what = N_("The place {received} lies outside Japan.")
    remedy = N_("Check longitude (122 to 154) and latitude (20 to 46).")


class ViewTooWide(Refused):
    """A printed map shows a city or a prefecture, not the world."""

    what = N_("The view is too wide for a sheet of paper: it would be printed at {received}.")
    remedy = N_("Look nearer, so that it fits at {most}, and print again.")


class TextTooLong(Refused):
    """A text is longer than the store keeps."""

    what = N_("The text has {length} characters; at most {most} are kept.")
    remedy = N_("Shorten the text and send again.")


class ContentMissing(Refused):
    """An entry of the chronology says nothing."""

    what = N_("The entry is empty or too long.")
    remedy = N_("Write what happened, in at most 4,000 characters.")


class ReportChangedMeanwhile(ChangedMeanwhile):
    """Somebody else made something of a damage report."""

    what = N_(
        "{actor} has looked at this report meanwhile ({moment}): it is “{theirs}”, assigned to"
        " {theirs_team}; you sent “{yours}”, assigned to {yours_team}."
    )


class ReportMerged(Refused):
    """A report that was merged into another one is looked at there."""

    what = N_("This report has been merged into another one.")
    remedy = N_("Look at that one, or separate them first.")


class MergeImpossible(Refused):
    """Reports that cannot be one: of different incidents, or one with itself."""

    what = N_("These reports cannot be merged: they are one, or belong to different incidents.")
    remedy = N_("Choose reports of the same damage in the same incident.")


class ClaimedByAnother(Refused):
    """Somebody else is looking at a report."""

    what = N_("{actor} is looking at this report since a moment ago.")
    remedy = N_("Take the next one, or wait until it is free again ({moment}).")


class DetailOutOfPlace(Refused):
    """A report says something that nobody can say of such damage."""

    what = N_("“{item}” ({received}) does not go with “{category}”.")
    remedy = N_("Leave it out, or choose another category.")


class DetailOfNoPlace(Refused):
    """A report says something of its place, and has no place."""

    what = N_("“{item}” ({received}) is told of a place that the report does not give.")
    remedy = N_("Give the place too, or leave this out.")


class CategoryMissing(Refused):
    """A damage report does not say what is damaged."""

    what = N_("The report does not say what is damaged.")
    remedy = N_("Choose a category.")


class KindMissing(Refused):
    """An incident does not say of what kind it is."""

    what = N_("The incident does not say of what kind it is.")
    remedy = N_("Choose a kind.")


class NameMissing(Refused):
    """A name is empty."""

    what = N_("The name is empty or too long.")
    remedy = N_("Give a name.")


class BodyTooLarge(Refused):
    """A request is larger than the server reads."""

    what = N_("The message is larger than {most_kb} kB.")
    remedy = N_("Shorten it and send again.")


class NoPhotograph(Refused):
    """A file that is to be a photograph is none that we read."""

    what = N_("The file is no JPEG, PNG or WebP picture.")
    remedy = N_(
        "Save it as JPEG and send that. On an iPhone: Settings, Camera, Formats, “Most Compatible”."
    )


class PhotographDamaged(Refused):
    """A picture cannot be read to its end."""

    what = N_("The picture is damaged or incomplete.")
    remedy = N_("Send it again; if it is refused again, take it anew.")


class PhotographTooLarge(Refused):
    """A picture has more bytes than are read."""

    what = N_("The picture has {megabytes} MB; at most {most} MB are taken.")
    remedy = N_("Save it smaller and send that.")


class PhotographTooManyPixels(Refused):
    """A picture has more pixels than are read."""

    what = N_("The picture has more than {most} million pixels.")
    remedy = N_("Save it smaller and send that.")


class PictureMissing(Refused):
    """A photograph is known, and its picture is not where pictures are kept."""

    what = N_("The picture of this photograph is not there any more.")
    remedy = N_("Tell whoever runs the server: it can be put back from a backup.")


class PicturesUnavailable(Refused):
    """The place where pictures are kept does not answer, or is full."""

    what = N_("Photographs cannot be kept or read at the moment; this one was not saved.")
    remedy = N_("Try again in a few minutes; if it goes on, tell whoever runs the server.")


class PhotographsEnough(Refused):
    """A damage report has as many photographs as are taken."""

    what = N_("This report has {most} photographs already.")
    remedy = N_("File another report for what else there is to see.")


class PhotographDiffers(Refused):
    """What arrived in parts is not what was announced."""

    what = N_("What arrived is not the photograph that was announced.")
    remedy = N_("Send it again from its beginning.")


class PartOutOfPlace(Refused):
    """A part of a photograph does not follow what has arrived so far."""

    what = N_("{received_bytes} bytes have arrived; the part begins at {received}.")
    remedy = N_("Go on where the last part ended.")
    members = MappingProxyType({"received": "received_bytes"})


class IdUsedForAnother(Refused):
    """A client's id came again with different content."""

    what = N_("The id {received} was already used for something else.")
    remedy = N_("Give a new id to a new report; send a retry unchanged.")


class NotSignedIn(Refused):
    """Nobody is signed in, or the sign-in has ended."""

    what = N_("You are not signed in.")
    remedy = N_("Open the sign-in link that the server printed, or ask for a new one.")


class NotAllowed(Refused):
    """The role does not include this."""

    what = N_("Your role does not include this.")
    remedy = N_("Ask an administrator.")


class ForeignOrigin(Refused):
    """A page of another site tried to act in the user's name."""

    what = N_("The request comes from a page of another site.")
    remedy = N_("Use this system's own pages.")


class BaseMapMissing(Refused):
    """No file of a base map is named, or it is not there."""

    what = N_("The base map file is not there, or the server may not read it.")
    remedy = N_("Put a PMTiles file where HQ_BASE_MAP says, and load the page again.")


class BaseMapUnreadable(Refused):
    """The file of the base map is none that a browser could draw."""

    what = N_("The base map file cannot be drawn: {reason}.")
    remedy = N_(
        "Put a PMTiles file of images, or of vector tiles in the schema of Protomaps, "
        "where HQ_BASE_MAP says, and load the page again."
    )


class SignInLinkSpent(Refused):
    """A sign-in link was used before, has expired, or never existed."""

    what = N_("This sign-in link is used up or has expired.")
    remedy = N_("Ask for a new one: run “make sign-in-link” on the server.")


class StoreUnavailable(Refused):
    """The database does not answer."""

    what = N_("The store does not answer at the moment; nothing may have been saved.")
    remedy = N_("Try again in a few seconds; a retry does no harm.")


class StoreOutdated(Refused):
    """The database lacks what this program expects: it was never migrated, or not far enough."""

    what = N_("The store does not have the form that this program expects.")
    remedy = N_("Start the server with “make run”, which brings the store up to date.")


class StoreForbids(Refused):
    """The login may not do this in the database."""

    what = N_("The login of the database may not do this; nothing was saved.")
    remedy = N_("Name a login that may: the owner's in HQ_MIGRATION_DATABASE_URL.")


class StoreRefuses(Refused):
    """A rule of the store that has no entry of its own."""

    what = N_("The store refused this, and nothing was saved.")
    remedy = N_("Check the values and try again; report it if it happens again.")


class ServerFault(Refused):
    """Something that should not happen; the log knows more than the user needs to."""

    what = N_("Something went wrong inside the system; nothing was saved.")
    remedy = N_("Try again; if it happens again, tell whoever runs the server.")


class UnitUnfit(Refused):
    """A quantity of an item is given in a unit that the item list does not know of it."""

    what = N_("The unit “{received}” does not fit {item}, which is counted in {unit}.")
    remedy = N_("Give it in {unit}, or say in the item list how many a pack of it holds.")


class ExchangeFieldUnfit(Refused):
    """What an exchange format demands is unknown, or is not in the form that it asks."""

    what = N_("“{name}” is missing, or is not as {form} asks it; no file was made.")
    remedy = N_("Complete the city profile or the entry, then try again.")
