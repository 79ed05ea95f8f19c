#!/usr/bin/env bash
# Every layout that is shipped keeps to the schema of the layout language, and
# the schema refuses what is none.
set -u
src=${SRC:-$(cd "$(dirname "$0")/../.." && pwd)}
schema=$src/layouts/layout.xsd
status=0

valid() { xmllint --noout --nonet --schema "$schema" "$@" 2>&1; }

shopt -s nullglob
count=0
for layout in "$src"/layouts/*.xml "$src"/examples/*/*.xml; do
    # Data documents stand beside layouts in examples/.
    grep -q 'xmlns="urn:gongshi:layout:1"' "$layout" || continue
    count=$((count + 1))
    if ! message=$(valid "$layout"); then
        printf '%s\n' "$message"
        status=1
    fi
done
if [ "$count" -lt 10 ]; then
    printf 'only %d layouts were found\n' "$count"
    status=1
fi

# refused NAME TOP BODY: what is wrong, and where it stands.
refused() {
    local layout
    layout="<layout xmlns='urn:gongshi:layout:1' name='wrong'>$2<body>$3</body></layout>"
    if printf '%s' "$layout" | valid - >/dev/null; then
        printf 'the schema accepts %s\n' "$1"
        status=1
    fi
}
accepted() {
    local layout
    layout="<layout xmlns='urn:gongshi:layout:1' name='right'>$2<body>$3</body></layout>"
    if ! printf '%s' "$layout" | valid - >/dev/null; then
        printf 'the schema refuses %s\n' "$1"
        status=1
    fi
}

accepted 'an empty body' '' ''
accepted 'a table' '' '<table columns="1* 2*"><row each="a"><td>{b}</td><td/></row></table>'
accepted 'control in a row' '' \
    '<table columns="1*"><each select="a"><if test="b"><row><td/></row></if></each></table>'
accepted 'a Chinese size' '<style name="s" size="小四" line="28pt"/>' ''
accepted 'four margins' '<page name="p" margin="1cm 2cm 1cm 2cm" size="200mm 100mm"/>' ''
refused 'an unknown element' '' '<para/>'
refused 'an unknown attribute' '' '<p colour="red"/>'
refused 'a row outside of a table' '' '<row><td/></row>'
refused 'a paragraph in a table' '' '<table columns="1*"><p>x</p></table>'
refused 'a row in a row through control' '' \
    '<table columns="1*"><row><if test="a"><row/></if></row></table>'
refused 'text in a table' '' '<table columns="1*">x</table>'
refused 'a table without columns' '' '<table/>'
refused 'a length without unit' '' '<space height="12"/>'
refused 'an unknown word' '' '<p align="middle">x</p>'
refused 'a span of 0' '' '<table columns="1*"><row><td colspan="0"/></row></table>'
refused 'a table in a cell' '' \
    '<table columns="1*"><row><td><table columns="1*"/></td></row></table>'
refused 'a section in a section' '' '<section><section/></section>'
refused 'a style without a name' '<style size="9pt"/>' ''
refused 'an unknown size' '<style name="s" size="小九"/>' ''

exit "$status"
