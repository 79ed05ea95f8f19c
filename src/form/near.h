/*
 * Words: "did you mean", and lists of what there is, for diagnostics.
 */
#ifndef GS_FORM_NEAR_H
#define GS_FORM_NEAR_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

struct gs_arena;

/*
 * The word of `words` that is nearest to `word` by edits of characters, if it is
 * near enough to be meant; else NULL.  The first of equals.
 */
const char *gs_near(
        const char *word, const char *const *words, size_t count);

/* Whether one edit, or the case of letters, is all that makes them differ. */
bool gs_is_slip(const char *word, const char *other);

/* "a, b, c", cut after some forty words; NULL for no words at all. */
const char *gs_join(struct gs_arena *arena, const char *const *words,
        size_t count, const char *separator);

/*
 * The keys of a table, all of them strings, sorted: a GArray of const char *,
 * freed by the caller.
 */
GArray *gs_sorted_keys(GHashTable *table);

/* What such an array holds. */
const char *const *gs_name_list(const GArray *words);

#endif
