/*
 * Faces: a mapped file, HarfBuzz's view of it, and FreeType's where it is wanted.
 */
#include "text/face.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <glib.h>
#include <hb-ot.h>

#include "base/diag.h"
#include "text/plain.h"

struct attachment {
    const void *key;
    void *object;
    void (*release)(void *object);
    struct attachment *next;
};

struct gs_face_guests {
    FT_Library library;
    FT_Face freetype;
    struct attachment *attachments;
};

static void fail(struct gs_face *face, const char *error)
{
    face->state = GS_FACE_BAD;
    face->error = g_strdup(error);
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *table = hb_face_reference_table(face, tag);
    const bool has = hb_blob_get_length(table) > 0;
    hb_blob_destroy(table);
    return has;
}

static bool has_outlines(hb_face_t *face)
{
    return has_table(face, HB_TAG('g', 'l', 'y', 'f')) ||
            has_table(face, HB_TAG('C', 'F', 'F', ' ')) ||
            has_table(face, HB_TAG('C', 'F', 'F', '2'));
}

/* NULL for a face that text can be set in. */
static const char *find_fault(hb_face_t *face, hb_blob_t *file, int index)
{
    if (hb_face_count(file) <= (unsigned)index ||
            !has_table(face, HB_TAG('h', 'e', 'a', 'd')) ||
            hb_face_get_glyph_count(face) == 0) {
        return GS_WORD(N_("not a font, or damaged"));
    }
    if (!has_outlines(face) || !has_table(face, HB_TAG('c', 'm', 'a', 'p'))) {
        return GS_WORD(N_("it has no outlines or no character map"));
    }
    return NULL;
}

static bool is_without(const struct gs_face *face, uint32_t code)
{
    const uint32_t *at = face->without;
    while (*at != 0 && *at != code) {
        at++;
    }
    return *at != 0;
}

static hb_bool_t find_glyph(hb_font_t *font, void *data, hb_codepoint_t code,
        hb_codepoint_t *glyph, void *user)
{
    const struct gs_face *face = data;
    (void)user;
    return !is_without(face, code) &&
            hb_font_get_nominal_glyph(hb_font_get_parent(font), code, glyph);
}

/* The same font, without some of its characters, for all that asks it. */
static void hide_characters(struct gs_face *face)
{
    hb_font_t *all = face->font;
    hb_font_funcs_t *funcs = hb_font_funcs_create();
    hb_font_funcs_set_nominal_glyph_func(funcs, find_glyph, NULL, NULL);
    face->font = hb_font_create_sub_font(all);
    hb_font_set_funcs(face->font, funcs, face, NULL);
    hb_font_funcs_destroy(funcs);
    hb_font_destroy(all);
}

static void open_file(struct gs_face *face)
{
    face->blob = hb_blob_create_from_file(face->path);
    if (hb_blob_get_length(face->blob) == 0) {
        fail(face, "it is empty or cannot be read");
        return;
    }
    hb_face_t *hb = hb_face_create(face->blob, (unsigned)face->index);
    const char *fault = find_fault(hb, face->blob, face->index);
    if (fault != NULL) {
        fail(face, fault);
        hb_face_destroy(hb);
        return;
    }
    face->units = (int64_t)hb_face_get_upem(hb);
    face->truetype = has_table(hb, HB_TAG('g', 'l', 'y', 'f'));
    face->font = hb_font_create(hb);
    hb_font_set_scale(face->font, (int)face->units, (int)face->units);
    hb_face_destroy(hb);
    if (face->without != NULL) {
        hide_characters(face);
    }
    face->plain = gs_plain_new(face->font);
    face->guests = g_new0(struct gs_face_guests, 1);
    face->state = GS_FACE_OPEN;
}

bool gs_face_open(struct gs_face *face, struct gs_diag *diag)
{
    if (face->state == GS_FACE_UNOPENED) {
        open_file(face);
    }
    if (face->state == GS_FACE_OPEN) {
        return true;
    }
    /* A diag without errors is another one, though at the same address. */
    if (face->reported != diag || gs_diag_errors(diag) == 0) {
        gs_diag_add(diag, GS_DIAG_BAD_FONT, GS_NO_LOC,
                GS_ARGS(face->path, face->error));
        face->reported = diag;
    }
    return false;
}

