"""Fit model.json on what `go run ./knowledge/rank/fit -out NAME` writes.

usage: python fit.py NAME OUT

Networks (rank/network.go) are fitted on the parts "fit" and "choose" of the data, with what was chosen by fitting
on the first and looking at the second. Some order sentences, by the mean of their scores. Two judge the first sentence:
whether it is right, and whether the article answers at all. They listen to its words, too: the program that wrote the
features tells them, once it is known which sentence is first. They see scores that each article got from networks that
had not seen it. The part "report" is for `bot eval` alone: nothing here reads it but the line that prints how well the
order does on it.
"""

import json
import multiprocessing
import os
import subprocess
import sys
from collections import namedtuple
from concurrent.futures import ProcessPoolExecutor
from functools import partial

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"  # each network has a process, see each

import jax
import jax.numpy as jnp
import numpy as np
import optax

SEED = 125  # of the first network that orders; those after it have the numbers after it
ASKED, MATCH = 31, 15  # rank.askedCount, rank.matchCount
WORDS = 16  # rank.fittedWords
CLIP = 4  # rank.clip
CONSIDERED = 32  # rank.Considered
KINDS = 16  # french.Kinds
TOLD = 40  # rank.toldWords
BITS, NUMBERS = 32, 20  # rank.isCount, rank.tellingCount
SUM = 0.2  # rank.sumCounts
NO_SECOND = 10  # rank.noSecond
RATE = 2e-3  # half of it in the second half of the rounds
SLOW = 5e-4  # how far the mean of the weights, which is kept, follows each step of that half
# Units of the layers: first, words', last; those that listen to what is told; then how each network is fitted.
ORDERS = 3  # networks
ORDER = dict(units=(16, 8, 16), epochs=8, size=64, decay=1e-2, drop=0.1)
JUDGE = dict(units=(32, 12, 32), told=(24, 12), epochs=6, size=256, decay=0.3, drop=0.3)
PEOPLE = 3  # how often what people asked counts when an order is fitted: it is what will be asked
FOLDS, BLOCK = 5, 40  # the articles of a block, which long ones are made of (dump.go), are in one fold
LEARNT = ["fit", "choose"]
COUNTED = dict(own=3, more=1, none=2, foreign=2, removed=1)  # how often each case counts when a judge is fitted
ANSWERABLE = 3  # how often that judge counts beside the other: rank.answerableCounts
PARTS = 20
WIDTHS, HEIGHTS = (5, 8, WORDS), (8, 16, CONSIDERED)  # of batches: questions of about as many words and candidates


class Told(namedtuple("Told", "words first many")):
    """The words of sentences: which of all words is each one's first, and how many."""

    def select(self, at):
        return self._replace(first=self.first[at], many=self.many[at])

    def inputs(self, at):
        word = np.arange(TOLD)
        real = word < self.many[at][..., None]
        words = self.words[np.where(real, self.first[at][..., None] + word, 0)]
        return dict(are=words["are"], numbers=words["numbers"], real_told=real)


class Rows(namedtuple("Rows", "x words first many told", defaults=[None])):
    """Features of sentences, and of the words of the question in them: which of all words is each one's first, and how many.
    Their own words are told, where a network listens to them."""

    def select(self, at):
        told = self.told and self.told.select(at)
        return self._replace(x=self.x[at], first=self.first[at], many=self.many[at], told=told)

    def inputs(self, at, width):
        """What forward takes, of rows at places of any shape, with so many words of the question each."""
        word = np.arange(width)
        real = word < self.many[at][..., None]
        words = self.words[np.where(real, self.first[at][..., None] + word, 0)]
        told = self.told.inputs(at) if self.told else {}
        return dict(x=self.x[at], words=words, real_words=real, **told)


