/*
 * What must hold of the pages of a table, whatever the table is.
 */
#ifndef GS_TESTS_SUPPORT_PAGE_CHECK_H
#define GS_TESTS_SUPPORT_PAGE_CHECK_H

#include <glib.h>

#include "support/plan.h"
#include "text/fonts.h"

struct gs_arena;
struct gs_diag;
struct gs_pages;

/*
 * Checks what stands on the pages: every character once and in order, nothing
 * over anything else or outside of its frame, every rule closed, rows in order,
 * progress on each page, heads and labels drawn again.  NULL, or what is wrong:
 * g_free() it.
 */
char *page_check(struct gs_arena *arena, const struct plan *plan,
        const struct gs_doc *doc, const struct gs_pages *pages,
        const struct gs_diag *diag);

/*
 * Checks keeps: rows kept together, heads and feet stand on one page where one
 * can hold them.  Lays the table out once more on a page without end.
 */
char *page_check_keeps(const struct plan *plan, const struct gs_fonts *fonts,
        const struct gs_pages *pages);

/* Everything that a writer would see of pages [first, …), lifted by `lift`. */
void page_dump(
        const struct gs_pages *pages, size_t first, gs_len lift, GString *out);

#endif
