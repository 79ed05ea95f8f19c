/*
 * Heads of tables: what is a head, which heads a cell has.  Tables are drawn as in
 * support/part_art.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>

#include "page/heads.h"
#include "support/part_art.h"

/* "name↓" a head of columns, "name→" of rows; else "name: heads", ! if told. */
static void append_cell(
        GString *out, const struct part_art *art, const struct gs_headed *cell)
{
    g_string_append(out, art->names[cell->row][cell->column]);
    if (cell->scope == GS_SCOPE_COLUMN) {
        g_string_append(out, "↓");
    } else {
        g_string_append(out, cell->scope == GS_SCOPE_ROW ? "→" : "");
        g_string_append(out, cell->told ? "!" : "");
        for (size_t i = 0; i < cell->head_count; i++) {
            const struct gs_head *head = &cell->heads[i];
            g_string_append_printf(out, "%c%s", i == 0 ? ':' : '+',
                    art->names[head->row][head->column]);
        }
    }
    g_string_append_c(out, ' ');
}

static void assert_heads(const char *groups, const char *const *lines,
        const char *expected)
{
    struct part_art art;
    part_art_draw(&art, groups, lines);
    struct gs_heads *heads = gs_heads_new();
    GString *out = g_string_new(NULL);
    for (size_t row = 0; row < art.part.row_count; row++) {
        gs_heads_row(heads, &art.part, row);
        for (size_t i = 0; i < art.table.column_count; i++) {
            const struct gs_headed *cell = gs_heads_cell(heads, i);
            if (cell != NULL) {
                append_cell(out, &art, cell);
            }
        }
        g_string_append(out, "\n");
    }
    assert_string_equal(out->str, expected);
    g_string_free(out, TRUE);
    gs_heads_free(heads);
    part_art_release(&art);
}

static void one_head_row_needs_no_telling(void **state)
{
    (void)state;
    static const char *const table[] = {
            "h1 h2", //
            "d1 d2", //
            "d3 <",
    };
    assert_heads("hbb", table,
            "h1↓ h2↓ \n"
            "d1:h1 d2:h2 \n"
            "d3:h1+h2 \n");
}

static void head_of_several_levels_is_told_from_the_top(void **state)
{
    (void)state;
    static const char *const table[] = {
            "h1 h2 <", //
            "^  h3 h4", //
            "d1 d2 d3",
    };
    assert_heads("hhb", table,
            "h1↓ h2↓ \n"
            "h3↓ h4↓ \n"
            "d1:h1 d2!:h2+h3 d3!:h2+h4 \n");
}

static void merged_first_columns_are_heads_of_their_rows(void **state)
{
    (void)state;
    static const char *const table[] = {
            "h1 h2 h3 h4", //
            "l1 l2 d1 d2", //
            "^  ^  d3 d4", //
            "^  l3 d5 d6", //
            "l4 l5 d7 d8",
    };
    assert_heads("hbbbb", table,
            "h1↓ h2↓ h3↓ h4↓ \n"
            "l1→:h1 l2→:h2+l1 d1!:h3+l1+l2 d2!:h4+l1+l2 \n"
            "d3!:h3+l1+l2 d4!:h4+l1+l2 \n"
            "l3→:h2+l1 d5!:h3+l1+l3 d6!:h4+l1+l3 \n"
            "l4→:h1 l5→:h2+l4 d7!:h3+l4+l5 d8!:h4+l4+l5 \n");
}

static void merged_cell_behind_data_is_no_head(void **state)
{
    (void)state;
    static const char *const table[] = {
            "h1 h2 h3", //
            "l1 d1 l2", //
            "^  d2 ^",
    };
    assert_heads("hbb", table,
            "h1↓ h2↓ h3↓ \n"
            "l1→:h1 d1:h2+l1 l2:h3+l1 \n"
            "d2:h2+l1 \n");
}

/* A form: label and value side by side, twice in a row. */
static void labels_head_what_stands_right_of_them(void **state)
{
    (void)state;
    static const char *const table[] = {
            "h1 d1 <  <  <", //
            "h2 h3 d2 h4 d3", //
            "h5 <  <  h6 <", //
            "d4 <  <  d5 <",
    };
    assert_heads("bbbb", table,
            "h1→ d1:h1 \n"
            "h2→ h3→:h2 d2!:h2+h3 h4→!:h2 d3!:h2+h4 \n"
            "h5↓ h6↓ \n"
            "d4:h5 d5:h6 \n");
}

/* Two blocks with heads of their own below each other, each beside a label. */
static void the_nearest_heads_between_rows_count(void **state)
{
    (void)state;
    static const char *const table[] = {
            "L1 h1 h2 <", //
            "^  d1 d2 <", //
            "L2 h3 <  h4", //
            "^  d3 <  d4", //
            "^  d5 <  d6",
    };
    assert_heads("bbbbb", table,
            "L1→ h1↓ h2↓ \n"
            "d1:h1+L1 d2:h2+L1 \n"
            "L2→ h3↓ h4↓ \n"
            "d3!:h3+L2 d4!:h4+L2 \n"
            "d5!:h3+L2 d6!:h4+L2 \n");
}

