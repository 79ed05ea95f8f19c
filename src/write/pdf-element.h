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

/* The elements of a file.  Those that are done with serve again, with their memory. */
struct gs_pdf_elements {
    struct gs_pdf_file *file;
    struct gs_pdf_element *free; /* linked by `outer` */
};

struct gs_pdf_element {
    enum gs_tag_kind kind; /* TABLE of what has no tag: the document, TBody */
    const char *role;
    unsigned number, parent; /* objects */
    unsigned tag_number;
    struct gs_pdf_kid *kids; /* few_kids, or allocated */
    unsigned kid_count, kid_room;
    struct gs_pdf_kid few_kids[GS_PDF_FEW_KIDS];
    struct gs_pdf_buffer entries; /* of its dictionary: attributes, ID, Alt */
    struct gs_pdf_element *last; /* child that may go on; owned; or NULL */
    struct gs_pdf_element *outer; /* whose tag is open around its own */
};

/* After all elements have been closed or freed. */
void gs_pdf_elements_release(struct gs_pdf_elements *elements);

/* A child of `parent`, as its next kid. */
struct gs_pdf_element *gs_pdf_element_new(struct gs_pdf_elements *elements,
        struct gs_pdf_element *parent, enum gs_tag_kind kind, const char *role);

/* Writes and frees it with the child that is open in it; NULL is fine. */
void gs_pdf_element_close(
        struct gs_pdf_elements *elements, struct gs_pdf_element *element);

/* Frees it unwritten, after a failure; NULL is fine. */
void gs_pdf_element_free(
        struct gs_pdf_elements *elements, struct gs_pdf_element *element);

void gs_pdf_element_add_content(
        struct gs_pdf_element *element, unsigned page, unsigned mcid);
void gs_pdf_element_add_annotation(
        struct gs_pdf_element *element, unsigned page, unsigned annotation);

#endif
