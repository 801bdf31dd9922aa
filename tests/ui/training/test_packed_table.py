"""A table is kept in about as many bytes as its file has, and comes back as it was."""

from hypothesis import given
from hypothesis import strategies as st

from ui.limits import MAX_BYTES
from ui.memory import weight
from ui.training.import_table import KINDS, read_table
from ui.training.own_data import DataTable
from ui.training.packed_table import pack
from ui.training.taken_table import taken

# All that a file can hold: no control characters but tab and line ends.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r"), max_size=6)


@st.composite
def tables(draw):
    columns = draw(st.lists(st.text("abc", min_size=1), min_size=1, max_size=4, unique=True))
    rows = draw(st.lists(st.tuples(*(TEXT for _ in columns)), max_size=5))
    kinds = draw(st.tuples(*(st.sampled_from(KINDS) for _ in columns)))
    numbers = draw(st.lists(st.integers(1, 60_000), min_size=len(rows), max_size=len(rows)))
    return DataTable(tuple(columns), tuple(rows), kinds, tuple(numbers))


@given(tables())
def test_a_table_comes_back_as_it_was(table):
    packed = pack(table)
    assert packed.table() == table
    assert packed.row_count == len(table.rows)


def test_what_no_text_has_is_left_out():
    table = DataTable(("a", "b"), (("1\x1e2", "\ud800x"), ("3\x1f", "\x004\n")))
    assert pack(table).table().rows == (("12", "x"), ("3", "4\n"))


def test_a_table_of_many_cells_takes_no_more_than_its_file():
    row = ",".join(["10"] * 40).encode()
    content = b",".join(b"c%d" % k for k in range(40)) + b"\n"
    content += b"\n".join([row] * ((MAX_BYTES - len(content)) // (len(row) + 1)))
    table = taken(read_table(content))
    assert weight(pack(table)) < 1.01 * len(content)
    assert weight([list(row) for row in table.rows]) > 2 * len(content)