static void free_guests(struct gs_face_guests *guests)
{
    if (guests == NULL) {
        return;
    }
    while (guests->attachments != NULL) {
        struct attachment *attachment = guests->attachments;
        guests->attachments = attachment->next;
        attachment->release(attachment->object);
        g_free(attachment);
    }
    if (guests->freetype != NULL) {
        FT_Done_Face(guests->freetype);
    }
    if (guests->library != NULL) {
        FT_Done_FreeType(guests->library);
    }
    g_free(guests);
}

void gs_face_release(struct gs_face *face)
{
    free_guests(face->guests);
    gs_plain_free(face->plain);
    hb_font_destroy(face->font);
    hb_blob_destroy(face->blob);
    g_free(face->error);
    g_free(face->path);
}

uint32_t gs_face_glyph(const struct gs_face *face, uint32_t code)
{
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(face->font, code, &glyph) ? glyph : 0;
}

bool gs_face_file_is_cff(const char *path, int index)
{
    hb_blob_t *blob = hb_blob_create_from_file(path);
    hb_face_t *face = hb_face_create(blob, (unsigned)index);
    const bool cff = (has_table(face, HB_TAG('C', 'F', 'F', ' ')) ||
                             has_table(face, HB_TAG('C', 'F', 'F', '2'))) &&
            !has_table(face, HB_TAG('g', 'l', 'y', 'f'));
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return cff;
}

gs_len gs_face_scale(const struct gs_face *face, int64_t units, gs_len size)
{
    const int64_t small = INT64_C(1) << 30;
    if (size < 0 || size > small || units < -small || units > small) {
        return gs_len_scale(size, units, face->units);
    }
    /* The same in 64 bits: this is done for every glyph. */
    const int64_t product = size * units, half = face->units / 2;
    return (product < 0 ? product - half : product + half) / face->units;
}

bool gs_face_bearings(const struct gs_face *face, uint32_t glyph,
        int64_t *before, int64_t *after)
{
    hb_glyph_extents_t extents;
    if (!hb_font_get_glyph_extents(face->font, glyph, &extents) ||
            extents.width == 0) {
        return false;
    }
    *before = extents.x_bearing;
    *after = (int64_t)hb_font_get_glyph_h_advance(face->font, glyph) -
            extents.x_bearing - extents.width;
    return true;
}

/* --- what writers need ---------------------------------------------------- */

const char *gs_face_path(const struct gs_face *face)
{
    return face->path;
}

int gs_face_index(const struct gs_face *face)
{
    return face->index;
}

bool gs_face_is_exact(const struct gs_face *face)
{
    return face->exact;
}

bool gs_face_is_truetype(const struct gs_face *face)
{
    return face->truetype;
}

const void *gs_face_data(const struct gs_face *face, size_t *size)
{
    unsigned length = 0;
    const void *data = hb_blob_get_data(face->blob, &length);
    *size = length;
    return data;
}

static struct attachment *find_attachment(
        const struct gs_face *face, const void *key)
{
    struct attachment *attachment = face->guests->attachments;
    while (attachment != NULL && attachment->key != key) {
        attachment = attachment->next;
    }
    return attachment;
}

void *gs_face_attachment(const struct gs_face *face, const void *key)
{
    const struct attachment *attachment = find_attachment(face, key);
    return attachment != NULL ? attachment->object : NULL;
}

void gs_face_attach(const struct gs_face *face, const void *key, void *object,
        void (*release)(void *object))
{
    struct attachment *attachment = find_attachment(face, key);
    if (attachment != NULL) {
        attachment->release(attachment->object);
    } else {
        attachment = g_new(struct attachment, 1);
        attachment->key = key;
        attachment->next = face->guests->attachments;
        face->guests->attachments = attachment;
    }
    attachment->object = object;
    attachment->release = release;
}

