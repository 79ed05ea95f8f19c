/*
 * Cuts: where a page's part of a table ends.  table.h states the decisions.
 */
#include <assert.h>
#include <glib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/table-set.h"
#include "model/doc.h"

/* A break that leaves more than 1/4 of a page empty splits a row instead. */
#define BLANK_SHARE 4

static enum gs_group_kind kind_of(const struct gs_table_set *set, size_t row)
{
    return gs_set_group(set, row)->kind;
}

bool gs_row_keeps_next(const struct gs_table_set *set, size_t row)
{
    if (!gs_set_has(set, row + 1)) {
        return false;
    }
    return (gs_set_row(set, row)->keep & GS_KEEP_NEXT) != 0
            || kind_of(set, row) == GS_GROUP_HEAD
            || kind_of(set, row + 1) == GS_GROUP_FOOT;
}

enum gs_strength gs_row_next_strength(
        const struct gs_table_set *set, size_t row)
{
    const struct gs_row *model = gs_set_row(set, row);
    if (kind_of(set, row) == GS_GROUP_HEAD) {
        return GS_STRENGTH_STRONG;
    }
    if ((model->keep & GS_KEEP_NEXT) == 0) {
        return GS_STRENGTH_NORMAL; /* a foot's own */
    }
    return kind_of(set, row + 1) == GS_GROUP_FOOT
            ? MAX(model->next_strength, GS_STRENGTH_NORMAL)
            : model->next_strength;
}

bool gs_row_may_split(const struct gs_table_set *set, size_t row)
{
    const struct gs_row *model = gs_set_row(set, row);
    return (model->keep & GS_KEEP_TOGETHER) == 0
            && model->fit == GS_FIT_LEAST
            && kind_of(set, row) == GS_GROUP_BODY;
}

static gs_len height_of(
        const struct gs_window *window, size_t from, size_t to)
{
    gs_len sum = 0;
    for (size_t row = from; row < to; row++) {
        sum += window->heights[row - window->first];
    }
    return sum;
}

/* The first row at or above `row` before which a break is allowed. */
static size_t move_up(
        const struct gs_table_set *set, size_t first, size_t row)
{
    while (row > first && gs_row_keeps_next(set, row - 1)) {
        row--;
    }
    return row;
}

/* --- splitting a row -------------------------------------------------------- */

struct split {
    struct gs_table_set *set;
    struct gs_window *window;
    size_t row;
    gs_len left; /* room for its part */
    bool force;
};

/*
 * A row that is high only because merged cells over it are: placed whole at the
 * room there is, if no merged cell needs to end there with more text than fits.
 */
static bool can_shrink(const struct split *split)
{
    const struct gs_table_set *set = split->set;
    if (gs_set_row_base(set, split->row) > split->left
            || gs_row_keeps_next(set, split->row)) {
        return false;
    }
    for (size_t column = 0; column < set->columns; column++) {
        const struct gs_cell_set *cell =
                gs_set_cell_at(set, split->row, column);
        const struct gs_grid_cell *at = cell->at;
        size_t low = MAX(at->row, split->window->first);
        if (at->row_span > 1 && at->row + at->row_span == split->row + 1
                && gs_cell_need(cell)
                        > height_of(split->window, low, split->row)
                                + split->left) {
            return false;
        }
    }
    return true;
}

/* How much of one cell goes into the row's part; false where it must not. */
static bool split_cell(const struct split *split,
        const struct gs_cell_set *cell, gs_len *height, bool *moves,
        bool *rests)
{
    const struct gs_edges *padding = &cell->at->cell->style->padding;
    gs_len sides = padding->top + padding->bottom;
    gs_len need = gs_cell_need(cell);
    if (gs_cell_repeats(cell)) {
        *height = MAX(*height, need);
        return need <= split->left;
    }
    size_t from = cell->parts > 0
            ? gs_flow_skip_space(&cell->flow, cell->done)
            : cell->done;
    if (gs_flow_is_done(&cell->flow, from)) {
        return true;
    }
    size_t to = gs_flow_fit(
            &cell->flow, from, split->left - sides, split->force);
    if (to == from) {
        *rests = true;
        return split->force;
    }
    *moves = true;
    *rests = *rests || !gs_flow_is_done(&cell->flow, to);
    *height = MAX(*height, sides + gs_flow_height(&cell->flow, from, to));
    return true;
}

