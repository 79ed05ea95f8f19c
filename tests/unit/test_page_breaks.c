/*
 * Where pages end: keeps and their strengths, groups that begin a page, marked
 * labels, captions of further parts.
 *
 * Pages are ten lines high.  A page is written as its rows and blocks with
 * blanks between; lines of a cell are parted by ",", cells by "|".  What is drawn
 * again stands in ( ).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib.h>

#include "base/arena.h"
#include "layout/fragment.h"
#include "layout/layout.h"
#include "support/bind_dump.h"
#include "text/fonts.h"

static struct gs_fonts *fonts;

#define LAYOUT(body)                                                           \
    "<layout xmlns='urn:gongshi:layout:1' name='test' lang='zh-CN'>"           \
    "<page name='a' size='200pt 140pt' margin='20pt'/>"                        \
    "<style name='s' size='8pt' line='10pt' padding='0pt'/>"                   \
    "<body style='s'>" body "</body></layout>"
#define DATA                                                                   \
    "<d><a>1</a><a>2</a><a>3</a><a>4</a><a>5</a><a>6</a><a>7</a><a>8</a>"      \
    "<a>9</a><a>10</a><a>11</a><a>12</a></d>"

static void dump_lines(
        GString *out, const struct gs_frag_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        g_string_append(out, i > 0 ? "," : "");
        g_string_append(out, lines[i].line->text);
    }
}

static void dump_table(GString *out, const struct gs_frag_table *table)
{
    for (size_t i = 0; i < table->row_count; i++) {
        const struct gs_frag_row *row = &table->rows[i];
        g_string_append(out, i > 0 ? " " : "");
        for (size_t k = 0; k < row->cell_count; k++) {
            const struct gs_frag_cell *cell = &row->cells[k];
            g_string_append(out, k > 0 ? "|" : "");
            g_string_append(out, cell->repeated ? "(" : "");
            dump_lines(out, cell->lines, cell->line_count);
            g_string_append(out, cell->repeated ? ")" : "");
        }
    }
}

static char *dump_pages(const struct gs_pages *pages)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < pages->count; i++) {
        for (size_t k = 0; k < pages->pages[i].block_count; k++) {
            const struct gs_frag_block *block = &pages->pages[i].blocks[k];
            g_string_append(out, k > 0 ? " " : "");
            g_string_append(out, block->repeated ? "(" : "");
            if (block->kind == GS_FRAG_TABLE) {
                dump_table(out, block->table);
            } else {
                dump_lines(out, block->lines, block->line_count);
            }
            g_string_append(out, block->repeated ? ")" : "");
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

/* Lays out, compares the pages, and counts the keeps reported as broken. */
static void assert_pages(const char *layout, const char *expected, size_t broken)
{
    struct bind_run run = bind_strings(layout, DATA, NULL);
    assert_non_null(run.doc);
    const struct gs_pages *pages =
            gs_layout(run.arena, run.doc, fonts, run.diag);
    assert_non_null(pages);
    char *text = dump_pages(pages);
    assert_string_equal(text, expected);
    g_free(text);
    size_t found = 0;
    for (size_t i = 0; i < gs_diag_count(run.diag); i++) {
        assert_int_equal(gs_diag_entry(run.diag, i).id, GS_DIAG_KEEP_BROKEN);
        found++;
    }
    assert_int_equal(found, broken);
    bind_free(&run);
}

/* --- labels and captions ------------------------------------------------------ */

static void a_label_says_that_it_goes_on(void **state)
{
    (void)state;
    assert_pages(LAYOUT("<table columns='60pt 1*'>"
                        "<group><td label='repeat-mark'>甲</td>"
                        "<row each='a'><td>{.}</td></row></group></table>"),
            "甲|1 2 3 4 5 6 7 8 9 10\n(甲（续）)|11 12\n", 0);
    assert_pages(LAYOUT("<table columns='60pt 1*'><group>"
                        "<td label='repeat-mark' mark='→{a[1]}'>甲</td>"
                        "<row each='a'><td>{.}</td></row></group></table>"),
            "甲|1 2 3 4 5 6 7 8 9 10\n(甲→1)|11 12\n", 0);
}

