"""Projects that are wrong at the end: losses, last activations, targets."""

from __future__ import annotations

from dataclasses import replace

from tests.broken.drawn import (
    LABEL,
    answers,
    begun,
    choice,
    lay,
    measures,
    net,
    pictures,
    sequences,
    words,
)
from tests.broken.table import broken, sound
from tests.drawing import Drawing

HIDDEN = ("Flatten", "Linear out_features=32", "ReLU")


@broken("softmax_before_loss", "softmax")
def softmax_at_the_end() -> Drawing:
    return net(pictures(), *HIDDEN, "Linear out_features=10", "Softmax dim=-1")


@broken("softmax_before_loss", "softmax")
def softmax_op_behind_identity() -> Drawing:
    return net(pictures(), *HIDDEN, "Linear out_features=10", "softmax", "Identity")


@broken("softmax_before_loss", "log_softmax")
def log_softmax_at_the_end() -> Drawing:
    return net(pictures(), *HIDDEN, "Linear out_features=10", "LogSoftmax dim=1")


@broken("softmax_before_loss", "shares")
def softmax_that_is_an_output_too() -> Drawing:
    drawing, data = begun(pictures())
    lines = (*HIDDEN, "Linear out_features=10", "Softmax dim=-1 name=shares")
    end = lay(drawing, (data, "image"), *lines)
    drawing.add("io.Output", end, name="out")
    drawing.add("loss.CrossEntropyLoss", end, (data, "label"))
    return drawing


@sound("softmax_before_loss")
def softmax_as_attention_weight() -> Drawing:
    drawing, data = begun(sequences())
    x = lay(drawing, (data, "steps"), "Linear out_features=8", "Tanh")
    weight = lay(drawing, x, "Linear out_features=1", "Softmax dim=1")
    pooled = lay(drawing, drawing.add("ops.mul", x, weight), "sum dim=1")
    end = lay(drawing, pooled, "Linear out_features=10")
    drawing.add("loss.CrossEntropyLoss", end, (data, "label"))
    return drawing


@sound("softmax_before_loss")
def softmax_for_the_output_only() -> Drawing:
    drawing, data = begun(pictures())
    scores = lay(drawing, (data, "image"), *HIDDEN, "Linear out_features=10")
    drawing.add("io.Output", lay(drawing, scores, "Softmax dim=-1"), name="shares")
    drawing.add("loss.CrossEntropyLoss", scores, (data, "label"))
    return drawing


@broken("nll_without_log", "loss")
def nll_on_scores() -> Drawing:
    return net(pictures(), *HIDDEN, "Linear out_features=10", loss="NLLLoss")


@broken("nll_without_log", "loss")
def nll_on_shares() -> Drawing:
    return net(pictures(), *HIDDEN, "Linear out_features=10", "Softmax dim=1", loss="NLLLoss")


@sound("nll_without_log")
def nll_after_log_softmax() -> Drawing:
    return net(pictures(), *HIDDEN, "Linear out_features=10", "LogSoftmax dim=1", loss="NLLLoss")


BODY = ("Linear out_features=16", "ReLU", "Linear out_features=1")


@broken("sigmoid_before_loss", "sigmoid")
def sigmoid_before_logits() -> Drawing:
    return net(answers(), *BODY, "Sigmoid", loss="BCEWithLogitsLoss")


@broken("sigmoid_before_loss", "sigmoid")
def sigmoid_op_before_logits() -> Drawing:
    return net(answers(), *BODY, "sigmoid", "Identity", loss="BCEWithLogitsLoss")


@sound("sigmoid_before_loss")
def sigmoid_as_a_gate() -> Drawing:
    drawing, data = begun(answers())
    x = lay(drawing, (data, "x"), "Linear out_features=16", "ReLU")
    gate = lay(drawing, x, "Linear out_features=16", "Sigmoid")
    end = lay(drawing, drawing.add("ops.mul", x, gate), "Linear out_features=1")
    drawing.add("loss.BCEWithLogitsLoss", end, (data, "y"))
    return drawing


@broken("bce_without_sigmoid", "loss")
def bce_on_scores() -> Drawing:
    return net(answers(), *BODY, loss="BCELoss")


@broken("bce_without_sigmoid", "loss")
def bce_after_tanh() -> Drawing:
    return net(answers(), *BODY, "Tanh", loss="BCELoss")


@sound("bce_without_sigmoid")
def bce_after_sigmoid() -> Drawing:
    return net(answers(), *BODY, "Sigmoid", "Identity", loss="BCELoss")


@broken("target_range", "sigmoid")
def sigmoid_for_a_wide_target() -> Drawing:
    return net(measures(-20, 20), *BODY, "Sigmoid", loss="MSELoss")


@broken("target_range", "tanh")
def tanh_for_years() -> Drawing:
    return net(measures(0, 90), *BODY, "Tanh", loss="L1Loss")


@broken("target_range", "relu2")
def relu_for_signed_target() -> Drawing:
    return net(measures(-3, 3), *BODY, "ReLU", loss="SmoothL1Loss")


@sound("target_range")
def sigmoid_for_a_scaled_target() -> Drawing:
    return net(measures(0, 90, y="unit"), *BODY, "Sigmoid", loss="MSELoss")


