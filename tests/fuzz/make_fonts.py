#!/usr/bin/env python3
"""Makes corpus/font/: tiny fonts with outlines of our own, good and broken.

    tests/fuzz/make_fonts.py

The good ones are also read by unit/test_pdf_font.c.
"""
import pathlib
import struct

UNITS = 1000


def sfnt(tables, version=b"\0\1\0\0", before=0):
    """A font file of {tag: bytes}, `before` bytes into another; no checksums."""
    directory, data = b"", b""
    start = before + 12 + 16 * len(tables)
    for tag, table in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag.encode(), 0,
                                 start + len(data), len(table))
        data += table + b"\0" * (-len(table) % 4)
    return version + struct.pack(">HHHH", len(tables), 0, 0, 0) + directory + data


def name_table(text):
    """Family and PostScript name."""
    encoded = text.encode("utf-16-be")
    records = [struct.pack(">6H", 3, 1, 0x409, kind, len(encoded), 0) for kind in (1, 6)]
    return struct.pack(">HHH", 0, 2, 30) + b"".join(records) + encoded


def common(advances, name):
    head = struct.pack(">IIIIHHQQhhhhHHhhh", 0x10000, 0, 0, 0x5F0F3CF5, 3, UNITS,
                       0, 0, -100, -200, 1100, 900, 0, 8, 2, 1, 0)
    hhea = struct.pack(">IhhhH3h9H", 0x10000, 880, -120, 0, 1000,
                       0, 0, 0, 1, *[0] * 7, len(advances))
    hmtx = b"".join(struct.pack(">Hh", advance, 0) for advance in advances)
    os2 = struct.pack(">HhHHH", 3, 500, 400, 5, 0)
    os2 += b"\0" * (68 - len(os2)) + struct.pack(">hh", 880, -120)
    os2 += b"\0" * (88 - len(os2)) + struct.pack(">h", 700) + b"\0" * 6
    return {"head": head, "hhea": hhea, "hmtx": hmtx, "OS/2": os2,
            "name": name_table(name)}


# --- TrueType -------------------------------------------------------------------

def simple(*contours):
    """Contours of (x, y, on); coordinates in words, no instructions."""
    points = [point for contour in contours for point in contour]
    ends, at = b"", -1
    for contour in contours:
        at += len(contour)
        ends += struct.pack(">H", at)
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    data = struct.pack(">hhhhh", len(contours), min(xs), min(ys), max(xs), max(ys))
    data += ends + struct.pack(">H", 0) + bytes(int(p[2]) for p in points)
    for values in xs, ys:
        last = 0
        for value in values:
            data += struct.pack(">h", value - last)
            last = value
    return data + b"\0" * (-len(data) % 4)


def composite(*parts):
    """Parts of (glyph, x, y), (glyph, x, y, scale) or (glyph, 'at', 1st, 2nd)."""
    data = struct.pack(">hhhhh", -1, 0, 0, 0, 0)
    for i, part in enumerate(parts):
        more = 0x20 if i + 1 < len(parts) else 0
        if part[1] == "at":
            data += struct.pack(">HHHH", 1 | more, part[0], part[2], part[3])
            continue
        scaled = len(part) > 3
        data += struct.pack(">HHhh", 3 | more | (8 if scaled else 0), *part[:3])
        if scaled:
            data += struct.pack(">h", round(part[3] * 16384))
    return data + b"\0" * (-len(data) % 4)


def truetype(glyphs, count=None, before=0, name="Test-TrueType"):
    count = len(glyphs) if count is None else count
    loca, glyf = b"", b""
    for glyph in glyphs:
        loca += struct.pack(">I", len(glyf))
        glyf += glyph
    loca += struct.pack(">I", len(glyf))
    maxp = struct.pack(">IH13H", 0x10000, count, 500, 50, 500, 50, *[0] * 7, 20, 6)
    advances = [500 + 10 * i for i in range(min(count, 300))]
    tables = common(advances, name)
    return sfnt({**tables, "maxp": maxp, "loca": loca, "glyf": glyf}, before=before)


