# A face that needs its instructions (tests/fuzz has it), with a character map.
import os
import struct
from pathlib import Path

TEXT = sorted("惠州市财政局")

source = Path(os.environ["SRC"]) / "tests/fuzz/corpus/font/instructed.ttf"
font = source.read_bytes()
count, = struct.unpack_from(">H", font, 4)
groups = b"".join(struct.pack(">III", ord(c), ord(c), i + 1) for i, c in enumerate(TEXT))
cmap = struct.pack(">HHHHIHHIII", 0, 1, 3, 10, 12, 12, 0, 16 + len(groups), 0, len(TEXT)) + groups

tables = {b"cmap": cmap}
for at in range(12, 12 + 16 * count, 16):
    tag, _, offset, size = struct.unpack_from(">4sIII", font, at)
    tables[tag] = font[offset:offset + size]
head, body = b"", b""
for tag, table in sorted(tables.items()):
    head += struct.pack(">4sIII", tag, 0, 12 + 16 * len(tables) + len(body), len(table))
    body += table + bytes(-len(table) % 4)
Path("instructed.ttf").write_bytes(
    font[:4] + struct.pack(">HHHH", len(tables), 0, 0, 0) + head + body)
