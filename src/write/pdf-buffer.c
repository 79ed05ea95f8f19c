/*
 * Bytes of a PDF file in the making.
 */
#include "write/pdf-buffer.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#define ROOM_FIRST 1024u

static const char digits[] = "0123456789ABCDEF";

void gs_pdf_buffer_release(struct gs_pdf_buffer *buffer)
{
    g_free(buffer->bytes);
    *buffer = (struct gs_pdf_buffer){0};
}

char *gs_pdf_buffer_reserve(struct gs_pdf_buffer *buffer, size_t size)
{
    if (buffer->room - buffer->size < size) {
        size_t room = MAX(buffer->room, ROOM_FIRST);
        while (room - buffer->size < size) {
            room *= 2;
        }
        buffer->bytes = g_realloc(buffer->bytes, room);
        buffer->room = room;
    }
    return buffer->bytes + buffer->size;
}

void gs_pdf_put(struct gs_pdf_buffer *buffer, const void *bytes, size_t size)
{
    if (size > 0) {
        memcpy(gs_pdf_buffer_reserve(buffer, size), bytes, size);
        buffer->size += size;
    }
}

void gs_pdf_puts(struct gs_pdf_buffer *buffer, const char *text)
{
    gs_pdf_put(buffer, text, strlen(text));
}

void gs_pdf_put_be(struct gs_pdf_buffer *buffer, uint64_t value, unsigned size)
{
    char *at = gs_pdf_buffer_reserve(buffer, size);
    for (unsigned i = 0; i < size; i++) {
        at[i] = (char)(value >> (8 * (size - 1 - i)) & 0xFF);
    }
    buffer->size += size;
}

/* --- numbers ---------------------------------------------------------------- */

#define INT_DIGITS 20 /* of a 64-bit number */

/* Writes the digits so that they end before `end`; returns where they begin. */
static char *format_digits(char *end, uint64_t value)
{
    do {
        *--end = digits[value % 10];
        value /= 10;
    } while (value > 0);
    return end;
}

void gs_pdf_put_int(struct gs_pdf_buffer *buffer, int64_t value)
{
    char text[INT_DIGITS + 1];
    char *end = text + sizeof text;
    char *begin =
            format_digits(end, value < 0 ? -(uint64_t)value : (uint64_t)value);
    if (value < 0) {
        *--begin = '-';
    }
    gs_pdf_put(buffer, begin, (size_t)(end - begin));
}

void gs_pdf_put_milli(struct gs_pdf_buffer *buffer, int64_t value)
{
    char text[INT_DIGITS + 5]; /* sign, digits, point, three decimals */
    char *end = text + sizeof text - 4;
    uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
    unsigned rest = (unsigned)(size % 1000);
    char *begin = format_digits(end, size / 1000);

    if (value < 0) {
        *--begin = '-';
    }
    if (rest != 0) {
        *end++ = '.';
        for (unsigned unit = 100; rest != 0; unit /= 10) {
            *end++ = digits[rest / unit];
            rest %= unit;
        }
    }
    gs_pdf_put(buffer, begin, (size_t)(end - begin));
}

void gs_pdf_put_len(struct gs_pdf_buffer *buffer, gs_len length)
{
    int64_t scaled = length * 1000;
    int64_t half = scaled < 0 ? -GS_LEN_PER_PT / 2 : GS_LEN_PER_PT / 2;

    gs_pdf_put_milli(buffer, (scaled + half) / GS_LEN_PER_PT);
}

void gs_pdf_put_ref(struct gs_pdf_buffer *buffer, unsigned number)
{
    gs_pdf_put_int(buffer, number);
    gs_pdf_put(buffer, " 0 R", 4);
}

/* --- names and strings ------------------------------------------------------- */

void gs_pdf_put_hex(
        struct gs_pdf_buffer *buffer, const void *bytes, size_t size)
{
    const unsigned char *in = bytes;
    char *out = gs_pdf_buffer_reserve(buffer, 2 * size);

    for (size_t i = 0; i < size; i++) {
        *out++ = digits[in[i] >> 4];
        *out++ = digits[in[i] & 15];
    }
    buffer->size += 2 * size;
}

void gs_pdf_put_name(struct gs_pdf_buffer *buffer, const char *name)
{
    gs_pdf_put(buffer, "/", 1);
    for (; *name != '\0'; name++) {
        if (*name > ' ' && *name < 0x7F &&
                strchr("#()<>[]{}/%", *name) == NULL) {
            gs_pdf_put(buffer, name, 1);
        } else {
            gs_pdf_put(buffer, "#", 1);
            gs_pdf_put_hex(buffer, name, 1);
        }
    }
}

void gs_pdf_put_bytes(
        struct gs_pdf_buffer *buffer, const void *bytes, size_t size)
{
    const char *in = bytes;
    char *begin = gs_pdf_buffer_reserve(buffer, 2 * size + 2);
    char *out = begin;

    *out++ = '(';
    for (size_t i = 0; i < size; i++) {
        char byte = in[i];
        if (byte == '(' || byte == ')' || byte == '\\') {
            *out++ = '\\';
        } else if (byte == '\r') { /* would be read as a line feed */
            *out++ = '\\';
            byte = 'r';
        }
        *out++ = byte;
    }
    *out++ = ')';
    buffer->size += (size_t)(out - begin);
}

static void put_unit(struct gs_pdf_buffer *buffer, uint32_t unit)
{
    const unsigned char bytes[] = {
            (unsigned char)(unit >> 8), (unsigned char)unit};
    gs_pdf_put_hex(buffer, bytes, sizeof bytes);
}

void gs_pdf_put_utf16(struct gs_pdf_buffer *buffer, uint32_t code)
{
    if (code > 0xFFFF) {
        put_unit(buffer, 0xD800 + ((code - 0x10000) >> 10));
        put_unit(buffer, 0xDC00 + ((code - 0x10000) & 0x3FF));
    } else {
        put_unit(buffer, code);
    }
}

static bool is_ascii(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text < ' ' || *text >= 0x7F) {
            return false;
        }
    }
    return true;
}

void gs_pdf_put_text(struct gs_pdf_buffer *buffer, const char *utf8)
{
    if (is_ascii(utf8)) {
        gs_pdf_put_bytes(buffer, utf8, strlen(utf8));
        return;
    }
    gs_pdf_puts(buffer, "<FEFF");
    for (const char *p = utf8; *p != '\0'; p = g_utf8_next_char(p)) {
        gs_pdf_put_utf16(buffer, g_utf8_get_char(p));
    }
    gs_pdf_puts(buffer, ">");
}
