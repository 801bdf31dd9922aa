"""Two servers behind nginx: a visitor stays with one, and goes on with the other when that one dies."""

import asyncio
import re
import signal
import time
import urllib.request

import yaml  # type: ignore[import-untyped]
from playwright.sync_api import expect

from benchmarks.visitor import visit
from tests.browser.harness import ROOT, run_apart, start_server, wait_for_network
from tests.deploy.harness import connections, replicas

POD = yaml.safe_load((ROOT / "deploy/kubernetes/deployment.yaml").read_text(encoding="utf-8"))["spec"][
    "template"
]
# From SIGTERM, which follows preStop, until Kubernetes kills what is still there.
TIME_TO_END = (
    POD["spec"]["terminationGracePeriodSeconds"]
    - POD["spec"]["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"]
)
# The code of a closed WebSocket that means: connect again.
SERVICE_RESTART = 1012


def serving(servers):
    """The servers that hold a connection of a visitor; nginx closes the others at once."""
    return [server for server in servers if connections(server.port)]


def wait_until(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def typed(page, name, text):
    box = page.locator(f'[data-number="{name}"]').first
    box.fill(text)
    box.press("Enter")


def test_the_page_comes_back_on_the_other_replica_with_the_same_state(browser, tmp_path):
    with replicas(2, tmp_path) as (address, servers):
        page = browser.new_page()
        page.goto(address)
        wait_for_network(page)
        wait_until(lambda: len(serving(servers)) == 1)
        (first,) = serving(servers)
        typed(page, "w1.1.1", "0.25")
        page.wait_for_url(re.compile(r"w1\.1\.1=0\.25"))
        page.get_by_role("button", name="Train 10", exact=True).click()
        page.wait_for_url(re.compile("run=10"))
        page.get_by_text("step 10 of 10").wait_for()
        url = page.url
        loss = page.locator(".readings dd > span:first-child").nth(2)
        shown = loss.inner_text()

        first.process.kill()
        (other,) = [server for server in servers if server is not first]
        wait_until(lambda: connections(other.port))
        assert page.url == url
        typed(page, "x2", "0.3")
        # Typed while no server was there, perhaps: it counts all the same.
        page.wait_for_url(re.compile("x2_0.3"))
        page.get_by_text("step 10 of 10").wait_for()
        expect(loss).not_to_have_text(shown)
        page.goto(url)
        page.locator(".network").wait_for()
        expect(loss).to_have_text(shown)
        assert serving(servers) == [other]

        page.goto(f"{address}/training?steps=300")
        expect(page.get_by_role("slider", name="Training step")).to_have_attribute("aria-valuenow", "300")
        page.close()


async def leave_by_signal(server):
    """End a server as a host does, while a visitor is there; return how it closes the connection."""
    async with visit(f"{server.address}/") as visitor:
        await visitor.open()
        server.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(TIME_TO_END):
            return await visitor.wait_closed()


def test_a_server_that_is_ended_lets_its_visitors_go_and_is_gone_in_the_time_that_a_pod_has():
    with start_server() as server:
        assert run_apart(leave_by_signal(server)) == SERVICE_RESTART
        assert server.process.wait(TIME_TO_END) == 0


def replica_of(response):
    cookies_set = " ".join(response.headers.get_all("Set-Cookie"))
    (name,) = re.findall(r"replica=(\w+)", cookies_set)
    return name


def test_visitors_are_spread_and_each_stays_where_it_came(tmp_path):
    with replicas(2, tmp_path) as (address, servers):
        del servers
        cookies = set()
        for _ in range(8):
            with urllib.request.urlopen(f"{address}/_stcore/health") as response:
                cookies.add(replica_of(response))
        assert len(cookies) == 8
        kept = cookies.pop()
        request = urllib.request.Request(f"{address}/_stcore/health", headers={"Cookie": f"replica={kept}"})
        with urllib.request.urlopen(request) as response:
            assert replica_of(response) == kept
