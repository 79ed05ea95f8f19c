/*
 * Random tables wider than their page: every cell stands once in its strip, whole or
 * in parts; repeated columns are marked as repeated; nothing lies outside of the
 * page's frame, rows that are not split are as high in all strips, and what stands at
 * the foot of every page stands at that of every strip's.
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
#include "layout/fragment.h"
#include "layout/layout.h"
#include "model/doc.h"
#include "support/fonts_fixture.h"
#include "support/structure_check.h"
#include "text/fonts.h"

#define MAX_COLUMNS 20
#define MAX_ROWS 15
#define MARGIN GS_PT(20)

struct world {
    struct gs_arena *arena;
    struct gs_diag *diag;
    GRand *random;
    struct gs_style style;
    struct gs_page_style page;
    struct gs_table table;
    int longest; /* text, in characters */
    struct gs_row_group groups[2];
    struct gs_page_rows foot; /* of every page of some tables */
    struct gs_table foot_table;
    struct gs_row_group foot_group;
    struct gs_block block;
    struct gs_section section;
    struct gs_doc doc;
};

static int roll(struct world *world, int low, int high)
{
    return g_rand_int_range(world->random, low, high + 1);
}

static void fill_cell(struct world *world, struct gs_cell *cell,
        unsigned row_span, unsigned column_span)
{
    GString *text = g_string_new(NULL);
    int most = roll(world, 1, 10) == 1 ? world->longest : 12;
    for (int i = roll(world, 1, most); i > 0; i--) {
        g_string_append_unichar(
                text, (gunichar)(0x4e00 + roll(world, 0, 8)));
    }
    cell->row_span = row_span;
    cell->column_span = column_span;
    cell->label = roll(world, 1, 4) == 1 ? GS_LABEL_REPEAT : GS_LABEL_FLOW;
    cell->style = &world->style.cell;
    cell->block_count = 1;
    cell->blocks = GS_MAKE(world->arena, struct gs_block);
    struct gs_para *para = &cell->blocks[0].u.para;
    para->style = &world->style.para;
    para->text = &world->style.text;
    para->run_count = 1;
    para->runs = GS_MAKE(world->arena, struct gs_run);
    para->runs[0].text = gs_arena_strdup(world->arena, text->str);
    para->runs[0].size = text->len;
    para->runs[0].style = &world->style.text;
    g_string_free(text, TRUE);
}

/* Cells over rows, and over two columns, but not over the repeated ones' edge. */
static void fill_rows(struct world *world, struct gs_table *table, size_t first,
        size_t end)
{
    size_t free_from[MAX_COLUMNS] = {0};
    for (size_t row = first; row < end; row++) {
        struct gs_row *model = &table->rows[row];
        model->cells = GS_MAKE_ARRAY(
                world->arena, struct gs_cell, table->column_count);
        for (size_t i = 0; i < table->column_count; i++) {
            if (free_from[i] > row) {
                continue;
            }
            unsigned tall = (unsigned)roll(world, 1, 3), wide = 1;
            tall = (unsigned)MIN(tall, end - row);
            if (i + 1 < table->column_count && free_from[i + 1] <= row
                    && i + 1 != table->repeat_columns
                    && table->columns[i].kind == GS_COLUMN_FIXED
                    && roll(world, 1, 12) == 1) {
                wide = 2;
            }
            for (unsigned j = 0; j < wide; j++) {
                free_from[i + j] = row + tall;
            }
            fill_cell(world, &model->cells[model->cell_count++], tall, wide);
            i += wide - 1;
        }
    }
}

static void add_foot(struct world *world)
{
    struct gs_table *foot = &world->foot_table;
    *foot = world->table;
    foot->row_count = 1;
    foot->rows = GS_MAKE(world->arena, struct gs_row);
    foot->groups = &world->foot_group;
    foot->group_count = 1;
    world->foot_group =
            (struct gs_row_group){.kind = GS_GROUP_BODY, .count = 1};
    world->longest = 12;
    fill_rows(world, foot, 0, 1);
    world->foot = (struct gs_page_rows){.kind = GS_PAGE_ROWS_FOOT,
            .at = world->table.row_count,
            .table = foot};
    world->table.page_rows = &world->foot;
    world->table.page_rows_count = 1;
}

