"""An interface engine that posts as fast as it is answered, cheap enough not to be what is measured."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence


def post_all(port: int, bodies: Sequence[bytes], connections: int, tick: Callable[[], None]) -> tuple[float, float]:
    """
    Post every body once over so many kept connections.

    Returns:
        When it began and ended (``time.perf_counter``).

    Raises:
        RuntimeError: An answer was not 202; names the statuses and how many of each.
    """
    return asyncio.run(_post_all(port, bodies, connections, tick))


async def _post_all(
    port: int, bodies: Sequence[bytes], connections: int, tick: Callable[[], None]
) -> tuple[float, float]:
    waiting = iter(bodies)
    statuses: Counter[int] = Counter()
    started = time.perf_counter()
    await asyncio.gather(*(_engine(port, waiting, statuses, tick) for _ in range(connections)))
    ended = time.perf_counter()
    if set(statuses) - {202}:
        raise RuntimeError(f"the door answered {dict(statuses)}")
    return started, ended


async def _engine(port: int, waiting: Iterator[bytes], statuses: Counter[int], tick: Callable[[], None]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for body in waiting:  # one iterator for all connections
            head = (
                "POST /fhir HTTP/1.1\r\nHost: bench\r\nContent-Type: application/fhir+json\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            writer.write(head.encode() + body)
            statuses[await _status(reader)] += 1
            tick()
    finally:
        writer.close()
        await writer.wait_closed()


async def _status(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    length = next((int(line[15:]) for line in head.lower().split("\r\n") if line.startswith("content-length:")), 0)
    await reader.readexactly(length)
    return int(head.split(" ", 2)[1])
