/*
 * Balance, as balance.h describes it.
 *
 * Widths are counted in steps here: `given[c]` steps were added to where column c
 * began.  Rows are those looked at, numbered from 0.
 */
#include "layout/balance.h"

#include <glib.h>
#include <string.h>

#include "base/arena.h"
#include "layout/columns.h"
#include "layout/context.h"
#include "layout/grid.h"
#include "layout/trial.h"
#include "model/doc.h"

#define STEPS GS_BALANCE_STEPS

/* Characters that a line of text should have room for. */
#define FLOOR_EM 4

/* Tries to narrow every column; most tables settle in two or three. */
#define SWEEPS_MAX 4

struct unit { /* a cell */
    size_t row, row_span, column, column_span;
    struct gs_trial trial;
};

struct row {
    size_t index; /* in the table */
    gs_len least; /* height */
    bool fixed, head;
    size_t first, end; /* units of this row alone */
};

/* Heights for some widths. */
struct heights {
    gs_len *rows;
    bool *lack; /* a merged cell is why its rows are so high */
    gs_len value; /* what is to be small */
};

/* Steps that columns get together, and what that makes the value smaller. */
struct move {
    size_t *steps; /* by column */
    size_t sum;
    gs_len gain;
};

struct balancer {
    const struct gs_layout_context *context;
    const struct gs_grid *grid;
    struct gs_column_size *columns;
    const bool *balanced; /* by column */
    gs_len step;
    struct row *rows;
    size_t row_count, body_rows, body_looked_at;
    size_t repeat_first, repeat_end; /* rows of the head that is drawn again */
    struct unit *units; /* those of one row, by row; then the merged ones */
    size_t unit_count, merged_first;
    size_t *given;
    size_t left;
    struct heights now, then;
    struct move trial, best;
};

static void *make(struct gs_arena *arena, size_t count, size_t size)
{
    return gs_arena_alloc_array(arena, count + 1, size);
}

/* --- least widths ------------------------------------------------------------ */

static gs_len em_of(const struct gs_cell *cell)
{
    for (size_t i = 0; i < cell->block_count; i++) {
        if (cell->blocks[i].kind == GS_BLOCK_PARA) {
            const struct gs_para *para = &cell->blocks[i].u.para;
            return para->run_count > 0 ? para->runs[0].style->size
                                       : para->text->size;
        }
    }
    return 0;
}

/* What a column would begin at if there were room for it. */
static gs_len *measure_floors(const struct balancer *balancer)
{
    const struct gs_grid *grid = balancer->grid;
    gs_len *floors = g_new0(gs_len, grid->columns);
    for (size_t i = 0; i < grid->columns; i++) {
        floors[i] = balancer->columns[i].least;
    }
    for (size_t i = 0; i < grid->cell_count; i++) {
        const struct gs_grid_cell *at = &grid->cells[i];
        const struct gs_edges *padding = &at->cell->style->padding;
        if (at->column_span == 1) {
            gs_len few = FLOOR_EM * em_of(at->cell) + padding->left
                    + padding->right;
            floors[at->column] = MAX(floors[at->column], few);
        }
    }
    for (size_t i = 0; i < grid->columns; i++) {
        floors[i] = MIN(floors[i], balancer->columns[i].natural);
    }
    return floors;
}

/* Widens the balanced columns of a cell over several until its pieces fit. */
static void widen_for_cell(
        struct balancer *balancer, const struct gs_grid_cell *at)
{
    gs_len least, natural, lack;
    gs_cell_widths(balancer->context, at, false, &least, &natural);
    lack = least;
    size_t count = 0;
    for (size_t i = at->column; i < at->column + at->column_span; i++) {
        lack -= balancer->columns[i].width;
        count += balancer->balanced[i];
    }
    for (size_t i = at->column; lack > 0 && i < at->column + at->column_span;
            i++) {
        if (balancer->balanced[i]) {
            gs_len share = lack / (gs_len)count--;
            balancer->columns[i].width += share;
            lack -= share;
        }
    }
}

static gs_len sum_balanced(const struct balancer *balancer)
{
    gs_len sum = 0;
    for (size_t i = 0; i < balancer->grid->columns; i++) {
        sum += balancer->balanced[i] ? balancer->columns[i].width : 0;
    }
    return sum;
}

