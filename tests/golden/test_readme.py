#!/usr/bin/env python3
"""What README.md asks a reader to type works as it says."""
import os
import re
import subprocess
import sys
import tempfile
import textwrap
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(
    os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
import pages  # noqa: E402
import program  # noqa: E402

# `name.xml`: and the block of XML below it
FILE = re.compile(r'`([\w-]+\.xml)`:\n\n( *)```xml\n(.*?)\n *```', re.S)
LINK = re.compile(r'\]\(([^)#:]+)[^):]*\)')


def readme():
    with open(os.path.join(program.ROOT, 'README.md'), encoding='utf-8') as file:
        return file.read()


class Readme(unittest.TestCase):
    def test_the_example_renders(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, _, text in FILE.findall(readme()):
                with open(os.path.join(folder, name), 'w', encoding='utf-8') as f:
                    f.write(textwrap.dedent(text) + '\n')
            subprocess.run([program.PROGRAM, 'render', 'grants.xml', '--to', 'pages',
                            '-o', 'grants.pages'], cwd=folder, check=True)
            table, = pages.tables(pages.load(os.path.join(folder, 'grants.pages')))
        cells = {key: (cell.rowspan, cell.colspan, cell.text)
                 for key, cell in table.cells.items()}
        self.assertEqual(cells[2, 1], (2, 1, '城关镇'))
        self.assertEqual(cells[3, 3], (1, 1, '8,500.50'))
        self.assertEqual(cells[5, 1], (1, 2, '合计'))
        self.assertEqual(cells[5, 3], (1, 1, '30,100.50'))

    def test_links_lead_somewhere(self):
        for target in LINK.findall(readme()):
            with self.subTest(target):
                self.assertTrue(os.path.exists(os.path.join(program.ROOT, target)))


if __name__ == '__main__':
    unittest.main()
