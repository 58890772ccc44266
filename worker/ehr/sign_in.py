"""Who we are to the EHR: the header that says so."""

from collections.abc import Mapping

__all__ = ["StaticToken"]


class StaticToken:
    """
    A bearer token that the site gave us; an empty one sends no header.

    SMART Backend Services takes this class's place: the same two methods, ``headers`` from a cached token and ``renew``
    fetching a new one.
    """

    def __init__(self, token: str = "") -> None:
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def __repr__(self) -> str:
        """Never shows the token."""
        return "StaticToken(...)"

    def headers(self) -> Mapping[str, str]:
        """Headers of the next request."""
        return self._headers

    def renew(self) -> bool:
        """Fetch a new token after a 401; False if there is no other."""
        return False
