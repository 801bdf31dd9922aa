"""Each kind of trouble that a table can have: what is read of it, and the note where that is not certain."""

import re

import pytest

from ui.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
from ui.training.import_table import BLANKS, FIXED_WIDTH, Choices, read_table

NOTHING = "(?!)"


def read(text, written_as="utf-8", **choices):
    return read_table(text.encode(written_as), Choices(**choices))


def column(table, name):
    place = [each.name for each in table.columns].index(name)
    return [row[place] for row in table.rows]


def kind(table, name):
    return next(each.kind for each in table.columns if each.name == name)


def notes(table):
    return " ".join(table.notes)


def test_a_clean_table_has_no_notes():
    table = read("x,y,kind\n0.5,1,a\n1.5,0,b\n2.5,1,a\n")
    assert table.rows == ((0.5, 1, "a"), (1.5, 0, "b"), (2.5, 1, "a"))
    assert table.notes == ()
    assert not table.uncertain
    assert table.row_numbers == (2, 3, 4)
    assert all(each.certain and each.why for each in table.columns)


@pytest.mark.parametrize(
    ("text", "values", "note"),
    [
        ("x;y\n1.234,5;1\n2.345,25;2\n", [1234.5, 2345.25], NOTHING),
        ("x;y\n1,5;1\n2,25;2\n", [1.5, 2.25], NOTHING),
        ("x\ty\n1,5\t1\n2,25\t2\n", [1.5, 2.25], NOTHING),
        ('x,y\n"1,5",1\n"2,25",2\n', [1.5, 2.25], NOTHING),
        ('x,y\n"12,50,000",1\n"1,00,000",2\n', [1250000, 100000], NOTHING),
        ("x;y\n1 250;1\n2 340;2\n", [1250, 2340], "blank .* thousands"),
        ("x;y\n1\u00a0250;1\n2\u202f340,5;2\n", [1250, 2340.5], "blank .* thousands"),
        ("x;y\n1’250.50;1\n980.25;2\n", [1250.5, 980.25], "apostrophe .* thousands"),
        ("x,y\n1.250,1\n2.340,2\n", [1.25, 2.34], "1.250.*1.25,.*1250"),
        ("x,y\n1.250,1\n980,2\n3.400,3\n", [1250, 980, 3400], "1.250.*1250,.*1.25"),
        ("x,y\n1.250,1\n12500,2\n3.400,3\n", [1.25, 12500, 3.4], "1.250.*1.25,.*1250"),
        ('x,y\n"1,250",1\n"2,340",2\n', [1250, 2340], "1,250.*1250,.*1.25"),
        ("x;y\n1,250;1\n2,340;2\n", [1.25, 2.34], "1,250.*1.25,.*1250"),
        ("x;y\n1.250;0,5\n2.340;1,5\n", [1250, 2340], "1.250.*1250,.*1.25"),
        ("x,y\n1.250,0.5\n2.340,1.5\n", [1.25, 2.34], "1.250.*1.25,.*1250"),
        ("x;y\n1,5;1\n2.25;2\n3,5;3\n", [1.5, None, 3.5], "Row 3.*2.25.*decimal comma"),
        ("x;y\n1,5;0.5\n2,25;1.5\n", [1.5, 2.25], "decimal sign is a comma, unlike"),
        ("x;y\n1,5E+03;1\n2,5e-2;2\n", [1500, 0.025], NOTHING),
        ("x,y\n.5,1\n-5.,2\n+1,3\n", [0.5, -5, 1], NOTHING),
        ("x,y\n−1.5,1\n2.5,2\n", [-1.5, 2.5], NOTHING),
        ("x,y\n–1.5,1\n2.5,2\n", [-1.5, 2.5], "dash"),
        ("x,y\n1.5-,1\n2.5,2\n", [-1.5, 2.5], "sign behind"),
        ("x,y\n(1.5),1\n2.5,2\n", [-1.5, 2.5], "brackets"),
        ("x,y\n-$5.20,1\n($3.10),2\n$2,3\n", [-5.2, -3.1, 2], r"“\$”"),
        ("x;y\n1.250,00 €;1\n980,50 €;2\n", [1250, 980.5], "“€”"),
        ("x;y\nCHF 1'250.50;1\nCHF 980.50;2\n", [1250.5, 980.5], "“CHF”"),
        ("x,y\n$12,1\n$30,2\n5,3\n", [12, 30, 5], "1 cell without it"),
        ("x,y\n12%,1\n30 %,2\n0.5,3\n", [12, 30, None], "Row 4.*0.5.*same unit"),
        ("x,y\n1.2k,1\n3k,2\n950,3\n", [1.2, 3, None], "Row 4.*950.*same unit"),
        ("x,y\n21.5 °C,1\n19 °C,2\n", [21.5, 19], "“°C”"),
        ("x,y\n5 m/s²,1\n7 m/s²,2\n", [5, 7], "“m/s²”"),
        ("x,y\n12 cm,1\n3 m,2\n15 cm,3\n4 m,1\n", ["12 cm", "3 m", "15 cm", "4 m"], r"units \(cm and m\)"),
        ("x,y\n01234,1\n90210,2\n", [1234, 90210], "zero in front"),
        ("x,y\n12345678901234567,1\n2,2\n", [12345678901234568, 2], "more digits"),
        ('x,y\n1,1\n"2\n3",2\n3,3\n', [1, None, 3], "Row 3.*2 3.*missing"),
        ("x,y\n1,1\ninf,2\n3,3\n", [1, None, 3], "“inf”.*missing"),
        ("x,y\n1,1\n1e999,2\n3,3\n", [1, None, 3], "1e999.*missing"),
        ("x,y\n1.5,1\n-999,2\n2.5,3\n", [1.5, -999, 2.5], "-999.*can mean a missing"),
        ("x,y\n1,1\n#N/A,2\n3,3\n", [1, None, 3], "#N/A.*missing"),
        ("x,y\n1,1\n,2\n3,3\n", [1, None, 3], NOTHING),
        ("x,y\n555 123 456,1\n555 765 432,2\n", [555123456, 555765432], "blank .* thousands"),
        ("x,y\n1.2.3,1\n2.0.1,2\n", ["1.2.3", "2.0.1"], NOTHING),
        ("x,y\n192.168.0.1,1\n10.0.0.1,2\n", ["192.168.0.1", "10.0.0.1"], NOTHING),
        ("x,y\n<=50K,1\n>50K,2\n", ["<=50K", ">50K"], NOTHING),
    ],
)
def test_numbers_are_read_as_they_are_meant_or_with_a_note(text, values, note):
    table = read(text)
    assert column(table, "x") == values
    assert re.search(note, notes(table)) if note != NOTHING else not table.notes
    assert kind(table, "x") == ("category" if isinstance(values[0], str) else "number")


