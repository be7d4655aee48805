"""Other values of a plan, before a run and while it goes on."""

from __future__ import annotations

import pytest
import toys

from graphcore.errors import UserError
from graphcore.project.plan import ObjectivePlan, Optimizer, Plan
from graphcore.training.changes import moved, replayed, setting, value_of, with_setting
from graphcore.training.control import Control, obey
from graphcore.training.events import Changed


def test_a_factor_is_worked_out_where_the_plan_is_known() -> None:
    plan = toys.plan(lr=0.02)
    assert moved(plan, setting("optimizer.lr*=0.5"), 7) == Changed("optimizer.lr", 0.01, 7)
    assert moved(plan, setting("optimizer.lr = 3"), 7) == Changed("optimizer.lr", 3, 7)
    assert moved(plan, setting("epochs*=2"), 0) == Changed("epochs", 6, 0)
    assert moved(plan, setting("clip_norm=1.5"), 0) == Changed("clip_norm", 1.5, 0)
    assert moved(plan, setting("schedule.name=step"), 2) == Changed("schedule.name", "step", 2)
    assert moved(plan, setting("optimizer.weight_decay*=3"), 0).value == pytest.approx(0.03)


def test_a_change_may_be_of_one_objective() -> None:
    critic = ObjectivePlan("critic", Optimizer("SGD", {"lr": 0.1}))
    plan = Plan((ObjectivePlan(), critic))
    change = moved(plan, setting("objectives.critic.optimizer.lr*=0.1"), 3)
    after = replayed(plan, [change])
    assert value_of(after, "optimizer.lr") == 1e-3
    assert value_of(after, "objectives.critic.optimizer.lr") == pytest.approx(0.01)


def test_what_was_changed_is_replayed_and_what_is_no_plan_is_passed_over() -> None:
    plan = toys.plan()
    changes = [Changed("paused", True, 1), Changed("optimizer.lr", 0.5, 2),
               Changed("schedule.name", "step", 3), Changed("schedule.gamma", 0.5, 4),
               Changed("epochs", 9, 5)]  # fmt: skip
    after = replayed(plan, changes)
    assert (after.epochs, value_of(after, "optimizer.lr")) == (9, 0.5)
    assert after.objectives[0].schedule.params == {"gamma": 0.5}
    assert with_setting(plan, "epochs", 9).epochs == 9


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("batch_size=3", "can't change while a run goes on"),
        ("optimizer.name=SGD", "can't change while a run goes on"),
        ("optimizer.lr", "has no value"),
        ("optimizer.lr=fast", "lr"),
        ("optimizer.lr*=fast", "can't be multiplied"),
        ("schedule.name*=2", "can't be multiplied"),
        ("schedule.name=dance", "no schedule “dance”"),
        ("objectives.x.optimizer.lr=1", "no objective “x”"),
        ("epochs=0", "epochs"),
    ],
)
def test_what_can_not_be_changed_says_why(text: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        moved(toys.plan(), setting(text), 0)


def test_every_word_is_obeyed_and_passed_on() -> None:
    here, there, said = Control(), Control(), list[str]()
    here.listen(said.append)
    here.pause(frees_device=True)
    here.resume()
    here.save()
    here.evaluate()
    here.change("optimizer.lr*=0.5")
    here.stop_after_epoch()
    here.stop_after_epoch(False)
    assert all(obey(there, word) for word in said)
    assert not there.is_paused
    assert not there.ends_with_epoch
    assert there.has_news
    assert there.take() == ["save", "evaluate", setting("optimizer.lr*=0.5")]
    assert not there.has_news
    assert there.take() == []
    for word in ("dance", "set", "set x", "stop dance", "pause it", ""):
        assert not obey(there, word)


def test_what_was_said_before_somebody_listens_is_passed_on() -> None:
    control, said = Control(), list[str]()
    control.pause(frees_device=True)
    control.stop_after_epoch()
    control.listen(said.append)
    assert said == ["pause free", "stop epoch"]
