import re
from pathlib import Path

import pytest

import ui
from ui.components.base import join_modules, read_sources

UI = Path(ui.__file__).parent
COMPONENTS = sorted(path.parent.name for path in UI.glob("components/*/component.js"))


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


@pytest.mark.parametrize("name", COMPONENTS)
def test_no_component_sends_its_comments(name):
    assert re.findall(r"^\s*(?://|/\*).*", read_sources(name).js, re.MULTILINE) == []


def test_each_component_is_a_folder_and_is_declared_in_one_place():
    texts = {path.relative_to(UI).as_posix(): path.read_text(encoding="utf-8") for path in UI.rglob("*.py")}
    assert [name for name, text in texts.items() if "components.v2" in text] == ["components/declare.py"]
    declared = re.findall(r'^_component = declare\(\s*"(\w+)"', "\n".join(texts.values()), re.MULTILINE)
    assert sorted(declared) == COMPONENTS
    assert len(COMPONENTS) >= 9


ENTRIES = (
    *(f"components/{name}/component.js" for name in COMPONENTS),
    "export/saved_page/network_host.js",
    "export/saved_page/player_host.js",
)


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_component_is_one_module_with_one_export_and_no_name_twice(entry):
    text = join_modules(UI / entry)
    assert not re.search(r"^import ", text, re.MULTILINE)
    (exported,) = re.findall(r"^export (\w+)", text, re.MULTILINE)
    assert exported == "default"
    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", text, re.MULTILINE)
    assert sorted(names) == sorted(set(names))
