#!/usr/bin/env python3
"""What the program does when it has a fault: it writes nothing, and says so.

cli/faulty.c is the program itself with faults built in by the linker.
"""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

SRC = Path(os.environ.get("SRC", Path(__file__).resolve().parents[2]))
BUILD = Path(os.environ.get("BUILD", SRC / "build/release"))
FAULTY = BUILD / "tests/cli/gongshi_faulty"

# Two lines of one text, of one length; then a second paragraph.
LAYOUT = """<layout xmlns="urn:gongshi:layout:1" name="notice" lang="zh-CN">
  <page name="a4" size="100mm 200mm" margin="20mm"/>
  <style name="text" size="20mm"/>
  <body>
    <p style="text">{name}</p>
    <p style="text">{other}</p>
  </body>
</layout>
"""
DATA = """<?xml version="1.0" encoding="UTF-8"?>
<?gongshi-layout notice.xml?>
<unit><name>甲乙丙丁</name><other>庚辛</other></unit>
"""


class Faults(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "notice.xml").write_text(LAYOUT, encoding="utf-8")
        (self.folder / "data.xml").write_text(DATA, encoding="utf-8")

    def run_it(self, fault, *args, lang="en"):
        result = subprocess.run(
            [FAULTY, *args, "--lang", lang],
            cwd=self.folder,
            capture_output=True,
            env={**os.environ, "FAULT": fault,
                 "GONGSHI_RESOURCES": str(BUILD / "share/gongshi")},
            timeout=120,
            check=False,
        )
        return result.returncode, result.stdout, result.stderr.decode()

    def names(self):
        return sorted(path.name for path in self.folder.iterdir())

    def test_without_a_fault_it_is_the_program(self):
        code, _, err = self.run_it("none", "render", "data.xml", "-o", "out.pdf")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("out.pdf", self.names())

    def test_layout_faults_are_found(self):
        for fault, text, place in [
            ("lost", "甲乙丙丁", "2 of its 4"),
            ("doubled", "甲乙丙丁", "6 of its 4"),
            ("exchanged", "甲乙丙丁", "4 of its 4"),
        ]:
            for target in ["out.pdf", "out.svg", "out.pages.xml"]:
                with self.subTest(fault=fault, target=target):
                    code, _, err = self.run_it(
                        fault, "render", "data.xml", "-o", target, "--pages", "1")
                    self.assertEqual(code, 70, err)
                    self.assertIn(f"“{text}” (/unit/name) once: {place}", err)
                    self.assertIn("[ledger]", err)
                    self.assertEqual(self.names(), ["data.xml", "notice.xml"])

    def test_check_finds_them_too(self):
        code, _, err = self.run_it("lost", "check", "data.xml")
        self.assertEqual(code, 70, err)

    def test_text_that_is_not_drawn_is_found(self):
        for args in [("-o", "out.pdf"), ("-o", "page-%d.png"), ("-o", "-"),
                     ("-o", "out.pdf", "--writer", "haru")]:
            with self.subTest(args=args):
                code, out, err = self.run_it("drawn", "render", "data.xml", *args)
                self.assertEqual(code, 70, err)
                self.assertIn("[ledger-drawn]", err)
                self.assertEqual(out, b"")
                self.assertEqual(self.names(), ["data.xml", "notice.xml"])

    def test_an_older_file_stays(self):
        (self.folder / "out.pdf").write_text("older")
        code, _, err = self.run_it("drawn", "render", "data.xml", "-o", "out.pdf")
        self.assertEqual(code, 70, err)
        self.assertEqual((self.folder / "out.pdf").read_text(), "older")

    def test_the_report_says_what_to_attach(self):
        code, _, err = self.run_it("drawn", "render", "data.xml", "-o", "out.pdf")
        self.assertEqual(code, 70)
        for word in ["Please report it", "gongshi 0.", "libxml2 2",
                     "render data.xml", "data.xml: %d bytes, sha256 "
                     % len(DATA.encode())]:
            self.assertIn(word.replace("render data", "'render' 'data"), err)
        self.assertNotIn("甲", err)
        _, _, err = self.run_it("drawn", "render", "data.xml", lang="zh")
        self.assertIn("请报告", err)


if __name__ == "__main__":
    unittest.main()