/* Where the columns begin; false when that is more than there is. */
static bool begin_widths(struct balancer *balancer, gs_len room)
{
    const struct gs_grid *grid = balancer->grid;
    for (size_t i = 0; i < grid->columns; i++) {
        if (balancer->balanced[i]) {
            balancer->columns[i].width = balancer->columns[i].least;
        }
    }
    for (size_t i = 0; i < grid->cell_count; i++) {
        if (grid->cells[i].column_span > 1) {
            widen_for_cell(balancer, &grid->cells[i]);
        }
    }
    gs_len spare = room - sum_balanced(balancer);
    if (spare < 0) {
        return false;
    }
    gs_len *floors = measure_floors(balancer), wanted = 0;
    for (size_t i = 0; i < grid->columns; i++) {
        floors[i] = balancer->balanced[i]
                ? MAX(0, floors[i] - balancer->columns[i].width)
                : 0;
        wanted += floors[i];
    }
    gs_len given = MIN(wanted, spare);
    for (size_t i = 0; i < grid->columns && wanted > 0; i++) {
        balancer->columns[i].width += floors[i] * given / wanted;
    }
    g_free(floors);
    return true;
}

/* --- the rows and cells that are looked at ----------------------------------- */

static bool is_head(const struct gs_grid *grid, size_t row)
{
    return gs_grid_group(grid, row)->kind == GS_GROUP_HEAD;
}

/* Heads, and as many other rows at even distances as the bound allows. */
static void choose_rows(struct balancer *balancer)
{
    const struct gs_grid *grid = balancer->grid;
    size_t most = MAX(GS_BALANCE_SLOTS / grid->columns, 1);
    size_t heads = 0, body = 0, head_rows = 0;
    for (size_t row = 0; row < grid->rows; row++) {
        head_rows += is_head(grid, row);
    }
    balancer->body_rows = grid->rows - head_rows;
    size_t room = most - MIN(most - 1, head_rows);
    size_t looked_at = MIN(room, balancer->body_rows);
    balancer->rows = make(balancer->context->arena, MIN(most, grid->rows),
            sizeof *balancer->rows);
    for (size_t row = 0; row < grid->rows; row++) {
        bool head = is_head(grid, row), take;
        if (head) {
            take = heads++ < most - 1;
        } else {
            take = (body + 1) * looked_at / balancer->body_rows
                    > body * looked_at / balancer->body_rows;
            body++;
        }
        if (take) {
            const struct gs_row *model = &grid->table->rows[row];
            balancer->body_looked_at += !head;
            balancer->rows[balancer->row_count++] = (struct row){
                    .index = row,
                    .least = model->height,
                    .fixed = model->fit != GS_FIT_LEAST && model->height > 0,
                    .head = head,
            };
        }
    }
}

/* The highest number of rows that a page's continuation draws again. */
static void choose_repeat(struct balancer *balancer)
{
    const struct gs_table *table = balancer->grid->table;
    for (size_t i = 0; i < table->group_count; i++) {
        const struct gs_row_group *group = &table->groups[i];
        size_t end = group->first + group->count;
        size_t first = group->repeat == GS_REPEAT_LAST ? end - 1 : group->first;
        if (group->kind == GS_GROUP_HEAD && group->repeat != GS_REPEAT_NONE
                && group->count > 0
                && end - first
                        > balancer->repeat_end - balancer->repeat_first) {
            balancer->repeat_first = first;
            balancer->repeat_end = end;
        }
    }
}

static size_t steps_of(const struct balancer *balancer, const struct unit *unit)
{
    size_t steps = 0;
    for (size_t i = 0; i < unit->column_span; i++) {
        steps += balancer->given[unit->column + i];
    }
    return steps;
}

static gs_len height_at(const struct gs_trial *trial, size_t steps)
{
    return trial->heights[MIN(steps, trial->count - 1)];
}

static void add_unit(struct balancer *balancer,
        const struct gs_grid_cell *at, size_t first, size_t rows)
{
    gs_len width = 0;
    size_t balanced = 0;
    for (size_t i = at->column; i < at->column + at->column_span; i++) {
        width += balancer->columns[i].width;
        balanced += balancer->balanced[i];
    }
    struct unit *unit = &balancer->units[balancer->unit_count++];
    *unit = (struct unit){
            .row = first,
            .row_span = rows,
            .column = at->column,
            .column_span = at->column_span,
    };
    gs_trial_make(balancer->context, at->cell, width, balancer->step,
            balanced > 0 ? STEPS : 0, &unit->trial);
    /* Of a merged cell only the part is needed that stands in rows looked at. */
    for (size_t i = 0; i < unit->trial.count && rows < at->row_span; i++) {
        unit->trial.heights[i] = gs_len_scale(unit->trial.heights[i],
                (int64_t)rows, (int64_t)at->row_span);
    }
}

