"""What the sources of the worked examples print, digit by digit, and what each of the numbers is."""

from collections.abc import Mapping
from dataclasses import replace

from core.examples import EXAMPLES
from core.exercise import Exercise
from core.history import trajectory
from core.published import Printed, PublishedSheet


def _rows(*lines: str) -> tuple[Printed, ...]:
    """Return printed numbers, each line "name | digits | ids", with as many of each as there are names."""
    found: list[Printed] = []
    for line in lines:
        names, texts, ids = (part.split() for part in line.split("|"))
        names = [" ".join(names)] if len(texts) == 1 else names
        found += [Printed(*row) for row in zip(names, texts, ids, strict=True)]
    return tuple(found)


def _of(name: str) -> Exercise:
    return EXAMPLES[name].exercise


def _after(exercise: Exercise, steps: int) -> Exercise:
    """Return an exercise with the parameters that so many steps lead to."""
    return replace(exercise, theta=tuple(trajectory(exercise, steps).theta[steps].tolist()))


def _xor(x1: float, x2: float, y: float, z: str, a: str) -> PublishedSheet:
    exercise = replace(_of("xor"), x=(x1, x2), y=(y,))
    rows = _rows(f"z1 z2 | {z} | z1.1 z1.2", f"h1 h2 | {a} | a1.1 a1.2", f"output | {y:g} | a2.1")
    return PublishedSheet(f"x = ({x1:g}, {x2:g}), target {y:g}", exercise, rows)


def _sigmoid(exercise: Exercise) -> Exercise:
    network = replace(exercise.network, activations=("sigmoid",) * len(exercise.network.activations))
    return replace(exercise, network=network)