/* Merged cells over the row that have text left move it on as well. */
static bool spans_move(const struct split *split)
{
    const struct gs_table_set *set = split->set;
    for (size_t column = 0; column < set->columns; column++) {
        const struct gs_cell_set *cell =
                gs_set_cell_at(set, split->row, column);
        const struct gs_grid_cell *at = cell->at;
        const struct gs_flow *flow = &cell->flow;
        const struct gs_edges *padding = &at->cell->style->padding;
        size_t low = MAX(at->row, split->window->first);
        gs_len room = height_of(split->window, low, split->row) + split->left
                - padding->top - padding->bottom;
        size_t from = gs_flow_skip_space(flow, cell->done);
        if (at->row_span > 1 && !gs_cell_repeats(cell)
                && gs_flow_fit(flow, from, room, split->force) > from) {
            return true;
        }
    }
    return false;
}

static bool try_split(const struct split *split, struct gs_cut *cut)
{
    struct gs_table_set *set = split->set;
    size_t row = split->row;
    if (split->left <= 0) {
        return false;
    }
    if (can_shrink(split)) {
        split->window->heights[row - split->window->first] = split->left;
        *cut = (struct gs_cut){.row = row + 1};
        return true;
    }
    gs_len height = 0;
    bool moves = false, rests = false;
    struct gs_cell_set *end, *cell = gs_set_cells_of(set, row, &end);
    for (; cell < end; cell++) {
        if (cell->at->row_span == 1
                && !split_cell(split, cell, &height, &moves, &rests)) {
            return false;
        }
    }
    bool waits = gs_row_least(set, row)
            > (row == set->row && set->inside ? set->used : 0);
    if (!moves && !spans_move(split) && !waits) {
        return false;
    }
    *cut = (struct gs_cut){
            .row = row,
            .inside = true,
            /* With nothing of its own left, the row waits for merged cells. */
            .height = rests ? MIN(height, split->left) : split->left,
            .force = split->force,
    };
    return true;
}

/* --- labels over the cut ----------------------------------------------------- */

/*
 * Makes room for the labels that are to be drawn whole in this part: stretches
 * the part, or moves the cut up before the cell (true: look again).
 */
static bool settle_label(struct gs_table_set *set, struct gs_window *window,
        struct gs_cut *cut, struct gs_cell_set *cell, gs_len room, bool fresh)
{
    const struct gs_grid_cell *at = cell->at;
    size_t low = MAX(at->row, window->first);
    gs_len inside = cut->inside ? cut->height : 0;
    gs_len part = height_of(window, low, cut->row) + inside;
    gs_len lack = gs_cell_need(cell) - part;
    gs_len spare = room - height_of(window, window->first, cut->row) - inside;
    if (lack <= 0) {
        return false;
    }
    if (lack <= spare) {
        if (cut->inside) {
            cut->height += lack;
        } else {
            window->heights[cut->row - 1 - window->first] += lack;
        }
        return false;
    }
    size_t up = move_up(set, window->first, low);
    if (at->row >= window->first && (up > window->first || !fresh)) {
        *cut = (struct gs_cut){
                .row = up,
                .why = gs_why_label(
                        set, cell, gs_cell_need(cell), part + spare),
        };
        return true;
    }
    cell->flows = true;
    return false;
}

static void settle_labels(struct gs_table_set *set, struct gs_window *window,
        struct gs_cut *cut, gs_len room, bool fresh)
{
    bool again = true;
    while (again && gs_set_has(set, cut->row)
            && cut->row + cut->inside > window->first) {
        again = false;
        for (size_t column = 0; column < set->columns && !again; column++) {
            struct gs_cell_set *cell =
                    gs_set_cell_at(set, cut->row, column);
            const struct gs_grid_cell *at = cell->at;
            if (at->column == column && at->row_span > 1
                    && at->row < cut->row + cut->inside
                    && gs_cell_repeats(cell)) {
                again = settle_label(set, window, cut, cell, room, fresh);
            }
        }
    }
}

/* As a last remedy, labels over `row` that no page can hold whole flow on. */
static bool give_up_labels(struct gs_table_set *set, size_t row, gs_len room)
{
    bool any = false;
    for (size_t column = 0; column < set->columns; column++) {
        struct gs_cell_set *cell = gs_set_cell_at(set, row, column);
        if (gs_cell_repeats(cell) && gs_cell_need(cell) > room) {
            cell->flows = true;
            any = true;
        }
    }
    return any;
}

/* --- the choice ---------------------------------------------------------------- */