@pytest.mark.parametrize(
    "cells",
    [
        ("2023-01-05", "2023-02-06"),
        ("05.01.2023", "06.02.2023"),
        ("1/5/2023", "12/25/2023"),
        ("5-Jan-23", "6-Feb-23"),
        ("Jan 5, 2023", "February 6, 2023"),
        ("2023-01-05 10:30:00", "2023-02-06T11:45:00Z"),
        ("10:30", "23:45:10.5"),
        ("20230105", "20230206"),
        ("2023-01", "2023-02"),
        ("5 May", "6 May"),
    ],
)
def test_dates_and_times_are_kept_but_not_used(cells):
    table = read("when;y\n" + "".join(f"{cell};{k}\n" for k, cell in enumerate(cells)))
    assert kind(table, "when") == "unused"
    assert tuple(column(table, "when")) == cells
    assert "dates or times" in notes(table)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (",x,y\n0,5,1\n1,6,2\n2,9,3\n", "column 1"),
        (",mpg,cyl\nMazda RX4,21,6\nDatsun 710,22.8,4\n", "column 1"),
        ("Unnamed: 0,x,y\n0,5,1\n1,6,2\n", "Unnamed: 0"),
        ("id,x,y\n17,5,1\n4,6,2\n", "id"),
        ("User ID,x,y\n17,5,1\n4,6,2\n", "User ID"),
        ("customerId,x,y\na,5,1\nb,6,2\n", "customerId"),
        ('"x" "y"\n"1" 5 6\n"2" 6 7\n"3" 7 9\n', "column 1"),
        ("1,0.5\n2,0.6\n3,0.8\n4,0.7\n5,0.1\n", "column 1"),
        (",0,1,2\n0,5.1,3.5,1.4\n1,4.9,3.0,1.4\n", "column 1"),
    ],
)
def test_what_only_names_the_rows_is_not_used(text, name):
    table = read(text)
    assert kind(table, name) == "unused"
    assert name in notes(table)
    assert [each.kind for each in table.columns].count("unused") == 1


