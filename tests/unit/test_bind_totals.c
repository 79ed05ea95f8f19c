/*
 * Totals: what cells add to them, what they say in rows of the table, and rows
 * of pages.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "model/amount.h"
#include "support/bind_dump.h"

#define ENTRIES                                                                \
    "<d><e><n>a</n><v>0.10</v></e><e><n>b</n><v/></e>"                         \
    "<e><n>c</n><v>-1,000.25</v></e></d>"

static const struct gs_table *table_of(const struct bind_run *run)
{
    assert_non_null(run->doc);
    const struct gs_block *block = &run->doc->sections[0].blocks[0];
    assert_int_equal(block->kind, GS_BLOCK_TABLE);
    return block->u.table;
}

static void is_decimal(struct gs_decimal value, const char *text)
{
    struct gs_arena *arena = gs_arena_new();
    assert_string_equal(gs_decimal_format(arena, value, false), text);
    gs_arena_free(arena);
}

/* The first total of the page rows numbered `i`. */
static const struct gs_total *total_in(const struct gs_table *table, size_t i)
{
    const struct gs_cell *cell = &table->page_rows[i].table->rows[0].cells[0];
    const struct gs_run *run = &cell->blocks[0].u.para.runs[0];
    assert_int_equal(run->kind, GS_RUN_TOTAL);
    return run->total;
}

static void rows_carry_what_their_cells_add(void **state)
{
    struct bind_run run = bind_strings(
            "<table columns='1* 1*'><row each='e'>"
            "<td>{n}</td><td format='money' sum='v'>{v}</td></row></table>",
            ENTRIES, NULL);
    const struct gs_table *table = table_of(&run);
    (void)state;

    assert_int_equal(table->total_count, 1);
    assert_int_equal(table->row_count, 3);
    assert_int_equal(table->rows[0].amount_count, 1);
    is_decimal(table->rows[0].amounts[0].value, "0.10");
    assert_int_equal(table->rows[1].amount_count, 0); /* empty is nothing */
    is_decimal(table->rows[2].amounts[0].value, "-1000.25");
    bind_free(&run);
}

static void totals_in_rows_count_what_stands_above(void **state)
{
    (void)state;
    assert_binds("<table columns='1* 1*'>"
                 "<row each='e'><td sum='v'>{v}</td>"
                 "<td><total of='v'/></td></row>"
                 "<foot><row><td>合计</td><td format='money'><total of='v'/>"
                 "</td></row><row><td/><td>=<total of='v' format='amount2'/>"
                 "</td></row></foot></table>",
            "<d><e><v>0.1</v></e><e><v>0.20</v></e><e><v>1000</v></e></d>",
            "section A4\n"
            "table\n"
            "body\n"
            "- 0.1 | 0.1\n"
            "- 0.20 | 0.30\n"
            "- 1000 | 1000.30\n"
            "foot\n"
            "- 合计 | 1,000.30\n"
            "-  | =1000.30\n");
}

static void cells_that_go_on_add_nothing(void **state)
{
    (void)state;
    assert_binds("<table columns='1* 1*'>"
                 "<row each='e'><td merge='equal' sum='v'>{v}</td><td/></row>"
                 "<foot><row><td><total of='v'/></td><td/></row></foot>"
                 "</table>",
            "<d><e><v>7</v></e><e><v>7</v></e><e><v>5</v></e></d>",
            "section A4\n"
            "table\n"
            "body\n"
            "- 7 2×1 | \n"
            "- \n"
            "- 5 | \n"
            "foot\n"
            "- 12 | \n");
}

