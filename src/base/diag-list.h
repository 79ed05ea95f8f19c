/*
 * Every kind of diagnostic, in the order of the stages that find them:
 *
 *   GS_DIAG(id, name, severity, fault, message, expected, hint)
 *
 * `name` is stable: it appears in messages, in docs/diagnostics.md and names the
 * golden case that triggers it.  `expected` and `hint` may be NULL; one that
 * uses an argument that is missing is left out.
 *
 * No include guard: included several times with different GS_DIAG.
 */

/* --- files and XML --------------------------------------------------------- */
GS_DIAG(GS_DIAG_FILE_READ, "file-read", GS_ERROR, GS_FAULT_OUTSIDE,
        N_("cannot read %1: %2"), NULL, NULL)
GS_DIAG(GS_DIAG_FILE_TOO_LARGE, "file-too-large", GS_ERROR, GS_FAULT_INPUT,
        N_("%1 is larger than %2 bytes"), NULL, NULL)
GS_DIAG(GS_DIAG_FILE_WRITE, "file-write", GS_ERROR, GS_FAULT_OUTSIDE,
        N_("cannot write %1: %2"), NULL,
        N_("nothing has been written; an older file of this name is as it was"))
GS_DIAG(GS_DIAG_PATH_OUTSIDE_ROOT, "path-outside-root", GS_ERROR,
        GS_FAULT_INPUT, N_("%1 lies outside of the root folder"),
        N_("a file under %2"), N_("--root DIR names the folder"))
GS_DIAG(GS_DIAG_XML_SYNTAX, "xml-syntax", GS_ERROR, GS_FAULT_INPUT,
        N_("not well-formed XML: %1"), NULL, NULL)
GS_DIAG(GS_DIAG_XML_ENCODING, "xml-encoding", GS_ERROR, GS_FAULT_INPUT,
        N_("cannot read the text as %1"), N_("UTF-8, or the encoding that the "
        "first line declares"),
        N_("if it is GBK, write <?xml version=\"1.0\" encoding=\"%2\"?>"))
GS_DIAG(GS_DIAG_XML_DTD, "xml-dtd", GS_ERROR, GS_FAULT_INPUT,
        N_("a document type declaration is not accepted"), NULL,
        N_("take out the <!DOCTYPE …> part; entities are not expanded"))
GS_DIAG(GS_DIAG_XML_LIMIT, "xml-limit", GS_ERROR, GS_FAULT_INPUT,
        N_("the XML is out of bounds: %1"), N_("at most %2"), NULL)

/* --- layouts --------------------------------------------------------------- */
GS_DIAG(GS_DIAG_NO_LAYOUT, "no-layout", GS_ERROR, GS_FAULT_INPUT,
        N_("no layout is named"), N_("<?gongshi-layout NAME?> before the root "
        "element, or -l NAME"), NULL)
GS_DIAG(GS_DIAG_UNKNOWN_LAYOUT, "unknown-layout", GS_ERROR, GS_FAULT_INPUT,
        N_("there is no layout “%1”"), N_("one of: %2"),
        N_("did you mean “%3”?"))
GS_DIAG(GS_DIAG_NOT_A_LAYOUT, "not-a-layout", GS_ERROR, GS_FAULT_INPUT,
        N_("the root element is <%1>"),
        N_("<%2 xmlns=\"urn:gongshi:layout:1\">"), NULL)
GS_DIAG(GS_DIAG_UNKNOWN_ELEMENT, "unknown-element", GS_ERROR, GS_FAULT_INPUT,
        N_("there is no element <%1>"), N_("in <%2>: %3"),
        N_("did you mean <%4>?"))
GS_DIAG(GS_DIAG_MISPLACED_ELEMENT, "misplaced-element", GS_ERROR,
        GS_FAULT_INPUT, N_("<%1> is not allowed in <%2>"), N_("%3"), NULL)
GS_DIAG(GS_DIAG_MISPLACED_TEXT, "misplaced-text", GS_ERROR, GS_FAULT_INPUT,
        N_("text is not allowed in <%1>: “%2”"), N_("%3"), NULL)
GS_DIAG(GS_DIAG_UNKNOWN_ATTRIBUTE, "unknown-attribute", GS_ERROR,
        GS_FAULT_INPUT, N_("<%1> has no attribute “%2”"), N_("one of: %3"),
        N_("did you mean “%4”?"))
GS_DIAG(GS_DIAG_MISSING_ATTRIBUTE, "missing-attribute", GS_ERROR,
        GS_FAULT_INPUT, N_("<%1> needs the attribute “%2”"), NULL, NULL)
