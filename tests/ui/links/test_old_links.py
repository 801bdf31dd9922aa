"""Links that people have sent go on working: one of each kind, in every version of the parameters."""

from urllib.parse import parse_qs

import pytest

from core.assignment import Assignment
from core.examples import EXAMPLES
from core.history import History
from core.network import Network
from core.optimizers import Rates
from core.settings import Sampling, Segment, Settings
from ui.check_working import link as check_working_link
from ui.check_working.state import CheckWorking
from ui.exercise import link as exercise_link
from ui.exercise.state import AskedExercise
from ui.links.versions import VERSION
from ui.links.view import View
from ui.one_step import link as one_step_link
from ui.one_step.state import OneStep
from ui.questions import link as questions_link
from ui.training import link as training_link
from ui.training.importing.records import Choices
from ui.training.state import Chosen, Left, Training
from ui.worked_examples import link as worked_examples_link
from ui.worked_examples.state import WorkedExamples

START = OneStep().start

ONE_STEP = {
    1: {
        "example=mazur": OneStep("mazur", EXAMPLES["mazur"].exercise),
        "eta=2&w1.1.2=0.25": OneStep(start=START.with_values([("eta", 2.0), ("w1.1.2", 0.25)])),
        "W1=1_2~3_4~5_6": OneStep(
            start=START.with_values(
                [(f"w1.{row}.{column}", 2.0 * row + column - 2) for row in (1, 2, 3) for column in (1, 2)]
            )
        ),
        "run=100~40-90_w1.1.1_0.7&at=60": OneStep(
            history=History().advance(100).seek(40).change((("w1.1.1", 0.7),)).advance(50).seek(60)
        ),
        "select=n1.2&color=weight&scale=linear&labels=off&digits=17&sign=error_term": OneStep(
            view=View("weight", "linear", False, "n1.2", 17, "notebook")
        ),
    },
    2: {
        "v=2&color=signal": OneStep(view=View("contribution")),
        "v=2&eta=2&hide=weights.answers": OneStep(
            start=START.with_values([("eta", 2.0)]), view=View(hide=("weights", "answers"))
        ),
    },
    3: {
        "v=3&color=contribution&decimals=4": OneStep(view=View("contribution", decimals=4)),
        "v=3&run=9~4-9_w1.x2001_zmpmZmZmZuT8AAAAAAADgPw": OneStep(
            history=History().advance(9).seek(4).change((("w1.1.1", 0.1), ("w1.3.2", 0.5))).advance(5)
        ),
        "v=3&sign=error_term": OneStep(view=View(speak="notebook")),
        "v=3&sign=delta&digits=8": OneStep(view=View(digits=8)),
    },
    4: {"v=4&speak=textbook&stage=delta1": OneStep(view=View(speak="textbook", stage="delta1"))},
}
TRAINING = {
    1: {
        "data=spiral&n=300&noise=0.1&dataseed=4&train=0.8&features=x1.x1_x2": Training(
            Chosen("spiral", 300, 0.1, 4, 0.8, ("x1", "x1_x2"))
        ),
        "hidden=8-8&f=relu&loss=half_squared_error&init=he&seed=7&for=3000&steps=3000&at=420": Training(
            hidden=(8, 8),
            activation="relu",
            loss="half_squared_error",
            initializer="he",
            seed=7,
            budget=3000,
            steps=3000,
            at=420,
        ),
        "optimizer=adamw&eta=0.01&batch=32&decoupled=0.1&clip=1&patience=50&unit=epochs&for=20": Training(
            settings=Settings(
                optimizer="adamw",
                learning_rate=0.01,
                batch_size=32,
                rates=Rates(weight_decay=0.1),
                clip=1,
                patience=50,
            ),
            budget=20,
            unit="epochs",
        ),
        "data=points&points=-3_-3_0~3_3_1": Training(
            Chosen("points", points=((-3.0, -3.0, 0), (3.0, 3.0, 1)))
        ),
    },
    2: {
        "v=2&samples=300&trainshare=0.8&budget=50&weightdecay=0.1&hide=menu": Training(
            Chosen(samples=300, train_share=0.8),
            settings=Settings(rates=Rates(weight_decay=0.1)),
            budget=50,
            hide=("menu",),
        ),
    },
    3: {
        "v=3&data=iris&axes=sepal%20width~petal%20width&at=20&steps=40&digits=4": Training(
            Chosen("iris", axes=("sepal width", "petal width")), steps=40, at=20, digits=4
        ),
    },
    4: {
        "v=4&data=iris&digits=5": Training(Chosen("iris"), digits=5),
        "v=4&steps=40&initscale=2.5&film=eta": Training(steps=40, init_scale=2.5, film="eta"),
        "v=4&data=own&target=y&columns=a%257Eb~c&task=regression&separator=semicolon&decimal=comma"
        "&thousands=point&header=off&skip=2&missing=NA~x&onecase=off&kinds=unused.id~category.zip": Training(
            Chosen(
                "own",
                target="y",
                columns=("a~b", "c"),
                task="regression",
                reading=Choices(
                    None, ";", ",", ".", False, 2, ("NA", "x"), False, (("id", "unused"), ("zip", "category"))
                ),
            )
        ),
        "v=4&steps=900&at=700&left=420~1000~~~700~800"
        "&changes=420~eta~0.3~~700~optimizer~adam~eta~0.01": Training(
            steps=900,
            changes=(
                Segment(420, Settings(learning_rate=0.3)),
                Segment(700, Settings(optimizer="adam", learning_rate=0.01)),
            ),
            left=(Left(420, 1000), Left(700, 800)),
            at=700,
        ),
        "v=4&steps=900&changes=420~w1.2.1~0.5~b2.1~-1~~700~eta~0.3": Training(
            steps=900,
            changes=(
                Segment(420, Settings(), (("w1.2.1", 0.5), ("b2.1", -1.0))),
                Segment(700, Settings(learning_rate=0.3)),
            ),
        ),
        "v=4&noise=0.1&steps=9&changes=4~noise~0.25~trainshare~0.8~~7~noise~0.1~trainshare~0.5": Training(
            Chosen(noise=0.1),
            steps=9,
            changes=(Segment(4, Settings(), sampling=Sampling(0.25, 0.8)), Segment(7, Settings())),
        ),
    },
}


