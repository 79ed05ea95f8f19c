/*
 * Binder: what the files of this room share while one document is bound.
 *
 *   bind.c     the document: sections, metadata, ids and their targets
 *   block.c    blocks: paragraphs, lines, pictures, places
 *   table.c    rows and groups; table-cell.c: cells; table-merge.c: cells that
 *              continue
 *   stream.c   tables whose rows are bound when they are asked for
 *   tally.c    totals of a table
 *   inline.c   inline content -> paragraphs of runs
 *   media.c    pictures and seals
 *   control.c  each, if, choose, let, include: calls a visitor for the rest
 *   value.c    patterns -> text
 *   absent.c   paths that find nothing
 *   reckon.c   results that are no number
 *
 * Errors are reported and binding goes on, so that all of them are seen in one
 * run; what is made meanwhile is thrown away.  When a bound is passed
 * `stopped` is set, and every walk ends.
 */
#ifndef GS_BIND_BINDER_H
#define GS_BIND_BINDER_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "bind/bind.h"
#include "form/form.h"
#include "model/doc.h"
#include "xml/xpath.h"

struct gs_arena;
struct gs_diag;
struct gs_image;
struct gs_node;

/* What the bindings of a cell have found; for merge="absent". */
struct gs_finds {
    size_t bindings, missing;
};

/* A pattern or a piece of it, bound. */
struct gs_bound {
    const char *text; /* in the arena, final; never NULL */
    struct gs_origin origin; /* its path: of the first node, else of the scope's */
    const struct gs_node *node; /* of the data, that gave the text; or NULL */
};

/* What the bindings of a cell that adds to a total have found. */
struct gs_entries {
    GString *text; /* as the data have it; of several: with blanks between */
    struct gs_bound first;
};

/* The totals of the table at hand. */
struct gs_tally {
    struct gs_sum *sums; /* by number (tally.c) */
    size_t count;
    bool page_rows; /* the rows at hand belong to pages */
    GArray *open; /* totals of page rows, whose widest is due (tally.c) */
};

/* What the bounds of bind.h are on. */
struct gs_bind_counts {
    size_t rows, blocks, pieces, text_size, repeats;
};

struct gs_binder {
    struct gs_arena *arena; /* the document's */
    struct gs_arena *scratch; /* dies with the binder … */
    struct gs_arena *lasting; /* … as this does, whatever `scratch` is now */
    const struct gs_bind_options *options;
    struct gs_query *query;
    const struct gs_xml *xml; /* the data */
    struct gs_diag *diag;

    struct gs_bind_counts made; /* so far */
    bool stopped;
    bool streams; /* some table's rows are still to be bound */

    struct gs_finds *finds; /* of the cell at hand that may find nothing */
    GArray *paras, *runs; /* of the inline content at hand (inline.c) */
    struct gs_entries *entries; /* of the cell that adds to a total, or NULL */
    struct gs_tally *tally; /* of the table at hand, or NULL */
    GHashTable *ids; /* id -> struct gs_loc of the one who has it */
    GArray *targets; /* struct gs_target: ids that must exist */
    GHashTable *pictures; /* key -> struct gs_image, or NULL: unreadable */

    GHashTable *suspected; /* struct gs_xpath: said once to be misspelt */

    /* The scope whose path was last asked for: its cells ask one by one. */
    const struct gs_node *path_node;
    const char *path;
};

struct gs_target {
    const char *id;
    struct gs_loc loc;
};

/* --- bounds (bind.c) ------------------------------------------------------ */

/* Counts `more`; past `limit` reports that there are too many `things`. */
bool gs_bind_count(struct gs_binder *binder, size_t *count, size_t more,
        size_t limit, const char *things, struct gs_loc loc);

/* --- values (value.c) ----------------------------------------------------- */

/*
 * For messages about a text: at the node, if one gave it.  Worked out when asked
 * for, as that needs the lines of the data.
 */
struct gs_origin gs_bound_origin(const struct gs_bound *bound);

/*
 * Evaluates into the scratch arena.  The nodes found are counted, so that a
 * layout cannot select the whole of the data for every record of it.
 */
bool gs_bind_eval(struct gs_binder *binder, const struct gs_xpath *xpath,
        struct gs_loc loc, const struct gs_scope *scope, struct gs_value *out);

/* The data path of a scope's node; NULL for NULL. */
const char *gs_bind_path(struct gs_binder *binder, const struct gs_node *node);
/* The same with the line, which a person finds sooner; in scratch. */
const char *gs_bind_place(struct gs_binder *binder, const struct gs_node *node);
struct gs_origin gs_bind_origin(struct gs_binder *binder, struct gs_loc loc,
        const struct gs_scope *scope);

/* False after a diagnostic. */
bool gs_bind_piece(struct gs_binder *binder, const struct gs_piece *piece,
        const struct gs_scope *scope, struct gs_bound *out);

/*
 * All pieces on one line, for ids, paths and titles; NULL is "".  Where a piece
 * fails its diagnostic stands and the text goes on without it.
 */
