"""The page with the answers of a class, without a browser."""

import json

import pytest

from core.mistake_table import MISTAKES
from core.mistaken_numbers import right_numbers
from tests.pages.harness import new_app, notes, param, run, shown, warnings
from ui.exercise import class_parts
from ui.exercise.class_view import DRAWN_FROM, made_mistakes, read_links, slips_by_number, slips_by_place
from ui.exercise.link import CODEC
from ui.exercise.state import AskedExercise, of_student, with_answers
from ui.links.codec import expand
from ui.links.lock import lock_of
from ui.shell.share_dialog import build_link

CLASS = AskedExercise(lock=lock_of("a key"))


def link_of(student, state=CLASS, **answers):
    state = of_student(state, student)
    right = right_numbers(state.exercise)
    texts = {name.replace("_", "."): f"{right[value]:.6f}" if isinstance(value, str) else f"{value}"
             for name, value in answers.items()}  # fmt: skip
    return build_link("https://example.org/app/exercise", CODEC.write(with_answers(state, texts)), ())


# Ada has all right, Grace and Emmy forget f′ at the output, and Emmy's next number follows from it.
LINKS = [
    link_of("Ada", z1_1="z1.1", delta2_1="delta2.1"),
    link_of("Grace", z1_1="z1.1", delta2_1="da2.1"),
    link_of("Emmy", delta2_1="da2.1", db2_1="da2.1"),
]


def open_page(query=""):
    app = new_app()
    app.switch_page("pages/practice/class_view.py")
    run(app, query)
    return run(app, query)


def paste(app, text):
    shown(app.text_area, "class_links").set_value(text)
    app.run()
    assert not app.exception


def html(app):
    return " ".join(element.proto.body for element in app.get("html"))


def test_slips_are_counted_where_they_were_made_and_what_follows_is_not():
    returned, problems = read_links("\n".join(LINKS))
    assert problems == []
    by_number = slips_by_number(returned)
    assert by_number["delta2.1"] == (2, 3)
    assert by_number["db2.1"] == (0, 1)
    assert by_number["z1.1"] == (0, 2)
    assert by_number["a1.1"] == (0, 0)
    by_place = slips_by_place(returned)
    assert by_place["n2.1"] == (2, 3)
    assert by_place["n1.1"] == (0, 2)
    assert made_mistakes(returned)[0] == (
        MISTAKES["slope_forgotten_output"].sentence,
        ("Grace", "Emmy"),
        ("δ ŷ",),
    )


def test_the_page_shows_map_and_tables_and_keeps_nothing_in_the_address():
    app = open_page()
    assert any("heat map" in sentence for sentence in notes(app))
    paste(app, "\n\n".join(LINKS))
    assert any(sentence.startswith("3 students.") for sentence in notes(app))
    shown_now = html(app)
    (drawing,) = [e.proto for e in app.get("bidi_component") if e.proto.component_name == "class_map"]
    assert "2 of 3" in json.loads(drawing.json)["picture"]
    assert MISTAKES["slope_forgotten_output"].sentence in shown_now
    assert param(app, "answers") is None
    assert not app.query_params


def test_links_are_read_once_however_often_the_page_runs(monkeypatch):
    read = []

    def counted(text):
        read.append(text)
        return read_links(text)

    monkeypatch.setattr(class_parts, "read_links", counted)
    app = open_page()
    paste(app, LINKS[0])
    app.run()
    paste(app, LINKS[1])
    assert "Grace" in html(app)
    assert [read.count(link) for link in LINKS[:2]] == [1, 1]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("hello", "Line 2: “hello” is no link of an exercise."),
        ("http://[", "Line 2: “http://[” is no link of an exercise."),
        ("https://example.org/?eta=2", "Line 2: “https://example.org/?eta=2” is no link of an exercise."),
        (link_of("Joan"), "Line 2: the link of “Joan” has no answers."),
        (
            link_of("Joan", AskedExercise(lock=lock_of("another")), z1_1=0.5),
            "Line 2: the link is of another exercise than that of line 1.",
        ),
        (f"{LINKS[1]}~q9_1", "Line 2: open got a number without an answer"),
        (LINKS[0], "Line 2: “Ada” is in line 1 too; this one counts."),
        (link_of("", z1_1=0.5), "Line 2: the link has no student's name"),
        (f"{link_of('Joan', z1_1=0.5)} {LINKS[2]}", "has 2 links; it takes one."),
    ],
)
def test_a_line_that_does_not_fit_gets_one_sentence_and_the_others_count(line, sentence):
    app = open_page()
    paste(app, f"{LINKS[0]}\n{line}\n{LINKS[2]}")
    assert sentence in warnings(app)
    assert warnings(app).count("Line ") == 1
    assert "Emmy" in html(app)


def test_names_are_shown_as_they_stand():
    app = open_page()
    paste(app, link_of("<img src=x onerror=alert(1)>", z1_1=0.5))
    assert "<img" not in html(app)
    assert "&lt;img" in html(app)