GS_DIAG(GS_DIAG_BAD_VALUE, "bad-value", GS_ERROR, GS_FAULT_INPUT,
        N_("“%1” is no value for %2"), N_("%3"), N_("did you mean “%4”?"))
GS_DIAG(GS_DIAG_UNKNOWN_STYLE, "unknown-style", GS_ERROR, GS_FAULT_INPUT,
        N_("there is no style “%1”"), N_("one of: %2"),
        N_("did you mean “%3”?"))
GS_DIAG(GS_DIAG_UNKNOWN_FORMAT, "unknown-format", GS_ERROR, GS_FAULT_INPUT,
        N_("there is no format “%1”"), N_("one of: %2"),
        N_("did you mean “%3”?"))
GS_DIAG(GS_DIAG_UNKNOWN_FRAGMENT, "unknown-fragment", GS_ERROR, GS_FAULT_INPUT,
        N_("there is no fragment “%1”"), N_("one of: %2"),
        N_("did you mean “%3”?"))
GS_DIAG(GS_DIAG_UNKNOWN_PAGE, "unknown-page", GS_ERROR, GS_FAULT_INPUT,
        N_("there is no page “%1”"), N_("one of: %2"),
        N_("did you mean “%3”?"))
GS_DIAG(GS_DIAG_UNKNOWN_PARAMETER, "unknown-parameter", GS_ERROR,
        GS_FAULT_INPUT, N_("fragment “%1” has no parameter “%2”"),
        N_("one of: %3"), NULL)
GS_DIAG(GS_DIAG_MISSING_PARAMETER, "missing-parameter", GS_ERROR,
        GS_FAULT_INPUT, N_("fragment “%1” needs the parameter “%2”"), NULL, NULL)
GS_DIAG(GS_DIAG_UNKNOWN_VARIABLE, "unknown-variable", GS_ERROR, GS_FAULT_INPUT,
        N_("there is no variable “$%1” here"), N_("one of: %2"), NULL)
GS_DIAG(GS_DIAG_UNKNOWN_TOTAL, "unknown-total", GS_ERROR, GS_FAULT_INPUT,
        N_("the table has no total “%1”"), N_("one of: %2"),
        N_("<td sum=\"%1\"> adds the value of its cell to it"))
GS_DIAG(GS_DIAG_DUPLICATE_NAME, "duplicate-name", GS_ERROR, GS_FAULT_INPUT,
        N_("%1 “%2” is defined twice"), NULL, N_("first in %3"))
GS_DIAG(GS_DIAG_CYCLE, "cycle", GS_ERROR, GS_FAULT_INPUT,
        N_("%1 “%2” leads back to itself"), NULL, NULL)
GS_DIAG(GS_DIAG_IMPORT, "import", GS_ERROR, GS_FAULT_INPUT,
        N_("there is no file “%1” to import"), N_("in: %2"), NULL)
GS_DIAG(GS_DIAG_BAD_XPATH, "bad-xpath", GS_ERROR, GS_FAULT_INPUT,
        N_("the expression “%1” cannot be understood from here on: %2"),
        N_("an XPath 1.0 expression"), NULL)
GS_DIAG(GS_DIAG_BAD_PATTERN, "bad-pattern", GS_ERROR, GS_FAULT_INPUT,
        N_("%1 without its partner"), N_("{xpath}; {{ and }} stand for the "
        "braces themselves"), NULL)
GS_DIAG(GS_DIAG_BAD_COLUMNS, "bad-columns", GS_ERROR, GS_FAULT_INPUT,
        N_("“%1” is no column width"), N_("a length (18mm), a share (2*), auto, "
        "balance or repeat(N, …)"), NULL)
GS_DIAG(GS_DIAG_MISSING_ELEMENT, "missing-element", GS_ERROR, GS_FAULT_INPUT,
        N_("<%1> needs an element <%2>"), NULL, NULL)
GS_DIAG(GS_DIAG_DECIMAL_PLACE, "decimal-place", GS_ERROR, GS_FAULT_INPUT,
        N_("<%1> aligns its text at a decimal point, and stands in no column"),
        N_("align=\"decimal\" on a cell of a table, or on a <p> in one"), NULL)
GS_DIAG(GS_DIAG_REPEATED_ELEMENT, "repeated-element", GS_ERROR, GS_FAULT_INPUT,
        N_("<%1> stands in <%2> more than once"), NULL, NULL)
