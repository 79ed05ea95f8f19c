/*
 * Name trees and number trees of a PDF file (ISO 32000-1, 7.9.6 and 7.9.7):
 * balanced, so that a reader finds an entry in a few steps.
 */
#ifndef GS_WRITE_PDF_TREE_H
#define GS_WRITE_PDF_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "write/pdf-buffer.h"
#include "write/pdf-file.h"

/* Entries in the order of their keys; what `put_…` append is a key or a value. */
struct gs_pdf_tree {
    bool names; /* else numbers */
    size_t count;
    void (*put_key)(
            struct gs_pdf_buffer *buffer, const void *entries, size_t i);
    void (*put_value)(
            struct gs_pdf_buffer *buffer, const void *entries, size_t i);
    const void *entries;
};

/* The number of its root. */
unsigned gs_pdf_tree_write(
        struct gs_pdf_file *file, const struct gs_pdf_tree *tree);

#endif
