/*
 * The inside of the pager: shared by pager.c (pages, and the sections on them),
 * keep.c (blocks that stay together) and pour.c (one block over pages).
 */
#ifndef GS_LAYOUT_PAGER_INSIDE_H
#define GS_LAYOUT_PAGER_INSIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/len.h"
#include "layout/flow.h"
#include "layout/pager.h"

/* pager.c */

/*
 * Ends the page at hand and begins another, `natural` if because it is full.  False
 * when there are too many, reported, or when no more are taken.
 */
bool gs_pager_next_page(
        struct gs_pager *pager, const struct gs_why *why, bool natural);

/* What is left of the page at hand, and what an empty one has. */
gs_len gs_pager_room(const struct gs_pager *pager);
gs_len gs_pager_page(const struct gs_pager *pager);

/* The block's heading and id lead to where the next thing is placed. */
void gs_pager_add_anchors(struct gs_pager *pager, const struct gs_block *block);

/*
 * Why the page at hand ends: `text` speaks of what takes %1, `height`, where %2 was
 * left.
 */
const struct gs_why *gs_pager_why_full(
        struct gs_pager *pager, const char *text, gs_len height);

/* Reports that a keep is broken, as what it keeps is higher than a page. */
void gs_pager_report_broken(
        struct gs_pager *pager, const struct gs_block *block, gs_len height);

/* pour.c */

/* A block made ready: its flow, or its table. */
struct gs_ready {
    bool made, ok;
    struct gs_flow flow;
    struct gs_table_set *table;
};

/* Makes a block ready, if it is not yet; false after diagnostics, now or then. */
bool gs_ready_make(struct gs_pager *pager, const struct gs_block *block,
        struct gs_ready *ready);

/* Places a block that is ready; false after diagnostics, or as above. */
bool gs_ready_pour(struct gs_pager *pager, const struct gs_block *block,
        const struct gs_ready *ready);

/* keep.c */

/* Blocks before `end` have their place; there, a page ends if they are parted. */
struct gs_kept {
    size_t end;
    bool parted;
};

/*
 * Sees to it that block `i` of a section, those of which are made ready as far as
 * needed, stands on a page with what it is kept with.
 */
bool gs_keep_blocks(struct gs_pager *pager, const struct gs_section *section,
        struct gs_ready *ready, size_t i, struct gs_kept *kept);

#endif
