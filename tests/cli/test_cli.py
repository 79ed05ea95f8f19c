#!/usr/bin/env python3
"""The command line: exit codes, where output goes, and that it is whole or absent."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

SRC = Path(os.environ.get("SRC", Path(__file__).resolve().parents[2]))
PROGRAM = Path(os.environ.get("GONGSHI", SRC / "build/release/bin/gongshi"))

LAYOUT = """<layout xmlns="urn:gongshi:layout:1" name="notice" lang="zh-CN" description="公告">
  <metadata title="公告" subject="部门预算公告"/>
  <page name="a4" size="A4"/>
  <body>
    <h1>{name}</h1>
    <table columns="30mm 1*">
      <row each="task"><th>{name}</th><td>{value}</td></row>
    </table>
    <section><p>第二页</p></section>
    <section><p>第三页</p></section>
  </body>
</layout>
"""
DATA = """<?xml version="1.0" encoding="UTF-8"?>
<?gongshi-layout notice.xml?>
<unit>
  <name>惠州市财政局</name>
  <task><name>预算编制</name><value>1041.50</value></task>
</unit>
"""
NO_FONTS = """<fonts xmlns="urn:gongshi:fonts:1">
  <role name="song"><face file="NoSuchSong.otf" package="fonts-no-such"/></role>
  <role name="latin"><face file="NoSuchLatin.otf" standin="yes"/></role>
</fonts>
"""
COMMA_LOCALES = ["de_DE.UTF-8", "fr_FR.UTF-8", "ru_RU.UTF-8"]


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.write("notice.xml", LAYOUT)
        self.write("data.xml", DATA)

    def write(self, name, text, encoding="utf-8"):
        (self.folder / name).write_bytes(text.encode(encoding))

    def read(self, name):
        return (self.folder / name).read_bytes()

    def names(self):
        return sorted(path.name for path in self.folder.iterdir())

    def run_it(self, *args, stdin=None, env=None, binary=False):
        result = subprocess.run(
            [PROGRAM, *args],
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            env={**os.environ, **(env or {})},
            timeout=120,
            check=False,
        )
        out = result.stdout if binary else result.stdout.decode()
        return result.returncode, out, result.stderr.decode()

    def expect(self, code, *args, **kwargs):
        found, out, err = self.run_it(*args, **kwargs)
        self.assertEqual(found, code, err)
        return out, err

    def expect_nothing_made(self):
        self.assertEqual(self.names(), ["data.xml", "notice.xml"])


PRIVATE_USE = """<private-use xmlns="urn:gongshi:private-use:1">
  <map from="U+E001" to="囯"/>
