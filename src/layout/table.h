/*
 * Tables over pages: one algorithm that decides which rows, and which parts of
 * which cells, go on a page.
 *
 * A table is set once (gs_table_set_make); then gs_table_set_page() is called
 * page by page with the room there is, and answers with the part that fits.  It
 * keeps what has been placed in its own state and never edits the model.
 *
 * The decisions, in order:
 *
 *  (1) Rows go on the page as long as they fit whole.
 *  (2) The break goes before the first row that does not fit, moved up so that a
 *      head stays with its first row and rows kept together are not parted.
 *      Where no page can hold those, it goes where they are kept least firmly.
 *  (3) Where that would leave more than a quarter of the page empty, or the row
 *      fits on no page, the row is split: each of its cells goes on in lines,
 *      none of them alone where there is room for two.
 *  (4) A merged cell over the break is cut.  Its text flows on, or its label is
 *      drawn again in every part (label="repeat"); a part too low for the label
 *      is stretched, or the break moves up before the cell.
 */
#ifndef GS_LAYOUT_TABLE_H
#define GS_LAYOUT_TABLE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/len.h"
#include "layout/fragment.h"

struct gs_arena;
struct gs_layout_context;
struct gs_table;
struct gs_table_set;

/* Sets all cells of a table; NULL after diagnostics. */
struct gs_table_set *gs_table_set_make(const struct gs_layout_context *context,
        const struct gs_table *table, size_t number, gs_len measure);

/*
 * The set of the columns that follow on pages of their own, when this one is done;
 * NULL where there are none, as in every table that is not wider than its page.
 */
struct gs_table_set *gs_table_set_next(const struct gs_table_set *set);

/* Why the page before it ends, in the arena of that page. */
const struct gs_why *gs_why_columns(
        const struct gs_table_set *set, struct gs_arena *arena);

/*
 * The height without which nothing of what is left can go on a page.  It is worked
 * out in the arena.
 */
gs_len gs_table_set_least(
        const struct gs_table_set *set, struct gs_arena *arena);

/*
 * Whether a table not begun, whose first rows are kept together and higher than
 * `room`, can be parted between them, by a keep no firmer than `limit` and not
 * behind a head.  It is worked out in the arena.
 */
bool gs_table_set_parts(const struct gs_table_set *set, struct gs_arena *arena,
        gs_len room, enum gs_strength limit);

gs_len gs_table_set_width(const struct gs_table_set *set);

bool gs_table_set_is_done(const struct gs_table_set *set);

struct gs_table_part {
    struct gs_frag_table *table; /* NULL: nothing fits here */
    gs_len height;
    const struct gs_why *ended; /* when the table goes on */
};

/*
 * Parts are numbered fragment by fragment, not when the table is done; how many it
 * will have is known from `parts` by gs_strip_key(), or not (NULL).
 */
void gs_table_set_expect(struct gs_table_set *set, GHashTable *parts);

/* Whether a fragment is of this strip of its table. */
bool gs_table_set_is_of(
        const struct gs_table_set *set, const struct gs_frag_table *table);

/*
 * Numbers the parts of what stands in a fragment: how many each row and cell was
 * cut into.  False where one of them still goes on.
 */
bool gs_table_set_number(
        struct gs_table_set *set, struct gs_frag_table *table);

/*
 * Lets go of rows that have been placed, where they come piece by piece, and stand
 * before row `first`: fragments of them are gone by then.
 */
void gs_table_set_release(struct gs_table_set *set, size_t first);

/* Lets go of all of them, wherever the table stands. */
void gs_table_set_drop(struct gs_table_set *set);

/* Whether rows that came piece by piece could not be set: reported. */
bool gs_table_set_fails(struct gs_table_set *set);

/*
 * The height of the caption that the next part has above it (<continued>); 0
 * where it has none, or where the caption would leave no room for a row on a
 * page of height `page`, which is reported.
 */
gs_len gs_table_set_caption(struct gs_table_set *set, gs_len page);

/* Adds the fragments of that caption (struct gs_frag_block). */
void gs_table_set_add_caption(
        const struct gs_table_set *set, gs_len x, gs_len y, GArray *blocks);

/*
 * Places what fits into `room` at (x, y); the fragments live in `arena`.  `page` is the room of an empty page;
 * `fresh` says that this one is empty, or that the table is kept with what stands
 * on it, so that something must be placed.  False
 * after a diagnostic: a line taller than a page.
 */
bool gs_table_set_page(struct gs_table_set *set, struct gs_arena *arena,
        gs_len x, gs_len y, gs_len room, gs_len page, bool fresh,
        struct gs_table_part *out);

#endif
