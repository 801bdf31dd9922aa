"""Write the demo without a server into a folder: python -m deploy.site FOLDER --app ADDRESS."""

import argparse
import os
import sys
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from core.examples import EXAMPLES, Example
from core.exercise import Exercise
from core.pieces import finish
from core.questions import QUESTIONS
from core.settings import Settings
from ui.export.saved_page import Around, network_page
from ui.export.site import Chapter, SitePage, build_site
from ui.export.site.pictures import curve_picture, network_picture
from ui.limits import MAX_SITE_NETWORK_BYTES
from ui.links.exercise import hand_over
from ui.links.view import View
from ui.questions.link import write as write_question
from ui.questions.state import with_question
from ui.questions.words import GROUPS, WORDS, answer, to_drag
from ui.shell.share_dialog import build_link
from ui.text.conventions import USUAL
from ui.text.latex import number_row
from ui.text.mathml import equation_html
from ui.text.numbers import count
from ui.training.data import load
from ui.training.link import write as write_training
from ui.training.run import begin, extend
from ui.training.saved import saved_run
from ui.training.shown import Shown, show
from ui.training.state import Chosen, Training

_TO_PLAY = "Press play, or drag along the loss curve."
ADDRESS_VARIABLE = "APP_ADDRESS"
RUNS = {
    "circle": ("Circle: one class around the other", Training(steps=1000)),
    "spiral": (
        "Spiral: two arms that wind around each other",
        Training(
            data=Chosen(name="spiral"),
            hidden=(8, 8),
            activation="sin",
            settings=Settings(optimizer="adam", learning_rate=0.01),
            steps=3000,
        ),
    ),
    "digits": (
        "Digits: handwritten, 8 by 8 pixels",
        Training(data=Chosen(name="digits"), hidden=(8,), steps=2000, sample=17),
    ),
}


def main(arguments: list[str] | None = None) -> None:
    """Write all files into the folder named in the arguments; what is wrong with those ends the program."""
    parser = argparse.ArgumentParser(prog="python -m deploy.site", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the files go; it is made where it is not there")
    parser.add_argument(
        "--app",
        type=read_address,
        default=os.environ.get(ADDRESS_VARIABLE, ""),
        help=f"the address of the app that pages link to, else {ADDRESS_VARIABLE}; none: no such links",
    )
    given = parser.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    files = dict(build_site(chapters(given.app), given.app))
    for name, html in files.items():
        (given.folder / name).write_text(html, encoding="utf-8")
    sys.stdout.write(f"{given.folder}: {count(len(files), 'page')}\n")


def read_address(text: str) -> str:
    """Return the address of the app without a slash at its end, "" for none; raises ArgumentTypeError."""
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise argparse.ArgumentTypeError(
            f"the address of the app got {text!r}; it takes one such as https://example.org/explorer."
        )
    return text.rstrip("/")


def chapters(app: str) -> list[Chapter]:
    """Return the worked examples, the trained runs and the questions, with links to the app at an address."""
    return [
        Chapter("examples", "Worked examples", [_example(example, app) for example in EXAMPLES.values()]),
        Chapter("runs", "Trained runs", [_run(name, *run, app) for name, run in RUNS.items()]),
        Chapter(
            "questions",
            "Questions",
            [_question(name, group, app) for group, names in GROUPS.items() for name in names],
        ),
    ]


def _link(app: str, path: str, query: dict[str, str]) -> str:
    return build_link(f"{app}/{path}", query, ()) if app else ""


def _network(exercise: Exercise, view: View, title: str, around: Around) -> str:
    return network_page(exercise, view, title, "", around, MAX_SITE_NETWORK_BYTES)


def _example(example: Example, app: str) -> SitePage:
    source = f'<a href="{escape(example.url)}">{escape(example.source)}</a>'
    return SitePage(
        f"{example.name}.html",
        example.title,
        "",
        example.lesson.partition(". ")[0].rstrip(".") + ".",
        network_picture(example.exercise),
        f'<div class="words"><div><p>{escape(example.lesson)} Source: {source}.</p></div></div>\n',
        _link(app, "", hand_over(example.exercise)),
        partial(_network, example.exercise, View()),
    )


def _question(name: str, group: str, app: str) -> SitePage:
    question, state = QUESTIONS[name], with_question(name)
    precision = state.view.precision
    text = answer(name, question.facts(question.exercise), precision)
    row = number_row(question.symbol, question.exercise, USUAL, precision)
    words = (
        f"<div><p>{escape(text)}</p><p><strong>{escape(to_drag(name))}</strong> "
        f"{escape(WORDS[name].watch)}</p></div>{equation_html(row)}"
    )
    return SitePage(
        f"question-{name}.html",
        WORDS[name].title,
        group,
        "",
        "",
        f'<div class="words">{words}</div>\n',
        _link(app, "questions", write_question(state)),
        partial(_network, question.exercise, state.view),
    )


def _run(name: str, title: str, state: Training, app: str) -> SitePage:
    data = load(state.data, None)
    shown = finish(show(state, data, finish(extend(state, data, begin(state, data)))))
    summary = _outcome(state, shown)

    def build(title: str, around: Around) -> str:
        return saved_run(state, data, shown, (), title, "", around)

    return SitePage(
        f"run-{name}.html",
        title,
        "",
        summary,
        curve_picture(shown.train.loss),
        f'<div class="words"><div><p>{escape(summary)} {_TO_PLAY}</p></div></div>\n',
        _link(app, "training", write_training(state)),
        build,
    )


def _outcome(state: Training, shown: Shown) -> str:
    """Return a sentence on the network of a run and on what it has learned."""
    units = " and ".join(map(str, state.hidden))
    sentence = f"{state.steps:,} steps of a network with {units} hidden units"
    if shown.test is None or shown.test.accuracy is None:
        return f"{sentence}."
    return f"{sentence}: {100 * float(shown.test.accuracy[-1]):.0f} % of the test samples right."


if __name__ == "__main__":
    main()
