/*
 * Segments: the atoms of one face and run that are shaped by HarfBuzz together.
 *
 * Private to the text room; plain characters need none of this (plain.h).
 */
#ifndef GS_TEXT_SEGMENT_H
#define GS_TEXT_SEGMENT_H

#include <stddef.h>

#include "base/len.h"

struct gs_face;
struct gs_shaped;

/* All atoms from one on, each of a grapheme and without glyphs as yet. */
struct gs_segment {
    const struct gs_face *face;
    size_t first_atom;
    gs_len spacing; /* added to each atom */
    size_t more_glyphs; /* that may come after it: there has to be room */
};

/*
 * Gives the atoms their glyphs and widths.  Graphemes that the face draws by one
 * glyph become one atom, so there may be fewer of them afterwards.
 */
void gs_segment_shape(struct gs_shaped *out, const struct gs_segment *segment);

#endif
