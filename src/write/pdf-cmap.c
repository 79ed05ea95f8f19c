/*
 * ToUnicode CMaps.
 */
#include "write/pdf-cmap.h"

#include <stdbool.h>

#include <glib.h>

/* Ranges between beginbfrange and endbfrange (Adobe Technical Note 5014). */
#define BLOCK_MAX 100u

/* Of one code; the format holds 512 bytes of UTF-16. */
#define CHARACTERS_MAX 128

#define REPLACEMENT 0xFFFDu

static const char prologue[] =
        "/CIDInit /ProcSet findresource begin\n"
        "12 dict begin\n"
        "begincmap\n"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        "/CMapName/Adobe-Identity-UCS def\n"
        "/CMapType 2 def\n"
        "1 begincodespacerange\n"
        "<0000><FFFF>\n"
        "endcodespacerange\n";

static const char epilogue[] = "endcmap\n"
                               "CMapName currentdict /CMap defineresource pop\n"
                               "end\n"
                               "end\n";

static void put_character(struct gs_pdf_buffer *out, uint32_t code)
{
    const bool allowed = code != 0 && code != 0xFEFF && code != 0xFFFE;
    gs_pdf_put_utf16(out, allowed ? code : REPLACEMENT);
}

/* What a code says, as an element of its range's array. */
static void put_text(struct gs_pdf_buffer *out,
        const struct gs_pdf_slots *slots, unsigned code)
{
    char room[6];
    size_t size;
    const char *text = gs_pdf_slots_text(slots, code, room, &size);
    const char *end = text + size;

    gs_pdf_put(out, "<", 1);
    if (text == end) {
        put_character(out, REPLACEMENT);
    }
    for (int i = 0; text < end && i < CHARACTERS_MAX; i++) {
        put_character(out, g_utf8_get_char(text));
        text = g_utf8_next_char(text);
    }
    gs_pdf_put(out, ">", 1);
}

static void put_code(struct gs_pdf_buffer *out, size_t code)
{
    const unsigned char bytes[2] = {
            (unsigned char)(code >> 8), (unsigned char)(code & 0xFF)};
    gs_pdf_put(out, "<", 1);
    gs_pdf_put_hex(out, bytes, sizeof bytes);
    gs_pdf_put(out, ">", 1);
}

/* The codes up to `end`, of which only the low byte differs (9.10.3). */
static void put_range(struct gs_pdf_buffer *out,
        const struct gs_pdf_slots *slots, size_t first, size_t end)
{
    put_code(out, first);
    put_code(out, end - 1);
    gs_pdf_put(out, "[", 1);
    for (size_t code = first; code < end; code++) {
        put_text(out, slots, (unsigned)code);
    }
    gs_pdf_put(out, "]\n", 2);
}

/* The first code past `code` with another high byte. */
static size_t range_end(size_t code, size_t count)
{
    return MIN((code | 0xFF) + 1, count);
}

void gs_pdf_cmap_put(
        struct gs_pdf_buffer *out, const struct gs_pdf_slots *slots)
{
    gs_pdf_puts(out, prologue);
    for (size_t first = 1; first < slots->count;) {
        const size_t ranges = ((slots->count - 1) >> 8) - (first >> 8) + 1;
        const size_t block = MIN(ranges, BLOCK_MAX);
        gs_pdf_put_int(out, (int64_t)block);
        gs_pdf_puts(out, " beginbfrange\n");
        for (size_t i = 0; i < block; i++) {
            const size_t end = range_end(first, slots->count);
            put_range(out, slots, first, end);
            first = end;
        }
        gs_pdf_puts(out, "endbfrange\n");
    }
    gs_pdf_puts(out, epilogue);
}
