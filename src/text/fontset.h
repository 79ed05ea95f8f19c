/*
 * Font set: what the rest of the text room needs beyond fonts.h.
 *
 * A set is const for its callers: the list, the files and the order of faces do
 * not change.  Faces are opened behind that, and scratch memory is kept, so it
 * serves one thread at a time.
 */
#ifndef GS_TEXT_FONTSET_H
#define GS_TEXT_FONTSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <hb.h>

#include "text/face.h"
#include "text/fonts.h"

struct gs_labels;
struct gs_origin;
struct gs_palette;
struct gs_scratch;
struct gs_words;

struct gs_chain_face {
    struct gs_face *face;
    bool embolden; /* when bold is wanted and the face is not */
};

/* Faces in the order they are asked for a character. */
struct gs_chain {
    struct gs_chain_face *faces;
    size_t own; /* the role's */
    size_t count; /* with the fallback's */
};

/* A role that is not listed gets the fallback alone. */
const struct gs_chain *gs_fonts_chain(
        const struct gs_fonts *fonts, const char *role, bool bold);

/* The list's file name as given. */
const char *gs_fonts_name(const struct gs_fonts *fonts);

/* The set's one buffer for shaping, empty. */
hb_buffer_t *gs_fonts_buffer(const struct gs_fonts *fonts);

/* The arrays of one paragraph, to be returned. */
struct gs_scratch *gs_fonts_take_scratch(const struct gs_fonts *fonts);
void gs_fonts_return_scratch(
        const struct gs_fonts *fonts, struct gs_scratch *scratch);

/* The set's palettes, as a list. */
struct gs_palette **gs_fonts_palettes(const struct gs_fonts *fonts);

/* What has been set in the set's faces. */
struct gs_labels *gs_fonts_labels(const struct gs_fonts *fonts);

/* What has been shaped in the set's faces. */
struct gs_words *gs_fonts_words(const struct gs_fonts *fonts);

/*
 * Remembers that `diag` has been told of a character missing at `origin`; false
 * if it had been already.
 */
bool gs_fonts_note_missing(const struct gs_fonts *fonts,
        const struct gs_diag *diag, const char *role, uint32_t code,
        const struct gs_origin *origin);

#endif
