"""
CalciFHIR: breast imaging reports in, follow-up plans and patient letters out, as drafts for a clinician to release.

A map of the rooms, in the order data walks through them::

    cli        the command line (``calcifhir``)
    demo       real processes and real reports, end to end, on one machine
    intake     the FHIR door: check the envelope, store, 202
    tasks      Celery: which work runs when
    bootstrap  the only place where real things are built and joined
    handle     one message, the whole way: gather, decide, record
    deliver    one outcome to the EHR, exactly once in effect
    gather     which resources make up one report, and whether it is complete
    inbox      durable store in Redis          ehr       the EHR's FHIR server
    tables     mappings/ -> core.rules         settings  environment -> Settings
    metrics    counters and histograms         sandbox   a small FHIR server to try things out with
    core       pure: values in, values out
    embedded   a redis-server of our own     lifeline  what we started ends with us
    errors     every error, named after what happens next
"""

__version__ = "0.1.0"
