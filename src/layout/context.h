/*
 * Layout context: what every part of the stage needs to set text and report.
 */
#ifndef GS_LAYOUT_CONTEXT_H
#define GS_LAYOUT_CONTEXT_H

#include <glib.h>

#include "base/len.h"
#include "model/style.h"
#include "text/text.h"

struct gs_arena;
struct gs_diag;
struct gs_fonts;
struct gs_ledger;
struct gs_why;

struct gs_layout_context {
    struct gs_arena *arena;
    struct gs_arena *page; /* what is made for the page at hand alone */
    const struct gs_fonts *fonts;
    struct gs_diag *diag;
    struct gs_fields fields;
    struct gs_ledger *ledger; /* for rows that come in pieces; or NULL */
    const gs_len *tails; /* of the table's columns (gs_tails_make()), or NULL */
    gs_len tail; /* of the column that is set now */
    gs_len page_height; /* of the body on a page of the section; 0: unknown */
};

/* "12.5pt", for messages.  Not dependent on the locale. */
const char *gs_layout_pt(struct gs_arena *arena, gs_len len);

/* Two that differ, so that they differ in words too: "12.504pt", "12.498pt". */
void gs_layout_pt_pair(struct gs_arena *arena, gs_len taken, gs_len left,
        const char **taken_pt, const char **left_pt);

/* "12", for messages. */
const char *gs_layout_number(struct gs_arena *arena, size_t number);

/*
 * Why a page ends: `text` is one of ours, marked by N_(), `args` what stands for
 * %1 … in it, NULL-terminated, strings that live as long as the arena.
 */
const struct gs_why *gs_layout_why(
        struct gs_arena *arena, const char *text, const char *const *args);

/* The elements of an array, in the arena; never NULL.  The array stays. */
void *gs_layout_copy(struct gs_arena *arena, const GArray *array);

/* Where something `width` wide begins in a measure. */
gs_len gs_layout_align(enum gs_align align, gs_len measure, gs_len width);

#endif
