"""
Font programs, as far as widths and the glyphs that are there: sfnt with glyf,
and CFF (Adobe technical notes 5176 and 5177).

Both give `widths` in 1/1000 em by glyph id, `count` of glyphs, `drawn` (ids
whose outline is not empty) and `gid_of(cid)`.
"""
import struct

from .objects import Broken


class TrueType:
    is_cid_keyed = False
    charset = None

    def __init__(self, data):
        self.tables = {}
        try:
            self.read(data)
        except (struct.error, IndexError, KeyError, ZeroDivisionError) as error:
            raise Broken('TrueType font program: %r' % error)

    def read(self, data):
        if data[:4] not in (b'\0\1\0\0', b'true'):
            raise Broken('no TrueType font program')
        for i in range(struct.unpack('>H', data[4:6])[0]):
            tag, _, start, size = struct.unpack('>4sLLL', data[12 + 16 * i:28 + 16 * i])
            if start + size > len(data):
                raise Broken('TrueType table %r leaves the file' % tag)
            self.tables[tag.decode('latin-1')] = data[start:start + size]
        em = struct.unpack('>H', self.tables['head'][18:20])[0]
        self.count = struct.unpack('>H', self.tables['maxp'][4:6])[0]
        metrics = struct.unpack('>H', self.tables['hhea'][34:36])[0]
        hmtx = self.tables['hmtx']
        advances = [struct.unpack('>H', hmtx[4 * i:4 * i + 2])[0] for i in range(metrics)]
        advances += advances[-1:] * (self.count - metrics)
        self.widths = [1000 * advance / em for advance in advances]
        self.read_outlines()

    def read_outlines(self):
        long = struct.unpack('>h', self.tables['head'][50:52])[0]
        loca = self.tables['loca']
        offsets = struct.unpack('>%d%s' % (self.count + 1, 'L' if long else 'H'),
                                loca[:(self.count + 1) * (4 if long else 2)])
        offsets = [o if long else 2 * o for o in offsets]
        if offsets != sorted(offsets) or offsets[-1] > len(self.tables['glyf']):
            raise Broken('loca is not in order or leaves glyf')
        self.drawn = {i for i in range(self.count) if offsets[i] < offsets[i + 1]}

    def gid_of(self, cid):
        return cid


