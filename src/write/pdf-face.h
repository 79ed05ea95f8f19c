/*
 * A face as the direct PDF writer sees it: what its descriptor tells, and its
 * glyphs, each encoded at its first use and kept until the face goes.
 *
 * It hangs on the text room's face (gs_face_attach) and so outlives documents.
 * All of it is plain memory: a process may warm it and then fork.  What a glyph's
 * bytes are depends on the font file alone, never on what was asked before.
 */
#ifndef GS_WRITE_PDF_FACE_H
#define GS_WRITE_PDF_FACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "write/pdf-code.h"
#include "write/pdf-path.h"

struct gs_face;
struct gs_pdf_face;

#define GS_PDF_NAME_ROOM 64

/* In font units, unless it says otherwise. */
struct gs_pdf_metrics {
    char name
            [GS_PDF_NAME_ROOM]; /* the PostScript name, letters, digits and -_. only */
    int units; /* per em */
    int x_min, y_min, x_max, y_max;
    int ascent, descent, cap_height;
    int italic_angle; /* degrees * 1000 */
    int stem_v; /* 1/1000 em, guessed from the weight */
    bool truetype; /* glyf, else CFF */
    bool fixed_pitch;
};

struct gs_pdf_glyph {
    unsigned char *bytes; /* a charstring, or an entry of glyf */
    size_t size;
    int advance;
    struct gs_pdf_glyf glyf; /* TrueType */
    uint32_t sum; /* TrueType: of the words, for the table's checksum */
    struct gs_pdf_piece piece; /* no words until it is wanted */
};

/* The advance that a charstring does not tell. */
int gs_pdf_face_default_advance(const struct gs_pdf_face *face);

/*
 * How far an outline in a file may be from the font's, in 1/1000 em: about what
 * rounding to the grid of the em does, or twice that where size is worth more.
 * At 12 pt it is 4 and 8 thousandths of a millimetre, a tenth and a fifth of a
 * dot at 600 dpi.
 */
#define GS_PDF_TOLERANCE 1
#define GS_PDF_TOLERANCE_SMALL 2

/*
 * What cannot be embedded is known at once: *error says why, in static words, and
 * NULL is returned.  The bytes are borrowed.  `tolerance` is in 1/1000 em.
 */
struct gs_pdf_face *gs_pdf_face_new(const void *bytes, size_t size,
        unsigned index, unsigned tolerance, const char **error);
void gs_pdf_face_free(struct gs_pdf_face *face); /* NULL is fine */

/* That of a face of the text room, made when first asked for. */
struct gs_pdf_face *gs_pdf_face_of(
        const struct gs_face *face, bool is_small, const char **error);

const struct gs_pdf_metrics *gs_pdf_face_metrics(
        const struct gs_pdf_face *face);

/* NULL where the face has no such glyph, or none that can be embedded. */
const struct gs_pdf_glyph *gs_pdf_face_glyph(
        struct gs_pdf_face *face, uint32_t glyph, const char **error);

/* The code of the face's glyphs, and a glyph of it in this code. */
const struct gs_pdf_code *gs_pdf_face_code(struct gs_pdf_face *face);
const struct gs_pdf_piece *gs_pdf_face_piece(
        struct gs_pdf_face *face, uint32_t glyph);

#endif
