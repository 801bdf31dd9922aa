import re
from pathlib import Path

import pytest

import ui
from ui.components.base import join_modules, read_sources

UI = Path(ui.__file__).parent


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder / "entry.js"


def test_imports_come_first_and_each_file_once(tmp_path):
    entry = write(
        tmp_path,
        entry='import { a } from "./a.js"\nimport {\n  b,\n} from "./b.js"\n\nexport default a + b\n',
        a='import { b } from "./b.js"\n\nexport const a = b + 1\n',
        b="export const b = 1\n",
    )
    joined = " ".join(join_modules(entry).split())
    assert joined == "const b = 1 const a = b + 1 export default a + b"


def test_what_comments_import_for_its_type_is_not_joined(tmp_path):
    text = '/** @import { T } from "./types.js" */\n/** @type {import("./types.js").T} */\nexport default 1\n'
    assert join_modules(write(tmp_path, entry=text)) == "export default 1\n"


def test_lines_of_comment_are_not_sent(tmp_path):
    code = 'export default `a // b`\n  + "/** c */" // d\n/** @type {e} */ (f)\n'
    text = f"// One line.\n/**\n * A block.\n */\n{code}  // Indented.\n/** Last. */\n"
    assert join_modules(write(tmp_path, entry=text)) == code


@pytest.mark.parametrize("name", ["live_network", "player", "history_buttons"])
def test_no_component_sends_its_comments(name):
    assert re.findall(r"^\s*(?://|/\*).*", read_sources(name).js, re.MULTILINE) == []


ENTRIES = (
    "components/live_network/component.js",
    "components/player/component.js",
    "components/history_buttons/component.js",
    "export/saved_page/network_host.js",
    "export/saved_page/player_host.js",
)


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_component_is_one_module_with_one_export_and_no_name_twice(entry):
    text = join_modules(UI / entry)
    assert not re.search(r"^import ", text, re.MULTILINE)
    assert re.findall(r"^export .*", text, re.MULTILINE) == ["export default function mount(component) {"]
    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", text, re.MULTILINE)
    assert sorted(names) == sorted(set(names))
