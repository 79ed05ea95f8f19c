/*
 * Faces for the direct PDF writer.
 */
#include "write/pdf-face.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <ft2build.h>
#include FT_FREETYPE_H
#include <glib.h>
#include <hb.h>
#include <hb-ot.h>

#include "base/diag.h"
#include "text/fonts.h"

/* Glyphs that are counted for the code of a face. */
#define SAMPLE_GLYPHS 16u

/* A bound of the font formats (maxp), and of our own. */
#define UNITS_MAX 16384u
#define ADVANCE_MAX 16383

struct gs_pdf_face {
    hb_face_t *hb;
    hb_font_t *font; /* scaled to font units */
    hb_draw_funcs_t *functions;
    struct gs_pdf_metrics metrics;
    double tolerance; /* font units */
    struct gs_pdf_glyphs outlines; /* without glyf: empty */
    unsigned glyph_count;
    struct gs_pdf_glyph **glyphs; /* NULL until asked for */
    struct gs_pdf_code *code; /* the same */
    struct gs_pdf_path path; /* of the glyph at hand */
    struct gs_pdf_buffer bytes;
};

/* --- tables --------------------------------------------------------------------- */

struct table {
    hb_blob_t *blob;
    const unsigned char *bytes;
    unsigned size;
};

static struct table read_table(hb_face_t *hb, hb_tag_t tag)
{
    struct table table = {.blob = hb_face_reference_table(hb, tag)};
    table.bytes =
            (const unsigned char *)hb_blob_get_data(table.blob, &table.size);
    return table;
}

static void release_table(struct table *table)
{
    hb_blob_destroy(table->blob);
}

static bool has_table(hb_face_t *hb, hb_tag_t tag)
{
    struct table table = read_table(hb, tag);
    const bool has = table.size > 0;
    release_table(&table);
    return has;
}

/* 0 where the table ends before. */
static unsigned unsigned_at(const struct table *table, unsigned offset)
{
    if (table->size < 2 || offset > table->size - 2) {
        return 0;
    }
    return table->bytes[offset] * 256u + table->bytes[offset + 1];
}

static int signed_at(const struct table *table, unsigned offset)
{
    return (int16_t)unsigned_at(table, offset);
}

/* --- what the file says about itself ------------------------------------------------ */

/*
 * OS/2 fsType: embedding is forbidden by "restricted" alone; with another right
 * beside it, the least restrictive one holds.
 */
static const char *find_embedding_error(const struct table *os2)
{
    enum { RESTRICTED = 0x2, RIGHTS = 0xE, NO_SUBSET = 0x100, BITMAPS = 0x200 };
    const unsigned type = unsigned_at(os2, 8);
    if ((type & RIGHTS) == RESTRICTED) {
        return GS_WORD(
                N_("its licence forbids embedding (OS/2 fsType: restricted)"));
    }
    if ((type & NO_SUBSET) != 0) {
        return GS_WORD(
                N_("its licence forbids embedding a part of it (OS/2 fsType: "
                   "no subsetting)"));
    }
    if ((type & BITMAPS) != 0) {
        return GS_WORD(
                N_("its licence forbids embedding outlines (OS/2 fsType: "
                   "bitmaps only)"));
    }
    return NULL;
}

static void read_name(hb_face_t *hb, char *name, size_t room)
{
    char raw[128];
    unsigned size = sizeof raw;
    size_t used = 0;
    hb_ot_name_get_utf8(
            hb, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, raw);
    for (const char *at = raw; size > 0 && *at != '\0' && used + 1 < room;
            at++) {
        if (g_ascii_isalnum(*at) || strchr("-_.", *at) != NULL) {
            name[used++] = *at;
        }
    }
    name[used] = '\0';
    if (used == 0) {
        g_strlcpy(name, "Font", room);
    }
}

static void read_box(hb_face_t *hb, struct gs_pdf_metrics *metrics)
{
    struct table head = read_table(hb, HB_TAG('h', 'e', 'a', 'd'));
    metrics->x_min = signed_at(&head, 36);
    metrics->y_min = signed_at(&head, 38);
    metrics->x_max = signed_at(&head, 40);
    metrics->y_max = signed_at(&head, 42);
    release_table(&head);
}