def test_what_was_chosen_as_unused_has_no_note_and_its_missing_cells_stay_missing():
    data = b"when,y\n2023-01-05,1.5\nNA,2.5\n2023-01-07,3.5\n"
    table = read_table(data)
    assert column(table, "when") == ["2023-01-05", None, "2023-01-07"]
    again = read_table(data, table.choices)
    assert again.rows == table.rows
    assert again.notes == ()
    assert again.columns[0].why == "it was chosen so"
    number = read("x,y\n1.5,1\n2.5,2\n", kinds=(("x", "unused"),))
    assert (number.columns[0].why, column(number, "x")) == ("it was chosen so", [1.5, 2.5])


def test_a_column_that_counts_up_can_be_an_input():
    table = read("x,y\n1,2\n2,4\n3,6\n")
    assert kind(table, "x") == "number"


@pytest.mark.parametrize(
    ("text", "rows", "skipped", "note"),
    [
        ("Report,,\n,,\na,b,c\n1,2,3\n4,5,6\n", ((1, 2, 3), (4, 5, 6)), 2, "2 lines above"),
        ("Test, hall 3\na,b,c\n1,2,3\n4,5,6\n", ((1, 2, 3), (4, 5, 6)), 1, "1 line above"),
        ("Title\na,b\n1,2\n3,4\n", ((1, 2), (3, 4)), 1, "1 line above"),
        ("% made\n% by hand\na,b\n1,2\n3,4\n", ((1, 2), (3, 4)), 2, "2 lines above"),
        ("# a b\n0.5 1\n1.5 2\n", ((0.5, 1), (1.5, 2)), 0, "from the comment"),
        ("#a,b\n0.5,1\n1.5,2\n", ((0.5, 1), (1.5, 2)), 0, "from the comment"),
        ("#f00,1\n#0f0,2\n#00f,3\n", (("#f00", 1), ("#0f0", 2), ("#00f", 3)), 0, "no header"),
        ("a,b\n1,2\n# pause\n3,4\n", ((1, 2), (3, 4)), 0, "Row 3 is left out"),
        ("a,b\n1,2\n3,4\nSource: me\n", ((1, 2), (3, 4)), 0, "Row 4 is left out"),
        ("a,b\ns,cm\n1,2\n3,4\n5,6\n", ((1, 2), (3, 4), (5, 6)), 0, "Row 2 has texts above"),
        ("sep=\\t\na\tb\n1\t2\n3\t4\n", ((1, 2), (3, 4)), 1, NOTHING),
        ('"sep=;"\na;b\n1;2\n3;4\n', ((1, 2), (3, 4)), 1, NOTHING),
        ("a,b,c,\n1,2,3\n4,5,6\n", ((1, 2, 3), (4, 5, 6)), 0, NOTHING),
        ("a,b,c\n1,2,3,\n4,5,6,\n", ((1, 2, 3), (4, 5, 6)), 0, NOTHING),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n", ((1, 2), (3, 4)), 0, NOTHING),
        (" a , b \n 1 , 2 \n 3 , 4 \n", ((1, 2), (3, 4)), 0, NOTHING),
        ("a\t\tb\n1\t\t2\n3\t\t4\n", ((1, 2), (3, 4)), 0, NOTHING),
        ("a,b\r1,2\r3,4\r", ((1, 2), (3, 4)), 0, NOTHING),
    ],
)
def test_what_stands_around_a_table_is_no_row_of_it(text, rows, skipped, note):
    table = read(text)
    assert table.rows == rows
    assert table.choices.skipped == skipped
    assert re.search(note, notes(table)) if note != NOTHING else not table.notes
    again = read_table(text.encode(), table.choices)
    assert (again.columns, again.rows) == (
        tuple(each._replace(certain=True) for each in table.columns),
        table.rows,
    )


