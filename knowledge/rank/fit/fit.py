"""Fit model.json on what `go run ./knowledge/rank/fit -out NAME` writes.

usage: python fit.py NAME OUT

Three networks (rank/network.go) are fitted on the parts "fit" and "choose" of the data, with what was chosen by fitting
on the first and looking at the second. One orders sentences: several large networks are fitted first, and the
small one that is kept learns from what they say as well as from the answers, which is worth most of their mean. Two judge
the first sentence: whether it is right, and whether the article answers at all. They see scores that each article
got from a network that had not seen it. The part "report" is for `bot eval` alone: nothing here reads it but the
line that prints how well the order does on it.
"""

import json
import multiprocessing
import os
import sys
from collections import namedtuple
from concurrent.futures import ProcessPoolExecutor

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"  # each network has a process, see each

import jax
import jax.numpy as jnp
import numpy as np
import optax

SEED = 20_261_124
ASKED, MATCH = 31, 15  # rank.askedCount, rank.matchCount
WORDS = 16  # rank.fittedWords
CLIP = 4  # rank.clip
CONSIDERED = 32  # rank.Considered
KINDS = 16  # french.Kinds
NO_SECOND = 10  # rank.noSecond
TEACHERS, LARGE, SMALL = 4, (32, 12, 32), (24, 8, 24)  # units of the layers: first, words', last
TAUGHT = 0.7  # the weight of what the teachers say
RATE = 2e-3
ORDER = dict(epochs=16, size=64, decay=1e-2)
JUDGE = dict(epochs=15, size=256, decay=0.3, drop=0.3)
FOLDS, BLOCK = 5, 40  # the articles of a block, which long ones are made of (dump.go), are in one fold
PARTS = 20

Rows = namedtuple("Rows", "x words many")  # features of sentences, and of the words of the question in them, and how many


class Data:
    """The candidates of every question, with the first row of each question."""

    def __init__(self, name):
        lines = [line.rstrip("\n").split("\t") for line in open(name + ".tsv", encoding="utf-8")]
        self.names = lines[0][5:]
        lines = lines[1:]
        self.part, self.case = (np.array([r[i] for r in lines]) for i in (0, 1))
        self.article = np.array([int(r[2]) for r in lines])
        self.label = np.array([int(r[4]) for r in lines])
        key = np.array([" ".join(r[:4]) for r in lines])
        self.starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
        self.ends = np.r_[self.starts[1:], len(lines)]
        x = np.fromfile(name + ".features", dtype=np.float32).reshape(len(lines), len(self.names))
        self.rows = Rows(x, *read_words(name + ".words", len(lines)))

    def take(self, parts, *cases):
        """The places in starts of the questions of these parts and cases."""
        return np.flatnonzero(np.isin(self.part[self.starts], parts) & np.isin(self.case[self.starts], cases))

    def folds(self, questions):
        return self.article[self.starts[questions]] // BLOCK % FOLDS

    def side_by_side(self, questions):
        """The rows of each question, CONSIDERED of them, and which of those are real."""
        at = self.starts[questions][:, None] + np.arange(CONSIDERED)
        real = at < self.ends[questions][:, None]
        return np.where(real, at, 0), real


def read_words(path, rows):
    """What each word of the question is and meets, by row; all zeros past the last word."""
    data, at = np.fromfile(path, dtype=np.uint8), 0
    words = np.zeros((rows, WORDS, ASKED + MATCH), np.float32)
    many = np.zeros(rows, int)
    for row in range(rows):
        n, size = int(data[at]), 4 * (ASKED + MATCH)
        read = data[at + 1 : at + 1 + n * size].view(np.float32).reshape(n, -1)[:WORDS]
        words[row, : len(read)], many[row] = read, len(read)
        at += 1 + n * size
    return words, many


def select(rows, at):
    return Rows(*(column[at] for column in rows))


