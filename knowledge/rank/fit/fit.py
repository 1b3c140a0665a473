"""Fit model.json on what `go run ./knowledge/rank/fit -out NAME` writes.

usage: python fit.py NAME OUT

The network that orders sentences (rank/network.go) is fitted on the parts "fit" and "choose" of the data, with what was
chosen by fitting on the first and looking at the second. Several large networks are fitted first; the small
one that is kept learns from what they say as well as from the answers, which is worth most of their mean. The trees
that judge an answer are fitted on the same two parts, on scores that each article got from a network that had not
seen it. The part "report" is for `bot eval` alone: nothing here reads it but the line that prints how well the order
does on it.
"""

import json
import sys

import jax
import jax.numpy as jnp
import lightgbm as lgb
import numpy as np
import optax

SEED = 20_261_124
ASKED, MATCH = 33, 15  # rank.askedCount, rank.matchCount
WORDS = 16  # rank.fittedWords
CLIP = 4  # rank.clip
CONSIDERED = 32  # rank.Considered
KINDS = 16  # french.Kinds
NO_SECOND = 10  # rank.noSecond
TEACHERS, LARGE, SMALL = 4, (32, 12, 32), (24, 8, 24)  # units of the layers: first, words', last
EPOCHS = 25
TAUGHT = 0.7  # the weight of what the teachers say
RATE, DECAY, BATCH = 2e-3, 1e-2, 64
JUDGE = dict(
    objective="binary", learning_rate=0.05, num_leaves=7, min_data_in_leaf=100, feature_fraction=0.3,
    bagging_fraction=0.8, bagging_freq=1, lambda_l2=10,
    seed=SEED, deterministic=True, force_row_wise=True, num_threads=2, verbose=-1,
)  # fmt: skip
JUDGES = 200
FOLDS = 5
PARTS = 20


class Data:
    """The candidates of every question, with the first row of each question."""

    def __init__(self, name):
        rows = [line.rstrip("\n").split("\t") for line in open(name + ".tsv", encoding="utf-8")]
        self.names = rows[0][5:]
        rows = rows[1:]
        self.part, self.case = (np.array([r[i] for r in rows]) for i in (0, 1))
        self.article = np.array([int(r[2]) for r in rows])
        self.label = np.array([int(r[4]) for r in rows])
        self.x = np.array([r[5:] for r in rows], dtype=np.float32)
        key = np.array([" ".join(r[1:4]) for r in rows])
        self.starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
        self.ends = np.r_[self.starts[1:], len(rows)]
        self.read_words(name + ".words")

    def read_words(self, path):
        """What each word of the question is and meets, by row; all zeros past the last word."""
        data, at = np.fromfile(path, dtype=np.uint8), 0
        self.words = np.zeros((len(self.x), WORDS, ASKED + MATCH), np.float32)
        self.many = np.zeros(len(self.x), int)
        for row in range(len(self.x)):
            n, size = int(data[at]), 4 * (ASKED + MATCH)
            words = data[at + 1 : at + 1 + n * size].view(np.float32).reshape(n, -1)[:WORDS]
            self.words[row, : len(words)], self.many[row] = words, len(words)
            at += 1 + n * size

    def take(self, parts, cases):
        """The places in starts of the questions of these parts and cases."""
        return np.flatnonzero(np.isin(self.part[self.starts], parts) & np.isin(self.case[self.starts], cases))

    def rows(self, questions):
        return np.concatenate([np.arange(self.starts[q], self.ends[q]) for q in questions])


