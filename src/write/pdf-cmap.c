/*
 * ToUnicode CMaps.
 */
#include "write/pdf-cmap.h"

#include <stdbool.h>

#include <glib.h>

#include "write/pdf-code.h"

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

/* U+0000, U+FEFF and U+FFFE are no text that a CMap may hold. */
static uint32_t allowed(uint32_t character)
{
    return character != 0 && character != 0xFEFF && character != 0xFFFE
            ? character
            : REPLACEMENT;
}

/* A unit of UTF-16 between brackets. */
static void put_unit(struct gs_pdf_buffer *out, uint32_t unit)
{
    static const char digits[] = "0123456789ABCDEF";
    char *at = gs_pdf_buffer_reserve(out, 6);
    at[0] = '<';
    at[1] = digits[unit >> 12];
    at[2] = digits[unit >> 8 & 15];
    at[3] = digits[unit >> 4 & 15];
    at[4] = digits[unit & 15];
    at[5] = '>';
    out->size += 6;
}

static void put_long_text(struct gs_pdf_buffer *out,
        const struct gs_pdf_slots *slots, unsigned code)
{
    char room[6];
    size_t size;
    const char *text = gs_pdf_slots_text(slots, code, room, &size);
    const char *end = text + size;

    gs_pdf_put(out, "<", 1);
    if (text == end) {
        gs_pdf_put_utf16(out, REPLACEMENT);
    }
    for (int i = 0; text < end && i < CHARACTERS_MAX; i++) {
        gs_pdf_put_utf16(out, allowed(g_utf8_get_char(text)));
        text = g_utf8_next_char(text);
    }
    gs_pdf_put(out, ">", 1);
}

/* What a code says, as an element of its range's array: mostly one unit. */
static void put_text(struct gs_pdf_buffer *out,
        const struct gs_pdf_slots *slots, unsigned code)
{
    const uint32_t text = slots->slots[code].text;
    if (text <= 0xFFFF) {
        put_unit(out, allowed(text));
    } else {
        put_long_text(out, slots, code);
    }
}

/* The codes up to `end`, of which only the low byte differs (9.10.3). */
static void put_range(struct gs_pdf_buffer *out,
        const struct gs_pdf_slots *slots, size_t first, size_t end)
{
    put_unit(out, (uint32_t)first);
    put_unit(out, (uint32_t)end - 1);
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

/* --- coded ------------------------------------------------------------------- */

/* As often as four digits stand between two brackets. */
static void make_code(struct gs_pdf_code *code)
{
    uint32_t counts[GS_PDF_LITERALS] = {['<'] = 4000, ['>'] = 4000};
    for (const char *digit = "0123456789ABCDEF"; *digit != '\0'; digit++) {
        counts[(unsigned char)*digit] = 1000;
    }
    gs_pdf_code_init(code, counts);
}

static const struct gs_pdf_code *find_code(void)
{
    static struct gs_pdf_code code;
    static gsize is_made = 0;
    if (g_once_init_enter(&is_made)) {
        make_code(&code);
        g_once_init_leave(&is_made, 1);
    }
    return &code;
}

void gs_pdf_cmap_put_coded(
        struct gs_pdf_buffer *out, const struct gs_pdf_buffer *cmap)
{
    /* The code does not fit the prologue, which stays as it is. */
    const size_t begin = sizeof prologue - 1;
    const struct gs_pdf_buffer head = {.bytes = cmap->bytes, .size = begin};
    struct gs_pdf_piece piece = gs_pdf_code_piece(
            find_code(), cmap->bytes + begin, cmap->size - begin);
    const struct gs_pdf_piece *const pieces[] = {&piece};
    gs_pdf_code_stream(find_code(), &head, pieces, 1, out);
    gs_pdf_piece_release(&piece);
}
