#!/usr/bin/env python3
"""
Makes distinct units' forms (市直部门整体预算绩效目标申报表) for the bench.

    make_units.py FOLDER [--count 200]

Every unit has the shape of data/huizhou-2022.xml, but a name, figures and texts
of its own: sentences are drawn from all documents of data/, so that two units
share little but the words of the form. Nothing is random that is not seeded.
"""
import argparse
import copy
import glob
import os
import random
import re
import xml.etree.ElementTree as ET

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'data')
BASE = os.path.join(DATA, 'huizhou-2022.xml')
LONG = 20  # characters from which a text counts as prose


def sentences():
    """All sentences of the data, in a fixed order."""
    found = set()
    for path in glob.glob(os.path.join(DATA, '*.xml')):
        for element in ET.parse(path).iter():
            found.update(re.findall(r'[^。；\n]{12,90}[。；]', element.text or ''))
    return sorted(found)


def prose(rng, pool, size):
    """About `size` characters of other units' sentences."""
    text = ''
    while len(text) < size:
        text += rng.choice(pool)
    return text[:-1] + '。'


def amount(rng, top):
    """In 万元, as cents and as printed."""
    cents = rng.randrange(1, top * 100)
    return cents, printed(cents)


def printed(cents):
    return '%d.%02d' % divmod(cents, 100)


def fill_budget(rng, budget):
    basic, budget.find('basic_expenditure').text = amount(rng, 90000)
    project, budget.find('project_expenditure').text = amount(rng, 20000)
    other = rng.choice([0, 0, project // 7])
    budget.find('other_funds').text = printed(other)
    budget.find('fiscal_appropriation').text = printed(basic + project - other)


def fill_indicators(rng, pool, indicators):
    for level3 in indicators.iter('level3'):
        if len(level3.get('name')) > LONG:
            level3.set('name', prose(rng, pool, len(level3.get('name'))))
        value = '≥%d%%' % rng.randint(50, 100)
        level3.find('annual_value').text = value
        level3.find('period_value').text = value


def unit_of(base, pool, number):
    root = copy.deepcopy(base)
    rng = random.Random(number)
    unit = root.find('unit')
    unit.find('unit_name').text = '惠州市第%04d预算单位' % number
    fill_budget(rng, unit.find('budget'))
    goal = unit.find('overall_goal')
    goal.text = prose(rng, pool, len(goal.text))
    for task in unit.iter('task'):
        for name in ('content', 'expected_goal'):
            field = task.find(name)
            field.text = prose(rng, pool, len(field.text))
        task.find('amount').text = amount(rng, 900)[1]
    fill_indicators(rng, pool, unit.find('performance_indicators'))
    return root


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[1])
    parser.add_argument('folder')
    parser.add_argument('--count', type=int, default=200)
    options = parser.parse_args()

    os.makedirs(options.folder, exist_ok=True)
    base, pool = ET.parse(BASE).getroot(), sentences()
    for number in range(1, options.count + 1):
        text = ET.tostring(unit_of(base, pool, number), encoding='unicode')
        with open(os.path.join(options.folder, 'u%04d.xml' % number), 'w',
                  encoding='utf-8') as file:
            file.write('<?xml version="1.0" encoding="UTF-8"?>\n'
                       '<?gongshi-layout huizhou-overall?>\n%s\n' % text)


if __name__ == '__main__':
    main()
