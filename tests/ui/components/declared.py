"""Whether plain data is of a type that a component declares."""

import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from deno import find_deno_bin

from ui.components.base.arrays import as_text


def misfits(declaration: Path, models: Mapping[str, Iterable[Mapping[str, Any]]], folder: Path) -> str:
    """Return what Deno reports of models, by the type that each should be of, "" for nothing.

    Fields that the type does not have are reported too. The script that Deno checks is written into `folder`.
    """
    lines = [f'import type {{ {", ".join(models)} }} from "{declaration.as_uri()}"']
    for name, each in models.items():
        texts = ",\n".join(json.dumps(model, allow_nan=False, default=as_text) for model in each)
        lines.append(f"export const of{name}: {name}[] = [\n{texts}\n]")
    script = folder / "models.ts"
    script.write_text("\n".join([*lines, ""]), encoding="utf-8")
    checked = subprocess.run(
        [find_deno_bin(), "check", "--quiet", "--no-config", str(script)],
        capture_output=True,
        env=os.environ | {"NO_COLOR": "1"},
        text=True,
    )
    return checked.stderr if checked.returncode else ""
