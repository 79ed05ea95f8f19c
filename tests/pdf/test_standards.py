#!/usr/bin/env python3
"""
Every document in every standard that the pdf writer knows: qpdf reads it without a
word, and the checker of tests/support/pdfcheck finds nothing.
"""
import os
import re
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(
    os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
import pdfcheck  # noqa: E402
import program  # noqa: E402

# --standard: what the file then must satisfy
PROFILES = {
    'a-2a': 'a-2a,ua-1', 'a-2u': 'a-2u,ua-1', 'a-2b': 'a-2b,ua-1', 'a-1b': 'a-1b',
    'a-3a': 'a-3a,ua-1', 'none': 'none',
}
CASES = [(data, standard) for data in program.documents() for standard in PROFILES]


def render(data, standard):
    return program.render(data, 'pdf', 'pdf', standard)


class Standards(unittest.TestCase):
    def test_qpdf_finds_nothing(self):
        for data, standard in CASES:
            with self.subTest(document=program.name_of(data), standard=standard):
                done = subprocess.run(['qpdf', '--check', render(data, standard)],
                                      capture_output=True, text=True)
                self.assertEqual((done.returncode, done.stderr), (0, ''))

    def test_the_checker_finds_nothing(self):
        for data, standard in CASES:
            with self.subTest(document=program.name_of(data), standard=standard):
                with open(render(data, standard), 'rb') as file:
                    findings = pdfcheck.check(file.read(), PROFILES[standard])
                self.assertEqual([str(f) for f in findings], [])

    def test_single_pages_are_accessible_too(self):
        """Merged cells then want rows that are on no page of the file."""
        data = next(d for d in program.documents() if 'guanxian' in d)
        out = os.path.join(program.scratch(), 'single.pdf')
        for page in range(1, 8):
            with self.subTest(page=page):
                subprocess.run([program.PROGRAM, 'render', data, '--pages', str(page),
                                '-o', out], check=True)
                with open(out, 'rb') as file:
                    findings = pdfcheck.check(file.read(), PROFILES['a-2a'])
                self.assertEqual([str(f) for f in findings
                                  if not str(f).startswith('ours/')], [])

    @staticmethod
    def render_many(folder, count, body):
        """`count` records n by a layout of that body, as a-1b: the file and its bytes."""
        data, layout, out = (os.path.join(folder, n) for n in ('d.xml', 'many.xml', 'o.pdf'))
        with open(layout, 'w', encoding='utf-8') as file:
            file.write('<layout xmlns="urn:gongshi:layout:1" name="many"><body>%s</body>'
                       '</layout>' % body)
        with open(data, 'w', encoding='utf-8') as file:
            file.write('<d>%s</d>' % ('<n>一</n>' * count))
        subprocess.run([program.PROGRAM, 'render', data, '-l', layout, '--standard', 'a-1b',
                        '-o', out], check=True)
        with open(out, 'rb') as file:
            return out, file.read()

    def test_a_table_of_many_rows_has_several_bodies(self):
        """An array of PDF/A-1 has at most 8191 items (ISO 19005-1, 6.1.12)."""
        with tempfile.TemporaryDirectory() as folder:
            _, content = self.render_many(
                folder, 8500, '<table columns="1* 1*"><head><row><th>甲</th><th>乙</th></row>'
                '</head><row each="n"><td>{.}</td><td>{.}</td></row></table>')
        kids = [len(k.split(b'R')) - 1 for k in re.findall(rb'/K\s?\[([\d R]+)\]', content)]
        self.assertEqual(sorted(kids)[-2:], [500, 8000])
        self.assertEqual(content.count(b'/S/TBody'), 2)

    def test_a_page_tree_of_many_pages_has_nodes(self):
        """The same of pages."""
        pages = 4097
        with tempfile.TemporaryDirectory() as folder:
            out, content = self.render_many(
                folder, pages, '<section each="n"><p>{.}</p></section>')
            kids = [len(k.split(b'R')) - 1 for k in re.findall(rb'/Kids\[([\d R]+)\]', content)]
            self.assertLessEqual(max(kids), 4096)
            self.assertIn(4096, kids)
            done = subprocess.run(['qpdf', '--show-npages', out], capture_output=True, text=True)
            self.assertEqual(int(done.stdout), pages)

    def test_without_being_told_it_is_archival_and_accessible(self):
        data = program.documents()[0]
        with open(program.render(data, 'pdf'), 'rb') as a, open(render(data, 'a-2a'), 'rb') as b:
            self.assertTrue(a.read() == b.read())


if __name__ == '__main__':
    unittest.main()
