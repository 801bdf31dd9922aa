import numpy as np
import pytest

from core.components import principal_components


@pytest.fixture
def samples():
    rng = np.random.default_rng(3)
    return rng.standard_normal((200, 5)) * [1, 5, 0.2, 3, 0] + [7, 0, -2, 1, 4]


def test_the_first_directions_have_the_most_variance(samples):
    found = principal_components(samples, 5)
    np.testing.assert_allclose(found.directions @ found.directions.T, np.eye(5), atol=1e-12)
    variances = found.project(samples).var(axis=0)
    assert np.all(np.diff(variances) <= 1e-12)
    # Singular values say the same in another way.
    singular = np.linalg.svd(samples - samples.mean(axis=0), compute_uv=False)
    np.testing.assert_allclose(variances, singular**2 / len(samples), atol=1e-12)


def test_what_is_placed_is_projected_back_and_all_of_them_are_the_samples(samples):
    two, all_of_them = principal_components(samples, 2), principal_components(samples, 5)
    at = np.array([[1.0, -2.0], [0.0, 0.0]])
    np.testing.assert_allclose(two.project(two.place(at)), at, atol=1e-12)
    np.testing.assert_allclose(two.place(at)[1], samples.mean(axis=0))
    np.testing.assert_allclose(all_of_them.place(all_of_them.project(samples)), samples, atol=1e-12)


def test_the_largest_entry_of_a_direction_is_positive(samples):
    for turned in (samples, -samples):
        directions = principal_components(turned, 3).directions
        assert np.all(directions.max(axis=1) == np.abs(directions).max(axis=1))


@pytest.mark.parametrize("count", [0, 6])
def test_as_many_as_there_are_inputs_can_be_had(samples, count):
    with pytest.raises(ValueError, match=f"count must be from 1 to 5, got {count}"):
        principal_components(samples, count)
