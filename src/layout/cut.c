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
    return gs_grid_group(set->grid, row)->kind;
}

bool gs_row_keeps_next(const struct gs_table_set *set, size_t row)
{
    if (row + 1 >= set->grid->rows) {
        return false;
    }
    return (set->table->rows[row].keep & GS_KEEP_NEXT) != 0
            || kind_of(set, row) == GS_GROUP_HEAD
            || kind_of(set, row + 1) == GS_GROUP_FOOT;
}

bool gs_row_may_split(const struct gs_table_set *set, size_t row)
{
    const struct gs_row *model = &set->table->rows[row];
    return (model->keep & GS_KEEP_TOGETHER) == 0
            && model->fit != GS_FIT_FIXED
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
    const struct gs_grid *grid = set->grid;
    if (gs_set_row_base(set, split->row) > split->left
            || gs_row_keeps_next(set, split->row)) {
        return false;
    }
    for (size_t column = 0; column < grid->columns; column++) {
        size_t i = gs_grid_slot(grid, split->row, column);
        const struct gs_grid_cell *at = &grid->cells[i];
        size_t low = MAX(at->row, split->window->first);
        if (at->row_span > 1 && at->row + at->row_span == split->row + 1
                && gs_set_need(set, i)
                        > height_of(split->window, low, split->row)
                                + split->left) {
            return false;
        }
    }
    return true;
}

/* How much of one cell goes into the row's part; false where it must not. */
static bool split_cell(const struct split *split, size_t cell, gs_len *height,
        bool *moves, bool *rests)
{
    struct gs_table_set *set = split->set;
    struct gs_cell_set *state = &set->cells[cell];
    const struct gs_edges *padding =
            &set->grid->cells[cell].cell->style->padding;
    gs_len sides = padding->top + padding->bottom;
    gs_len need = gs_set_need(set, cell);
    if (gs_set_repeats(set, cell)) {
        *height = MAX(*height, need);
        return need <= split->left;
    }
    size_t from = state->parts > 0
            ? gs_flow_skip_space(&state->flow, state->done)
            : state->done;
    if (gs_flow_is_done(&state->flow, from)) {
        return true;
    }
    size_t to = gs_flow_fit(
            &state->flow, from, split->left - sides, split->force);
    if (to == from) {
        *rests = true;
        return split->force;
    }
    *moves = true;
    *rests = *rests || !gs_flow_is_done(&state->flow, to);
    *height = MAX(*height, sides + gs_flow_height(&state->flow, from, to));
    return true;
}

/* Merged cells over the row that have text left move it on as well. */
static bool spans_move(const struct split *split)
{
    const struct gs_table_set *set = split->set;
    const struct gs_grid *grid = set->grid;
    for (size_t column = 0; column < grid->columns; column++) {
        size_t i = gs_grid_slot(grid, split->row, column);
        const struct gs_grid_cell *at = &grid->cells[i];
        const struct gs_flow *flow = &set->cells[i].flow;
        const struct gs_edges *padding = &at->cell->style->padding;
        size_t low = MAX(at->row, split->window->first);
        gs_len room = height_of(split->window, low, split->row) + split->left
                - padding->top - padding->bottom;
        size_t from = gs_flow_skip_space(flow, set->cells[i].done);
        if (at->row_span > 1 && !gs_set_repeats(set, i)
                && gs_flow_fit(flow, from, room, split->force) > from) {
            return true;
        }
    }
    return false;
}

/* As a last remedy, labels that no part of this page can hold whole flow on. */
static void give_up_labels(const struct split *split)
{
    struct gs_table_set *set = split->set;
    const struct gs_grid *grid = set->grid;
    for (size_t column = 0; column < grid->columns; column++) {
        size_t i = gs_grid_slot(grid, split->row, column);
        size_t low = MAX(grid->cells[i].row, split->window->first);
        if (gs_set_repeats(set, i)
                && gs_set_need(set, i)
                        > height_of(split->window, low, split->row)
                                + split->left) {
            set->cells[i].flows = true;
        }
    }
}

static bool try_split(const struct split *split, struct gs_cut *cut)
{
    struct gs_table_set *set = split->set;
    const struct gs_grid *grid = set->grid;
    size_t row = split->row;
    if (split->left <= 0) {
        return false;
    }
    if (split->force) {
        give_up_labels(split);
    }
    if (can_shrink(split)) {
        split->window->heights[row - split->window->first] = split->left;
        *cut = (struct gs_cut){.row = row + 1};
        return true;
    }
    gs_len height = 0;
    bool moves = false, rests = false;
    for (size_t i = grid->row_first[row]; i < grid->row_first[row + 1]; i++) {
        if (grid->cells[i].row_span == 1
                && !split_cell(split, i, &height, &moves, &rests)) {
            return false;
        }
    }
    bool waits = set->table->rows[row].height
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
        struct gs_cut *cut, size_t cell, gs_len room, bool fresh)
{
    const struct gs_grid_cell *at = &set->grid->cells[cell];
    size_t low = MAX(at->row, window->first);
    gs_len inside = cut->inside ? cut->height : 0;
    gs_len part = height_of(window, low, cut->row) + inside;
    gs_len lack = gs_set_need(set, cell) - part;
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
                        set, cell, gs_set_need(set, cell), part + spare),
        };
        return true;
    }
    set->cells[cell].flows = true;
    return false;
}

static void settle_labels(struct gs_table_set *set, struct gs_window *window,
        struct gs_cut *cut, gs_len room, bool fresh)
{
    const struct gs_grid *grid = set->grid;
    bool again = true;
    while (again && cut->row < grid->rows
            && cut->row + cut->inside > window->first) {
        again = false;
        for (size_t column = 0; column < grid->columns && !again; column++) {
            size_t i = gs_grid_slot(grid, cut->row, column);
            const struct gs_grid_cell *at = &grid->cells[i];
            if (at->column == column && at->row_span > 1
                    && at->row < cut->row + cut->inside
                    && gs_set_repeats(set, i)) {
                again = settle_label(set, window, cut, i, room, fresh);
            }
        }
    }
}

/* --- the choice ---------------------------------------------------------------- */

/* A page on which nothing may be kept together has to part something. */
static struct gs_cut break_keeps(struct gs_table_set *set,
        struct gs_window *window, size_t row, gs_len room)
{
    struct gs_arena *arena = set->context.arena;
    if (row > window->first) {
        gs_len height = height_of(window, window->first, row + 1);
        gs_diag_add(set->context.diag, GS_DIAG_KEEP_BROKEN,
                set->table->rows[window->first].origin.loc,
                GS_ARGS(gs_layout_pt(arena, height),
                        gs_layout_pt(arena, room)));
        return (struct gs_cut){
                .row = row,
                .why = gs_why_parted(set, window->first, row, height, room),
        };
    }
    struct gs_cut cut = {.row = row};
    struct split split = {set, window, row, room, true};
    if (try_split(&split, &cut)) {
        if (!gs_row_may_split(set, row)) {
            gs_diag_add(set->context.diag, GS_DIAG_KEEP_BROKEN,
                    set->table->rows[row].origin.loc,
                    GS_ARGS(gs_layout_pt(arena, window->heights[0]),
                            gs_layout_pt(arena, room)));
        }
    }
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
    } else if (must) {
        cut = break_keeps(set, window, row, room);
    }
    settle_labels(set, window, &cut, room, fresh);
    if (cut.why == NULL) {
        cut.why = gs_why_row(set, &cut, row, taken, left);
    }
    return cut;
}
