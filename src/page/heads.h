/*
 * Heads of a table: which of its cells are heads, of what, and which heads each
 * cell has.  Rows come one after the other, page by page; nothing of a page is
 * kept, only where heads stand.
 *
 * What is a head:
 *
 *  (1) A <th> in a head of the table: of the columns below it.
 *  (2) A cell that stands in a group before its rows, or that is merged over rows:
 *      of those rows, <th> or not, as long as all cells left of it are such heads.
 *  (3) Another <th>: of the rows it spans, where a <td> begins in them right of it;
 *      of the columns below it otherwise.
 *
 * Which heads a cell has: those of its columns, from the top down, then those of
 * its rows, from the left.
 *
 *  (4) Of its columns: the <th> of the last head of the table, and of the heads
 *      between the rows below it those of the nearest rows that hold any.
 *  (5) Of its rows: the nearest heads left of it, side by side; beyond other cells,
 *      those that reach over more rows than these, or that have a head of their own
 *      kind between them and the cells they stand before.  A head of some of a
 *      cell's rows only is none of the cell.
 */
#ifndef GS_PAGE_HEADS_H
#define GS_PAGE_HEADS_H

#include <stdbool.h>
#include <stddef.h>

struct gs_frag_table;
struct gs_heads; /* of one table */

enum gs_scope { GS_SCOPE_NONE, GS_SCOPE_COLUMN, GS_SCOPE_ROW };

/* A head: the slot where it begins, in the whole table. */
struct gs_head {
    size_t row, column;
};

/* What a cell is. */
struct gs_headed {
    size_t row, column, row_span, column_span;
    enum gs_scope scope; /* NONE: no head */
    const struct gs_head *heads;
    size_t head_count;
    bool told; /* by scopes alone, which a reader follows, it would have others */
};

struct gs_heads *gs_heads_new(void);
void gs_heads_free(struct gs_heads *heads);

/*
 * Goes on to a row of the table: number `index` of a part, not one that is of the
 * page or drawn again.  The whole of a page's part should be there, for (3).
 */
void gs_heads_row(struct gs_heads *heads, const struct gs_frag_table *part,
        size_t index);

/* The cell that begins in that row at a column of the table; NULL: none does. */
const struct gs_headed *gs_heads_cell(
        const struct gs_heads *heads, size_t column);

#endif
