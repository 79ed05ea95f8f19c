/*
 * A structure element that is still open.  Only the pdf-structure files include it.
 */
#ifndef GS_WRITE_PDF_ELEMENT_H
#define GS_WRITE_PDF_ELEMENT_H

#include <stddef.h>

#include "page/display.h"
#include "write/pdf-buffer.h"
#include "write/pdf-file.h"

struct gs_pdf_element {
    enum gs_tag_kind
            kind; /* GS_TAG_TABLE of what has no tag: the document, TBody */
    const char *role;
    unsigned number, parent; /* objects */
    unsigned page; /* the first with content of its own; 0: none so far */
    unsigned tag_number;
    struct gs_pdf_buffer kids;
    size_t kid_count;
    struct gs_pdf_buffer entries; /* of its dictionary: attributes, ID, Alt */
    struct gs_pdf_element *last; /* child that may go on; owned; or NULL */
};

/* A child of `parent`, as its next kid. */
struct gs_pdf_element *gs_pdf_element_new(struct gs_pdf_file *file,
        struct gs_pdf_element *parent, enum gs_tag_kind kind, const char *role);

/* Writes and frees it with the child that is open in it; NULL is fine. */
void gs_pdf_element_close(
        struct gs_pdf_file *file, struct gs_pdf_element *element);

/* Frees it unwritten, after a failure. */
void gs_pdf_element_free(struct gs_pdf_element *element);

void gs_pdf_element_add_content(
        struct gs_pdf_element *element, unsigned page, unsigned mcid);
void gs_pdf_element_add_annotation(
        struct gs_pdf_element *element, unsigned page, unsigned annotation);

#endif
