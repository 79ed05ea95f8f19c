# A PNG that says it has 60 000 x 60 000 pixels.
import struct, zlib

def chunk(kind, body):
    crc = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)

header = struct.pack(">IIBBBBB", 60000, 60000, 8, 6, 0, 0, 0)
with open("picture.png", "wb") as f:
    f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
            + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b""))
