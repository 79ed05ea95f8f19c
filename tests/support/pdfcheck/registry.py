"""
Rules and findings.

A rule is a generator over a Subject that yields what it finds, in words. It
names its clause in each standard in which it holds:

    @rule('id', A1='6.1.3', A2='6.1.3')

`level` is the conformance level of PDF/A from which on it holds (b, u, a). A
finding's id is standard/clause-rule, as a2/6.1.3-id; where a rule holds in two
standards that are checked together, it is reported once, under PDF/A.
"""
from dataclasses import dataclass

RULES = []
LEVELS = 'bua'
SHOWN = 5  # findings of one rule; the rest are counted


@dataclass
class Rule:
    name: str
    clauses: dict
    level: str
    find: object


@dataclass
class Finding:
    id: str
    words: str

    def __str__(self):
        return '%s: %s' % (self.id, self.words)


def rule(name, level='b', **clauses):
    def add(find):
        RULES.append(Rule(name, clauses, level, find))
        return find
    return add


class Profile:
    """Standards to check against, from words such as a-2a,ua-1."""

    def __init__(self, words):
        self.part, self.level, self.ua = None, None, False
        for word in words.split(','):
            if word == 'ua-1':
                self.ua = True
            elif word[:2] == 'a-' and word[2:3] in '123' and word[3:] in tuple(LEVELS):
                self.part, self.level = int(word[2]), word[3]
            elif word not in ('none', ''):
                raise ValueError('no profile %r' % word)

    def id_of(self, a_rule):
        """The finding's id, or None where the rule does not hold."""
        in_level = self.part and LEVELS.index(a_rule.level) <= LEVELS.index(self.level)
        standards = []
        if in_level:
            standards += ['A3', 'A2'] if self.part == 3 else ['A%d' % self.part]
        standards += ['UA'] if self.ua else []
        standards += ['OURS'] if self.ua or self.part else []
        standards += ['PDF']
        if self.part == 3 and 'A3' in a_rule.clauses and a_rule.clauses['A3'] is None:
            return None
        for standard in standards:
            if standard in a_rule.clauses:
                return '%s/%s-%s' % (standard.lower().replace('a3', 'a%s' % self.part),
                                     a_rule.clauses[standard], a_rule.name)
        return None


def run(subject, profile):
    findings = []
    for one in RULES:
        name = profile.id_of(one)
        if name is None:
            continue
        words = list(dict.fromkeys(one.find(subject)))
        findings += [Finding(name, w) for w in words[:SHOWN]]
        if len(words) > SHOWN:
            findings.append(Finding(name, 'and %d more' % (len(words) - SHOWN)))
    return findings
