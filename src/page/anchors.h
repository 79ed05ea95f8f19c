/*
 * Anchors by id: what links and headings lead to.
 */
#ifndef GS_PAGE_ANCHORS_H
#define GS_PAGE_ANCHORS_H

#include <stddef.h>

#include <glib.h>

#include "layout/fragment.h"

/*
 * Those on the pages first to last (indices); of several with one id the first.
 * The caller destroys the table; it borrows the pages.
 */
GHashTable *gs_anchors_new(
        const struct gs_pages *pages, size_t first, size_t last);

/* NULL where there is none. */
const struct gs_anchor *gs_anchors_find(GHashTable *anchors, const char *id);

#endif
