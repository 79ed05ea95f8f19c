/*
 * A structure element that is still open.  Only the pdf-structure files include it.
 */
#ifndef GS_WRITE_PDF_ELEMENT_H
#define GS_WRITE_PDF_ELEMENT_H

#include <stddef.h>

#include "page/display.h"
#include "write/pdf-buffer.h"
#include "write/pdf-file.h"

/* An element, or content or an annotation of a page. */
struct gs_pdf_kid {
    unsigned page; /* 0: an element */
    unsigned value : 31; /* object, or MCID */
    unsigned annotation : 1;
};

/* Most elements have no more kids. */
#define GS_PDF_FEW_KIDS 2

struct gs_pdf_element {
    enum gs_tag_kind kind; /* TABLE of what has no tag: the document, TBody */
    const char *role;
    unsigned number, parent; /* objects */
    unsigned tag_number;
    struct gs_pdf_kid *kids; /* few_kids, or allocated */
    unsigned kid_count, kid_room;
    struct gs_pdf_kid few_kids[GS_PDF_FEW_KIDS];
    char *entries; /* of its dictionary: attributes, ID, Alt; not terminated */
    unsigned entries_size;
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

/* Entries of its dictionary, copied; in place of those it had. */
void gs_pdf_element_set_entries(
        struct gs_pdf_element *element, const struct gs_pdf_buffer *entries);

void gs_pdf_element_add_content(
        struct gs_pdf_element *element, unsigned page, unsigned mcid);
void gs_pdf_element_add_annotation(
        struct gs_pdf_element *element, unsigned page, unsigned annotation);

#endif
