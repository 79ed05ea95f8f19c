/*
 * Strips, as strips.h describes them.
 */
#include "layout/strips.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/columns.h"
#include "layout/context.h"
#include "layout/grid.h"
#include "model/doc.h"

/* The table on the way to its strips. */
struct cutter {
    const struct gs_layout_context *context;
    const struct gs_grid *grid;
    const gs_len *edges;
    gs_len measure;
    size_t repeat;                    /* columns in every strip */
    const struct gs_grid_cell **over; /* a cell over the edge, by column after */
    GArray *strips;                   /* struct gs_strip */
};

/* For each edge between columns one cell that spans it. */
static void find_spans(struct cutter *cutter, const struct gs_grid *grid)
{
    for (size_t i = 0; i < grid->cell_count; i++) {
        const struct gs_grid_cell *at = &grid->cells[i];
        for (size_t j = 1; j < at->column_span; j++) {
            if (cutter->over[at->column + j] == NULL) {
                cutter->over[at->column + j] = at;
            }
        }
    }
}

/* The rows of pages are cut with those of the table. */
static void find_page_spans(struct cutter *cutter)
{
    const struct gs_table *table = cutter->grid->table;
    /* What is wrong with them is reported when they are set. */
    struct gs_diag *scratch = gs_diag_new();
    for (size_t i = 0; i < table->page_rows_count; i++) {
        const struct gs_grid *grid = gs_grid_make(cutter->context->arena,
                table->page_rows[i].table, scratch);
        if (grid != NULL) {
            find_spans(cutter, grid);
        }
    }
    gs_diag_free(scratch);
}

static void report_span(const struct cutter *cutter, size_t edge)
{
    struct gs_arena *arena = cutter->context->arena;
    const struct gs_grid_cell *at = cutter->over[edge];
    gs_diag_add(cutter->context->diag, GS_DIAG_SPAN_OVER_STRIPS,
            at->cell->origin.loc,
            GS_ARGS(gs_arena_printf(arena, "%zu", at->column + 1),
                    gs_arena_printf(
                            arena, "%zu", at->column + at->column_span),
                    gs_arena_printf(arena, "%zu", edge)));
}

static void report_width(const struct cutter *cutter, gs_len width)
{
    struct gs_arena *arena = cutter->context->arena;
    gs_diag_add(cutter->context->diag, GS_DIAG_TABLE_TOO_WIDE,
            cutter->grid->table->origin.loc,
            GS_ARGS(gs_layout_pt(arena, width),
                    gs_layout_pt(arena, cutter->measure)));
}

/*
 * The column after the last that goes in a strip from column `first` on; 0 after a
 * diagnostic.  `taken` is the width of the columns repeated in it.
 */
static size_t choose_end(
        const struct cutter *cutter, size_t first, gs_len taken)
{
    const gs_len *edges = cutter->edges;
    size_t columns = cutter->grid->columns, end = first;
    while (end < columns
            && taken + edges[end + 1] - edges[first]
                    <= cutter->measure + GS_COLUMNS_SLACK) {
        end++;
    }
    if (end == first) {
        report_width(cutter, taken + edges[first + 1] - edges[first]);
        return 0;
    }
    size_t clean = end;
    while (clean > first && clean < columns && cutter->over[clean] != NULL) {
        clean--;
    }
    if (clean == first) {
        report_span(cutter, end);
        return 0;
    }
    return clean;
}

/* --- grids ------------------------------------------------------------------- */

