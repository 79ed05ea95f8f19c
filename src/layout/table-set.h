/*
 * The inside of a table that is being poured over pages: shared by table.c
 * (driving), bands.c (rows and cells), fit.c (cells of rows of fixed height), heights.c (row heights),
 * cut.c (where to break), why.c (the reason in words), part.c (fragments) and
 * page-rows.c (what stands around them on each page).
 */
#ifndef GS_LAYOUT_TABLE_SET_H
#define GS_LAYOUT_TABLE_SET_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/len.h"
#include "layout/context.h"
#include "layout/flow.h"
#include "layout/fragment.h"
#include "layout/grid.h"
#include "layout/table.h"

/* A cell that is being poured. */
struct gs_cell_set {
    const struct gs_grid_cell *at;
    struct gs_flow flow;
    struct gs_flow marked; /* GS_LABEL_REPEAT_MARK: of further parts */
    size_t done;    /* items placed on earlier pages */
    unsigned parts; /* drawn on earlier pages */
    bool flows;     /* a label that found no room to be repeated flows on */
    size_t clipped; /* items after the flow's own that are not drawn */
};

/*
 * Rows that are held at a time: all of a table, or a piece of one whose rows come
 * piece by piece (struct gs_row_source).  No cell spans two bands.
 */
struct gs_band {
    struct gs_band *next;
    struct gs_arena *arena;   /* what is set for its rows; NULL: the document's */
    struct gs_table piece;    /* its rows, where they come piece by piece */
    const struct gs_grid *grid; /* rows are numbered through the table */
    struct gs_cell_set *cells;  /* by number of the grid */
    /* By row, from the band's first on. */
    gs_len *base;           /* heights by their one-row cells */
    gs_len *base_below;     /* summed up, rows + 1 entries */
    unsigned *row_parts;    /* parts drawn */
    gs_len *drawn_height;   /* of the latest part */
    /* The head over its first row that stands in a band above, or NULL. */
    const struct gs_row_group *head;
};

struct gs_strip;
struct gs_page_rows_set; /* page-rows.c */
struct gs_page_sum;

struct gs_table_set {
    struct gs_layout_context context;
    const struct gs_table *table;
    size_t number;
    const struct gs_strip *strip; /* of `strips`; its columns are all there is */
    unsigned strip_number, strips;
    struct gs_table_set *next;   /* of the next strip, or NULL */
    size_t columns;
    const gs_len *edges; /* of columns, from the table's left side */
    const gs_len *floors; /* heights of rows in the highest strip, or NULL */
    struct gs_rows_held *rows;
    /* Where to go on. */
    size_t row;
    bool inside;      /* the row has begun on an earlier page */
    gs_len used;      /* height of its parts so far */
    struct gs_flow *continued; /* of each of the table's continued blocks */
    bool caption_reported; /* a caption too tall to be drawn */
    unsigned parts;       /* of the table */
    bool by_page;         /* its parts are numbered page by page */
    unsigned of;          /* how many it will have, where that is known; 0 */
    size_t tall_head; /* end of a head too tall to be repeated; 0: none */
    GPtrArray *drawn;    /* struct gs_frag_table *, to number the parts */
    struct gs_page_rows_set *page_rows; /* as many as the table has */
    struct gs_page_sum *sums;           /* by number of the total */
    size_t page_rows_end; /* rows of pages are numbered up to there, after all */
};

/* The bands of a table, in order. */
struct gs_rows_held {
    struct gs_table_set *set;
    struct gs_band *first, *last;
    struct gs_band *recent; /* looked at last */
    size_t end;             /* rows so far */
    bool complete;          /* there are no more */
    bool ok;                /* no diagnostic has come up in setting them */
};

/* Rows that might go on the page at hand, with their heights. */
struct gs_window {
    size_t first, end;
    size_t last; /* where it would end, were there room enough */
    gs_len *heights; /* end - first entries */
};

/* Where a page's part of the table ends. */
struct gs_cut {
    size_t row;    /* the break lies before this row, or inside of it */
    bool inside;
    gs_len height; /* of the row's part, when inside */
    bool force;    /* lines that want to stay together are parted */
    const struct gs_why *why; /* NULL: not yet told */
};

/* table.c */

/*
 * Sets the cells of a strip of a table, the rows of `band` to begin with; NULL after
 * diagnostics.
 */
struct gs_table_set *gs_set_make(const struct gs_layout_context *context,
        const struct gs_table *table, size_t number,
        const struct gs_strip *strip, struct gs_band *band);

/* bands.c: rows and cells, by their numbers in the table */

/*
 * The next piece of a table, with its grid (NULL after diagnostics), not yet set;
 * NULL at the end.
 */
struct gs_band *gs_band_fetch(
        const struct gs_layout_context *context, const struct gs_table *table);

/* Frees a band that is fetched, and gives its rows back. */
void gs_band_release(const struct gs_table *table, const struct gs_band *band);

/* Sets the rows of a band and adds it; false after diagnostics. */
bool gs_set_add_band(struct gs_table_set *set, struct gs_band *band);