static void add_single_cells(struct balancer *balancer)
{
    const struct gs_grid *grid = balancer->grid;
    for (size_t i = 0; i < balancer->row_count; i++) {
        struct row *row = &balancer->rows[i];
        row->first = balancer->unit_count;
        size_t cell = grid->row_first[row->index];
        for (; cell < grid->row_first[row->index + 1] && !row->fixed; cell++) {
            if (grid->cells[cell].row_span == 1) {
                add_unit(balancer, &grid->cells[cell], i, 1);
            }
        }
        row->end = balancer->unit_count;
    }
    balancer->merged_first = balancer->unit_count;
}

static int by_span(const void *a, const void *b)
{
    const struct unit *x = a, *y = b;
    if (x->row_span != y->row_span) {
        return x->row_span < y->row_span ? -1 : 1;
    }
    return x->row != y->row ? (x->row < y->row ? -1 : 1)
                            : (x->column < y->column ? -1 : 1);
}

/* Merged cells, found where their first slot in a row looked at lies. */
static void add_merged_cells(struct balancer *balancer)
{
    const struct gs_grid *grid = balancer->grid;
    for (size_t i = 0; i < balancer->row_count; i++) {
        size_t row = balancer->rows[i].index;
        for (size_t column = 0; column < grid->columns; column++) {
            const struct gs_grid_cell *at =
                    &grid->cells[gs_grid_slot(grid, row, column)];
            if (at->row_span == 1 || at->column != column
                    || (i > 0 && balancer->rows[i - 1].index >= at->row)) {
                continue;
            }
            size_t end = i;
            while (end < balancer->row_count
                    && balancer->rows[end].index < at->row + at->row_span) {
                end++;
            }
            add_unit(balancer, at, i, end - i);
        }
    }
    qsort(balancer->units + balancer->merged_first,
            balancer->unit_count - balancer->merged_first,
            sizeof *balancer->units, by_span);
}

/* --- heights ------------------------------------------------------------------- */

static gs_len unit_height(const struct balancer *balancer, const struct unit *unit)
{
    return height_at(&unit->trial, steps_of(balancer, unit));
}

static gs_len row_height(const struct balancer *balancer, const struct row *row)
{
    gs_len height = row->least;
    for (size_t i = row->first; i < row->end; i++) {
        height = MAX(height, unit_height(balancer, &balancer->units[i]));
    }
    return height;
}

/* Raises the rows of a merged cell evenly; false when they are high enough. */
static bool stretch(const struct balancer *balancer, const struct unit *unit,
        gs_len *heights)
{
    gs_len lack = unit_height(balancer, unit);
    size_t elastic = 0;
    for (size_t i = unit->row; i < unit->row + unit->row_span; i++) {
        lack -= heights[i];
        elastic += !balancer->rows[i].fixed;
    }
    if (lack <= 0) {
        return false;
    }
    for (size_t i = unit->row; i < unit->row + unit->row_span; i++) {
        if (!balancer->rows[i].fixed) {
            gs_len share = lack / (gs_len)elastic--;
            heights[i] += share;
            lack -= share;
        }
    }
    return true;
}

/* The height of all pages that the table takes, heads drawn again included. */
static gs_len value_of(const struct balancer *balancer, const gs_len *heights)
{
    gs_len head = 0, body = 0, again = 0, page = balancer->context->page_height;
    for (size_t i = 0; i < balancer->row_count; i++) {
        const struct row *row = &balancer->rows[i];
        *(row->head ? &head : &body) += heights[i];
        again += row->index >= balancer->repeat_first
                        && row->index < balancer->repeat_end
                ? heights[i]
                : 0;
    }
    if (balancer->body_looked_at > 0) {
        body = gs_len_scale(body, (int64_t)balancer->body_rows,
                (int64_t)balancer->body_looked_at);
    }
    gs_len sum = head + body;
    return sum <= page || again > page / 2
            ? sum
            : gs_len_scale(sum, page, page - again);
}

static void work_out(const struct balancer *balancer, struct heights *out)
{
    for (size_t i = 0; i < balancer->row_count; i++) {
        out->rows[i] = row_height(balancer, &balancer->rows[i]);
    }
    for (size_t i = balancer->merged_first; i < balancer->unit_count; i++) {
        out->lack[i] = stretch(balancer, &balancer->units[i], out->rows);
    }
    out->value = value_of(balancer, out->rows);
}