class Data:
    """The candidates of every question, with the first row of each question."""

    def __init__(self, name):
        with open(name + ".tsv", encoding="utf-8") as lines:
            self.names = next(lines).rstrip("\n").split("\t")[6:]
            part, case, article, label, words = [], [], [], [], []
            for line in lines:
                about, is_right, many = line.rsplit("\t", 2)
                part_, case_, article_, _ = about.split("\t")
                for column, value in zip((part, case, article, label, words), (part_, case_, int(article_), int(is_right), int(many))):
                    column.append(sys.intern(value) if isinstance(value, str) else value)
        self.part, self.case, self.article, self.label, words = map(np.array, (part, case, article, label, words))
        x = np.asarray(np.memmap(name + ".features", np.float32, "r")).reshape(len(label), len(self.names))
        self.starts = np.flatnonzero(x[:, self.names.index("sketch_rank")] == 0)  # a question may come twice in a row
        self.ends = np.r_[self.starts[1:], len(label)]
        flat = np.asarray(np.memmap(name + ".words", np.float32, "r")).reshape(-1, ASKED + MATCH)
        self.rows = Rows(x, flat, np.cumsum(words) - words, np.minimum(words, WORDS))

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


def at_least(sizes, value):
    """The smallest of the sizes that holds each value."""
    return np.array(sizes)[np.searchsorted(sizes, value)]