void *gs_face_freetype(const struct gs_face *face)
{
    struct gs_face_guests *guests = face->guests;
    size_t size = 0;
    const FT_Byte *data = gs_face_data(face, &size);
    if (guests->library == NULL && FT_Init_FreeType(&guests->library) == 0 &&
            FT_New_Memory_Face(guests->library, data, (FT_Long)size,
                    face->index, &guests->freetype) != 0) {
        guests->freetype = NULL;
    }
    return guests->freetype;
}

gs_len gs_face_advance(const struct gs_face *face, uint32_t glyph, gs_len size)
{
    return gs_face_scale(
            face, hb_font_get_glyph_h_advance(face->font, glyph), size);
}

/* --- outlines -------------------------------------------------------------- */

struct outline {
    const struct gs_face *face;
    gs_len size;
    FT_Vector at; /* the current point, font units */
    bool open;
    void (*step)(void *user, char op, const struct gs_point *points);
    void *user;
};

static struct gs_point point_of(
        const struct outline *outline, double x, double y)
{
    const double scale = (double)outline->size / (double)outline->face->units;
    const double px = x * scale, py = -y * scale;
    return (struct gs_point){
            .x = (gs_len)(px < 0 ? px - 0.5 : px + 0.5),
            .y = (gs_len)(py < 0 ? py - 0.5 : py + 0.5),
    };
}

static void close_contour(struct outline *outline)
{
    if (outline->open) {
        outline->step(outline->user, 'Z', NULL);
        outline->open = false;
    }
}

static int move_to(const FT_Vector *to, void *user)
{
    struct outline *outline = user;
    close_contour(outline);
    const struct gs_point point =
            point_of(outline, (double)to->x, (double)to->y);
    outline->step(outline->user, 'M', &point);
    outline->open = true;
    outline->at = *to;
    return 0;
}

static int line_to(const FT_Vector *to, void *user)
{
    struct outline *outline = user;
    const struct gs_point point =
            point_of(outline, (double)to->x, (double)to->y);
    outline->step(outline->user, 'L', &point);
    outline->at = *to;
    return 0;
}

static int cubic_to(const FT_Vector *one, const FT_Vector *two,
        const FT_Vector *to, void *user)
{
    struct outline *outline = user;
    const struct gs_point points[3] = {
            point_of(outline, (double)one->x, (double)one->y),
            point_of(outline, (double)two->x, (double)two->y),
            point_of(outline, (double)to->x, (double)to->y),
    };
    outline->step(outline->user, 'C', points);
    outline->at = *to;
    return 0;
}

/* A quadratic is the cubic with its control points at two thirds. */
static int conic_to(const FT_Vector *control, const FT_Vector *to, void *user)
{
    struct outline *outline = user;
    const double cx = (double)control->x, cy = (double)control->y;
    const double x0 = (double)outline->at.x, y0 = (double)outline->at.y;
    const double x1 = (double)to->x, y1 = (double)to->y;
    const struct gs_point points[3] = {
            point_of(outline, x0 + (cx - x0) * 2 / 3, y0 + (cy - y0) * 2 / 3),
            point_of(outline, x1 + (cx - x1) * 2 / 3, y1 + (cy - y1) * 2 / 3),
            point_of(outline, x1, y1),
    };
    outline->step(outline->user, 'C', points);
    outline->at = *to;
    return 0;
}

void gs_face_outline(const struct gs_face *face, uint32_t glyph, gs_len size,
        void (*step)(void *user, char op, const struct gs_point *points),
        void *user)
{
    const FT_Face freetype = gs_face_freetype(face);
    if (freetype == NULL ||
            FT_Load_Glyph(freetype, glyph,
                    FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING |
                            FT_LOAD_NO_BITMAP) != 0 ||
            freetype->glyph->format != FT_GLYPH_FORMAT_OUTLINE) {
        return;
    }
    static const FT_Outline_Funcs functions = {
            .move_to = move_to,
            .line_to = line_to,
            .conic_to = conic_to,
            .cubic_to = cubic_to,
    };
    struct outline outline = {
            .face = face, .size = size, .step = step, .user = user};
    FT_Outline_Decompose(&freetype->glyph->outline, &functions, &outline);
    close_contour(&outline);
}
