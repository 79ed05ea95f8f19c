#!/usr/bin/env python3
"""--explain-breaks: every reason for which a page ends, told with its numbers.

A page holds 100 pt; a line of text is 10 pt high, cells have no padding.
"""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

SRC = Path(os.environ.get("SRC", Path(__file__).resolve().parents[2]))
PROGRAM = Path(os.environ.get("GONGSHI", SRC / "build/release/bin/gongshi"))

LAYOUT = """<layout xmlns="urn:gongshi:layout:1" name="breaks" lang="zh-CN">
  <page name="small" size="200pt 120pt" margin="10pt"/>
  <style name="t" font="song" size="8pt" line="10pt" align="left" indent="0"
         space-before="0" space-after="0" padding="0"/>
  <style name="loose" like="t" orphans="1" widows="1"/>
  <style name="tight" like="t" orphans="2" widows="2"/>
  <body>%s</body>
</layout>
"""
DATA = """<?xml version="1.0" encoding="UTF-8"?>
<unit/>
"""


def table(rows, columns="1* 1*"):
    return f'<table columns="{columns}" style="t">{rows}</table>'


def row(height, cells="<td>甲</td><td>乙</td>", more=""):
    return f'<row height="{height}pt" {more}>{cells}</row>'


def lines(count):
    return "<br/>".join(["字"] * count)


def para(count, more="", style="t"):
    return f'<p style="{style}" {more}>{lines(count)}</p>'


class Breaks(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "data.xml").write_text(DATA, encoding="utf-8")

    def run_it(self, *args):
        result = subprocess.run(
            [PROGRAM, *args, "data.xml", "-l", "./breaks.xml", "--explain-breaks"],
            cwd=self.folder, capture_output=True, timeout=120, check=False)
        return result.returncode, result.stdout.decode(), result.stderr.decode()

    def explain(self, body, english, chinese, page=1):
        """The reason for which `page` ended; the same in the page tree."""
        (self.folder / "breaks.xml").write_text(LAYOUT % body, encoding="utf-8")
        code, out, err = self.run_it("check", "--lang", "en")
        self.assertEqual((code, out), (0, ""), err)
        self.assertIn(f"page {page}: {english}\n", err)
        self.assertRegex(err, r"(?m)^page \d+: the document ends$")
        code, out, err = self.run_it("check", "--lang", "zh")
        self.assertIn(f"第 {page} 页：{chinese}\n", err)
        code, out, err = self.run_it("render", "--to", "pages", "-o", "-")
        self.assertEqual(code, 0, err)
        self.assertEqual(re.findall(r'ended="([^"]*)"', out)[page - 1], english)

    def test_blocks(self):
        self.explain(
            para(8) + para(1, 'keep="both"') + para(2, 'keep="together"'),
            "the next block and what it stays with take 30.0pt, 20.0pt was left",
            "下一段内容及须与之同页的内容需 30.0pt，只剩 20.0pt")
        self.explain(
            para(8) + para(3, 'keep="together"'),
            "the next block takes 30.0pt, 20.0pt was left",
            "下一段内容需 30.0pt，只剩 20.0pt")

    def test_lines(self):
        self.explain(
            para(12, style="loose"),
            "the next line takes 10.0pt, 0.0pt was left",
            "下一行文字需 10.0pt，只剩 0.0pt")
        self.explain(
            para(11, style="tight"),
            "the next lines, which stay together, take 20.0pt, 10.0pt was left",
            "接下来须同页的几行文字需 20.0pt，只剩 10.0pt")

    def test_forced(self):
        self.explain(para(1) + "<page-break/>" + para(1), "page break", "强制分页")
        self.explain(para(1) + f"<section>{para(1)}</section>",
                     "the section ends", "本节结束")
        self.explain(table(row(20) + row(20, more='break="before"')),
                     "row 2 begins a new page", "表格第 2 行须另起一页")
        self.explain(para(1), "the document ends", "文档结束")

    def test_row(self):
        self.explain(table(row(90) + row(20)),
                     "row 2 takes 20.0pt, 10.0pt was left",
                     "表格第 2 行需 20.0pt，只剩 10.0pt")

    def test_rows_kept_together(self):
        self.explain(
            table(row(80) + row(10, more='keep="next"') + row(30)),
            "row 3 takes 30.0pt, 10.0pt was left; it is kept together with the "
            "rows from 2 on",
            "表格第 3 行需 30.0pt，只剩 10.0pt；该行须与第 2 行起的各行同页")

    def test_head(self):
        self.explain(
            table(row(80) + f"<head>{row(10)}</head>" + row(30)),
            "row 3 takes 30.0pt, 10.0pt was left; the head, from row 2 on, stays "
            "with it",
            "表格第 3 行需 30.0pt，只剩 10.0pt；第 2 行起的表头须与之同页")

    def test_foot(self):
        self.explain(
            table(row(60) + row(20) + f"<foot>{row(30)}</foot>"),
            "row 3 takes 30.0pt, 20.0pt was left; it is of the foot, which stays "
            "with row 2",
            "表格第 3 行需 30.0pt，只剩 20.0pt；该行属于表尾，须与第 2 行同页")

    def test_split(self):
        self.explain(
            table(row(55) + row(0, f"<td>{lines(9)}</td><td/>")),
            "row 2 takes 90.0pt, 45.0pt was left; it is split after 40.0pt",
            "表格第 2 行需 90.0pt，只剩 45.0pt；该行在 40.0pt 处拆分")

    def test_merged_cell_goes_on(self):
        self.explain(
            table(f'<row><td rowspan="3">{lines(21)}</td><td>甲</td></row>'
                  "<row><td>乙</td></row><row><td>丙</td></row>"),
            "row 2 takes 70.0pt, 30.0pt was left; merged cells over it go on",
            "表格第 2 行需 70.0pt，只剩 30.0pt；跨该行的合并单元格转下页继续")

    def test_label(self):
        self.explain(
            table(row(75)
                  + f'<row><td rowspan="2" label="repeat">{lines(3)}</td>'
                  "<td>甲</td></row><row><td>乙</td></row>"),
            "the label of row 2 takes 30.0pt, 25.0pt was left for it",
            "表格第 2 行的合并栏目名需 30.0pt，只剩 25.0pt")

    def test_keeps_that_no_page_holds(self):
        self.explain(
            table(row(60, more='keep="next"') + row(50, more='fit="fixed"')),
            "rows 1 to 2 are kept together and take 110.0pt, the page has "
            "100.0pt; they are parted",
            "表格第 1 至 2 行须同页，需 110.0pt，而一页只有 100.0pt；故拆开")

    def test_numbers_that_differ_look_different(self):
        self.explain(
            table(row(89.98) + row(10.04)),
            "row 2 takes 10.040pt, 10.020pt was left",
            "表格第 2 行需 10.040pt，只剩 10.020pt")


if __name__ == "__main__":
    unittest.main()
