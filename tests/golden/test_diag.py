#!/usr/bin/env python3
"""Golden diagnostics: every kind, triggered, and its words compared exactly.

A case is a folder of diag/, named for the id it triggers (id--variant where
there are several):

    data.xml, layout.xml, ...   copied into an empty folder, where gongshi runs
    generate.py                 makes what is too large to keep, or a font; SRC in
                                the environment is where the sources are
    args                        the command line; else: render data.xml -o out.pdf
    exit                        the exit code
    expect-en.txt, -zh.txt      standard error, with --lang en and --lang zh

Nothing may be left behind that was not there before.  GONGSHI_UPDATE=1 writes
the expected texts anew; look at what changed.  Names of cases as arguments run
only those.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SRC = Path(os.environ.get("SRC", Path(__file__).resolve().parents[2]))
PROGRAM = Path(os.environ.get("GONGSHI", SRC / "build/release/bin/gongshi"))
CASES = SRC / "tests/golden/diag"
UPDATE = os.environ.get("GONGSHI_UPDATE") == "1"
SANITIZED = os.environ.get("GONGSHI_SANITIZE")
TIMEOUT = 300 if SANITIZED else 60

# Kinds that no input from outside brings about, and where they are covered.
ELSEWHERE = {
    "writer": "a failure inside Cairo or libharu: tests/unit/test_writer_front.c",
    "ledger": "a fault of the program: tests/unit/test_ledger.c, tests/cli/test_faults.py",
    "ledger-rows": "the same: tests/unit/test_ledger.c",
    "ledger-drawn": "the same: tests/unit/test_writer_front.c, tests/cli/test_faults.py",
}

DEFAULT_ARGS = "render data.xml -o out.pdf"
NOT_INPUT = {"args", "exit", "generate.py", "expect-en.txt", "expect-zh.txt"}


def prepare(case, folder):
    for file in case.iterdir():
        if file.name not in NOT_INPUT:
            shutil.copy(file, folder)
    if (case / "generate.py").exists():
        subprocess.run([sys.executable, case / "generate.py"], cwd=folder, check=True,
                       env={**os.environ, "SRC": str(SRC)})


def run(case, folder, lang):
    args = DEFAULT_ARGS
    if (case / "args").exists():
        args = (case / "args").read_text().strip()
    command = [PROGRAM, *shlex.split(args), "--lang", lang]
    result = subprocess.run(
        command, cwd=folder, capture_output=True, timeout=TIMEOUT, check=False
    )
    text = result.stderr.decode("utf-8", "replace")
    # The one path that differs from machine to machine.
    return result.returncode, text.replace(str(resources()), "SHARE")


def resources():
    chosen = os.environ.get("GONGSHI_RESOURCES")
    return Path(chosen) if chosen else PROGRAM.resolve().parent.parent / "share/gongshi"


def check_words(case, lang, text):
    expected = case / f"expect-{lang}.txt"
    if UPDATE:
        expected.write_text(text)
        return []
    if not expected.exists():
        return [f"there is no {expected.name}; the program says:\n{text}"]
    if expected.read_text() != text:
        return [f"{lang}: expected\n{expected.read_text()}but found\n{text}"]
    return []


def check_case(case):
    diag_id = case.name.split("--")[0]
    exit_code = int((case / "exit").read_text())
    problems = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(case, folder)
        before = sorted(file.name for file in folder.iterdir())
        for lang in ("en", "zh"):
            code, text = run(case, folder, lang)
            if code != exit_code:
                problems.append(f"{lang}: exit {code}, expected {exit_code}\n{text}")
            if f"[{diag_id}]" not in text:
                problems.append(f"{lang}: [{diag_id}] is not reported\n{text}")
            problems += check_words(case, lang, text)
            if exit_code == 0:
                (folder / "out.pdf").unlink(missing_ok=True)
        left = sorted(file.name for file in folder.iterdir())
        if left != before:
            problems.append(f"left behind: {sorted(set(left) - set(before))}")
    return problems


def catalogue():
    text = (SRC / "src/base/diag-list.h").read_text()
    return re.findall(r'GS_DIAG\(GS_DIAG_\w+,\s*"([a-z-]+)"', text)


def check_coverage():
    problems = []
    ids = catalogue()
    cases = {case.name.split("--")[0] for case in CASES.iterdir()}
    sections = set(
        re.findall(r"^### `([a-z-]+)`$", (SRC / "docs/diagnostics.md").read_text(), re.M)
    )
    for diag_id in ids:
        if diag_id not in cases and diag_id not in ELSEWHERE:
            problems.append(f"{diag_id}: no case in tests/golden/diag")
        if diag_id not in sections:
            problems.append(f"{diag_id}: no section in docs/diagnostics.md")
    for extra in sorted((cases | sections | set(ELSEWHERE)) - set(ids)):
        problems.append(f"{extra}: there is no such diagnostic")
    return problems


def main():
    names = sys.argv[1:]
    cases = sorted(case for case in CASES.iterdir() if not names or case.name in names)
    failed = 0
    for case in cases:
        problems = check_case(case)
        failed += bool(problems)
        for problem in problems:
            print(f"{case.name}: {problem}")
    coverage = [] if names else check_coverage()
    for problem in coverage:
        print(problem)
    print(f"{len(cases)} cases, {failed} failed; {len(coverage)} gaps")
    return 1 if failed or coverage else 0


if __name__ == "__main__":
    sys.exit(main())