GS_DIAG(GS_DIAG_LAYOUT_TOO_LARGE, "layout-too-large", GS_ERROR, GS_FAULT_INPUT,
        N_("the layout has more than %1 %2, its fragments included"), NULL, NULL)
GS_DIAG(GS_DIAG_UNKNOWN_ROLE, "unknown-role", GS_ERROR, GS_FAULT_INPUT,
        N_("the font list has no role “%1”"), N_("one of: %2"), NULL)

/* --- binding ---------------------------------------------------------------- */
GS_DIAG(GS_DIAG_MISSING_VALUE, "missing-value", GS_ERROR, GS_FAULT_INPUT,
        N_("“%1” finds nothing in the data at %2"),
        N_("perhaps “%3”, which is there"),
        N_("an empty element prints an empty cell; {?…} allows it to be absent"))
GS_DIAG(GS_DIAG_PERHAPS_MISSPELT, "perhaps-misspelt", GS_WARNING,
        GS_FAULT_INPUT, N_("“%1” finds nothing in the data at %2, where it may "
        "be absent"), NULL, N_("did you mean “%3”, which is there?"))
GS_DIAG(GS_DIAG_SEVERAL_VALUES, "several-values", GS_ERROR, GS_FAULT_INPUT,
        N_("“%1” finds %2 values at %3"), N_("one value"),
        N_("each=\"%1\" repeats an element for every one of them"))
GS_DIAG(GS_DIAG_NOT_NODES, "not-nodes", GS_ERROR, GS_FAULT_INPUT,
        N_("“%1” selects no elements or attributes"),
        N_("a path into the data"), NULL)
GS_DIAG(GS_DIAG_XPATH_FAILED, "xpath-failed", GS_ERROR, GS_FAULT_INPUT,
        N_("“%1” cannot be worked out: %2"), NULL, NULL)
GS_DIAG(GS_DIAG_NO_RESULT, "no-result", GS_ERROR, GS_FAULT_INPUT,
        N_("“%1” gives no number (%2)"),
        N_("a number such as 1041.50 at %3, where “%4” stands"),
        N_("an empty value or a word is no number, neither is what is divided "
        "by 0; sum(amount[. != '']) passes over empty ones"))
GS_DIAG(GS_DIAG_NOT_AN_AMOUNT, "not-an-amount", GS_ERROR, GS_FAULT_INPUT,
        N_("“%1” is no amount (%2)"), N_("digits with at most one decimal "
        "point, such as 1041.50"), NULL)
GS_DIAG(GS_DIAG_NOT_A_DATE, "not-a-date", GS_ERROR, GS_FAULT_INPUT,
        N_("“%1” is no date (%2)"),
        N_("2022-03-01, 2022-03, 2022 or 2022年3月1日"), NULL)
GS_DIAG(GS_DIAG_NOT_A_NUMBER, "not-a-number", GS_ERROR, GS_FAULT_INPUT,
        N_("“%1” is no whole number (%2)"), N_("%3"), NULL)
GS_DIAG(GS_DIAG_BAD_CHARACTER, "bad-character", GS_ERROR, GS_FAULT_INPUT,
        N_("the text holds the control character %1 (%2)"), NULL, NULL)
GS_DIAG(GS_DIAG_GROUP_WITHOUT_ROWS, "group-without-rows", GS_ERROR,
        GS_FAULT_INPUT, N_("the group at %1 has cells but no rows to stand in"),
        NULL, N_("least=\"1\" on its <row each=…> prints a blank row"))
GS_DIAG(GS_DIAG_TOO_MUCH, "too-much", GS_ERROR, GS_FAULT_INPUT,
        N_("the document has more than %1 %2"), NULL, NULL)
GS_DIAG(GS_DIAG_UNKNOWN_TARGET, "unknown-target", GS_ERROR, GS_FAULT_INPUT,
        N_("nothing in the document has the id “%1”"), NULL, NULL)
GS_DIAG(GS_DIAG_PICTURE_FORMAT, "picture-format", GS_ERROR, GS_FAULT_INPUT,
        N_("%1 is not a picture that can be read: %2"), N_("a PNG or JPEG file"), NULL)
GS_DIAG(GS_DIAG_PICTURE_TOO_LARGE, "picture-too-large", GS_ERROR,
        GS_FAULT_INPUT, N_("%1 has %2 × %3 pixels"), N_("at most %4 pixels"),
        NULL)