/* Whether there is such a row; where rows come piece by piece, fetches it. */
bool gs_set_has(const struct gs_table_set *set, size_t row);

/* The band of a row that there is. */
struct gs_band *gs_set_band(const struct gs_table_set *set, size_t row);

const struct gs_row *gs_set_row(const struct gs_table_set *set, size_t row);
const struct gs_row_group *gs_set_group(
        const struct gs_table_set *set, size_t row);

/* The cell over a slot. */
struct gs_cell_set *gs_set_cell_at(
        const struct gs_table_set *set, size_t row, size_t column);

/* The cells that begin in a row: one after the other, up to *end. */
struct gs_cell_set *gs_set_cells_of(const struct gs_table_set *set, size_t row,
        struct gs_cell_set **end);

/* The head over a row that stands above it, or NULL. */
const struct gs_row_group *gs_set_head_over(
        const struct gs_table_set *set, size_t row);

/* fit.c */

/* Whether the row is as high as it says, whatever stands in it. */
bool gs_row_is_fixed(const struct gs_table_set *set, size_t row);

/*
 * Sets a cell's blocks, as many as it has, for a measure.  In rows of fixed height
 * it is made to fit as the first of them says, or reported.
 */
bool gs_set_cell(struct gs_table_set *set, struct gs_arena *arena,
        struct gs_cell_set *cell, const struct gs_block *blocks,
        gs_len measure);

/* heights.c */

/* The height a row has even with no text in it. */
gs_len gs_row_least(const struct gs_table_set *set, size_t row);

/* What the next part of a cell shows, or goes on with. */
const struct gs_flow *gs_cell_flow(const struct gs_cell_set *cell);

/* Padding and what is left of the text of a cell. */
gs_len gs_cell_need(const struct gs_cell_set *cell);

/* Whether the label of a cell is drawn whole in every part. */
bool gs_cell_repeats(const struct gs_cell_set *cell);

/* Height of row `row` by its one-row cells, what is left of it. */
gs_len gs_set_row_base(const struct gs_table_set *set, size_t row);

/*
 * Height of a row of a head that is drawn again from row `first` on: its own,
 * and enough for the cells that come down from rows not drawn again.
 */
gs_len gs_set_head_height(
        const struct gs_table_set *set, size_t first, size_t row);

void gs_set_base_heights(struct gs_table_set *set, struct gs_band *band);

/*
 * Rows from `first` on, the one to go on with, until they are higher than `room`, at
 * most to `last` and to the end of the table.  Their heights live in the arena.
 */
void gs_window_make(const struct gs_table_set *set, struct gs_arena *arena,
        size_t first, size_t last, gs_len room, struct gs_window *out);

/* continued.c */

bool gs_continued_make(struct gs_table_set *set);

/* table.c: the head drawn again on the next page, and the least below it. */
gs_len gs_set_least_below(const struct gs_table_set *set);

/* cut.c */

bool gs_row_keeps_next(const struct gs_table_set *set, size_t row);
bool gs_row_may_split(const struct gs_table_set *set, size_t row);

/*
 * Decides the break for a room; heights of rows in the window may be stretched.
 * A cut at set->row that is not inside means that nothing fits.
 */
struct gs_cut gs_cut_choose(struct gs_table_set *set, struct gs_window *window,
        gs_len room, gs_len page, bool fresh);

/*
 * Where rows kept together, window->first to `row`, are parted when a page holds
 * no more: before which row, where they are kept least firmly, far down.
 */
size_t gs_cut_weakest(
        const struct gs_table_set *set, size_t first, size_t row);

/* How firmly a row and the next one are kept together; they are. */
enum gs_strength gs_row_next_strength(
        const struct gs_table_set *set, size_t row);

/* why.c: reasons for the end of a page */

/* The row that does not fit takes `height`, `left` was left for it. */
const struct gs_why *gs_why_row(const struct gs_table_set *set,
        const struct gs_cut *cut, size_t row, gs_len height, gs_len left);

/* A label to be drawn whole over the break, which therefore moves up. */
const struct gs_why *gs_why_label(const struct gs_table_set *set,
        const struct gs_cell_set *cell, gs_len height, gs_len left);

/* Rows [first, row] want to stay together, `height` high, on no page. */
const struct gs_why *gs_why_parted(const struct gs_table_set *set,
        size_t first, size_t row, gs_len height, gs_len page);

const struct gs_why *gs_why_forced(const struct gs_table_set *set, size_t row);

/* part.c */

/* Fragments of rows [window->first, cut), from y down; advances the state. */
void gs_part_add(struct gs_table_set *set, const struct gs_window *window,
        const struct gs_cut *cut, gs_len x, gs_len y, GArray *rows,
        gs_len *height);

/* A head drawn again: rows [first, end) of it; the state is not touched. */
void gs_part_add_head(struct gs_table_set *set, size_t first, size_t end,
        gs_len x, gs_len y, GArray *rows, gs_len *height);

#endif