static void report_broken(struct gs_table_set *set, size_t row,
        enum gs_strength strength, gs_len height, gs_len room)
{
    if (strength < GS_STRENGTH_NORMAL) {
        return;
    }
    struct gs_arena *arena = set->context.arena;
    gs_diag_add(set->context.diag, GS_DIAG_KEEP_BROKEN,
            gs_set_row(set, row)->origin.loc,
            GS_ARGS(gs_layout_pt(arena, height), gs_layout_pt(arena, room)));
}

/* How firmly a row is kept from being split. */
static enum gs_strength inner_strength(
        const struct gs_table_set *set, size_t row)
{
    const struct gs_row *model = gs_set_row(set, row);
    if (kind_of(set, row) != GS_GROUP_BODY || model->fit == GS_FIT_FIXED) {
        return GS_STRENGTH_STRONG;
    }
    return (model->keep & GS_KEEP_TOGETHER) != 0 ? model->together_strength
                                                 : GS_STRENGTH_WEAK;
}

size_t gs_cut_weakest(
        const struct gs_table_set *set, size_t first, size_t row)
{
    size_t best = row;
    for (size_t i = row - 1; i > first; i--) {
        if (gs_row_next_strength(set, i - 1)
                < gs_row_next_strength(set, best - 1)) {
            best = i;
        }
    }
    return best;
}

/* Splits the first row of a page that cannot hold it, whatever it keeps. */
static struct gs_cut split_first(struct gs_table_set *set,
        struct gs_window *window, size_t row, gs_len room)
{
    struct gs_cut cut = {.row = row};
    struct split split = {set, window, row, room, true};
    gs_len height = window->heights[0];
    if (try_split(&split, &cut)) {
        if (!gs_row_may_split(set, row)) {
            report_broken(set, row, inner_strength(set, row), height, room);
        }
        cut.why = gs_why_row(set, &cut, row, height, room);
    }
    return cut;
}

/*
 * Rows kept together from the first to `row` are higher than the page: the
 * weakest of the keeps is broken.  A row that keeps its own lines together less
 * firmly than it is kept itself is split.
 */
static struct gs_cut break_keeps(struct gs_table_set *set,
        struct gs_window *window, size_t row, gs_len room)
{
    size_t first = window->first;
    if (row == first) {
        return split_first(set, window, row, room);
    }
    gs_len height = height_of(window, first, row + 1);
    size_t at = gs_cut_weakest(set, first, row);
    enum gs_strength strength = gs_row_next_strength(set, at - 1);
    struct gs_cut cut = {.row = at};
    if (inner_strength(set, row) < strength) {
        gs_len left = room - height_of(window, first, row);
        struct split gently = {set, window, row, left, false};
        struct split firmly = {set, window, row, left, true};
        if (try_split(&gently, &cut)
                || (strength == GS_STRENGTH_STRONG
                        && try_split(&firmly, &cut))) {
            strength = inner_strength(set, row);
        }
    }
    report_broken(set, first, strength, height, room);
    cut.why = gs_why_parted(set, first, row, height, room);
    return cut;
}

struct gs_cut gs_cut_choose(struct gs_table_set *set, struct gs_window *window,
        gs_len room, gs_len page, bool fresh)
{
    gs_len used = 0;
    size_t row = window->first;
    while (row < window->end
            && used + window->heights[row - window->first] <= room) {
        used += window->heights[row++ - window->first];
    }
    struct gs_cut cut = {.row = row};
    if (row == window->end) {
        settle_labels(set, window, &cut, room, fresh);
        return cut;
    }
    gs_len left = room - used;
    gs_len taken = window->heights[row - window->first];
    size_t up = move_up(set, window->first, row);
    gs_len blank = room - height_of(window, window->first, up);
    bool must = up == window->first && fresh;
    struct split split = {set, window, row, left, false};
    cut = (struct gs_cut){.row = up};
    if ((must || blank > page / BLANK_SHARE || taken > page)
            && gs_row_may_split(set, row) && try_split(&split, &cut)) {
        /* cut is the split's */
    } else if (must && row == window->first
            && give_up_labels(set, row, room)) {
        gs_window_make(set, set->context.page, window->first, window->last,
                room, window);
        return gs_cut_choose(set, window, room, page, fresh);
    } else if (must) {
        cut = break_keeps(set, window, row, room);
    }
    settle_labels(set, window, &cut, room, fresh);
    if (cut.why == NULL) {
        cut.why = gs_why_row(set, &cut, row, taken, left);
    }
    return cut;
}