class Cff:
    STEMS = (1, 3, 18, 23)
    MASKS = (19, 20)
    MOVES = {21: 2, 22: 1, 4: 1}

    def __init__(self, data):
        try:
            self.read(data)
        except (struct.error, IndexError, KeyError) as error:
            raise Broken('CFF font program: %r' % error)

    def read(self, data):
        self.data = data
        names, at = self.index(data[2])
        tops, at = self.index(at)
        self.strings, at = self.index(at)
        self.global_subrs, _ = self.index(at)
        top = self.dictionary(tops[0])
        self.is_cid_keyed = 1230 in top
        self.charstrings, _ = self.index(top[17][0])
        self.count = len(self.charstrings)
        self.charset = self.read_charset(int(top.get(15, [0])[0]))
        if len(set(self.charset)) != self.count:
            raise Broken('CFF charset: a CID twice')
        self.gids = {cid: gid for gid, cid in enumerate(self.charset)}
        scale = 1000 * top.get(1207, [0.001])[0]
        if self.is_cid_keyed:
            fonts, _ = self.index(top[1236][0])
            fonts = [self.dictionary(f) for f in fonts]
            select = self.read_select(top[1237][0])
        else:
            fonts, select = [top], [0] * self.count
        privates = [self.private(f) for f in fonts]
        scales = [scale * (1000 * f[1207][0] if f is not top and 1207 in f else 1)
                  for f in fonts]
        self.widths = [self.width(gid, privates[select[gid]]) * scales[select[gid]]
                       for gid in range(self.count)]
        self.drawn = {i for i, c in enumerate(self.charstrings) if len(c) > 6}

    def gid_of(self, cid):
        return self.gids.get(cid) if self.is_cid_keyed else cid

    def index(self, at):
        """The items, and where the next thing begins."""
        data = self.data
        count = struct.unpack('>H', data[at:at + 2])[0]
        if count == 0:
            return [], at + 2
        size = data[at + 2]
        offsets = [int.from_bytes(data[at + 3 + i * size:at + 3 + (i + 1) * size], 'big')
                   for i in range(count + 1)]
        base = at + 2 + (count + 1) * size
        if offsets[0] != 1 or offsets != sorted(offsets) or base + offsets[-1] > len(data):
            raise Broken('CFF: offsets of an INDEX')
        return [data[base + a:base + b] for a, b in zip(offsets, offsets[1:])], base + offsets[-1]

    @staticmethod
    def dictionary(data):
        out, operands, at = {}, [], 0
        while at < len(data):
            b = data[at]
            at += 1
            if b <= 21:
                if b == 12:
                    b, at = 1200 + data[at], at + 1
                out[b], operands = operands, []
            elif b == 28:
                operands.append(struct.unpack('>h', data[at:at + 2])[0])
                at += 2
            elif b == 29:
                operands.append(struct.unpack('>i', data[at:at + 4])[0])
                at += 4
            elif b == 30:
                digits = ''
                while not digits.endswith('f'):
                    digits += '%02x' % data[at]
                    at += 1
                digits = digits[:digits.index('f')]
                operands.append(float(digits.replace('a', '.').replace('c', 'E-')
                                      .replace('b', 'E').replace('e', '-')))
            elif b <= 246:
                operands.append(b - 139)
            else:
                operands.append((b - 247) * 256 + data[at] + 108 if b <= 250
                                else -(b - 251) * 256 - data[at] - 108)
                at += 1
        return out

    def read_charset(self, at):
        if at <= 2:
            return list(range(self.count))
        data, kind, out = self.data, self.data[at], [0]
        at += 1
        while len(out) < self.count:
            first = struct.unpack('>H', data[at:at + 2])[0]
            left = 0
            if kind > 0:
                left = int.from_bytes(data[at + 2:at + 2 + kind], 'big')
            out += range(first, first + left + 1)
            at += 2 + kind
        return out[:self.count]

    def read_select(self, at):
        data = self.data
        if data[at] == 0:
            return list(data[at + 1:at + 1 + self.count])
        ranges = struct.unpack('>H', data[at + 1:at + 3])[0]
        out = []
        for i in range(ranges):
            row = at + 3 + 3 * i
            first, font, end = struct.unpack('>HBH', data[row:row + 5])
            out += [font] * (end - first)
        return out

    def private(self, font):
        size, at = (int(v) for v in font[18])
        private = self.dictionary(self.data[at:at + size])
        subrs = self.index(at + int(private[19][0]))[0] if 19 in private else []
        return private.get(20, [0])[0], private.get(21, [0])[0], subrs

    def width(self, gid, private):
        default, nominal, subrs = private
        _, found = self.first_operator(self.charstrings[gid], subrs, [], 0)
        return default if found is None else nominal + found

    def first_operator(self, code, subrs, stack, depth):
        """Whether one that clears the stack was met, and the width before it or None."""
        at = 0
        if depth > 10:
            raise Broken('CFF: subroutines without end')
        while at < len(code):
            b = code[at]
            at += 1
            if b in self.STEMS or b in self.MASKS:
                return True, stack[0] if len(stack) % 2 else None
            if b in self.MOVES:
                return True, stack[0] if len(stack) > self.MOVES[b] else None
            if b == 14:
                return True, stack[0] if len(stack) in (1, 5) else None
            if b in (10, 29):
                table = subrs if b == 10 else self.global_subrs
                bias = 107 if len(table) < 1240 else 1131 if len(table) < 33900 else 32768
                met, found = self.first_operator(
                    table[int(stack.pop()) + bias], subrs, stack, depth + 1)
                if met:
                    return True, found
            elif b == 11:
                break
            elif b == 28:
                stack.append(struct.unpack('>h', code[at:at + 2])[0])
                at += 2
            elif b == 255:
                stack.append(struct.unpack('>i', code[at:at + 4])[0] / 65536)
                at += 4
            elif b >= 32:
                if b <= 246:
                    stack.append(b - 139)
                else:
                    stack.append((b - 247) * 256 + code[at] + 108 if b <= 250
                                 else -(b - 251) * 256 - code[at] - 108)
                    at += 1
            else:
                raise Broken('CFF: operator %d before any stem or move' % b)
        return False, None
