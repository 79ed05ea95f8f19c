/*
 * Balance: widths of columns that make their table short.
 *
 * Each balanced column begins at its least width: that of its widest unbreakable
 * piece, or what lets its text have a few characters in a line where the table
 * has room for that.  The room that is left is cut in equal steps.  Then, over
 * and over, the steps go to that row (or merged cell) which makes the table most
 * shorter for what it takes: to all columns that hold the row at its height.
 * When nothing makes the table shorter, each column is narrowed for a try, so
 * that others may use its steps better.  What is left over at last goes to the
 * columns whose text is broken most.
 *
 * The cells are set at no more than GS_BALANCE_STEPS + 1 widths, each once.  Of a
 * table of more than GS_BALANCE_SLOTS slots only so many are looked at: its heads
 * and rows at even distances.  The result depends on nothing but the table, the
 * fonts and the page.
 */
#ifndef GS_LAYOUT_BALANCE_H
#define GS_LAYOUT_BALANCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/len.h"

struct gs_grid;
struct gs_layout_context;

#define GS_BALANCE_STEPS 128
#define GS_BALANCE_SLOTS 2048

struct gs_column_size {
    gs_len least, natural; /* by the cells of this column alone */
    gs_len width;
};

/*
 * Shares `room` among the columns of kind GS_COLUMN_BALANCE; the others' widths
 * are given.  Where cells over several columns need more than there is: false,
 * and *needed tells what the balanced columns take.
 */
bool gs_balance(const struct gs_layout_context *context,
        const struct gs_grid *grid, gs_len room,
        struct gs_column_size *columns, gs_len *needed);

#endif
