/*
 * Fonts of one document: a Type 0 font with its CIDFont, descriptor, program and
 * ToUnicode CMap (ISO 32000-1, 9.7 to 9.10).
 */
#include "write/pdf-font.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "base/diag.h"
#include "write/pdf-cmap.h"
#include "write/pdf-face.h"
#include "write/pdf-file.h"
#include "write/pdf-program.h"
#include "write/pdf-slots.h"

/* Letters of a subset's tag, and the + (9.6.4). */
#define TAG_SIZE 7u
#define GLYPHS_FIRST 512u

/* Codes whose CMap is worth more than the header of a code. */
#define CODED_LEAST 128u
#define NAME_ROOM (TAG_SIZE + GS_PDF_NAME_ROOM)

struct gs_pdf_font {
    struct gs_pdf_face *face;
    struct gs_pdf_slots slots;
    const struct gs_pdf_glyph **glyphs; /* by code */
    size_t glyph_room;
};

/* --- codes ---------------------------------------------------------------------- */

/* Font units in 1/1000 em. */
static int scale(const struct gs_pdf_font *font, int value)
{
    const int units = gs_pdf_face_metrics(font->face)->units;
    const int product = value * 1000, half = units / 2;
    return (product < 0 ? product - half : product + half) / units;
}

static void set_glyph(struct gs_pdf_font *font, unsigned code,
        const struct gs_pdf_glyph *glyph)
{
    if (code >= font->glyph_room) {
        font->glyph_room = 2 * (size_t)code + GLYPHS_FIRST;
        font->glyphs = g_renew(
                const struct gs_pdf_glyph *, font->glyphs, font->glyph_room);
    }
    font->glyphs[code] = glyph;
    font->slots.slots[code].width = scale(font, glyph->advance);
}

struct gs_pdf_font *gs_pdf_font_new_from(
        struct gs_pdf_face *face, const char **error)
{
    const struct gs_pdf_glyph *notdef = gs_pdf_face_glyph(face, 0, error);
    if (notdef == NULL) {
        return NULL;
    }
    struct gs_pdf_font *font = g_new0(struct gs_pdf_font, 1);
    font->face = face;
    gs_pdf_slots_init(&font->slots);
    set_glyph(font, 0, notdef);
    return font;
}

struct gs_pdf_font *gs_pdf_font_new(
        const struct gs_face *face, bool is_small, const char **error)
{
    struct gs_pdf_face *kept = gs_pdf_face_of(face, is_small, error);
    return kept != NULL ? gs_pdf_font_new_from(kept, error) : NULL;
}

void gs_pdf_font_free(struct gs_pdf_font *font)
{
    if (font != NULL) {
        gs_pdf_slots_release(&font->slots);
        g_free(font->glyphs);
        g_free(font);
    }
}

const struct gs_pdf_slots *gs_pdf_font_slots(const struct gs_pdf_font *font)
{
    return &font->slots;
}

unsigned gs_pdf_font_code(struct gs_pdf_font *font, uint32_t glyph,
        const char *text, size_t size, const char **error)
{
    const unsigned code = gs_pdf_slots_find(&font->slots, glyph, text, size);
    return code != 0 ? code : gs_pdf_font_add(font, glyph, text, size, error);
}

unsigned gs_pdf_font_add(struct gs_pdf_font *font, uint32_t glyph,
        const char *text, size_t size, const char **error)
{
    if (font->slots.count == GS_PDF_SLOTS_MAX) {
        *error = GS_WORD(
                N_("more glyphs are wanted than a font can have codes"));
        return 0;
    }
    const struct gs_pdf_glyph *wanted =
            gs_pdf_face_glyph(font->face, glyph, error);
    if (wanted == NULL) {
        return 0;
    }
    const unsigned code = gs_pdf_slots_add(&font->slots, glyph, text, size);
    set_glyph(font, code, wanted);
    return code;
}

int gs_pdf_font_width(const struct gs_pdf_font *font, unsigned code)
{
    return font->slots.slots[code].width;
}

/* --- the program ------------------------------------------------------------------ */

/* A hash of what is shown, so that parts of one face that differ have two names. */
static void make_name(const struct gs_pdf_font *font, char *name, size_t room)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325); /* FNV-1a, by words */
    for (size_t i = 0; i < font->slots.count; i++) {
        hash = (hash ^ font->slots.slots[i].glyph) * UINT64_C(0x100000001B3);
        hash = (hash ^ font->slots.slots[i].text) * UINT64_C(0x100000001B3);
    }
    hash ^= hash >> 29;
    for (unsigned i = 0; i < TAG_SIZE - 1; i++) {
        name[i] = (char)('A' + hash % 26);
        hash /= 26;
    }
    name[TAG_SIZE - 1] = '+';
    g_strlcpy(name + TAG_SIZE, gs_pdf_face_metrics(font->face)->name,
            room - TAG_SIZE);
}

static void put_head(const struct gs_pdf_font *font, struct gs_pdf_buffer *out)
{
    if (gs_pdf_face_metrics(font->face)->truetype) {
        gs_pdf_truetype_put_head(
                out, font->face, font->glyphs, font->slots.count);
    } else {
        char name[NAME_ROOM];
        make_name(font, name, sizeof name);
        gs_pdf_cff_put_head(
                out, font->face, name, font->glyphs, font->slots.count);
    }
}

