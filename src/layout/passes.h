/*
 * Passes: what a document that speaks of its own pages is set again for.
 *
 * A contents list needs page numbers that are known only when the pages are
 * made.  So the first pass sets "0" for them, the next ones what the pass before
 * found, until the numbers agree.
 */
#ifndef GS_LAYOUT_PASSES_H
#define GS_LAYOUT_PASSES_H

#include <stdbool.h>

#include <glib.h>

struct gs_arena;
struct gs_doc;

/* Numbers that do not settle (a contents list of changing length) stop here. */
#define GS_PASSES_MAX 5

/* The printed number of the page of each id. */
struct gs_numbers {
    struct gs_arena *arena;
    GHashTable *taken; /* id -> number, that this pass is set with … */
    GHashTable *found; /* … and that it has found */
};

void gs_numbers_init(struct gs_numbers *numbers, struct gs_arena *arena);
void gs_numbers_release(struct gs_numbers *numbers);

/* A pass has found `id` on the page of this number; of two the first counts. */
void gs_numbers_note(
        struct gs_numbers *numbers, const char *id, const char *number);

/*
 * Takes what has been found for the next pass; true when it is what this pass was
 * set with.
 */
bool gs_numbers_take(struct gs_numbers *numbers);

/* gs_fields.page_of; `user` is the numbers. */
const char *gs_numbers_page_of(void *user, const char *id);

/* Whether the body speaks of page numbers. */
bool gs_body_needs_numbers(const struct gs_doc *doc);

/* Whether a page head or foot says how many pages there are. */
bool gs_running_counts(const struct gs_doc *doc);

#endif
