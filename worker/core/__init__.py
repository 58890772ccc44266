"""
The pure core: values in, values out; no clock, no network, no random ids, no logger.

In the order data walks through: ``report`` (FHIR to values), ``relevance`` (is it ours), ``coded`` and ``narrative``
(two readers), ``findings`` (one reading), ``plan``, ``safety``, ``explain``, ``resources`` (values to FHIR), joined in
``decide``. ``model`` holds the words, ``rules`` the rows of the tables, ``conformance`` the checks at both borders.
"""
