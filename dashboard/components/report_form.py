"""Filing a damage report at headquarters: what came in by telephone or radio, or was seen."""

import streamlit as st

from dashboard import actions, cached
from dashboard.components.wording import bold
from dashboard.roles import REPORTS_DAMAGE
from dashboard.session import _
from gis.damage import GROUPS, STANDING, unit_of
from gis.errors import CategoryMissing
from gis.models.damage_report import NOTE_LENGTH, REPORTER_LENGTH
from gis.operations.damage_reports import DETAILS, NewDamageReport, file_damage_report
from gis.vocabulary import (
    DETAIL_LABELS,
    DamageCategory,
    DwellingClass,
    FloodLevel,
    LocatedBy,
    Phenomenon,
    QuickInspection,
    Severity,
    Source,
    Term,
)

CATEGORIES = [category for group in GROUPS.values() for category in group]
FIELDS = ("category", "severity", "town", "note", "reporter")


def _key(field: str) -> str:
    return f"report-{field}"


def report_form() -> None:
    """Offer to file a report; what can be said of it depends on what is damaged."""
    with st.container(border=True, key="card-report"):
        st.markdown(bold(_("File a report")))
        category: DamageCategory | None = st.pills(
            _("Category"), CATEGORIES, key=_key("category"), format_func=lambda term: _(term.label)
        )
        with st.form("report", border=False):
            _choice("severity", _("Severity"), Severity)
            _place_and_note()
            with st.expander(_("More about the damage")):
                _details(category)
            st.segmented_control(
                _("How do we know?"),
                [Source.PHONE, Source.RADIO, Source.VISIT],
                default=Source.PHONE,
                key=_key("source"),
                format_func=lambda term: _(term.label),
            )
            st.form_submit_button(_("File the report"), type="primary", on_click=_file)


def _place_and_note() -> None:
    st.selectbox(
        _("Town"),
        sorted(cached.town_points()),
        index=None,
        key=_key("town"),
        format_func=lambda town: town.name,
        placeholder=_("unknown"),
        filter_mode="contains",
    )
    st.text_area(_("Note"), key=_key("note"), max_chars=NOTE_LENGTH)
    st.text_input(_("Team"), key=_key("reporter"), max_chars=REPORTER_LENGTH)


def _details(category: DamageCategory | None) -> None:
    """Draw what can be said of such damage, and nothing that cannot."""
    _detail("phenomenon", Phenomenon)
    _number("people_in_danger")
    if category:
        _number("affected", unit=_(unit_of(category).label))
    if category is DamageCategory.DWELLING:
        _detail("dwelling_class", DwellingClass)
        _number("households")
        _number("residents")
    if category in STANDING:
        _detail("flood_level", FloodLevel)
        _number("depth_cm")
        _detail("quick_inspection", QuickInspection)


def _choice(field: str, label: str, terms: type[Term]) -> None:
    st.segmented_control(
        label, list(terms), key=_key(field), format_func=lambda term: _(term.label)
    )


def _detail(field: str, terms: type[Term]) -> None:
    _choice(field, _(DETAIL_LABELS[field]), terms)


def _number(field: str, unit: str = "") -> None:
    label = _(DETAIL_LABELS[field])
    st.number_input(
        f"{label} ({unit})" if unit else label, None, None, None, 1,
        key=_key(field), placeholder=_("unknown"),
    )  # fmt: skip


def _file() -> None:
    if actions.act(
        REPORTS_DAMAGE,
        lambda store: file_damage_report(store, _said()),
        _("The report is filed."),
    ):
        actions.filed("report", *map(_key, FIELDS), *map(_key, DETAILS))


def _said() -> NewDamageReport:
    """Return what the form says.

    Raises
    ------
    gis.errors.CategoryMissing
        Nothing is chosen: an empty form must not count as damage.
    """
    told = st.session_state
    category, severity, town, note, reporter = (told[_key(field)] for field in FIELDS)
    if category is None:
        raise CategoryMissing(field="category")
    return NewDamageReport(
        id=actions.filing_id("report"),
        category=category,
        severity=severity,
        location=(town.lon, town.lat) if town else None,
        located_by=LocatedBy.TOWN if town else None,
        place_text=town.name if town else None,
        note=note or None,
        reporter=reporter or None,
        source=told[_key("source")] or Source.OTHER,
        # A field that is not drawn for this category is not told.
        **{name: told.get(_key(name)) for name in DETAILS},
    )
