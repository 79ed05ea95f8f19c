/*
 * Balance, as balance.h describes it: where columns begin, and where they end when
 * balance-search.h has given the steps out.
 */
#include "layout/balance.h"

#include <glib.h>

#include "base/arena.h"
#include "layout/balance-sample.h"
#include "layout/balance-search.h"
#include "layout/columns.h"
#include "layout/context.h"
#include "layout/grid.h"
#include "model/doc.h"

/* Characters that a line of text should have room for. */
#define FLOOR_EM 4

struct balancer {
    const struct gs_layout_context *context;
    const struct gs_grid *grid;
    struct gs_column_size *columns;
    const bool *balanced; /* by column */
};

/* --- where columns begin --------------------------------------------------------- */

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

/* --- where they end ------------------------------------------------------------- */

/* How much wider a column would be with no line of its own broken. */
static gs_len wish_of(const struct balancer *balancer, size_t column)
{
    const struct gs_column_size *size = &balancer->columns[column];
    return balancer->balanced[column] ? MAX(0, size->natural - size->width) : 0;
}

/* Turns steps into widths; shares the rest out by what columns wish for. */
static void settle(struct balancer *balancer,
        const struct gs_balance_sample *sample, gs_len room)
{
    size_t columns = balancer->grid->columns, count = 0;
    gs_len wishes = 0;
    for (size_t i = 0; i < columns; i++) {
        balancer->columns[i].width +=
                sample->step * (gs_len)sample->given[i];
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

bool gs_balance(const struct gs_layout_context *context,
        const struct gs_grid *grid, gs_len room,
        struct gs_column_size *columns, gs_len *needed)
{
    bool *balanced = GS_MAKE_ARRAY(context->arena, bool, grid->columns);
    for (size_t i = 0; i < grid->columns; i++) {
        balanced[i] = grid->table->columns[i].kind == GS_COLUMN_BALANCE;
    }
    struct balancer balancer = {context, grid, columns, balanced};
    if (!begin_widths(&balancer, room)) {
        *needed = sum_balanced(&balancer);
        return false;
    }
    struct gs_balance_sample sample = {
            .context = context,
            .grid = grid,
            .columns = columns,
            .balanced = balanced,
            .step = (room - sum_balanced(&balancer)) / GS_BALANCE_STEPS,
    };
    if (sample.step > 0 && grid->rows > 0) {
        gs_balance_sample_make(&sample);
        gs_balance_search(&sample, GS_BALANCE_STEPS);
        settle(&balancer, &sample, room);
    }
    return true;
}