@broken("relu_output", "relu2")
def relu_at_the_end_of_a_regression() -> Drawing:
    return net(measures(0, 5), *BODY, "ReLU", loss="MSELoss")


@broken("relu_output", "relu2")
def relu_on_the_scores() -> Drawing:
    return net(pictures(), *HIDDEN, "Linear out_features=10", "ReLU")


@sound("relu_output")
def relu_before_the_head() -> Drawing:
    return net(measures(0, 5), *BODY, loss="MSELoss")


@broken("bounded_scores", "tanh")
def tanh_on_the_scores() -> Drawing:
    return net(pictures(), *HIDDEN, "Linear out_features=10", "Tanh")


@broken("bounded_scores", "tanh")
def tanh_on_the_logit() -> Drawing:
    return net(answers(), *BODY, "Tanh", loss="BCEWithLogitsLoss")


@sound("bounded_scores")
def scores_of_leaky_relu() -> Drawing:
    return net(pictures(), *HIDDEN, "Linear out_features=10", "LeakyReLU")


@broken("classes", "loss")
def too_few_outputs() -> Drawing:
    return net(pictures(), *HIDDEN, "Linear out_features=9")


@broken("classes", "loss")
def too_many_outputs() -> Drawing:
    return net(pictures(classes=3), *HIDDEN, "Linear out_features=1000")


@sound("classes")
def as_many_outputs_as_classes() -> Drawing:
    return net(pictures(classes=3), *HIDDEN, "Linear out_features=3")


@broken("scores", "loss")
def map_not_flattened() -> Drawing:
    return net(pictures(), "Conv2d out_channels=4", "ReLU", "Linear out_features=10")


@broken("scores", "loss")
def all_steps_of_a_sequence() -> Drawing:
    drawing, data = begun(sequences())
    end = lay(drawing, (data, "steps"), "LSTM hidden_size=8", "Linear out_features=10")
    drawing.add("loss.CrossEntropyLoss", end, (data, "label"), name="loss")
    return drawing


@sound("scores")
def one_label_a_pixel() -> Drawing:
    label = replace(LABEL, type=replace(LABEL.type, dims=(8, 8)))
    data = choice(pictures().fields[0], label)
    return net(data, "Conv2d out_channels=8", "ReLU", "Conv2d out_channels=10")


@broken("pairs", "loss")
def one_axis_too_many() -> Drawing:
    return net(measures(target=()), *BODY, loss="MSELoss")


@broken("pairs", "loss")
def wrong_count_of_outputs() -> Drawing:
    return net(measures(target=(3,)), *BODY, loss="L1Loss")


@sound("pairs")
def squeezed_prediction() -> Drawing:
    return net(measures(target=()), *BODY, "squeeze", loss="MSELoss")


@broken("target_dtype", "loss")
def labels_for_a_regression() -> Drawing:
    y = replace(LABEL, name="y", type=replace(LABEL.type, dims=(1,)), classes=None)
    data = choice(measures().fields[0], y)
    return net(data, *BODY, loss="MSELoss")


@broken("target_dtype", "loss")
def decimals_for_classes() -> Drawing:
    drawing, data = begun(choice(*pictures().fields, measures(0, 9, target=()).fields[1]))
    end = lay(drawing, (data, "image"), *HIDDEN, "Linear out_features=10")
    drawing.add("loss.CrossEntropyLoss", end, (data, "y"), name="loss")
    return drawing


@sound("target_dtype")
def shares_of_classes_as_target() -> Drawing:
    data = choice(pictures().fields[0], measures(0, 1, target=(10,)).fields[1])
    return net(data, *HIDDEN, "Linear out_features=10")


@broken("dropout_last", "dropout")
def dropout_behind_the_head() -> Drawing:
    return net(pictures(), *HIDDEN, "Linear out_features=10", "Dropout p=0.5")


@broken("dropout_last", "dropout")
def dropout_before_the_output() -> Drawing:
    drawing = Drawing()
    lines = ("Linear out_features=16", "ReLU", "Linear out_features=4", "Dropout")
    drawing.add("io.Output", lay(drawing, drawing.input("float32[8]"), *lines), name="out")
    return drawing


@sound("dropout_last")
def dropout_in_the_body() -> Drawing:
    return net(pictures(), *HIDDEN, "Dropout p=0.5", "Linear out_features=10")


@broken("embedding_range", "embedding")
def too_few_rows_for_the_words() -> Drawing:
    lines = ("Embedding num_embeddings=40 embedding_dim=8", "mean dim=1", "Linear out_features=10")
    return net(words(50), *lines)


@broken("embedding_range", "embedding")
def too_few_rows_by_the_highest_index() -> Drawing:
    lines = ("Embedding num_embeddings=49 embedding_dim=8", "mean dim=1", "Linear out_features=10")
    return net(words(None), "Identity", *lines)


@sound("embedding_range")
def as_many_rows_as_words() -> Drawing:
    lines = ("Embedding num_embeddings=50 embedding_dim=8", "mean dim=1", "Linear out_features=10")
    return net(words(50), *lines)
