/*
 * Random tables over pages: nothing lost, nothing doubled, nothing overlapping.
 *
 * Every table comes from a seed; SEED=n and COUNT=n in the environment replay
 * one or run more.  A cell's text is a run of distinct characters, so that what
 * was drawn can be compared with what was bound, in order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/fragment.h"
#include "layout/layout.h"
#include "model/doc.h"
#include "text/fonts.h"

#define MAX_COLUMNS 6
#define MAX_ROWS 24

struct world {
    struct gs_arena *arena;
    struct gs_diag *diag;
    GRand *random;
    struct gs_style style;
    struct gs_page_style page;
    struct gs_table table;
    struct gs_block block;
    struct gs_section section;
    struct gs_doc doc;
    guint seed;
};

static struct gs_fonts *fonts;

static int roll(struct world *world, int low, int high)
{
    return g_rand_int_range(world->random, low, high + 1);
}

static bool chance(struct world *world, int percent)
{
    return roll(world, 1, 100) <= percent;
}

/* --- making ------------------------------------------------------------------- */

/* `count` Han characters of GB 2312 level 1, in an order of their own. */
static const char *make_text(struct world *world, int count)
{
    static const char *const stock =
            "国年政府部门预算绩效目标工作任务资金项目管理服务公共法律社区"
            "人民调解指标数量质量时效成本效益满意度完成率";
    GString *text = g_string_new(NULL);
    glong size = g_utf8_strlen(stock, -1);
    for (int i = 0; i < count; i++) {
        const char *at = g_utf8_offset_to_pointer(
                stock, roll(world, 0, (int)size - 1));
        g_string_append_len(text, at, g_utf8_next_char(at) - at);
    }
    char *copy = gs_arena_strdup(world->arena, text->str);
    g_string_free(text, TRUE);
    return copy;
}

static int text_length(struct world *world)
{
    int kind = roll(world, 1, 100);
    return kind <= 10 ? 0
            : kind <= 70 ? roll(world, 1, 8)
            : kind <= 95 ? roll(world, 9, 60)
                         : roll(world, 200, 900);
}

#define MARK "（续）"

/* The cell's text, and the mark behind it. */
static void add_mark(struct world *world, struct gs_cell *cell)
{
    cell->marked_count = 1;
    cell->marked = GS_MAKE(world->arena, struct gs_block);
    cell->marked[0] = cell->blocks[0];
    struct gs_para *para = &cell->marked[0].u.para;
    para->run_count = 2;
    para->runs = GS_MAKE_ARRAY(world->arena, struct gs_run, 2);
    para->runs[0] = cell->blocks[0].u.para.runs[0];
    para->runs[1] = para->runs[0];
    para->runs[1].text = MARK;
    para->runs[1].size = strlen(MARK);
}

static void fill_cell(struct world *world, struct gs_cell *cell,
        unsigned row_span, unsigned column_span, bool head)
{
    struct gs_cell_style *style = GS_MAKE(world->arena, struct gs_cell_style);
    *style = world->style.cell;
    style->valign = (enum gs_valign)roll(world, 0, 2);
    cell->row_span = row_span;
    cell->column_span = column_span;
    cell->style = style;
    cell->label = chance(world, 20) ? GS_LABEL_REPEAT
            : chance(world, 15)     ? GS_LABEL_REPEAT_MARK
                                    : GS_LABEL_FLOW;
    cell->block_count = 1;
    cell->blocks = GS_MAKE(world->arena, struct gs_block);
    struct gs_para *para = &cell->blocks[0].u.para;
    para->style = &world->style.para;
    para->text = &world->style.text;
    int length = head || cell->label != GS_LABEL_FLOW
            ? roll(world, 1, 6)
            : text_length(world);
    if (length > 0) {
        para->run_count = 1;
        para->runs = GS_MAKE(world->arena, struct gs_run);
        para->runs[0].text = make_text(world, length);
        para->runs[0].size = strlen(para->runs[0].text);
        para->runs[0].style = &world->style.text;
    }
    if (cell->label == GS_LABEL_REPEAT_MARK) {
        add_mark(world, cell);
    }
}

