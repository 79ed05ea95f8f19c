#!/usr/bin/env python3
"""
Measures long tables: time and memory over the number of rows.

    measure_rows.py BUILD WORK [--rows 1000,10000,100000]

Ten records a unit, whose name stands in a cell merged over them.  `check` is all but
drawing, `pages` the page tree, which takes a pass before to count the pages; then
the PDF by each writer.  Processor time is what is compared: it does not hang on
what else the machine does.
"""
import argparse
import os
import re
import shutil
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
LAYOUT = os.path.join(HERE, 'rows-layout.xml')
STAGES = ['data', 'bind', 'layout', 'write']
TEXTS = ['推动全系统各级党组织学原文、悟原理、谈体会，努力做到真学、真懂、真用。',
         '规范完善市政府行政复议受理中心受理流程，拓宽复议申请渠道。',
         '加强与主流媒体交流合作，提高曝光率与社会影响力。',
         '组织律师对老百姓生活息息相关的法律法规进行宣讲，开展多样法律服务活动。',
         '加强社区服刑人员的监管及社区矫正法宣传，减少社区矫正人员再犯罪。']


def make(path, count):
    with open(path, 'w', encoding='utf-8') as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n'
                  '<table><title>%d行绩效指标汇总表</title><records>\n' % count)
        for i in range(count):
            out.write('<record><unit>第%d预算单位</unit><number>%d</number>'
                      '<name>指标%d办结及时率</name><description>%s</description>'
                      '<value>≥%d.%02d%%</value></record>\n'
                      % (i // 10 + 1, i + 1, i + 1, TEXTS[i % len(TEXTS)],
                         i % 100, i * 7 % 100))
        out.write('</records></table>\n')


def run(program, data, out, arguments):
    """Processor seconds, peak memory in kB, milliseconds by stage."""
    command = [program, *arguments, data, '-l', LAYOUT, '--time']
    if arguments[0] == 'render':
        command += ['-o', out]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    errors = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(errors)
    stages = {name: float(ms) for name, ms in
              re.findall(r'^(\w+) +([0-9.]+) ms$', errors, re.M)}
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss, stages


WAYS = {
    'check': ['check'],
    'pages': ['render', '--to', 'pages'],
    'pdf': ['render', '--writer', 'pdf'],
    'cairo': ['render', '--writer', 'cairo'],
}


def measure(program, folder, ways, counts):
    """By way and count: processor seconds and MB; printed as it comes."""
    results = {}
    for count in counts:
        data = os.path.join(folder, 'rows.xml')
        out = os.path.join(folder, 'rows.out')
        make(data, count)
        for way in ways:
            seconds, memory, stages = run(program, data, out, WAYS[way])
            results[way, count] = seconds, memory / 1024
            print('%10d %6s %9.2f %9.1f %9.1f   %s' % (
                count, way, seconds, seconds / count * 1e6, memory / 1024,
                '  '.join('%.1f' % (stages.get(s, 0) / count * 1e3)
                          for s in STAGES)), flush=True)
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[1])
    parser.add_argument('build')
    parser.add_argument('work')
    parser.add_argument('--rows', default='1000,10000,100000')
    parser.add_argument('--ways', default=','.join(WAYS))
    options = parser.parse_args()
    program = os.path.join(options.build, 'bin', 'gongshi')
    folder = os.path.join(options.work, 'rows')
    os.makedirs(folder, exist_ok=True)

    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print('\n%10s %6s %9s %9s %9s   %s' % (
        'rows', '', 'cpu s', 'µs a row', 'MB',
        'µs a row: ' + ', '.join(STAGES)))
    ways = options.ways.split(',')
    counts = [int(n) for n in options.rows.split(',')]
    results = measure(program, folder, ways, counts)
    shutil.rmtree(folder)
    first, last = counts[min(1, len(counts) - 1)], counts[-1]
    for way in ways if last > first else []:
        (seconds, memory), (more, most) = results[way, first], results[way, last]
        print('%s: from %d to %d rows, time a row × %.2f, memory × %.2f' % (
            way, first, last, more / last / (seconds / first), most / memory))


if __name__ == '__main__':
    main()
