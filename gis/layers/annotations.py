"""Annotations of the map, each where it was drawn: a point, a line or an area."""

from typing import Any

from sqlalchemy.orm import Session

from gis.layers.layer import Layer, View, iso
from gis.queries.annotations import AnnotationView, annotations
from gis.text import N_


def features(session: Session, view: View) -> list[dict[str, Any]]:
    """Return one feature per annotation, the latest last: it lies over the others."""
    if view.incident_id is None:
        return []
    drawn = annotations(session, view.incident_id, as_of=view.as_of, known_at=view.known_at)
    return [
        {
            "type": "Feature",
            "id": str(annotation.annotation_id),
            "geometry": annotation.shape,
            "properties": properties(annotation),
        }
        for annotation in reversed(drawn)
    ]


def properties(annotation: AnnotationView) -> dict[str, Any]:
    """Return what the map shows of an annotation."""
    return {
        "text": annotation.text,
        "colour": annotation.colour.value,
        "recorded_at": iso(annotation.recorded_at),
        "recorded_by": annotation.recorded_by,
        # Where its text stands: on the point, in the middle of the line, within the area.
        "label": [annotation.lon, annotation.lat],
    }


LAYER = Layer("annotations", N_("Annotations"), frozenset({"annotations", "incidents"}), features)
