/*
 * Vertical: labels set one character a line (R27), and text turned as a whole.
 *
 * In a label Han, a single letter or digit stand upright, two digits stand side
 * by side where they fit in one em (縦中横), longer words and numbers are turned.
 * Brackets, dashes, ellipses and connectors are turned; 、 。 ， stand in the upper
 * right of their em; other marks in its middle.  Marks are turned, not replaced by
 * the face's vertical forms: these look the same, and not every writer can draw a
 * glyph that no character leads to.
 *
 * Private to the text room.
 */
#ifndef GS_TEXT_VERTICAL_H
#define GS_TEXT_VERTICAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/len.h"
#include "text/fill.h"

struct gs_arena;
struct gs_line;
struct gs_placing;
struct gs_shaped;

/* Gives the marks of a label their full em back: neighbours stand on two lines. */
void gs_vertical_loosen(struct gs_shaped *shaped);

/* The next line of a label: one grapheme, two digits in one em, a turned word. */
struct gs_span gs_vertical_next(
        const struct gs_shaped *shaped, size_t first, gs_len room);

/* Whether it is a word or number that is turned; its width goes down then. */
bool gs_vertical_turns(
        const struct gs_shaped *shaped, const struct gs_span *span);

/* Height of a label's line where an upright character has `line_height`. */
gs_len gs_vertical_height(const struct gs_shaped *shaped,
        const struct gs_span *span, gs_len line_height);

/* A label's line, as gs_place_line(), its marks and words turned. */
void gs_vertical_place(struct gs_arena *arena, const struct gs_shaped *shaped,
        const struct gs_span *span, const struct gs_placing *placing,
        struct gs_line *out);

/*
 * Lines turned by 90 degrees, the first on the right, as one line: as wide as they
 * are high, as high as the longest.  It starts at the left edge of its measure.
 */
struct gs_line gs_vertical_turn(
        struct gs_arena *arena, const struct gs_line *lines, size_t count);

#endif
