# A face whose licence forbids embedding: OS/2 fsType is 2.
import os
import struct
from pathlib import Path

source = Path(os.environ["SRC"]) / "fonts/fandol/FandolSong-Regular.otf"
font = bytearray(source.read_bytes())
count, = struct.unpack_from(">H", font, 4)
for at in range(12, 12 + 16 * count, 16):
    tag, _, offset, _ = struct.unpack_from(">4sIII", font, at)
    if tag == b"OS/2":
        struct.pack_into(">H", font, offset + 8, 2)
Path("restricted.otf").write_bytes(font)
