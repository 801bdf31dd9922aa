"""Activations, losses and their derivatives against 50-digit arithmetic, far into saturation."""

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest
from mpmath import mp, mpf

from core.activations import ACTIVATIONS, LEAKY_SLOPE, pull_back
from core.losses import LOSSES
from core.network import Network, backward, forward, trace_loss
from tests.core.strategies import ALL_ACTIVATIONS

ULPS = 8
ELEMENTWISE = [name for name in ALL_ACTIVATIONS if not ACTIVATIONS[name].couples_units]

SIZES = np.concatenate([np.geomspace(1e-12, 700, 160), np.arange(0.125, 40, 0.373), [30, 355.5, 700]])
Z = np.concatenate([-SIZES, SIZES])
ROWS = np.concatenate(
    [
        np.random.default_rng(2).uniform(-1, 1, (40, 3)) * np.geomspace(0.1, 700, 40)[:, None],
        [[30, 0, 0], [0, 40, -40.3], [700, 699.9, -700], [0.1, 33.3, 0.1]],
    ]
)


@pytest.fixture(autouse=True)
def fifty_digits():
    with mp.workdps(50):
        yield


def _gate(z):
    return 1 / (1 + mpmath.exp(-2 * mpmath.sqrt(2 / mp.pi) * (z + mpf("0.044715") * z**3)))


def _gelu_slope(z):
    inner = 2 * mpmath.sqrt(2 / mp.pi) * (1 + 3 * mpf("0.044715") * z**2)
    return _gate(z) * (1 + z * _gate(-z) * inner)


def _square(value):
    return value * value


FUNCTIONS = {
    "sigmoid": lambda z: 1 / (1 + mpmath.exp(-z)),
    "tanh": mpmath.tanh,
    "relu": lambda z: max(z, mpf(0)),
    "leaky_relu": lambda z: z if z > 0 else mpf(LEAKY_SLOPE) * z,
    "elu": lambda z: z if z > 0 else mpmath.expm1(z),
    "softplus": lambda z: mpmath.log1p(mpmath.exp(z)),
    "gelu": lambda z: z * _gate(z),
    "sin": mpmath.sin,
    "identity": lambda z: z,
}
DERIVATIVES = {
    "sigmoid": lambda z: mpmath.exp(-z) / _square(1 + mpmath.exp(-z)),
    "tanh": lambda z: _square(mpmath.sech(z)),
    "relu": lambda z: mpf(z > 0),
    "leaky_relu": lambda z: mpf(1) if z > 0 else mpf(LEAKY_SLOPE),
    "elu": lambda z: mpf(1) if z > 0 else mpmath.exp(z),
    "softplus": FUNCTIONS["sigmoid"],
    "gelu": _gelu_slope,
    "sin": mpmath.cos,
    "identity": lambda z: mpf(1),
}
# GELU' is 0 at z = −0.75, as a difference of numbers of the size of its gate.
TERMS = {"gelu": _gate}


def softmax(row):
    powers = [mpmath.exp(mpf(float(z))) for z in row]
    return [power / mpmath.fsum(powers) for power in powers]


def all_but(values, place):
    return mpmath.fsum(value for other, value in enumerate(values) if other != place)


def assert_exact(found, expected, terms=None, ulps=ULPS):
    """Every number found is the expected one to a few units in its last place, or of the terms it sums."""
    found = np.asarray(found)
    information = np.finfo(found.dtype)
    sizes = expected if terms is None else terms
    for place, (number, exact, size) in enumerate(zip(found.ravel(), expected, sizes, strict=True)):
        allowed = ulps * float(information.eps) * max(abs(exact), abs(size)) + float(information.tiny)
        assert abs(mpf(float(number)) - exact) <= allowed, (place, number, mpmath.nstr(exact, 20))


def exactly(functions, name, z):
    return [functions[name](mpf(float(value))) for value in z]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_every_digit_of_an_activation_and_its_derivative(name, dtype):
    activation = ACTIVATIONS[name]
    z = Z.astype(dtype)
    a = activation.function(z)
    derivative = activation.derivative(z, a)
    assert (a.dtype, derivative.dtype) == (dtype, dtype)
    slopes = exactly(DERIVATIVES, name, z)
    terms = exactly(TERMS, name, z) if name in TERMS else None
    assert_exact(a, exactly(FUNCTIONS, name, z))
    assert_exact(derivative, slopes, terms)
    da = np.full_like(z, -0.375)
    assert_exact(
        pull_back(activation, da, z, a),
        [mpf("-0.375") * slope for slope in slopes],
        terms,
    )


def test_every_activation_is_compared():
    assert [*FUNCTIONS, "softmax"] == [*DERIVATIVES, "softmax"] == list(ACTIVATIONS)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_every_digit_of_softmax(dtype):
    activation = ACTIVATIONS["softmax"]
    z = ROWS.astype(dtype)
    a = activation.function(z)
    derivative = activation.derivative(z, a)
    da = np.broadcast_to(np.array([1.5, -0.25, 0.7], dtype), z.shape)
    pulled = pull_back(activation, da, z, a)
    slopes = [mpf(float(slope)) for slope in da[0]]
    for k, row in enumerate(z):
        shares = softmax(row)
        assert_exact(a[k], shares)
        assert_exact(derivative[k], [share * all_but(shares, i) for i, share in enumerate(shares)])
        products = [
            [shares[i] * shares[j] * (slopes[i] - slopes[j]) for j in range(len(row))]
            for i in range(len(row))
        ]
        assert_exact(
            pulled[k],
            [mpmath.fsum(line) for line in products],
            [mpmath.fsum(map(abs, line)) for line in products],
        )


