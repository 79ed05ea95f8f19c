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
static void choose_items(const struct drawing *drawing,
        const struct gs_cell_set *cell, const struct gs_flow *flow,
        gs_len room, bool goes_on, size_t *from, size_t *to)
{
    *from = 0;
    *to = flow->count;
    if (drawing->head || gs_cell_repeats(cell)) {
        return;
    }
    *from = cell->parts > 0 ? gs_flow_skip_space(flow, cell->done)
                            : cell->done;
    if (goes_on) {
        /* An empty part of a merged cell would read as the end of its text:
         * there its lines are parted, however they want to stay together. */
        bool merged = cell->at->row_span > 1;
        *to = gs_flow_fit(flow, *from, room, drawing->cut->force || merged);
    }
}

/* Lines that are placed where their row ends, and not drawn. */
static void add_clipped(const struct drawing *drawing,
        const struct gs_cell_set *cell, gs_len y, struct gs_frag_cell *out)
{
    const struct gs_flow *flow = &cell->flow;
    struct gs_flow_placed placed;
    gs_flow_place(flow, flow->count, flow->count + cell->clipped,
            out->rect.x + out->cell->style->padding.left, y,
            drawing->set->context.page, &placed);
    out->clipped = placed.lines;
    out->clipped_count = placed.line_count;
}

/* Whether what is left of a cell ends in this part, or is drawn again. */
static bool ends_here(const struct gs_cell_set *cell)
{
    return cell->parts == 0 || gs_cell_repeats(cell)
            || cell->done < cell->flow.count;
}

static void fill_cell(const struct drawing *drawing, struct gs_cell_set *cell,
        bool goes_on, struct gs_frag_cell *out)
{
    const struct gs_cell_style *style = out->cell->style;
    gs_len room =
            out->rect.height - style->padding.top - style->padding.bottom;
    const struct gs_flow *flow =
            drawing->head ? &cell->flow : gs_cell_flow(cell);
    size_t from, to;
    choose_items(drawing, cell, flow, room, goes_on, &from, &to);
    gs_len height = gs_flow_height(flow, from, to);
    struct gs_flow_placed placed;
    gs_flow_place(flow, from, to, out->rect.x + style->padding.left,
            content_y(style->valign, out->rect.y + style->padding.top, room,
                    height),
            drawing->set->context.page, &placed);
    out->lines = placed.lines;
    out->line_count = placed.line_count;
    out->images = placed.images;
    out->image_count = placed.image_count;
    if (cell->clipped > 0 && flow == &cell->flow && to == flow->count
            && (drawing->head || ends_here(cell))) {
        add_clipped(drawing, cell, out->rect.y + out->rect.height, out);
    }
    if (!drawing->head) {
        out->repeated = out->repeated
                || (gs_cell_repeats(cell) && cell->parts > 0);
        cell->done = flow == &cell->flow ? to : cell->flow.count;
        out->part = ++cell->parts;
    }
}

/* The part of a cell that begins in `row` of this page. */
static void make_cell(const struct drawing *drawing, struct gs_cell_set *cell,
        size_t row, struct gs_frag_cell *out)
{
    const struct gs_table_set *set = drawing->set;
    const struct gs_grid_cell *at = cell->at;
    size_t end = at->row + at->row_span;
    size_t last = MIN(end, end_row(drawing->cut));
    bool goes_on = end > drawing->cut->row;
    const gs_len *tops = drawing->tops;
    gs_len left = set->edges[at->column];
    gs_len top = tops[row - drawing->first];
    bool begun = cell->parts > 0 && !drawing->head;
    *out = (struct gs_frag_cell){
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
    fill_cell(drawing, cell, goes_on, out);
}

static void make_row(
        const struct drawing *drawing, size_t row, struct gs_frag_row *out)
{
    struct gs_table_set *set = drawing->set;
    gs_len top = drawing->tops[row - drawing->first];
    *out = (struct gs_frag_row){
            .index = row,
            .group = gs_set_group(set, row)->kind,
            .repeated = drawing->head,
            .part = 1,
            .of = 1,
            .y = top,
            .height = drawing->tops[row + 1 - drawing->first] - top,
    };
    if (!drawing->head) {
        struct gs_band *band = gs_set_band(set, row);
        out->part = ++band->row_parts[row - band->grid->first];
        band->drawn_height[row - band->grid->first] = out->height;
    }
    out->cells = GS_MAKE_ARRAY(
            set->context.page, struct gs_frag_cell, set->columns);
    for (size_t column = 0; column < set->columns;) {
        struct gs_cell_set *cell = gs_set_cell_at(set, row, column);
        const struct gs_grid_cell *at = cell->at;
        if (row == drawing->first || at->row == row) {
            make_cell(drawing, cell, row, &out->cells[out->cell_count++]);
        }
        column = at->column + at->column_span;
    }
}

static void draw_rows(const struct drawing *drawing, GArray *rows)
{
    for (size_t row = drawing->first; row < end_row(drawing->cut); row++) {
        struct gs_frag_row frag;
        make_row(drawing, row, &frag);
        g_array_append_val(rows, frag);
    }
}

void gs_part_add(struct gs_table_set *set, const struct gs_window *window,
        const struct gs_cut *cut, gs_len x, gs_len y, GArray *rows,
        gs_len *height)
{
    size_t count = end_row(cut) - window->first;
    gs_len *tops = GS_MAKE_ARRAY(set->context.page, gs_len, count + 1);
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
    gs_len *tops = GS_MAKE_ARRAY(set->context.page, gs_len, end - first + 1);
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