BOX = [(100, 0, 1), (400, 0, 1), (400, 700, 1), (100, 700, 1)]
ROUND = [(100, 0, 1), (300, 0, 0), (500, 200, 0), (300, 400, 1), (100, 200, 0)]
OFF = [(0, 0, 0), (200, 0, 0), (200, 200, 0), (0, 200, 0)]

GLYPHS = [simple(BOX), simple(BOX, ROUND), simple(OFF), b"",
          composite((1, 50, -20), (2, 300, 300)), composite((4, 0, 0, 0.5)),
          composite((1, 0, 0), (2, "at", 2, 1)),
          simple([(x, x * x % 700, 1) for x in range(0, 900, 40)])]


# --- CFF ------------------------------------------------------------------------

def number(value):
    if value != int(value):
        return b"\xff" + struct.pack(">i", round(value * 65536))
    if -107 <= value <= 107:
        return bytes([value + 139])
    return b"\x1c" + struct.pack(">h", value)


def charstring(text):
    """Numbers and names of operators, in words."""
    names = {"hstem": 1, "vstem": 3, "vmoveto": 4, "rlineto": 5, "hlineto": 6,
             "vlineto": 7, "rrcurveto": 8, "callsubr": 10, "return": 11,
             "endchar": 14, "hstemhm": 18, "rmoveto": 21, "hmoveto": 22,
             "vstemhm": 23, "rcurveline": 24, "rlinecurve": 25, "vvcurveto": 26,
             "hhcurveto": 27, "callgsubr": 29, "vhcurveto": 30, "hvcurveto": 31}
    escapes = {"hflex": 34, "flex": 35, "hflex1": 36, "flex1": 37}
    out = b""
    for word in text.split():
        if word.startswith("hintmask:"):
            out += bytes([19, int(word[9:], 16)])
        elif word in names:
            out += bytes([names[word]])
        elif word in escapes:
            out += bytes([12, escapes[word]])
        else:
            out += number(float(word) if "." in word else int(word))
    return out


def index(items):
    if not items:
        return b"\0\0"
    out, at = struct.pack(">HB", len(items), 4), 1
    for item in items:
        out += struct.pack(">I", at)
        at += len(item)
    return out + struct.pack(">I", at) + b"".join(items)


def entry(operator, *values):
    return b"".join(b"\x1d" + struct.pack(">i", v) for v in values) + operator


def cff(strings, global_subrs, local_subrs, cid=False):
    """One Private for a name-keyed font; two font DICTs for a CID-keyed one, which
    take turns."""
    count = len(strings)
    offsets = dict.fromkeys(("charset", "select", "array", "strings", "private"), 0)
    for _ in range(2):
        top = b""
        if cid:
            top += entry(b"\x0c\x1e", 391, 392, 0) + entry(b"\x0c\x22", count)
            top += entry(b"\x0c\x24", offsets["array"])
            top += entry(b"\x0c\x25", offsets["select"])
        else:
            top += entry(b"\x12", 12, offsets["private"])
        top += entry(b"\x0f", offsets["charset"]) + entry(b"\x11", offsets["strings"])
        out = b"\1\0\4\4" + index([b"Test-CFF"]) + index([top])
        out += index([b"Adobe", b"Identity"]) + index(global_subrs)
        offsets["charset"] = len(out)
        out += struct.pack(">BHH", 2, 1, count - 2)
        offsets["select"] = len(out)
        out += b"\0" + bytes(i % 2 for i in range(count))
        offsets["strings"] = len(out)
        out += index(strings)
        offsets["private"] = len(out)
        # defaultWidthX 500, nominalWidthX 600 need no more than the rest does
        out += entry(b"\x14", 500) + entry(b"\x13", 12)
        out += index(local_subrs)
        offsets["array"] = len(out)
        private = entry(b"\x12", 12, offsets["private"])
        out += index([private, private])
    return out


def opentype(table, count):
    maxp = struct.pack(">IH", 0x5000, count)
    advances = [500 + 10 * i for i in range(min(count, 300))]
    tables = common(advances, "Test-CFF")
    return sfnt({**tables, "maxp": maxp, "CFF ": table}, b"OTTO")