void gs_pdf_font_put_program(
        const struct gs_pdf_font *font, struct gs_pdf_buffer *out)
{
    put_head(font, out);
    for (size_t i = 0; i < font->slots.count; i++) {
        gs_pdf_put(out, font->glyphs[i]->bytes, font->glyphs[i]->size);
    }
}

size_t gs_pdf_font_put_coded_program(
        const struct gs_pdf_font *font, struct gs_pdf_buffer *out)
{
    struct gs_pdf_buffer head = {0};
    const struct gs_pdf_piece **pieces =
            g_new(const struct gs_pdf_piece *, font->slots.count);
    put_head(font, &head);
    size_t size = head.size;
    for (size_t i = 0; i < font->slots.count; i++) {
        pieces[i] = gs_pdf_face_piece(font->face, font->slots.slots[i].glyph);
        size += pieces[i]->size;
    }
    gs_pdf_code_stream(gs_pdf_face_code(font->face), &head, pieces,
            font->slots.count, out);
    g_free(pieces);
    gs_pdf_buffer_release(&head);
    return size;
}

static void write_program(const struct gs_pdf_font *font,
        struct gs_pdf_file *file, unsigned number)
{
    const bool is_small = gs_pdf_file_is_small(file);
    struct gs_pdf_buffer entries = {0}, plain = {0};
    struct gs_pdf_buffer *program = &plain;
    size_t size;
    if (is_small) {
        gs_pdf_font_put_program(font, program);
        size = program->size;
    } else {
        program = gs_pdf_begin_deflated(file);
        size = gs_pdf_font_put_coded_program(font, program);
    }
    if (gs_pdf_face_metrics(font->face)->truetype) {
        gs_pdf_puts(&entries, "/Length1 ");
        gs_pdf_put_int(&entries, (int64_t)size);
    } else {
        gs_pdf_puts(&entries, "/Subtype/CIDFontType0C");
    }
    gs_pdf_put(&entries, "", 1);
    (is_small ? gs_pdf_stream : gs_pdf_stream_deflated)(
            file, number, entries.bytes, program->bytes, program->size);
    gs_pdf_buffer_release(&entries);
    gs_pdf_buffer_release(&plain);
}

/* --- the dictionaries --------------------------------------------------------------- */

struct numbers {
    unsigned font, cid_font, descriptor, program, cmap, cid_set; /* 0: none */
};

static void put_key_ref(
        struct gs_pdf_buffer *out, const char *key, unsigned number)
{
    gs_pdf_puts(out, key);
    gs_pdf_put(out, " ", 1);
    gs_pdf_put_ref(out, number);
}

static void put_key_int(struct gs_pdf_buffer *out, const char *key, int value)
{
    gs_pdf_puts(out, key);
    gs_pdf_put(out, " ", 1);
    gs_pdf_put_int(out, value);
}

static void write_font(const struct numbers *numbers, const char *name,
        struct gs_pdf_file *file)
{
    struct gs_pdf_buffer *out = gs_pdf_begin(file, numbers->font);
    gs_pdf_puts(out, "<</Type/Font/Subtype/Type0/BaseFont");
    gs_pdf_put_name(out, name);
    gs_pdf_puts(out, "/Encoding/Identity-H/DescendantFonts[");
    gs_pdf_put_ref(out, numbers->cid_font);
    put_key_ref(out, "]/ToUnicode", numbers->cmap);
    gs_pdf_puts(out, ">>");
    gs_pdf_end(file);
}

/* The width that most codes have, if any is that of more than half (Boyer, Moore). */
static int find_usual_width(const struct gs_pdf_font *font)
{
    int usual = 0;
    size_t votes = 0;
    for (size_t i = 0; i < font->slots.count; i++) {
        const int width = gs_pdf_font_width(font, (unsigned)i);
        if (votes == 0) {
            usual = width;
        }
        votes = width == usual ? votes + 1 : votes - 1;
    }
    return usual;
}

/* Runs of codes that have not the usual width: first [width ...] (9.7.4.3). */
static void put_widths(
        const struct gs_pdf_font *font, struct gs_pdf_buffer *out)
{
    const int usual = find_usual_width(font);
    bool open = false;
    put_key_int(out, "/DW", usual);
    gs_pdf_puts(out, "/W[");
    for (size_t i = 0; i < font->slots.count; i++) {
        const int width = gs_pdf_font_width(font, (unsigned)i);
        if (width == usual) {
            gs_pdf_puts(out, open ? "]" : "");
            open = false;
            continue;
        }
        if (!open) {
            gs_pdf_put_int(out, (int64_t)i);
        }
        gs_pdf_puts(out, open ? " " : "[");
        gs_pdf_put_int(out, width);
        open = true;
    }
    gs_pdf_puts(out, open ? "]]" : "]");
}

