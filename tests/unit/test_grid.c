/*
 * The table grid: spans spread out, clashes found.  Tables are drawn as ASCII
 * art: a letter per cell, repeated over its slots.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/grid.h"
#include "model/doc.h"

static const struct gs_source layout = {"layout.xml", NULL, 0};

struct fixture {
    struct gs_arena *arena;
    struct gs_diag *diag;
    struct gs_table table;
    struct gs_row rows[8];
    struct gs_cell cells[8][8];
    struct gs_column columns[8];
    struct gs_row_group group;
};

static void begin(struct fixture *f, size_t columns)
{
    memset(f, 0, sizeof *f);
    f->arena = gs_arena_new();
    f->diag = gs_diag_new();
    f->table.columns = f->columns;
    f->table.column_count = columns;
    f->table.rows = f->rows;
    f->table.groups = &f->group;
    f->table.group_count = 1;
    f->group.kind = GS_GROUP_BODY;
}

static void end(struct fixture *f)
{
    gs_diag_free(f->diag);
    gs_arena_free(f->arena);
}

/* Spans of one row as "rowspan×colspan" digits: "11 12 21". */
static void add_row(struct fixture *f, const char *spans)
{
    size_t row = f->table.row_count++;
    f->rows[row].cells = f->cells[row];
    f->rows[row].origin.loc = (struct gs_loc){&layout, (unsigned)(row + 1), 1};
    for (const char *at = spans; *at != '\0'; at += at[2] == ' ' ? 3 : 2) {
        struct gs_cell *cell = &f->cells[row][f->rows[row].cell_count++];
        cell->row_span = (unsigned)(at[0] - '0');
        cell->column_span = (unsigned)(at[1] - '0');
        cell->origin.loc =
                (struct gs_loc){&layout, (unsigned)(row + 1), 1};
    }
    f->group.count = f->table.row_count;
}

static void check(struct fixture *f, const char *art)
{
    const struct gs_grid *grid = gs_grid_make(f->arena, &f->table, f->diag);
    assert_non_null(grid);
    for (size_t row = 0; row < grid->rows; row++) {
        for (size_t column = 0; column < grid->columns; column++) {
            char expected = art[row * (grid->columns + 1) + column];
            assert_int_equal(expected,
                    'A' + (int)gs_grid_slot(grid, row, column));
        }
    }
}

static void check_fails(struct fixture *f, enum gs_diag_id id, unsigned line)
{
    assert_null(gs_grid_make(f->arena, &f->table, f->diag));
    assert_true(gs_diag_count(f->diag) > 0);
    struct gs_diag_entry entry = gs_diag_entry(f->diag, 0);
    assert_int_equal(entry.id, id);
    assert_int_equal(entry.loc.line, line);
}

static void spans_skip_taken_slots(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f, 4);
    add_row(&f, "31 12 11");
    add_row(&f, "11 21 11");
    add_row(&f, "11 11");
    check(&f, "ABBC\n"
              "ADEF\n"
              "AGEH\n");
    end(&f);
}

static void nested_groups_line_up(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f, 3);
    add_row(&f, "41 21 11");
    add_row(&f, "11");
    add_row(&f, "21 11");
    add_row(&f, "11");
    check(&f, "ABC\n"
              "ABD\n"
              "AEF\n"
              "AEG\n");
    end(&f);
}

static void overlap_is_reported_at_later_cell(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f, 3);
    add_row(&f, "11 21 11");
    add_row(&f, "12");
    check_fails(&f, GS_DIAG_CELLS_OVERLAP, 2);
    end(&f);
}

static void span_past_table_is_reported(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f, 3);
    add_row(&f, "11 13");
    check_fails(&f, GS_DIAG_SPAN_PAST_TABLE, 1);
    end(&f);
}

static void span_past_group_is_reported(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f, 2);
    add_row(&f, "11 11");
    add_row(&f, "21 11");
    check_fails(&f, GS_DIAG_SPAN_PAST_GROUP, 2);
    end(&f);
}

static void short_row_is_reported(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f, 3);
    add_row(&f, "11 11 11");
    add_row(&f, "11");
    check_fails(&f, GS_DIAG_ROW_NOT_FULL, 2);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(spans_skip_taken_slots),
            cmocka_unit_test(nested_groups_line_up),
            cmocka_unit_test(overlap_is_reported_at_later_cell),
            cmocka_unit_test(span_past_table_is_reported),
            cmocka_unit_test(span_past_group_is_reported),
            cmocka_unit_test(short_row_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