CHECK_WORKING = {
    "": CheckWorking(),
    "v=4&eta=2&answers=minus_delta2.1_0.0287~step.w2.1.1_0,0161&show=backward&speak=notebook&hints=2": (
        CheckWorking(
            start=START.with_values([("eta", 2.0)]),
            answers=(("minus_delta2.1", "0.0287"), ("step.w2.1.1", "0,0161")),
            group="backward",
            speak="notebook",
            hints=2,
        )
    ),
}


EXERCISE = {
    "": AskedExercise(),
    "v=4&net=3-2-1&f=tanh.sigmoid&loss=binary_cross_entropy&bias=fixed&eta=0.1&ask=z.delta.after&decimals=3"
    "&seed=7&lock=2c2a15fafb867aa13bab&student=Ada+L.&answers=z1.1_0.25~minus_delta2.1_0,0287&open=z1.1"
    "&speak=notebook&hints=2": AskedExercise(
        Assignment(
            Network((3, 2, 1), ("tanh", "sigmoid"), "binary_cross_entropy"),
            False,
            0.1,
            ("z", "delta", "after"),
            3,
        ),
        seed=7,
        lock="2c2a15fafb867aa13bab",
        student="Ada L.",
        speak="notebook",
        answers=(("z1.1", "0.25"), ("minus_delta2.1", "0,0287")),
        open=("z1.1",),
        hints=2,
    ),
    "v=4&lock=2c2a15fafb867aa13bab&key=a-teachers-key": AskedExercise(
        lock="2c2a15fafb867aa13bab", key="a-teachers-key"
    ),
}


def test_links_to_a_worked_example_and_to_a_question_go_on_working():
    read = worked_examples_link.read(parse_qs("example=mazur"))
    assert read == (WorkedExamples("mazur"), ())
    state, problems = questions_link.read(parse_qs("v=4&question=old-or-new&eta=2&select=w2.1.1"))
    assert (state.question, state.start.learning_rate, problems) == ("old-or-new", 2.0, ())
    assert state.start == EXAMPLES["mazur"].exercise.with_values([("eta", 2.0)])
    assert state.view.selected == "w2.1.1"


def links(kinds):
    return [(link, state) for of_version in kinds.values() for link, state in of_version.items()]


def test_every_version_has_its_links():
    assert list(ONE_STEP) == list(TRAINING) == list(range(1, VERSION + 1))


@pytest.mark.parametrize(("link", "state"), CHECK_WORKING.items())
def test_a_link_to_a_learners_numbers_goes_on_working(link, state):
    assert check_working_link.read(parse_qs(link)) == (state, ())


@pytest.mark.parametrize(("link", "state"), EXERCISE.items())
def test_a_link_to_an_exercise_goes_on_working(link, state):
    assert exercise_link.read(parse_qs(link)) == (state, ())
    assert exercise_link.read({name: [text] for name, text in exercise_link.write(state).items()})[0] == state


@pytest.mark.parametrize(("link", "state"), links(ONE_STEP))
def test_a_link_to_one_step_goes_on_working(link, state):
    assert one_step_link.read(parse_qs(link)) == (state, ())


@pytest.mark.parametrize(("link", "state"), links(TRAINING))
def test_a_link_to_training_goes_on_working(link, state):
    assert training_link.read(parse_qs(link)) == (state, ())


@pytest.mark.parametrize("read", [one_step_link.read, training_link.read])
@pytest.mark.parametrize("version", ["0", str(VERSION + 1), "two", ""])
def test_an_unknown_version_is_named_and_the_rest_is_kept(read, version):
    state, problems = read({"v": [version], "eta": ["0.25"]})
    assert problems == (f"Link: v got “{version}”; it takes a whole number from 1 to {VERSION}.",)
    assert 0.25 in ((getattr(state, "start", None) or state.settings).learning_rate,)


def test_a_name_of_version_1_is_unknown_in_version_2():
    _, problems = training_link.read({"v": ["2"], "for": ["5"]})
    assert "“for” is not a parameter" in problems[0]
