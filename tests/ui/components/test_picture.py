import base64

import numpy as np

from ui.components.player.picture import Picture, picture_data


def decode(text, dtype="u1"):
    return np.frombuffer(base64.b64decode(text), dtype=dtype)


def test_every_pixel_is_within_a_byte_of_its_gradient():
    rng = np.random.default_rng(0)
    gradient = rng.standard_normal((300, 64)) * np.geomspace(1, 1e-4, 300)[:, None]
    gradient[:, 0] = 0
    ink = np.arange(64) / 63
    data = picture_data(Picture(3, 9, "7", ink, gradient))
    levels = decode(data["gradient"]).reshape(300, 64).astype(float)
    largest = decode(data["largest"], "<f8")
    assert np.all(largest >= np.abs(gradient).max(axis=1))
    shown = (levels - 127) / 127 * largest[:, None]
    assert np.all(np.abs(shown - gradient) <= largest[:, None] / 250)
    assert set(levels[:, 0]) == {127}
    np.testing.assert_allclose(decode(data["ink"]) / 254, ink, atol=1 / 254)
    assert (data["number"], data["samples"], data["label"]) == (3, 9, "7")


def test_colors_follow_the_gradient_as_it_shrinks_but_not_every_frame():
    sizes = np.where(np.arange(300) % 2, 1.0, 0.5) * np.geomspace(1, 1e-3, 300)
    largest = decode(picture_data(Picture(1, 1, "", np.zeros(1), sizes[:, None]))["largest"], "<f8")
    assert np.all(np.diff(largest) <= 0)
    assert largest[-1] < 2e-3


def test_nothing_flows_back_or_more_than_a_number_can_say():
    gradient = np.array([[0.0, 0.0], [np.inf, -2.0], [np.nan, 1.0]])
    data = picture_data(Picture(1, 1, "", np.zeros(2), gradient))
    assert decode(data["gradient"]).reshape(3, 2)[:, 0].tolist() == [127, 127, 127]
    assert np.all(np.isfinite(decode(data["largest"], "<f8")))
    assert set(decode(picture_data(Picture(1, 1, "", np.zeros(1), np.zeros((2, 1))))["gradient"])) == {127}
