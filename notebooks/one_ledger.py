# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # One ledger, from its first line to a promise
#
# A hosting company's coded supplier lines of two years (invented, `data/samples/demo`). We let the
# assigner walk through them: before each day it suggests the codes of all lines of that day, then
# it sees what the bookkeeper booked. Nothing below looks ahead.

# %%
import csv
from pathlib import Path

import matplotlib.pyplot as plt

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.contradictions import contradictions
from contor.account_assignment.history import History
from contor.account_assignment.lines import Lines
from contor.account_assignment.replay import Watch, replay, scored_from
from contor.account_assignment.scores import score
from contor.account_assignment.track import tracks_of

ROOT = next(p for p in [Path.cwd(), *Path.cwd().parents] if (p / "data" / "samples").is_dir())
PROMISE = 0.05
with (ROOT / "data/samples/demo/ledger.csv").open(encoding="utf-8", newline="") as stream:
    rows = list(csv.DictReader(stream))[:2500]
lines = Lines.from_rows(rows)
print(len(lines), "lines,", len({row["supplier"] for row in rows}), "suppliers,",
      len({row["account"] for row in rows}), "accounts")

# %% [markdown]
# ## What the suggestions would have been worth
# The last half of the lines is scored. The two baselines: always the most frequent account, and the
# account the supplier was booked to last.

# %%
history = History.of(lines)
walked = replay(
    history, list(history.names), every=60, warmup=0.5, errors=(PROMISE,), watch=Watch()
)
stretches = [stretch["account"] for stretch in walked]
figures = score(history, "account", stretches, PROMISE)
print(f"lines scored        {figures['lines']}")
print(f"right first         {figures['top1']:.1%}   among the first three {figures['top3']:.1%}")
print(f"majority            {figures['baselines']['majority']:.1%}")
print(f"last of supplier    {figures['baselines']['last']:.1%}")
print(f"calibration error   {figures['calibration_error']:.3f}")
print(f"on autopilot        {figures['auto']['share']:.1%}, wrong {figures['auto']['error']:.2%},"
      f" promised at most {PROMISE:.0%}")
assert figures["top1"] > figures["baselines"]["last"] - 0.02
assert scored_from(history, 0.5) + figures["lines"] <= len(lines)

# %% [markdown]
# ## Risk against coverage
# How many lines could go alone (to the right: more of them), and how many of these would be wrong.
# The dotted curve is what the decisions rule out at 95 % confidence; where it crosses the promise,
# the autopilot has to stop.

# %%
assigner = AccountAssigner(PROMISE).fit(lines)
track = tracks_of(assigner, PROMISE)["account"]
share = [point.share for point in track.curve]
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6))
left.plot(share, [point.error for point in track.curve], label="wrong")
left.plot(share, [point.bound for point in track.curve], ":", label="at most, 95 %")
left.axhline(PROMISE, color="tab:orange", linestyle="--", label="promise")
left.plot([track.share], [track.error], "o", color="black", label="autopilot now")
left.set(xlabel="share that goes alone", ylabel="share wrong", ylim=(0, 4 * PROMISE))
left.legend()
right.plot([part.lines for part in track.learning], [part.right for part in track.learning])
right.set(xlabel="lines learnt from", ylabel="right first", ylim=(0, 1), title="learning curve")
figure.tight_layout()
assert track.error <= PROMISE

# %% [markdown]
# ## Why
# Every suggestion says which rung of the ladder spoke, the nearest past booking, and why the
# runner-up lost.

# %%
for row in rows[-3:]:
    found = assigner.suggest(Lines.from_rows([row]))[0]["account"]
    print(f"{row['supplier']}: {found.code} ({found.confidence:.0%}, {found.rung})\n  {found.reason}")

# %% [markdown]
# ## A correction is known at once
# A person books a line otherwise; the next line like it follows, and does not go alone.

# %%
line = {**rows[-1], "description": "Sonderfall 4711", "account": "4980"}
before = assigner.suggest(Lines.from_rows([line]))[0]["account"]
assigner.learn(Lines.from_rows([line]), {"account": [before.code]})
after = assigner.suggest(Lines.from_rows([line]))[0]["account"]
print(before.code, "->", after.code, "alone:", after.auto)
assert after.code == "4980"
assert not after.auto

# %% [markdown]
# ## What people do not agree on
# Lines of the same supplier and text that went to different accounts are learnt as noise until
# somebody settles them.

# %%
for one in contradictions(lines)[:5]:
    print(f"{one.supplier[:30]:30s} {one.text[:36]:36s} {one.target:12s} {dict(one.codes)}")
