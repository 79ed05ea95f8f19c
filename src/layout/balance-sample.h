/*
 * Sample: the rows and cells of a table that balance looks at, and how high they are
 * when its columns have been given so many steps of width.
 *
 * Rows are those looked at, numbered from 0; `given[c]` steps are added to where
 * column c begins.  A sample lives in the arena of its context.
 */
#ifndef GS_LAYOUT_BALANCE_SAMPLE_H
#define GS_LAYOUT_BALANCE_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/len.h"
#include "layout/trial.h"

struct gs_arena;
struct gs_column_size;
struct gs_grid;
struct gs_layout_context;

struct gs_balance_cell {
    size_t row, row_span, column, column_span;
    struct gs_trial trial;
};

struct gs_balance_row {
    size_t index; /* in the table */
    gs_len least; /* height */
    bool fixed, head;
    size_t first, end; /* cells of this row alone */
};

struct gs_balance_sample {
    const struct gs_layout_context *context;
    const struct gs_grid *grid;
    const struct gs_column_size *columns; /* with the widths they begin at */
    const bool *balanced;                 /* by column */
    gs_len step;
    struct gs_balance_row *rows;
    size_t row_count, body_rows, body_looked_at;
    size_t repeat_first, repeat_end; /* rows of the head that is drawn again */
    struct gs_balance_cell *cells; /* those of one row, by row; then the merged */
    size_t cell_count, merged_first;
    size_t *given; /* by column */
    struct gs_arena *scratch; /* for trials, while it is made */
};

/* Heights for the steps given. */
struct gs_balance_heights {
    gs_len *rows;
    bool *lack; /* a merged cell is why its rows are so high */
    gs_len value; /* what is to be small */
};

/*
 * Chooses the rows and tries their cells; nothing is given yet.  What stands before
 * `rows` in the sample is the caller's to fill in.
 */
void gs_balance_sample_make(struct gs_balance_sample *sample);

/* Room for the heights of a sample. */
struct gs_balance_heights gs_balance_heights_make(
        const struct gs_balance_sample *sample);

void gs_balance_work_out(const struct gs_balance_sample *sample,
        struct gs_balance_heights *out);

/* Steps that the columns of a cell have together, of those by column. */
static inline size_t gs_balance_steps_of(
        const struct gs_balance_cell *cell, const size_t *steps)
{
    size_t sum = 0;
    for (size_t i = 0; i < cell->column_span; i++) {
        sum += steps[cell->column + i];
    }
    return sum;
}

/* Height of a cell whose columns have so many steps. */
static inline gs_len gs_balance_height_at(
        const struct gs_balance_cell *cell, size_t steps)
{
    const struct gs_trial *trial = &cell->trial;
    return trial->heights[steps < trial->count ? steps : trial->count - 1];
}

gs_len gs_balance_cell_height(const struct gs_balance_sample *sample,
        const struct gs_balance_cell *cell);

/* … by its one-row cells. */
gs_len gs_balance_row_height(const struct gs_balance_sample *sample,
        const struct gs_balance_row *row);

#endif
