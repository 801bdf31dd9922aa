from dataclasses import replace

import pytest

from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import quantities
from core.network import Network
from ui.links.fitting import bias_mode, random_theta, rebuild
from ui.one_step.state import OneStep, load_example, randomize

NOTEBOOK = DEFAULT_EXAMPLE.exercise


def rebuilt(widths, activations=None, **settings):
    network = Network(widths, activations or ("sigmoid",) * (len(widths) - 1), **{"bias": False} | settings)
    return rebuild(NOTEBOOK, network, True, "uniform", 1)


def value(exercise, name):
    return next(exercise.value(quantity) for quantity in quantities(exercise.network) if quantity.id == name)


def test_another_architecture_keeps_every_number_that_has_a_place_in_both():
    wider = rebuilt((4, 3, 1))
    assert [value(wider, name) for name in ("w1.1.1", "w1.3.2", "w2.2.1")] == [0.5, 0.7, -0.3]
    assert wider.x == (0.5, 0.1, -0.2, 0.5)
    assert (wider.y, wider.learning_rate) == (NOTEBOOK.y, NOTEBOOK.learning_rate)


def test_a_hidden_layer_comes_before_the_output_layer_which_keeps_its_weights():
    deeper = rebuilt((3, 2, 2, 1))
    assert [value(deeper, name) for name in ("w1.1.1", "w3.1.1", "w3.2.1")] == [0.5, 0.1, -0.3]


def test_there_and_back_is_the_same_exercise():
    deeper = rebuilt((3, 2, 2, 1))
    assert rebuild(deeper, NOTEBOOK.network, True, "uniform", 1) == NOTEBOOK


def test_targets_move_into_what_the_loss_allows():
    target = replace(NOTEBOOK, y=(5.0,))
    network = replace(NOTEBOOK.network, loss="binary_cross_entropy")
    assert rebuild(target, network, True, "uniform", 1).y == (1.0,)


def test_random_weights_are_those_of_their_seed_and_short():
    network = Network((4, 5, 2), ("tanh", "softmax"))
    theta = random_theta(network, "he", 7)
    assert theta == random_theta(network, "he", 7) != random_theta(network, "he", 8)
    assert all(number == round(number, 4) for number in theta)


def test_new_random_weights_keep_inputs_targets_and_learning_rate():
    state = randomize(OneStep(), NOTEBOOK, "normal", 3)
    assert (state.seed, state.initializer) == (3, "normal")
    assert (state.start.x, state.start.y) == (NOTEBOOK.x, NOTEBOOK.y)
    assert state.start.theta != NOTEBOOK.theta


@pytest.mark.parametrize(("name", "mode"), [("notebook", "none"), ("mazur", "fixed"), ("relu", "trained")])
def test_loading_an_example_starts_afresh_and_keeps_the_view(name, mode):
    shown = replace(OneStep().view, digits=12, selected="n1.1")
    state = load_example(OneStep(view=shown), name)
    assert state.start == EXAMPLES[name].exercise
    assert bias_mode(state.start) == mode
    assert (state.view.digits, state.view.selected) == (12, "w1.1.1")


def test_softmax_outputs_get_targets_that_sum_to_1():
    start = OneStep().start
    three = Network((3, 2, 3), ("sigmoid", "sigmoid"), "half_squared_error", False)
    exercise = rebuild(start, three, True, "uniform", 1)
    assert exercise.y == (0.6, 0.5, 0.5)
    softmax = replace(three, activations=("sigmoid", "softmax"))
    chosen = rebuild(exercise, softmax, True, "uniform", 1)
    assert chosen.y == (1, 0, 0)
    wider = rebuild(chosen, replace(softmax, widths=(3, 2, 4)), True, "uniform", 1)
    assert wider.y == (1, 0, 0, 0)
    shares = replace(exercise, y=(0.2, 0.3, 0.5))
    assert rebuild(shares, softmax, True, "uniform", 1).y == shares.y
    typed = replace(chosen, y=(0.6, 0.5, 0.5))
    assert rebuild(typed, replace(softmax, loss="categorical_cross_entropy"), True, "uniform", 1).y == typed.y