PUBLISHED: Mapping[str, tuple[PublishedSheet, ...]] = {
    "notebook": (
        PublishedSheet(
            "One step",
            _of("notebook"),
            _rows(
                "hidden layer input h1 | 0.24 | z1.1",
                "hidden layer input h2 | -0.46 | z1.2",
                "hidden layer output h1 | 0.55971365 | a1.1",
                "hidden layer output h2 | 0.38698582 | a1.2",
                "output layer input | -0.06012438223148006 | z2.1",
                "output error term | 0.028730669543515018 | minus_delta2.1",
                "hidden layer error h1 | 0.00287307 | minus_da1.1",
                "hidden layer error h2 | -0.0086192 | minus_da1.2",
                "hidden error term h1 | 0.00070802 | minus_delta1.1",
                "hidden error term h2 | -0.00204471 | minus_delta1.2",
                "Δw_h1→o Δw_h2→o | 0.00804047 0.00555918 | step.w2.1.1 step.w2.2.1",
                "Δw_x1→h1 Δw_x1→h2 | 1.77005547e-04 -5.11178506e-04 | step.w1.1.1 step.w1.1.2",
                "Δw_x2→h1 Δw_x2→h2 | 3.54011093e-05 -1.02235701e-04 | step.w1.2.1 step.w1.2.2",
                "Δw_x3→h1 Δw_x3→h2 | -7.08022187e-05 2.04471402e-04 | step.w1.3.1 step.w1.3.2",
            ),
        ),
    ),
    "mazur": (
        PublishedSheet(
            "One step, biases held fixed",
            _of("mazur"),
            _rows(
                "net_h1 | 0.3775 | z1.1",
                "out_h1 out_h2 | 0.593269992 0.596884378 | a1.1 a1.2",
                "net_o1 | 1.105905967 | z2.1",
                "out_o1 out_o2 | 0.75136507 0.772928465 | a2.1 a2.2",
                "E_o1 E_o2 | 0.274811083 0.023560026 | loss.1 loss.2",
                "E_total | 0.298371109 | loss",
                "∂E/∂out_o1 | 0.74136507 | da2.1",
                "∂out_o1/∂net_o1 | 0.186815602 | slope2.1",
                "∂E/∂net_o1 | 0.138498562 | delta2.1",
                "∂E/∂w5 | 0.082167041 | dw2.1.1",
                "w5⁺ w6⁺ | 0.35891648 0.408666186 | after.w2.1.1 after.w2.2.1",
                "w7⁺ w8⁺ | 0.511301270 0.561370121 | after.w2.1.2 after.w2.2.2",
                "∂E_o1/∂out_h1 ∂E_o2/∂out_h1 | 0.055399425 -0.019049119 | back2.1.1 back2.1.2",
                "∂E/∂out_h1 | 0.036350306 | da1.1",
                "∂out_h1/∂net_h1 | 0.241300709 | slope1.1",
                "∂E/∂w1 | 0.000438568 | dw1.1.1",
                "w1⁺ w2⁺ | 0.149780716 0.19956143 | after.w1.1.1 after.w1.2.1",
                "w3⁺ w4⁺ | 0.24975114 0.29950229 | after.w1.1.2 after.w1.2.2",
                "E_total after the step | 0.291027924 | loss_after",
            ),
        ),
    ),
    "relu": (
        PublishedSheet(
            "One step",
            _of("relu"),
            _rows(
                "f1 f2 f_out | 1.32 0.66 0.76 | z1.1 z1.2 z2.1",
                "h1 h2 h_out | 1.32 0.66 0.76 | a1.1 a1.2 a2.1",
                "E | 0.0288 | loss",
                "∂E/∂h_out | -0.24 | da2.1",
                "ReLU′(f_out) ReLU′(f1) ReLU′(f2) | 1 1 1 | slope2.1 slope1.1 slope1.2",
                "∂E/∂w5 ∂E/∂w6 ∂E/∂b3 | -0.3168 -0.1584 -0.24 | dw2.1.1 dw2.2.1 db2.1",
                "∂E/∂w1 ∂E/∂w2 ∂E/∂b1 | -0.1728 -0.072 -0.144 | dw1.1.1 dw1.2.1 db1.1",
                "∂E/∂w3 ∂E/∂w4 ∂E/∂b2 | 0.0576 0.024 0.048 | dw1.1.2 dw1.2.2 db1.2",
                "w1⁺ w2⁺ | 0.61728 0.80720 | after.w1.1.1 after.w1.2.1",
                "w3⁺ w4⁺ | 0.29424 0.39760 | after.w1.1.2 after.w1.2.2",
                "w5⁺ w6⁺ | 0.63168 -0.18416 | after.w2.1.1 after.w2.2.1",
                "b1⁺ b2⁺ b3⁺ | 0.21440 0.09520 0.12400 | after.b1.1 after.b1.2 after.b2.1",
            ),
        ),
        PublishedSheet(
            "With the new weights",
            _after(_of("relu"), 1),
            _rows(
                "f1 f2 f_out | 1.3587 0.6471 0.8631 | z1.1 z1.2 z2.1",
                "h1 h2 h_out | 1.3587 0.6471 0.8631 | a1.1 a1.2 a2.1",
                "E | 0.0094 | loss",
            ),
        ),
        PublishedSheet(
            "The same network with sigmoid units",
            _sigmoid(_of("relu")),
            _rows(
                "h_out | 0.6086 | a2.1",
                "E | 0.0766 | loss",
                "∂E/∂w1 | -0.0112 | dw1.1.1",
                "E after the step | 0.0748 | loss_after",
            ),
        ),
    ),
    "nielsen": (
        PublishedSheet("Before the first step", _of("nielsen"), _rows("output | 0.82 | a1.1")),
        PublishedSheet("After 300 steps", _after(_of("nielsen"), 300), _rows("output | 0.09 | a1.1")),
    ),
    "nielsen_saturated": (
        PublishedSheet("Before the first step", _of("nielsen_saturated"), _rows("output | 0.98 | a1.1")),
    ),
    "xor": (
        _xor(0, 0, 0, "0 -1", "0 0"),
        _xor(0, 1, 1, "1 0", "1 0"),
        _xor(1, 0, 1, "1 0", "1 0"),
        _xor(1, 1, 0, "2 1", "2 1"),
    ),
    "han": (
        PublishedSheet(
            "One step",
            _of("han"),
            _rows(
                "I_4 I_5 I_6 | -0.7 0.1 -0.105 | z1.1 z1.2 z2.1",
                "O_4 O_5 O_6 | 0.332 0.525 0.474 | a1.1 a1.2 a2.1",
                "Err_6 Err_5 Err_4 | 0.1311 -0.0065 -0.0087 | minus_delta2.1 minus_delta1.2 minus_delta1.1",
                "w_46⁺ w_56⁺ | -0.261 -0.138 | after.w2.1.1 after.w2.2.1",
                "w_14⁺ w_15⁺ | 0.192 -0.306 | after.w1.1.1 after.w1.1.2",
                "w_24⁺ w_25⁺ | 0.4 0.1 | after.w1.2.1 after.w1.2.2",
                "w_34⁺ w_35⁺ | -0.508 0.194 | after.w1.3.1 after.w1.3.2",
                "θ_6⁺ θ_5⁺ θ_4⁺ | 0.218 0.194 -0.408 | after.b2.1 after.b1.2 after.b1.1",
            ),
        ),
    ),
}
