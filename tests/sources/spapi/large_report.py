"""
A large packed report through the whole of it in a process of its own: ``python -m tests.sources.spapi.large_report FOLDER MEGABYTES``.
"""

from __future__ import annotations

import gzip
import http.server
import json
import random
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from tests.sources.makers_sources import AS_OF, a_reading
from tests.spapi_fake.client import a_session
from tests.spapi_fake.clock import Clock
from tests.spapi_fake.fake import FakeSpapi
from watchdog.sources.files import read_open
from watchdog.sources.spapi.documents import fetch

_HEADER = "order-id\torder-item-id\tpurchase-date\tpromise-date\tsku\tproduct-name\tquantity-to-ship\trecipient-name\n"


def _write(path: Path, megabytes: int) -> int:
    """
    Write a packed report of at least that size and return its number of rows.
    """
    noise, rows = random.Random(7), 0
    with path.open("wb") as kept, gzip.GzipFile(fileobj=kept, mode="wb", compresslevel=1) as file:
        file.write(_HEADER.encode())
        while kept.tell() < megabytes << 20:
            lines = []
            for _ in range(5_000):
                rows += 1
                lines.append(
                    f"250-{rows // 10**7:07d}-{rows % 10**7:07d}\t{rows:014d}\t2026-07-01T03:00:00+00:00\t2026-09-14T14:59:59+00:00\t"
                    f"SKU-{noise.getrandbits(40):x}\t予約商品 {noise.getrandbits(160):x}\t1\t架空\n"
                )
            file.write("".join(lines).encode())
    return rows


class _Document(http.server.BaseHTTPRequestHandler):
    path_kept: Path

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/plain;charset=UTF-8")
        self.send_header("content-length", str(self.path_kept.stat().st_size))
        self.end_headers()
        with self.path_kept.open("rb") as file:
            while piece := file.read(1 << 16):
                self.wfile.write(piece)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


def _peak_mb() -> float:
    """
    Return the most memory this program ever held; getrusage would count what its parent held before it.
    """
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1]) / 1024


def main() -> None:
    """
    Serve the report on loopback, fetch and read it, and print what it took.
    """
    folder, megabytes = Path(sys.argv[1]), int(sys.argv[2])
    _Document.path_kept = folder / "report.gz"
    written = _write(_Document.path_kept, megabytes)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Document)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    fake = FakeSpapi(Clock(AS_OF))
    fake.base = f"http://127.0.0.1:{server.server_address[1]}"
    began, rows = time.perf_counter(), 0
    with TemporaryFile(dir=folder) as kept:
        fetch(a_session(fake, socket=True), f"{fake.base}/report", kept, now=AS_OF)
        kept.seek(0)
        with gzip.GzipFile(fileobj=kept, mode="rb") as file:
            for batch in read_open(cast("BinaryIO", file), as_of=AS_OF, reading=a_reading(), name="report"):
                rows += len(batch.rows)
    server.shutdown()
    figures = {
        "rows": rows,
        "written": written,
        "packed_mb": _Document.path_kept.stat().st_size / (1 << 20),
        "peak_mb": _peak_mb(),
        "seconds": round(time.perf_counter() - began, 1),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