struct gs_bound gs_bind_pattern(struct gs_binder *binder,
        const struct gs_pattern *pattern, const struct gs_scope *scope);

/* A whole number of 1 to `max`; 1 after a diagnostic and for NULL. */
unsigned gs_bind_span(struct gs_binder *binder,
        const struct gs_pattern *pattern, const struct gs_scope *scope,
        unsigned max);

/* --- paths that find nothing (absent.c) ------------------------------------ */

/* `node` is where the path begins. */
void gs_bind_report_missing(struct gs_binder *binder,
        const struct gs_xpath *xpath, struct gs_loc loc,
        const struct gs_node *node);

/*
 * For a path that may find nothing and does: a warning, once a path, if a name
 * stands there that differs by a slip of the pen.  NULL is a blank record.
 */
void gs_bind_suspect(struct gs_binder *binder, const struct gs_xpath *xpath,
        struct gs_loc loc, const struct gs_node *node);

/* --- results that are no number (reckon.c) --------------------------------- */

/*
 * Reckoning with what is no number must not come to print NaN: a diagnostic and
 * false.  Where a value may be absent, so may be what is made of it: then, and
 * in a blank record, the value becomes "".
 */
bool gs_bind_check_number(struct gs_binder *binder,
        const struct gs_piece *piece, const struct gs_scope *scope,
        struct gs_value *value);

/* --- control (control.c) -------------------------------------------------- */

typedef void gs_visit(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, void *sink);

/* Calls `visit` for every item that is left when control is worked out. */
void gs_bind_walk(struct gs_binder *binder, const struct gs_items *items,
        const struct gs_scope *scope, gs_visit *visit, void *sink);

/*
 * The turns of an EACH one by one, over records that come so (xml/records.h).  Ends
 * like the repeat itself: false when there is none left, or after diagnostics.
 */
struct gs_turns;
struct gs_turns *gs_turns_new(struct gs_binder *binder,
        const struct gs_item *item, const struct gs_scope *scope);
bool gs_turns_next(struct gs_binder *binder, struct gs_turns *turns,
        gs_visit *visit, void *sink);
void gs_turns_free(struct gs_turns *turns); /* NULL is fine */

/* --- inline (inline.c) ---------------------------------------------------- */

struct gs_paras {
    /* One or more, none once the binder has stopped; till more are bound. */
    const struct gs_para *paras;
    size_t count;
    const char *path; /* of the first value, or NULL */
};

/*
 * With `one_line` a line feed in a value becomes a forced break, else it begins
 * a new paragraph.
 */
struct gs_paras gs_bind_inline(struct gs_binder *binder,
        const struct gs_items *items, const struct gs_style *style,
        const struct gs_scope *scope, bool one_line);

/* --- pictures and seals (media.c) ------------------------------------------ */

/* The picture a pattern names; NULL where it names none, or after an error. */
const struct gs_image *gs_bind_picture(struct gs_binder *binder,
        const struct gs_pattern *pattern, bool paper_transparent,
        const struct gs_scope *scope);

/* The size it is printed at; 0 in `wanted` stands for: by proportion. */
struct gs_size gs_bind_picture_size(
        const struct gs_image *image, struct gs_size wanted);

/* NULL where there is none. */
const struct gs_seal *gs_bind_seal(struct gs_binder *binder,
        const struct gs_item *item, const struct gs_scope *scope);

/* --- blocks (block.c) ------------------------------------------------------ */

/* A visitor; `sink` is a GArray of struct gs_block. */
void gs_bind_block(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, void *sink);

/* The blocks of `items`, in the arena; *count of them. */
struct gs_block *gs_bind_blocks(struct gs_binder *binder,
        const struct gs_items *items, const struct gs_scope *scope,
        size_t *count);

/* Frees the array, after moving its elements into the arena. */
struct gs_block *gs_bind_take_blocks(
        struct gs_binder *binder, GArray *blocks, size_t *count);

/* Takes an id, or NULL where the pattern gives none or the id is taken. */
const char *gs_bind_id(struct gs_binder *binder,
        const struct gs_pattern *pattern, const struct gs_scope *scope);

/* --- totals (tally.c) ------------------------------------------------------- */

void gs_tally_begin(struct gs_binder *binder, struct gs_tally *tally,
        size_t count);

/* Settles the totals of page rows, now that all has been added. */
void gs_tally_settle(struct gs_binder *binder, struct gs_tally *tally);

/* The same, at the end. */
void gs_tally_end(struct gs_binder *binder, struct gs_tally *tally);

/* Adds what a cell has found; false where that was nothing. */
bool gs_tally_add(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_entries *entries, struct gs_amount *out);

/* <total>: the one that pages fill in, or NULL outside of page rows. */
const struct gs_total *gs_tally_total(struct gs_binder *binder,
        const struct gs_item *item, const struct gs_origin *origin);

/* <total> in a row of the table: what has been added so far. */
const char *gs_tally_text(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_origin *origin);

/* --- tables (table.c) ------------------------------------------------------ */

struct gs_table *gs_bind_table(struct gs_binder *binder,
        const struct gs_item *item, const struct gs_scope *scope);

#endif