const struct gs_grid *gs_strip_grid(struct gs_arena *arena,
        const struct gs_strip *strip, const struct gs_grid *whole)
{
    size_t repeat = strip->repeated, first = strip->columns[repeat];
    size_t end = first + strip->count - repeat;
    if (strip->count == whole->columns) {
        return whole;
    }
    struct gs_grid *grid = GS_MAKE(arena, struct gs_grid);
    grid->table = whole->table;
    grid->rows = whole->rows;
    grid->columns = strip->count;
    grid->cells = GS_MAKE_ARRAY(
            arena, struct gs_grid_cell, whole->cell_count + 1);
    grid->row_first = GS_MAKE_ARRAY(arena, size_t, grid->rows + 1);
    grid->slots = GS_MAKE_ARRAY(
            arena, uint32_t, grid->rows * grid->columns + 1);
    for (size_t row = 0; row < grid->rows; row++) {
        grid->row_first[row] = grid->cell_count;
        for (size_t i = whole->row_first[row]; i < whole->row_first[row + 1];
                i++) {
            struct gs_grid_cell at = whole->cells[i];
            if (at.column >= repeat) {
                if (at.column < first || at.column >= end) {
                    continue;
                }
                at.column -= first - repeat;
            }
            uint32_t index = (uint32_t)grid->cell_count;
            for (size_t j = row; j < row + at.row_span; j++) {
                uint32_t *slot = &grid->slots[j * grid->columns + at.column];
                for (size_t k = 0; k < at.column_span; k++) {
                    slot[k] = index;
                }
            }
            grid->cells[grid->cell_count++] = at;
        }
    }
    grid->row_first[grid->rows] = grid->cell_count;
    return grid;
}

static void add_strip(
        struct cutter *cutter, size_t repeat, size_t first, size_t end)
{
    struct gs_arena *arena = cutter->context->arena;
    size_t count = repeat + end - first;
    gs_len *edges = GS_MAKE_ARRAY(arena, gs_len, count + 1);
    size_t *columns = GS_MAKE_ARRAY(arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        columns[i] = i < repeat ? i : first + i - repeat;
        edges[i + 1] = edges[i] + cutter->edges[columns[i] + 1]
                - cutter->edges[columns[i]];
    }
    struct gs_strip strip = {
            .count = count,
            .edges = edges,
            .columns = columns,
            .repeated = repeat,
    };
    strip.grid = gs_strip_grid(arena, &strip, cutter->grid);
    g_array_append_val(cutter->strips, strip);
}

static bool cut(struct cutter *cutter)
{
    size_t columns = cutter->grid->columns;
    size_t end = choose_end(cutter, 0, 0);
    if (end == 0) {
        return false;
    }
    add_strip(cutter, 0, 0, end);
    if (end < columns && cutter->over[cutter->repeat] != NULL) {
        report_span(cutter, cutter->repeat);
        return false;
    }
    /* The first strip may end among the columns that all are to repeat. */
    size_t repeat = MIN(cutter->repeat, end);
    while (end < columns) {
        size_t first = end;
        end = choose_end(cutter, first, cutter->edges[repeat]);
        if (end == 0) {
            return false;
        }
        add_strip(cutter, repeat, first, end);
    }
    return true;
}

const struct gs_strip *gs_strips_make(const struct gs_layout_context *context,
        const struct gs_grid *grid, const gs_len *edges, gs_len measure,
        size_t *count)
{
    struct cutter cutter = {
            .context = context,
            .grid = grid,
            .edges = edges,
            .measure = MAX(measure, 0),
            .repeat = MIN(grid->table->repeat_columns, grid->columns),
            .over = GS_MAKE_ARRAY(context->arena, const struct gs_grid_cell *,
                    grid->columns + 1),
            .strips = g_array_new(FALSE, TRUE, sizeof(struct gs_strip)),
    };
    struct gs_strip *strips = NULL;
    bool ok;
    if (edges[grid->columns] <= measure + GS_COLUMNS_SLACK) {
        add_strip(&cutter, 0, 0, grid->columns);
        ok = true;
    } else {
        find_spans(&cutter, grid);
        find_page_spans(&cutter);
        ok = cut(&cutter);
    }
    if (ok) {
        *count = cutter.strips->len;
        strips = GS_MAKE_ARRAY(context->arena, struct gs_strip, *count);
        memcpy(strips, cutter.strips->data, *count * sizeof *strips);
    }
    g_array_free(cutter.strips, TRUE);
    return strips;
}
