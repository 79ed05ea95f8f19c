#!/usr/bin/env python3
"""
Documents that go page by page come out as those that are held as a whole: the same
page tree, PDF, messages and reasons for breaks, byte by byte.

All documents are set both ways; so are layouts made to stream, with groups, merged
cells, totals, heads in the middle and contents lists with page numbers.
"""
import os
import shutil
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'support'))
import program  # noqa: E402

LAYOUT = '''<?xml version="1.0" encoding="UTF-8"?>
<layout xmlns="urn:gongshi:layout:1" name="case" lang="zh-CN">
  <metadata title="{title}"/>
  <page name="a5" size="A5" margin="15mm">
    <header skip-first="yes"><p align="right">{title}</p></header>
    <footer><p align="center">第<page-number/>页 共<page-count/>页</p></footer>
  </page>
  <body>%s</body>
</layout>
'''

PLAIN_FOOT = LAYOUT.replace(' 共<page-count/>页', '')

TABLE = '''<h1>{title}</h1>
<table columns="2* 1* 3* 2*" size="小五">%s</table>
<p>以上共列{note}。</p>'''

HEAD = ('<head repeat="all"><row><th>单位</th><th>序号</th><th>事项</th>'
        '<th>金额</th></row></head>')
CELLS = ('<td>{number}</td><td>{name}</td>'
         '<td align="right" format="amount2">{amount}</td>')

CASES = {
    'rows': (PLAIN_FOOT, TABLE % (
        HEAD + '<row each="records/record"><td>{unit}</td>' + CELLS + '</row>')),
    'counted pages': (LAYOUT, TABLE % (
        HEAD + '<row each="records/record"><td>{unit}</td>' + CELLS + '</row>')),
    'groups': (PLAIN_FOOT, TABLE % (
        HEAD + '<group each="records/record" by="unit"><td label="repeat">{unit}</td>'
        '<row each="current-group()">' + CELLS + '</row></group>')),
    'marked labels': (LAYOUT, TABLE % (
        HEAD + '<group each="records/record" by="unit"><td label="repeat-mark">{unit}'
        '</td><row each="current-group()">' + CELLS + '</row></group>')),
    'kept groups': (PLAIN_FOOT, TABLE % (
        HEAD + '<group each="records/record" by="unit" keep="together"><td>{unit}</td>'
        '<row each="current-group()">' + CELLS + '</row></group>')),
    'merged by equality': (PLAIN_FOOT, TABLE % (
        HEAD + '<row each="records/record"><td merge="equal">{unit}</td>'
        '<td>{number}</td><td merge="equal">{kind}</td>'
        '<td>{amount}</td></row>')),
    'merged by absence': (PLAIN_FOOT, TABLE % (
        HEAD + '<row each="records/record"><td merge="absent">{@first}</td>'
        + CELLS + '</row>')),
    'head in every group': (PLAIN_FOOT, TABLE % (
        '<each select="records/record" by="unit"><head repeat="all"><row>'
        '<th colspan="4">{unit}</th></row></head>'
        '<row each="current-group()"><td>{position()}</td>' + CELLS
        + '</row></each>')),
    'rows around': (LAYOUT, TABLE % (
        HEAD + '<row><td colspan="4">{note}</td></row>'
        '<row each="records/record" if="number mod 3 != 0"><td>{$position}</td>'
        + CELLS + '</row>'
        '<row each="others/other"><td colspan="3">{.}</td><td/></row>'
        '<foot><row><td colspan="4">完</td></row></foot>')),
    'blank rows and a caption': (PLAIN_FOOT, TABLE % (
        '<continued><p align="right">续表</p></continued>' + HEAD
        + '<row each="others/record" least="60"><td>{unit}</td>' + CELLS
        + '</row>')),
    'totals of pages': (LAYOUT, TABLE.replace('size=', 'fill="8mm" size=') % (
        HEAD + '<head repeat="later"><row><td colspan="3">承前页</td><td>'
        '<total of="amount" scope="brought" format="money"/></td></row></head>'
        '<row each="records/record"><td merge="equal">{unit}</td><td>{number}</td>'
        '<td>{name}</td><td format="money" sum="amount">{amount}</td></row>'
        '<foot repeat="all"><row><td colspan="3">本页小计</td><td>'
        '<total of="amount" scope="page" format="money"/></td></row></foot>'
        '<foot repeat="pages"><row><td colspan="3">转次页</td><td>'
        '<total of="amount" format="money"/></td></row></foot>'
        '<foot><row><td colspan="3">合计</td><td>'
        '<total of="amount" format="money"/></td></row></foot>')),
    'blank rows to the end of the page': (PLAIN_FOOT, TABLE.replace(
        'size=', 'fill="7mm" size=') % (
        HEAD + '<row each="records/record"><td>{unit}</td>' + CELLS + '</row>')),
    'sum of a group': (PLAIN_FOOT, TABLE % (
        HEAD + '<group each="records/record" by="unit"><td>{unit}</td>'
        '<row each="current-group()">' + CELLS + '</row>'
        '<row><td colspan="2">小计</td>'
        '<td align="right">{sum(current-group()/amount)}</td></row>'
        '</group>')),
    'sections': (LAYOUT, '<section><toc/></section><section restart="yes">'
                 + TABLE % (HEAD + '<row each="records/record"><td>{unit}</td>'
                            + CELLS + '</row>')
                 + '</section><section><h2>附</h2><table columns="1*">'
                 '<row each="others/other"><td>{.}</td></row></table></section>'),
    'a sum of all, so that nothing streams': (PLAIN_FOOT, TABLE % (
        HEAD + '<row each="records/record"><td>{unit}</td>' + CELLS + '</row>')
        + '<p>{sum(records/record/amount)}</p>'),
}


