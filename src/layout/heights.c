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

bool gs_set_repeats(const struct gs_table_set *set, size_t cell)
{
    return set->grid->cells[cell].cell->label != GS_LABEL_FLOW
            && !set->cells[cell].flows;
}

const struct gs_flow *gs_set_flow(const struct gs_table_set *set, size_t cell)
{
    const struct gs_cell_set *state = &set->cells[cell];
    bool marked = state->parts > 0 && gs_set_repeats(set, cell)
            && set->grid->cells[cell].cell->label == GS_LABEL_REPEAT_MARK;
    return marked ? &state->marked : &state->flow;
}

gs_len gs_set_need(const struct gs_table_set *set, size_t cell)
{
    const struct gs_cell_set *state = &set->cells[cell];
    const struct gs_flow *flow = gs_set_flow(set, cell);
    size_t from = gs_set_repeats(set, cell) ? 0 : state->done;
    if (state->parts > 0 && gs_flow_is_done(flow, from)) {
        return 0;
    }
    if (state->parts > 0) {
        from = gs_flow_skip_space(flow, from);
    }
    return padding_of(set->grid->cells[cell].cell)
            + gs_flow_height(flow, from, flow->count);
}

gs_len gs_set_head_height(
        const struct gs_table_set *set, size_t first, size_t row)
{
    gs_len height = set->drawn_height[row];
    for (size_t column = 0; row == first && column < set->grid->columns;
            column++) {
        size_t i = gs_grid_slot(set->grid, row, column);
        const struct gs_grid_cell *at = &set->grid->cells[i];
        const struct gs_flow *flow = &set->cells[i].flow;
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
                               : set->table->rows[row].height;
}

gs_len gs_set_row_base(const struct gs_table_set *set, size_t row)
{
    bool inside = row == set->row && set->inside;
    gs_len used = inside ? set->used : 0;
    gs_len height = MAX(0, gs_row_least(set, row) - used);
    if (gs_row_is_fixed(set, row)) {
        return height;
    }
    const struct gs_grid *grid = set->grid;
    for (size_t i = grid->row_first[row]; i < grid->row_first[row + 1]; i++) {
        if (grid->cells[i].row_span == 1) {
            height = MAX(height, gs_set_need(set, i));
        }
    }
    return height;
}

void gs_set_base_heights(struct gs_table_set *set)
{
    for (size_t row = 0; row < set->grid->rows; row++) {
        set->base[row] = gs_set_row_base(set, row);
        set->base_below[row + 1] = set->base_below[row] + set->base[row];
    }
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
    if (high > window->end) {
        sum += set->base_below[high] - set->base_below[window->end];
    }
    return sum;
}

/* Raises the rows of a merged cell, evenly, until its text has room. */
static void stretch_span(struct gs_table_set *set, struct gs_window *window,
        size_t cell)
{
    const struct gs_grid_cell *at = &set->grid->cells[cell];
    size_t low = MAX(at->row, window->first);
    size_t high = at->row + at->row_span;
    gs_len lack = gs_set_need(set, cell) - span_height(set, window, low, high);
    if (lack <= 0) {
        return;
    }
    size_t elastic = high > window->end ? high - window->end : 0;
    for (size_t row = low; row < MIN(high, window->end); row++) {
        elastic += !gs_row_is_fixed(set, row);
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

static int by_span(const void *a, const void *b, void *user)
{
    const struct gs_grid *grid = user;
    const struct gs_grid_cell *x = &grid->cells[*(const size_t *)a];
    const struct gs_grid_cell *y = &grid->cells[*(const size_t *)b];
    if (x->row_span != y->row_span) {
        return x->row_span < y->row_span ? -1 : 1;
    }
    return *(const size_t *)a < *(const size_t *)b ? -1 : 1;
}

/* The merged cells with rows in the window, small spans first. */
static GArray *spanning_cells(
        const struct gs_grid *grid, const struct gs_window *window)
{
    GArray *cells = g_array_new(FALSE, FALSE, sizeof(size_t));
    for (size_t column = 0; column < grid->columns; column++) {
        size_t i = gs_grid_slot(grid, window->first, column);
        if (grid->cells[i].row < window->first
                && grid->cells[i].column == column) {
            g_array_append_val(cells, i);
        }
    }
    size_t end = grid->row_first[window->end];
    for (size_t i = grid->row_first[window->first]; i < end; i++) {
        if (grid->cells[i].row_span > 1) {
            g_array_append_val(cells, i);
        }
    }
    g_array_sort_with_data(cells, by_span, (void *)(uintptr_t)grid);
    return cells;
}

void gs_window_make(struct gs_table_set *set, size_t first, size_t last,
        gs_len room, struct gs_window *out)
{
    assert(first < last && last <= set->grid->rows);
    gs_len sum = gs_set_row_base(set, first);
    size_t end = first + 1;
    while (end < last && sum <= room) {
        sum += set->base[end++];
    }
    out->first = first;
    out->end = end;
    out->last = last;
    out->heights = GS_MAKE_ARRAY(set->context.arena, gs_len, end - first);
    out->heights[0] = gs_set_row_base(set, first);
    for (size_t row = first + 1; row < end; row++) {
        out->heights[row - first] = set->base[row];
    }
    GArray *cells = spanning_cells(set->grid, out);
    for (size_t i = 0; i < cells->len; i++) {
        stretch_span(set, out, g_array_index(cells, size_t, i));
    }
    g_array_free(cells, TRUE);
}
