/*
 * What must hold of the structure of a PDF file with one table, whatever that is.
 */
#ifndef GS_TESTS_STRUCTURE_CHECK_H
#define GS_TESTS_STRUCTURE_CHECK_H

#include <stddef.h>

struct gs_pages;
struct gs_table;

/*
 * Makes the structure of pages [first, …) and reads it back: rows are full, spans and
 * all; each cell of the model is one element with its whole text, in order (if first
 * is 0: of what stands on the pages alone, rows are full); heads that are named are
 * there.  NULL, or what is wrong: g_free() it.
 */
char *structure_check(const struct gs_pages *pages,
        const struct gs_table *table, size_t first);

#endif