static void write_cid_font(const struct gs_pdf_font *font,
        const struct numbers *numbers, const char *name,
        struct gs_pdf_file *file)
{
    const bool truetype = gs_pdf_face_metrics(font->face)->truetype;
    struct gs_pdf_buffer *out = gs_pdf_begin(file, numbers->cid_font);
    gs_pdf_puts(out, "<</Type/Font/Subtype");
    gs_pdf_puts(out,
            truetype ? "/CIDFontType2/CIDToGIDMap/Identity" : "/CIDFontType0");
    gs_pdf_puts(out, "/BaseFont");
    gs_pdf_put_name(out, name);
    gs_pdf_puts(out,
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            "/Supplement 0>>");
    put_widths(font, out);
    put_key_ref(out, "/FontDescriptor", numbers->descriptor);
    gs_pdf_puts(out, ">>");
    gs_pdf_end(file);
}

static int find_flags(const struct gs_pdf_metrics *metrics)
{
    enum { FIXED_PITCH = 1 << 0, SYMBOLIC = 1 << 2, ITALIC = 1 << 6 };
    return SYMBOLIC | (metrics->fixed_pitch ? FIXED_PITCH : 0) |
            (metrics->italic_angle != 0 ? ITALIC : 0);
}

static void write_descriptor(const struct gs_pdf_font *font,
        const struct numbers *numbers, const char *name,
        struct gs_pdf_file *file)
{
    const struct gs_pdf_metrics *metrics = gs_pdf_face_metrics(font->face);
    const int box[4] = {
            metrics->x_min, metrics->y_min, metrics->x_max, metrics->y_max};
    struct gs_pdf_buffer *out = gs_pdf_begin(file, numbers->descriptor);
    gs_pdf_puts(out, "<</Type/FontDescriptor/FontName");
    gs_pdf_put_name(out, name);
    put_key_int(out, "/Flags", find_flags(metrics));
    gs_pdf_puts(out, "/FontBBox[");
    for (int i = 0; i < 4; i++) {
        gs_pdf_puts(out, i > 0 ? " " : "");
        gs_pdf_put_int(out, scale(font, box[i]));
    }
    gs_pdf_puts(out, "]/ItalicAngle ");
    gs_pdf_put_milli(out, metrics->italic_angle);
    put_key_int(out, "/Ascent", scale(font, metrics->ascent));
    put_key_int(out, "/Descent", scale(font, metrics->descent));
    put_key_int(out, "/CapHeight", scale(font, metrics->cap_height));
    put_key_int(out, "/StemV", metrics->stem_v);
    put_key_ref(out, metrics->truetype ? "/FontFile2" : "/FontFile3",
            numbers->program);
    if (numbers->cid_set != 0) {
        put_key_ref(out, "/CIDSet", numbers->cid_set);
    }
    gs_pdf_puts(out, ">>");
    gs_pdf_end(file);
}

/* A bit for each CID, the first one highest: all there are (9.8.3.2). */
static void write_cid_set(const struct gs_pdf_font *font,
        struct gs_pdf_file *file, unsigned number)
{
    const size_t count = font->slots.count, size = (count + 7) / 8;
    unsigned char *bits = g_malloc(size);
    memset(bits, 0xFF, size);
    bits[size - 1] = (unsigned char)(0xFF << (8 * size - count) & 0xFF);
    gs_pdf_stream(file, number, "", bits, size);
    g_free(bits);
}

static void write_cmap(const struct gs_pdf_font *font, struct gs_pdf_file *file,
        unsigned number)
{
    struct gs_pdf_buffer cmap = {0};
    gs_pdf_cmap_put(&cmap, &font->slots);
    if (gs_pdf_file_is_small(file) || font->slots.count < CODED_LEAST) {
        gs_pdf_stream(file, number, "", cmap.bytes, cmap.size);
    } else {
        struct gs_pdf_buffer *coded = gs_pdf_begin_deflated(file);
        gs_pdf_cmap_put_coded(coded, &cmap);
        gs_pdf_stream_deflated(file, number, "", coded->bytes, coded->size);
    }
    gs_pdf_buffer_release(&cmap);
}

void gs_pdf_font_write(
        struct gs_pdf_font *font, struct gs_pdf_file *file, unsigned number)
{
    char name[NAME_ROOM];
    /* Only PDF/A-1 wants a CIDSet (ISO 19005-1, 6.3.5). */
    const bool wants_set = gs_pdf_file_standard(file) == GS_PDF_A_1B;
    const struct numbers numbers = {
            .font = number,
            .cid_font = gs_pdf_reserve(file),
            .descriptor = gs_pdf_reserve(file),
            .program = gs_pdf_reserve(file),
            .cmap = gs_pdf_reserve(file),
            .cid_set = wants_set ? gs_pdf_reserve(file) : 0,
    };
    assert(font->slots.count > 1); /* a font is written for what it shows */
    make_name(font, name, sizeof name);
    write_program(font, file, numbers.program);
    write_cmap(font, file, numbers.cmap);
    if (wants_set) {
        write_cid_set(font, file, numbers.cid_set);
    }
    write_descriptor(font, &numbers, name, file);
    write_cid_font(font, &numbers, name, file);
    write_font(&numbers, name, file);
}
