/*
 * A table in the structure: THead, TBody and TFoot with their rows, cells with
 * spans, scopes and heads.  Only the pdf-structure files include it.
 *
 * A row is written when the next one begins, a cell when the last of its rows has
 * ended, whatever pages they lie on.  In a table of several strips rows stay open
 * up to the last strip, which has their last cells.
 */
#ifndef GS_WRITE_PDF_TABLE_H
#define GS_WRITE_PDF_TABLE_H

#include <glib.h>

#include "page/display.h"
#include "write/pdf-attributes.h"
#include "write/pdf-element.h"

/* What the tables of a file share. */
struct gs_pdf_tables {
    struct gs_pdf_elements *elements;
    GArray *ids; /* struct gs_pdf_id */
    struct gs_pdf_attributes attributes;
    struct gs_pdf_buffer text; /* attributes of the cell at hand */
};

/* A cell that others name as their head. */
struct gs_pdf_id {
    char text[28]; /* eight digits of a table, ten of a row, five of a column */
    unsigned element;
};

struct gs_pdf_table;

void gs_pdf_tables_init(
        struct gs_pdf_tables *tables, struct gs_pdf_elements *elements);
void gs_pdf_tables_release(struct gs_pdf_tables *tables);

struct gs_pdf_table *gs_pdf_table_new(
        struct gs_pdf_tables *tables, struct gs_pdf_element *element);

/* The part on the page at hand, which stays until the page ends. */
void gs_pdf_table_begin_part(
        struct gs_pdf_table *table, const struct gs_frag_table *part);

/* The element of a row, or cell, of that part: begun here or before. */
struct gs_pdf_element *gs_pdf_table_row(
        struct gs_pdf_table *table, const struct gs_frag_row *row);
struct gs_pdf_element *gs_pdf_table_cell(
        struct gs_pdf_table *table, const struct gs_frag_cell *cell);

/* Writes its rows and cells, but for its own element, and frees it. */
void gs_pdf_table_close(struct gs_pdf_table *table);
void gs_pdf_table_free(struct gs_pdf_table *table); /* NULL is fine */

#endif
