/*
 * Lines and pictures in the page tree: what stands in a block or a cell.  Only the
 * tree's own files include it.
 */
#ifndef GS_PAGE_TREE_LINES_H
#define GS_PAGE_TREE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/len.h"

struct gs_frag_line;
struct gs_markup;

/* Whether one of them would be written: that of an empty paragraph says nothing. */
bool gs_tree_has_lines(const struct gs_frag_line *lines, size_t count);

void gs_tree_write_lines(
        struct gs_markup *out, const struct gs_frag_line *lines, size_t count);

void gs_tree_write_image(
        struct gs_markup *out, struct gs_rect rect, const char *alt);

#endif
