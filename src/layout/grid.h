/*
 * Table grid: which cell covers which slot.
 *
 * A table in the document model is a list of rows of cells, and a cell may span
 * several rows and columns.  The grid spreads the spans out (HTML's
 * table-forming algorithm), so that column sizing, row sizing and pagination can
 * look a slot up by position.
 *
 * Invariants, from gs_grid_make() on:
 *
 *  (1) A slot belongs to exactly one cell.
 *  (2) The slots of one cell form a full rectangle.
 *  (3) That rectangle stays inside one row group (head, body or foot).
 *  (4) Cells are numbered in the order of their first slot, row by row.
 *
 * The grid lives in the arena it was made in and borrows the table's cells.
 */
#ifndef GS_LAYOUT_GRID_H
#define GS_LAYOUT_GRID_H

#include <stddef.h>
#include <stdint.h>

struct gs_arena;
struct gs_cell;
struct gs_diag;
struct gs_row_group;
struct gs_table;

/* A bound on rows × columns of one table. */
#define GS_GRID_SLOTS_MAX ((size_t)64 << 20)

struct gs_grid_cell {
    const struct gs_cell *cell;
    size_t row, column, row_span, column_span;
};

/*
 * Of a table whose rows come in pieces (doc.h), a grid is that of a piece: its rows
 * are numbered through the table, those before `first` are not in it.
 */
struct gs_grid {
    const struct gs_table *table; /* the piece */
    size_t first, rows, columns;
    struct gs_grid_cell *cells;
    size_t cell_count;
    size_t *row_first; /* first cell that begins in a row; rows + 1 entries */
    uint32_t *slots;   /* row-major, rows * columns: numbers of cells */
};

/*
 * Two cells that claim one slot, a span that leaves the table or its row group,
 * a row that is not full: each is reported at the line of the later cell (or the
 * row); the result is then NULL.
 */
const struct gs_grid *gs_grid_make(struct gs_arena *arena,
        const struct gs_table *table, struct gs_diag *diag);

size_t gs_grid_slot(const struct gs_grid *grid, size_t row, size_t column);

/* The cells that begin in a row: numbers [result, *end). */
size_t gs_grid_cells_of(const struct gs_grid *grid, size_t row, size_t *end);

/* The group a row belongs to. */
const struct gs_row_group *gs_grid_group(
        const struct gs_grid *grid, size_t row);

#endif
