#!/usr/bin/env python3
"""
The PDF writers draw the same pages, whichever reader draws them.

Each document is set with faces of both kinds of outlines (TrueType, which all
writers embed, and the usual list with CFF), written by each writer, and turned
into grey pixels at 72 dpi by poppler, MuPDF and, where it is there, PDFium. What
`cairo` wrote is what the others are compared with. The writers place glyphs
within some hundredths of a point of each other (libharu by character, with
widths cut to thousandths of an em), and a thin rule is snapped to a row of pixels,
so that a thousandth of a point may move it by one row. Tolerance, for every page:

    MEAN    mean difference of all pixels, of 255
    STRAYS  pixels that differ by more than FAR shades from all nine pixels of
            the other page around the same place

On nearly all pages both are 0. One character that is missing, or a rule two
pixels off, breaks them: see Tolerance below.
"""
import functools
import os
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(
    os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
import program  # noqa: E402
import structure  # noqa: E402

LISTS = {'truetype': os.path.join(program.ROOT, 'fonts', 'fonts-truetype.xml'),
         'usual': os.path.join(program.ROOT, 'fonts', 'fonts.xml')}
FAR = 96
MEAN = 2.0
STRAYS = 8


def render(data, writer, faces):
    out = os.path.join(program.scratch(), '%s-%s-%s.pdf' % (
        program.name_of(data), writer, faces))
    if not os.path.exists(out):
        subprocess.run([program.PROGRAM, 'render', data, '--to', 'pdf', '-o', out,
                        '--writer', writer, '--fonts', LISTS[faces]], check=True)
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


def poppler(path):
    return subprocess.run(['pdftoppm', '-r', '72', '-gray', path],
                          capture_output=True, check=True).stdout


def mupdf(path):
    return subprocess.run(['mutool', 'draw', '-q', '-r', '72', '-c', 'gray', '-F', 'pgm',
                           '-o', '-', path], capture_output=True, check=True).stdout


def pdfium(path):
    pages = structure.pdfium(path, '72', path)['pages']
    return b''.join(open('%s-%d.pgm' % (path, i + 1), 'rb').read() for i in range(len(pages)))


READERS = [poppler, mupdf] + [pdfium] * (structure.pdfium_folder() is not None)


@functools.lru_cache(maxsize=4)
def rasters(reader, path):
    return read_pgms(reader(path))


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
    def assert_same_pages(self, data, writer, faces, reader):
        one, other = (rasters(reader, render(data, w, faces)) for w in ('cairo', writer))
        self.assertEqual(len(one), len(other))
        for number, (page, again) in enumerate(zip(one, other), 1):
            words = {'document': program.name_of(data), 'page': number, 'writer': writer,
                     'faces': faces, 'reader': reader.__name__}
            with self.subTest(**words):
                self.assertEqual((page.width, page.height), (again.width, again.height))
                mean, strays = compare(page, again)
                if os.environ.get('VERBOSE'):
                    print('%s: mean %.3f, %d strays' % (
                        ' '.join(str(w) for w in words.values()), mean, strays))
                self.assertLessEqual(mean, MEAN)
                self.assertLessEqual(strays, STRAYS)

    def test_pdf_draws_what_cairo_draws(self):
        for data in program.documents():
            for faces in LISTS:
                for reader in READERS:
                    self.assert_same_pages(data, 'pdf', faces, reader)

    def test_haru_draws_what_cairo_draws(self):
        for data in program.documents():
            self.assert_same_pages(data, 'haru', 'truetype', poppler)


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
