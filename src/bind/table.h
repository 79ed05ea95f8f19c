/*
 * Table draft: a table while its rows are bound.
 *
 * Cells of groups and merged cells grow after they have been put into a row, so
 * rows are linked lists of cells in the scratch arena until the table is
 * finished.
 */
#ifndef GS_BIND_TABLE_H
#define GS_BIND_TABLE_H

#include "bind/binder.h"

struct cell_draft {
    struct gs_cell cell;
    bool adds; /* the amount, to a total of the table */
    struct gs_amount amount;
    struct cell_draft *next;
};

struct cell_list {
    struct cell_draft *first, *last;
    size_t count;
};

struct row_draft {
    struct gs_row row;
    struct cell_list cells;
};

/*
 * A group at hand.  Its own cells span its rows: those that come before its
 * first row wait in `before` until that row begins, those after go to the end
 * of that row when the group ends.
 */
struct group_frame {
    struct group_frame *outer;
    size_t number; /* which group of the table, over all repeats */
    bool has_row;
    size_t first_row;
    struct cell_list before, after;
    GPtrArray *spanning; /* struct gs_cell: before, after, and merged ones */
};

struct table_draft {
    struct gs_binder *binder;
    const struct gs_table *table; /* it is for; without its rows as yet */
    /* Rows and groups still here; those before have been given away (stream.c). */
    GArray *rows; /* struct row_draft */
    GArray *groups; /* struct gs_row_group */
    size_t rows_given, groups_given;
    GArray *continued; /* struct gs_block */
    GArray *page_rows; /* struct gs_page_rows */
    GHashTable *merges; /* cell item -> struct merges (table-merge.c) */
    struct group_frame *frame; /* innermost, or NULL */
    size_t frame_count; /* over all repeats */
    enum gs_group_kind kind; /* where rows go now … */
    enum gs_repeat repeat;
    bool new_group; /* … and whether they begin a row group */
};

/* --- drafts (table.c) ----------------------------------------------------- */

void gs_draft_begin(struct table_draft *draft, struct gs_binder *binder);

/* A visitor of what a table holds; `data` is the draft. */
void gs_draft_visit(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, void *data);

/* How many rows there have been so far: the number of the next. */
size_t gs_draft_end(const struct table_draft *draft);

/* Puts the first `count` rows that are here into a table. */
void gs_draft_finish_rows(
        struct table_draft *draft, size_t count, struct gs_table *table);

/* Captions, and the rows of pages. */
void gs_draft_finish_pages(
        struct table_draft *draft, struct gs_table *table);

void gs_draft_release(struct table_draft *draft);

/* --- cells (table-cell.c) ------------------------------------------------- */

/*
 * A cell that begins in `row`; `parent` is the group it stands in, or NULL.  NULL
 * when it continues the cell above, which is then in *above.
 */
struct cell_draft *gs_draft_cell(struct table_draft *draft,
        const struct gs_item *item, const struct gs_scope *scope, size_t row,
        const struct group_frame *parent, struct gs_cell **above);

/* --- streams (stream.c) --------------------------------------------------- */

/* Gives a table rows that are bound when they are asked for. */
void gs_bind_stream_rows(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, struct gs_table *table);

/* --- merging (table-merge.c) ---------------------------------------------- */

/* What a cell has to be compared by. */
struct merge_key {
    const struct gs_item *item; /* the <td> */
    size_t row; /* where it begins, or would */
    size_t parent; /* number of the group run; 0: none */
    const char *text; /* GS_MERGE_EQUAL */
    bool absent; /* GS_MERGE_ABSENT: nothing was found */
    bool blank; /* of a blank record: stands alone */
};

/*
 * The cell above that this one continues, or NULL.  Then the caller makes the
 * cell and says so with gs_merge_own().
 */
struct gs_cell *gs_merge_find(
        struct table_draft *draft, const struct merge_key *key);
void gs_merge_own(struct table_draft *draft, const struct merge_key *key,
        struct gs_cell *cell);

/*
 * The first row of those cells that the next row may still continue; `end` where
 * there are none.
 */
size_t gs_merge_first_open(const struct table_draft *draft, size_t end);

/* Forgets cells of rows before `row`. */
void gs_merge_forget(struct table_draft *draft, size_t row);

/* The text of a cell, for comparing; in the scratch arena. */
const char *gs_merge_text(struct gs_binder *binder, const struct gs_cell *cell);

#endif
