"""An address reproduces the arrangement of the table, and no address breaks it."""

from hypothesis import given
from hypothesis import strategies as st

from layers.tables.table_columns import COLUMNS, DEFAULT_COLUMNS, GROUPS
from layers.tables.table_settings import MAX_SORTS, TableSettings, parse_table_settings
from store.accounts.saved_views import VIEW_PAGES
from tests.hostile import HOSTILE_TEXTS

KEYS = ("cols", "group", "part", "sort")
NAMES = st.sampled_from(sorted(COLUMNS))
VIEWS = st.builds(
    TableSettings,
    columns=st.lists(NAMES, min_size=1, unique=True).map(tuple),
    sort=st.lists(
        st.tuples(NAMES, st.booleans()),
        min_size=1,
        max_size=MAX_SORTS,
        unique_by=lambda one: one[0],
    ).map(tuple),
    group=st.sampled_from(GROUPS),
    part=st.sampled_from(
        ["", "11560", "hp.quan-hai-an+hd.huyen-tu-ky", "Sở Xây dựng (cũ), phòng 2"]
    ),
)
ANYTHING = st.one_of(
    st.text(max_size=80),
    st.sampled_from(HOSTILE_TEXTS),
    st.none(),
    st.lists(st.text(max_size=9), max_size=3),
)


def test_the_first_arrangement_has_an_empty_address() -> None:
    assert TableSettings().to_query() == {}
    assert parse_table_settings({}) == TableSettings()


@given(VIEWS)
def test_an_arrangement_comes_back_from_its_address(view: TableSettings) -> None:
    assert parse_table_settings(view.to_query()) == view
    assert set(view.to_query()) <= set(KEYS)


@given(st.dictionaries(st.sampled_from([*KEYS, "x"]), ANYTHING))
def test_no_address_raises_and_what_it_gives_comes_back(query: dict[str, object]) -> None:
    view = parse_table_settings(query)
    assert set(view.columns) <= set(COLUMNS)
    assert parse_table_settings(view.to_query()) == view


def test_what_is_no_column_is_dropped_and_the_rest_stays() -> None:
    view = parse_table_settings({"cols": "name,<img src=x>,item,name", "sort": "-x,-name,name"})
    assert view.columns == ("name", "item")
    assert view.sort == (("name", True),)
    assert parse_table_settings({"cols": "x", "sort": "y"}) == TableSettings(
        columns=DEFAULT_COLUMNS
    )


def test_another_group_drops_the_part_and_no_group_has_none() -> None:
    view = TableSettings(group="commune", part="11560")
    assert view.with_changes(group="kind").part == ""
    assert view.with_changes(group="commune").part == "11560"
    assert parse_table_settings({"part": "11560"}).part == ""


def test_saved_views_keep_every_key_of_the_table() -> None:
    assert set(KEYS) <= VIEW_PAGES["danh-muc"]