</private-use>
"""


class Faces(Case):
    def test_coverage_tells_the_face_of_each_character(self):
        out, _ = self.expect(0, "fonts", "--coverage", "绩效￥☑")
        song = out[: out.index("\nfang")]
        self.assertRegex(song, r"FandolSong-Regular.otf +2  效绩|gbsn00lp.ttf")
        self.assertRegex(song, r"DejaVuSans.ttf +1  ☑")

    def test_coverage_tells_what_is_missing_in_both_languages(self):
        out, _ = self.expect(1, "fonts", "--coverage", "绩𠮷", "--lang", "en")
        self.assertIn("U+20BB7 𠮷  Debian's package fonts-hanazono has it", out)
        out, _ = self.expect(1, "fonts", "--coverage", "绩𠮷", "--lang", "zh")
        self.assertIn("U+20BB7 𠮷  Debian 软件包 fonts-hanazono 中有", out)

    def test_coverage_reads_a_file(self):
        out, _ = self.expect(0, "fonts", "--coverage", "data.xml")
        self.assertIn("惠", out)
        self.write("odd.txt", "预算", "gbk")
        _, err = self.expect(2, "fonts", "--coverage", "odd.txt")
        self.assertIn("UTF-8", err)
        self.expect(2, "layouts", "--coverage", "绩")

    def test_private_characters_become_what_the_office_says(self):
        fonts = Path(self.expect(0, "fonts")[0].splitlines()[0])
        list_text = fonts.read_text().replace('path="', f'path="{fonts.parent}/')
        list_text = list_text.replace(f'path="{fonts.parent}//', 'path="/')
        self.write("list.xml", list_text)
        self.write("data.xml", DATA.replace("惠州市", "\ue001"))
        args = ["render", "data.xml", "-o", "out.xml", "--to", "pages",
                "--fonts", "list.xml"]
        _, err = self.expect(1, *args)
        self.assertIn("[private-glyph]", err)
        self.write("pua.xml", PRIVATE_USE)
        self.expect(0, *args)
        self.assertIn("囯财政局", self.read("out.xml").decode())


class Tree(Case):
    def squeezed(self, text, style):
        self.write("notice.xml", LAYOUT.replace(
            "<h1>{name}</h1>", f'<p size="10pt" {style}>{text}</p>'))
        self.expect(0, "render", "data.xml", "-o", "out.xml", "--to", "pages")
        line = self.read("out.xml").decode().split("<line ")[1]
        found = re.search(r' squeezed="([^"]*)"', line.split(">")[0])
        return found and found[1]

    def test_squeezed_marks_are_told_with_their_widths(self):
        # R11 and R12: half an em at the ends of a line; R10: where two meet
        self.assertEqual(self.squeezed("（预算）执行。", ""), "1:5 7:5")
        self.assertEqual(self.squeezed("预算），执行", ""), "3:5")
        self.assertEqual(self.squeezed("预算），执行", 'marks="tight"'), "3:5 4:5")
        self.assertIsNone(self.squeezed("预算，执行", ""))
        # R20: brackets before pauses, as much as is needed
        right = f'align="justify" right="{481.89 - 165:.3f}pt" gap="0"'
        self.assertRegex(
            self.squeezed("预算（万元）执行，情况。良好的各项（万元）", right),
            r"^3:7\.(5|499) 6:7\.(5|499)$")


class Output(Case):
    def test_default_name_is_the_datas_in_the_current_folder(self):
        (self.folder / "deep").mkdir()
        for name in ("data.xml", "notice.xml"):
            shutil.move(self.folder / name, self.folder / "deep" / name)
        self.expect(0, "render", "deep/data.xml")
        self.assertEqual(self.names(), ["data.pdf", "deep"])

    def test_each_format_by_option(self):
        starts = {"pdf": b"%PDF-", "png": b"\x89PNG", "svg": b"<?xml", "pages": b"<?xml"}
        names = {"pages": "data.pages.xml"}
        for to, start in starts.items():
            name = names.get(to, f"data.{to}")
            self.expect(0, "render", "data.xml", "--to", to, "--pages", "1")
            self.assertTrue(self.read(name).startswith(start), to)

    def test_each_format_by_suffix(self):
        for name, mark in {
            "o.pdf": b"%PDF-",
            "o.PNG": b"\x89PNG",
            "o.svg": b"<svg",
            "o.xml": b"<pages",
            "o": b"%PDF-",
        }.items():
            self.expect(0, "render", "data.xml", "-o", name, "--pages", "2")
            self.assertIn(mark, self.read(name)[:400], name)

    def test_option_wins_over_suffix(self):
        self.expect(0, "render", "data.xml", "-o", "o.png", "--to", "pdf")
        self.assertTrue(self.read("o.png").startswith(b"%PDF-"))

    def test_haru_makes_pdf(self):
        self.expect(0, "render", "data.xml", "--writer", "haru", "-o", "o.pdf")
        self.assertTrue(self.read("o.pdf").startswith(b"%PDF-"))

    def read_protected(self, password):
        """The text of o.pdf, or None if the password does not open it."""
        run = subprocess.run(["pdftotext", "-upw", password, "-opw", password, "o.pdf", "-"],
                             cwd=self.folder, capture_output=True, check=False)
        return run.stdout.decode() if run.returncode == 0 else None

    def test_passwords(self):
        for text, opening in (("geheim 1", ["geheim 1"]), ("x" * 32, ["x" * 32]),
                              ("geheim 1\nowner", ["geheim 1", "owner"]),
                              ("a\r\nb\r\n", ["a", "b"])):
            self.write("passwords", text)
            self.expect(0, "render", "data.xml", "--writer", "haru",
                        "--password-file", "passwords", "-o", "o.pdf")
            for password in opening:
                self.assertIn("惠州市财政局", self.read_protected(password))
            self.assertIsNone(self.read_protected(""))
            self.assertIsNone(self.read_protected("guess"))
            shown = subprocess.run(
                ["qpdf", "--password=" + opening[0], "--show-encryption", "o.pdf"],
                cwd=self.folder, capture_output=True, text=True, check=True).stdout
            self.assertIn("R = 3\nP = -1324\n", shown)  # read, print, copy

    def test_passwords_that_are_none(self):
        for text in ("", "\n", "\nowner", "same\nsame", "a\nb\nc", "x" * 33, "密码", "a\0b",
                     "a\n" + "y" * 33):
            self.write("passwords", text)
            self.expect(2, "render", "data.xml", "--writer", "haru",
                        "--password-file", "passwords", "-o", "o.pdf")
        self.expect(3, "render", "data.xml", "--writer", "haru",
                    "--password-file", "missing", "-o", "o.pdf")
        self.assertNotIn("o.pdf", self.names())

    def test_standards(self):
        for name, claim in (("a-2a", "2 A"), ("a-2u", "2 U"), ("a-2b", "2 B"),
                            ("a-1b", "1 B"), ("a-3a", "3 A"), ("none", None)):
            self.expect(0, "render", "data.xml", "--standard", name, "-o", "o.pdf")
            found = re.search(rb"<pdfaid:part>(.)</pdfaid:part>\s*"
                              rb"<pdfaid:conformance>(.)<", self.read("o.pdf"))
            self.assertEqual(claim, found and b" ".join(found.groups()).decode())

    def test_data_goes_into_the_document_where_that_is_asked_for(self):
        self.expect(0, "render", "data.xml", "--standard", "a-3a", "-o", "o.pdf")
        subprocess.run(["pdfdetach", "-save", "1", "-o", "data.out", "o.pdf"],
                       cwd=self.folder, check=True)
        self.assertEqual(self.read("data.out"), self.read("data.xml"))

    def test_small_files_are_smaller(self):
        self.expect(0, "render", "data.xml", "-o", "fast.pdf", "--compress", "fast")
        self.expect(0, "render", "data.xml", "-o", "small.pdf", "--compress", "small")
        self.assertLess(len(self.read("small.pdf")), len(self.read("fast.pdf")))

    def test_exact_faces_keep_their_curves(self):
        fonts = os.path.join(os.environ["SRC"], "fonts")
        with open(os.path.join(fonts, "fonts.xml"), encoding="utf-8") as file:
            text = re.sub(r'<directory path="(?!/)', r'<directory path="%s/' % fonts,
                          file.read())
        for name, old in (("as-is", "<face "), ("exact", '<face exact="yes" ')):
            self.write(name + ".xml", text.replace("<face ", old))
            self.expect(0, "render", "data.xml", "--fonts", name + ".xml",
                        "-o", name + ".pdf")
        self.assertGreater(len(self.read("exact.pdf")), len(self.read("as-is.pdf")))

    def test_standard_input_and_output(self):
        out, _ = self.expect(0, "render", "-", stdin=DATA.encode(), binary=True)
        self.assertTrue(out.startswith(b"%PDF-"))
        out, _ = self.expect(0, "render", "data.xml", "-o", "-", "--to", "pages")
        self.assertIn("预算编制", out)
        self.expect_nothing_made()

    def test_layout_by_name_and_by_file(self):
        self.write("bare.xml", DATA.replace("<?gongshi-layout notice.xml?>\n", ""))
        self.expect(1, "render", "bare.xml")
        self.expect(0, "render", "bare.xml", "-l", "./notice.xml")
        self.expect(0, "render", "bare.xml", "-l", "notice", "--layouts", ".")

    def test_old_file_is_replaced_only_by_a_whole_one(self):
        self.write("o.pdf", "old")
        self.write("bad.xml", DATA.replace("</unit>", ""))
        self.expect(1, "render", "bad.xml", "-o", "o.pdf")
        self.assertEqual(self.read("o.pdf"), b"old")
        self.expect(0, "render", "data.xml", "-o", "o.pdf")
        self.assertTrue(self.read("o.pdf").startswith(b"%PDF-"))

    def test_output_may_not_replace_the_data(self):
        self.expect(2, "render", "data.xml", "-o", "data.xml")
        self.assertEqual(self.read("data.xml"), DATA.encode())

    def test_missing_folder(self):
        self.expect(3, "render", "data.xml", "-o", "none/o.pdf")
        self.expect_nothing_made()

    def test_full_disk(self):
        for to in ("pdf", "png", "svg", "pages"):
            _, err = self.expect(
                3, "render", "data.xml", "-o", "/dev/full", "--to", to, "--pages", "1"
            )
            self.assertIn("[file-write]", err)
        with open("/dev/full", "wb") as full:
            result = subprocess.run(
                [PROGRAM, "render", "data.xml", "-o", "-"],
                cwd=self.folder,
                stdout=full,
                stderr=subprocess.DEVNULL,
                check=False,
            )
        self.assertEqual(result.returncode, 3)
        self.expect_nothing_made()

    def test_full_disk_under_help(self):
        with open("/dev/full", "wb") as full:
            result = subprocess.run(
                [PROGRAM, "--help"], stdout=full, stderr=subprocess.DEVNULL, check=False
            )
        self.assertEqual(result.returncode, 3)


class Pages(Case):
    def page_numbers(self, pages):
        out, _ = self.expect(
            0, "render", "data.xml", "--to", "pages", "-o", "-", "--pages", pages
        )
        return [part.split('"')[1] for part in out.split("<page ")[1:]]

    def test_ranges(self):
        self.assertEqual(len(self.page_numbers("1-")), 3)
        self.assertEqual(len(self.page_numbers("2-3")), 2)
        self.assertEqual(len(self.page_numbers("-2")), 2)
        self.assertEqual(len(self.page_numbers("3")), 1)

    def test_pages_that_are_not_there(self):
        for pages in ("4", "3-4", "9-"):
            _, err = self.expect(1, "render", "data.xml", "--pages", pages)
            self.assertIn("[no-such-page]", err)
        self.expect_nothing_made()

    def test_nonsense(self):
        for pages in ("0", "2-1", "a", "1-2-3", "", "-", "1,2", "99999999999999999999"):
            self.expect(2, "render", "data.xml", f"--pages={pages}")
        self.expect_nothing_made()

    def test_a_picture_holds_one_page(self):
        for to in ("png", "svg"):
            _, err = self.expect(2, "render", "data.xml", "--to", to)
            self.assertIn("--pages", err)
        self.expect_nothing_made()

    def test_a_file_a_page(self):
        self.expect(0, "render", "data.xml", "-o", "p%d.png", "--dpi", "40")
        self.expect(0, "render", "data.xml", "-o", "q%02d.svg", "--pages", "2-3")
        self.assertEqual(
            self.names(),
            ["data.xml", "notice.xml", "p1.png", "p2.png", "p3.png", "q02.svg", "q03.svg"],
        )

    def test_a_file_a_page_is_whole_or_nothing(self):
        (self.folder / "p3.png").mkdir()
        self.expect(3, "render", "data.xml", "-o", "p%d.png", "--dpi", "40")
        self.assertEqual(self.names(), ["data.xml", "notice.xml", "p3.png"])


class Same(Case):
    """Same input, same bytes."""

    def render(self, to, writer, **env):
        name = f"o.{to}"
        args = ["--to", to, "--pages", "1", "--writer", writer]
        self.expect(0, "render", "data.xml", "-o", name, *args, env=env)
        return self.read(name)

    def test_twice_and_in_other_places(self):
        for to, writer in (
            ("pdf", "cairo"),
            ("pdf", "haru"),
            ("png", "cairo"),
            ("svg", "cairo"),
            ("pages", "cairo"),
        ):
            first = self.render(to, writer, LC_ALL="C", TZ="UTC")
            self.assertEqual(first, self.render(to, writer, LC_ALL="C", TZ="UTC"))
            for locale in COMMA_LOCALES:
                again = self.render(to, writer, LC_ALL=locale, TZ="Asia/Shanghai")
                self.assertEqual(first, again, (to, writer, locale))

    def test_gb18030_is_read(self):
        text = DATA.replace("UTF-8", "GB18030")
        self.write("gb.xml", text, "gb18030")
        utf8, _ = self.expect(0, "render", "data.xml", "--to", "pages", "-o", "-")
        gb, _ = self.expect(0, "render", "gb.xml", "--to", "pages", "-o", "-")
        self.assertEqual(utf8, gb)


class Check(Case):
    def test_draws_nothing(self):
        out, err = self.expect(0, "check", "data.xml")
        self.assertEqual((out, err), ("", ""))
        self.expect_nothing_made()

    def test_finds_what_render_finds(self):
        self.write("bad.xml", DATA.replace("<name>惠州市财政局</name>", ""))
        _, checked = self.expect(1, "check", "bad.xml")
        _, rendered = self.expect(1, "render", "bad.xml")
        self.assertEqual(checked, rendered)
        self.assertIn("[missing-value]", checked)

    def test_warnings_do_not_change_the_exit_code(self):
        rows = '<row height="150mm"><td/><td/></row>' * 2
        self.write(
            "notice.xml",
            LAYOUT.replace("<row each", f'<group keep="together">{rows}</group><row each'),
        )
        _, err = self.expect(0, "check", "data.xml")
        self.assertIn("[keep-broken]", err)


class Fonts(Case):
    def test_none_installed(self):
        self.write("fonts.xml", NO_FONTS)
        _, err = self.expect(3, "render", "data.xml", "--fonts", "fonts.xml")
        self.assertIn("fonts-no-such", err)
        self.assertEqual(self.names(), ["data.xml", "fonts.xml", "notice.xml"])

    def test_list_tells_what_is_missing(self):
        self.write("fonts.xml", NO_FONTS)
        out, err = self.expect(3, "fonts", "--fonts", "fonts.xml", "--lang", "en")
        self.assertIn("missing: install fonts-no-such", out)
        self.assertIn("[stand-in]", out)
        self.assertIn("[no-fonts]", err)
        out, _ = self.expect(3, "fonts", "--fonts", "fonts.xml", "--lang", "zh")
        self.assertIn("缺少：请安装 fonts-no-such", out)

    def test_installed_list(self):
        out, _ = self.expect(0, "fonts")
        for role in ("song", "fang", "kai", "hei", "xiaobiaosong", "latin"):
            self.assertIn(f"\n{role}\n", out)
        out, _ = self.expect(0, "fonts", "--writer", "haru")
        self.assertIn("fonts-truetype.xml", out)


class Layouts(Case):
    def test_installed_and_own(self):
        out, _ = self.expect(0, "layouts", "--layouts", ".")
        self.assertIn("huizhou-overall", out)
        self.assertRegex(out, r"(?m)^notice +公告$")
        self.assertNotIn("common", out)
        self.assertNotIn("data", out)


class Usage(Case):
    def test_mistakes(self):
        for args in (
            [],
            ["draw", "data.xml"],
            ["render"],
            ["render", "data.xml", "more.xml"],
            ["layouts", "data.xml"],
            ["render", "data.xml", "--no-such-option"],
            ["render", "data.xml", "-x"],
            ["render", "data.xml", "--to"],
            ["render", "data.xml", "--to", "docx"],
            ["render", "data.xml", "--dpi", "many"],
            ["render", "data.xml", "--dpi", "1,5"],
            ["render", "data.xml", "--dpi", "1e9"],
            ["render", "data.xml", "--dpi", "nan"],
            ["render", "data.xml", "--writer", "quill"],
            ["render", "data.xml", "--writer", "haru", "--to", "png", "--pages", "1"],
            ["render", "data.xml", "--standard", "a-9z"],
            ["render", "data.xml", "--compress", "most"],
            ["render", "data.xml", "--standard", "a-2b", "--writer", "cairo"],
            ["render", "data.xml", "--password-file", "notice.xml"],
            ["check", "data.xml", "--password-file", "notice.xml"],
            ["render", "data.xml", "--lang", "fr"],
            ["check", "data.xml", "-o", "o.pdf"],
            ["layouts", "--dpi", "100"],
            ["fonts", "--root", "."],
        ):
            _, err = self.expect(2, *args)
            self.assertNotEqual(err, "", args)
        self.expect_nothing_made()

    def test_help_and_version(self):
        for lang, word in (("en", "Usage:"), ("zh", "用法：")):
            out, err = self.expect(0, "--help", "--lang", lang)
            self.assertTrue(out.startswith(word), out)
            self.assertEqual(err, "")
        self.expect(0, "render", "--help")
        out, _ = self.expect(0, "--version")
        self.assertRegex(out, r"^gongshi \d+\.\d+\.\d+\n$")

    def test_help_tells_every_option(self):
        out, _ = self.expect(0, "--help", "--lang", "en")
        manual = (SRC / "docs/gongshi.1").read_text().replace("\\-", "-")
        for option in (
            *("--layout", "--output", "--to", "--writer", "--dpi", "--pages", "--fonts"),
            *("--root", "--layouts", "--lang", "--time", "--help", "--version"),
            *("--explain-breaks", "--standard", "--compress", "--stream", "--coverage"),
            "--password-file",
        ):
            self.assertIn(option, out)
            self.assertIn(option, manual)

    def test_language_of_messages(self):
        self.write("bad.xml", "not XML")
        for args, env, word in (
            (["--lang", "zh"], {"LC_ALL": "C"}, "错误"),
            (["--lang", "en"], {"LC_ALL": "zh_CN.UTF-8"}, "error"),
            ([], {"LC_ALL": "zh_CN.UTF-8"}, "错误"),
            ([], {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN"}, "错误"),
            ([], {"LC_ALL": "C.UTF-8"}, "error"),
        ):
            _, err = self.expect(1, "check", "bad.xml", *args, env=env)
            self.assertIn(word, err)

    def test_names_that_are_no_ascii(self):
        self.write("数据.xml", DATA)
        self.expect(0, "render", "数据.xml", "-o", "公示.pdf", env={"LC_ALL": "C"})
        self.assertIn("公示.pdf", self.names())

    def test_time_is_told_on_standard_error(self):
        out, err = self.expect(0, "check", "data.xml", "--time")
        self.assertEqual(out, "")
        for stage in ("data", "form", "bind", "fonts", "layout", "write", "all"):
            self.assertRegex(err, rf"(?m)^{stage} +\d+\.\d{{3}} ms$")


    def test_breaks_are_told_on_standard_error(self):
        out, err = self.expect(0, "check", "data.xml", "--explain-breaks", "--lang", "en")
        self.assertEqual(out, "")
        self.assertEqual(
            err, "page 1: the section ends\npage 2: the section ends\n"
            "page 3: the document ends\n")
        self.expect(2, "layouts", "--explain-breaks")


class Resources(Case):
    def test_variable_names_the_folder(self):
        share = self.folder / "share"
        shutil.copytree(SRC / "fonts", share / "fonts", symlinks=True)
        (share / "layouts").mkdir()
        (share / "layouts/mine.xml").write_text(LAYOUT)
        env = {"GONGSHI_RESOURCES": str(share)}
        out, _ = self.expect(0, "layouts", env=env)
        self.assertEqual(out, "mine  公告\n")
        self.expect(0, "check", "data.xml", "-l", "mine", env=env)


if __name__ == "__main__":
    unittest.main()
