/*
 * Itemizing: a face for every grapheme.
 *
 * The faces of a style are asked in order: those of the `latin` role for Latin
 * letters, digits and marks where the style has one, the role's with the wanted
 * weight, its others, the fallback's.  A grapheme stays in one face if a face has
 * all of it.
 *
 * Private to the text room.
 */
#ifndef GS_TEXT_ITEMIZE_H
#define GS_TEXT_ITEMIZE_H

#include <stdbool.h>
#include <stddef.h>

#include "text/breaks.h"

struct gs_chain;
struct gs_chain_face;
struct gs_diag;
struct gs_face;
struct gs_fonts;
struct gs_plain_glyph;
struct gs_run;
struct gs_text_style;

struct gs_choice {
    const struct gs_face *face; /* NULL only when no face can be opened */
    bool embolden;
    bool missing; /* no face has the first character, which has been reported */
    size_t used; /* characters that this face is for, at least one */
};

/*
 * For the `count` code points of one grapheme.  Where no face has all of them,
 * for as many as one face has; ask again for the rest.
 */
struct gs_choice gs_choose_face(const struct gs_fonts *fonts,
        const struct gs_run *run, const struct gs_char *chars, size_t count,
        struct gs_diag *diag);

/* The faces that the characters of a style are looked for in. */
struct gs_run_faces {
    const struct gs_chain *chain;
    const struct gs_chain *latin; /* NULL: the style names none */
};

struct gs_run_faces gs_style_faces(
        const struct gs_fonts *fonts, const struct gs_text_style *style);

/*
 * The same choice for a grapheme of one character, where that is plain in the
 * face chosen (plain.h); NULL where it is not, and gs_choose_face() has to say.
 */
struct gs_plain_glyph *gs_choose_plain(const struct gs_run_faces *faces,
        uint32_t code, struct gs_diag *diag,
        const struct gs_chain_face **chosen);

#endif
