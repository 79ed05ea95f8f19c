/*
 * Faces for the Cairo writer.
 *
 * Cairo keeps scaled fonts for as long as it likes after the last reference is
 * gone, and finds them again by the address of the FreeType face.  So the face
 * that it is given must live as long as Cairo wants it to: it is one of its own,
 * opened from the same file, and Cairo frees it.  That also keeps the sizes and
 * transforms that Cairo sets away from the face that text is shaped with.
 *
 * The Cairo face is made once for each gs_face and hangs on its FreeType face:
 * many documents with one font set open a file once.
 */
#ifndef GS_WRITE_CAIRO_FONT_H
#define GS_WRITE_CAIRO_FONT_H

#include <stdbool.h>

#include <cairo.h>

struct gs_face;

/* Borrowed, as long as the face lives.  NULL: *error says why, statically. */
cairo_font_face_t *gs_cairo_face(
        const struct gs_face *face, bool embolden, const char **error);

#endif