/* The part has room for the label with its mark, or the row is stretched. */
static void a_mark_has_room(void **state)
{
    (void)state;
    assert_pages(LAYOUT("<table columns='10pt 1*'>"
                        "<group><td label='repeat-mark' mark='续'>甲</td>"
                        "<row each='a[position() &lt; 12]'><td>{.}</td></row>"
                        "</group><row><td/><td>末</td></row></table>"),
            "甲|1 2 3 4 5 6 7 8 9 10\n(甲,续)|11 |末\n", 0);
}

static void a_caption_stands_above_further_parts(void **state)
{
    (void)state;
    assert_pages(LAYOUT("<p>附表</p><table columns='1*'>"
                        "<continued><p>续表</p></continued>"
                        "<head><row><th>头</th></row></head>"
                        "<row each='a'><td>{.}</td></row></table>"),
            "附表 头 1 2 3 4 5 6 7 8\n(续表) (头) 9 10 11 12\n", 0);
    /* A table that has only waited for its page has no further part. */
    assert_pages(LAYOUT("<p each='a[position() &lt; 11]'>{.}</p>"
                        "<table columns='1*'><row><td>行</td></row>"
                        "<continued><p>续表</p></continued></table>"),
            "1 2 3 4 5 6 7 8 9 10\n行\n", 0);
}

/* --- groups that begin a page -------------------------------------------------- */

static void a_group_begins_a_page(void **state)
{
    (void)state;
    assert_pages(LAYOUT("<table columns='1*'><head><row><th>头</th></row></head>"
                        "<group each='a[position() &lt; 4]' break='before'>"
                        "<row><td>{.}</td></row><row><td>-</td></row></group>"
                        "</table>"),
            "头 1 -\n(头) 2 -\n(头) 3 -\n", 0);
    /* A second head goes with the group below it. */
    assert_pages(LAYOUT("<table columns='1*'><row><td>1</td></row>"
                        "<head><row><th>头</th></row></head>"
                        "<group break='before'><row><td>2</td></row></group>"
                        "</table>"),
            "1\n头 2\n", 0);
}

/* --- strengths of keeps --------------------------------------------------------- */

#define ROW(text, attributes) "<row " attributes "><td>" text "</td></row>"
#define NEXT "keep='next'"

static void rows_part_where_they_are_kept_least(void **state)
{
    (void)state;
    /* Equal ones: at the last that the page reaches. */
    assert_pages(LAYOUT("<table columns='1*'>"
                        "<group each='.' keep='together'>"
                        "<row each='a'><td>{.}</td></row></group></table>"),
            "1 2 3 4 5 6 7 8 9 10\n11 12\n", 1);
    assert_pages(LAYOUT("<table columns='1*'>"
                        "<group each='.' keep='together' "
                        "keep-strength='weak'>"
                        "<row each='a'><td>{.}</td></row></group></table>"),
            "1 2 3 4 5 6 7 8 9 10\n11 12\n", 0);
    /* Strong inside of weak: between the inner groups. */
    assert_pages(LAYOUT("<table columns='1*'>"
                        "<group keep='together' keep-strength='weak'>"
                        "<group each='a' by='ceiling(. div 4)' "
                        "keep='together'><row each='current-group()'>"
                        "<td>{.}</td></row></group></group></table>"),
            "1 2 3 4 5 6 7 8\n9 10 11 12\n", 0);
    /* Single rows. */
    assert_pages(LAYOUT("<table columns='1*'>" ROW("a",
                        NEXT) ROW("b", NEXT " keep-strength='weak'")
                        ROW("c", NEXT " height='50pt'")
                        ROW("d", "keep='both' height='50pt'") "</table>"),
            "a b\nc d\n", 0);
}

/* A row that may not be split, but not for all the world, under its head. */
static void a_head_is_not_left_alone(void **state)
{
    (void)state;
    assert_pages(LAYOUT("<table columns='1*'>"
                        "<head><row height='60pt'><th>头</th></row></head>"
                        "<row keep='together'><td>"
                        "a<br/>b<br/>c<br/>d<br/>e<br/>f</td></row></table>"),
            "头 a,b,c,d\n(头) e,f\n", 1);
    assert_pages(LAYOUT("<table columns='1*'>"
                        "<head><row height='60pt'><th>头</th></row></head>"
                        "<row keep='together' keep-strength='weak'><td>"
                        "a<br/>b<br/>c<br/>d<br/>e<br/>f</td></row></table>"),
            "头 a,b,c,d\n(头) e,f\n", 0);
}