@pytest.mark.parametrize(
    ("text", "header", "note"),
    [
        ("a,b\n1,2\n3,4\n", True, NOTHING),
        ("1,2,3\n4,5,6\n7,8,9\n", False, "no header"),
        ("0,0,0\n0,1,1\n1,0,1\n1,1,0\n", False, "no header"),
        ("Ann,5.1\nBob,3.2\nCy,1.1\n", False, "no header"),
        ("2019,2020,2021\n1.5,2,3\n4,5,6\n", True, "header, which is not certain"),
        ("2019,2020,y\n1,2,0\n3,4,1\n", True, "header, which is not certain"),
        ("0,1,2\n0.5,0.1,7\n0.4,0.6,8\n", True, "header, which is not certain"),
        ("color,kind\nred,a\nblue,b\nred,b\n", True, "header, which is not certain"),
        ("red,a\nblue,b\nred,b\nblue,a\n", False, "no header"),
    ],
)
def test_a_first_row_is_the_header_or_a_sample(text, header, note):
    table = read(text)
    assert table.choices.header is header
    assert re.search(note, notes(table)) if note != NOTHING else not table.notes
    assert len(table.rows) == text.count("\n") - header
    other = read(text, header=not header)
    assert len(other.rows) == text.count("\n") - (not header)
    assert "header" not in other.uncertain


@pytest.mark.parametrize(
    ("text", "separator", "rows"),
    [
        ("1,5;2,5\n3,5;4,25\n", ";", ((1.5, 2.5), (3.5, 4.25))),
        ("1,5 2,5\n3,5 4,25\n6,5 1,25\n", BLANKS, ((1.5, 2.5), (3.5, 4.25), (6.5, 1.25))),
        (
            'name,y\n"Lee, Ann",1\n"Roe, Bob",2\n"Lee, Ann",2\n',
            ",",
            (("Lee, Ann", 1), ("Roe, Bob", 2), ("Lee, Ann", 2)),
        ),
        ("first name\tage\nAnn Lee\t3\nBob Roe\t4\n", "\t", (("Ann Lee", 3), ("Bob Roe", 4))),
        ("'a','b'\n'x,1',2\n'y,2',3\n", ",", (("x,1", 2), ("y,2", 3))),
        ('size,y\n5" pipe,1\n6" pipe,2\n', ",", (('5" pipe', 1), ('6" pipe', 2))),
        ('name,y\n"a\nb",1\nc,3\n', ",", (("a\nb", 1), ("c", 3))),
        (
            "name       height   y\nAnn Lee      1.70   0\nBob          1.80   1\nJo Ann Fox   1.60   0\n",
            FIXED_WIDTH,
            (("Ann Lee", 1.7, 0), ("Bob", 1.8, 1), ("Jo Ann Fox", 1.6, 0)),
        ),
        (
            "aa   bb   cc\n1    2    3\n4         6\n7    8    9\n",
            FIXED_WIDTH,
            ((1, 2, 3), (4, None, 6), (7, 8, 9)),
        ),
        ("Boston homes\n 0.1  18.0\n 0.2   0.5\n 0.3   7.5\n", BLANKS, ((0.1, 18), (0.2, 0.5), (0.3, 7.5))),
    ],
)
def test_cells_are_cut_where_the_lines_are_most_regular(text, separator, rows):
    table = read(text)
    assert table.choices.separator == separator
    assert table.rows == rows
    assert ("separator" in table.uncertain) is any("separated by" in note for note in table.notes)


def test_a_tab_is_certain_beside_blanks():
    assert "separator" not in read("first name\tage\nAnn Lee\t3\nBob Roe\t4\n").uncertain


def test_a_decimal_comma_between_commas_is_not_read_without_a_note():
    table = read("x,y\n12,5,2\n12,5,3\n3,5,4\n")
    assert "one name less than the rows have cells" in notes(table)
    assert len(read("x,y\n12,5,2\n12,5,3\n3,5,4\n", header=False).rows) == 3


def test_a_quotation_without_its_end_does_not_swallow_the_rows_below():
    table = read('name,y\n"a,1\nb,2\nc,3\n')
    assert column(table, "y") == [1, 2, 3]
    assert "Row 2 has a quotation mark without its end" in notes(table)


