"""The demo without a server: which pages it has, how large they are, and where their links lead."""

import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from core.examples import EXAMPLES
from core.questions import QUESTIONS
from deploy.site import ADDRESS_VARIABLE, RUNS, chapters, main
from ui.export.site import INDEX, build_site
from ui.one_step.link import CODEC as ONE_STEP
from ui.questions.link import CODEC as ASKED
from ui.questions.state import with_question
from ui.training.link import CODEC as TRAINING

APP = "https://example.org/explorer"
LARGEST_BYTES = 1_500_000
# What a browser fetches by itself, and what it goes to.
FETCHES = {"src", "href", "srcset", "poster", "data", "action"}
SOURCES = {example.url for example in EXAMPLES.values()}


class Read(HTMLParser):
    """What is in a page: the addresses of its elements, their ids, the links by their texts, the title."""

    def __init__(self, text):
        super().__init__()
        self.addresses, self.ids, self.links, self.texts = [], set(), {}, {}
        self._inside = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self._inside.append((tag, dict(attrs)))
        self.addresses += [value for name, value in attrs if name in FETCHES]
        self.ids |= {value for name, value in attrs if name == "id"}

    def handle_endtag(self, tag):
        while self._inside and self._inside.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if self._inside:
            tag, attributes = self._inside[-1]
            self.texts[tag] = self.texts.get(tag, "") + text
            if tag == "a":
                self.links[text] = attributes["href"]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The HTML of every file that the command writes, by its name."""
    folder = tmp_path_factory.mktemp("site")
    main([str(folder / "demo"), "--app", f"{APP}/"])
    return {path.name: path.read_text(encoding="utf-8") for path in (folder / "demo").iterdir()}


@pytest.fixture(scope="module")
def pages(files):
    return {name: Read(text) for name, text in files.items()}


def test_there_is_a_page_for_each_example_question_and_run(files):
    assert files.keys() == {
        INDEX,
        *(f"{name}.html" for name in EXAMPLES),
        *(f"question-{name}.html" for name in QUESTIONS),
        *(f"run-{name}.html" for name in RUNS),
    }
    assert (len(QUESTIONS), len(RUNS)) == (20, 3)


def test_each_page_is_small(files):
    assert {
        name: len(text.encode()) for name, text in files.items() if len(text.encode()) >= LARGEST_BYTES
    } == {}


def test_each_link_leads_to_a_page_of_the_site_to_the_app_or_to_a_source(pages):
    wrong = []
    for name, page in pages.items():
        for address in page.addresses:
            parts = urlsplit(address)
            if (
                parts.scheme == "data"
                or address in SOURCES
                or address.startswith(f"{APP}/")
                or address == APP
            ):
                continue
            there = pages.get(parts.path or name)
            if (
                parts.scheme
                or parts.netloc
                or not there
                or (parts.fragment and parts.fragment not in there.ids)
            ):
                wrong.append((name, address))
    assert wrong == []


def test_no_style_fetches_anything(files):
    fetched = {
        (name, address)
        for name, text in files.items()
        for style in re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
        for address in re.findall(r"url\(([^)]*)\)|@import ([^;]*)", style)
        if not "".join(address).strip("\"'").startswith(("data:", "#"))
    }
    assert fetched == set()


def test_each_page_has_a_title_of_its_own_and_the_index_leads_to_it(pages):
    titles = {name: page.texts["title"] for name, page in pages.items()}
    assert len(set(titles.values())) == len(titles)
    listed = {address: text for text, address in pages[INDEX].links.items()}
    for name, page in pages.items():
        if name != INDEX:
            assert page.texts["h1"] == listed[name]
            assert titles[name] == f"{listed[name]} · Backprop Explorer"


def test_next_leads_through_all_pages_and_previous_back(pages):
    first = f"{next(iter(EXAMPLES))}.html"
    seen = [first]
    while (following := pages[seen[-1]].links["Next →"]) != first:
        assert pages[following].links["← Previous"] == seen[-1]
        seen.append(following)
    assert set(seen) == pages.keys() - {INDEX}


def state_of(codec, page):
    """The state that the link of a page to the app describes."""
    parts = urlsplit(page.links["Open in the app"])
    state, problems = codec.read(parse_qs(parts.query))
    assert not problems
    return parts.path, state


def test_the_app_opens_with_what_a_page_shows(pages):
    for name, example in EXAMPLES.items():
        path, opened = state_of(ONE_STEP, pages[f"{name}.html"])
        assert (path, opened.start) == ("/explorer/", example.exercise)
    for name in QUESTIONS:
        assert state_of(ASKED, pages[f"question-{name}.html"]) == ("/explorer/questions", with_question(name))
    for name, (_, run) in RUNS.items():
        assert state_of(TRAINING, pages[f"run-{name}.html"]) == ("/explorer/training", run)
    assert pages[INDEX].links["Open in the app"] == APP


def test_without_an_address_nothing_leads_to_the_app():
    (index, page) = (Read(text) for text, _ in zip(texts_without_app(), range(2), strict=False))
    for read in (index, page):
        assert "Open in the app" not in read.links
        assert {
            address for address in read.addresses if urlsplit(address).scheme.startswith("http")
        } <= SOURCES


def texts_without_app():
    return (text for _, text in build_site(chapters(""), ""))


@pytest.mark.parametrize(
    "address", ["example.org", "ftp://example.org", "https://", "https://example.org/?a=1"]
)
def test_an_address_that_is_none_gets_one_sentence(tmp_path, capsys, monkeypatch, address):
    folder = tmp_path / "demo"
    for arguments, variable in (["--app", address], ""), ([], address):
        monkeypatch.setenv(ADDRESS_VARIABLE, variable)
        with pytest.raises(SystemExit):
            main([str(folder), *arguments])
        last = capsys.readouterr().err.strip().splitlines()[-1]
        assert unquote(last).endswith(
            f"the address of the app got {address!r}; it takes one such as https://example.org/explorer."
        )
        assert not folder.exists()
