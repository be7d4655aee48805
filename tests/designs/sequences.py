"""Networks that read sequences: transformers and an LSTM."""

from __future__ import annotations

from graphcore.kinds.formula import Formula
from graphcore.project.graph import NodeId
from tests.sketch import Sketch

WIDTH = 768
DROPOUT = Formula("dropout")


def _feed_forward(s: Sketch, x: NodeId, **gelu: object) -> NodeId:
    """Each place alone, four times wider inside."""
    x = s.add("nn.Linear", x, name="wide", out_features=4 * WIDTH)
    return s.add("nn.Linear", s.add("nn.GELU", x, **gelu), name="narrow", out_features=WIDTH)


def vit() -> Sketch:
    """Vision Transformer, ViT-B/16

    A photo as a sentence of 196 patches of 16×16, with one learned token before them that gathers
    what the scores need. 86.6 million parameters, for photos of 224×224.
    """
    s = Sketch()
    inner = s.block("EncoderBlock", "Patches look at each other, then each thinks alone.",
                    heads=12)  # fmt: skip
    x = inner.x()
    look = inner.add("nn.LayerNorm", x, name="norm1", eps=1e-6)
    look = inner.add("nn.MultiheadAttention", look, look, look, name="attention",
                     num_heads=Formula("heads"), need_weights=False)  # fmt: skip
    x = inner.add("ops.add", x, look, name="looked")
    think = inner.add("nn.LayerNorm", x, name="norm2", eps=1e-6)
    think = _feed_forward(inner, think)
    inner.y(inner.add("ops.add", x, think, name="thought"))

    x = s.add("nn.Conv2d", s.x("photo", "float32[3, 224, 224]"), name="patches", out_channels=WIDTH,
              kernel_size=16, stride=16, padding=0)  # fmt: skip
    x = s.add("nn.Flatten", x, start_dim=2)
    x = s.add("ops.transpose", x, name="sentence")
    token = s.add("nn.Parameter", name="class_token", shape=(1, 1, WIDTH), init="zeros")
    token = s.add("ops.expand_as", token, s.add("ops.slice", x, name="one", subscript=":, :1"))
    x = s.add("ops.cat", token, x, name="tokens")
    places = s.add("nn.Parameter", name="places", shape=(1, 197, WIDTH))
    x = s.add("ops.add", x, places, name="placed")
    x = s.add("block.EncoderBlock", x, name="encoder", repeat=12)
    x = s.add("nn.LayerNorm", x, name="norm", eps=1e-6)
    x = s.add("ops.select", x, name="gathered", index=0)
    s.y(s.add("nn.Linear", x, name="head", out_features=1000), "scores")
    return s


def gpt2() -> Sketch:
    """GPT-2 small

    Reads up to 1024 tokens and says for each which comes next: twelve blocks in which a token
    looks back at those before it. The head is the embedding read backwards. 124 million
    parameters.
    """
    s = Sketch()
    inner = s.block("CausalAttention", "Twelve heads look back, never ahead.", dropout=0.1)
    x = inner.add("nn.Linear", inner.x(), name="qkv", out_features=3 * WIDTH)
    x = inner.add("ops.unflatten", x, name="heads", dim=-1, sizes=(3, 12, 64))
    x = inner.add("ops.permute", x, name="by_head", dims=(2, 0, 3, 1, 4))
    query = inner.add("ops.unbind", x, name="query", dim=0, chunks=3)
    key, value = (query, "output_2"), (query, "output_3")
    x = inner.add("ops.scaled_dot_product_attention", query, key, value, name="found",
                  is_causal=True)  # fmt: skip
    x = inner.add("ops.transpose", x, name="by_token")
    x = inner.add("ops.flatten", x, name="joined", start_dim=2)
    x = inner.add("nn.Linear", x, name="mix", out_features=WIDTH)
    inner.y(inner.add("nn.Dropout", x, p=DROPOUT))

    inner = s.block("Block", "A token looks back, then thinks alone.", dropout=0.1)
    x = inner.x()
    look = inner.add("block.CausalAttention", inner.add("nn.LayerNorm", x, name="norm1"),
                     name="attention", dropout=DROPOUT)  # fmt: skip
    x = inner.add("ops.add", x, look, name="looked")
    think = _feed_forward(inner, inner.add("nn.LayerNorm", x, name="norm2"), approximate="tanh")
    think = inner.add("nn.Dropout", think, p=DROPOUT)
    inner.y(inner.add("ops.add", x, think, name="thought"))

    tokens = s.x("tokens", "int64[1024]")
    words = s.add("nn.Embedding", tokens, name="words", num_embeddings=50257, embedding_dim=WIDTH)
    places = s.add("nn.Embedding", s.add("ops.positions", tokens), name="places",
                   num_embeddings=1024, embedding_dim=WIDTH)  # fmt: skip
    x = s.add("nn.Dropout", s.add("ops.add", words, places, name="placed"), p=0.1)
    x = s.add("block.Block", x, name="blocks", repeat=12)
    x = s.add("nn.LayerNorm", x, name="norm")
    s.y(s.add("nn.Linear", x, name="head", out_features=50257, bias=False,
              ties={"weight": "words.weight"}), "scores")  # fmt: skip
    return s


def lstm_classifier() -> Sketch:
    """LSTM, a class for a text

    Reads up to 200 tokens in both directions and decides between two classes by where both
    readings end. 5 million parameters.
    """
    s = Sketch()
    x = s.add("nn.Embedding", s.x("tokens", "int64[200]"), name="words", num_embeddings=20000,
              embedding_dim=128, padding_idx=0)  # fmt: skip
    lstm = s.add("nn.LSTM", s.add("nn.Dropout", x, p=0.3), name="reader", hidden_size=256,
                 num_layers=2, dropout=0.3, bidirectional=True)  # fmt: skip
    onward = s.add("ops.select", (lstm, "h_n"), name="onward", dim=0, index=-2)
    backward = s.add("ops.select", (lstm, "h_n"), name="backwards", dim=0, index=-1)
    x = s.add("nn.Dropout", s.add("ops.cat", onward, backward, name="both"), p=0.3)
    s.y(s.add("nn.Linear", x, name="head", out_features=2), "scores")
    return s


SEQUENCES = {"vit-b16": vit, "gpt2-small": gpt2, "lstm-classifier": lstm_classifier}
