"""
Real processes, real faults, and a ledger of counts: ``make chaos``, and in short form among the integration tests.

``reports`` what the engine sends, by seed, and what must come of it · ``engine`` sends it · ``troubles`` kills and
disturbs meanwhile · ``memory`` watches every process · ``judge`` counts what became of everything · ``run`` joins them.
"""