GS_DIAG(GS_DIAG_PICTURE_MISSING, "picture-missing", GS_ERROR, GS_FAULT_INPUT,
        N_("there is no picture %1"), N_("a file under %2"), NULL)
GS_DIAG(GS_DIAG_PICTURE_WITHOUT_ALT, "picture-without-alt", GS_WARNING,
        GS_FAULT_INPUT, N_("nothing says what the picture shows"),
        N_("alt, with the picture's content in words"),
        N_("alt=\"\" says that it only decorates"))
GS_DIAG(GS_DIAG_SEAL_WITHOUT_ORGAN, "seal-without-organ", GS_ERROR,
        GS_FAULT_INPUT, N_("a specimen seal needs the name of its organ"), NULL,
        NULL)

/* --- fonts and text ---------------------------------------------------------- */
GS_DIAG(GS_DIAG_NO_FONTS, "no-fonts", GS_ERROR, GS_FAULT_OUTSIDE,
        N_("no face of the role “%1” is installed"), N_("one of: %2"),
        N_("install the package %3, or name your own faces in %4"))
GS_DIAG(GS_DIAG_NOT_A_FONT_LIST, "not-a-font-list", GS_ERROR, GS_FAULT_INPUT,
        N_("the root element is <%1>"), N_("<fonts xmlns=\"urn:gongshi:fonts:1\">"),
        NULL)
GS_DIAG(GS_DIAG_BAD_FONT, "bad-font", GS_ERROR, GS_FAULT_OUTSIDE,
        N_("the font file %1 cannot be used: %2"), NULL, NULL)
GS_DIAG(GS_DIAG_MISSING_GLYPH, "missing-glyph", GS_ERROR, GS_FAULT_INPUT,
        N_("no face of “%1” has the character %2 %3 (%4)"),
        N_("a face that has it, such as those of Debian's package %6"),
        N_("add a face that has it to the fallback of %5"))
GS_DIAG(GS_DIAG_PRIVATE_GLYPH, "private-glyph", GS_ERROR, GS_FAULT_INPUT,
        N_("no face of “%1” has the character %2, which is of private use (%4)"),
        N_("a face of the office that made it, or what it stands for in pua.xml"),
        N_("pua.xml stands beside %5"))
GS_DIAG(GS_DIAG_OVERFULL, "overfull", GS_ERROR, GS_FAULT_INPUT,
        N_("“%1” is wider than its place: %2 of %3 (%4)"), NULL,
        N_("widen the column or take a smaller size"))
GS_DIAG(GS_DIAG_SPLIT_WORD, "split-word", GS_WARNING, GS_FAULT_INPUT,
        N_("a word or number is wider than its line of %1 and is broken after "
           "“%2” (%3)"), NULL,
        N_("widen the column, take a smaller size or write shrink=\"yes\""))

/* --- tables and pages -------------------------------------------------------- */
GS_DIAG(GS_DIAG_CELLS_OVERLAP, "cells-overlap", GS_ERROR, GS_FAULT_INPUT,
        N_("the cell claims row %1, column %2, which the cell of %3 has already"),
        NULL, NULL)
GS_DIAG(GS_DIAG_SPAN_PAST_TABLE, "span-past-table", GS_ERROR, GS_FAULT_INPUT,
        N_("the cell reaches column %1"), N_("the table has %2 columns"), NULL)
GS_DIAG(GS_DIAG_SPAN_PAST_GROUP, "span-past-group", GS_ERROR, GS_FAULT_INPUT,
        N_("the cell spans %1 rows"), N_("its head, body or foot has %2 more"),
        NULL)
GS_DIAG(GS_DIAG_ROW_NOT_FULL, "row-not-full", GS_ERROR, GS_FAULT_INPUT,
        N_("the row fills %1 of %2 columns (%3)"), NULL,
        N_("an empty cell is written <td/>"))
GS_DIAG(GS_DIAG_TABLE_TOO_WIDE, "table-too-wide", GS_ERROR, GS_FAULT_INPUT,
        N_("the columns take %1"), N_("at most %2, the width between the "
        "margins"), NULL)
GS_DIAG(GS_DIAG_SPAN_OVER_STRIPS, "span-over-strips", GS_ERROR,
        GS_FAULT_INPUT, N_("the cell spans columns %1 to %2, and the table, too "
        "wide for the page, is cut after column %3"), NULL,
        N_("a cell stands on one page; divide it there, or make room"))
GS_DIAG(GS_DIAG_COLUMN_TOO_NARROW, "column-too-narrow", GS_ERROR,
        GS_FAULT_INPUT, N_("column %1 is %2 wide, its padding takes %3"), NULL,
        NULL)
