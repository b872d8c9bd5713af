"""The tables of the store; importing this package knows them all."""

from gis.models.access import SignIn, SignInLink
from gis.models.base import Base
from gis.models.change_record import ChangeRecord
from gis.models.damage_report import DamageReport
from gis.models.incident import Incident
from gis.models.inventory import ColumnMapping, InventoryImport
from gis.models.place import Municipality, Town
from gis.models.shelter import (
    Designation,
    FacilityLink,
    OccupancyReading,
    Opening,
    Shelter,
)
from gis.models.supply import ResourceItem, Stock

__all__ = [
    "Base",
    "ChangeRecord",
    "ColumnMapping",
    "DamageReport",
    "Designation",
    "FacilityLink",
    "Incident",
    "InventoryImport",
    "Municipality",
    "OccupancyReading",
    "Opening",
    "ResourceItem",
    "Shelter",
    "SignIn",
    "SignInLink",
    "Stock",
    "Town",
]
