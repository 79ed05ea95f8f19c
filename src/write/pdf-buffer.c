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

static const char pairs[] =
        "00010203040506070809101112131415161718192021222324"
        "25262728293031323334353637383940414243444546474849"
        "50515253545556575859606162636465666768697071727374"
        "75767778798081828384858687888990919293949596979899";

static char *format_pair(char *out, unsigned value)
{
    memcpy(out, &pairs[2 * value], 2);
    return out + 2;
}

/* At most two digits. */
static char *format_few(char *out, unsigned value)
{
    if (value < 10) {
        *out = digits[value];
        return out + 1;
    }
    return format_pair(out, value);
}

/* Most numbers are small. */
static char *format_count(char *out, uint64_t value)
{
    if (value < 100) {
        return format_few(out, (unsigned)value);
    }
    if (value < 10000) {
        out = format_few(out, (unsigned)value / 100);
        return format_pair(out, (unsigned)value % 100);
    }
    const unsigned last = (unsigned)(value % 10000);
    out = format_count(out, value / 10000);
    return format_pair(format_pair(out, last / 100), last % 100);
}

/* Writes the sign, if there is one. */
static uint64_t format_sign(char **out, int64_t value)
{
    if (value < 0) {
        *(*out)++ = '-';
        return -(uint64_t)value;
    }
    return (uint64_t)value;
}

char *gs_pdf_format_int(char *out, int64_t value)
{
    const uint64_t size = format_sign(&out, value);
    return format_count(out, size);
}

char *gs_pdf_format_milli(char *out, int64_t value)
{
    const uint64_t size = format_sign(&out, value);
    const unsigned rest = (unsigned)(size % 1000);

    out = format_count(out, size / 1000);
    if (rest == 0) {
        return out;
    }
    *out++ = '.';
    if (rest % 10 != 0) {
        out = format_pair(out, rest / 10);
        *out++ = digits[rest % 10];
    } else if (rest % 100 != 0) {
        out = format_pair(out, rest / 10);
    } else {
        *out++ = digits[rest / 100];
    }
    return out;
}

void gs_pdf_put_int(struct gs_pdf_buffer *buffer, int64_t value)
{
    char *const begin = gs_pdf_buffer_reserve(buffer, GS_PDF_INT_MOST);
    buffer->size += (size_t)(gs_pdf_format_int(begin, value) - begin);
}

void gs_pdf_put_milli(struct gs_pdf_buffer *buffer, int64_t value)
{
    char *const begin = gs_pdf_buffer_reserve(buffer, GS_PDF_MILLI_MOST);
    buffer->size += (size_t)(gs_pdf_format_milli(begin, value) - begin);
}

void gs_pdf_put_len(struct gs_pdf_buffer *buffer, gs_len length)
{
    gs_pdf_put_milli(buffer, gs_pdf_milli(length));
}

void gs_pdf_put_ref(struct gs_pdf_buffer *buffer, unsigned number)
{
    char *const begin = gs_pdf_buffer_reserve(buffer, GS_PDF_INT_MOST + 4);
    char *const end = format_count(begin, number);

    memcpy(end, " 0 R", 4);
    buffer->size += (size_t)(end + 4 - begin);
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
        out = gs_pdf_format_byte(out, in[i]);
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
