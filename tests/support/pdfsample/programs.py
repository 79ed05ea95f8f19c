"""Tiny font programs and an sRGB profile, made from nothing."""
import struct

BOX = (50, 0, 450, 700)


def truetype(widths):
    """Glyphs are boxes; the last one is empty."""
    count = len(widths)
    x0, y0, x1, y1 = BOX
    glyph = struct.pack('>hhhhhHH', 1, x0, y0, x1, y1, 3, 0) + bytes([1] * 4) + \
        struct.pack('>4h4h', x0, 0, x1 - x0, 0, y0, y1 - y0, 0, y0 - y1)
    outlines = [glyph] * (count - 1) + [b'']
    loca, at = [], 0
    for outline in outlines:
        loca.append(at)
        at += len(outline)
    tables = {
        b'head': struct.pack('>LLLLHHQQhhhhHHhhh', 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0,
                             0, x0, y0, x1, y1, 0, 8, 2, 1, 0),
        b'hhea': struct.pack('>LhhhHhhhhhh8xhH', 0x10000, 800, -200, 0, max(widths), 50, 50, 450,
                             1, 0, 0, 0, count),
        b'maxp': struct.pack('>LHHHHHHHHHHHHHH', 0x10000, count, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0,
                             0, 0, 0),
        b'hmtx': b''.join(struct.pack('>Hh', w, x0) for w in widths),
        b'loca': struct.pack('>%dL' % (count + 1), *loca, at),
        b'glyf': b''.join(outlines),
    }
    return sfnt(tables)


def checksum(data):
    data += b'\0' * (-len(data) % 4)
    return sum(struct.unpack('>%dL' % (len(data) // 4), data)) & 0xffffffff


def sfnt(tables):
    head = struct.pack('>LHHHH', 0x10000, len(tables), 64, 2, len(tables) * 16 - 64)
    body, at = b'', 12 + 16 * len(tables)
    for tag in sorted(tables):
        data = tables[tag]
        head += struct.pack('>4sLLL', tag, checksum(data), at + len(body), len(data))
        body += data + b'\0' * (-len(data) % 4)
    return head + body


# --- CFF --------------------------------------------------------------------------


def number(value):
    return b'\x1d' + struct.pack('>i', value)


def index(items):
    if not items:
        return b'\0\0'
    offsets, at = [1], 1
    for item in items:
        at += len(item)
        offsets.append(at)
    return struct.pack('>HB', len(items), 4) + struct.pack(
        '>%dL' % len(offsets), *offsets) + b''.join(items)


def charstring(value):
    return b'\x1c' + struct.pack('>h', value)


def cff(widths, cids):
    """CID-keyed; glyph 0 is CID 0, then `cids`. Widths are relative to 500."""
    nominal = 500
    glyphs = []
    for width in widths:
        glyphs.append(charstring(width - nominal) + charstring(50) + charstring(0) + b'\x15' +
                      charstring(400) + b'\x06' + charstring(700) + b'\x07' + charstring(-400) +
                      b'\x06' + b'\x0e')
    charset = b'\0' + b''.join(struct.pack('>H', c) for c in cids)
    select = b'\3' + struct.pack('>HHBH', 1, 0, 0, len(widths))
    private = number(0) + b'\x14' + number(nominal) + b'\x15'
    strings = index([b'Adobe', b'Identity'])
    prefix = b'\1\0\4\4' + index([b'Sample'])
    empty = index([])

    def top(charset_at, select_at, glyphs_at, fonts_at):
        return index([number(391) + number(392) + number(0) + b'\x0c\x1e' +
                      number(charset_at) + b'\x0f' + number(select_at) + b'\x0c\x25' +
                      number(glyphs_at) + b'\x11' + number(fonts_at) + b'\x0c\x24'])
    at = len(prefix + top(0, 0, 0, 0) + strings + empty)
    places = [at, at + len(charset), at + len(charset) + len(select)]
    private_at = places[2] + len(index(glyphs))
    places.append(private_at + len(private))
    font = number(len(private)) + number(private_at) + b'\x12'
    return prefix + top(*places) + strings + empty + charset + select + index(glyphs) + \
        private + index([font])


# --- ICC -------------------------------------------------------------------------


def icc():
    """A matrix profile of version 2.1 with the primaries of sRGB and gamma 2.2."""
    def xyz(*values):
        return b'XYZ \0\0\0\0' + struct.pack('>3l', *(round(v * 65536) for v in values))
    text = b'sRGB\0'
    description = b'desc\0\0\0\0' + struct.pack('>L', len(text)) + text + bytes(8 + 3 + 67)
    curve = b'curv\0\0\0\0' + struct.pack('>LH', 1, round(2.2 * 256)) + b'\0\0'
    tags = [(b'desc', description), (b'cprt', b'text\0\0\0\0free\0\0\0\0'),
            (b'wtpt', xyz(0.9642, 1, 0.8249)),
            (b'rXYZ', xyz(0.4361, 0.2225, 0.0139)), (b'gXYZ', xyz(0.3851, 0.7169, 0.0971)),
            (b'bXYZ', xyz(0.1431, 0.0606, 0.7141)),
            (b'rTRC', curve), (b'gTRC', curve), (b'bTRC', curve)]
    table, body = struct.pack('>L', len(tags)), b''
    at = 132 + 12 * len(tags)
    for tag, data in tags:
        data += b'\0' * (-len(data) % 4)
        table += struct.pack('>4sLL', tag, at + len(body), len(data))
        body += data
    size = at + len(body)
    head = struct.pack('>L4sL4s4s4s6H4sLLLLQL3lL', size, b'\0\0\0\0', 0x02100000, b'mntr',
                       b'RGB ', b'XYZ ', 2000, 1, 1, 0, 0, 0, b'acsp', 0, 0, 0, 0, 0, 0,
                       round(0.9642 * 65536), 65536, round(0.8249 * 65536), 0)
    return head + bytes(128 - len(head)) + table + body
