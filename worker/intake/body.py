"""The body of a request, counted while it comes and, if it came packed, while it is unpacked."""

import zlib
from collections.abc import AsyncIterator

from worker.errors import NotJson

__all__ = ["ENCODINGS", "read_body"]

ENCODINGS = ("identity", "gzip")
_GZIP_WINDOW = 31  # zlib's own number for "a gzip header, the largest window"


async def read_body(chunks: AsyncIterator[bytes], encoding: str, limit: int) -> bytes | None:
    """
    All of it; None as soon as it is over the limit.

    Args:
        encoding: One of ``ENCODINGS``.
        limit: In bytes, of the body as it came and unpacked alike: nothing larger is ever held.

    Raises:
        NotJson: It is not packed as it says.
    """
    unpack = _Gzip(limit) if encoding == "gzip" else None
    parts, size = list[bytes](), 0
    async for chunk in chunks:
        part = unpack.more(chunk) if unpack else chunk
        size += len(part)
        if size > limit:
            return None
        parts.append(part)
    if unpack and not unpack.is_whole:
        raise NotJson("the gzip stream ends before its end")
    return b"".join(parts)


class _Gzip:
    def __init__(self, limit: int) -> None:
        self._limit, self._unpacker = limit, zlib.decompressobj(_GZIP_WINDOW)

    @property
    def is_whole(self) -> bool:
        return self._unpacker.eof

    def more(self, chunk: bytes) -> bytes:
        """At most a byte more than the limit, however far it would swell."""
        try:
            part = self._unpacker.decompress(chunk, self._limit + 1)
        except zlib.error as error:
            raise NotJson("the body is no gzip stream though Content-Encoding says so") from error
        if self._unpacker.unused_data:
            raise NotJson("something follows the gzip stream")
        return part