static void rows_of_pages_stand_apart(void **state)
{
    struct bind_run run = bind_strings(
            "<table columns='1*'>"
            "<head repeat='later'><row><td><total of='v' scope='brought'/>"
            "</td></row></head>"
            "<head><row><th>金额</th></row></head>"
            "<row each='e'><td sum='v'>{v}</td></row>"
            "<foot repeat='all'><row><td><total of='v' scope='page' "
            "format='money'/></td></row></foot>"
            "<foot><row><td>合计</td></row></foot>"
            "<foot repeat='pages'><row><td format='capital'><total of='v'/>"
            "</td></row></foot></table>",
            ENTRIES, NULL);
    const struct gs_table *table = table_of(&run);
    (void)state;

    assert_int_equal(table->row_count, 5);
    assert_int_equal(table->group_count, 3);
    assert_int_equal(table->page_rows_count, 3);
    assert_int_equal(table->page_rows[0].kind, GS_PAGE_ROWS_HEAD);
    assert_int_equal(table->page_rows[0].at, 0);
    assert_int_equal(table->page_rows[1].kind, GS_PAGE_ROWS_FOOT);
    assert_int_equal(table->page_rows[1].at, 4);
    assert_int_equal(table->page_rows[2].kind, GS_PAGE_ROWS_GOES_ON);
    assert_int_equal(table->page_rows[2].at, 5);
    assert_int_equal(total_in(table, 0)->scope, GS_TOTAL_BROUGHT);
    assert_int_equal(total_in(table, 1)->scope, GS_TOTAL_PAGE);
    assert_int_equal(total_in(table, 2)->scope, GS_TOTAL_SO_FAR);
    assert_true(total_in(table, 2)->format->capital);
    bind_free(&run);
}

/* No sum of some of the amounts is longer than that of all without signs. */
static void page_totals_know_how_wide_they_become(void **state)
{
    struct bind_run run = bind_strings(
            "<table columns='1*'><row each='e'><td sum='v'>{v}</td></row>"
            "<foot repeat='all'><row><td><total of='v' format='money'/></td>"
            "</row></foot></table>",
            "<d><e><v>900</v></e><e><v>-800</v></e></d>", NULL);
    (void)state;

    assert_string_equal(
            total_in(table_of(&run), 0)->widest, "-1,700.00");
    bind_free(&run);
}

static void attributes_are_no_amounts(void **state)
{
    (void)state;
    assert_binds("<p id='there'>x</p><table columns='1*'><row>"
                 "<td sum='v'><link to='{t}'>{v}</link></td></row>"
                 "<foot><row><td><total of='v'/></td></row></foot></table>",
            "<d><t>there</t><v>3</v></d>",
            "section A4\n"
            "p \"x\" #there\n"
            "table\n"
            "body\n"
            "- 3\n"
            "foot\n"
            "- 3\n");
}

static void fragments_have_the_totals_of_their_table(void **state)
{
    (void)state;
    assert_binds("<layout xmlns='urn:gongshi:layout:1' name='test'>"
                 "<fragment name='sum'><total of='v'/></fragment>"
                 "<fragment name='unused'><total of='w' scope='page'/>"
                 "</fragment>"
                 "<body><table columns='1*'><row each='e'>"
                 "<td sum='v'>{v}</td></row>"
                 "<foot><row><td><include fragment='sum'/></td></row></foot>"
                 "</table></body></layout>",
            "<d><e><v>2</v></e><e><v>3</v></e></d>",
            "section A4\n"
            "table\n"
            "body\n"
            "- 2\n"
            "- 3\n"
            "foot\n"
            "- 5\n");
}

static void what_is_no_amount_is_refused(void **state)
{
    (void)state;
    assert_refused("<table columns='1*'><row><td sum='v'>{a} {b}</td></row>"
                   "</table>",
            "<d><a>1</a><b>2</b></d>", GS_DIAG_NOT_AN_AMOUNT, "1 2");
    assert_refused("<table columns='1*'><row each='v'><td sum='v'>{.}</td>"
                   "</row></table>",
            "<d><v>999999999999999999999999999999999999</v><v>1</v></d>",
            GS_DIAG_TOO_MUCH, "digits in a total");
    assert_refused("<table columns='1*'><row><td sum='v'>{v}</td></row>"
                   "<foot repeat='all'><row><td><total of='v' "
                   "format='capital'/></td></row></foot></table>",
            "<d><v>10000000000000000</v></d>", GS_DIAG_NOT_AN_AMOUNT,
            "10000000000000000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(rows_carry_what_their_cells_add),
            cmocka_unit_test(totals_in_rows_count_what_stands_above),
            cmocka_unit_test(cells_that_go_on_add_nothing),
            cmocka_unit_test(rows_of_pages_stand_apart),
            cmocka_unit_test(page_totals_know_how_wide_they_become),
            cmocka_unit_test(attributes_are_no_amounts),
            cmocka_unit_test(fragments_have_the_totals_of_their_table),
            cmocka_unit_test(what_is_no_amount_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