static void blocks_part_where_they_are_kept_least(void **state)
{
    (void)state;
    assert_pages(LAYOUT("<p>0</p><p each='a' keep='next'>{.}</p><p>z</p>"),
            "0\n1 2 3 4 5 6 7 8 9 10\n11 12 z\n", 1);
    assert_pages(LAYOUT("<choose><when test='1'><each select='a'><choose>"
                        "<when test='. = 5'>"
                        "<p keep='next' keep-strength='weak'>{.}</p></when>"
                        "<otherwise><p keep='next'>{.}</p></otherwise>"
                        "</choose></each></when></choose><p>z</p>"),
            "1 2 3 4 5\n6 7 8 9 10 11 12 z\n", 0);
}

/* What stands above a table keeps it more firmly than it keeps its own rows. */
static void a_table_is_parted_before_its_title(void **state)
{
    (void)state;
    assert_pages(LAYOUT("<p>0</p><p keep='next'>题</p>"
                        "<table columns='1*'><head><row><th>头</th></row></head>"
                        "<group keep='together' keep-strength='weak'>"
                        "<row each='a'><td>{.}</td></row></group></table>"),
            "0\n题 头 1 2 3 4 5 6 7 8\n(头) 9 10 11 12\n", 0);
    assert_pages(LAYOUT("<p keep='next' keep-strength='weak'>题</p>"
                        "<table columns='1*'><group keep='together'>"
                        "<row each='a'><td>{.}</td></row></group></table>"
                        "<p>z</p>"),
            "题\n1 2 3 4 5 6 7 8 9 10\n11 12 z\n", 1);
}

/* Cells are read as blocks are: space below a paragraph keeps with it. */
static void paragraphs_of_a_cell_are_kept(void **state)
{
    (void)state;
    assert_pages(LAYOUT("<table columns='1*'>" ROW("0", "height='70pt'")
                        "<row><td><p>a</p><p keep='next' space-after='5pt'>b"
                        "</p><p>c</p><p>d</p></td></row></table>"),
            "0\na,b,c,d\n", 0);
}

/* --- lines of split cells --------------------------------------------------------- */

static void no_line_is_left_alone(void **state)
{
    (void)state;
    /* One line would fit. */
    assert_pages(LAYOUT("<table columns='1*'>" ROW("0", "height='90pt'")
                        ROW("a<br/>b<br/>c<br/>d", "") "</table>"),
            "0\na,b,c,d\n", 0);
    /* Three would fit, which leaves one: room for a quarter is no reason. */
    assert_pages(LAYOUT("<table columns='1*'>" ROW("0", "height='70pt'")
                        ROW("a<br/>b<br/>c<br/>d", "") "</table>"),
            "0 a,b\nc,d\n", 0);
    /* Three lines are not many. */
    assert_pages(LAYOUT("<table columns='1*'>" ROW("0", "height='70pt'")
                        ROW("a<br/>b<br/>c<br/>d<br/>e", "") "</table>"),
            "0 a,b,c\nd,e\n", 0);
    /* Where the page has room for one only, it takes one. */
    assert_pages(LAYOUT("<table columns='1*'>"
                        "<head><row height='85pt'><th>头</th></row></head>"
                        ROW("a<br/>b<br/>c<br/>d", "") "</table>"),
            "头 a\n(头) b\n(头) c\n(头) d\n", 0);
}

static int open_fonts(void **state)
{
    (void)state;
    struct gs_diag *diag = gs_diag_new();
    const char *source = g_getenv("TESTS_SOURCE_DIR");
    char *path = g_build_filename(source != NULL ? source : "tests", "..",
            "fonts", "fonts-truetype.xml", NULL);
    fonts = gs_fonts_load(path, GS_OUTLINES_ANY, diag);
    g_free(path);
    gs_diag_free(diag);
    return fonts == NULL ? -1 : 0;
}

static int close_fonts(void **state)
{
    (void)state;
    gs_fonts_free(fonts);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(a_label_says_that_it_goes_on),
            cmocka_unit_test(a_mark_has_room),
            cmocka_unit_test(a_caption_stands_above_further_parts),
            cmocka_unit_test(a_group_begins_a_page),
            cmocka_unit_test(rows_part_where_they_are_kept_least),
            cmocka_unit_test(a_head_is_not_left_alone),
            cmocka_unit_test(blocks_part_where_they_are_kept_least),
            cmocka_unit_test(a_table_is_parted_before_its_title),
            cmocka_unit_test(paragraphs_of_a_cell_are_kept),
            cmocka_unit_test(no_line_is_left_alone),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
