"""ToUnicode CMaps (ISO 32000-1, 9.10.3)."""
from .objects import Broken, Keyword, Lexer, String


class ToUnicode:
    def __init__(self, data):
        self.width = None  # bytes of a code
        self.map = {}      # code -> text
        self.problems = []
        operands = []
        lexer = Lexer(data)
        while True:
            token = lexer.object()
            if not isinstance(token, Keyword):
                operands.append(token)
                continue
            if token == b'':
                break
            self.operator(token, operands)
            operands = []

    def operator(self, word, operands):
        if word == b'endcodespacerange':
            widths = {len(o) for o in operands}
            self.width = widths.pop() if len(widths) == 1 else None
        elif word == b'endbfchar':
            for code, text in zip(operands[::2], operands[1::2]):
                self.add(int.from_bytes(code, 'big'), text)
        elif word == b'endbfrange':
            for first, last, text in zip(operands[::3], operands[1::3], operands[2::3]):
                self.add_range(int.from_bytes(first, 'big'), int.from_bytes(last, 'big'), text)
        elif word in (b'begincidrange', b'begincidchar'):
            self.problems.append('%s in a ToUnicode CMap' % word.decode())
        if word in (b'endbfchar', b'endbfrange'):
            per = 2 if word == b'endbfchar' else 3
            if len(operands) > 100 * per:
                self.problems.append('%d entries in one section, 100 may be' % (
                    len(operands) // per))

    def add_range(self, first, last, text):
        if isinstance(text, list):
            if len(text) != last - first + 1:
                self.problems.append('range %04X-%04X with %d texts' % (first, last, len(text)))
            for code, one in enumerate(text, first):
                self.add(code, one)
            return
        if text and text[-1] + last - first > 255:
            self.problems.append('range %04X-%04X runs over its last byte' % (first, last))
        for code in range(first, last + 1):
            end = int.from_bytes(text[-2:], 'big') + code - first
            self.add(code, String(text[:-2] + end.to_bytes(4, 'big')[-2:]))

    def add(self, code, text):
        if not isinstance(text, bytes):
            raise Broken('a ToUnicode CMap that maps to no string')
        try:
            decoded = text.decode('utf-16-be')
        except UnicodeDecodeError:
            self.problems.append('%04X maps to no UTF-16: %s' % (code, text.hex()))
            decoded = '\ufffd'
        if code in self.map and self.map[code] != decoded:
            self.problems.append('%04X is mapped twice' % code)
        self.map[code] = decoded
