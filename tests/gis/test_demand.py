"""How much people need of an item: by hand, and where somebody knows nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.config import ToiletNorm
from gis.demand import Heads, Need, Rate, ToiletNorms, consumption, needed
from gis.items import Group, Item, Norm, item_list
from gis.vocabulary import Ask, Bound, ItemKind, Lifeline, LifelineState

OUT = {Lifeline.WATER: LifelineState.USABLE, Lifeline.SEWAGE: LifelineState.PARTLY}
IN_ORDER = dict.fromkeys(Lifeline, LifelineState.USABLE)
TOILETS = (ToiletNorm(from_hours=0, persons=50), ToiletNorm(from_hours=168, persons=20))
GROUPS = {
    "all": Group(
        code="all", name_ja="全員", name_en="All", share=1, source_ja="市", source_en="city"
    ),
    "age_0": Group(
        code="age_0",
        name_ja="0歳",
        name_en="Babies",
        share=0.01,
        counted_as="infants",
        share_of_counted=0.25,
        source_ja="市",
        source_en="city",
    ),
}


def item(*, consumable: bool = True, **norm: object) -> Item:
    return Item(
        code="some",
        name_ja="品",
        name_en="Some",
        unit_ja="個",
        unit_en="pieces",
        kind=ItemKind.SUPPLY,
        consumable=consumable,
        norm=Norm.model_validate({"source_ja": "市", "source_en": "city"} | norm),
    )


WATER = item(amount=3)
MILK = item(amount=5, group="age_0")
BAGS = item(amount=5, while_out=["water", "sewage"])
NORMLESS = item(amount=3).model_copy(update={"norm": None})


def need(what: Item, heads: Heads, hours: float = 0) -> Need:
    return needed(what, GROUPS, heads, {}, ToiletNorms(TOILETS, hours))


def test_everybody_drinks_three_litres_a_day() -> None:
    # 120 people × 3 L = 360 L a day; 360 / 24 = 15 L an hour.
    assert consumption(WATER, GROUPS, Heads(120), {}) == Rate(15)


def test_babies_that_were_counted_are_no_estimate_and_others_are() -> None:
    # A quarter of 12 infants are 3 babies: 3 × 5 / 24 = 0.625 an hour.
    counted = consumption(MILK, GROUPS, Heads(600, figures={"infants": 12}), {})
    assert counted == Rate(0.625)
    # 1 % of 600 people are 6 babies: 6 × 5 / 24 = 1.25 an hour.
    assert consumption(MILK, GROUPS, Heads(600), {}) == Rate(1.25, is_estimate=True)


def test_infants_count_where_nobody_counted_the_others() -> None:
    assert consumption(MILK, GROUPS, Heads(None, figures={"infants": 12}), {}) == Rate(0.625)


def test_no_infant_is_not_a_share_of_all() -> None:
    assert consumption(MILK, GROUPS, Heads(600, figures={"infants": 0}), {}) == Rate(0)


def test_unknown_people_are_asked_for() -> None:
    assert consumption(WATER, GROUPS, Heads(None), {}) == Rate(None, asks=(Ask.PERSONS,))


def test_a_partial_count_is_the_least_that_is_used() -> None:
    found = consumption(WATER, GROUPS, Heads(120, at_least=True), {})
    assert found == Rate(15, Bound.AT_LEAST, asks=(Ask.PERSONS,))


def test_bags_are_used_while_one_lifeline_is_not_fully_usable() -> None:
    # 48 people × 5 = 240 a day, 10 an hour.
    assert consumption(BAGS, GROUPS, Heads(48), OUT) == Rate(10)
    assert consumption(BAGS, GROUPS, Heads(48), IN_ORDER) == Rate(0)


@pytest.mark.parametrize("heads", [Heads(None), Heads(48, at_least=True)])
def test_where_all_lifelines_work_nobody_asks_for_the_people(heads: Heads) -> None:
    assert consumption(BAGS, GROUPS, heads, IN_ORDER) == Rate(0)


def test_bags_are_used_at_most_where_nobody_looked_at_the_lifelines() -> None:
    found = consumption(BAGS, GROUPS, Heads(48), {Lifeline.WATER: LifelineState.USABLE})
    assert found == Rate(10, Bound.AT_MOST, asks=(Ask.LIFELINES,))


def test_a_partial_count_and_unknown_lifelines_say_nothing_together() -> None:
    found = consumption(BAGS, GROUPS, Heads(48, at_least=True), {})
    assert found == Rate(None, asks=(Ask.PERSONS, Ask.LIFELINES))


def test_an_item_without_a_norm_has_no_rate_and_nobody_can_be_asked() -> None:
    assert consumption(NORMLESS, GROUPS, Heads(120), {}) == Rate(None)
    assert need(NORMLESS, Heads(120)) == Need(None)


@pytest.mark.parametrize(
    ("norm", "persons", "units"),
    [
        ({"amount": 1}, 120, 120),
        ({"amount": 0.1}, 30, 3),
        ({"amount": 0.1}, 31, 4),
        ({"one_per": 50}, 120, 3),
        ({"one_per": 50}, 100, 2),
        ({"one_per": 50}, 0, 0),
        ({"standard": "toilets"}, 120, 3),
    ],
)
def test_what_stays_is_needed_once_and_in_whole_units(
    norm: dict[str, object], persons: int, units: int
) -> None:
    assert need(item(consumable=False, **norm), Heads(persons)) == Need(units)


def test_toilets_follow_the_phase_of_the_incident() -> None:
    # 120 people: one for 50 are 3; a week later, one for 20 are 6.
    toilets = item(consumable=False, standard="toilets")
    assert (need(toilets, Heads(120)).units, need(toilets, Heads(120), 168).units) == (3, 6)


def test_what_unknown_or_some_people_need_is_told_so() -> None:
    beds = item(consumable=False, amount=1)
    assert need(beds, Heads(None)) == Need(None, asks=(Ask.PERSONS,))
    some = need(beds, Heads(9, at_least=True))
    assert some == Need(9, Bound.AT_LEAST, asks=(Ask.PERSONS,))


@pytest.mark.parametrize("code", item_list().items)
@given(persons=st.integers(0, 5000), more=st.integers(0, 5000))
def test_more_people_never_need_less_of_any_item(code: str, persons: int, more: int) -> None:
    found = item_list().items[code]
    groups = item_list().groups
    norms = ToiletNorms(TOILETS, 0)
    lifelines = dict.fromkeys(Lifeline, LifelineState.UNUSABLE)
    count, many = Heads(persons), Heads(persons + more)
    if found.consumable:
        few = consumption(found, groups, count, lifelines).per_hour or 0
        assert few <= (consumption(found, groups, many, lifelines).per_hour or 0)
    else:
        some = needed(found, groups, count, lifelines, norms).units or 0
        assert some <= (needed(found, groups, many, lifelines, norms).units or 0)
