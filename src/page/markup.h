/*
 * XML that is written as text: elements one under another, indented by how deep
 * they stand, their attributes in the order of the calls.
 *
 * Only files of this folder include it.
 */
#ifndef GS_PAGE_MARKUP_H
#define GS_PAGE_MARKUP_H

#include <stddef.h>

#include <glib.h>

#include "base/len.h"

struct gs_markup {
    GString *text;
    unsigned depth; /* elements that are open */
};

/* Begins an element; attributes follow, then either of the next two. */
void gs_markup_open(struct gs_markup *out, const char *name);
void gs_markup_close(struct gs_markup *out); /* it is empty */
void gs_markup_enter(struct gs_markup *out); /* what follows stands inside … */
void gs_markup_leave(
        struct gs_markup *out, const char *name); /* … until here */

/* Attributes.  A text that is NULL is none; lengths are written in pt. */
void gs_markup_text(struct gs_markup *out, const char *name, const char *value);
void gs_markup_count(struct gs_markup *out, const char *name, size_t value);
void gs_markup_length(struct gs_markup *out, const char *name, gs_len value);
void gs_markup_rect(struct gs_markup *out, struct gs_rect rect); /* all four */

/* In pt, rounded to three decimals, no zeros at the end. */
void gs_markup_append_length(GString *text, gs_len len);

#endif