class Network:
    """A network as rank/network.go has it, not fitted yet. Its inputs are scaled as these rows say."""

    def __init__(self, rows, units, seed):
        x = rows.x[:, 1:]
        self.mean, self.scale = x.mean(0), 1 / (x.std(0) + 1e-6)
        words = rows.words[np.arange(WORDS) < rows.many[:, None]]
        self.word_mean, self.word_scale = words.mean(0), 1 / (words.std(0) + 1e-6)
        first, words, last = units
        keys = jax.random.split(jax.random.PRNGKey(seed), 6)

        def normal(key, a, b, scale=1.0):
            return jax.random.normal(key, (a, b)) * scale * np.sqrt(1.5 / a)

        inputs = len(self.mean) + KINDS + words
        self.weights = dict(
            first=normal(keys[0], ASKED + MATCH, first), first_bias=jnp.zeros(first),
            word=normal(keys[1], first, words), word_bias=jnp.zeros(words),
            hidden=normal(keys[2], inputs, last), bias=jnp.zeros(last),
            last=normal(keys[3], last, 1)[:, 0], direct=normal(keys[4], inputs, 1, 0.1)[:, 0],
        )  # fmt: skip

    def inputs(self, rows):
        """What forward takes, of rows of any shape."""
        real = (np.arange(WORDS) < rows.many[..., None]).astype(np.float32)
        scaled = np.clip((rows.x[..., 1:] - self.mean) * self.scale, -CLIP, CLIP)
        kind = np.eye(KINDS, dtype=np.float32)[rows.x[..., 0].astype(int)]
        words = (rows.words - self.word_mean) * self.word_scale * real[..., None]
        return dict(words=words, real_words=real, features=np.concatenate([scaled, kind], -1))

    def scores(self, rows):
        parts = [slice(i, i + 4096) for i in range(0, len(rows.x), 4096)]
        return np.concatenate([np.array(forward(self.weights, **self.inputs(select(rows, p)))) for p in parts])

    def dump(self):
        w = {k: np.array(v, dtype=np.float64) for k, v in self.weights.items()}
        first = w["first"] * self.word_scale[:, None]
        bias = w["first_bias"] - self.word_mean @ first
        model = dict(
            asked=first[:ASKED], match=first[ASKED:], match_bias=bias, word=w["word"], word_bias=w["word_bias"],
            mean=self.mean, scale=self.scale, hidden=w["hidden"], bias=w["bias"], last=w["last"], direct=w["direct"],
        )  # fmt: skip
        return {k: rounded(v.tolist()) for k, v in model.items()}


def rounded(v):
    return [rounded(x) for x in v] if isinstance(v, list) else float(f"{v:.5g}")


@jax.jit
def forward(w, words, real_words, features, kept=None):
    units = jax.nn.relu(words @ w["first"] + w["first_bias"])
    sums = (jax.nn.relu(units @ w["word"] + w["word_bias"]) * real_words[..., None]).sum(-2)
    inputs = jnp.concatenate([features, sums], -1)
    if kept is not None:
        inputs = inputs * kept
    return jax.nn.relu(inputs @ w["hidden"] + w["bias"]) @ w["last"] + inputs @ w["direct"]