/* --- moves: steps for all that keeps a row at its height ------------------------ */

static void clear(const struct balancer *balancer, struct move *move)
{
    memset(move->steps, 0, balancer->grid->columns * sizeof *move->steps);
    move->sum = 0;
}

static size_t move_steps(const struct move *move, const struct unit *unit)
{
    size_t steps = 0;
    for (size_t i = 0; i < unit->column_span; i++) {
        steps += move->steps[unit->column + i];
    }
    return steps;
}

/* Adds what makes a cell lower than `height`; false when nothing does. */
static bool lower_unit(const struct balancer *balancer, const struct unit *unit,
        gs_len height, struct move *move)
{
    size_t has = steps_of(balancer, unit), wants = has, balanced = 0;
    while (height_at(&unit->trial, wants) >= height) {
        if (++wants >= unit->trial.count) {
            return false;
        }
    }
    for (size_t i = 0; i < unit->column_span; i++) {
        balanced += balancer->balanced[unit->column + i];
    }
    size_t lack = wants - MIN(wants, has + move_steps(move, unit));
    for (size_t i = unit->column; lack > 0; i++) {
        if (balancer->balanced[i]) {
            size_t share = (lack + balanced - 1) / balanced;
            balanced--;
            move->steps[i] += share;
            move->sum += share;
            lack -= share;
        }
    }
    return move->sum <= balancer->left;
}

static bool lower_row(const struct balancer *balancer, const struct row *row,
        struct move *move)
{
    gs_len height = row_height(balancer, row);
    clear(balancer, move);
    for (size_t i = row->first; i < row->end; i++) {
        const struct unit *unit = &balancer->units[i];
        if (unit_height(balancer, unit) == height
                && !lower_unit(balancer, unit, height, move)) {
            return false;
        }
    }
    return height > row->least && move->sum > 0;
}

static void apply(struct balancer *balancer, const struct move *move)
{
    for (size_t i = 0; i < balancer->grid->columns; i++) {
        balancer->given[i] += move->steps[i];
    }
    balancer->left -= move->sum;
}

static void take_back(struct balancer *balancer, const struct move *move)
{
    for (size_t i = 0; i < balancer->grid->columns; i++) {
        balancer->given[i] -= move->steps[i];
    }
    balancer->left += move->sum;
}

/* Takes the move at hand for the best if it gains more for each step. */
static void weigh(struct balancer *balancer)
{
    struct move *move = &balancer->trial, *best = &balancer->best;
    apply(balancer, move);
    work_out(balancer, &balancer->then);
    take_back(balancer, move);
    move->gain = balancer->now.value - balancer->then.value;
    if (move->gain > 0
            && (best->gain == 0
                    || move->gain * (gs_len)best->sum
                            > best->gain * (gs_len)move->sum)) {
        struct move other = *best;
        *best = *move;
        *move = other;
    }
}

/* The best move there is; false when none makes the table shorter. */
static bool find_best(struct balancer *balancer)
{
    balancer->best.gain = 0;
    for (size_t i = 0; i < balancer->row_count; i++) {
        if (lower_row(balancer, &balancer->rows[i], &balancer->trial)) {
            weigh(balancer);
        }
    }
    for (size_t i = balancer->merged_first; i < balancer->unit_count; i++) {
        const struct unit *unit = &balancer->units[i];
        clear(balancer, &balancer->trial);
        if (balancer->now.lack[i]
                && lower_unit(balancer, unit, unit_height(balancer, unit),
                        &balancer->trial)
                && balancer->trial.sum > 0) {
            weigh(balancer);
        }
    }
    return balancer->best.gain > 0;
}

static void spend(struct balancer *balancer)
{
    work_out(balancer, &balancer->now);
    while (balancer->left > 0 && find_best(balancer)) {
        apply(balancer, &balancer->best);
        work_out(balancer, &balancer->now);
    }
}

/* --- the choice ------------------------------------------------------------------ */

/* Takes back the steps of a column that make no difference by now. */
static void trim(struct balancer *balancer, size_t column)
{
    gs_len value = balancer->now.value;
    while (balancer->given[column] > 0) {
        balancer->given[column]--;
        work_out(balancer, &balancer->then);
        if (balancer->then.value > value) {
            balancer->given[column]++;
            return;
        }
        balancer->left++;
    }
}

