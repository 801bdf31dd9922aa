"""Install a Chromium where the machine has none: the system's package, or else Playwright's own."""

import os
import shutil
import subprocess
import sys

from tests.browser.harness import find_browser


def main() -> int:
    """Return 0 when there is a browser to drive, at once or after installing one."""
    if find_browser():
        return 0
    if shutil.which("apt-get"):
        become_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
        for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            subprocess.run([*become_root, "apt-get", "--quiet", *arguments], check=False)
        if find_browser():
            return 0
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
