/*
 * Parts: the fragments of a table on one page.
 */
#include <assert.h>
#include <glib.h>
#include <string.h>

#include "base/arena.h"
#include "layout/strips.h"
#include "layout/table-set.h"
#include "model/doc.h"

/* What is being drawn: rows [first, cut.row), and a part of row cut.row. */
struct drawing {
    struct gs_table_set *set;
    const struct gs_cut *cut;
    const gs_len *tops; /* of the rows, and of the end: from `first` on */
    size_t first;
    gs_len x;
    bool head; /* drawn again: the state stays as it is */
    GArray *lines, *images;
};

static size_t end_row(const struct gs_cut *cut)
{
    return cut->row + (cut->inside ? 1 : 0);
}

static gs_len content_y(
        enum gs_valign valign, gs_len top, gs_len room, gs_len height)
{
    switch (valign) {
    case GS_VALIGN_TOP:
        return top;
    case GS_VALIGN_MIDDLE:
        return top + MAX(0, (room - height) / 2);
    case GS_VALIGN_BOTTOM:
        return top + MAX(0, room - height);
    }
    return top;
}

/* The items of a cell that go in this part: [*from, *to). */
static void choose_items(const struct drawing *drawing, size_t cell,
        const struct gs_flow *flow, gs_len room, bool goes_on, size_t *from,
        size_t *to)
{
    const struct gs_cell_set *state = &drawing->set->cells[cell];
    *from = 0;
    *to = flow->count;
    if (drawing->head || gs_set_repeats(drawing->set, cell)) {
        return;
    }
    *from = state->parts > 0 ? gs_flow_skip_space(flow, state->done)
                             : state->done;
    if (goes_on) {
        /* An empty part of a merged cell would read as the end of its text:
         * there its lines are parted, however they want to stay together. */
        bool merged = drawing->set->grid->cells[cell].row_span > 1;
        *to = gs_flow_fit(flow, *from, room, drawing->cut->force || merged);
    }
}

/* Lines that are placed where their row ends, and not drawn. */
static void add_clipped(const struct drawing *drawing, size_t cell, gs_len y,
        struct gs_frag_cell *out)
{
    struct gs_table_set *set = drawing->set;
    const struct gs_flow *flow = &set->cells[cell].flow;
    g_array_set_size(drawing->lines, 0);
    g_array_set_size(drawing->images, 0);
    gs_flow_place(flow, flow->count, flow->count + set->cells[cell].clipped,
            out->rect.x + out->cell->style->padding.left, y, drawing->lines,
            drawing->images);
    out->clipped_count = drawing->lines->len;
    out->clipped = gs_layout_copy(set->context.arena, drawing->lines);
}

static void fill_cell(const struct drawing *drawing, size_t cell, bool goes_on,
        struct gs_frag_cell *out)
{
    struct gs_table_set *set = drawing->set;
    struct gs_cell_set *state = &set->cells[cell];
    const struct gs_cell_style *style = out->cell->style;
    gs_len room =
            out->rect.height - style->padding.top - style->padding.bottom;
    const struct gs_flow *flow =
            drawing->head ? &state->flow : gs_set_flow(set, cell);
    size_t from, to;
    choose_items(drawing, cell, flow, room, goes_on, &from, &to);
    gs_len height = gs_flow_height(flow, from, to);
    g_array_set_size(drawing->lines, 0);
    g_array_set_size(drawing->images, 0);
    gs_flow_place(flow, from, to, out->rect.x + style->padding.left,
            content_y(style->valign, out->rect.y + style->padding.top, room,
                    height),
            drawing->lines, drawing->images);
    out->line_count = drawing->lines->len;
    out->image_count = drawing->images->len;
    out->lines = gs_layout_copy(set->context.arena, drawing->lines);
    out->images = gs_layout_copy(set->context.arena, drawing->images);
    if (state->clipped > 0 && flow == &state->flow && to == flow->count) {
        add_clipped(drawing, cell, out->rect.y + out->rect.height, out);
    }
    if (!drawing->head) {
        out->repeated = out->repeated
                || (gs_set_repeats(set, cell) && state->parts > 0);
        state->done = flow == &state->flow ? to : state->flow.count;
        out->part = ++state->parts;
    }
}

