/*
 * The libharu writer: faces and text.
 *
 * libharu takes text, not glyphs, and looks each character up in the face's cmap
 * itself.  It advances by widths of its own, cut down to thousandths of an em;
 * where a character would fall beside the place that layout gave it, a new text
 * position is set.
 */
#include "write/haru.h"

#include <string.h>

#include "base/diag.h"
#include "model/doc.h"
#include "text/fonts.h"

/* --- faces --------------------------------------------------------------------- */

static HPDF_Font load_font(struct gs_haru *haru, const struct gs_face *face)
{
    const char *path = gs_face_path(face);
    const char *name;

    if (!gs_face_is_truetype(face)) {
        gs_writer_fail(&haru->base, GS_DIAG_WRITER_FACE, GS_NO_LOC,
                GS_ARGS(haru->base.ops->name, path,
                        GS_WORD(N_("its outlines are CFF"))));
        return NULL;
    }
    char *lower = g_ascii_strdown(path, -1);
    if (g_str_has_suffix(lower, ".ttc") || g_str_has_suffix(lower, ".otc")) {
        name = HPDF_LoadTTFontFromFile2(
                haru->pdf, path, (HPDF_UINT)gs_face_index(face), HPDF_TRUE);
    } else {
        name = HPDF_LoadTTFontFromFile(haru->pdf, path, HPDF_TRUE);
    }
    g_free(lower);
    return name == NULL ? NULL : HPDF_GetFont(haru->pdf, name, "UTF-8");
}

static HPDF_Font find_font(struct gs_haru *haru, const struct gs_face *face)
{
    char *key =
            g_strdup_printf("%s:%d", gs_face_path(face), gs_face_index(face));
    HPDF_Font font = g_hash_table_lookup(haru->fonts, key);

    if (font == NULL) {
        font = load_font(haru, face);
    }
    if (font == NULL) {
        g_free(key);
        /* The error handler has the words, if it was libharu that refused. */
        gs_writer_fail(&haru->base, GS_DIAG_WRITER_FACE, GS_NO_LOC,
                GS_ARGS(haru->base.ops->name, gs_face_path(face),
                        "libharu cannot load it"));
        return NULL;
    }
    g_hash_table_replace(haru->fonts, key, font);
    return font;
}

/* --- the text state -------------------------------------------------------------- */

void gs_haru_end_text(struct gs_haru *haru)
{
    if (haru->in_text) {
        HPDF_Page_EndText(haru->page);
        haru->in_text = false;
    }
}

static void begin_text(struct gs_haru *haru)
{
    if (!haru->in_text) {
        HPDF_Page_BeginText(haru->page);
        haru->in_text = true;
    }
}

/*
 * A face without a bold is stroked around as well.  FreeType, which does it for
 * Cairo, adds 1/24 em to each stem.
 */
#define BOLD_PART 24

static void set_bold(struct gs_haru *haru, const struct gs_glyph_run *run)
{
    if (run->embolden) {
        HPDF_Page_SetTextRenderingMode(haru->page, HPDF_FILL_THEN_STROKE);
        HPDF_Page_SetLineWidth(haru->page, gs_haru_pt(run->size) / BOLD_PART);
        HPDF_Page_SetDash(haru->page, NULL, 0, 0);
        HPDF_Page_SetRGBStroke(haru->page, (float)run->color.red / 255,
                (float)run->color.green / 255, (float)run->color.blue / 255);
    } else if (haru->bold) {
        HPDF_Page_SetTextRenderingMode(haru->page, HPDF_FILL);
    }
    haru->bold = run->embolden;
}

static bool set_font(struct gs_haru *haru, const struct gs_glyph_run *run)
{
    HPDF_Font font = find_font(haru, run->face);

    if (font == NULL) {
        return false;
    }
    begin_text(haru);
    if (font != haru->font || run->size != haru->size) {
        HPDF_Page_SetFontAndSize(haru->page, font, gs_haru_pt(run->size));
        haru->font = font;
        haru->size = run->size;
    }
    HPDF_Page_SetRGBFill(haru->page, (float)run->color.red / 255,
            (float)run->color.green / 255, (float)run->color.blue / 255);
    set_bold(haru, run);
    return !haru->base.failed;
}

/* --- runs ------------------------------------------------------------------------- */

bool gs_haru_refuses(
        struct gs_haru *haru, const char *text, size_t size, struct gs_loc loc)
{
    const char *end = text + size;