class Network:
    """A network as rank/network.go has it. Its inputs are scaled as the questions that it is fitted on say."""

    def __init__(self, data, questions, units, seed, teachers=()):
        rows = data.rows(questions)
        x = data.x[rows][:, 1:]
        self.mean, self.scale = x.mean(0), 1 / (x.std(0) + 1e-6)
        words = data.words[rows][np.arange(WORDS) < data.many[rows][:, None]]
        self.word_mean, self.word_scale = words.mean(0), 1 / (words.std(0) + 1e-6)
        batch = self.batch(data, questions)
        taught = [t.scores(data, questions) for t in teachers]
        said = jax.nn.softmax(jnp.where(batch["real"] > 0, np.mean(taught, 0), -1e9), -1) if taught else None
        self.weights = train(self.start(units, seed), batch, said, seed)

    def start(self, units, seed):
        first, words, last = units
        keys = jax.random.split(jax.random.PRNGKey(seed), 6)

        def normal(key, a, b, scale=1.0):
            return jax.random.normal(key, (a, b)) * scale * np.sqrt(1.5 / a)

        inputs = len(self.mean) + KINDS + words
        return dict(
            first=normal(keys[0], ASKED + MATCH, first), first_bias=jnp.zeros(first),
            word=normal(keys[1], first, words), word_bias=jnp.zeros(words),
            hidden=normal(keys[2], inputs, last), bias=jnp.zeros(last),
            last=normal(keys[3], last, 1)[:, 0], direct=normal(keys[4], inputs, 1, 0.1)[:, 0],
        )  # fmt: skip

    def batch(self, data, questions):
        """The questions' candidates side by side, up to CONSIDERED each; those that are missing are not real."""
        n = len(questions)
        shape = dict(words=(WORDS, ASKED + MATCH), real_words=(WORDS,), features=(len(self.mean) + KINDS,), right=(), real=())
        out = {k: np.zeros((n, CONSIDERED) + s, np.float32) for k, s in shape.items()}
        for i, q in enumerate(questions):
            s = slice(data.starts[q], data.ends[q])
            m = data.ends[q] - data.starts[q]
            real = np.arange(WORDS) < data.many[s, None]
            out["words"][i, :m] = (data.words[s] - self.word_mean) * self.word_scale * real[..., None]
            out["real_words"][i, :m] = real
            scaled = np.clip((data.x[s][:, 1:] - self.mean) * self.scale, -CLIP, CLIP)
            out["features"][i, :m] = np.c_[scaled, np.eye(KINDS)[data.x[s][:, 0].astype(int)]]
            out["right"][i, :m], out["real"][i, :m] = data.label[s], 1
        return out

    def scores(self, data, questions):
        parts = [questions[i : i + 256] for i in range(0, len(questions), 256)]
        batches = (self.batch(data, p) for p in parts)
        return np.concatenate([np.array(forward(self.weights, b["words"], b["real_words"], b["features"])) for b in batches])

    def predict(self, data, questions, out):
        """Put the scores of the questions' rows into out."""
        for q, scores in zip(questions, self.scores(data, questions)):
            out[data.starts[q] : data.ends[q]] = scores[: data.ends[q] - data.starts[q]]

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
def forward(w, words, real_words, features, dropped=None):
    units = jax.nn.relu(words @ w["first"] + w["first_bias"])
    sums = (jax.nn.relu(units @ w["word"] + w["word_bias"]) * real_words[..., None]).sum(-2)
    inputs = jnp.concatenate([features, sums], -1)
    if dropped is not None:
        inputs = inputs * dropped
    return jax.nn.relu(inputs @ w["hidden"] + w["bias"]) @ w["last"] + inputs @ w["direct"]