/* The part of a cell that begins in `row` of this page. */
static struct gs_frag_cell make_cell(
        const struct drawing *drawing, size_t cell, size_t row)
{
    const struct gs_table_set *set = drawing->set;
    const struct gs_grid_cell *at = &set->grid->cells[cell];
    size_t end = at->row + at->row_span;
    size_t last = MIN(end, end_row(drawing->cut));
    bool goes_on = end > drawing->cut->row;
    const gs_len *tops = drawing->tops;
    gs_len left = set->edges[at->column];
    gs_len top = tops[row - drawing->first];
    bool begun = set->cells[cell].parts > 0 && !drawing->head;
    struct gs_frag_cell out = {
            .cell = at->cell,
            .row = at->row,
            .column = at->column,
            .row_span = last - row,
            .column_span = at->column_span,
            .part = 1,
            .of = 1,
            .repeated = drawing->head || at->column < set->strip->repeated,
            .rect = {drawing->x + left, top,
                    set->edges[at->column + at->column_span] - left,
                    tops[last - drawing->first] - top},
            .closes_top = !begun,
            .closes_bottom = !goes_on,
    };
    fill_cell(drawing, cell, goes_on, &out);
    return out;
}

static void make_row(
        const struct drawing *drawing, size_t row, struct gs_frag_row *out)
{
    struct gs_table_set *set = drawing->set;
    const struct gs_grid *grid = set->grid;
    gs_len top = drawing->tops[row - drawing->first];
    *out = (struct gs_frag_row){
            .index = row,
            .group = gs_grid_group(grid, row)->kind,
            .repeated = drawing->head,
            .part = 1,
            .of = 1,
            .y = top,
            .height = drawing->tops[row + 1 - drawing->first] - top,
    };
    if (!drawing->head) {
        out->part = ++set->row_parts[row];
        set->drawn_height[row] = out->height;
    }
    out->cells = GS_MAKE_ARRAY(
            set->context.arena, struct gs_frag_cell, grid->columns);
    for (size_t column = 0; column < grid->columns;) {
        size_t i = gs_grid_slot(grid, row, column);
        const struct gs_grid_cell *at = &grid->cells[i];
        if (row == drawing->first || at->row == row) {
            out->cells[out->cell_count++] = make_cell(drawing, i, row);
        }
        column = at->column + at->column_span;
    }
}

static void draw_rows(struct drawing *drawing, GArray *rows)
{
    drawing->lines = g_array_new(FALSE, FALSE, sizeof(struct gs_frag_line));
    drawing->images = g_array_new(FALSE, FALSE, sizeof(struct gs_frag_image));
    for (size_t row = drawing->first; row < end_row(drawing->cut); row++) {
        struct gs_frag_row frag;
        make_row(drawing, row, &frag);
        g_array_append_val(rows, frag);
    }
    g_array_free(drawing->lines, TRUE);
    g_array_free(drawing->images, TRUE);
}

void gs_part_add(struct gs_table_set *set, const struct gs_window *window,
        const struct gs_cut *cut, gs_len x, gs_len y, GArray *rows,
        gs_len *height)
{
    size_t count = end_row(cut) - window->first;
    gs_len *tops = GS_MAKE_ARRAY(set->context.arena, gs_len, count + 1);
    tops[0] = y;
    for (size_t i = 0; i < count; i++) {
        bool cut_row = window->first + i == cut->row;
        tops[i + 1] = tops[i] + (cut_row ? cut->height : window->heights[i]);
    }
    struct drawing drawing = {
            .set = set,
            .cut = cut,
            .tops = tops,
            .first = window->first,
            .x = x,
    };
    draw_rows(&drawing, rows);
    bool same = cut->row == set->row && set->inside;
    set->used = cut->inside ? (same ? set->used : 0) + cut->height : 0;
    set->row = cut->row;
    set->inside = cut->inside;
    *height = tops[count] - y;
}

void gs_part_add_head(struct gs_table_set *set, size_t first, size_t end,
        gs_len x, gs_len y, GArray *rows, gs_len *height)
{
    gs_len *tops = GS_MAKE_ARRAY(set->context.arena, gs_len, end - first + 1);
    tops[0] = y;
    for (size_t row = first; row < end; row++) {
        tops[row - first + 1] = tops[row - first]
                + gs_set_head_height(set, first, row);
    }
    struct gs_cut cut = {.row = end};
    struct drawing drawing = {
            .set = set,
            .cut = &cut,
            .tops = tops,
            .first = first,
            .x = x,
            .head = true,
    };
    draw_rows(&drawing, rows);
    *height = tops[end - first] - y;
}
