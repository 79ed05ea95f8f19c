/*
 * Column widths: fixed, proportional, by content, balanced.
 *
 * Content-sized columns get their natural width where all fit, else a width
 * between the least and the natural one, the missing width shared in proportion
 * to what each could give.  Shares divide what is left; balanced columns count as
 * one share each, and divide what they get together as balance.h says.
 */
#ifndef GS_LAYOUT_COLUMNS_H
#define GS_LAYOUT_COLUMNS_H

#include <stdbool.h>

#include "base/len.h"

/* Lengths in mm are rounded one by one: this much of a sum is no overrun. */
#define GS_COLUMNS_SLACK (GS_PT(1) / 8)

struct gs_grid;
struct gs_grid_cell;
struct gs_layout_context;

/*
 * Where amounts are aligned at their decimal point: for every column the widest of
 * what stands behind it (gs_text_tail()), rows of pages included.  A cell over
 * several columns belongs to the last of them.  NULL where no cell is aligned so.
 *
 * Of a table whose rows come in pieces only those at hand are looked at; what is
 * wider later on is reported where it is set, unless its style says how many
 * decimals there are (`fraction`).
 */
const gs_len *gs_tails_make(
        const struct gs_layout_context *context, const struct gs_grid *grid);

/*
 * The columns + 1 edges of the table from its own left side, edges[0] = 0, for a
 * given measure.  NULL after a diagnostic: the columns take more than there is.
 * A table that may go on beside itself (overflow="continue") may be wider; if its
 * `auto` columns make it so, they are a third of the measure at most, or as wide as
 * their widest piece.
 */
const gs_len *gs_columns_make(const struct gs_layout_context *context,
        const struct gs_grid *grid, gs_len measure);

/*
 * The width of a cell's widest unbreakable piece, and that with no line broken;
 * padding included.  With `report`, characters that no face has are diagnostics.
 */
void gs_cell_widths(const struct gs_layout_context *context,
        const struct gs_grid_cell *at, bool report, gs_len *least,
        gs_len *natural);

#endif