def output_alone(activation, loss, z, y):
    """Return loss and dL/dz of one layer whose pre-activation is z (outputs,)."""
    network = Network((1, len(z)), (activation,), loss, bias=True)
    theta = network.pack([np.zeros((1, len(z)))], [np.asarray(z, dtype=float)])
    trace = forward(network, theta, [[0.0]])
    return trace_loss(network, trace, [y]), backward(network, theta, trace, [y]).delta[-1][0]


@pytest.mark.parametrize("y", [0.0, 1.0, 0.6, 0.25])
@pytest.mark.parametrize("z", [-700, -40.3, -30, -3, 0.01, 3, 17.7, 30, 40.3, 700])
def test_every_digit_of_sigmoid_with_binary_cross_entropy(z, y):
    loss, delta = output_alone("sigmoid", "binary_cross_entropy", [z], [y])
    exact, target = mpf(z), mpf(y)
    on, off = FUNCTIONS["sigmoid"](exact), FUNCTIONS["sigmoid"](-exact)
    costs = FUNCTIONS["softplus"](-exact), FUNCTIONS["softplus"](exact)
    assert_exact(loss, [target * costs[0] + (1 - target) * costs[1]])
    terms = [on * (1 - target), target * off]
    assert_exact(delta, [terms[0] - terms[1]], [max(terms)])


@pytest.mark.parametrize("y", [[1, 0, 0], [0, 0, 1], [0.5, 0.25, 0.25], [0.6, 0.5, 0.5]])
@pytest.mark.parametrize("row", range(len(ROWS)))
def test_every_digit_of_softmax_with_categorical_cross_entropy(row, y):
    loss, delta = output_alone("softmax", "categorical_cross_entropy", ROWS[row], y)
    targets = [mpf(value) for value in y]
    shares = softmax(ROWS[row])
    # −log ŷ of the winner is the logarithm of 1 and very little.
    costs = [
        mpmath.log1p(all_but([mpmath.exp(mpf(float(z))) for z in ROWS[row]], i) / mpmath.exp(mpf(float(own))))
        for i, own in enumerate(ROWS[row])
    ]
    assert_exact(loss, [mpmath.fsum(t * cost for t, cost in zip(targets, costs, strict=True))])
    terms = [(shares[i] * all_but(targets, i), targets[i] * all_but(shares, i)) for i in range(len(y))]
    assert_exact(delta, [gain - loss for gain, loss in terms], [max(pair) for pair in terms])


# ŷ and 1 − ŷ of the first of two outputs.
SHARES = {
    "sigmoid": lambda row: (FUNCTIONS["sigmoid"](row[0]), FUNCTIONS["sigmoid"](-row[0])),
    "tanh": lambda row: (mpmath.tanh(row[0]), 2 * FUNCTIONS["sigmoid"](-2 * row[0])),
    "softmax": lambda row: tuple(softmax(row)),
}
SATURATED = [
    (name, z)
    for name in SHARES
    for z in (-100, -40, -30, -3, 0.01, 3, 17.7, 30, 40, 100)
    if z > 0 or ACTIVATIONS[name].bounds[0] == 0
]


@pytest.mark.parametrize("y", [0.0, 1.0, 0.6, 0.25])
@pytest.mark.parametrize(("activation", "z"), SATURATED)
def test_every_digit_of_binary_cross_entropy_and_its_slope_where_a_prediction_saturates(activation, z, y):
    other = 0.01
    network = Network((1, 2), (activation,), "binary_cross_entropy", bias=True)
    theta = network.pack([np.zeros((1, 2))], [np.array([z, other])])
    trace = forward(network, theta, [[0.0]])
    exact, target = [mpf(z), mpf(other)], mpf(y)
    pairs = [SHARES[activation](exact), SHARES[activation](exact[::-1])]
    found = backward(network, theta, trace, [[y, y]]).da[-1][0]
    terms = [((1 - target) / rest, target / share) for share, rest in pairs]
    assert_exact(found, [gain - loss for gain, loss in terms], [max(pair) for pair in terms])
    logs = [(log_of(share, rest), log_of(rest, share)) for share, rest in pairs]
    cost = mpmath.fsum(-target * on - (1 - target) * off for on, off in logs)
    assert_exact(trace_loss(network, trace, [[y, y]]), [cost])


def log_of(share, rest):
    return mpmath.log1p(-rest) if rest < share else mpmath.log(share)


@pytest.mark.parametrize("y", [0.0, 1.0, 0.3, 1e-9])
def test_every_digit_of_binary_cross_entropy_of_a_prediction(y):
    loss = LOSSES["binary_cross_entropy"]
    y_hat = np.concatenate(
        [np.geomspace(1e-90, 0.4, 40), 1 - np.geomspace(1e-15, 0.4, 40), [0.3, 0.3 + 1e-12]]
    )
    target = mpf(y)
    exact = [mpf(float(value)) for value in y_hat]
    assert_exact(
        loss.element(y_hat, np.full_like(y_hat, y)),
        [-target * mpmath.log(p) - (1 - target) * mpmath.log1p(-p) for p in exact],
    )
    assert_exact(loss.slope(y_hat, np.full_like(y_hat, y)), [(p - target) / (p * (1 - p)) for p in exact])