def data(count):
    yield '<data><title>长表</title><note>各项</note><records>'
    for i in range(count):
        unit = i // 7 if i < count // 2 else i // 23
        first = ' first="第%d组"' % i if i % 5 in (0, 3) else ''
        yield ('\n  <record%s><unit>第%d单位</unit><number>%d</number>'
               '<kind>%s</kind><name>%s</name><amount>%d.%02d</amount></record>' % (
                   first, unit, i + 1, '甲乙丙'[i // 4 % 3],
                   '办结及时率' * (1 + i % 6 * (i % 4 == 0)), i * 37 % 1000, i % 100))
    yield '\n</records><others><other>其一</other><other>其二</other></others></data>\n'


def read(path):
    if not os.path.exists(path):
        return None
    with open(path, 'rb') as file:
        return file.read()


def both(folder, path, layout, to):
    """What comes out as a whole and page by page: status, messages, bytes."""
    results = []
    for mode in ('never', 'always'):
        out = os.path.join(folder, 'out-' + mode)
        if os.path.exists(out):
            os.remove(out)
        command = [program.PROGRAM, 'render', path, '--to', to, '-o', out,
                   '--stream', mode, '--explain-breaks']
        if layout:
            command += ['-l', layout]
        done = subprocess.run(command, capture_output=True)
        results.append((done.returncode, done.stderr, read(out)))
    return results


class Stream(unittest.TestCase):
    def compare(self, path, layout=None, status=0):
        for to in ('pages', 'pdf'):
            whole, stream = both(program.scratch(), path, layout, to)
            self.assertEqual(whole[0], status, whole[1].decode())
            self.assertEqual(whole[1].decode(), stream[1].decode())
            self.assertEqual(whole[0], stream[0])
            self.assertTrue(whole[2] == stream[2], to + ' differs')

    def test_documents(self):
        for path in program.documents():
            with self.subTest(document=program.name_of(path)):
                self.compare(path)

    def test_long_tables(self):
        path = os.path.join(program.scratch(), 'long.xml')
        with open(path, 'w', encoding='utf-8') as file:
            file.writelines(data(700))
        for name, (frame, body) in CASES.items():
            with self.subTest(case=name):
                layout = os.path.join(program.scratch(), 'long-layout.xml')
                with open(layout, 'w', encoding='utf-8') as file:
                    file.write(frame % body)
                self.compare(path, layout)

    def test_broken_input(self):
        """The cases of diag/: the same messages, but where pages may be more."""
        root = os.path.join(HERE, 'diag')
        for case in sorted(os.listdir(root)):
            if case == 'too-many-pages':
                continue
            folder = os.path.join(program.scratch(), 'diag')
            shutil.copytree(os.path.join(root, case), folder)
            args = (read(os.path.join(folder, 'args')) or
                    b'render data.xml -o out.pdf').decode().split()
            if os.path.exists(os.path.join(folder, 'generate.py')):
                subprocess.run([sys.executable, 'generate.py'], cwd=folder, check=True)
            if args[0] in ('render', 'check'):
                found = []
                for mode in ('never', 'always'):
                    done = subprocess.run(
                        [program.PROGRAM, *args, '--stream', mode],
                        cwd=folder, capture_output=True)
                    found.append((done.returncode, done.stderr.decode()))
                with self.subTest(case=case):
                    self.assertEqual(*found)
            shutil.rmtree(folder)

    def test_pages_of_a_range(self):
        path = os.path.join(program.scratch(), 'long.xml')
        layout = os.path.join(program.scratch(), 'range-layout.xml')
        with open(path, 'w', encoding='utf-8') as file:
            file.writelines(data(300))
        with open(layout, 'w', encoding='utf-8') as file:
            file.write(PLAIN_FOOT % CASES['rows'][1])
        for pages in ('2-3', '4', '5-', '99'):
            found = []
            for mode in ('never', 'always'):
                out = os.path.join(program.scratch(), 'range-' + mode)
                done = subprocess.run(
                    [program.PROGRAM, 'render', path, '-l', layout, '--to', 'pages',
                     '--pages', pages, '--stream', mode, '-o', out],
                    capture_output=True)
                found.append((done.returncode, done.stderr,
                              read(out) if done.returncode == 0 else None))
            self.assertEqual(found[0], found[1])


if __name__ == '__main__':
    unittest.main()
