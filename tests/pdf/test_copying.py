#!/usr/bin/env python3
"""
Text copied out of the PDFs is the text that went in, white space aside.

Read by poppler (pdftotext), MuPDF (mutool) and, where Node.js and libjs-pdf are
installed, pdf.js; for every PDF writer. The text has every ideograph of GB 2312 -
levels 1 and 2 of GB 18030 -, all of its marks and symbols that the faces have, and
whatever stands in the five disclosure documents, in the roles of the font list.
"""
import functools
import os
import shutil
import subprocess
import sys
import unicodedata
import unittest
from xml.sax.saxutils import escape

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'support'))
import pages  # noqa: E402
import program  # noqa: E402
from grid import squeeze  # noqa: E402

WRITERS = ['cairo', 'haru', 'pdf']
ROLES = ['song', 'fang', 'kai', 'hei']
NODE = shutil.which('node') or shutil.which('nodejs')
PDFJS = '/usr/share/nodejs/pdfjs-dist/build/pdf.js'
LINE = 40  # characters of a paragraph

LAYOUT = '''<layout xmlns="urn:gongshi:layout:1" name="copying" lang="zh-CN">
  <page name="p" size="A4" margin="15mm"/>
  <body><section page="p"><p each="line" font="%s" size="10pt">{.}</p></section></body>
</layout>
'''


def rows(first, last):
    """Characters of these rows of GB 2312."""
    for row in range(first, last + 1):
        for cell in range(1, 95):
            try:
                yield bytes((0xA0 + row, 0xA0 + cell)).decode('gb2312')
            except UnicodeDecodeError:
                pass


def documents():
    """All characters of the five, as they are in their data."""
    text = set()
    for data in program.disclosures():
        with open(data, encoding='utf-8') as file:
            text |= set(file.read())
    return sorted(c for c in text if c.isprintable())


def covered(role, writer, characters):
    """Those that a face of the role has."""
    command = [program.PROGRAM, 'fonts', '--lang', 'en',
               '--coverage', ''.join(characters)]
    if writer == 'haru':
        command += ['--writer', 'haru']
    out = subprocess.run(command, capture_output=True, text=True).stdout
    missing, inside = set(), False
    for line in out.splitlines():
        if not line.startswith(' '):
            inside = line == role
        elif inside and line.startswith('    U+'):
            missing.add(chr(int(line.split()[0][2:], 16)))
    return [c for c in characters if c not in missing]


@functools.lru_cache(maxsize=None)
def case(role, writer):
    """(the text, the path of the PDF)."""
    ideographs = list(rows(16, 87))
    assert len(ideographs) == 6763
    signs = [c for c in list(rows(1, 9)) + documents()
             if not c.isspace() and ord(c) < 0x10000]
    text = ideographs + covered(role, writer, signs)
    folder = program.scratch()
    name = 'copying-%s-%s' % (role, writer)
    with open(os.path.join(folder, name + '-layout.xml'), 'w', encoding='utf-8') as out:
        out.write(LAYOUT % role)
    lines = [''.join(text[i:i + LINE]) for i in range(0, len(text), LINE)]
    data = os.path.join(folder, name + '.xml')
    with open(data, 'w', encoding='utf-8') as out:
        out.write('<d>%s</d>' % ''.join(
            '<line>%s</line>' % escape(line) for line in lines))
    path = os.path.join(folder, name + '.pdf')
    subprocess.run(
        [program.PROGRAM, 'render', data, '-l',
         os.path.join(folder, name + '-layout.xml'), '-o', path,
         '--writer', writer], check=True)
    return ''.join(lines), path


def poppler(path):
    return subprocess.run(['pdftotext', '-raw', path, '-'], capture_output=True,
                          check=True).stdout.decode('utf-8')


def mupdf(path):
    return subprocess.run(['mutool', 'draw', '-q', '-F', 'txt', '-o', '-', path],
                          capture_output=True, check=True).stdout.decode('utf-8')


def pdfjs(path):
    return subprocess.run(
        [NODE, os.path.join(HERE, '..', 'support', 'copy_text.js'), path],
        capture_output=True, check=True,
        env={**os.environ, 'NODE_PATH': '/usr/share/nodejs'}).stdout.decode('utf-8')


def characters(text):
    """In order of code points, without the dots of leaders."""
    return sorted(c for c in squeeze(text) if c != '.')


def first_difference(got, want):
    for i, (a, b) in enumerate(zip(got, want)):
        if a != b:
            return 'at %d: %r, expected %r (U+%04X)' % (
                i, got[i:i + 8], want[i:i + 8], ord(b))
    return '%d characters, expected %d' % (len(got), len(want))


def same(text):
    return text


def compatible(text):
    """pdf.js 2 takes compatibility characters apart: … is three dots to it."""
    return unicodedata.normalize('NFKC', text)


READERS = [(poppler, same)]
if shutil.which('mutool'):
    READERS.append((mupdf, same))
if NODE and os.path.exists(PDFJS):
    READERS.append((pdfjs, compatible))


class Copying(unittest.TestCase):
    def check(self, reader, form):
        for writer in WRITERS:
            for role in ROLES:
                with self.subTest(writer=writer, role=role):
                    text, path = case(role, writer)
                    got = squeeze(form(reader(path)))
                    want = squeeze(form(text))
                    self.assertTrue(got == want, first_difference(got, want))

    def test_every_character_is_what_it_was(self):
        for reader, form in READERS:
            self.check(reader, form)

    def test_documents_say_what_their_pages_say(self):
        """Every reader finds the characters of every page, in whatever order."""
        for data in program.disclosures():
            for writer in WRITERS:
                tree = pages.load(program.render(data, 'pages', writer))
                said = [''.join(line.text for line in page.lines())
                        for page in tree]
                path = program.render(data, 'pdf', writer)
                for reader, form in READERS:
                    with self.subTest(document=program.name_of(data),
                                      writer=writer, reader=reader.__name__):
                        texts = reader(path).split('\f')[:len(said)]
                        self.assertEqual(
                            [characters(form(text)) for text in texts],
                            [characters(form(text)) for text in said])


if __name__ == '__main__':
    unittest.main()
