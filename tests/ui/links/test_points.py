import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.limits import MAX_POINTS
from ui.links.points import read_points, write_points

coordinates = st.floats(-6, 6)
points = st.lists(st.tuples(coordinates, coordinates, st.integers(0, 2)), max_size=MAX_POINTS)


def test_points_are_short_and_readable_in_a_link():
    assert write_points([(0.5, -1, 1), (2, 3, 0)]) == "0.5_-1_1~2_3_0"
    assert read_points("0.5_-1_1~2_3_0") == ((0.5, -1, 1), (2, 3, 0))


def test_no_points_are_no_text():
    assert write_points([]) == ""
    assert read_points("") == ()


def test_coordinates_have_two_decimals_and_no_minus_zero():
    assert write_points([(1.23456, -0.0001, 2)]) == "1.23_0_2"
    assert read_points("1.23456_-0.0001_2") == ((1.23, 0.0, 2),)


@given(points)
def test_points_read_back_to_two_decimals_and_then_stay(points):
    text = write_points(points)
    read = read_points(text)
    assert [point[2] for point in read] == [point[2] for point in points]
    for (x1, x2, _), (y1, y2, _) in zip(read, points, strict=True):
        assert (x1, x2) == pytest.approx((y1, y2), abs=0.005 + 1e-12)
    assert write_points(read) == text
    assert read_points(text) == read


@given(st.text(max_size=60) | st.text("0123456789.-_~e", max_size=60))
def test_any_text_is_read_or_refused_in_one_sentence(text):
    sentence = ""
    try:
        assert len(read_points(text)) <= MAX_POINTS
    except ValueError as error:
        sentence = str(error)
    assert not sentence or sentence.startswith(("Point ", "points got "))
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1_2_0~1_2", "Point 2 got “1_2”; it takes x₁, x₂ and a class, such as 0.5_-1_1."),
        ("1_2_0~~1_2_0", "Point 2 got “”; it takes"),
        ("7_2_0", "Point 1, x₁, got “7”; it takes a number from −6 to 6."),
        ("1_-6.1_0", "Point 1, x₂, got “-6.1”; it takes a number from −6 to 6."),
        ("1_nan_0", "Point 1, x₂, got “nan”; it takes a number from −6 to 6"),
        ("1_2_0~1_2_3", "Point 2, class, got “3”; it takes a whole number from 0 to 2."),
        ("~".join(["1_2_0"] * 121), "points got 121 points; 120 are allowed."),
    ],
)
def test_names_the_point_that_does_not_fit(text, sentence):
    with pytest.raises(ValueError) as refusal:
        read_points(text)
    assert sentence in str(refusal.value)
