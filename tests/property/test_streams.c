/*
 * Random tables whose rows come piece by piece: the same pages as of the whole
 * table, byte by byte of the page tree, however small the pieces are.  Replayed by
 * seed: support/plan_runs.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "layout/fragment.h"
#include "layout/layout.h"
#include "layout/stream.h"
#include "page/tree.h"
#include "support/fonts_fixture.h"
#include "support/plan.h"
#include "support/plan_runs.h"

#define RUNS 600

/* --- rows in pieces ---------------------------------------------------------------- */

/*
 * A table handed out again.  What a piece is made of dies when it is released, so
 * that whoever looks at it later is found out.
 */
struct pieces {
    struct gs_row_source base;
    const struct gs_table *whole;
    size_t at; /* the next row */
    size_t least; /* rows of a piece, if there are as many */
    unsigned held, most; /* pieces not released, now and at most */
};

static struct pieces *pieces_of(struct gs_row_source *source)
{
    return (struct pieces *)(void *)source;
}

/* The end of the least piece from `first` on: no cell over it, no head parted. */
static size_t find_end(const struct pieces *pieces, size_t first)
{
    const struct gs_table *whole = pieces->whole;
    size_t end = MIN(first + pieces->least, whole->row_count);
    for (size_t row = first; row < end; row++) {
        for (size_t i = 0; i < whole->rows[row].cell_count; i++) {
            end = MAX(end, row + whole->rows[row].cells[i].row_span);
        }
        for (size_t i = 0; i < whole->group_count; i++) {
            const struct gs_row_group *group = &whole->groups[i];
            if (group->kind == GS_GROUP_HEAD && group->first <= row
                    && row < group->first + group->count) {
                end = MAX(end, group->first + group->count);
            }
        }
    }
    return MIN(end, whole->row_count);
}

static bool next_piece(struct gs_row_source *source, struct gs_table *piece)
{
    struct pieces *pieces = pieces_of(source);
    const struct gs_table *whole = pieces->whole;
    size_t first = pieces->at, end = find_end(pieces, first);
    if (first == whole->row_count) {
        return false;
    }
    *piece = *whole;
    piece->source = NULL;
    piece->first_row = first;
    piece->row_count = end - first;
    piece->rows = g_new(struct gs_row, piece->row_count);
    memcpy(piece->rows, &whole->rows[first],
            piece->row_count * sizeof *piece->rows);
    piece->groups = g_new0(struct gs_row_group, whole->group_count + 1);
    piece->group_count = 0;
    for (size_t i = 0; i < whole->group_count; i++) {
        struct gs_row_group group = whole->groups[i];
        size_t last = MIN(group.first + group.count, end);
        group.first = MAX(group.first, first);
        if (group.first < last) {
            group.count = last - group.first;
            piece->groups[piece->group_count++] = group;
        }
    }
    pieces->at = end;
    pieces->held++;
    pieces->most = MAX(pieces->most, pieces->held);
    return true;
}

static void release_piece(
        struct gs_row_source *source, const struct gs_table *piece)
{
    memset(piece->rows, 0xa5, piece->row_count * sizeof *piece->rows);
    g_free(piece->rows);
    g_free(piece->groups);
    pieces_of(source)->held--;
}

static bool rewind_pieces(struct gs_row_source *source)
{
    struct pieces *pieces = pieces_of(source);
    assert_int_equal(pieces->held, 0);
    pieces->at = 0;
    return true;
}

/* --- both ways ------------------------------------------------------------------- */

static char *take_text(struct gs_output *output)
{
    size_t size;
    char *text = gs_output_take(output, &size);
    gs_output_free(output);
    return text;
}

/* The page tree, or NULL where the table is refused. */
static char *lay_out_whole(const struct plan *plan)
{
    struct gs_arena *arena = gs_arena_new();
    struct gs_diag *diag = gs_diag_new();
    struct gs_output *output = gs_output_memory();
    const struct gs_pages *pages =
            gs_layout(arena, plan_doc(plan, arena), fonts, diag);
    if (pages != NULL) {
        gs_tree_write(pages, 0, SIZE_MAX, output);
    }
    char *text = take_text(output);
    if (pages == NULL) {
        g_clear_pointer(&text, g_free);
    }
    gs_diag_free(diag);
    gs_arena_free(arena);
    return text;
}

struct taker {
    struct gs_output *output;
    struct gs_tree *tree;
};

static bool begin_pages(void *user, const struct gs_pages *pages)
{
    struct taker *taker = user;
    taker->tree = gs_tree_begin(pages, 0, SIZE_MAX, taker->output);
    return true;
}

static bool take_page(void *user, const struct gs_page *page)
{
    return gs_tree_page(((struct taker *)user)->tree, page);
}

static char *lay_out_pieces(const struct plan *plan, size_t least)
{
    struct gs_arena *arena = gs_arena_new();
    struct gs_diag *diag = gs_diag_new();
    struct taker taker = {.output = gs_output_memory()};
    struct gs_doc *doc = plan_doc(plan, arena);
    struct gs_section *section = &doc->sections[doc->section_count - 1];
    struct gs_block *block = &section->blocks[section->block_count - 1];
    struct pieces pieces = {
            .base = {.next = next_piece,
                    .release = release_piece,
                    .rewind = rewind_pieces,
                    .rows = block->u.table->row_count},
            .whole = block->u.table,
            .least = least,
    };
    struct gs_table *table = GS_MAKE(arena, struct gs_table);
    *table = *pieces.whole;
    table->source = &pieces.base;
    table->rows = NULL;
    table->groups = NULL;
    table->row_count = table->group_count = 0;
    block->u.table = table;
    const struct gs_page_sink sink = {
            .counted = true,
            .begin = begin_pages,
            .page = take_page,
            .user = &taker,
    };
    struct gs_pages pages;
    bool ok = gs_layout_stream(arena, doc, fonts, &sink, &pages, diag);
    assert_int_equal(pieces.held, 0);
    if (taker.tree != NULL) {
        gs_tree_end(taker.tree);
    }
    char *text = take_text(taker.output);
    if (!ok) {
        g_clear_pointer(&text, g_free);
    }
    gs_diag_free(diag);
    gs_arena_free(arena);
    return text;
}

/* --- one plan ----------------------------------------------------------------------- */

/* Widths by content ask for all rows: such tables do not stream. */
static bool has_given_widths(const struct plan *plan)
{
    bool given = true;
    for (guint i = 0; i < plan->columns->len; i++) {
        enum gs_column_kind kind =
                g_array_index(plan->columns, struct gs_column, i).kind;
        given = given
                && (kind == GS_COLUMN_FIXED || kind == GS_COLUMN_SHARE);
    }
    return given;
}

static char *check_plan(const struct plan *plan)
{
    char *failure = NULL;
    if (!has_given_widths(plan)) {
        return NULL;
    }
    char *whole = lay_out_whole(plan);
    for (size_t least = 1; least <= 4 && failure == NULL; least += 3) {
        char *pieces = lay_out_pieces(plan, least);
        if (g_strcmp0(whole, pieces) != 0) {
            failure = g_strdup_printf(
                    "in pieces of %zu rows it comes out otherwise", least);
        }
        g_free(pieces);
    }
    g_free(whole);
    return failure;
}

static void pieces_make_the_same_pages(void **state)
{
    (void)state;
    plan_runs(check_plan, lay_out_whole, RUNS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(pieces_make_the_same_pages),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
