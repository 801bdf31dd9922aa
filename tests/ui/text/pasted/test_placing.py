"""What pasted arrays are: by the names that courses and libraries give them, or by order and shape."""

import numpy as np
import pytest

from ui.text.pasted.orientation import orientations
from ui.text.pasted.placing import place
from ui.text.pasted.reader import read_pasted
from ui.text.pasted.roles import Role, role_of


@pytest.mark.parametrize(
    ("names", "role"),
    [
        (["W1", "w_1", "W[1]", "W^{(1)}", "\\mathbf{W}_1", "W₁", "weights1", "W_h1"], Role("W", 1)),
        (["w_h", "weights_input_hidden", "weightsInputHidden", "wih"], Role("W", "first")),
        (["weights_hidden_output", "w_ho", "W_out", "Weights from hidden to output"], Role("W", "last")),
        (["fc1.weight", "0.weight", "layers.2.weight"], Role("W", is_turned=True)),
        (["dense/kernel:0", "sequential/dense/kernel", "dense_1.kernel"], Role("W", is_turned=False)),
        (["b2", "bias_2", "b^{[2]}", "b[2]", "$b_2$"], Role("b", 2)),
        (["b_h", "bias_hidden", "bh"], Role("b", "first")),
        (["b_o", "bias_output", "output_bias"], Role("b", "last")),
        (["fc1.bias", "dense/bias:0"], Role("b")),
        (["x", "X", "inputs", "features", "Input"], Role("x")),
        (["x2", "i_2", "input 2"], Role("x", item=2)),
        (["y", "target", "targets", "t", "y_true", "expected output"], Role("y")),
        (["eta", "η", "\\eta", "lr", "learnrate", "Learning rate", "learningRate"], Role("eta")),
        (["output", "hidden_layer_output", "delta_w_i_h", "error", "z1", "a1", "x" * 200], None),
    ],
)  # fmt: skip
def test_a_name_stands_for_its_role(names, role):
    assert [role_of(name) for name in names] == [role] * len(names)


def found(text):
    placed = place(read_pasted(text).arrays)
    return (
        [one.array.array.tolist() for one in placed.weights],
        [one.array.array.tolist() for one in placed.biases],
        [array.array.tolist() for array in placed.x],
        [array.array.tolist() for array in placed.y],
        placed.eta and placed.eta.array.tolist(),
        [array.name for array in placed.unplaced],
    )


def test_arrays_are_placed_by_their_names_in_any_order():
    text = (
        "lr = 0.5\nw_o = [5, 6]\ny = 1\nw_h = [[1, 2], [3, 4]]\nb_o = 7\nx = [8, 9]\nloss = 3\nb_h = [0, 1]"
    )
    assert found(text) == ([[[1, 2], [3, 4]], [5, 6]], [[0, 1], 7], [[8, 9]], [1], 0.5, ["loss"])


def test_arrays_without_names_are_placed_by_order_and_shape():
    assert found("[0.5, 0.1, -0.2]\n[[1, 2], [3, 4], [5, 6]]\n[0.1, -0.3]\n0.6\n\n0.5") == (
        [[[1, 2], [3, 4], [5, 6]], [0.1, -0.3]], [], [[0.5, 0.1, -0.2]], [0.6], 0.5, [],
    )  # fmt: skip
    assert found("[array([[1, 2], [3, 4]]), array([5, 6]), array([[7], [8]]), array([9])]") == (
        [[[1, 2], [3, 4]], [[7], [8]]], [[5, 6], [9]], [], [], None, [],
    )  # fmt: skip


def test_the_last_of_a_name_counts_and_single_inputs_are_in_their_order():
    assert found("x2 = 2\nx1 = 1\neta = 1\neta = 2")[2:5] == ([1, 2], [], 2)


def ways(text, n_in=None, n_out=None):
    weights = place(read_pasted(text).arrays).weights
    return [way.turned for way in orientations(weights, [None] * len(weights), n_in, n_out)]


def test_shapes_decide_how_weights_stand():
    assert ways("W1 = [[1, 2], [3, 4], [5, 6]]\nW2 = [7, 8]", 3, 1) == [(False, False)]
    assert ways("W1 = [[1, 3, 5], [2, 4, 6]]\nW2 = [[7, 8]]", 3, 1) == [(True, True)]
    assert ways("W1 = [[1, 2], [3, 4]]\nW2 = [[5], [6]]") == [(False, False), (True, False)]
    assert ways("W1 = [[1, 2], [3, 4]]\nW2 = [[5, 6], [7, 8], [9, 0]]") == [(True, True), (False, True)]
    assert ways("W1 = [[1, 2, 3], [4, 5, 6]]") == [(False,), (True,)]
    assert ways("W1 = [[1, 2, 3], [4, 5, 6]]", 4) == []


def test_names_of_libraries_decide_how_square_weights_stand():
    torch = "0.weight Parameter containing:\ntensor([[1., 2.], [3., 4.]], requires_grad=True)"
    keras = "<tf.Variable 'dense/kernel:0' shape=(2, 2) dtype=float32, numpy=array([[1, 2], [3, 4]])>"
    assert (ways(torch), ways(keras)) == ([(True,)], [(False,)])


def test_ways_with_the_same_numbers_are_one():
    assert ways("W1 = [[1, 2], [2, 1]]") == [(False,)]
    weights = place(read_pasted("W1 = [[1, 2], [3, 4]]").arrays).weights
    turned = orientations(weights, [2], 2, 2)[1]
    assert np.array_equal(turned.weights[0], [[1, 3], [2, 4]])
