"""Take the README's pictures of the running app: python -m benchmarks.screenshots."""

from playwright.sync_api import ViewportSize

from tests.browser.harness import ROOT, open_browser, serve
from ui.one_step.curve import CHART

FOLDER = ROOT / ".github" / "images"
SIZE = ViewportSize(width=1366, height=1010)


PAGES = {
    "one_step": "?run=300~60-200_w1.1.1_-0.5&at=120",
    "training": "training?noise=0.05&hidden=5-3&eta=0.03&steps=1200&changes=420~eta~0.3&left=420~1200",
}


def main() -> None:
    """Write a light and a dark picture of every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serve() as address, open_browser() as browser:
        for scheme in ("light", "dark"):
            for name, link in PAGES.items():
                page = browser.new_page(viewport=SIZE, color_scheme="dark" if scheme == "dark" else "light")
                page.goto(f"{address}/{link}")
                page.locator(".network, .player .reading").first.wait_for(timeout=30_000)
                page.locator(f".js-plotly-plot, .st-key-{CHART}").wait_for(timeout=30_000)
                page.wait_for_timeout(2000)
                page.screenshot(path=FOLDER / f"{name}_{scheme}.png")
                page.close()


if __name__ == "__main__":
    main()
