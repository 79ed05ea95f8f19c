/*
 * Fonts: roles (song, fang, kai, hei, xiaobiaosong, latin) to faces, by file.
 *
 * A font list (fonts.xml) names for each role its faces in order, then a
 * fallback chain; an office puts its own licensed files first.  Files are found
 * by name in the listed directories.  The system's font matching is never asked,
 * so the same list gives the same pages everywhere.
 *
 * A font set is for one thread at a time; faces are opened on first use.
 */
#ifndef GS_TEXT_FONTS_H
#define GS_TEXT_FONTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/len.h"

struct gs_arena;
struct gs_diag;
struct gs_face;
struct gs_fonts;

/* What kind of outlines a writer can embed. */
enum gs_outlines {
    GS_OUTLINES_ANY,
    GS_OUTLINES_TRUETYPE, /* glyf only: faces with CFF outlines are passed over */
};

/*
 * Reads a font list.  A role of which no face is there, or a malformed list, is
 * reported; NULL then.  A face that is missing while another of its role is
 * there is no error (gongshi fonts shows it).
 */
struct gs_fonts *gs_fonts_load(
        const char *path, enum gs_outlines outlines, struct gs_diag *diag);
void gs_fonts_free(struct gs_fonts *fonts);

/*
 * The same for `gongshi fonts`: a role without a face is reported too, but what
 * there is can be listed.  No text can be set with it.
 */
struct gs_fonts *gs_fonts_survey(
        const char *path, enum gs_outlines outlines, struct gs_diag *diag);

bool gs_fonts_has_role(const struct gs_fonts *fonts, const char *role);

/* For `gongshi fonts`: each listed face in order. */
struct gs_font_entry {
    const char *role; /* "fallback" for the chain */
    const char *file; /* as listed */
    const char *path; /* resolved, or NULL: not there */
    const char *package;
    int index;
    bool bold;
    bool standin; /* stands in for a face that is not free */
};
size_t gs_fonts_count(const struct gs_fonts *fonts);
struct gs_font_entry gs_fonts_entry(const struct gs_fonts *fonts, size_t index);

/*
 * The face that gives a character in a role, regular; NULL if none does.  Files
 * that cannot be used are reported.
 */
const struct gs_face *gs_fonts_face_with(const struct gs_fonts *fonts,
        const char *role, uint32_t code, struct gs_diag *diag);

/* The Debian package that has a character, for messages; NULL: unknown. */
const char *gs_fonts_package_with(uint32_t code);

/* --- faces, as writers need them ----------------------------------------- */

const char *gs_face_path(const struct gs_face *face);
int gs_face_index(const struct gs_face *face);

/* Whether the font list forbids to simplify its outlines (exact="yes"). */
bool gs_face_is_exact(const struct gs_face *face);
bool gs_face_is_truetype(const struct gs_face *face);

/*
 * The bytes of its file, mapped: all of them, also where the file holds several
 * faces.  They live as long as the face.
 */
const void *gs_face_data(const struct gs_face *face, size_t *size);

/*
 * What a writer keeps with a face from one document to the next: one object for
 * each key, which is any address of the writer's own.  It is freed by `release`
 * when the face is, or when it is replaced.
 */
void *gs_face_attachment(const struct gs_face *face, const void *key);
void gs_face_attach(const struct gs_face *face, const void *key, void *object,
        void (*release)(void *object));

/*
 * A FreeType face (FT_Face) over the same bytes, opened when first asked for; NULL
 * where FreeType cannot.
 */
void *gs_face_freetype(const struct gs_face *face);

/* Advance of a glyph at `size`, unhinted. */
gs_len gs_face_advance(const struct gs_face *face, uint32_t glyph, gs_len size);

/*
 * The outline of a glyph at `size`, its origin at (0, 0), y down: for seals.
 * Calls back with move 'M' (1 point), line 'L' (1), cubic 'C' (3), close 'Z' (0).
 */
void gs_face_outline(const struct gs_face *face, uint32_t glyph, gs_len size,
        void (*step)(void *user, char op, const struct gs_point *points),
        void *user);

#endif
