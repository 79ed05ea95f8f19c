/*
 * Table grid: builds the slot map that grid.h describes.
 *
 * Cells are placed in document order, so a clash is always found at the later
 * cell, which is the one an author has to move.
 */
#include "layout/grid.h"

#include <assert.h>
#include <glib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/doc.h"

#define EMPTY UINT32_MAX

struct builder {
    struct gs_arena *arena;
    struct gs_grid *grid;
    struct gs_diag *diag;
    bool ok;
};

static const char *number(struct builder *builder, size_t n)
{
    return gs_arena_printf(builder->arena, "%zu", n);
}

static uint32_t *slot_at(struct gs_grid *grid, size_t row, size_t column)
{
    assert(row - grid->first < grid->rows && column < grid->columns);
    return &grid->slots[(row - grid->first) * grid->columns + column];
}

/* Marks the slots of the cell numbered `index`, or reports the first clash. */
static void claim(struct builder *builder, uint32_t index)
{
    struct gs_grid *grid = builder->grid;
    const struct gs_grid_cell *at = &grid->cells[index];
    for (size_t row = at->row; row < at->row + at->row_span; row++) {
        for (size_t i = 0; i < at->column_span; i++) {
            uint32_t *slot = slot_at(grid, row, at->column + i);
            if (*slot == EMPTY) {
                *slot = index;
                continue;
            }
            const struct gs_origin *other =
                    &grid->cells[*slot].cell->origin;
            gs_diag_add(builder->diag, GS_DIAG_CELLS_OVERLAP,
                    at->cell->origin.loc,
                    GS_ARGS(number(builder, row + 1),
                            number(builder, at->column + i + 1),
                            gs_arena_printf(builder->arena, "%s:%u",
                                    other->loc.source != NULL
                                            ? other->loc.source->name
                                            : "?",
                                    other->loc.line)));
            builder->ok = false;
            return;
        }
    }
}

/*
 * Places one cell at the first free column; returns the column after it.  The row's
 * group has `rest` rows from it on.
 */
static size_t place_cell(struct builder *builder, const struct gs_cell *cell,
        size_t row, size_t rest, size_t column)
{
    struct gs_grid *grid = builder->grid;
    while (column < grid->columns && *slot_at(grid, row, column) != EMPTY) {
        column++;
    }
    if (column + cell->column_span > grid->columns) {
        gs_diag_add(builder->diag, GS_DIAG_SPAN_PAST_TABLE, cell->origin.loc,
                GS_ARGS(number(builder, column + cell->column_span),
                        number(builder, grid->columns)));
        builder->ok = false;
        return column;
    }
    size_t row_span = cell->row_span;
    if (row_span > rest) {
        gs_diag_add(builder->diag, GS_DIAG_SPAN_PAST_GROUP, cell->origin.loc,
                GS_ARGS(number(builder, row_span), number(builder, rest)));
        builder->ok = false;
        row_span = rest;
    }
    uint32_t index = (uint32_t)grid->cell_count++;
    grid->cells[index] = (struct gs_grid_cell){
            .cell = cell,
            .row = row,
            .column = column,
            .row_span = row_span,
            .column_span = cell->column_span,
    };
    claim(builder, index);
    return column + cell->column_span;
}

static void check_full(struct builder *builder, size_t row)
{
    struct gs_grid *grid = builder->grid;
    size_t filled = 0;
    for (size_t column = 0; column < grid->columns; column++) {
        filled += *slot_at(grid, row, column) != EMPTY;
    }
    if (filled < grid->columns) {
        const struct gs_origin *origin = 
                &grid->table->rows[row - grid->first].origin;
        gs_diag_add(builder->diag, GS_DIAG_ROW_NOT_FULL, origin->loc,
                GS_ARGS(number(builder, filled), number(builder, grid->columns),
                        origin->path != NULL ? origin->path : "-"));
        builder->ok = false;
    }
}

static void place_row(struct builder *builder, size_t row)
{
    const struct gs_grid *grid = builder->grid;
    const struct gs_row *model = &grid->table->rows[row - grid->first];
    const struct gs_row_group *group = gs_grid_group(grid, row);
    size_t rest = group->first + group->count - row;
    size_t errors = gs_diag_errors(builder->diag), column = 0;
    for (size_t i = 0; i < model->cell_count; i++) {
        column = place_cell(builder, &model->cells[i], row, rest, column);
    }
    if (gs_diag_errors(builder->diag) == errors) {
        check_full(builder, row);
    }
}

static size_t count_cells(const struct gs_table *table)
{
    size_t count = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        count += table->rows[row].cell_count;
    }
    return count;
}

const struct gs_grid *gs_grid_make(struct gs_arena *arena,
        const struct gs_table *table, struct gs_diag *diag)
{
    if (table->column_count != 0
            && table->row_count > GS_GRID_SLOTS_MAX / table->column_count) {
        gs_diag_add(diag, GS_DIAG_TOO_MUCH, table->origin.loc,
                GS_ARGS(gs_arena_printf(arena, "%zu", GS_GRID_SLOTS_MAX),
                        "table slots"));
        return NULL;
    }
    struct gs_grid *grid = GS_MAKE(arena, struct gs_grid);
    struct builder builder = {arena, grid, diag, true};
    grid->table = table;
    grid->first = table->first_row;
    grid->rows = table->row_count;
    grid->columns = table->column_count;
    grid->cells = GS_MAKE_ARRAY(
            arena, struct gs_grid_cell, count_cells(table) + 1);
    grid->row_first = GS_MAKE_ARRAY(arena, size_t, grid->rows + 1);
    grid->slots = GS_MAKE_ARRAY(arena, uint32_t, grid->rows * grid->columns + 1);
    memset(grid->slots, 0xff, grid->rows * grid->columns * sizeof(uint32_t));

    for (size_t i = 0; i < grid->rows; i++) {
        grid->row_first[i] = grid->cell_count;
        place_row(&builder, grid->first + i);
    }
    grid->row_first[grid->rows] = grid->cell_count;
    return builder.ok ? grid : NULL;
}

size_t gs_grid_slot(const struct gs_grid *grid, size_t row, size_t column)
{
    assert(row - grid->first < grid->rows && column < grid->columns);
    return grid->slots[(row - grid->first) * grid->columns + column];
}

size_t gs_grid_cells_of(const struct gs_grid *grid, size_t row, size_t *end)
{
    assert(row - grid->first < grid->rows);
    *end = grid->row_first[row - grid->first + 1];
    return grid->row_first[row - grid->first];
}

const struct gs_row_group *gs_grid_group(const struct gs_grid *grid, size_t row)
{
    size_t low = 0, high = grid->table->group_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (grid->table->groups[middle].first <= row) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &grid->table->groups[low];
}
