/*
 * Rules of a table: the borders of its cells, collapsed.
 *
 * Neighbours share an edge, and of the rules they ask for the wider is drawn; of
 * equal ones solid goes before dashed, dark before light, the later cell before
 * the earlier.  No rule at all loses against any rule.  The table's frame
 * stands before what cells ask for on the outer edges of each part, also where
 * a page break opened or closed them.
 *
 * Touching pieces of one line and one style are one rule, so none is drawn
 * twice.  A rule lies centred on its grid line and reaches over the crossing
 * rules at its ends, so that corners are filled.
 */
#ifndef GS_PAGE_RULES_H
#define GS_PAGE_RULES_H

#include <stddef.h>

#include "page/display.h"

struct gs_arena;

/* Horizontal rules from the top down, then vertical ones from the left. */
const struct gs_rule *gs_rules_make(struct gs_arena *arena,
        const struct gs_frag_table *table, size_t *count);

#endif
