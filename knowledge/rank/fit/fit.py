"""Fit model.json on what `go run ./knowledge/rank/fit` writes.

usage: python fit.py FEATURES OUT

The trees that order sentences are fitted on the part "fit" of the data, their number is chosen on the part
"choose", and they are then fitted again on both. The trees that judge an answer are fitted on the same two
parts, on scores that each article got from trees that had not seen it. The part "report" is for `bot eval`
alone: nothing here reads it but the line that prints how well the order does on it.
"""

import json
import sys

import lightgbm as lgb
import numpy as np

SEED = 20_261_124
ORDER = dict(
    objective="lambdarank", learning_rate=0.05, num_leaves=15, min_data_in_leaf=50, feature_fraction=0.5,
    bagging_fraction=0.8, bagging_freq=1, lambda_l2=5, lambdarank_truncation_level=5,
    seed=SEED, deterministic=True, force_row_wise=True, num_threads=2, verbose=-1,
)  # fmt: skip
JUDGE = dict(
    objective="binary", learning_rate=0.05, num_leaves=7, min_data_in_leaf=100, feature_fraction=0.3,
    bagging_fraction=0.8, bagging_freq=1, lambda_l2=10,
    seed=SEED, deterministic=True, force_row_wise=True, num_threads=2, verbose=-1,
)  # fmt: skip
CHOICES = (150, 200, 250)  # numbers of trees
JUDGES = 200
FOLDS = 5
NO_SECOND = 10  # rank.noSecond
CONSIDERED = 32  # rank.Considered


class Data:
    """The candidates of every question, with the first row of each question."""

    def __init__(self, path):
        rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]
        self.names = rows[0][5:]
        rows = rows[1:]
        self.part, self.case = (np.array([r[i] for r in rows]) for i in (0, 1))
        self.article = np.array([int(r[2]) for r in rows])
        self.label = np.array([int(r[4]) for r in rows])
        self.x = np.array([r[5:] for r in rows], dtype=np.float32)
        key = np.array([" ".join(r[1:4]) for r in rows])
        self.starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
        self.ends = np.r_[self.starts[1:], len(rows)]

    def take(self, parts, cases):
        """The places in starts of the questions of these parts and cases."""
        return np.flatnonzero(np.isin(self.part[self.starts], parts) & np.isin(self.case[self.starts], cases))

    def rows(self, questions):
        return np.concatenate([np.arange(self.starts[q], self.ends[q]) for q in questions])


def train_order(data, questions, trees):
    rows = data.rows(questions)
    sizes = data.ends[questions] - data.starts[questions]
    return lgb.train(ORDER, lgb.Dataset(data.x[rows], data.label[rows], group=sizes, feature_name=data.names), trees)


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
        gap = own[0] - own[1] if len(own) > 1 else NO_SECOND
        features.append(np.r_[data.x[s][order[0]], own[0], gap, min(len(own), CONSIDERED)])
        right.append(data.label[s][order[0]])
    return np.array(features, dtype=np.float32), np.array(right)


def judge(features, target):
    return lgb.train(JUDGE, lgb.Dataset(features, target), JUDGES)


def platt(odds, right):
    """The scale and bias that make a probability of log-odds, by Newton's method."""
    x, w = np.c_[odds, np.ones(len(odds))], np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2), x.T @ (right - p))
    return w


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


def main(path, out):
    data = Data(path)
    fit, choose, report = (data.take([p], ["own"]) for p in ("fit", "choose", "report"))
    booster = train_order(data, fit, max(CHOICES))
    tried = {n: recalls(data, choose, booster.predict(data.x, num_iteration=n)) for n in CHOICES}
    trees = max(CHOICES, key=lambda n: sum(tried[n]))
    print("chosen:", trees, "trees;", tried)

    both = np.r_[fit, choose]
    booster = train_order(data, both, trees)
    figures = dict(seed=SEED, trees=trees, fit=len(fit), choose=len(choose), report=len(report), recall_choose=tried[trees],
                   recall_report=recalls(data, report, booster.predict(data.x)))  # fmt: skip
    print(figures)

    # Scores for judging: each article's from trees that have not seen it.
    known = data.take(["fit", "choose"], ["own", "foreign", "removed"])
    articles = data.article[data.starts]
    score = booster.predict(data.x)
    for fold in range(FOLDS):
        held = known[articles[known] % FOLDS == fold]
        seen = both[articles[both] % FOLDS != fold]
        rows = data.rows(held)
        score[rows] = train_order(data, seen, trees).predict(data.x[rows])
    features, right = judged(data, known, score)
    own = data.case[data.starts[known]] == "own"
    fold = articles[known] % FOLDS
    odds = np.zeros(len(known))  # of each question, by judges that have not seen its article
    for f in range(FOLDS):
        for target in (right, own):
            odds[fold == f] += judge(features[fold != f], target[fold != f]).predict(features[fold == f], raw_score=True)
    scale, bias = platt(odds[own], right[own])
    sure, answers = judge(features, right), judge(features, own)

    def confidence(raw):
        return 1 / (1 + np.exp(-(scale * raw + bias)))

    said = confidence(odds)
    print("own", said[own].mean().round(3), "right", right[own].mean().round(3), "quantiles of own", np.quantile(said[own], (0.05, 0.1, 0.15, 0.2, 0.3)).round(3))
    for c in ("foreign", "removed"):
        others = said[data.case[data.starts[known]] == c]
        print(c, "auroc", auroc(said[own], others).round(4), "at 90 %", (others >= np.quantile(said[own], 0.1)).mean().round(4))
    model = dict(
        about_this_file="made by knowledge/rank/fit/fit.py; see knowledge/rank/fit/README.md",
        figures=figures, features=data.names, rank=forest(booster), right=forest(sure), answerable=forest(answers), scale=float(scale), bias=float(bias),
    )  # fmt: skip
    json.dump(model, open(out, "w"), separators=(",", ":"))


if __name__ == "__main__":
    main(*sys.argv[1:])
