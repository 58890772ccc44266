"""
The parts of the patient's letter: which situation, which language, which steps, which pictures, and how it looks.

In: reading, plan and issues. Out: a :class:`worker.core.letter.page.Page`, which ``text`` and ``html`` put on paper. No
sentence stands here; all of them come from ``mappings/letters/``.
"""
