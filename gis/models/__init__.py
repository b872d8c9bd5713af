"""The tables of the store; importing this package knows them all."""

from gis.models.access import SignIn, SignInLink
from gis.models.annotation import Annotation, AnnotationStatement
from gis.models.base import Base
from gis.models.change_record import ChangeRecord
from gis.models.chronology import ChronologyEntry
from gis.models.condition import ConditionReport
from gis.models.damage_cell import DamageCell
from gis.models.damage_report import DamageReport
from gis.models.declaration import Declaration
from gis.models.dispatch import (
    Dispatch,
    DispatchEvent,
    DispatchLine,
    RequestDecision,
    SupplyRequest,
)
from gis.models.equipment import EquipmentCheck
from gis.models.evacuation_order import EvacuationAnnouncement, EvacuationOrder
from gis.models.hazard import (
    HazardChoice,
    HazardEdition,
    HazardLayer,
    HazardZone,
    HazardZonePart,
)
from gis.models.incident import Incident
from gis.models.inventory import ColumnMapping, InventoryImport
from gis.models.occupancy import OccupancyReading
from gis.models.opening import Assignment, Opening, OpeningState
from gis.models.photograph import Photograph
from gis.models.photograph_upload import PhotographPart, PhotographUpload
from gis.models.place import Municipality, Town
from gis.models.road_closure import RoadClosure, RoadClosureStatement
from gis.models.shelter import Designation, FacilityLink, Shelter
from gis.models.summary_issue import SummaryIssue, SummaryIssueStep
from gis.models.supply import Movement, ResourceItem, Stock, StockLot, StockPlace
from gis.models.triage import DamageAssessment, DamageClaim

__all__ = [
    "Annotation",
    "AnnotationStatement",
    "Assignment",
    "Base",
    "ChangeRecord",
    "ChronologyEntry",
    "ColumnMapping",
    "ConditionReport",
    "DamageAssessment",
    "DamageCell",
    "DamageClaim",
    "DamageReport",
    "Declaration",
    "Designation",
    "Dispatch",
    "DispatchEvent",
    "DispatchLine",
    "EquipmentCheck",
    "EvacuationAnnouncement",
    "EvacuationOrder",
    "FacilityLink",
    "HazardChoice",
    "HazardEdition",
    "HazardLayer",
    "HazardZone",
    "HazardZonePart",
    "Incident",
    "InventoryImport",
    "Movement",
    "Municipality",
    "OccupancyReading",
    "Opening",
    "OpeningState",
    "Photograph",
    "PhotographPart",
    "PhotographUpload",
    "RequestDecision",
    "ResourceItem",
    "RoadClosure",
    "RoadClosureStatement",
    "Shelter",
    "SignIn",
    "SignInLink",
    "Stock",
    "StockLot",
    "StockPlace",
    "SummaryIssue",
    "SummaryIssueStep",
    "SupplyRequest",
    "Town",
]