def train(weights, batch, said, seed):
    """Fit by the likelihood of the right candidates among all, and of what the teachers said if there are any."""
    n = len(batch["right"])
    drop = 0.3 if said is None else 0.1
    optimizer = optax.adamw(optax.cosine_decay_schedule(RATE, EPOCHS * (n // BATCH)), weight_decay=DECAY)
    state = optimizer.init(weights)

    def loss(w, b, said, key):
        keep = jax.random.bernoulli(key, 1 - drop, b["features"].shape[:-1] + (w["direct"].shape[0],)) / (1 - drop)
        scores = forward(w, b["words"], b["real_words"], b["features"], keep)
        odds = jax.nn.log_softmax(jnp.where(b["real"] > 0, scores, -1e9))
        answered = b["right"].sum(-1) > 0
        right = jax.nn.logsumexp(jnp.where(b["right"] > 0, odds, -1e9), axis=-1)
        own = -jnp.where(answered, right, 0).sum() / jnp.maximum(answered.sum(), 1)
        if said is None:
            return own
        taught = -(said * jnp.where(b["real"] > 0, odds, 0)).sum(-1).mean()
        return (1 - TAUGHT) * own + TAUGHT * taught

    @jax.jit
    def step(w, state, b, said, key):
        updates, state = optimizer.update(jax.grad(loss)(w, b, said, key), state, w)
        return optax.apply_updates(w, updates), state

    shuffle, key = np.random.default_rng(seed), jax.random.PRNGKey(seed + 1)
    for _ in range(EPOCHS):
        order = shuffle.permutation(n)
        for i in range(0, n - BATCH + 1, BATCH):
            at = order[i : i + BATCH]
            key, one = jax.random.split(key)
            weights, state = step(weights, state, {k: v[at] for k, v in batch.items()}, None if said is None else said[at], one)
    return weights


def train_order(data, questions):
    teachers = [Network(data, questions, LARGE, SEED % 1000 + i) for i in range(TEACHERS)]
    return Network(data, questions, SMALL, SEED % 1000, teachers)


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
    """The features of rank.sureness, and whether the first sentence is right, by question."""
    features, right = [], []
    for q in questions:
        s = slice(data.starts[q], data.ends[q])
        order = np.argsort(-score[s], kind="stable")
        own = score[s][order]
        odds = np.exp(own - own[0])
        share = odds / odds.sum()
        ahead = [own[0] - own[i] if len(own) > i else NO_SECOND for i in (1, 2)]
        features.append(np.r_[data.x[s][order[0]], own[0], ahead, min(len(own), CONSIDERED), share[0], -(share * np.log(share)).sum()])
        right.append(data.label[s][order[0]])
    return np.array(features, dtype=np.float32), np.array(right)


def judge(features, target):
    return lgb.train(JUDGE, lgb.Dataset(features, target), JUDGES)


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


def forest(booster):
    trees = []
    for t in booster.dump_model()["tree_info"]:
        tree = dict(feature=[], limit=[], yes=[], no=[], leaf=[])

        def walk(node, tree=tree):
            if "leaf_value" in node:
                tree["leaf"].append(float(f"{node['leaf_value']:.5g}"))
                return -len(tree["leaf"])
            at = len(tree["feature"])
            tree["feature"].append(node["split_feature"])
            tree["limit"].append(float(f"{node['threshold']:.6g}"))
            tree["yes"].append(0)
            tree["no"].append(0)
            tree["yes"][at] = walk(node["left_child"])
            tree["no"][at] = walk(node["right_child"])
            return at

        walk(t["tree_structure"])
        trees.append(tree)
    return trees


def auroc(positive, negative):
    ranks = np.argsort(np.argsort(np.r_[positive, negative])) + 1
    n, m = len(positive), len(negative)
    return (ranks[:n].sum() - n * (n + 1) / 2) / (n * m)


def main(name, out):
    data = Data(name)
    fit, choose, report = (data.take([p], ["own"]) for p in ("fit", "choose", "report"))
    score = np.zeros(len(data.x))
    taught = {p: data.take(p.split(), ["own", "echo"]) for p in ("fit", "fit choose")}
    train_order(data, taught["fit"]).predict(data, choose, score)
    both = np.r_[fit, choose]
    order = train_order(data, taught["fit choose"])
    figures = dict(seed=SEED, fit=len(fit), choose=len(choose), report=len(report), recall_choose=recalls(data, choose, score))
    order.predict(data, report, score)
    figures["recall_report"] = recalls(data, report, score)
    print(figures, flush=True)

    # Scores for judging: each article's from a network that has not seen it.
    known = data.take(["fit", "choose"], ["own", "foreign", "removed"])
    articles = data.article[data.starts]
    for fold in range(FOLDS):
        held = known[articles[known] % FOLDS == fold]
        seen = taught["fit choose"]
        train_order(data, seen[articles[seen] % FOLDS != fold]).predict(data, held, score)
    figures["recall_folds"] = recalls(data, both, score)
    print("folds", figures["recall_folds"], flush=True)
    features, right = judged(data, known, score)
    own = data.case[data.starts[known]] == "own"
    fold = articles[known] % FOLDS
    odds = np.zeros(len(known))  # of each question, by judges that have not seen its article
    for f in range(FOLDS):
        for target in (right, own):
            odds[fold == f] += judge(features[fold != f], target[fold != f]).predict(features[fold == f], raw_score=True)
    case = data.case[data.starts[known]]
    points = calibrate(odds[own], right[own], odds[case == "foreign"])
    sure, answers = judge(features, right), judge(features, own)

    def confidence(raw):
        return np.interp(raw, *zip(*points))

    said = confidence(odds)
    print("own", said[own].mean().round(3), "right", right[own].mean().round(3), "quantiles of own", np.quantile(said[own], (0.05, 0.1, 0.15, 0.2, 0.3)).round(3))
    for c in ("foreign", "removed"):
        others = said[case == c]
        print(c, "auroc", auroc(said[own], others).round(4), "at 90 %", (others >= np.quantile(said[own], 0.1)).mean().round(4))
    model = dict(
        about_this_file="made by knowledge/rank/fit/fit.py; see knowledge/rank/fit/README.md",
        figures=figures, features=data.names, rank=order.dump(), right=forest(sure), answerable=forest(answers), sure=rounded([list(map(float, p)) for p in points]),
    )  # fmt: skip
    json.dump(model, open(out, "w"), separators=(",", ":"))


if __name__ == "__main__":
    main(*sys.argv[1:])