/* Fills the slots of rows [first, end) with cells of random spans. */
static void fill_rows(struct world *world, size_t first, size_t end, bool head)
{
    struct gs_table *table = &world->table;
    bool taken[MAX_ROWS][MAX_COLUMNS] = {{false}};
    for (size_t row = first; row < end; row++) {
        struct gs_row *model = &table->rows[row];
        model->cells = GS_MAKE_ARRAY(
                world->arena, struct gs_cell, table->column_count);
        model->keep = (chance(world, 10) ? GS_KEEP_NEXT : 0u)
                | (chance(world, 10) ? GS_KEEP_TOGETHER : 0u);
        model->next_strength = (enum gs_strength)roll(world, -1, 1);
        model->together_strength = (enum gs_strength)roll(world, -1, 1);
        model->height = chance(world, 15) ? GS_PT(roll(world, 10, 80)) : 0;
        model->break_before = !head && row > first && chance(world, 3);
        for (size_t column = 0; column < table->column_count; column++) {
            if (taken[row - first][column]) {
                continue;
            }
            size_t wide = 1, tall = 1;
            while (column + wide < table->column_count
                    && !taken[row - first][column + wide]
                    && chance(world, 20)) {
                wide++;
            }
            int more = chance(world, 10) ? 85 : 25;
            while (row + tall < end && chance(world, more)) {
                tall++;
            }
            for (size_t i = 0; i < tall; i++) {
                for (size_t j = 0; j < wide; j++) {
                    taken[row - first + i][column + j] = true;
                }
            }
            fill_cell(world, &model->cells[model->cell_count++],
                    (unsigned)tall, (unsigned)wide, head);
        }
    }
}

static void make_world(struct world *world, guint seed)
{
    memset(world, 0, sizeof *world);
    world->seed = seed;
    world->arena = gs_arena_new();
    world->diag = gs_diag_new();
    world->random = g_rand_new_with_seed(seed);
    world->style = (struct gs_style){
            .text = {.font = "song", .size = GS_PT(10)},
            .para = {.line_height = GS_PT(13), .orphans = 1, .widows = 1},
            .cell = {.padding = {GS_PT(2), GS_PT(2), GS_PT(2), GS_PT(2)}},
    };
    gs_len width = GS_PT(roll(world, 120, 400));
    gs_len height = GS_PT(roll(world, 80, 400));
    world->page = (struct gs_page_style){
            .size = {width + GS_PT(40), height + GS_PT(40)},
            .margin = {GS_PT(20), GS_PT(20), GS_PT(20), GS_PT(20)},
    };
    struct gs_table *table = &world->table;
    table->column_count = (size_t)roll(world, 1, MAX_COLUMNS);
    table->columns = GS_MAKE_ARRAY(
            world->arena, struct gs_column, table->column_count);
    for (size_t i = 0; i < table->column_count; i++) {
        table->columns[i].kind = GS_COLUMN_SHARE;
        table->columns[i].weight = roll(world, 1, 3);
    }
    size_t heads = (size_t)roll(world, 0, 2);
    table->row_count = heads + (size_t)roll(world, 1, MAX_ROWS - 3);
    table->rows =
            GS_MAKE_ARRAY(world->arena, struct gs_row, table->row_count);
    table->groups = GS_MAKE_ARRAY(world->arena, struct gs_row_group, 2);
    if (heads > 0) {
        table->groups[table->group_count++] = (struct gs_row_group){
                GS_GROUP_HEAD, (enum gs_repeat)roll(world, 0, 2), 0, heads};
        fill_rows(world, 0, heads, true);
    }
    table->groups[table->group_count++] = (struct gs_row_group){GS_GROUP_BODY,
            GS_REPEAT_NONE, heads, table->row_count - heads};
    fill_rows(world, heads, table->row_count, false);
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

#define CHECK(world, condition)                                                \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fail_msg("seed %u: %s", (world)->seed, #condition);                \
        }                                                                      \
    } while (0)