/* Some files of Chinese foundries give the descent without its sign. */
static void read_heights(
        hb_face_t *hb, const struct table *os2, struct gs_pdf_metrics *metrics)
{
    struct table hhea = read_table(hb, HB_TAG('h', 'h', 'e', 'a'));
    metrics->ascent = signed_at(os2, 68);
    metrics->descent = signed_at(os2, 70);
    if (metrics->ascent == 0) {
        metrics->ascent = signed_at(&hhea, 4);
        metrics->descent = signed_at(&hhea, 6);
    }
    metrics->descent = -abs(metrics->descent);
    metrics->cap_height = unsigned_at(os2, 0) >= 2 ? signed_at(os2, 88) : 0;
    if (metrics->cap_height <= 0) {
        metrics->cap_height = metrics->ascent;
    }
    release_table(&hhea);
}

static void read_post(hb_face_t *hb, struct gs_pdf_metrics *metrics)
{
    struct table post = read_table(hb, HB_TAG('p', 'o', 's', 't'));
    const int whole = signed_at(&post, 4);
    const unsigned fraction = unsigned_at(&post, 6);
    metrics->italic_angle = whole * 1000 + (int)(fraction * 1000u / 65536u);
    metrics->fixed_pitch =
            (unsigned_at(&post, 12) | unsigned_at(&post, 14)) != 0;
    release_table(&post);
}

static void read_metrics(
        hb_face_t *hb, const struct table *os2, struct gs_pdf_metrics *metrics)
{
    metrics->units = (int)hb_face_get_upem(hb);
    metrics->truetype = has_table(hb, HB_TAG('g', 'l', 'y', 'f'));
    read_name(hb, metrics->name, sizeof metrics->name);
    read_box(hb, metrics);
    read_heights(hb, os2, metrics);
    read_post(hb, metrics);
    /* Regular (400) gets 88, bold (700) 166. */
    const int weight = CLAMP((int)unsigned_at(os2, 4), 100, 900);
    metrics->stem_v = weight == 100 ? 50 : 10 + (weight - 100) * 26 / 100;
}

/*
 * Some faces of the nineties hold strokes that only their instructions put in
 * place; FreeType knows them.  Without instructions they would be drawn wrong.
 */
static bool needs_instructions(const void *bytes, size_t size, unsigned index)
{
    FT_Library library;
    FT_Face face;
    bool needs = false;
    if (FT_Init_FreeType(&library) != 0) {
        return false;
    }
    if (FT_New_Memory_Face(
                library, bytes, (FT_Long)size, (FT_Long)index, &face) == 0) {
        needs = FT_IS_TRICKY(face);
        FT_Done_Face(face);
    }
    FT_Done_FreeType(library);
    return needs;
}

/* --- the face ----------------------------------------------------------------------- */

static const char *find_error(hb_face_t *hb, const struct table *os2)
{
    const unsigned units = hb_face_get_upem(hb);
    const unsigned count = hb_face_get_glyph_count(hb);
    if (count == 0 || units == 0 || units > UNITS_MAX ||
            !has_table(hb, HB_TAG('h', 'e', 'a', 'd'))) {
        return GS_WORD(N_("not a font, or damaged"));
    }
    if (!has_table(hb, HB_TAG('g', 'l', 'y', 'f')) &&
            !has_table(hb, HB_TAG('C', 'F', 'F', ' ')) &&
            !has_table(hb, HB_TAG('C', 'F', 'F', '2'))) {
        return GS_WORD(N_("it has no outlines"));
    }
    return find_embedding_error(os2);
}

