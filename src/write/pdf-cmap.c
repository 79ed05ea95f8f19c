/*
 * ToUnicode CMaps.
 */
#include "write/pdf-cmap.h"

#include <stdbool.h>

#include <glib.h>

/* Entries between beginbfchar and endbfchar (Adobe Technical Note 5014). */
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

static void put_entry(struct gs_pdf_buffer *out,
        const struct gs_pdf_slots *slots, unsigned code)
{
    char room[6];
    size_t size;
    const char *text = gs_pdf_slots_text(slots, code, room, &size);
    const char *end = text + size;
    const unsigned char source[2] = {
            (unsigned char)(code >> 8), (unsigned char)(code & 0xFF)};

    gs_pdf_put(out, "<", 1);
    gs_pdf_put_hex(out, source, sizeof source);
    gs_pdf_put(out, "><", 2);
    if (text == end) {
        put_character(out, REPLACEMENT);
    }
    for (int i = 0; text < end && i < CHARACTERS_MAX; i++) {
        put_character(out, g_utf8_get_char(text));
        text = g_utf8_next_char(text);
    }
    gs_pdf_put(out, ">\n", 2);
}

void gs_pdf_cmap_put(
        struct gs_pdf_buffer *out, const struct gs_pdf_slots *slots)
{
    gs_pdf_puts(out, prologue);
    for (size_t first = 1; first < slots->count; first += BLOCK_MAX) {
        const size_t end = MIN(first + BLOCK_MAX, slots->count);
        gs_pdf_put_int(out, (int64_t)(end - first));
        gs_pdf_puts(out, " beginbfchar\n");
        for (size_t code = first; code < end; code++) {
            put_entry(out, slots, (unsigned)code);
        }
        gs_pdf_puts(out, "endbfchar\n");
    }
    gs_pdf_puts(out, epilogue);
}
