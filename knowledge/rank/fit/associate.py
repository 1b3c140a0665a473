"""Make associations.bin: which words stand in sentences that answer questions with some word.

usage: python associate.py EXAMPLES NAME OUT, with EXAMPLES from `go run ./knowledge/rank/fit -examples EXAMPLES`

For each word that asks and each word of a sentence, it is counted how often the second stands in a sentence that answers a
question with the first, and in one of the other candidates, which weigh as much together as those that answer. The
logarithm of the ratio of both, each with SMOOTH added, fills a table: a word that asks a row. Of the table as many dimensions
are kept as tell most of it (a singular value decomposition), which makes it say something of pairs that were seen
once or never. OUT is counted in all articles; NAME.0, NAME.1 and so on leave out those of a fold, and are what features are dumped
by: a model must not be fitted on what an article said of its own questions.
"""

import struct
import sys

import numpy as np
from scipy import sparse

SEED = 20_261_124
THESAURUS = "knowledge/rank/thesaurus.bin"
DIMENSIONS = 64  # rank.associationDimensions
ASKED = 15  # questions that a word stands in at least, to have a row
SMOOTH = 2.0
ROUNDS, MORE = 3, 16  # of the decomposition: how often it is refined, dimensions beside those that are kept


def listed(path):
    """The stems of the thesaurus, in its order."""
    with open(path, "rb") as f:
        (n,) = struct.unpack("<I", f.read(4))
        return [next(f)[:-1].decode() for _ in range(n)]


class Examples:
    """What was asked, and what was said in sentences that answer and in others: a row a question, a column a word."""

    def __init__(self, path, stems):
        number, keys = {s: i for i, s in enumerate(stems)}, {}
        fold, asked, right, wrong = [], [], [], []
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                sign, *words = line.split()
                if sign == "?":
                    fold.append(int(words.pop(0)))
                    own = set(words)
                    asked.append([[keys.setdefault(w, len(keys)) for w in words]])
                    right.append([])
                    wrong.append([])
                else:
                    said = [number[w] for w in words if w in number and w not in own]
                    (right if sign == "+" else wrong)[-1].append(said)
        both = np.array([bool(r) and bool(w) for r, w in zip(right, wrong)])
        self.fold = np.array(fold)[both]
        self.asked, self.right, self.wrong = (matrix(m, n)[both] for m, n in ((asked, len(keys)), (right, len(stems)), (wrong, len(stems))))
        self.keys = np.array(list(keys))


def matrix(rows, width):
    """A row for each list of sentences: how many of them hold each word, as a share."""
    columns = [np.concatenate([np.array(s, np.int32) for s in row] or [np.zeros(0, np.int32)]) for row in rows]
    values = [np.full(len(c), 1 / max(1, len(row)), np.float32) for c, row in zip(columns, rows)]
    ends = np.cumsum([0] + [len(c) for c in columns])
    return sparse.csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=(len(rows), width))


def vectors(examples, rows, keys):
    """Vectors of the words that ask and of those that answer, counted in some rows."""
    asked = examples.asked[rows][:, keys].T.tocsr()
    times = np.asarray(examples.asked[:, keys].sum(0)).ravel()
    weight = np.sqrt(np.minimum(times, 1000) / 100)[:, None].astype(np.float32)
    right, wrong = ((asked @ m[rows]).toarray() for m in (examples.right, examples.wrong))
    table = weight * np.log((right + SMOOTH) / (wrong + SMOOTH))
    some = table @ np.random.default_rng(SEED).standard_normal((table.shape[1], DIMENSIONS + MORE)).astype(np.float32)
    for _ in range(ROUNDS):
        some = table @ np.linalg.qr(table.T @ np.linalg.qr(some)[0])[0]
    base = np.linalg.qr(some)[0]
    u, sizes, v = np.linalg.svd(base.T @ table, full_matrices=False)
    root = np.sqrt(sizes[:DIMENSIONS])
    return base @ u[:, :DIMENSIONS] * root / weight, v[:DIMENSIONS].T * root


def write(path, keys, asks, answers):
    whole = [np.abs(m).max() / 127 for m in (asks, answers)]
    with open(path, "wb") as f:
        f.write(struct.pack("<I", len(keys)) + "".join(k + "\n" for k in keys).encode() + struct.pack("<f", whole[0] * whole[1]))
        for m, one in zip((asks, answers), whole):
            f.write(np.rint(m / one).astype(np.int8).tobytes())


def main(path, name, out):
    examples = Examples(path, listed(THESAURUS))
    keys = np.flatnonzero(np.asarray(examples.asked.sum(0)).ravel() >= ASKED)
    for left_out, to in [(None, out)] + [(f, f"{name}.{f}") for f in np.unique(examples.fold)]:
        write(to, examples.keys[keys], *vectors(examples, np.flatnonzero(examples.fold != left_out), keys))
    print(len(examples.fold), "questions", len(keys), "words that ask")


if __name__ == "__main__":
    main(*sys.argv[1:])
