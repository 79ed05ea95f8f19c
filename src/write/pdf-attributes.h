/*
 * Attributes of structure elements, written once: what comes a second time becomes
 * an object of its own, to which elements refer from then on.
 *
 * Only so many are remembered; then it begins anew.
 */
#ifndef GS_WRITE_PDF_ATTRIBUTES_H
#define GS_WRITE_PDF_ATTRIBUTES_H

#include <stddef.h>

#include "write/pdf-buffer.h"
#include "write/pdf-file.h"

/* A text that has been written: inside of `texts`. */
struct gs_pdf_attribute {
    uint64_t hash;
    size_t at, size; /* size 0: the place is free */
    unsigned object; /* 0: it has stood inline, once */
};

/* Zeroed is empty. */
struct gs_pdf_attributes {
    struct gs_pdf_attribute *table; /* by hash: open addressing */
    size_t count, room; /* the latter a power of two */
    struct gs_pdf_buffer texts;
};

void gs_pdf_attributes_release(struct gs_pdf_attributes *attributes);

/*
 * Appends the value of an entry /A: the text itself, which is not empty, or a
 * reference to it.
 */
void gs_pdf_attributes_put(struct gs_pdf_attributes *attributes,
        struct gs_pdf_file *file, const struct gs_pdf_buffer *text,
        struct gs_pdf_buffer *out);

#endif