def test_row_numbers_are_those_of_a_spreadsheet():
    table = read('# by hand\n\nx,kind\n1,"a\nb"\n\nthree,c\n5,a\n7,c\n')
    assert table.row_numbers == (4, 6, 7, 8)
    assert "Row 6, column “x”: “three”" in notes(table)


def test_names_are_told_apart():
    table = read("x,x,,y z\n1,2,3,4\n4,5,7,8\n")
    assert [each.name for each in table.columns] == ["x", "x (2)", "column 3", "y z"]
    assert "“x (2)” is the new name" in notes(table)
    assert "“column 3” has no name" in notes(table)


@pytest.mark.parametrize(
    ("cells", "values", "note"),
    [
        (["Yes", "no", "yes", "yes", "NO"], ["yes", "no", "yes", "yes", "no"], "“Yes” is read as “yes”"),
        (["a", "NA", "b", "a", "b"], ["a", None, "b", "a", "b"], "“NA” is read as missing"),
        (
            ["none", "mild", "mild", "none", "mild"],
            ["none", "mild", "mild", "none", "mild"],
            "“none”.*can mean",
        ),
        (["+", "-", "+", "-", "-"], ["+", "-", "+", "-", "-"], "“-”.*can mean"),
    ],
)
def test_texts_are_categories(cells, values, note):
    table = read("x,y\n" + "".join(f"{k}.5,{cell}\n" for k, cell in enumerate(cells)))
    assert kind(table, "y") == "category"
    assert column(table, "y") == values
    assert re.search(note, notes(table))


def test_texts_that_are_all_different_or_too_many_are_not_used():
    names = read("who,y\n" + "".join(f"person {chr(97 + k)},{k % 2}\n" for k in range(11)))
    assert kind(names, "who") == "unused"
    many = read("who,y\n" + "".join(f"person {chr(97 + k % 21)},{k % 2}\n" for k in range(42)))
    assert kind(many, "who") == "unused"
    assert "21 different texts" in notes(many)


@pytest.mark.parametrize(
    ("text", "encoding", "note"),
    [
        ("Größe;x\nä;1\nß;2\n", "utf-8", False),
        ("Größe;x\nä;1\nß;2\n", "utf-8-sig", False),
        ("Größe;x\nä;1\nß;2\n", "utf-16", False),
        ("Größe;x\nä;1\nß;2\n", "utf-32", False),
        ("Größe;x\nä;1\nß;2\n", "utf-16-le", True),
        ("Größe;x\nä;1\nß;2\n", "utf-16-be", True),
        ("Größe;x\nä;1\nß;2\n", "cp1252", True),
        ("Größe;x\nä;1\nß;2\n", "latin-1", True),
        ("Preis in €;x\n–1,5;1\n2,5;2\n", "cp1252", True),
        ("Straße;Fläche;Größe\nKöln;1,5;2\nDüren;3,5;4\n", "mac_roman", True),
        ("длина,вес,класс\n1,2,кот\n3,4,пёс\n", "cp1251", True),
        ("長さ,重さ\n1,猫です\n2,犬です\n", "cp932", True),
        ("길이,무게,종류\n1,2,고양이\n3,4,개\n", "cp949", True),
        ("長度,重量,類\n1,2,貓\n3,4,狗\n", "big5", True),
        ("长度,类\n" + "1.5,猫\n2.5,狗\n" * 200, "gbk", True),
    ],
)
def test_characters_are_read_in_the_encoding_that_fits(text, encoding, note):
    table = read(text, encoding)
    assert [each.name for each in table.columns] == re.split("[;,]", text.split("\n")[0])
    assert ("encoding" in table.uncertain) is note
    assert ("encoding" in notes(table)) is note
    assert [each.name for each in read(text, encoding, encoding=encoding).columns] == [
        each.name for each in table.columns
    ]


