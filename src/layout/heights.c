/*
 * Row heights: each row as high as its tallest cell, merged cells spread over
 * the rows they span.
 *
 * Heights are worked out page by page, for what is left: a merged cell whose
 * text has gone on an earlier page needs no more room.
 */
#include <assert.h>
#include <glib.h>

#include "base/arena.h"
#include "layout/table-set.h"
#include "model/doc.h"

static gs_len padding_of(const struct gs_cell *cell)
{
    return cell->style->padding.top + cell->style->padding.bottom;
}

bool gs_cell_repeats(const struct gs_cell_set *cell)
{
    return cell->at->cell->label != GS_LABEL_FLOW && !cell->flows;
}

const struct gs_flow *gs_cell_flow(const struct gs_cell_set *cell)
{
    bool marked = cell->parts > 0 && gs_cell_repeats(cell)
            && cell->at->cell->label == GS_LABEL_REPEAT_MARK;
    return marked ? &cell->marked : &cell->flow;
}

gs_len gs_cell_need(const struct gs_cell_set *cell)
{
    const struct gs_flow *flow = gs_cell_flow(cell);
    size_t from = gs_cell_repeats(cell) ? 0 : cell->done;
    if (cell->parts > 0 && gs_flow_is_done(flow, from)) {
        return 0;
    }
    if (cell->parts > 0) {
        from = gs_flow_skip_space(flow, from);
    }
    return padding_of(cell->at->cell)
            + gs_flow_height(flow, from, flow->count);
}

gs_len gs_set_head_height(
        const struct gs_table_set *set, size_t first, size_t row)
{
    const struct gs_band *band = gs_set_band(set, row);
    gs_len height = band->drawn_height[row - band->grid->first];
    for (size_t column = 0; row == first && column < set->columns; column++) {
        const struct gs_cell_set *cell = gs_set_cell_at(set, row, column);
        const struct gs_grid_cell *at = cell->at;
        const struct gs_flow *flow = &cell->flow;
        if (at->row < row && at->row + at->row_span == row + 1) {
            height = MAX(height, padding_of(at->cell)
                            + gs_flow_height(flow, 0, flow->count));
        }
    }
    return height;
}

gs_len gs_row_least(const struct gs_table_set *set, size_t row)
{
    return set->floors != NULL ? set->floors[row]
                               : gs_set_row(set, row)->height;
}

/* Height of a row by its one-row cells, as the table stands now. */
static gs_len work_out_base(const struct gs_table_set *set, size_t row)
{
    bool inside = row == set->row && set->inside;
    gs_len used = inside ? set->used : 0;
    gs_len height = MAX(0, gs_row_least(set, row) - used);
    if (gs_row_is_fixed(set, row) && !inside) { /* cut, it holds what is left */
        return height;
    }
    struct gs_cell_set *end, *cell = gs_set_cells_of(set, row, &end);
    for (; cell < end; cell++) {
        if (cell->at->row_span == 1) {
            height = MAX(height, gs_cell_need(cell));
        }
    }
    return height;
}

void gs_set_base_heights(struct gs_table_set *set, struct gs_band *band)
{
    for (size_t i = 0; i < band->grid->rows; i++) {
        band->base[i] = work_out_base(set, band->grid->first + i);
        band->base_below[i + 1] = band->base_below[i] + band->base[i];
    }
}

/* Of the rows that are left only the first may have been begun. */
gs_len gs_set_row_base(const struct gs_table_set *set, size_t row)
{
    if (row == set->row) {
        return work_out_base(set, row);
    }
    const struct gs_band *band = gs_set_band(set, row);
    return band->base[row - band->grid->first];
}

/* --- windows --------------------------------------------------------------- */