static bool inside(const struct gs_rect *outer, const struct gs_rect *inner)
{
    return inner->x >= outer->x && inner->y >= outer->y
            && inner->x + inner->width <= outer->x + outer->width
            && inner->y + inner->height <= outer->y + outer->height;
}

/* The cells of a part tile it: full, without overlap. */
static void check_tiles(struct world *world, const struct gs_frag_table *part,
        const struct gs_rect *rect)
{
    gs_len area = 0;
    for (size_t i = 0; i < part->row_count; i++) {
        const struct gs_frag_row *row = &part->rows[i];
        for (size_t j = 0; j < row->cell_count; j++) {
            const struct gs_rect *a = &row->cells[j].rect;
            CHECK(world, inside(rect, a));
            area += a->width * a->height;
            for (size_t k = i; k < part->row_count; k++) {
                const struct gs_frag_row *other = &part->rows[k];
                for (size_t l = 0; l < other->cell_count; l++) {
                    const struct gs_rect *b = &other->cells[l].rect;
                    CHECK(world,
                            a == b || a->x + a->width <= b->x
                                    || b->x + b->width <= a->x
                                    || a->y + a->height <= b->y
                                    || b->y + b->height <= a->y);
                }
            }
        }
    }
    CHECK(world, area == rect->width * rect->height);
}

/* Lines stand in their cell, one under the other. */
static void check_lines(struct world *world, const struct gs_frag_cell *cell)
{
    gs_len y = cell->rect.y;
    for (size_t i = 0; i < cell->line_count; i++) {
        CHECK(world, cell->lines[i].y >= y);
        y = cell->lines[i].y + cell->lines[i].line->height;
    }
    CHECK(world, y <= cell->rect.y + cell->rect.height);
}

static void collect(struct world *world, GHashTable *texts,
        const struct gs_frag_cell *cell)
{
    GString *text = g_hash_table_lookup(texts, cell->cell);
    if (text == NULL) {
        text = g_string_new(NULL);
        g_hash_table_insert(
                texts, (gpointer)(uintptr_t)cell->cell, text);
    }
    GString *here = g_string_new(NULL);
    for (size_t i = 0; i < cell->line_count; i++) {
        g_string_append(here, cell->lines[i].line->text);
    }
    if (cell->repeated) {
        /* Drawn again is drawn whole, as what it is. */
        bool marked = cell->part > 1
                && cell->cell->label == GS_LABEL_REPEAT_MARK;
        CHECK(world,
                g_str_has_prefix(here->str, text->str)
                        && strcmp(here->str + text->len, marked ? MARK : "")
                                == 0);
    } else {
        g_string_append(text, here->str);
    }
    g_string_free(here, TRUE);
}

static void free_string(gpointer string)
{
    g_string_free(string, TRUE);
}

static void check_texts(struct world *world, GHashTable *texts)
{
    for (size_t i = 0; i < world->table.row_count; i++) {
        const struct gs_row *row = &world->table.rows[i];
        for (size_t j = 0; j < row->cell_count; j++) {
            const struct gs_para *para = &row->cells[j].blocks[0].u.para;
            GString *text = g_hash_table_lookup(texts, &row->cells[j]);
            CHECK(world, text != NULL);
            if (strcmp(text->str,
                        para->run_count > 0 ? para->runs[0].text : "")
                    != 0) {
                fail_msg("seed %u: row %zu cell %zu reads “%s”", world->seed,
                        i, j, text->str);
            }
        }
    }
}

