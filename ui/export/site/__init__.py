"""A demo without a server: saved pages with an index, and links between them that work at any address."""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from ui.export.saved_page import Around, icon_address, page_theme_css
from ui.theme import PALETTES

NAME = "Backprop Explorer"
INDEX = "index.html"
_FOLDER = Path(__file__).parent
_CSS = (_FOLDER / "site.css").read_text(encoding="utf-8")
_INDEX_CSS = (_FOLDER / "index.css").read_text(encoding="utf-8")
_LOGO = (_FOLDER.parents[1] / "assets" / "icon.svg").read_text(encoding="utf-8")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_LEAD = (
    "A small neural network in the browser, whose every weight, input, target and learning rate is a slider. "
    "While it moves, the gradients on the edges, the deltas on the nodes, the loss and the training that "
    "would follow move with it."
)
_HERE = (
    "These pages are files: they need no server, send nothing, and work offline. On each, one slider moves "
    "at a time, and all other numbers stand as they were saved."
)


class SitePage(NamedTuple):
    """A page of the site: its file, its title, and what is known of it elsewhere.

    `group` is the heading that it stands under in its chapter, `summary` a sentence for the index and
    `picture` an SVG, each "" for none; `words` is HTML below the title, and `link` the page's address in the
    app, "" for none. `build` returns the whole page with a title and what is around it.
    """

    file: str
    title: str
    group: str
    summary: str
    picture: str
    words: str
    link: str
    build: Callable[[str, Around], str]


class Chapter(NamedTuple):
    """Pages that belong together, in their order; `place` is its name in addresses."""

    place: str
    title: str
    pages: Sequence[SitePage]


def build_site(chapters: Sequence[Chapter], app: str) -> Iterator[tuple[str, str]]:
    """Return the files of the site, each with its HTML: the index, then every page.

    `app` is the address of the app, "" where there is none to link to.
    """
    yield INDEX, _index(chapters, app)
    pages = [page for chapter in chapters for page in chapter.pages]
    for place, page in enumerate(pages):
        before, after = pages[place - 1], pages[(place + 1) % len(pages)]
        around = Around(_navigation(chapters, page, before, after), page.words, _CSS, f" · {NAME}")
        yield page.file, page.build(page.title, around)


def _navigation(chapters: Sequence[Chapter], page: SitePage, before: SitePage, after: SitePage) -> str:
    known = "".join(
        f'<a href="{INDEX}#{chapter.place}"{here_or_not}>{escape(chapter.title)}</a>'
        for chapter in chapters
        for here_or_not in [' class="here"' if page in chapter.pages else ""]
    )
    ways = (
        f'<a rel="prev" href="{before.file}" title="{escape(before.title)}">← Previous</a>'
        f'<a rel="next" href="{after.file}" title="{escape(after.title)}">Next →</a>'
    )
    return (
        f'<nav class="site" aria-label="Site"><a class="home" href="{INDEX}">{_LOGO}{NAME}</a>'
        f'<span class="chapters">{known}</span><span class="ways">{ways}{_to_app(page.link)}</span></nav>\n'
    )


def _to_app(link: str) -> str:
    return f'<a class="app" href="{escape(link)}">Open in the app</a>' if link else ""


def _index(chapters: Sequence[Chapter], app: str) -> str:
    body = "".join(_chapter(chapter) for chapter in chapters)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="description" content="{escape(_LEAD)}">\n<title>{NAME}</title>\n'
        f'<link rel="icon" href="{icon_address()}">\n'
        f"<style>{page_theme_css()}\n{_signs_css()}\n{_CSS}\n{_INDEX_CSS}</style>\n</head>\n<body>\n"
        f'<header>{_LOGO}<div><h1>{NAME}</h1><p>{escape(_LEAD)}</p><p class="small">{escape(_HERE)}</p></div>'
        f"{_to_app(app)}</header>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def _chapter(chapter: Chapter) -> str:
    groups = [
        (heading, list(pages)) for heading, pages in groupby(chapter.pages, key=lambda page: page.group)
    ]
    parts = "".join(
        f"<div>{f'<h3>{escape(heading)}</h3>' if heading else ''}<ul>{''.join(map(_item, pages))}</ul></div>"
        for heading, pages in groups
    )
    look = "cards" if any(page.picture for page in chapter.pages) else "lists"
    return (
        f'<section id="{chapter.place}" class="{look}"><h2>{escape(chapter.title)}</h2>'
        f'<div class="groups">{parts}</div></section>\n'
    )


def _item(page: SitePage) -> str:
    summary = f"<p>{escape(page.summary)}</p>" if page.summary else ""
    return f'<li>{page.picture}<div><a href="{page.file}">{escape(page.title)}</a>{summary}</div></li>'


def _signs_css() -> str:
    """Return the colors of signs as variables."""
    light, dark = (
        "".join(f"--{sign}: {PALETTES[base][sign]};" for sign in ("negative", "zero", "positive"))
        for base in ("light", "dark")
    )
    return f":root {{ {light} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
