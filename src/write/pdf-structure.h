/*
 * The structure of a PDF file (ISO 32000-1, 14.7 and 14.8): from the tags of
 * display lists to structure elements.
 *
 * An element is written as soon as it is complete.  What is kept is what is open:
 * the block at hand and what is open in it, and of complete rows and pages some
 * bytes each.  A tag that continues what an earlier page has begun goes on with
 * its element.
 */
#ifndef GS_WRITE_PDF_STRUCTURE_H
#define GS_WRITE_PDF_STRUCTURE_H

#include "base/len.h"
#include "page/display.h"

struct gs_pdf_file;
struct gs_pdf_structure;

struct gs_pdf_structure *gs_pdf_structure_new(struct gs_pdf_file *file);
void gs_pdf_structure_free(
        struct gs_pdf_structure *structure); /* NULL is fine */

/* `page` is the page's object; tags stand between these. */
void gs_pdf_structure_begin_page(
        struct gs_pdf_structure *structure, unsigned page, gs_len height);
void gs_pdf_structure_end_page(struct gs_pdf_structure *structure);

/* The /StructParents of the page at hand. */
unsigned gs_pdf_structure_page_key(const struct gs_pdf_structure *structure);

void gs_pdf_structure_begin_tag(
        struct gs_pdf_structure *structure, const struct gs_tag *tag);
void gs_pdf_structure_end_tag(struct gs_pdf_structure *structure);

/* Marked content of the innermost tag: "/TD <</MCID 5>> BDC". */
struct gs_pdf_mark {
    const char *role;
    unsigned mcid;
};

/* Content of the innermost tag is about to be drawn. */
struct gs_pdf_mark gs_pdf_structure_mark(struct gs_pdf_structure *structure);

/* A link annotation of the innermost tag, a link: its /StructParent. */
unsigned gs_pdf_structure_annotation(
        struct gs_pdf_structure *structure, unsigned annotation);

/* Writes what is left; the number of the StructTreeRoot. */
unsigned gs_pdf_structure_finish(struct gs_pdf_structure *structure);

#endif