def test_no_more_links_are_read_than_a_class_has():
    returned, problems = read_links("x\n" * 500)
    assert not returned
    assert problems == [
        "Links got 500 lines; the first 400 are read.",
        "Lines 1 to 400 are no links of an exercise.",
    ]
    assert read_links("x" * 3_000_000) == ([], ["Links got 3,000,000 characters; 2,000,000 are allowed."])


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("a a a a", "Lines 1 to 4 are"),
        ("a - a a a", "Lines 1 and 3 to 5 are"),
        ("a - a - a - a", "Lines 1, 3, 5 and 7 are"),
        ("a - " * 20, "Lines 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 and 8 more are"),
    ],
)
def test_many_lines_without_a_link_are_named_in_one_sentence(lines, sentence):
    text = "\n".join(LINKS[0] if line == "-" else line for line in lines.split())
    returned, problems = read_links(text)
    assert [text for text in problems if "no link" in text] == [f"{sentence} no links of an exercise."]
    assert len(returned) == ("-" in lines)


def test_a_name_in_other_capitals_is_of_the_same_student_whose_later_link_counts():
    link = "https://example.org/exercise?seed=3&student={}&answers=z1.1_0.5"
    returned, problems = read_links("\n".join(map(link.format, ("Ada", "ADA"))))
    assert [one.line for one in returned] == [2]
    assert problems == ["Line 2: “ADA” is in line 1 too; this one counts."]


def test_of_a_link_none_of_whose_answers_fits_nothing_is_kept():
    _, (problem,) = read_links("https://example.org/exercise?seed=3&student=Ada&answers=z1.1_zz")
    assert "no answers" in problem
    assert "kept" not in problem


@pytest.mark.parametrize(
    "line",
    [
        "<{}>",
        "{} thanks!",
        "Here it is: {}.",
        "Ada ({})",
        "[{0}]({0})",
        "{0} <{0}> all done & sent",
        "“{}”",
        "**{}**",
    ],
)
def test_words_and_signs_around_a_link_are_no_part_of_it(line):
    for link in LINKS:
        (plain,), _ = read_links(link)
        assert read_links(line.format(link)) == ([plain], [])


def test_a_name_may_come_with_its_spaces():
    link = link_of("Ada Lovelace", z1_1=0.5)
    (plain,), _ = read_links(link)
    assert read_links(f"{link.replace('+', ' ')} see you") == ([plain], [])


UNFIT = {
    "v": "0",
    "net": "2-x-1",
    "f": "sinus.sigmoid",
    "loss": "loss",
    "bias": "some",
    "eta": "-1",
    "ask": "z.q",
    "decimals": "9",
    "seed": "-3",
    "lock": "zz",
    "student": "x" * 99,
}


@pytest.mark.parametrize("name", UNFIT)
@pytest.mark.parametrize("place", [0, 1])
def test_a_link_whose_numbers_are_not_known_gets_one_sentence_and_does_not_count(name, place):
    lines = [link_of("Grace", z1_1="z1.1"), link_of("Emmy", z1_1="z1.1")]
    unfit = "&".join(part for part in link_of("Ada", z1_1=0.5).split("?")[1].split("&")
                     if not part.startswith(f"{name}="))  # fmt: skip
    lines.insert(place, f"https://example.org/exercise?{name}={UNFIT[name]}&{unfit}")
    returned, (problem,) = read_links("\n".join(lines))
    assert [one.name for one in returned] == ["Grace", "Emmy"]
    assert problem.startswith(f"Line {place + 1}: the link does not count: {name}")


def test_every_parameter_of_a_link_is_one_that_numbers_are_drawn_from_or_of_the_answers_to_them():
    names = {parameter.name for part in CODEC.parts for parameter in expand(part, CODEC.usual)}
    assert set(UNFIT) == set(DRAWN_FROM)
    assert names - set(DRAWN_FROM) == {"key", "answers", "open", "refused", "show", "speak", "hints"}


def test_without_a_lock_a_link_needs_no_name():
    returned, problems = read_links("https://example.org/exercise?seed=3&answers=z1.1_0.5")
    assert [one.name for one in returned] == ["line 1"]
    assert problems == []


def test_an_answer_with_too_few_decimals_is_no_slip_and_is_said_to_be_left_out():
    lines = [link_of("Ada", z1_1=7.5, z1_2=77.1234), link_of("Grace", delta2_1=7.5, z1_1="z1.1")]
    returned, problems = read_links("\n".join(lines))
    assert problems == []
    by_number = slips_by_number(returned)
    assert (by_number["z1.1"], by_number["z1.2"], by_number["delta2.1"]) == ((0, 1), (1, 1), (0, 0))
    assert "n2.1" not in slips_by_place(returned)
    assert [one.first_wrong and one.first_wrong.quantity for one in returned] == ["z1.2", None]
    app = open_page()
    paste(app, "\n".join(lines))
    assert any("2 answers with fewer than 4 decimals are left out." in sentence for sentence in notes(app))