def train(network, inputs, told, loss, seed, epochs, size, decay, drop):
    """Fit a network by a loss of its scores and of what they should be, told, leaving out inputs at random."""
    n = len(inputs["features"])
    optimizer = optax.adamw(optax.cosine_decay_schedule(RATE, epochs * (n // size)), weight_decay=decay)
    weights, state = network.weights, optimizer.init(network.weights)

    def value(w, inputs, told, key):
        shape = inputs["features"].shape[:-1] + (w["direct"].shape[0],)
        return loss(forward(w, **inputs, kept=jax.random.bernoulli(key, 1 - drop, shape) / (1 - drop)), told)

    @jax.jit
    def step(w, state, inputs, told, key):
        updates, state = optimizer.update(jax.grad(value)(w, inputs, told, key), state, w)
        return optax.apply_updates(w, updates), state

    shuffle, key = np.random.default_rng(seed), jax.random.PRNGKey(seed + 1)
    for _ in range(epochs):
        order = shuffle.permutation(n)
        for i in range(0, n - size + 1, size):
            at = order[i : i + size]
            key, one = jax.random.split(key)
            weights, state = step(weights, state, {k: v[at] for k, v in inputs.items()}, {k: v[at] for k, v in told.items()}, one)
    network.weights = jax.tree.map(np.array, weights)
    return network


def order_loss(scores, told):
    """By the likelihood of the right candidates among all, and of what the teachers said if there are any."""
    odds = jax.nn.log_softmax(jnp.where(told["real"], scores, -1e9))
    answered = told["right"].any(-1)
    right = jax.nn.logsumexp(jnp.where(told["right"], odds, -1e9), axis=-1)
    own = -jnp.where(answered, right, 0).sum() / jnp.maximum(answered.sum(), 1)
    if "said" not in told:
        return own
    taught = -(told["said"] * jnp.where(told["real"], odds, 0)).sum(-1).mean()
    return (1 - TAUGHT) * own + TAUGHT * taught


def judge_loss(scores, told):
    return optax.sigmoid_binary_cross_entropy(scores, told["target"]).mean()


def train_order(data, questions):
    at, real = data.side_by_side(questions)
    told = dict(real=real, right=(data.label[at] > 0) & real)
    rows, candidates = select(data.rows, at[real]), select(data.rows, at)

    def one(units, seed, told, drop):
        network = Network(rows, units, seed)
        return train(network, network.inputs(candidates), told, order_loss, seed, drop=drop, **ORDER)

    said = np.full(at.shape, -1e9, np.float32)
    said[real] = np.mean([one(LARGE, SEED % 1000 + i, told, 0.3).scores(rows) for i in range(TEACHERS)], 0)
    return one(SMALL, SEED % 1000, told | dict(said=np.array(jax.nn.softmax(said))), 0.1)


def train_judge(rows, target):
    network = Network(rows, SMALL, SEED % 1000)
    return train(network, network.inputs(rows), dict(target=target.astype(np.float32)), judge_loss, SEED, **JUDGE)


def scored(network, data, questions):
    """The rows of questions, and their scores."""
    at, real = data.side_by_side(questions)
    return at[real], network.scores(select(data.rows, at[real]))


def each(job, things):
    """The results of a job of each thing, as many at a time as there are cores. What the jobs read is copied when the
    processes begin, and nothing before may have used jax, which does not outlive that."""
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("fork")) as pool:
        return list(pool.map(job, things))


def recalls(data, questions, score, ks=(1, 3)):
    found = np.zeros(len(ks))
    for q in questions:
        s = slice(data.starts[q], data.ends[q])
        order = np.argsort(-score[s], kind="stable")
        ranks = np.flatnonzero(data.label[s][order])
        if len(ranks):
            found += [ranks[0] < k for k in ks]
    return np.round(found / len(questions), 4).tolist()


def judged(data, questions, score):
    """The first sentence of each question as the judges see it (rank.sureness), and whether it is right."""
    first, more = [], []
    for q in questions:
        s = slice(data.starts[q], data.ends[q])
        order = np.argsort(-score[s], kind="stable")
        own = score[s][order]
        odds = np.exp(own - own[0])
        share = odds / odds.sum()
        ahead = [own[0] - own[i] if len(own) > i else NO_SECOND for i in (1, 2)]
        first.append(data.starts[q] + order[0])
        more.append([own[0], *ahead, min(len(own), CONSIDERED), share[0], -(share * np.log(share)).sum()])
    rows = select(data.rows, first)
    return rows._replace(x=np.c_[rows.x, np.array(more, np.float32)]), data.label[first]


def log_odds(right, answerable):
    """Of both: what the judges' two log-odds come to (model.confidence)."""
    both = 1 / (1 + np.exp(-right)) / (1 + np.exp(-answerable))
    return np.log(both / (1 - both))


def calibrate(odds, right, others):
    """The points between which a probability is read off log-odds: means of equal parts, made to rise."""
    order = np.argsort(odds)
    parts = [[odds[p].mean(), right[p].mean(), len(p)] for p in np.array_split(order, PARTS)]
    rising = []
    for part in parts:
        rising.append(part)
        while len(rising) > 1 and rising[-2][1] >= rising[-1][1]:
            (x, p, n), (y, q, m) = rising[-2:]
            rising[-2:] = [[(x * n + y * m) / (n + m), (p * n + q * m) / (n + m), n + m]]
    # What looks like most questions of other articles is most likely not answered.
    return [[np.median(others), 0.01]] + [[x, p] for x, p, _ in rising if x > np.median(others)]


def auroc(positive, negative):
    ranks = np.argsort(np.argsort(np.r_[positive, negative])) + 1
    n, m = len(positive), len(negative)
    return (ranks[:n].sum() - n * (n + 1) / 2) / (n * m)


def order_job(job):
    """A network fitted on some questions, and what it makes of others."""
    questions, others = job
    network = train_order(DATA, questions)
    print("fitted an order on", len(questions), "questions", flush=True)
    return network, *scored(network, DATA, others)


def judge_job(job):
    """A judge fitted on some of the first sentences, and what it makes of others."""
    seen, target, others = job
    judge = train_judge(select(FIRST, seen), target[seen])
    return judge, judge.scores(select(FIRST, others))


def main(name, out):
    global DATA, FIRST
    data = DATA = Data(name)
    fit, choose, report = (data.take([p], "own") for p in ("fit", "choose", "report"))
    known = data.take(["fit", "choose"], *(length + case for length in ("", "mid-", "long-") for case in ("own", "foreign", "removed")))
    seen = data.take(["fit", "choose"], "own", "echo", "long-own", "long-echo")
    fitted = seen[data.part[data.starts[seen]] == "fit"]
    folds = [(seen[data.folds(seen) != f], known[data.folds(known) == f]) for f in range(FOLDS)]
    (order, *of_report), (_, *of_choose), *held = each(order_job, [(seen, report), (fitted, choose), *folds])

    score = np.zeros(len(data.label))
    for at, scores in (of_report, of_choose):
        score[at] = scores
    figures = dict(seed=SEED, fit=len(fit), choose=len(choose), report=len(report))
    figures |= dict(recall_choose=recalls(data, choose, score), recall_report=recalls(data, report, score))
    for _, at, scores in held:  # each article's from a network that has not seen it
        score[at] = scores
    figures["recall_folds"] = recalls(data, np.r_[fit, choose], score)
    print(figures, flush=True)

    FIRST, right = judged(data, known, score)
    length, case = np.array([("-" + c).rsplit("-", 1) for c in data.case[data.starts[known]]]).T
    own, fold, all = case == "own", data.folds(known), np.arange(len(known))
    targets = (right, own)
    jobs = [(all[fold != f], t, all[fold == f]) for f in range(FOLDS) for t in targets] + [(all, t, all[:1]) for t in targets]
    *by_fold, (sure, _), (answerable, _) = each(judge_job, jobs)
    odds = np.zeros(len(known))  # of each question, by judges that have not seen its article
    for f in range(FOLDS):
        odds[fold == f] = log_odds(by_fold[2 * f][1], by_fold[2 * f + 1][1])
    # Short articles count twice: on long ones it is a little surer than it should be, on short ones a little less sure.
    counted = np.r_[np.flatnonzero(own), np.flatnonzero(own & (length == ""))]
    points = calibrate(odds[counted], right[counted], odds[case == "foreign"])
    said = np.interp(odds, *zip(*points))
    for l in np.unique(length):
        mine = said[own & (length == l)]
        print(l, "own", mine.mean().round(3), "right", right[own & (length == l)].mean().round(3), "quantiles", np.quantile(mine, (0.05, 0.1, 0.2, 0.3)).round(3))
        for c in ("foreign", "removed"):
            others = said[(case == c) & (length == l)]
            print(l, c, "auroc", auroc(mine, others).round(4), "at 90 %", (others >= np.quantile(mine, 0.1)).mean().round(4))
    model = dict(
        about_this_file="made by knowledge/rank/fit/fit.py; see knowledge/rank/fit/README.md", figures=figures, features=data.names,
        rank=order.dump(), right=sure.dump(), answerable=answerable.dump(), sure=rounded([list(map(float, p)) for p in points]),
    )  # fmt: skip
    json.dump(model, open(out, "w"), separators=(",", ":"))


if __name__ == "__main__":
    main(*sys.argv[1:])
