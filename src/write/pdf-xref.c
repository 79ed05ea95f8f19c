/*
 * The cross-references of a PDF file.
 */
#include "write/pdf-xref.h"

#include <assert.h>
#include <string.h>

/* Where an object lies: in the file, or as which of an object stream. */
enum place_kind { PLACE_NONE, PLACE_FILE, PLACE_PACKED };
struct place {
    uint64_t kind : 2;
    uint64_t at : 54; /* offset, or the object stream's number */
    uint64_t index : 8; /* in an object stream */
};
#define AT_MASK ((UINT64_C(1) << 54) - 1)

/* --- places ----------------------------------------------------------------------- */

static struct place *place_at(const struct gs_pdf_xref *xref, unsigned number)
{
    return &g_array_index(xref->places, struct place, number);
}

void gs_pdf_xref_init(struct gs_pdf_xref *xref)
{
    xref->places = g_array_new(FALSE, FALSE, sizeof(struct place));
}

void gs_pdf_xref_release(struct gs_pdf_xref *xref)
{
    g_array_free(xref->places, TRUE);
}

void gs_pdf_xref_empty(struct gs_pdf_xref *xref)
{
    g_array_set_size(xref->places, 0);
    gs_pdf_xref_reserve(xref); /* number 0 is none of ours */
}

unsigned gs_pdf_xref_reserve(struct gs_pdf_xref *xref)
{
    const struct place none = {.kind = PLACE_NONE};

    g_array_append_val(xref->places, none);
    return xref->places->len - 1;
}

unsigned gs_pdf_xref_count(const struct gs_pdf_xref *xref)
{
    return xref->places->len;
}

static void set_place(
        struct gs_pdf_xref *xref, unsigned number, struct place place)
{
    struct place *found = place_at(xref, number);

    assert(number > 0 && number < xref->places->len);
    assert(found->kind == PLACE_NONE); /* an object is written once */
    *found = place;
}

void gs_pdf_xref_set_offset(
        struct gs_pdf_xref *xref, unsigned number, uint64_t offset)
{
    set_place(xref, number,
            (struct place){.kind = PLACE_FILE, .at = offset & AT_MASK});
}

void gs_pdf_xref_set_packed(struct gs_pdf_xref *xref, unsigned number,
        unsigned pack, unsigned index)
{
    set_place(xref, number,
            (struct place){
                    .kind = PLACE_PACKED, .at = pack, .index = index & 0xFF});
}

bool gs_pdf_xref_is_complete(const struct gs_pdf_xref *xref, unsigned open)
{
    for (guint i = 1; i < xref->places->len; i++) {
        if (i != open && place_at(xref, i)->kind == PLACE_NONE) {
            return false;
        }
    }
    return true;
}

/* --- the table -------------------------------------------------------------------- */

/* One line of the plain table is 20 bytes (7.5.4). */
static void put_line(const struct place *place, struct gs_pdf_buffer *out)
{
    char line[24];

    if (place->kind == PLACE_FILE) {
        g_snprintf(line, sizeof line, "%010" G_GUINT64_FORMAT " 00000 n \n",
                (guint64)place->at);
    } else {
        g_strlcpy(line, "0000000000 65535 f \n", sizeof line);
    }
    gs_pdf_puts(out, line);
}

void gs_pdf_xref_put_table(
        const struct gs_pdf_xref *xref, struct gs_pdf_buffer *out)
{
    gs_pdf_puts(out, "xref\n0 ");
    gs_pdf_put_int(out, xref->places->len);
    gs_pdf_puts(out, "\n");
    for (guint i = 0; i < xref->places->len; i++) {
        put_line(place_at(xref, i), out);
    }
}

/* --- the stream ------------------------------------------------------------------- */

/* Bytes of an entry of a cross-reference stream (7.5.8): kind, place, index. */
#define ENTRY_MAX 9

static void fill_entry(
        uint8_t *entry, unsigned width, const struct place *place)
{
    entry[0] = (uint8_t)place->kind;
    for (unsigned i = 0; i < width; i++) {
        entry[1 + i] = (uint8_t)(place->at >> (8 * (width - 1 - i)));
    }
    entry[1 + width] = (uint8_t)place->index;
}

/*
 * For compression, each entry as its difference from the one before (the PNG filter
 * Up): entries that lie side by side are then alike, and the table is a third in size.
 */
static void put_entries(const GArray *places, unsigned width, bool differences,
        struct gs_pdf_buffer *out)
{
    uint8_t before[ENTRY_MAX] = {0}, entry[ENTRY_MAX];
    uint8_t row[ENTRY_MAX + 1] = {2};

    for (guint i = 0; i < places->len; i++) {
        fill_entry(entry, width, &g_array_index(places, struct place, i));
        if (!differences) {
            gs_pdf_put(out, entry, width + 2);
            continue;
        }
        for (size_t k = 0; k < width + 2; k++) {
            row[k + 1] = (uint8_t)(entry[k] - before[k]);
        }
        gs_pdf_put(out, row, width + 3);
        memcpy(before, entry, sizeof before);
    }
}

/* Bytes that a place takes: none lies behind the stream itself. */
static unsigned place_width(uint64_t start)
{
    unsigned width = 1;
    while (start >> (8 * width) > 0) {
        width++;
    }
    return width;
}

size_t gs_pdf_xref_stream_size(const struct gs_pdf_xref *xref, uint64_t start)
{
    return (size_t)xref->places->len * (place_width(start) + 3);
}

void gs_pdf_xref_put_format(
        struct gs_pdf_buffer *out, uint64_t start, bool differences)
{
    unsigned width = place_width(start);

    gs_pdf_puts(out, "/Type/XRef/W[1 ");
    gs_pdf_put_int(out, width);
    gs_pdf_puts(out, " 1]");
    if (differences) {
        gs_pdf_puts(out, "/DecodeParms<</Predictor 12/Columns ");
        gs_pdf_put_int(out, width + 2);
        gs_pdf_puts(out, ">>");
    }
}

void gs_pdf_xref_put_entries(struct gs_pdf_xref *xref, unsigned number,
        uint64_t start, bool differences, struct gs_pdf_buffer *out)
{
    /* Its own entry is among them, so its place is known before it is written. */
    struct place *own = place_at(xref, number);

    *own = (struct place){.kind = PLACE_FILE, .at = start & AT_MASK};
    put_entries(xref->places, place_width(start), differences, out);
    *own = (struct place){.kind = PLACE_NONE};
}
