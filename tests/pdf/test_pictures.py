#!/usr/bin/env python3
"""
Pictures through the direct writer: a JPEG file goes in as it is, others as pixels
in the smallest colour space, and a page with them is drawn as Cairo draws it.
"""
import os
import re
import shutil
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(
    os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
import pdfcheck  # noqa: E402
import program  # noqa: E402

CORPUS = os.path.join(program.ROOT, 'tests', 'fuzz', 'corpus', 'picture')
# file: colour space and encoding that pdfimages names
PICTURES = {
    'colour.jpg': ('rgb', 'jpeg'),
    'grey.jpg': ('gray', 'jpeg'),
    'progressive.jpg': ('rgb', 'jpeg'),
    'turned.jpg': (None, 'image'),  # stands on its side: pixels, set upright
    'cmyk.jpg': (None, 'image'),
    'palette.png': (None, 'image'),
    'rgba.png': (None, 'image'),
    'interlaced.png': (None, 'image'),
}
LAYOUT = '''<?xml version="1.0" encoding="UTF-8"?>
<layout xmlns="urn:gongshi:layout:1" name="pictures" lang="zh-CN">
<metadata title="图"/><body><h1>图</h1>%s</body></layout>'''
DATA = '<?xml version="1.0"?><?gongshi-layout ./pictures.xml?><a/>'


class Pictures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = os.path.join(program.scratch(), 'pictures')
        os.makedirs(cls.folder, exist_ok=True)
        blocks = ''.join('<image src="%s" width="60mm" alt="%s"/>' % (name, name)
                         for name in PICTURES)
        for name in PICTURES:
            shutil.copy(os.path.join(CORPUS, name), cls.folder)
        for name, text in (('pictures.xml', LAYOUT % blocks), ('data.xml', DATA)):
            with open(os.path.join(cls.folder, name), 'w', encoding='utf-8') as file:
                file.write(text)

    def render(self, writer, *options):
        out = os.path.join(self.folder, writer + '.pdf')
        subprocess.run([program.PROGRAM, 'render', 'data.xml', '-o', out,
                        '--writer', writer, *options], cwd=self.folder, check=True)
        return out

    def test_jpeg_files_go_in_as_they_are(self):
        listed = subprocess.run(['pdfimages', '-list', self.render('pdf')],
                                capture_output=True, check=True, text=True).stdout
        found = [line.split() for line in listed.splitlines()[2:]]
        images = [(words[5], words[8]) for words in found if words[2] == 'image']
        self.assertEqual(len(images), len(PICTURES), listed)
        for (color, encoding), name in zip(images, PICTURES):
            want_color, want_encoding = PICTURES[name]
            self.assertEqual(encoding, want_encoding, name)
            if want_color is not None:
                self.assertEqual(color, want_color, name)

    def test_every_standard_takes_them(self):
        for standard, profile in (('a-2a', 'a-2a,ua-1'), ('a-1b', 'a-1b')):
            with open(self.render('pdf', '--standard', standard), 'rb') as file:
                findings = pdfcheck.check(file.read(), profile)
            self.assertEqual([str(f) for f in findings], [], standard)

    def test_pages_are_those_of_cairo(self):
        pages = {}
        for writer in ('pdf', 'cairo'):
            done = subprocess.run(['pdftoppm', '-r', '72', '-gray', self.render(writer)],
                                  capture_output=True, check=True)
            pages[writer] = re.sub(rb'^P5\n\d+ \d+\n255\n', b'', done.stdout)
        self.assertEqual(len(pages['pdf']), len(pages['cairo']))
        apart = sum(abs(a - b) for a, b in zip(pages['pdf'], pages['cairo']))
        self.assertLess(apart / len(pages['pdf']), 1.0)


if __name__ == '__main__':
    unittest.main()