def test_a_wrong_encoding_that_was_chosen_is_noted():
    table = read("Größe;x\nä;1\nß;2\n", "cp1252", encoding="utf-8")
    assert "not valid" in notes(table)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"PK\x03\x04....[Content_Types].xml", "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel"),
        (b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "OpenDocument"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"PAR1", "Parquet"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b"<table><tr><td>1</td></tr></table>", "HTML"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"% a comment\n@RELATION iris\n", "ARFF"),
        (b'{"a": 1}\n{"a": 2}\n', "JSON"),
        (b'{\n "a": [1, 2]\n}', "JSON"),
        (b"[[1, 2], [3, 4]]", "JSON"),
        (b"1 1:0.5 2:0.3\n-1 1:0.2 2:0.1\n", "LIBSVM"),
        (b"x,y\n1,\x00\x012\n", "not plain text"),
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"a,b\n", "header and no rows"),
        (b"just\nsome\nwords\n", "one column"),
        (b"Dear all,\nthis is a text. It has no table, as you see.\nBest wishes\n", "no table|rows have"),
        (b"a,b\n1\n2\n3\n4,5\n6,7\n", "rows have|one column"),
        (b"x" * (MAX_BYTES + 1), "bytes"),
        (b"a,b\n" + b"1,2\n" * (MAX_ROWS + 1), "rows"),
        (b"1," * MAX_COLUMNS + b"1\n" + b"1," * MAX_COLUMNS + b"1\n", "columns"),
        (b'"' + b"a" * 200_000 + b'",1\nb,2\n', "too long"),
    ],
)
def test_what_is_no_table_is_named_in_one_sentence(data, name):
    with pytest.raises(ValueError) as refusal:
        read_table(data)
    message = str(refusal.value)
    assert re.search(name, message)
    assert message.endswith(".")
    assert len(message) < 250


def test_each_detection_can_be_chosen_otherwise():
    text = "x;y;when\n1.250;NONE;20230105\n2.340;none;20230106\n-;b;20230107\n"
    table = read(text)
    assert column(table, "x") == [1250, 2340, None]
    assert column(table, "y") == ["NONE", "NONE", "b"]
    assert kind(table, "when") == "unused"
    assert column(read(text, thousands="."), "x") == [1250, 2340, None]
    assert column(read(text, decimal="."), "x") == [1.25, 2.34, None]
    assert column(read(text, thousands=""), "x") == [1.25, 2.34, None]
    assert column(read(text, merge_case=False), "y") == ["NONE", "none", "b"]
    assert column(read(text, missing=("none", "NONE")), "y") == [None, None, "b"]
    assert column(read(text, kinds=(("when", "number"),)), "when") == [20230105, 20230106, 20230107]
    assert column(read(text, kinds=(("x", "category"),)), "x") == ["1.250", "2.340", "-"]
    assert kind(read(text, kinds=(("x", "unused"),)), "x") == "unused"
    assert len(read(text, header=False).rows) == 4
    assert len(read(text, skipped=2).rows) == 2
    assert len(read("a^b\n1^2\n", separator="^").columns) == 2


def test_a_unit_that_no_cell_has_by_the_chosen_signs_is_in_no_note():
    text = "price;n;y\n$1.50;1;0\n$2.25;2;1\n3;3;0\n4;4;1\n$5.75;5;0\n"
    table = read(text, decimal=",", kinds=(("price", "number"),))
    assert column(table, "price") == [None, None, 3, 4, None]
    assert "a number in" not in notes(table)
    assert "3 cells that are no numbers" in notes(table)


@pytest.mark.parametrize("field", ["header", "encoding", "decimal", "missing", "merge_case", "skipped"])
def test_what_was_chosen_has_no_note(field):
    text = "made by hand\n1.250;é;Yes\n?;b;no\n3.500;é;yes\n2.750;b;No\n"
    table = read(text, "latin-1")
    assert field in table.uncertain
    chosen = read(text, "latin-1", **{field: getattr(table.choices, field)})
    assert chosen.rows == table.rows
    assert field not in chosen.uncertain
    assert len(chosen.notes) < len(table.notes)


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"encoding": "klingon"}, "encoding"),
        ({"encoding": "base64"}, "encoding"),
        ({"separator": ""}, "separator"),
        ({"separator": ";;"}, "separator"),
        ({"decimal": "x"}, "decimal"),
        ({"thousands": "x"}, "thousands"),
        ({"decimal": ",", "thousands": ","}, "both"),
        ({"skipped": -1}, "skipped"),
        ({"kinds": (("x", "date"),)}, "kind"),
    ],
)
def test_choices_that_are_none_are_named(choices, message):
    with pytest.raises(ValueError, match=message):
        Choices(**choices)
