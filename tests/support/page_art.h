/*
 * Pages drawn with characters: one line of the drawing for a line of text, one
 * for every edge between rows, two columns for a Han character.
 *
 *     +----+----+     rules as gs_display_make() draws them; ~ where the cell
 *     |甲  |一  |     came from the page before or goes on on the next one
 *     |    +----+
 *     |    |二  |
 *     +~~~~+----+
 *
 * Rows drawn again are marked so at the right.
 */
#ifndef GS_TESTS_SUPPORT_PAGE_ART_H
#define GS_TESTS_SUPPORT_PAGE_ART_H

#include <glib.h>

#include "layout/fragment.h"

struct gs_arena;

/* `line` is the height of a line; all rows are whole lines high, or it fails. */
void page_art_draw(struct gs_arena *arena, const struct gs_pages *pages,
        gs_len line, GString *out);

#endif
