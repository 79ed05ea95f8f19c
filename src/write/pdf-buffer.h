/*
 * Bytes of a PDF file in the making: numbers, lengths, strings and names, all
 * written without printf, which would cost more than the pages themselves.
 */
#ifndef GS_WRITE_PDF_BUFFER_H
#define GS_WRITE_PDF_BUFFER_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/len.h"

/* Zeroed is empty. */
struct gs_pdf_buffer {
    char *bytes;
    size_t size, room;
};

void gs_pdf_buffer_release(struct gs_pdf_buffer *buffer);

/* Room for `size` more bytes than there is room for now. */
void gs_pdf_buffer_grow(struct gs_pdf_buffer *buffer, size_t size);

/* Room for `size` more bytes, to be counted in by the caller. */
static inline char *gs_pdf_buffer_reserve(
        struct gs_pdf_buffer *buffer, size_t size)
{
    if (buffer->room - buffer->size < size) {
        gs_pdf_buffer_grow(buffer, size);
    }
    return buffer->bytes + buffer->size;
}

/* Inline, so that the size of what stands in the source is no question. */
static inline void gs_pdf_put(
        struct gs_pdf_buffer *buffer, const void *bytes, size_t size)
{
    if (size > 0) {
        memcpy(gs_pdf_buffer_reserve(buffer, size), bytes, size);
        buffer->size += size;
    }
}

static inline void gs_pdf_puts(struct gs_pdf_buffer *buffer, const char *text)
{
    gs_pdf_put(buffer, text, strlen(text));
}

/* The lowest `size` bytes of a number, highest first, as fonts have them. */
void gs_pdf_put_be(struct gs_pdf_buffer *buffer, uint64_t value, unsigned size);

void gs_pdf_put_int(struct gs_pdf_buffer *buffer, int64_t value);

/*
 * The same into room that the caller has reserved, this many bytes at most; they
 * return where it ends.
 */
#define GS_PDF_INT_MOST 20u
#define GS_PDF_MILLI_MOST 23u
char *gs_pdf_format_int(char *out, int64_t value);
char *gs_pdf_format_milli(char *out, int64_t value);

/* value / 1000, with as many decimals as it needs. */
void gs_pdf_put_milli(struct gs_pdf_buffer *buffer, int64_t value);

/* In thousandths of a pt, rounded. */
static inline int64_t gs_pdf_milli(gs_len length)
{
    int64_t scaled = length * 1000;
    int64_t half = scaled < 0 ? -GS_LEN_PER_PT / 2 : GS_LEN_PER_PT / 2;

    return (scaled + half) / GS_LEN_PER_PT;
}

/* In pt, rounded to thousandths. */
void gs_pdf_put_len(struct gs_pdf_buffer *buffer, gs_len length);

/* Digits only, without <>. */
void gs_pdf_put_hex(
        struct gs_pdf_buffer *buffer, const void *bytes, size_t size);

/* 12 0 R */
void gs_pdf_put_ref(struct gs_pdf_buffer *buffer, unsigned number);

/* /Name (ISO 32000-1, 7.3.5) */
void gs_pdf_put_name(struct gs_pdf_buffer *buffer, const char *name);

/* A byte of a literal string, escaped where it has to be: two bytes at most. */
static inline char *gs_pdf_format_byte(char *out, char byte)
{
    if (byte == '(' || byte == ')' || byte == '\\') {
        *out++ = '\\';
    } else if (byte == '\r') { /* would be read as a line feed */
        *out++ = '\\';
        byte = 'r';
    }
    *out++ = byte;
    return out;
}

/* A literal string, (...), of any bytes (7.3.4.2). */
void gs_pdf_put_bytes(
        struct gs_pdf_buffer *buffer, const void *bytes, size_t size);

/*
 * A text string (7.9.2.2): ASCII as it is, else UTF-16BE.  The text is valid;
 * what no string may hold of it is left out.
 */
void gs_pdf_put_text(struct gs_pdf_buffer *buffer, const char *utf8);

/* How many bytes of the text, from its beginning, a text string may hold. */
size_t gs_pdf_text_fit(const char *utf8);

/* The code point at `text` in UTF-16BE, as hex digits. */
void gs_pdf_put_utf16(struct gs_pdf_buffer *buffer, uint32_t code);

#endif