/* Room that rows [low, high) give, past the window at their base heights. */
static gs_len span_height(const struct gs_table_set *set,
        const struct gs_window *window, size_t low, size_t high)
{
    gs_len sum = 0;
    for (size_t row = low; row < MIN(high, window->end); row++) {
        sum += window->heights[row - window->first];
    }
    if (high > window->end) { /* of one band: no cell spans two */
        const struct gs_band *band = gs_set_band(set, high - 1);
        size_t first = band->grid->first;
        sum += band->base_below[high - first]
                - band->base_below[window->end - first];
    }
    return sum;
}

/*
 * Raises the rows of a merged cell, evenly, until its text has room.  Rows of fixed
 * height give none, but for the last one of a cell that a page has cut: what was
 * left below its last line there is missing here, and the text must stand.
 */
static void stretch_span(const struct gs_table_set *set,
        struct gs_window *window, const struct gs_cell_set *cell)
{
    const struct gs_grid_cell *at = cell->at;
    size_t low = MAX(at->row, window->first);
    size_t high = at->row + at->row_span;
    gs_len lack = gs_cell_need(cell) - span_height(set, window, low, high);
    if (lack <= 0) {
        return;
    }
    size_t elastic = high > window->end ? high - window->end : 0;
    for (size_t row = low; row < MIN(high, window->end); row++) {
        elastic += !gs_row_is_fixed(set, row);
    }
    if (elastic == 0 && cell->parts > 0) {
        window->heights[high - 1 - window->first] += lack;
    }
    for (size_t row = low; row < MIN(high, window->end); row++) {
        if (!gs_row_is_fixed(set, row)) {
            gs_len share = lack / (gs_len)elastic;
            window->heights[row - window->first] += share;
            lack -= share;
            elastic--;
        }
    }
}

/* Small spans first, then in order of their first slots. */
static int by_span(const void *a, const void *b)
{
    const struct gs_grid_cell *x = (*(struct gs_cell_set *const *)a)->at;
    const struct gs_grid_cell *y = (*(struct gs_cell_set *const *)b)->at;
    if (x->row_span != y->row_span) {
        return x->row_span < y->row_span ? -1 : 1;
    }
    if (x->row != y->row) {
        return x->row < y->row ? -1 : 1;
    }
    return (x->column > y->column) - (x->column < y->column);
}

/* The merged cells with rows in the window. */
static GPtrArray *spanning_cells(
        const struct gs_table_set *set, const struct gs_window *window)
{
    GPtrArray *cells = g_ptr_array_new();
    for (size_t column = 0; column < set->columns; column++) {
        struct gs_cell_set *cell = gs_set_cell_at(set, window->first, column);
        if (cell->at->row < window->first && cell->at->column == column) {
            g_ptr_array_add(cells, cell);
        }
    }
    for (size_t row = window->first; row < window->end; row++) {
        struct gs_cell_set *end, *cell = gs_set_cells_of(set, row, &end);
        for (; cell < end; cell++) {
            if (cell->at->row_span > 1) {
                g_ptr_array_add(cells, cell);
            }
        }
    }
    g_ptr_array_sort(cells, by_span);
    return cells;
}

void gs_window_make(const struct gs_table_set *set, struct gs_arena *arena,
        size_t first, size_t last, gs_len room, struct gs_window *out)
{
    assert(first < last && gs_set_has(set, first));
    gs_len sum = gs_set_row_base(set, first);
    size_t end = first + 1;
    while (end < last && sum <= room && gs_set_has(set, end)) {
        sum += gs_set_row_base(set, end++);
    }
    out->first = first;
    out->end = end;
    out->last = last;
    out->heights = GS_MAKE_ARRAY(arena, gs_len, end - first);
    for (size_t row = first; row < end; row++) {
        out->heights[row - first] = gs_set_row_base(set, row);
    }
    GPtrArray *cells = spanning_cells(set, out);
    for (guint i = 0; i < cells->len; i++) {
        stretch_span(set, out, g_ptr_array_index(cells, i));
    }
    g_ptr_array_free(cells, TRUE);
}
