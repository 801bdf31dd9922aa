"""A table on its way in: what the dialog shows of it, what is changed there, and what links carry of that."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from tests.pages.harness import address, messages, param, press, run, shown, warnings
from tests.pages.test_training import film, open_page
from ui.limits import MAX_LINK
from ui.training.data import load
from ui.training.example import EXAMPLE
from ui.training.own_data import DataTable
from ui.training.packed_table import pack
from ui.training.state import Chosen

TABLES = Path(__file__).parents[1] / "ui" / "training"
PRICES = (
    "Artikel;Menge;Preis\nSchraube;12;1.250\nMutter;7;980\nBlech;3;3.400\nSchraube;2;1.100\nMutter;9;2.750\n"
)
OTHER = DataTable(("a", "b"), (("1", "2"), ("2", "3"), ("4", "1"), ("5", "6")))


def upload(app, name, text):
    data = text if isinstance(text, bytes) else text.encode()
    shown(app.file_uploader, "training_csv").set_value((name, data, "text/csv"))
    app.run()
    assert not app.exception


def open_own(query="data=own", **session):
    return open_page(query, training_data=True, **session)


def open_dialog(text, query="data=own"):
    app = open_own(query)
    upload(app, "a.csv", text)
    assert is_open(app)
    return app


def is_open(app):
    return any(button.label == "Use this table" for button in app.button)


def rows(app):
    """The rows of the preview, each a list of its cells."""
    body = next(e.proto.body for e in app.get("html") if e.proto.body.startswith('<div class="preview" '))
    return [
        [unescape(re.sub(r"<.*?>", "", cell)) for cell in re.findall(r"<td.*?>(.*?)</td>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", body)[1:]
    ]


def pick(app, kind, name, value):
    shown(getattr(app, kind), f"import_{name}").set_value(value)
    app.run()
    assert not app.exception


def keeps_file(app):
    """Whether the session keeps the file of a table that is on its way in."""
    key = "training_pending_import"
    return key in app.session_state and app.session_state[key] is not None


def use(app):
    """Take the table, and open the menu again, which has closed for the dialog."""
    press(app, "Use this table")
    assert not is_open(app)
    run(app, training_data=True)


def table(app):
    return app.session_state["training_table"].table()


def test_a_table_that_comes_while_another_dialog_is_open_waits_for_it():
    app = open_own()
    press(app, "Share")
    upload(app, "prices.csv", PRICES)
    assert not is_open(app)
    run(app, "data=own", share_open=False)
    assert is_open(app)


def test_a_file_is_shown_as_it_is_read_with_what_is_not_certain_and_taken_by_one_press():
    app = open_dialog(PRICES)
    assert rows(app)[0] == ["Schraube", "12", "1250"]
    assert "“1.250” is read as 1250, with the point as thousands sign" in warnings(app)
    assert "training_table" not in app.session_state
    press(app, "Use this table")
    assert not is_open(app)
    assert table(app).rows[0] == ("Schraube", "12", "1250")
    assert table(app).kinds == ("category", "number", "number")
    assert address(app) == {"v": param(app, "v"), "data": "own"}
    assert not keeps_file(app)


def test_the_preview_follows_what_is_chosen_and_the_link_keeps_it():
    app = open_dialog(PRICES)
    pick(app, "selectbox", "decimal", ".")
    assert rows(app)[0] == ["Schraube", "12", "1.25"]
    assert "1.250" not in warnings(app)
    pick(app, "selectbox", "column", "Menge")
    pick(app, "button_group", "kind", "unused")
    pick(app, "text_input", "missing", "Blech, 980")
    assert rows(app)[1:3] == [["Mutter", "7", "missing"], ["missing", "3", "3.4"]]
    press(app, "Use this table")
    found = address(app)
    assert (found["decimal"], found["kinds"], found["missing"]) == ("point", "unused.Menge", "Blech~980")
    again = open_own("&".join(f"{name}={text}" for name, text in found.items()))
    upload(again, "a.csv", PRICES)
    assert rows(again)[0] == ["Schraube", "12", "1.25"]
    press(again, "Use this table")
    assert table(again) == table(app)
    assert address(again) == found


def test_signs_change_places_where_both_would_be_the_same():
    app = open_dialog(PRICES)
    pick(app, "selectbox", "thousands", ".")
    pick(app, "selectbox", "decimal", ".")
    assert not messages(app, "error")
    assert rows(app)[0][-1] == "1.25"


def test_a_choice_by_which_there_is_no_table_is_named_and_taken_back():
    app = open_dialog(PRICES)
    pick(app, "selectbox", "separator", "|")
    assert "The file has texts in one column" in messages(app, "error")[0]
    use = next(button for button in app.button if button.label == "Use this table")
    assert use.disabled
    press(app, "Detect all again")
    assert not messages(app, "error")
    assert rows(app)[0] == ["Schraube", "12", "1250"]


@pytest.mark.parametrize("how", ["Cancel", "other data", "another page"])
def test_what_was_there_stays_and_the_file_goes(how):
    app = open_dialog(PRICES)
    use(app)
    before = table(app)
    upload(app, "b.csv", "a,b\n1,2\n3,5\n")
    assert keeps_file(app)
    if how == "Cancel":
        press(app, how)
    elif how == "other data":
        run(app, "data=circle")
    else:
        app.switch_page("pages/explore/one_step.py")
        run(app)
    assert not is_open(app)
    assert not keeps_file(app)
    assert table(app) == before


def test_a_file_that_is_no_table_is_named_beside_its_box():
    app = open_own()
    upload(app, "a.json", '{"a": [1, 2]}')
    assert messages(app, "error") == [
        "The file is JSON; it takes a table of rows and columns, such as a CSV file."
    ]
    assert not is_open(app)
    assert not keeps_file(app)


def test_what_is_pasted_is_read_as_a_file_is():
    app = open_own()
    paste = shown(app.text_area, "training_paste")
    paste.set_value("just\na text")
    app.run()
    assert "it takes a row for each sample" in messages(app, "error")[0]
    assert shown(app.text_area, "training_paste").value == "just\na text"
    shown(app.text_area, "training_paste").set_value("a\tb\n0,5\t1\n1,5\t2\n2,5\t4\n")
    app.run()
    assert rows(app)[0] == ["0.5", "1"]
    press(app, "Use this table")
    assert table(app).rows[0] == ("0.5", "1")


def test_a_paste_that_is_too_long_for_a_box_is_to_be_a_file():
    app = open_own()
    shown(app.text_area, "training_paste").set_value("a,b\n" + "1,2\n" * 50_000)
    app.run()
    assert messages(app, "error") == [
        "The pasted text has 200,004 characters; 200,000 are allowed. Load it as a file."
    ]
    assert not is_open(app)


def test_whoever_loads_the_same_file_gets_the_same_columns_and_run():
    data = (TABLES / "social_ads.csv").read_bytes()
    app = open_dialog(data)
    use(app)
    shown(app.multiselect, "training_columns").set_value(["Age", "EstimatedSalary"])
    app.run()
    press(app, "Train to budget")
    link = "&".join(f"{name}={text}" for name, text in address(app).items())
    other = open_own(link)
    assert "The table of this link is missing" in warnings(other)
    assert "“Age” and “EstimatedSalary”" in warnings(other)
    assert "no column" not in warnings(other)
    upload(other, "same.csv", data)
    press(other, "Use this table")
    assert address(other) == address(app)
    assert json.dumps(film(other)) == json.dumps(film(app))
    assert not warnings(other)


def test_a_file_without_the_columns_of_the_link_is_said_to_be_another():
    app = open_own("data=own&target=y&columns=Age~Salary&steps=20")
    upload(app, "a.csv", PRICES)
    press(app, "Use this table")
    assert "The link is of another table: the file has no column “y”." in warnings(app)
    assert param(app, "columns") is None
    assert param(app, "steps") is None


def test_a_way_of_reading_that_does_not_fit_is_said_and_the_file_read_as_it_is():
    app = open_dialog(PRICES, "data=own&separator=bar")
    assert "The link's way of reading does not fit." in warnings(app)
    assert rows(app)[0] == ["Schraube", "12", "1250"]


def test_columns_may_be_called_anything():
    app = open_dialog("a~b,100%25,~,y\n1,5,2,0\n2,3,7,1\n3,1,4,1\n4,4,1,0\n5,2,2,1\n")
    use(app)
    shown(app.multiselect, "training_columns").set_value(["a~b", "~"])
    app.run()
    assert param(app, "columns") == "a%7Eb~%7E"
    run(app)
    assert shown(app.multiselect, "training_columns").value == ["a~b", "~"]


def test_of_many_columns_the_most_informative_are_chosen_and_can_be_exchanged():
    app = open_dialog((TABLES / "wide60.csv").read_bytes())
    use(app)
    assert "20 are inputs, those with the most information on" in warnings(app)
    chosen = shown(app.multiselect, "training_columns").value
    assert len(chosen) == 20
    other = next(name for name in table(app).columns if name not in (*chosen, "y"))
    shown(app.multiselect, "training_columns").set_value([])
    app.run()
    shown(app.multiselect, "training_columns").set_value([other])
    app.run()
    assert param(app, "columns") == other
    assert "20 are inputs" not in warnings(app)
    shown(app.multiselect, "training_columns").set_value([name for name in table(app).columns if name != "y"])
    app.run()
    assert "20 are allowed" in messages(app, "error")[0]
    assert param(app, "columns") == other


def test_texts_in_another_case_are_one_class_with_a_note():
    app = open_dialog("x,y\n1,Yes\n2,no\n3,yes\n4,YES\n5,yes\n6,no\n")
    assert "“Yes” is read as “yes”" in warnings(app)
    pick(app, "checkbox", "merge_case", False)
    assert "Yes" in {row[1] for row in rows(app)}
    pick(app, "checkbox", "merge_case", True)
    press(app, "Use this table")
    assert {row[1] for row in table(app).rows} == {"yes", "no"}


ROWS = "a,b,y\n" + "".join(f"{k},{k * k % 7},{k % 2}\n" for k in range(40))


@pytest.mark.parametrize("query", ["", "&changes=100~eta~0.9&left=100~300&sample=4&at=50&steps=400"])
def test_a_run_on_the_example_is_not_that_of_the_table_that_takes_its_place(query):
    app = open_own(f"data=own{query}")
    if not query:
        press(app, "Train to budget")
        assert film(app)["steps"][-1] == 1000
        run(app, training_data=True)
    upload(app, "a.csv", ROWS)
    press(app, "Use this table")
    assert film(app)["steps"] == [0]
    assert not {"steps", "changes", "left", "sample", "at"} & address(app).keys()


@pytest.mark.parametrize("choice", ["target=y", "columns=a~b", "kinds=unused.b"])
def test_a_run_that_is_of_a_table_goes_on_with_it(choice):
    app = open_own(f"data=own&steps=20&{choice}")
    upload(app, "a.csv", ROWS)
    press(app, "Use this table")
    assert film(app)["steps"][-1] == 20
    assert param(app, "steps") == "20"


def test_a_table_by_choices_that_no_link_can_carry_leaves_the_one_before():
    app = open_dialog(ROWS)
    use(app)
    before, link = table(app), address(app)
    upload(app, "b.csv", f"{'n' * MAX_LINK},c,z\n1,2,0\n2,3,1\n3,4,0\n4,5,1\n7,8,0\n")
    pick(app, "button_group", "kind", "category")
    press(app, "Use this table")
    assert f"{MAX_LINK:,} are allowed" in warnings(app)
    assert table(app) == before
    assert address(app) == link


def test_as_many_lines_can_be_skipped_as_stand_above_a_table():
    above = 50_001
    app = open_dialog("# of the instrument\n" * above + ROWS)
    assert shown(app.number_input, "import_skipped").value == above
    pick(app, "number_input", "skipped", above + 1)
    press(app, "Use this table")
    link = "&".join(f"{name}={text}" for name, text in address(app).items())
    assert param(open_own(link), "skip") == str(above + 1)
    assert not any("skip" in sentence for sentence in messages(open_own(link), "warning"))


CHOICES = [("selectbox", "training_data_target", "x1"), ("multiselect", "training_columns", ["x2"])]


@pytest.mark.parametrize(("kind", "key", "value"), CHOICES)
def test_a_choice_on_the_example_applies_to_it_and_travels(kind, key, value):
    app = open_own()
    shown(getattr(app, kind), key).set_value(value)
    app.run()
    press(app, "Train to budget")
    link = "&".join(f"{name}={text}" for name, text in address(app).items())
    run(app, training_data=True)
    for page in (app, open_own(link), open_own(link, training_table=pack(OTHER))):
        assert shown(getattr(page, kind), key).value == value
        assert warnings(page) == (
            "A table of your own is not in the link; a small example stands in its place."
        )
        assert len(film(page)["steps"]) > 1
        assert film(page)["labels"][: film(page)["widths"][0]] == (
            ["x2"] if kind == "multiselect" else ["x2", "y"]
        )


@pytest.mark.parametrize("target", ["x1", "y"])
def test_the_target_of_a_file_with_the_columns_of_the_example_waits_for_that_file(target):
    app = open_dialog("x1,x2,y\n" + ROWS.partition("\n")[2])
    use(app)
    shown(app.multiselect, "training_columns").set_value(["x2"])
    app.run()
    shown(app.selectbox, "training_data_target").set_value(target)
    app.run()
    link = "&".join(f"{name}={text}" for name, text in address(app).items())
    assert "The table of this link is missing" in warnings(open_own(link))


def test_a_table_in_the_place_of_the_example_keeps_the_choices_of_its_columns_alone():
    for file, kept in (("x1,x2,y\n", "x1"), ("x1,x2,price\n", None)):
        app = open_own("data=own&example=on&target=x1&steps=20")
        upload(app, "a.csv", file + ROWS.partition("\n")[2])
        press(app, "Use this table")
        assert (param(app, "target"), param(app, "example"), param(app, "steps")) == (kept, None, None)


def test_the_values_of_the_example_can_be_numbers():
    app = open_own()
    shown(app.button_group, "training_task").set_value("regression")
    app.run()
    assert film(app)["task"] == "regression"
    assert shown(app.button_group, "training_task").value == "regression"


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("target", EXAMPLE.columns)
def test_the_example_warns_of_nothing_but_that_it_is_one(seed, target):
    data = load(Chosen("own", seed=seed, target=target, example=True), EXAMPLE)
    assert not data.notes
    assert len(data.test)