static void make_world(struct world *world, guint seed)
{
    memset(world, 0, sizeof *world);
    world->arena = gs_arena_new();
    world->diag = gs_diag_new();
    world->longest = 80;
    world->random = g_rand_new_with_seed(seed);
    world->style = (struct gs_style){
            .text = {.font = "song", .size = GS_PT(10)},
            .para = {.line_height = GS_PT(13), .orphans = 1, .widows = 1},
            .cell = {.padding = {GS_PT(2), GS_PT(2), GS_PT(2), GS_PT(2)}},
    };
    world->page = (struct gs_page_style){
            .size = {GS_PT(roll(world, 300, 500)), GS_PT(roll(world, 300, 600))},
            .margin = {MARGIN, MARGIN, MARGIN, MARGIN},
    };
    struct gs_table *table = &world->table;
    table->overflow = GS_OVERFLOW_CONTINUE;
    table->repeat_columns = (size_t)roll(world, 0, 2);
    table->column_count = (size_t)roll(world, 4, MAX_COLUMNS);
    table->columns = GS_MAKE_ARRAY(
            world->arena, struct gs_column, table->column_count);
    for (size_t i = 0; i < table->column_count; i++) {
        table->columns[i] = roll(world, 1, 3) == 1
                ? (struct gs_column){.kind = GS_COLUMN_CONTENT}
                : (struct gs_column){.kind = GS_COLUMN_FIXED,
                          .width = GS_PT(roll(world, 30, 60))};
    }
    size_t heads = (size_t)roll(world, 0, 2);
    table->row_count = heads + (size_t)roll(world, 1, MAX_ROWS - 2);
    table->rows = GS_MAKE_ARRAY(world->arena, struct gs_row, table->row_count);
    table->groups = world->groups;
    if (heads > 0) {
        world->groups[table->group_count++] = (struct gs_row_group){
                .kind = GS_GROUP_HEAD, .count = heads};
    }
    world->groups[table->group_count++] =
            (struct gs_row_group){.kind = GS_GROUP_BODY,
                    .first = heads,
                    .count = table->row_count - heads};
    fill_rows(world, table, 0, heads);
    fill_rows(world, table, heads, table->row_count);
    if (roll(world, 1, 3) == 1) {
        add_foot(world);
    }
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

/* --- checking ------------------------------------------------------------------ */

static void collect(GHashTable *texts, const struct gs_frag_table *part,
        const struct gs_frag_cell *cell)
{
    /* A repeated column is one that an earlier strip had. */
    if (part->strip > 1 && part->columns[cell->column] == cell->column) {
        assert_true(cell->repeated);
    }
    GString *text = g_hash_table_lookup(texts, cell->cell);
    if (text == NULL) {
        assert_false(cell->repeated);
        text = g_string_new(NULL);
        g_hash_table_insert(texts, (gpointer)(uintptr_t)cell->cell, text);
    }
    for (size_t i = 0; i < cell->line_count && !cell->repeated; i++) {
        g_string_append(text, cell->lines[i].line->text);
    }
}

static void check_pages(struct world *world, const struct gs_pages *pages)
{
    GHashTable *texts = g_hash_table_new(NULL, NULL);
    GPtrArray *strings = g_ptr_array_new();
    unsigned strip = 1;
    size_t row_at = 0, feet = 0;
    for (size_t i = 0; i < pages->count; i++) {
        const struct gs_frag_block *block = &pages->pages[i].blocks[0];
        const struct gs_frag_table *part = block->table;
        assert_int_equal(pages->pages[i].block_count, 1);
        assert_int_equal(block->part, i + 1);
        assert_int_equal(block->of, pages->count);
        assert_true(block->rect.x >= MARGIN && block->rect.y >= MARGIN);
        assert_true(block->rect.x + block->rect.width
                <= world->page.size.width - MARGIN + GS_PT(1) / 8);
        assert_true(block->rect.y + block->rect.height
                <= world->page.size.height - MARGIN);
        if (part->strip != strip) {
            assert_int_equal(part->strip, ++strip);
            assert_int_equal(row_at, world->table.row_count);
            row_at = 0;
        }
        for (size_t j = 0; j < part->row_count; j++) {
            const struct gs_frag_row *row = &part->rows[j];
            feet += row->of_page;
            if (!row->repeated) {
                assert_true(row->index == row_at || row->index + 1 == row_at);
                row_at = row->index + 1;
            }
            for (size_t k = 0; k < row->cell_count && !row->repeated; k++) {
                collect(texts, part, &row->cells[k]);
            }
        }
    }
    assert_int_equal(
            strip, pages->pages[pages->count - 1].blocks[0].table->strips);
    assert_int_equal(row_at, world->table.row_count);
    assert_int_equal(feet, world->table.page_rows_count * pages->count);
    for (size_t i = 0; i < world->table.row_count; i++) {
        const struct gs_row *row = &world->table.rows[i];
        for (size_t j = 0; j < row->cell_count; j++) {
            GString *text = g_hash_table_lookup(texts, &row->cells[j]);
            assert_non_null(text);
            assert_string_equal(
                    text->str, row->cells[j].blocks[0].u.para.runs[0].text);
            g_ptr_array_add(strings, text);
        }
    }
    for (guint i = 0; i < strings->len; i++) {
        g_string_free(g_ptr_array_index(strings, i), TRUE);
    }
    g_ptr_array_free(strings, TRUE);
    g_hash_table_destroy(texts);
}

/* On pages that hold all rows, these are as high in every strip. */
static void check_heights(const struct gs_pages *pages)
{
    const struct gs_frag_table *first = pages->pages[0].blocks[0].table;
    if (pages->count != first->strips) {
        return;
    }
    for (size_t i = 1; i < pages->count; i++) {
        const struct gs_frag_table *part = pages->pages[i].blocks[0].table;
        assert_int_equal(part->row_count, first->row_count);
        for (size_t j = 0; j < first->row_count; j++) {
            assert_int_equal(part->rows[j].height, first->rows[j].height);
        }
    }
}

/* Refused is only what cannot be. */
static void check_refusal(const struct world *world, guint seed)
{
    assert_true(gs_diag_errors(world->diag) > 0);
    for (size_t i = 0; i < gs_diag_count(world->diag); i++) {
        struct gs_diag_entry entry = gs_diag_entry(world->diag, i);
        if (entry.severity == GS_ERROR && entry.id != GS_DIAG_SPAN_OVER_STRIPS
                && entry.id != GS_DIAG_OVERFULL) {
            fail_msg("seed %u: %s", seed, entry.message);
        }
    }
}

static void strips_hold_everything(void **state)
{
    (void)state;
    const char *seed = getenv("SEED"), *count = getenv("COUNT");
    guint first = seed != NULL ? (guint)strtoul(seed, NULL, 10) : 1;
    guint runs = count != NULL ? (guint)strtoul(count, NULL, 10)
            : seed != NULL     ? 1
                               : 300;
    guint wide = 0;
    for (guint i = first; i < first + runs; i++) {
        struct world world;
        make_world(&world, i);
        const struct gs_pages *pages =
                gs_layout(world.arena, &world.doc, fonts, world.diag);
        if (pages == NULL) {
            check_refusal(&world, i);
        } else {
            check_pages(&world, pages);
            check_heights(pages);
            char *failure = structure_check(pages, &world.table, 0);
            if (failure != NULL) {
                fail_msg("seed %u: %s", i, failure);
            }
            wide += pages->pages[0].blocks[0].table->strips > 1;
        }
        free_world(&world);
    }
    assert_true(runs < 100 || wide > runs / 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(strips_hold_everything),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
