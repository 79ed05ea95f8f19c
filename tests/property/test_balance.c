/*
 * Random tables with balanced columns: all the room is given, no column is
 * narrower than its widest unbreakable piece, the same table comes out the same,
 * and it is not higher than with columns of one width.
 *
 * SEED=n and COUNT=n in the environment replay one or run more.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/columns.h"
#include "layout/context.h"
#include "layout/fragment.h"
#include "layout/grid.h"
#include "layout/layout.h"
#include "model/doc.h"
#include "support/fonts_fixture.h"
#include "text/fonts.h"

#define MAX_COLUMNS 9

struct world {
    struct gs_arena *arena;
    struct gs_diag *diag;
    GRand *random;
    struct gs_style style;
    struct gs_page_style page;
    struct gs_table table;
    struct gs_row_group group;
    struct gs_block block;
    struct gs_section section;
    struct gs_doc doc;
};

/* What a layout of the table came to. */
struct outcome {
    gs_len widths[MAX_COLUMNS];
    gs_len height;
};

static int roll(struct world *world, int low, int high)
{
    return g_rand_int_range(world->random, low, high + 1);
}

static const char *make_text(struct world *world, int count)
{
    static const char *const pieces[] = {"预算", "绩效", "1041.50万元", "。",
            "≥88%", "社区", "服务", "，", "（一）", "2022年"};
    GString *text = g_string_new(NULL);
    while (count-- > 0) {
        g_string_append(text,
                pieces[roll(world, 0, (int)G_N_ELEMENTS(pieces) - 1)]);
    }
    char *copy = gs_arena_strdup(world->arena, text->str);
    g_string_free(text, TRUE);
    return copy;
}

static void fill_cell(struct world *world, struct gs_cell *cell,
        unsigned row_span, unsigned column_span, int longest)
{
    cell->row_span = row_span;
    cell->column_span = column_span;
    cell->style = &world->style.cell;
    cell->block_count = 1;
    cell->blocks = GS_MAKE(world->arena, struct gs_block);
    struct gs_para *para = &cell->blocks[0].u.para;
    para->style = &world->style.para;
    para->text = &world->style.text;
    para->run_count = 1;
    para->runs = GS_MAKE(world->arena, struct gs_run);
    para->runs[0].text = make_text(world, roll(world, 1, longest));
    para->runs[0].size = strlen(para->runs[0].text);
    para->runs[0].style = &world->style.text;
}

/* Columns of short and of long texts; some cells over columns or rows. */
static void fill_rows(struct world *world)
{
    struct gs_table *table = &world->table;
    size_t columns = table->column_count, free_from[MAX_COLUMNS] = {0};
    int longest[MAX_COLUMNS];
    for (size_t i = 0; i < columns; i++) {
        longest[i] = roll(world, 1, 4) == 1 ? 30 : roll(world, 1, 8);
    }
    for (size_t row = 0; row < table->row_count; row++) {
        struct gs_row *model = &table->rows[row];
        model->cells = GS_MAKE_ARRAY(world->arena, struct gs_cell, columns);
        for (size_t i = 0; i < columns; i++) {
            if (free_from[i] > row) {
                continue;
            }
            unsigned tall = roll(world, 1, 10) == 1 ? 2 : 1, wide = 1;
            tall = row + tall > table->row_count ? 1 : tall;
            if (i + 1 < columns && free_from[i + 1] <= row
                    && roll(world, 1, 10) == 1) {
                wide = 2;
            }
            for (unsigned j = 0; j < wide; j++) {
                free_from[i + j] = row + tall;
            }
            fill_cell(world, &model->cells[model->cell_count++], tall, wide,
                    longest[i]);
            i += wide - 1;
        }
    }
}