static void title_between_rows_goes_under_the_head(void **state)
{
    (void)state;
    static const char *const table[] = {
            "h1 h2", //
            "h3 <", //
            "d1 d2", //
            "h4 <", //
            "d3 d4",
    };
    assert_heads("hbbbb", table,
            "h1↓ h2↓ \n"
            "h3↓ \n"
            "d1!:h1+h3 d2!:h2+h3 \n"
            "h4↓ \n"
            "d3!:h1+h4 d4!:h2+h4 \n");
}

static void a_second_head_replaces_the_first(void **state)
{
    (void)state;
    static const char *const table[] = {
            "h1 h2", //
            "d1 d2", //
            "h3 h4", //
            "d3 d4",
    };
    assert_heads("hbhb", table,
            "h1↓ h2↓ \n"
            "d1:h1 d2:h2 \n"
            "h3↓ h4↓ \n"
            "d3!:h3 d4!:h4 \n");
}

static void label_of_one_row_heads_no_cell_over_two(void **state)
{
    (void)state;
    static const char *const table[] = {
            "L1 h1 d1 d2", //
            "^  h2 d3 ^",
    };
    assert_heads("bb", table,
            "L1→ h1→:L1 d1!:L1+h1 d2!:L1 \n"
            "h2→:L1 d3!:L1+h2 \n");
}

static void label_over_a_head_and_rows_heads_the_rows(void **state)
{
    (void)state;
    static const char *const table[] = {
            "h1 h2 h3", //
            "^  d1 d2", //
            "h4 h5 h6", //
            "d3 d4 d5",
    };
    assert_heads("bbbb", table,
            "h1→ h2↓ h3↓ \n"
            "d1:h2+h1 d2:h3+h1 \n"
            "h4↓ h5↓ h6↓ \n"
            "d3:h4 d4!:h5 d5!:h6 \n");
}

static void foot_is_under_the_heads_too(void **state)
{
    (void)state;
    static const char *const table[] = {
            "h1 h2", //
            "d1 d2", //
            "h3 d3",
    };
    assert_heads("hbf", table,
            "h1↓ h2↓ \n"
            "d1:h1 d2:h2 \n"
            "h3→:h1 d3:h2+h3 \n");
}

static void columns_of_a_strip_are_those_of_the_table(void **state)
{
    (void)state;
    static const char *const table[] = {
            "h1 h2", //
            "l1 d1",
    };
    struct part_art art;
    part_art_draw(&art, "hb", table);
    static const size_t columns[] = {0, 4};
    art.table.column_count = 6;
    art.part.columns = columns;
    art.part.strip = 2;
    art.part.rows[1].cells[0].repeated = true;
    struct gs_heads *heads = gs_heads_new();
    gs_heads_row(heads, &art.part, 0);
    gs_heads_row(heads, &art.part, 1);
    const struct gs_headed *cell = gs_heads_cell(heads, 4);
    assert_non_null(cell);
    assert_int_equal(cell->head_count, 2);
    assert_int_equal(cell->heads[0].row, 0);
    assert_int_equal(cell->heads[0].column, 4);
    assert_int_equal(cell->heads[1].row, 1);
    assert_int_equal(cell->heads[1].column, 0);
    assert_null(gs_heads_cell(heads, 1));
    gs_heads_free(heads);
    part_art_release(&art);
}

/* A page that begins amid a merged cell, where nothing was drawn before it. */
static void cell_begun_elsewhere_begins_where_it_is_seen(void **state)
{
    (void)state;
    static const char *const table[] = {
            "l1 d1", //
            "^  d2", //
            "^  d3",
    };
    struct part_art art;
    part_art_draw(&art, "bbb", table);
    struct gs_frag_row *row = &art.part.rows[1];
    struct gs_frag_cell label = art.part.rows[0].cells[0];
    row->cells[1] = row->cells[0];
    row->cells[0] = label;
    row->cell_count = 2;
    struct gs_heads *heads = gs_heads_new();
    gs_heads_row(heads, &art.part, 1);
    const struct gs_headed *cell = gs_heads_cell(heads, 0);
    assert_non_null(cell);
    assert_int_equal(cell->row, 1);
    assert_int_equal(cell->row_span, 2);
    gs_heads_free(heads);
    part_art_release(&art);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(one_head_row_needs_no_telling),
            cmocka_unit_test(head_of_several_levels_is_told_from_the_top),
            cmocka_unit_test(merged_first_columns_are_heads_of_their_rows),
            cmocka_unit_test(merged_cell_behind_data_is_no_head),
            cmocka_unit_test(labels_head_what_stands_right_of_them),
            cmocka_unit_test(the_nearest_heads_between_rows_count),
            cmocka_unit_test(title_between_rows_goes_under_the_head),
            cmocka_unit_test(a_second_head_replaces_the_first),
            cmocka_unit_test(label_of_one_row_heads_no_cell_over_two),
            cmocka_unit_test(label_over_a_head_and_rows_heads_the_rows),
            cmocka_unit_test(foot_is_under_the_heads_too),
            cmocka_unit_test(columns_of_a_strip_are_those_of_the_table),
            cmocka_unit_test(cell_begun_elsewhere_begins_where_it_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