class Network:
    """A network as rank/network.go has it, not fitted yet. Its inputs are scaled as the rows at these places say."""

    def __init__(self, rows, at, units, told, seed):
        seen = rows.inputs(at[:: 1 + len(at) // 200_000], WORDS)
        self.scaling = {}
        scaled = dict(x=seen["x"][:, 1:], words=seen["words"][seen["real_words"]])
        if told:
            scaled |= dict(numbers=seen["numbers"][seen["real_told"]])
        for name, values in scaled.items():
            self.scaling |= {name + "_mean": values.mean(0), name + "_scale": 1 / (values.std(0) + 1e-6)}
        first, words, last = units
        keys = jax.random.split(jax.random.PRNGKey(seed), 9)

        def normal(key, a, b, scale=1.0):
            return jax.random.normal(key, (a, b)) * scale * np.sqrt(1.5 / a)

        inputs = rows.x.shape[1] - 1 + KINDS + words + (2 * told[1] if told else 0)
        self.weights = dict(
            first=normal(keys[0], ASKED + MATCH, first), first_bias=jnp.zeros(first),
            word=normal(keys[1], first, words), word_bias=jnp.zeros(words),
            hidden=normal(keys[2], inputs, last), bias=jnp.zeros(last),
            last=normal(keys[3], last, 1)[:, 0], direct=normal(keys[4], inputs, 1, 0.1)[:, 0],
        )  # fmt: skip
        if told:
            units, heard = told
            self.weights |= dict(
                kind=normal(keys[5], KINDS, units), are=normal(keys[6], BITS, units), numbers=normal(keys[7], NUMBERS, units),
                told_bias=jnp.zeros(units), told=normal(keys[8], units, heard), heard_bias=jnp.zeros(heard),
            )  # fmt: skip

    def scores(self, rows):
        """Of every row, those of about as many words at a time."""
        score = np.zeros(len(rows.x), np.float32)
        widths = at_least(WIDTHS, rows.many)
        for width in WIDTHS:
            at = np.flatnonzero(widths == width)
            for part in np.split(at, range(8192, len(at), 8192)):
                padded = np.resize(part, 8192) if len(part) else part  # one size, to be compiled once
                if len(part):
                    score[part] = np.array(forward(self.weights, self.scaling, **rows.inputs(padded, width)))[: len(part)]
        return score

    def dump(self):
        w = {k: np.array(v, dtype=np.float64) for k, v in self.weights.items()}
        s = self.scaling
        first, bias = unscaled(w["first"], w["first_bias"], s["words_mean"], s["words_scale"])
        model = dict(
            asked=first[:ASKED], match=first[ASKED:], match_bias=bias, word=w["word"], word_bias=w["word_bias"],
            mean=s["x_mean"], scale=s["x_scale"], hidden=w["hidden"], bias=w["bias"], last=w["last"], direct=w["direct"],
        )  # fmt: skip
        model = {k: rounded(v.tolist()) for k, v in model.items()}
        if "told" in w:
            numbers, bias = unscaled(w["numbers"], w["told_bias"], s["numbers_mean"], s["numbers_scale"])
            told = dict(kind=w["kind"], numbers=numbers, bias=bias, word=w["told"], word_bias=w["heard_bias"]) | {"is": w["are"]}
            model["told"] = {k: rounded(v.tolist()) for k, v in told.items()}
        return model


def unscaled(weights, bias, mean, scale):
    """The weights and the bias of a layer for inputs as they are, by those for scaled ones."""
    weights = weights * scale[:, None]
    return weights, bias - mean @ weights


def rounded(v):
    return [rounded(x) for x in v] if isinstance(v, list) else float(f"{v:.5g}")


@jax.jit
def forward(w, scaling, x, words, real_words, are=None, numbers=None, real_told=None, kept=None):
    kind = jax.nn.one_hot(x[..., 0].astype(int), KINDS)
    scaled = jnp.clip((x[..., 1:] - scaling["x_mean"]) * scaling["x_scale"], -CLIP, CLIP)
    words = (words - scaling["words_mean"]) * scaling["words_scale"]
    units = jax.nn.relu(words @ w["first"] + w["first_bias"])
    sums = (jax.nn.relu(units @ w["word"] + w["word_bias"]) * real_words[..., None]).sum(-2)
    inputs = [scaled, kind, sums]
    if are is not None:
        is_ = ((are[..., None] >> jnp.arange(BITS, dtype=jnp.uint32)) & 1).astype(jnp.float32)
        numbers = (numbers - scaling["numbers_mean"]) * scaling["numbers_scale"]
        units = jax.nn.relu(is_ @ w["are"] + numbers @ w["numbers"] + (kind @ w["kind"])[..., None, :] + w["told_bias"])
        heard = jax.nn.relu(units @ w["told"] + w["heard_bias"]) * real_told[..., None]
        inputs += [heard.max(-2), SUM * heard.sum(-2)]
    inputs = jnp.concatenate(inputs, -1)
    if kept is not None:
        inputs = inputs * kept
    return jax.nn.relu(inputs @ w["hidden"] + w["bias"]) @ w["last"] + inputs @ w["direct"]


@partial(jax.jit, static_argnames=("loss", "decay", "drop"))
def step(w, mean, state, scaling, inputs, wanted, key, rate, slow, loss, decay, drop):
    def value(w):
        shape = inputs["x"].shape[:-1] + (w["direct"].shape[0],)
        return loss(forward(w, scaling, **inputs, kept=jax.random.bernoulli(key, 1 - drop, shape) / (1 - drop)), wanted)

    updates, state = adam(decay).update(jax.grad(value)(w), state, w)
    w = jax.tree.map(lambda v, u: v - rate * u, w, updates)
    return w, jax.tree.map(lambda m, v: m + slow * (v - m), mean, w), state


def adam(decay):
    return optax.chain(optax.scale_by_adam(), optax.add_decayed_weights(decay))


def train(rows, scale_by, groups, seed, loss, units, epochs, size, decay, drop, told=None):
    """A network whose inputs are scaled as the rows at some places say, fitted by a loss of its scores and of what they should
    be, leaving out inputs at random. Each group has the places of its rows, as many words for all, and what is wanted of them."""
    network = Network(rows, scale_by, units, told, seed)
    shuffle, key = np.random.default_rng(seed), jax.random.PRNGKey(seed + 1)
    weights = mean = network.weights
    state = adam(decay).init(weights)
    steps = epochs * sum(len(at) // size for at, _, _ in groups)
    done = 0
    for _ in range(epochs):
        batches = []
        for g, (at, _, _) in enumerate(groups):
            order = shuffle.permutation(len(at))
            batches += [(g, order[i : i + size]) for i in range(0, len(at) - size + 1, size)]
        for b in shuffle.permutation(len(batches)):
            g, chosen = batches[b]
            at, width, wanted = groups[g]
            key, one = jax.random.split(key)
            inputs, (rate, slow) = rows.inputs(at[chosen], width), (RATE, 1.0) if done < steps / 2 else (RATE / 2, SLOW)
            weights, mean, state = step(
                weights, mean, state, network.scaling, inputs, {k: v[chosen] for k, v in wanted.items()}, one, rate, slow, loss, decay, drop
            )  # fmt: skip
            done += 1
    network.weights = jax.tree.map(np.array, mean)
    return network


def order_loss(scores, wanted):
    """By the likelihood of the right candidates among all."""
    odds = jax.nn.log_softmax(jnp.where(wanted["real"], scores, -1e9))
    return -jax.nn.logsumexp(jnp.where(wanted["right"], odds, -1e9), axis=-1).mean()


def judge_loss(scores, wanted):
    return optax.sigmoid_binary_cross_entropy(scores, wanted["target"]).mean()


def train_order(data, questions, seed):
    questions = questions[[data.label[data.starts[q] : data.ends[q]][:CONSIDERED].any() for q in questions]]
    at, real = data.side_by_side(questions)
    heights, widths = at_least(HEIGHTS, real.sum(1)), at_least(WIDTHS, data.rows.many[data.starts[questions]])
    wanted = dict(real=real, right=(data.label[at] > 0) & real)
    groups = []
    for height in HEIGHTS:
        for width in WIDTHS:
            mine = np.flatnonzero((heights == height) & (widths == width))
            groups.append((at[mine, :height], width, {k: v[mine, :height] for k, v in wanted.items()}))
    return train(data.rows, at[real], groups, seed, order_loss, **ORDER)


def train_judge(rows, target):
    widths = at_least(WIDTHS, rows.many)
    groups = []
    for width in WIDTHS:
        mine = np.flatnonzero(widths == width)
        groups.append((mine, width, dict(target=target[mine].astype(np.float32))))
    return train(rows, np.arange(len(rows.x)), groups, SEED, judge_loss, **JUDGE)


def scored(network, data, questions):
    """The rows of questions, and their scores."""
    at, real = data.side_by_side(questions)
    return at[real], network.scores(data.rows.select(at[real]))


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


def judged(data, name, questions, score):
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
    first = np.array(first)
    rows = data.rows.select(first)
    return rows._replace(x=np.c_[rows.x, np.array(more, np.float32)], told=words_of(name, first)), data.label[first]


def log_odds(right, answerable):
    """Of both: what the judges' two log-odds come to (model.confidence)."""
    both = 1 / (1 + np.exp(-right)) / (1 + np.exp(-answerable)) ** ANSWERABLE
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
    seed, questions, others = job
    network = train_order(DATA, questions, seed)
    print("fitted an order on", len(questions), "questions", flush=True)
    return network, *scored(network, DATA, others)


def judge_job(job):
    """A judge fitted on some of the first sentences, and what it makes of others."""
    seen, target, others = job
    judge = train_judge(FIRST.select(seen), target[seen])
    return judge, judge.scores(FIRST.select(others))


def fit_order(data):
    """The networks that order sentences, the score of every candidate by such that have not seen its article, and how well both do."""
    own, more = data.take(LEARNT, "own"), data.take(LEARNT, "more")
    seen = data.take(LEARNT, *(length + case for length in ("", "long-") for case in ("own", "more", "echo")))
    people = np.r_[own, data.take(LEARNT, "long-own")]
    seen = np.r_[seen, np.tile(people, PEOPLE - 1)]
    known, report = known_questions(data), (data.take(["report"], "own"), data.take(["report"], "more"))
    folds = [(seen[data.folds(seen) != f], known[data.folds(known) == f]) for f in range(FOLDS)]
    jobs = [(SEED + n, *job) for job in [(seen, np.concatenate(report)), *folds] for n in range(ORDERS)]
    fitted = each(order_job, jobs)

    score, orders = np.zeros(len(data.label)), [network for network, _, _ in fitted[:ORDERS]]
    for _, at, scores in fitted:
        score[at] += scores / ORDERS
    figures = dict(seed=SEED, asked=len(own), written=len(more), recall_folds=recalls(data, own, score), recall_folds_written=recalls(data, more, score))
    figures |= dict(report=len(report[0]), recall_report=recalls(data, report[0], score), recall_report_written=recalls(data, report[1], score))
    return orders, score, figures


def words_of(name, lines):
    """The words of sentences, by the program that wrote their features."""
    lines.astype("<u4").tofile(name + ".picked")
    subprocess.run(["go", "run", "./knowledge/rank/fit", "-out", name, "-tell"], check=True)
    words = np.memmap(name + ".told", [("are", "<u4"), ("numbers", "<f4", NUMBERS)], "r")
    many = np.fromfile(name + ".heard", np.uint8).astype(int)
    return Told(words, np.cumsum(many) - many, many)


def known_questions(data):
    """The questions that judges are fitted on."""
    return data.take(LEARNT, *(length + case for length in ("", "long-") for case in COUNTED))


def how_often(case, kinds):
    """How often each question counts when a judge is fitted. Of what kind are questions that a text does not answer says partly
    how they were written: half of it is taken away (as a factor: its square root), by what was answered of each kind."""
    often = np.array([COUNTED[c] for c in case], float)
    none, written = case == "none", case == "more"
    for k in np.unique(kinds[none]):
        vain, met = none & (kinds == k), written & (kinds == k)
        share = vain.sum() / none.sum() / max(1, met.sum()) * written.sum()
        often[vain] *= np.clip(share**-0.5, 1 / 4, 4)
    return np.floor(often + np.random.default_rng(SEED).random(len(often))).astype(int)


def fit_judges(data, name, score):
    """The judges of first sentences, and the points between which their confidence is read off."""
    global FIRST
    known = known_questions(data)
    FIRST, right = judged(data, name, known, score)
    length, case = np.array([("-" + c).rsplit("-", 1) for c in data.case[data.starts[known]]]).T
    answered, fold = np.isin(case, ["own", "more"]), data.folds(known)
    all = np.repeat(np.arange(len(known)), how_often(case, FIRST.x[:, 0].astype(int)))
    targets = (right, answered)
    jobs = [(all[fold[all] != f], t, np.flatnonzero(fold == f)) for f in range(FOLDS) for t in targets] + [(all, t, all[:1]) for t in targets]
    *by_fold, (sure, _), (answerable, _) = each(judge_job, jobs)
    odds = np.zeros(len(known))  # of each question, by judges that have not seen its article
    for f in range(FOLDS):
        odds[fold == f] = log_odds(by_fold[2 * f][1], by_fold[2 * f + 1][1])
    # What people asked counts about twice as much as what was written, of which a sentence that looks as sure is right more often.
    times = max(1, round(2 * np.sum(case == "more") / np.sum(case == "own")))
    counted = np.r_[np.flatnonzero(answered), np.repeat(np.flatnonzero(case == "own"), times - 1)]
    points = calibrate(odds[counted], right[counted], odds[case == "foreign"])
    tell(np.interp(odds, *zip(*points)), right, length, case)
    return sure, answerable, points


def tell(said, right, length, case):
    """Print how well confidences part what is right from what is not."""
    for l in np.unique(length):
        mine = said[(case == "own") & (length == l)]
        for c in ("own", "more"):
            here = (case == c) & (length == l)
            print(l, c, "said", said[here].mean().round(3), "right", right[here].mean().round(3), "quantiles", np.quantile(said[here], (0.05, 0.1, 0.2, 0.3)).round(3))
        for c in ("foreign", "removed", "none"):
            others = said[(case == c) & (length == l)]
            print(l, c, "auroc", auroc(mine, others).round(4), "at 90 %", (others >= np.quantile(mine, 0.1)).mean().round(4))


def main(name, out):
    global DATA
    data = DATA = Data(name)
    orders, score, figures = fit_order(data)
    print(figures, flush=True)
    sure, answerable, points = fit_judges(data, name, score)
    model = dict(
        about_this_file="made by knowledge/rank/fit/fit.py; see knowledge/rank/fit/README.md", figures=figures, features=data.names,
        rank=[o.dump() for o in orders], right=sure.dump(), answerable=answerable.dump(), sure=rounded([list(map(float, p)) for p in points]),
    )  # fmt: skip
    json.dump(model, open(out, "w"), separators=(",", ":"))


if __name__ == "__main__":
    main(*sys.argv[1:])