STRINGS = [charstring(text) for text in (
    "100 0 rmoveto 300 hlineto 700 vlineto -300 hlineto endchar",
    "10 20 rmoveto 100 200 300 hlineto 50 60 70 80 90 -100 rrcurveto endchar",
    "-107 callsubr endchar",
    "-107 callgsubr endchar",
    "-106 callgsubr -106 callsubr endchar",
    "10 20 hstemhm 30 40 vstemhm hintmask:c0 100 200 rmoveto hintmask:80"
    " 50 60 70 80 hvcurveto -100 vlineto endchar",
    "100 100 rmoveto 10 20 30 40 50 60 70 hflex 1 2 3 4 5 6 7 8 9 10 11 -66 50 flex"
    " 10 5 20 6 30 40 50 7 60 hflex1 1 2 3 4 5 6 7 8 9 10 11 flex1 endchar",
    "10.5 20.25 rmoveto 100.5 0 0 99.5 rlineto 1.5 2 3 4 5.25 rrcurveto endchar",
    "0 0 rmoveto 10 20 30 40 50 vhcurveto 5 6 7 8 9 hhcurveto 5 6 7 8 9 vvcurveto"
    " 1 2 3 4 5 6 7 8 rcurveline 1 2 3 4 5 6 7 8 rlinecurve endchar",
    "endchar",
)]
GLOBALS = [charstring("200 300 rmoveto 100 100 100 hlineto return"),
           charstring("-107 callgsubr 40 50 rmoveto return")]
LOCALS = [charstring("5 6 rmoveto -105 callsubr return"),
          charstring("70 80 rlineto return"),
          charstring("10 20 30 40 50 60 rrcurveto return")]


def bombs():
    """What a careless reader would follow for ever."""
    fan = [composite(*[(i + 1, 0, 0)] * 8) for i in range(24)] + [simple(BOX)]
    call = charstring("-106 callsubr")
    calls = [charstring(" ".join(["%d callsubr" % (i - 106)] * 9) + " return")
             for i in range(9)] + [charstring("1 1 rlineto return")]
    return {
        "composite-loop.ttf": truetype([composite((0, 0, 0)), composite((2, 0, 0)),
                                        composite((1, 0, 0), (2, 5, 5))]),
        "composite-fan.ttf": truetype(fan),
        "empty-fan.ttf": truetype(fan[:-1] + [b""]),  # no points to be counted
        "subr-loop.otf": opentype(cff([call] * 4, [], [call, call]), 4),
        "subr-fan.otf": opentype(cff([charstring("0 0 rmoveto -107 callsubr")] * 4,
                                     [], calls), 4),
        "many-glyphs.ttf": truetype([simple(BOX)] * 3, count=65535),
        "many-glyphs.otf": opentype(cff(STRINGS, GLOBALS, LOCALS), 65535),
        "far.otf": opentype(cff([STRINGS[0], charstring(
            "0 0 rmoveto " + "32767 32767 rlineto " * 20 + "endchar")], [], []), 2),
    }


def main():
    folder = pathlib.Path(__file__).parent / "corpus" / "font"
    folder.mkdir(parents=True, exist_ok=True)
    count = len(STRINGS)
    fonts = {
        "simple.ttf": truetype(GLYPHS),
        "name-keyed.otf": opentype(cff(STRINGS, GLOBALS, LOCALS), count),
        "cid-keyed.otf": opentype(cff(STRINGS, GLOBALS, LOCALS, cid=True), count),
        **bombs(),
    }
    fonts["instructed.ttf"] = truetype(GLYPHS, name="MingLiU")  # or so it says
    collection = struct.pack(">4sHHII", b"ttcf", 1, 0, 1, 16)
    fonts["collection.ttc"] = collection + truetype(GLYPHS, before=len(collection))
    for name in "simple.ttf", "name-keyed.otf", "cid-keyed.otf":
        whole = fonts[name]
        for part in 3, 6, 8:
            fonts["cut%d-%s" % (part, name)] = whole[:len(whole) * part // 9]
    for name, font in fonts.items():
        (folder / name).write_bytes(font)


if __name__ == "__main__":
    main()