/* What a seed came to, for whoever looks into a failure: SEED=n DUMP=1. */
static void dump(const struct world *world, const struct gs_pages *pages)
{
    for (size_t i = 0; i < pages->count; i++) {
        const struct gs_page *page = &pages->pages[i];
        printf("page %zu of height %.1f, ended: %s\n", i + 1,
                gs_len_to_pt(world->page.size.height) - 40, page->ended);
        for (size_t j = 0; j < page->blocks[0].table->row_count; j++) {
            const struct gs_frag_row *row = &page->blocks[0].table->rows[j];
            const struct gs_row *model = &world->table.rows[row->index];
            printf("  row %zu%s part %u of %u: %.1f, keep %u, group %d\n",
                    row->index, row->repeated ? " repeated" : "", row->part,
                    row->of, gs_len_to_pt(row->height), model->keep,
                    (int)row->group);
            for (size_t k = 0; k < row->cell_count; k++) {
                const struct gs_frag_cell *cell = &row->cells[k];
                printf("    cell %zu,%zu spans %zu,%zu part %u of %u%s: "
                       "%zu lines in %.1f\n",
                        cell->row, cell->column, cell->row_span,
                        cell->column_span, cell->part, cell->of,
                        cell->cell->label != GS_LABEL_FLOW ? " label" : "",
                        cell->line_count, gs_len_to_pt(cell->rect.height));
            }
        }
    }
}

static void check_pages(struct world *world, const struct gs_pages *pages)
{
    if (getenv("DUMP") != NULL) {
        dump(world, pages);
    }
    GHashTable *texts =
            g_hash_table_new_full(NULL, NULL, NULL, free_string);
    struct gs_rect frame = {GS_PT(20), GS_PT(20),
            world->page.size.width - GS_PT(40),
            world->page.size.height - GS_PT(40)};
    size_t row_at = 0;
    for (size_t i = 0; i < pages->count; i++) {
        CHECK(world, pages->pages[i].block_count == 1);
        const struct gs_frag_block *block = &pages->pages[i].blocks[0];
        CHECK(world, inside(&frame, &block->rect));
        CHECK(world, block->part == i + 1 && block->of == pages->count);
        check_tiles(world, block->table, &block->rect);
        for (size_t j = 0; j < block->table->row_count; j++) {
            const struct gs_frag_row *row = &block->table->rows[j];
            if (!row->repeated) {
                CHECK(world, row->index == row_at || row->index == row_at - 1);
                row_at = row->index + 1;
            }
            for (size_t k = 0; k < row->cell_count; k++) {
                check_lines(world, &row->cells[k]);
                if (!row->repeated) {
                    collect(world, texts, &row->cells[k]);
                }
            }
        }
    }
    CHECK(world, row_at == world->table.row_count);
    check_texts(world, texts);
    g_hash_table_destroy(texts);
}

static void run(guint seed)
{
    struct world world;
    make_world(&world, seed);
    const struct gs_pages *pages =
            gs_layout(world.arena, &world.doc, fonts, world.diag);
    if (pages == NULL) {
        /* Refusing is right only with a reason: a page too small for a line
         * and the padding of its cell, or a column narrower than a character. */
        CHECK(&world, gs_diag_errors(world.diag) > 0);
        for (size_t i = 0; i < gs_diag_count(world.diag); i++) {
            enum gs_diag_id id = gs_diag_entry(world.diag, i).id;
            if (id != GS_DIAG_KEEP_BROKEN && id != GS_DIAG_HEAD_TOO_TALL
                    && id != GS_DIAG_OVERFULL) {
                fail_msg("seed %u: %s", seed,
                        gs_diag_entry(world.diag, i).message);
            }
        }
    } else {
        check_pages(&world, pages);
    }
    free_world(&world);
}

static void nothing_is_lost(void **state)
{
    (void)state;
    const char *seed = getenv("SEED"), *count = getenv("COUNT");
    guint first = seed != NULL ? (guint)strtoul(seed, NULL, 10) : 1;
    guint runs = count != NULL ? (guint)strtoul(count, NULL, 10)
            : seed != NULL     ? 1
                               : 1500;
    for (guint i = 0; i < runs; i++) {
        run(first + i);
    }
}

static int open_fonts(void **state)
{
    (void)state;
    struct gs_diag *diag = gs_diag_new();
    const char *source = getenv("TESTS_SOURCE_DIR");
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
            cmocka_unit_test(nothing_is_lost),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
