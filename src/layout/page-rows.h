/*
 * Page rows: what stands at the head and foot of a table's part on each page,
 * with the totals as they are there (承前页, 本页小计, 转次页), and the blank
 * rows that fill the last page.
 *
 * Their heights are taken from the page before its rows are placed: the height
 * with the widest totals, so that no total moves a break.  They are drawn as
 * repeats; their rows are numbered after the table's own.
 */
#ifndef GS_LAYOUT_PAGE_ROWS_H
#define GS_LAYOUT_PAGE_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/len.h"

struct gs_cut;
struct gs_table_set;
struct gs_window;

/* Sets the page rows of a table; false after diagnostics. */
bool gs_page_rows_make(struct gs_table_set *set);

/* Makes them as high in all strips of a table; `first` is the first one's. */
void gs_page_rows_level(struct gs_table_set *first);

/* The height they take of the next page; `ends`: if the table ends there. */
gs_len gs_page_rows_height(const struct gs_table_set *set, bool ends);

/* The rows of a head that are drawn again; empty: none. */
struct gs_repeat_rows {
    size_t first, end;
    gs_len height;
};

/*
 * Fragments of a whole part, from y down: page rows, the head drawn again, the
 * rows of the window up to the cut, blank rows where the table is filled up to
 * `room`.  Advances the state; returns the height.
 */
gs_len gs_page_rows_draw(struct gs_table_set *set,
        const struct gs_window *window, const struct gs_cut *cut,
        const struct gs_repeat_rows *head, gs_len x, gs_len y, gs_len room,
        GArray *rows);

#endif
