#!/usr/bin/env python3
"""
The two PDF writers draw the same pages.

Each document is set once with faces that both can embed (TrueType), drawn by
both, and turned into grey pixels by poppler at 72 dpi. The writers place glyphs
within some hundredths of a point of each other (libharu by character, with
widths cut to thousandths of an em), and poppler snaps a thin rule to a row of
pixels, so that a thousandth of a point may move it by one row. Tolerance, for
every page:

    MEAN    mean difference of all pixels, of 255
    STRAYS  pixels that differ by more than FAR shades from all nine pixels of
            the other page around the same place

On nearly all pages both are 0. One character that is missing, or a rule two
pixels off, breaks them: see Tolerance below.
"""
import os
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(
    os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
import program  # noqa: E402

FONTS = os.path.join(program.ROOT, 'fonts', 'fonts-truetype.xml')
FAR = 96
MEAN = 2.0
STRAYS = 8


def render(data, writer):
    out = os.path.join(program.scratch(), '%s-%s-truetype.pdf' % (
        program.name_of(data), writer))
    subprocess.run([program.PROGRAM, 'render', data, '--to', 'pdf', '-o', out,
                    '--writer', writer, '--fonts', FONTS], check=True)
    return out


class Raster:
    """A page in grey: width, height, one byte a pixel."""

    def __init__(self, width, height, pixels):
        self.width, self.height, self.pixels = width, height, pixels

    def row(self, y):
        return self.pixels[y * self.width:(y + 1) * self.width]


def read_pgms(stream):
    """All pages of the binary PGM images that follow each other."""
    pages, at = [], 0
    while at < len(stream):
        magic, width, height, depth = stream[at:at + 64].split(None, 4)[:4]
        assert magic == b'P5' and depth == b'255', (magic, depth)
        # One blank ends the head; poppler writes it in three lines.
        start = at
        for _ in range(3):
            start = stream.index(b'\n', start) + 1
        size = int(width) * int(height)
        pages.append(Raster(int(width), int(height),
                            stream[start:start + size]))
        at = start + size
    return pages


def rasters(path):
    done = subprocess.run(['pdftoppm', '-r', '72', '-gray', path],
                          capture_output=True, check=True)
    return read_pgms(done.stdout)


def is_stray(value, other, x, y):
    """Whether nothing around (x, y) of the other page is near this value."""
    left, right = max(x - 1, 0), min(x + 2, other.width)
    around = [p for row in range(max(y - 1, 0), min(y + 2, other.height))
              for p in other.row(row)[left:right]]
    return not min(around) - FAR <= value <= max(around) + FAR


def compare(one, other):
    """Mean difference, and how many pixels are strays, seen from either side."""
    total = strays = 0
    for y in range(one.height):
        a, b = one.row(y), other.row(y)
        if a == b:
            continue
        for x, (p, q) in enumerate(zip(a, b)):
            difference = abs(p - q)
            total += difference
            if difference > FAR and (is_stray(p, other, x, y) or
                                     is_stray(q, one, x, y)):
                strays += 1
    return total / (one.width * one.height), strays


class Rasters(unittest.TestCase):
    def test_writers_draw_the_same(self):
        for data in program.documents():
            name = program.name_of(data)
            cairo, haru = (rasters(render(data, w)) for w in ('cairo', 'haru'))
            self.assertEqual(len(cairo), len(haru), name)
            for number, (one, other) in enumerate(zip(cairo, haru), 1):
                with self.subTest(document=name, page=number):
                    self.assertEqual((one.width, one.height),
                                     (other.width, other.height))
                    mean, strays = compare(one, other)
                    if os.environ.get('VERBOSE'):
                        print('%s %d: mean %.3f, %d strays' % (
                            name, number, mean, strays))
                    self.assertLessEqual(mean, MEAN)
                    self.assertLessEqual(strays, STRAYS)


class Tolerance(unittest.TestCase):
    """What the comparison lets pass and what not."""

    def setUp(self):
        self.white = Raster(100, 100, bytes([255]) * 10000)

    def with_box(self, left, top, width, height, shade=0):
        pixels = bytearray(self.white.pixels)
        for y in range(top, top + height):
            pixels[y * 100 + left:y * 100 + left + width] = \
                bytes([shade]) * width
        return Raster(100, 100, bytes(pixels))

    def test_same_page_passes(self):
        page = self.with_box(10, 10, 50, 1)
        self.assertEqual(compare(page, page), (0, 0))

    def test_rule_snapped_to_the_next_row_is_no_stray(self):
        self.assertEqual(compare(self.with_box(10, 10, 50, 1),
                                 self.with_box(10, 11, 50, 1))[1], 0)

    def test_rule_two_rows_off_is_found(self):
        self.assertGreater(compare(self.with_box(10, 10, 50, 1),
                                   self.with_box(10, 12, 50, 1))[1], STRAYS)

    def test_missing_stroke_is_found(self):
        self.assertGreater(
            compare(self.with_box(10, 10, 10, 1), self.white)[1], STRAYS)

    def test_missing_shade_of_a_cell_is_found(self):
        self.assertGreater(
            compare(self.with_box(0, 0, 100, 20, 220), self.white)[0], MEAN)


if __name__ == '__main__':
    unittest.main()