struct gs_pdf_face *gs_pdf_face_new(const void *bytes, size_t size,
        unsigned index, unsigned tolerance, const char **error)
{
    if (size > UINT32_MAX) {
        *error = GS_WORD(N_("the file is too large"));
        return NULL;
    }
    hb_blob_t *blob = hb_blob_create(
            bytes, (unsigned)size, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *hb = hb_face_create(blob, index);
    hb_blob_destroy(blob);

    struct gs_pdf_face *face = NULL;
    struct table os2 = read_table(hb, HB_TAG('O', 'S', '/', '2'));
    *error = find_error(hb, &os2);
    if (*error == NULL && has_table(hb, HB_TAG('g', 'l', 'y', 'f')) &&
            needs_instructions(bytes, size, index)) {
        *error = GS_WORD(
                N_("its outlines are put together by instructions, which a "
                   "PDF file of this writer does not hold"));
    }
    if (*error == NULL) {
        face = g_new0(struct gs_pdf_face, 1);
        read_metrics(hb, &os2, &face->metrics);
        face->tolerance = (double)tolerance * face->metrics.units / 1000;
        face->hb = hb_face_reference(hb);
        face->font = hb_font_create(hb);
        hb_font_set_scale(face->font, face->metrics.units, face->metrics.units);
        face->functions = gs_pdf_path_functions_new();
        gs_pdf_glyphs_init(&face->outlines, hb);
        face->glyph_count = hb_face_get_glyph_count(hb);
        face->glyphs = g_new0(struct gs_pdf_glyph *, face->glyph_count);
    }
    release_table(&os2);
    hb_face_destroy(hb);
    return face;
}

void gs_pdf_face_free(struct gs_pdf_face *face)
{
    if (face == NULL) {
        return;
    }
    for (unsigned i = 0; i < face->glyph_count; i++) {
        if (face->glyphs[i] != NULL) {
            gs_pdf_piece_release(&face->glyphs[i]->piece);
            g_free(face->glyphs[i]->bytes);
            g_free(face->glyphs[i]);
        }
    }
    g_free(face->glyphs);
    g_free(face->code);
    gs_pdf_path_release(&face->path);
    gs_pdf_buffer_release(&face->bytes);
    gs_pdf_glyphs_release(&face->outlines);
    hb_draw_funcs_destroy(face->functions);
    hb_font_destroy(face->font);
    hb_face_destroy(face->hb);
    g_free(face);
}

static void release_attachment(void *face)
{
    gs_pdf_face_free(face);
}

/* In 1/1000 em. */
static unsigned tolerance_of(const struct gs_face *face, bool is_small)
{
    if (gs_face_is_exact(face)) {
        return 0;
    }
    return is_small ? GS_PDF_TOLERANCE_SMALL : GS_PDF_TOLERANCE;
}

struct gs_pdf_face *gs_pdf_face_of(
        const struct gs_face *face, bool is_small, const char **error)
{
    static const char keys[2];
    const char *key = &keys[is_small];
    struct gs_pdf_face *kept = gs_face_attachment(face, key);
    if (kept == NULL) {
        size_t size = 0;
        const void *bytes = gs_face_data(face, &size);
        kept = gs_pdf_face_new(bytes, size, (unsigned)gs_face_index(face),
                tolerance_of(face, is_small), error);
        if (kept != NULL) {
            gs_face_attach(face, key, kept, release_attachment);
        }
    }
    return kept;
}

const struct gs_pdf_metrics *gs_pdf_face_metrics(const struct gs_pdf_face *face)
{
    return &face->metrics;
}

int gs_pdf_face_default_advance(const struct gs_pdf_face *face)
{
    return face->metrics.units; /* that of a Han character */
}

/* --- glyphs ------------------------------------------------------------------------- */

/* Leaves the glyph's bytes in face->bytes; what is wrong with it, or NULL. */
static const char *encode(
        struct gs_pdf_face *face, uint32_t index, struct gs_pdf_glyph *glyph)
{
    glyph->advance = hb_font_get_glyph_h_advance(face->font, index);
    if (glyph->advance < 0 || glyph->advance > ADVANCE_MAX) {
        return GS_WORD(N_("a glyph is too wide"));
    }
    if (!gs_pdf_glyphs_can_draw(&face->outlines, index)) {
        return GS_WORD(N_("a glyph has too many parts"));
    }
    if (!gs_pdf_path_draw(&face->path, face->font, face->functions, index)) {
        return GS_WORD(N_("the outline of a glyph is out of bounds"));
    }
    if (face->tolerance > 0) {
        gs_pdf_path_simplify(&face->path, face->tolerance);
    }
    face->bytes.size = 0;
    const bool ok = face->metrics.truetype
            ? gs_pdf_glyf_put(&face->bytes, &face->path, &glyph->glyf)
            : gs_pdf_charstring_put(&face->bytes, &face->path, glyph->advance,
                      gs_pdf_face_default_advance(face));
    return ok ? NULL : "the outline of a glyph is of a wrong kind";
}

static uint32_t sum_words(const unsigned char *bytes, size_t size)
{
    uint32_t sum = 0;
    for (size_t i = 0; i + 4 <= size; i += 4) {
        sum += (uint32_t)bytes[i] << 24 | (uint32_t)bytes[i + 1] << 16 |
                (uint32_t)bytes[i + 2] << 8 | bytes[i + 3];
    }
    return sum;
}

const struct gs_pdf_glyph *gs_pdf_face_glyph(
        struct gs_pdf_face *face, uint32_t index, const char **error)
{
    if (index >= face->glyph_count) {
        *error = GS_WORD(N_("a glyph is not in the file"));
        return NULL;
    }
    if (face->glyphs[index] == NULL) {
        struct gs_pdf_glyph glyph = {0};
        const char *wrong = encode(face, index, &glyph);
        if (wrong != NULL) {
            *error = wrong;
            return NULL;
        }
        glyph.size = face->bytes.size;
        glyph.bytes = g_memdup2(face->bytes.bytes, glyph.size);
        if (face->metrics.truetype) {
            glyph.sum = sum_words(glyph.bytes, glyph.size);
        }
        face->glyphs[index] = g_memdup2(&glyph, sizeof glyph);
    }
    return face->glyphs[index];
}

static void count_bytes(
        struct gs_pdf_face *face, uint32_t counts[GS_PDF_LITERALS])
{
    const unsigned stride = MAX(face->glyph_count / SAMPLE_GLYPHS, 1);
    for (unsigned i = 0; i < face->glyph_count; i += stride) {
        struct gs_pdf_glyph glyph = {0};
        if (encode(face, i, &glyph) == NULL) {
            for (size_t k = 0; k < face->bytes.size; k++) {
                counts[(unsigned char)face->bytes.bytes[k]]++;
            }
        }
    }
}

/*
 * Numbers of a charstring that lie side by side are about as frequent, so that more
 * is learnt of one from two on each side of it, too.  Zero is a case of its own
 * (Adobe Technical Note 5177, 3.2).
 */
static void smooth_numbers(uint32_t counts[GS_PDF_LITERALS])
{
    enum { FIRST = 32, ZERO = 139, LAST = 246, REACH = 2 };
    uint32_t smoothed[GS_PDF_LITERALS];
    for (int i = 0; i < GS_PDF_LITERALS; i++) {
        const bool is_number = i >= FIRST && i <= LAST && i != ZERO;
        smoothed[i] = counts[i];
        for (int k = i - REACH; k <= i + REACH; k++) {
            const bool is_other = !is_number || k == ZERO;
            smoothed[i] += counts[is_other ? i : CLAMP(k, FIRST, LAST)];
        }
    }
    memcpy(counts, smoothed, sizeof smoothed);
}

const struct gs_pdf_code *gs_pdf_face_code(struct gs_pdf_face *face)
{
    if (face->code == NULL) {
        uint32_t counts[GS_PDF_LITERALS] = {0};
        count_bytes(face, counts);
        if (!face->metrics.truetype) {
            smooth_numbers(counts);
        }
        face->code = g_new(struct gs_pdf_code, 1);
        gs_pdf_code_init(face->code, counts);
    }
    return face->code;
}

const struct gs_pdf_piece *gs_pdf_face_piece(
        struct gs_pdf_face *face, uint32_t index)
{
    struct gs_pdf_glyph *glyph = face->glyphs[index];
    assert(glyph != NULL); /* it was asked for before */
    if (glyph->piece.words == NULL) {
        glyph->piece = gs_pdf_code_piece(
                gs_pdf_face_code(face), glyph->bytes, glyph->size);
    }
    return &glyph->piece;
}
