/*
 * A face: one font file (and index), mapped on first use.  HarfBuzz reads its
 * tables as they are needed; FreeType is called in only where it is asked for.
 *
 * Private to the text room.
 */
#ifndef GS_TEXT_FACE_H
#define GS_TEXT_FACE_H

#include <stdbool.h>
#include <stdint.h>

#include <hb.h>

#include "base/len.h"
#include "text/fonts.h"

struct gs_diag;
struct gs_face_guests;
struct gs_plain;

enum gs_face_state { GS_FACE_UNOPENED, GS_FACE_OPEN, GS_FACE_BAD };

struct gs_face {
    char *path;
    int index;
    const uint32_t *without; /* characters it is as if it had not, ended by 0 */
    bool exact; /* its outlines are not to be simplified */
    enum gs_face_state state;
    char *error; /* GS_FACE_BAD */
    const struct gs_diag *reported; /* where that was told, see gs_face_open */
    hb_blob_t *blob;
    hb_font_t *font; /* scaled to font units */
    struct gs_plain *plain; /* learns behind a const face */
    struct gs_face_guests *guests; /* what others keep here, const or not */
    int64_t units; /* per em */
    bool truetype;
};

/*
 * Opens the face unless it is.  A file that cannot be used is reported once in
 * `diag`, and false returned each time.
 */
bool gs_face_open(struct gs_face *face, struct gs_diag *diag);
void gs_face_release(struct gs_face *face);

/* 0 if the face has none.  The face is open. */
uint32_t gs_face_glyph(const struct gs_face *face, uint32_t code);

/* Whether a file's face has CFF outlines and no glyf ones; false if unreadable. */
bool gs_face_file_is_cff(const char *path, int index);

/* Font units to a length at `size`. */
gs_len gs_face_scale(const struct gs_face *face, int64_t units, gs_len size);

/*
 * White space in the advance of a glyph, in font units: before the ink and after
 * it.  False for a glyph without ink.
 */
bool gs_face_bearings(const struct gs_face *face, uint32_t glyph,
        int64_t *before, int64_t *after);

#endif