static void make_world(struct world *world, guint seed)
{
    memset(world, 0, sizeof *world);
    world->arena = gs_arena_new();
    world->diag = gs_diag_new();
    world->random = g_rand_new_with_seed(seed);
    world->style = (struct gs_style){
            .text = {.font = "song", .size = GS_PT(9)},
            .para = {.line_height = GS_PT(12), .orphans = 1, .widows = 1},
            .cell = {.padding = {GS_PT(2), GS_PT(2), GS_PT(2), GS_PT(2)}},
    };
    world->page = (struct gs_page_style){
            .size = {GS_PT(roll(world, 500, 800)), GS_PT(14000)}};
    struct gs_table *table = &world->table;
    table->column_count = (size_t)roll(world, 2, MAX_COLUMNS);
    table->row_count = (size_t)roll(world, 1, 20);
    table->columns = GS_MAKE_ARRAY(
            world->arena, struct gs_column, table->column_count);
    table->rows = GS_MAKE_ARRAY(world->arena, struct gs_row, table->row_count);
    table->groups = &world->group;
    table->group_count = 1;
    world->group = (struct gs_row_group){
            .kind = GS_GROUP_BODY, .count = table->row_count};
    fill_rows(world);
    world->block.kind = GS_BLOCK_TABLE;
    world->block.u.table = table;
    world->section = (struct gs_section){
            .page = &world->page, .blocks = &world->block, .block_count = 1};
    world->doc = (struct gs_doc){
            .sections = &world->section, .section_count = 1};
}

static void free_world(struct world *world)
{
    g_rand_free(world->random);
    gs_diag_free(world->diag);
    gs_arena_free(world->arena);
}

static bool lay_out(struct world *world, enum gs_column_kind kind,
        struct outcome *out)
{
    struct gs_table *table = &world->table;
    for (size_t i = 0; i < table->column_count; i++) {
        table->columns[i] = (struct gs_column){.kind = kind, .weight = 1};
    }
    const struct gs_pages *pages =
            gs_layout(world->arena, &world->doc, fonts, world->diag);
    if (pages == NULL) {
        return false;
    }
    memset(out, 0, sizeof *out);
    assert_int_equal(pages->count, 1);
    const struct gs_frag_block *block = &pages->pages[0].blocks[0];
    for (size_t i = 0; i < table->column_count; i++) {
        out->widths[i] = block->table->column_x[i + 1]
                - block->table->column_x[i];
    }
    out->height = block->rect.height;
    return true;
}

/* The least width of each column by its cells of one column. */
static void check_least(struct world *world, const struct outcome *outcome)
{
    const struct gs_layout_context context = {
            .arena = world->arena, .fonts = fonts, .diag = world->diag};
    const struct gs_table *table = &world->table;
    size_t free_from[MAX_COLUMNS] = {0};
    for (size_t row = 0; row < table->row_count; row++) {
        size_t column = 0;
        for (size_t i = 0; i < table->rows[row].cell_count; i++) {
            const struct gs_cell *cell = &table->rows[row].cells[i];
            while (free_from[column] > row) {
                column++;
            }
            gs_len least, natural, width = 0;
            const struct gs_grid_cell at = {
                    .cell = cell, .column_span = cell->column_span};
            gs_cell_widths(&context, &at, true, &least, &natural);
            for (size_t j = 0; j < cell->column_span; j++, column++) {
                width += outcome->widths[column];
                free_from[column] = row + cell->row_span;
            }
            assert_true(width >= least);
        }
    }
}

static void columns_are_balanced(void **state)
{
    (void)state;
    const char *seed = getenv("SEED"), *count = getenv("COUNT");
    guint first = seed != NULL ? (guint)strtoul(seed, NULL, 10) : 1;
    guint runs = count != NULL ? (guint)strtoul(count, NULL, 10)
            : seed != NULL     ? 1
                               : 150;
    for (guint i = first; i < first + runs; i++) {
        struct world world;
        make_world(&world, i);
        struct outcome balanced, again, even;
        if (!lay_out(&world, GS_COLUMN_BALANCE, &balanced)) {
            /* Right only where the pieces take more than the page has. */
            assert_int_equal(gs_diag_entry(world.diag, 0).id,
                    GS_DIAG_TABLE_TOO_WIDE);
            free_world(&world);
            continue;
        }
        gs_len sum = 0;
        for (size_t j = 0; j < world.table.column_count; j++) {
            sum += balanced.widths[j];
        }
        assert_int_equal(sum, world.page.size.width);
        check_least(&world, &balanced);
        assert_true(lay_out(&world, GS_COLUMN_BALANCE, &again));
        assert_memory_equal(&balanced, &again, sizeof balanced);
        if (lay_out(&world, GS_COLUMN_SHARE, &even)
                && balanced.height > even.height) {
            fail_msg("seed %u: %.1fpt high, %.1fpt with columns of one width",
                    i, gs_len_to_pt(balanced.height),
                    gs_len_to_pt(even.height));
        }
        free_world(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(columns_are_balanced),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