static void trim_all(struct balancer *balancer)
{
    for (size_t i = 0; i < balancer->grid->columns; i++) {
        trim(balancer, i);
    }
}

/* Whether others use steps of a column better; if not, all stays as it was. */
static bool try_narrower(
        struct balancer *balancer, size_t column, size_t steps)
{
    size_t columns = balancer->grid->columns;
    size_t *given = g_memdup2(balancer->given, columns * sizeof *given);
    size_t left = balancer->left;
    gs_len value = balancer->now.value;
    balancer->given[column] -= steps;
    balancer->left += steps;
    spend(balancer);
    bool better = balancer->now.value < value;
    if (!better) {
        memcpy(balancer->given, given, columns * sizeof *given);
        balancer->left = left;
        work_out(balancer, &balancer->now);
    }
    g_free(given);
    return better;
}

static bool sweep(struct balancer *balancer)
{
    bool better = false;
    for (size_t i = 0; i < balancer->grid->columns; i++) {
        for (size_t steps = 1; steps <= balancer->given[i]; steps *= 2) {
            better = try_narrower(balancer, i, steps) || better;
        }
    }
    return better;
}

/* How much wider a column would be with no line of its own broken. */
static gs_len wish_of(const struct balancer *balancer, size_t column)
{
    const struct gs_column_size *size = &balancer->columns[column];
    return balancer->balanced[column] ? MAX(0, size->natural - size->width) : 0;
}

/* Turns steps into widths; shares the rest out by what columns wish for. */
static void settle(struct balancer *balancer, gs_len room)
{
    size_t columns = balancer->grid->columns, count = 0;
    gs_len wishes = 0;
    for (size_t i = 0; i < columns; i++) {
        balancer->columns[i].width +=
                balancer->step * (gs_len)balancer->given[i];
        count += balancer->balanced[i];
    }
    for (size_t i = 0; i < columns; i++) {
        wishes += wish_of(balancer, i);
    }
    gs_len rest = room - sum_balanced(balancer);
    gs_len even = MAX(0, rest - wishes);
    rest -= even;
    for (size_t i = 0; i < columns; i++) {
        if (balancer->balanced[i]) {
            gs_len wish = wish_of(balancer, i);
            gs_len share = wish > 0 ? gs_len_scale(rest, wish, wishes) : 0;
            gs_len part = even / (gs_len)count--;
            rest -= share;
            wishes -= wish;
            even -= part;
            balancer->columns[i].width += share + part;
        }
    }
}

static void look_at_cells(struct balancer *balancer)
{
    struct gs_arena *arena = balancer->context->arena;
    size_t columns = balancer->grid->columns;
    choose_rows(balancer);
    choose_repeat(balancer);
    size_t most = balancer->row_count * columns;
    balancer->units = make(arena, most, sizeof *balancer->units);
    add_single_cells(balancer);
    add_merged_cells(balancer);
    struct heights *heights[] = {&balancer->now, &balancer->then};
    for (size_t i = 0; i < G_N_ELEMENTS(heights); i++) {
        heights[i]->rows = make(arena, balancer->row_count, sizeof(gs_len));
        heights[i]->lack = make(arena, balancer->unit_count, sizeof(bool));
    }
    balancer->given = make(arena, columns, sizeof(size_t));
    balancer->trial.steps = make(arena, columns, sizeof(size_t));
    balancer->best.steps = make(arena, columns, sizeof(size_t));
}

bool gs_balance(const struct gs_layout_context *context,
        const struct gs_grid *grid, gs_len room,
        struct gs_column_size *columns, gs_len *needed)
{
    bool *balanced = make(context->arena, grid->columns, sizeof(bool));
    for (size_t i = 0; i < grid->columns; i++) {
        balanced[i] = grid->table->columns[i].kind == GS_COLUMN_BALANCE;
    }
    struct balancer balancer = {
            .context = context,
            .grid = grid,
            .columns = columns,
            .balanced = balanced,
    };
    if (!begin_widths(&balancer, room)) {
        *needed = sum_balanced(&balancer);
        return false;
    }
    gs_len spare = room - sum_balanced(&balancer);
    balancer.step = spare / STEPS;
    if (balancer.step > 0 && grid->rows > 0) {
        look_at_cells(&balancer);
        balancer.left = STEPS;
        spend(&balancer);
        for (int i = 0; i < SWEEPS_MAX && sweep(&balancer); i++) {
        }
        trim_all(&balancer);
        settle(&balancer, room);
    }
    return true;
}
