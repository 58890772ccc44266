"""
What clinicians do with our drafts: release, reject, answer a question, send a letter.

In: resources of ours as they come back from an EHR, changed by somebody, and what we last wrote of them. Out: what
stands after the act, or why nothing changes. A plan becomes more than a proposal here and nowhere else (INV-6).

``values`` the words · ``reading`` a resource -> an act · ``settling`` an act and what stands -> what stands then ·
``answering`` questions and holds · ``asking`` Tasks that ask again.
"""

from worker.core.acts.reading import acts_in
from worker.core.acts.settling import settle
from worker.core.acts.values import Act, Place, Settled, Standing

__all__ = ["Act", "Place", "Settled", "Standing", "acts_in", "settle"]
