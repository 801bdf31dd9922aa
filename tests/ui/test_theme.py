import re
from itertools import combinations
from pathlib import Path

import pytest

from tests.ui.figures.colors import CONFIG
from tests.ui.vision import SIMULATIONS, ciede2000, contrast, least_difference, seen
from ui.figures.training_curves import layer_style
from ui.limits import MAX_CLASSES, MAX_TRAINING_LAYERS
from ui.theme import CLASS_COLORS, CLASS_MARKERS, PALETTES, ROLE_COLORS

ROOT = Path(__file__).parents[2]
THEMES = list(PALETTES)


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, 2.5, 0), (61, -5, 29), 22.8977),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_of_colors_is_the_published_one(one, other, difference):
    """Of the test data that Sharma, Wu and Dalal publish with their paper."""
    assert ciede2000(one, other) == pytest.approx(difference, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(difference, abs=5e-5)


def test_red_and_green_look_alike_without_one_kind_of_cones():
    red, green = "#b56a5a", "#8c7f4c"
    as_it_is = ciede2000(seen(red, "as it is"), seen(green, "as it is"))
    assert as_it_is > 20
    assert least_difference(red, green) < 12
    for name in SIMULATIONS:
        assert seen("#808080", name) == pytest.approx(seen("#808080", "as it is"), abs=0.5)


@pytest.mark.parametrize("theme", THEMES)
def test_any_two_classes_differ_for_every_reader(theme):
    colors = CLASS_COLORS[theme]
    assert len(colors) == MAX_CLASSES
    least = min((least_difference(*pair), pair) for pair in combinations(colors, 2))
    assert least[0] >= 15, least


@pytest.mark.parametrize("theme", THEMES)
def test_the_ends_of_the_sign_scale_differ_for_every_reader(theme):
    assert least_difference(PALETTES[theme]["negative"], PALETTES[theme]["positive"]) >= 15


@pytest.mark.parametrize("theme", THEMES)
def test_no_class_looks_like_a_sign_or_like_the_page(theme):
    background = CONFIG["theme"][theme]["backgroundColor"]
    for color in CLASS_COLORS[theme]:
        assert contrast(color, background) >= 3, color
        assert least_difference(color, background) >= 15, color
        for sign in ("negative", "positive"):
            end = PALETTES[theme][sign]
            assert ciede2000(seen(color, "as it is"), seen(end, "as it is")) >= 15, (color, sign)


@pytest.mark.parametrize("theme", THEMES)
def test_what_a_number_is_can_be_read_and_looks_like_no_sign(theme):
    background = CONFIG["theme"][theme]["backgroundColor"]
    ends = [PALETTES[theme][sign] for sign in ("negative", "positive", "positive_text")]
    for color in ROLE_COLORS[theme].values():
        assert contrast(color, background) >= 4.5, color
        for end in ends:
            assert ciede2000(seen(color, "as it is"), seen(end, "as it is")) >= 15, (color, end)
    for pair in combinations(ROLE_COLORS[theme].values(), 2):
        assert ciede2000(*(seen(color, "as it is") for color in pair)) >= 15, pair


def test_every_class_has_a_marker_of_its_own():
    assert len({marker.name for marker in CLASS_MARKERS}) == len(CLASS_MARKERS) == MAX_CLASSES
    assert len({marker.character for marker in CLASS_MARKERS}) == MAX_CLASSES


@pytest.mark.parametrize("theme", THEMES)
def test_no_layer_has_the_color_of_a_sign(theme):
    colors = CONFIG["theme"][theme]["chartCategoricalColors"]
    styles = [layer_style(layer, 2) for layer in range(MAX_TRAINING_LAYERS + 1)]
    assert len({(style["color"], style["dash"]) for style in styles}) == len(styles)
    used = {colors[int(style["color"][1:]) - 1] for style in styles}
    assert not used & {PALETTES[theme]["negative"], PALETTES[theme]["positive"]}
    assert used <= set(CLASS_COLORS[theme])


def test_the_player_can_draw_every_marker():
    source = (ROOT / "ui" / "components" / "player" / "markers.js").read_text(encoding="utf-8")
    shapes = source.split("const SHAPES = {")[1].split("\n}")[0]
    assert re.findall(r'^  "?([\w-]+)"?:', shapes, re.MULTILINE) == [marker.name for marker in CLASS_MARKERS]
