/*
 * A PDF file in the making: objects under numbers, streams, the table of where
 * they lie, the file's ID.
 *
 * Bytes go to the output as they come.  Objects that are no streams are collected
 * in object streams where the standard allows that (ISO 32000-1, 7.5.7); PDF/A-1
 * does not, and has a plain cross-reference table.
 */
#ifndef GS_WRITE_PDF_FILE_H
#define GS_WRITE_PDF_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "write/pdf-buffer.h"
#include "write/pdf-deflate.h"
#include "write/writer.h"

struct gs_output;
struct gs_pdf_file;

/*
 * What making a file takes, for one file after the other: compressors, and memory
 * that would cost as much to ask the system for as what is written to it.
 */
struct gs_pdf_tools;
struct gs_pdf_tools *gs_pdf_tools_new(void);
void gs_pdf_tools_free(struct gs_pdf_tools *tools); /* NULL is fine */

/* Writes the header.  Output and tools are borrowed; NULL: tools of its own. */
struct gs_pdf_file *gs_pdf_file_new(struct gs_output *output,
        struct gs_pdf_tools *tools, enum gs_pdf_standard standard, bool small);
void gs_pdf_file_free(struct gs_pdf_file *file); /* NULL is fine */

enum gs_pdf_standard gs_pdf_file_standard(const struct gs_pdf_file *file);

/* Whether size is worth more than time. */
bool gs_pdf_file_is_small(const struct gs_pdf_file *file);

/* The number of an object that will be written later, once. */
unsigned gs_pdf_reserve(struct gs_pdf_file *file);

/*
 * An object that is no stream: its body is appended to the buffer, until
 * gs_pdf_end().  One at a time is open, and no stream is written meanwhile.
 */
struct gs_pdf_buffer *gs_pdf_begin(struct gs_pdf_file *file, unsigned number);
void gs_pdf_end(struct gs_pdf_file *file);

/*
 * A stream.  `entries` is the text of its dictionary but for /Length and
 * /Filter.  Compressed here, the quicker for being a text of a known kind, or
 * compressed already (zlib's format), or as it is.
 */
void gs_pdf_stream(struct gs_pdf_file *file, unsigned number,
        const char *entries, const void *data, size_t size);
/* Memory to compress into beforehand: empty, and good until the next stream. */
struct gs_pdf_buffer *gs_pdf_begin_deflated(struct gs_pdf_file *file);

void gs_pdf_stream_deflated(struct gs_pdf_file *file, unsigned number,
        const char *entries, const void *data, size_t size);
void gs_pdf_stream_text(struct gs_pdf_file *file, unsigned number,
        const char *entries, enum gs_pdf_text text, const void *data,
        size_t size);
void gs_pdf_stream_plain(struct gs_pdf_file *file, unsigned number,
        const char *entries, const void *data, size_t size);

/*
 * The table and the trailer, after which nothing may follow.  Every number that
 * was reserved has been written.  `info` 0: none.
 */
void gs_pdf_finish(struct gs_pdf_file *file, unsigned catalog, unsigned info);

#endif
