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

void gs_pdf_buffer_grow(struct gs_pdf_buffer *buffer, size_t size)
{
    size_t room = MAX(buffer->room, ROOM_FIRST);
    while (room - buffer->size < size) {
        room *= 2;
    }
    buffer->bytes = g_realloc(buffer->bytes, room);
    buffer->room = room;
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

/* Most numbers are small. */
static unsigned count_digits(uint64_t value)
{
    unsigned count = 0;
    while (value >= 1000) {
        value /= 1000;
        count += 3;
    }
    return count + (value < 10 ? 1 : value < 100 ? 2 : 3);
}

/* Writes a number at `out`; returns where it ends. */
static char *format_int(char *out, uint64_t value, bool negative)
{
    if (negative) {
        *out++ = '-';
    }
    char *const end = out + count_digits(value);
    for (char *at = end; at > out; value /= 10) {
        *--at = digits[value % 10];
    }
    return end;
}

void gs_pdf_put_int(struct gs_pdf_buffer *buffer, int64_t value)
{
    char *begin = gs_pdf_buffer_reserve(buffer, INT_DIGITS + 1);
    const char *end = format_int(
            begin, value < 0 ? -(uint64_t)value : (uint64_t)value, value < 0);
    buffer->size += (size_t)(end - begin);
}

void gs_pdf_put_milli(struct gs_pdf_buffer *buffer, int64_t value)
{
    uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
    const unsigned rest = (unsigned)(size % 1000);
    /* sign, digits, point, three decimals */
    char *begin = gs_pdf_buffer_reserve(buffer, INT_DIGITS + 5);
    char *end = format_int(begin, size / 1000, value < 0);

    if (rest != 0) {
        *end++ = '.';
        *end++ = digits[rest / 100];
        if (rest % 100 != 0) {
            *end++ = digits[rest / 10 % 10];
        }
        if (rest % 10 != 0) {
            *end++ = digits[rest % 10];
        }
    }
    buffer->size += (size_t)(end - begin);
}

void gs_pdf_put_len(struct gs_pdf_buffer *buffer, gs_len length)
{
    gs_pdf_put_milli(buffer, gs_pdf_milli(length));
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

/* Bytes of a string: the limit of PDF/A-2 (6.1.13); of PDF/A-1 it is 65535. */
#define STRING_MOST ((size_t)32767)

size_t gs_pdf_text_fit(const char *utf8)
{
    size_t size = strlen(utf8);

    if (size < STRING_MOST / 2) { /* a byte of UTF-8 is at most one unit */
        return size;
    }
    if (is_ascii(utf8)) {
        return MIN(size, STRING_MOST);
    }
    const char *p = utf8;
    size_t left = STRING_MOST - 2; /* for the byte order mark */
    while (*p != '\0') {
        size_t unit = g_utf8_get_char(p) > 0xFFFF ? 4 : 2;
        if (unit > left) {
            break;
        }
        left -= unit;
        p = g_utf8_next_char(p);
    }
    return (size_t)(p - utf8);
}

void gs_pdf_put_text(struct gs_pdf_buffer *buffer, const char *utf8)
{
    const size_t size = gs_pdf_text_fit(utf8);

    if (is_ascii(utf8)) {
        gs_pdf_put_bytes(buffer, utf8, size);
        return;
    }
    gs_pdf_puts(buffer, "<FEFF");
    for (const char *p = utf8; p < utf8 + size; p = g_utf8_next_char(p)) {
        gs_pdf_put_utf16(buffer, g_utf8_get_char(p));
    }
    gs_pdf_puts(buffer, ">");
}