    for (const char *c = text; c < end; c += g_utf8_skip[(guchar)*c]) {
        gunichar code = g_utf8_get_char(c);
        if (code <= 0xFFFF && code != 0) {
            continue;
        }
        char word[32] = "";
        char utf8[8] = "";
        utf8[g_unichar_to_utf8(code, utf8)] = '\0';
        g_snprintf(word, sizeof(word), "U+%04X %s", code, utf8);
        gs_writer_fail(&haru->base, GS_DIAG_WRITER_CHARACTER, loc,
                GS_ARGS(haru->base.ops->name, word));
        return true;
    }
    return false;
}

/* A stretch of text that libharu advances as layout did. */
struct piece {
    const struct gs_glyph_run *run;
    struct gs_point origin; /* of the run */
    struct gs_point start; /* from there, along the run and across */
    gs_len pen; /* where the next character would fall, along the run */
    struct gs_loc loc;
};

/* libharu drops text of no width in silence, so we may not. */
static void show_piece(struct gs_haru *haru, const struct piece *piece)
{
    if (haru->text->len == 0 || haru->base.failed) {
        return;
    }
    if (HPDF_Page_TextWidth(haru->page, haru->text->str) <= 0) {
        gs_writer_fail(&haru->base, GS_DIAG_WRITER_CHARACTER, piece->loc,
                GS_ARGS(haru->base.ops->name, haru->text->str));
        return;
    }
    const struct gs_point at = gs_glyph_run_point(
            piece->run, piece->origin, piece->start.x, piece->start.y);
    const HPDF_REAL c = piece->run->turn == 0, s = piece->run->turn == 90;
    HPDF_Page_SetTextMatrix(haru->page, c, -s, s, c, gs_haru_pt(at.x),
            gs_haru_y(haru, at.y));
    HPDF_Page_ShowText(haru->page, haru->text->str);
    g_string_truncate(haru->text, 0);
}

static gs_len natural_width(
        const struct gs_haru *haru, const char *text, size_t size)
{
    const char *end = text + size;
    gs_len width = 0;

    for (const char *c = text; c < end; c += g_utf8_skip[(guchar)*c]) {
        int thousandths = HPDF_Font_GetUnicodeWidth(
                haru->font, (HPDF_UNICODE)g_utf8_get_char(c));
        width += gs_len_scale(haru->size, thousandths, 1000);
    }
    return width;
}

static void show_clusters(struct gs_haru *haru, struct piece *piece)
{
    const struct gs_glyph_run *run = piece->run;
    const gs_len tolerance = run->size / 256;
    const char *text = run->text;
    size_t first = 0; /* glyph of the cluster */

    for (size_t i = 0; i < run->cluster_count; i++) {
        const struct gs_cluster *cluster = &run->clusters[i];
        struct gs_point at = {piece->pen, piece->start.y};
        if (cluster->glyphs > 0 && first < run->glyph_count) {
            at.x = run->glyphs[first].x;
            at.y = run->glyphs[first].y;
        }
        gs_len off = at.x - piece->pen;
        if (off > tolerance || off < -tolerance || at.y != piece->start.y) {
            show_piece(haru, piece);
            piece->start = at;
            piece->pen = at.x;
        }
        g_string_append_len(haru->text, text, cluster->bytes);
        piece->pen += natural_width(haru, text, cluster->bytes);
        text += cluster->bytes;
        first += cluster->glyphs;
    }
    show_piece(haru, piece);
}

void gs_haru_show_glyphs(struct gs_writer *base, struct gs_point origin,
        const struct gs_glyph_run *run)
{
    struct gs_haru *haru = gs_haru_cast(base);
    struct gs_loc loc = GS_NO_LOC;

    if (run->source != NULL) {
        loc = run->source->origin.loc;
    }
    if (!gs_haru_can_draw(haru) ||
            gs_haru_refuses(haru, run->text, run->text_size, loc) ||
            !set_font(haru, run)) {
        return;
    }
    if (run->embolden) { /* FreeType grows a glyph to the right and up */
        const gs_len grown = run->size / (2 * BOLD_PART);
        origin = gs_glyph_run_point(run, origin, grown, -grown);
    }
    struct piece piece = {.run = run, .origin = origin, .loc = loc};
    g_string_truncate(haru->text, 0);
    show_clusters(haru, &piece);
}
