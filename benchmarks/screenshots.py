"""Take the README's pictures of the running app: python -m benchmarks.screenshots."""

from playwright.sync_api import ViewportSize

from tests.browser.harness import ROOT, open_browser, serve, wait_for_network

FOLDER = ROOT / ".github" / "images"
SIZE = ViewportSize(width=1366, height=1010)


def main() -> None:
    """Write one_step_light.png and one_step_dark.png."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serve() as address, open_browser() as browser:
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport=SIZE, color_scheme="dark" if scheme == "dark" else "light")
            page.goto(f"{address}/?run=300~60-200_w1.1.1_-0.5&at=120")
            wait_for_network(page)
            page.wait_for_timeout(1000)
            page.screenshot(path=FOLDER / f"one_step_{scheme}.png")
            page.close()


if __name__ == "__main__":
    main()
