"""Install what the tests drive where the machine has none: a Chromium and an nginx."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

from tests.browser.harness import SHELL, find_browser
from tests.deploy.harness import find_nginx


def install(package: str, find: Callable[[], str | None]) -> bool:
    """Return whether a program is there, at once or after installing the system's package of it."""
    if not find() and shutil.which("apt-get"):
        become_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
        for arguments in (["update"], ["install", "--yes", "--no-install-recommends", package]):
            subprocess.run([*become_root, "apt-get", "--quiet", *arguments], check=False)
    return bool(find())


def main() -> int:
    """Return 0 when there is a browser to drive; without an nginx its tests are skipped."""
    if not install("nginx", find_nginx):
        print("There is no nginx; the tests of several replicas are skipped.")
    if any(install(package, find_browser) for package in (SHELL, "chromium")):
        return 0
    command = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
