"""Whether plain data is of a type that a component declares."""

import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from deno import find_deno_bin

from ui.components.base.arrays import as_text


def misfits(declaration: Path, name: str, models: Iterable[Mapping[str, Any]], folder: Path) -> str:
    """Return what Deno reports of models that should be of the type `name` each, "" for nothing.

    Fields that the type does not have are reported too. The script that Deno checks is written into `folder`.
    """
    texts = ",\n".join(json.dumps(model, allow_nan=False, default=as_text) for model in models)
    script = folder / "models.ts"
    script.write_text(
        f'import type {{ {name} }} from "{declaration.as_uri()}"\n'
        f"export const models: {name}[] = [\n{texts}\n]\n",
        encoding="utf-8",
    )
    checked = subprocess.run(
        [find_deno_bin(), "check", "--quiet", "--no-config", str(script)],
        capture_output=True,
        env=os.environ | {"NO_COLOR": "1"},
        text=True,
    )
    return checked.stderr if checked.returncode else ""
