/*
 * Rows of fixed height, of random heights and texts: they are as high as they say,
 * nothing stands out of them; text that is shrunk is all there and 60 % at least,
 * text that is clipped is there in order, drawn or not, with a warning.
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
#include "text/fonts.h"

#define SIZE GS_PT(10)

/* A document of one cell. */
struct world {
    struct gs_arena *arena;
    struct gs_diag *diag;
    struct gs_style style;
    struct gs_page_style page;
    struct gs_column column;
    struct gs_run run;
    struct gs_block para, block;
    struct gs_cell cell;
    struct gs_row row;
    struct gs_row_group group;
    struct gs_table table;
    struct gs_section section;
    struct gs_doc doc;
};

static void make_text(struct world *world, GRand *random)
{
    GString *text = g_string_new(NULL);
    for (int i = g_rand_int_range(random, 1, 60); i > 0; i--) {
        g_string_append(text, i % 7 == 3 ? "，" : "预");
    }
    world->run.text = gs_arena_strdup(world->arena, text->str);
    world->run.size = text->len;
    g_string_free(text, TRUE);
}

static void make_world(struct world *world, guint seed, enum gs_row_fit fit)
{
    GRand *random = g_rand_new_with_seed(seed);
    memset(world, 0, sizeof *world);
    world->arena = gs_arena_new();
    world->diag = gs_diag_new();
    world->style = (struct gs_style){
            .text = {.font = "song", .size = SIZE},
            .para = {.line_height = GS_PT(13), .orphans = 2, .widows = 2},
            .cell = {.padding = {GS_PT(2), GS_PT(2), GS_PT(2), GS_PT(2)},
                    .valign = (enum gs_valign)(seed % 3)},
    };
    world->page = (struct gs_page_style){.size = {GS_PT(600), GS_PT(800)}};
    world->column = (struct gs_column){.kind = GS_COLUMN_FIXED,
            .width = GS_PT(g_rand_int_range(random, 30, 200))};
    make_text(world, random);
    world->run.style = &world->style.text;
    world->para.u.para = (struct gs_para){.style = &world->style.para,
            .text = &world->style.text, .runs = &world->run, .run_count = 1};
    world->cell = (struct gs_cell){.row_span = 1, .column_span = 1,
            .style = &world->style.cell, .blocks = &world->para,
            .block_count = 1};
    world->row = (struct gs_row){.fit = fit, .cells = &world->cell,
            .cell_count = 1,
            .height = GS_PT(g_rand_int_range(random, 8, 90))};
    world->group = (struct gs_row_group){.kind = GS_GROUP_BODY, .count = 1};
    world->table = (struct gs_table){.columns = &world->column,
            .column_count = 1, .rows = &world->row, .row_count = 1,
            .groups = &world->group, .group_count = 1};
    world->block.kind = GS_BLOCK_TABLE;
    world->block.u.table = &world->table;
    world->section = (struct gs_section){
            .page = &world->page, .blocks = &world->block, .block_count = 1};
    world->doc = (struct gs_doc){
            .sections = &world->section, .section_count = 1};
    g_rand_free(random);
}

static void free_world(struct world *world)
{
    gs_diag_free(world->diag);
    gs_arena_free(world->arena);
}

static void add_text(
        GString *text, const struct gs_frag_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        g_string_append(text, lines[i].line->text);
    }
}

/* The one cell, checked as far as both ways of fitting have it. */
static const struct gs_frag_cell *check_cell(
        const struct world *world, const struct gs_pages *pages)
{
    assert_int_equal(pages->count, 1);
    const struct gs_frag_block *block = &pages->pages[0].blocks[0];
    assert_int_equal(block->rect.height, world->row.height);
    const struct gs_frag_cell *cell = &block->table->rows[0].cells[0];
    for (size_t i = 0; i < cell->line_count; i++) {
        const struct gs_frag_line *line = &cell->lines[i];
        assert_true(line->y >= cell->rect.y + GS_PT(2));
        assert_true(line->y + line->line->height
                <= cell->rect.y + cell->rect.height - GS_PT(2));
    }
    GString *text = g_string_new(NULL);
    add_text(text, cell->lines, cell->line_count);
    add_text(text, cell->clipped, cell->clipped_count);
    assert_string_equal(text->str, world->run.text);
    g_string_free(text, TRUE);
    return cell;
}

static void check_shrunk(guint seed)
{
    struct world world;
    make_world(&world, seed, GS_FIT_SHRINK);
    const struct gs_pages *pages =
            gs_layout(world.arena, &world.doc, fonts, world.diag);
    if (pages == NULL) {
        assert_int_equal(
                gs_diag_entry(world.diag, 0).id, GS_DIAG_ROW_OVERFLOW);
    } else {
        const struct gs_frag_cell *cell = check_cell(&world, pages);
        assert_int_equal(cell->clipped_count, 0);
        gs_len size = cell->lines[0].line->runs[0].size;
        assert_true(size <= SIZE && size >= SIZE * 60 / 100);
        assert_int_equal(gs_diag_count(world.diag), 0);
    }
    free_world(&world);
}

static void check_clipped(guint seed)
{
    struct world world;
    make_world(&world, seed, GS_FIT_CLIP);
    const struct gs_pages *pages =
            gs_layout(world.arena, &world.doc, fonts, world.diag);
    assert_non_null(pages);
    const struct gs_frag_cell *cell = check_cell(&world, pages);
    assert_int_equal(
            gs_diag_warnings(world.diag), cell->clipped_count > 0 ? 1 : 0);
    free_world(&world);
}

static void rows_fit(void **state)
{
    (void)state;
    const char *seed = getenv("SEED"), *count = getenv("COUNT");
    guint first = seed != NULL ? (guint)strtoul(seed, NULL, 10) : 1;
    guint runs = count != NULL ? (guint)strtoul(count, NULL, 10)
            : seed != NULL     ? 1
                               : 300;
    for (guint i = first; i < first + runs; i++) {
        check_shrunk(i);
        check_clipped(i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(rows_fit),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