GS_DIAG(GS_DIAG_ROW_OVERFLOW, "row-overflow", GS_ERROR, GS_FAULT_INPUT,
        N_("the text takes %1, the row is fixed at %2 (%3)"), NULL,
        N_("fit=\"least\" lets the row grow"))
GS_DIAG(GS_DIAG_TEXT_CLIPPED, "text-clipped", GS_WARNING, GS_FAULT_INPUT,
        N_("“%1” is cut off: the text takes %2, the row is fixed at %3 (%4)"),
        NULL, N_("fit=\"shrink\" sets it smaller, fit=\"least\" lets the row grow"))
GS_DIAG(GS_DIAG_HEAD_TOO_TALL, "head-too-tall", GS_WARNING, GS_FAULT_INPUT,
        N_("the table's head (%1) leaves no room for a row on the page; it is "
        "not repeated"), NULL, NULL)
GS_DIAG(GS_DIAG_CAPTION_TOO_TALL, "caption-too-tall", GS_WARNING,
        GS_FAULT_INPUT, N_("the caption of the table's further parts (%1) "
        "leaves no room for a row on the page; it is left out"), NULL, NULL)
GS_DIAG(GS_DIAG_OFF_AXIS, "off-axis", GS_WARNING, GS_FAULT_INPUT,
        N_("“%1” does not stand at the decimal point of its column, which has "
        "room for %2 (%3)"), NULL,
        N_("widen the column; of a long table, say by fraction=\"\" how many "
        "decimals there are"))
GS_DIAG(GS_DIAG_KEEP_BROKEN, "keep-broken", GS_WARNING, GS_FAULT_INPUT,
        N_("what must stay together takes %1, the page has %2: it is broken"),
        NULL, NULL)
GS_DIAG(GS_DIAG_PAGE_TOO_SMALL, "page-too-small", GS_ERROR, GS_FAULT_INPUT,
        N_("the margins, head and foot leave %1 × %2 of the page"), NULL, NULL)
GS_DIAG(GS_DIAG_BLOCK_TOO_TALL, "block-too-tall", GS_ERROR, GS_FAULT_INPUT,
        N_("a line or picture takes %1, the page has %2"), NULL, NULL)
GS_DIAG(GS_DIAG_TOO_MANY_PAGES, "too-many-pages", GS_ERROR, GS_FAULT_INPUT,
        N_("the document takes more than %1 pages"), NULL, NULL)

/* --- writers ------------------------------------------------------------------ */
GS_DIAG(GS_DIAG_WRITER, "writer", GS_ERROR, GS_FAULT_OUTSIDE,
        N_("the %1 writer failed: %2"), NULL, NULL)
GS_DIAG(GS_DIAG_WRITER_FACE, "writer-face", GS_ERROR, GS_FAULT_OUTSIDE,
        N_("the %1 writer cannot embed %2: %3"),
        N_("a face that may be embedded, in a form that the writer takes"),
        N_("put another face first in the font list, or take another writer"))
GS_DIAG(GS_DIAG_WRITER_CHARACTER, "writer-character", GS_ERROR, GS_FAULT_INPUT,
        N_("the %1 writer cannot write the character %2"), NULL,
        N_("use another writer"))
GS_DIAG(GS_DIAG_NO_SUCH_PAGE, "no-such-page", GS_ERROR, GS_FAULT_INPUT,
        N_("there are no pages %1"), N_("1 to %2"), NULL)

/* --- the program's own faults -------------------------------------------------- */
GS_DIAG(GS_DIAG_LEDGER, "ledger", GS_ERROR, GS_FAULT_INTERNAL,
        N_("the pages do not hold the text “%1” (%2) once: %3 of its %4 "
        "characters are placed"), NULL,
        N_("this is a fault of the program; nothing has been written: please "
        "report it"))
GS_DIAG(GS_DIAG_LEDGER_ROWS, "ledger-rows", GS_ERROR, GS_FAULT_INTERNAL,
        N_("the pages do not hold the text of a long table once"), NULL,
        N_("this is a fault of the program; nothing has been written: please "
        "report it"))
GS_DIAG(GS_DIAG_LEDGER_DRAWN, "ledger-drawn", GS_ERROR, GS_FAULT_INTERNAL,
        N_("what is drawn of page %1 is not the text that stands on it"), NULL,
        N_("this is a fault of the program; nothing has been written: please "
        "report it"))
