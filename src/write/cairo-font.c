/*
 * Faces for the Cairo writer: who owns what.
 *
 *   text's face --attachment--> struct faces --reference--> cairo_font_face_t
 *                                                                |user data
 *                                   struct file (FT_Library, FT_Face) of its own
 *
 * When text's face goes, it drops our references; when Cairo lets go of the last
 * scaled font, it frees the file.
 */
#include "write/cairo-font.h"

#include <glib.h>

#include <cairo-ft.h>
#include <ft2build.h>
#include FT_FREETYPE_H

#include "base/diag.h"
#include "text/fonts.h"

struct file {
    FT_Library library;
    FT_Face face;
};

struct faces {
    cairo_font_face_t *face[2]; /* by embolden */
};

static const cairo_user_data_key_t file_key;

static void free_file(void *user)
{
    struct file *file = user;

    if (file->face != NULL) {
        FT_Done_Face(file->face);
    }
    if (file->library != NULL) {
        FT_Done_FreeType(file->library);
    }
    g_free(file);
}

static struct file *open_file(const struct gs_face *face, const char **error)
{
    struct file *file = g_new0(struct file, 1);

    if (FT_Init_FreeType(&file->library) != 0) {
        *error = GS_WORD(N_("FreeType cannot be initialised"));
    } else if (FT_New_Face(file->library, gs_face_path(face),
                       gs_face_index(face), &file->face) != 0) {
        *error = GS_WORD(N_("the font file cannot be opened again"));
    } else {
        return file;
    }
    free_file(file);
    return NULL;
}

static cairo_font_face_t *make_face(
        const struct gs_face *face, bool embolden, const char **error)
{
    struct file *file = open_file(face, error);
    if (file == NULL) {
        return NULL;
    }
    cairo_font_face_t *result = cairo_ft_font_face_create_for_ft_face(
            file->face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
    if (cairo_font_face_set_user_data(result, &file_key, file, free_file) !=
            CAIRO_STATUS_SUCCESS) {
        *error = cairo_status_to_string(cairo_font_face_status(result));
        cairo_font_face_destroy(result);
        free_file(file);
        return NULL;
    }
    if (embolden) {
        cairo_ft_font_face_set_synthesize(result, CAIRO_FT_SYNTHESIZE_BOLD);
    }
    return result;
}

static void free_faces(void *object)
{
    struct faces *faces = object;

    for (size_t i = 0; i < G_N_ELEMENTS(faces->face); i++) {
        if (faces->face[i] != NULL) {
            cairo_font_face_destroy(faces->face[i]);
        }
    }
    g_free(faces);
}

cairo_font_face_t *gs_cairo_face(
        const struct gs_face *face, bool embolden, const char **error)
{
    struct faces *faces = gs_face_attachment(face, &file_key);

    if (faces == NULL) {
        faces = g_new0(struct faces, 1);
        gs_face_attach(face, &file_key, faces, free_faces);
    }
    if (faces->face[embolden] == NULL) {
        faces->face[embolden] = make_face(face, embolden, error);
    }
    return faces->face[embolden];
}
