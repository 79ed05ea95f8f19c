/*
 * Codes by glyph and text.
 *
 * Nearly all texts are one character, which is its own key.  This is asked for
 * each glyph of a document.
 */
#include "write/pdf-slots.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#define ROOM_FIRST 512u

/* --- texts ---------------------------------------------------------------------- */

uint32_t gs_pdf_slots_find_long(
        const struct gs_pdf_slots *slots, const char *text, size_t size)
{
    if (slots->text_table == NULL) {
        return GS_PDF_NOT_KEPT;
    }
    GBytes *bytes = g_bytes_new_static(text, size);
    gpointer kept = NULL;
    const bool found =
            g_hash_table_lookup_extended(slots->text_table, bytes, NULL, &kept);
    g_bytes_unref(bytes);
    return found ? GPOINTER_TO_UINT(kept) : GS_PDF_NOT_KEPT;
}

static uint32_t keep_long_text(
        struct gs_pdf_slots *slots, const char *text, size_t size)
{
    const uint32_t known = gs_pdf_slots_find_long(slots, text, size);
    if (known != GS_PDF_NOT_KEPT) {
        return known;
    }
    if (slots->text_table == NULL) {
        slots->text_table = g_hash_table_new_full(g_bytes_hash, g_bytes_equal,
                (GDestroyNotify)g_bytes_unref, NULL);
    }
    const uint32_t kept = GS_PDF_LONG_TEXT | (uint32_t)slots->texts.size;
    gs_pdf_put(&slots->texts, &size, sizeof size);
    gs_pdf_put(&slots->texts, text, size);
    g_hash_table_insert(
            slots->text_table, g_bytes_new(text, size), GUINT_TO_POINTER(kept));
    return kept;
}

const char *gs_pdf_slots_text(const struct gs_pdf_slots *slots, unsigned code,
        char room[6], size_t *size)
{
    const uint32_t text = slots->slots[code].text;
    if ((text & GS_PDF_LONG_TEXT) == 0) {
        *size = (size_t)g_unichar_to_utf8(text, room);
        return room;
    }
    const char *kept = slots->texts.bytes + (text & ~GS_PDF_LONG_TEXT);
    memcpy(size, kept, sizeof *size);
    return kept + sizeof *size;
}

/* --- codes ---------------------------------------------------------------------- */

/* The table stays at most half full. */
static void grow(struct gs_pdf_slots *slots)
{
    slots->room = MAX(2 * slots->room, ROOM_FIRST);
    slots->slots = g_renew(struct gs_pdf_slot, slots->slots, slots->room);
    slots->table_size = 2 * slots->room;
    g_free(slots->table);
    slots->table = g_new0(uint16_t, slots->table_size);
    for (size_t i = 1; i < slots->count; i++) {
        *gs_pdf_slots_place(slots, slots->slots[i].glyph, slots->slots[i].text) =
                (uint16_t)i;
    }
}

void gs_pdf_slots_init(struct gs_pdf_slots *slots)
{
    *slots = (struct gs_pdf_slots){0};
    grow(slots);
    slots->slots[0] = (struct gs_pdf_slot){0};
    slots->count = 1;
}

void gs_pdf_slots_release(struct gs_pdf_slots *slots)
{
    g_free(slots->slots);
    g_free(slots->table);
    gs_pdf_buffer_release(&slots->texts);
    if (slots->text_table != NULL) {
        g_hash_table_destroy(slots->text_table);
    }
    *slots = (struct gs_pdf_slots){0};
}

static void escape(struct gs_pdf_slot *slot, unsigned code)
{
    char *end = gs_pdf_format_byte(slot->shown, (char)(code >> 8));
    end = gs_pdf_format_byte(end, (char)(code & 0xFF));
    slot->shown_size = (uint8_t)(end - slot->shown);
}

unsigned gs_pdf_slots_add(struct gs_pdf_slots *slots, uint32_t glyph,
        const char *text, size_t size)
{
    uint32_t key = gs_pdf_slots_key(text, size);
    if (key == GS_PDF_LONG_TEXT) {
        key = keep_long_text(slots, text, size);
    }
    g_assert(slots->count < GS_PDF_SLOTS_MAX);
    if (slots->count == slots->room) {
        grow(slots);
    }
    const size_t code = slots->count++;
    slots->slots[code] = (struct gs_pdf_slot){.glyph = glyph, .text = key};
    escape(&slots->slots[code], (unsigned)code);
    *gs_pdf_slots_place(slots, glyph, key) = (uint16_t)code;
    return (unsigned)code;
}
