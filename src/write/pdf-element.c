/*
 * Structure elements (ISO 32000-1, 14.7.2).
 */
#include "write/pdf-element.h"

#include <glib.h>

static struct gs_pdf_buffer *next_kid(struct gs_pdf_element *element)
{
    if (element->kid_count++ > 0) {
        gs_pdf_puts(&element->kids, " ");
    }
    return &element->kids;
}

struct gs_pdf_element *gs_pdf_element_new(struct gs_pdf_file *file,
        struct gs_pdf_element *parent, enum gs_tag_kind kind, const char *role)
{
    struct gs_pdf_element *element = g_new0(struct gs_pdf_element, 1);
    element->kind = kind;
    element->role = role;
    element->number = gs_pdf_reserve(file);
    if (parent != NULL) {
        element->parent = parent->number;
        gs_pdf_put_ref(next_kid(parent), element->number);
    }
    return element;
}

void gs_pdf_element_add_content(
        struct gs_pdf_element *element, unsigned page, unsigned mcid)
{
    struct gs_pdf_buffer *kid = next_kid(element);
    if (element->page == 0) {
        element->page = page;
    }
    if (element->page == page) {
        gs_pdf_put_int(kid, mcid);
        return;
    }
    gs_pdf_puts(kid, "<</Type/MCR/Pg ");
    gs_pdf_put_ref(kid, page);
    gs_pdf_puts(kid, "/MCID ");
    gs_pdf_put_int(kid, mcid);
    gs_pdf_puts(kid, ">>");
}

void gs_pdf_element_add_annotation(
        struct gs_pdf_element *element, unsigned page, unsigned annotation)
{
    struct gs_pdf_buffer *kid = next_kid(element);
    gs_pdf_puts(kid, "<</Type/OBJR/Pg ");
    gs_pdf_put_ref(kid, page);
    gs_pdf_puts(kid, "/Obj ");
    gs_pdf_put_ref(kid, annotation);
    gs_pdf_puts(kid, ">>");
}

void gs_pdf_element_close(
        struct gs_pdf_file *file, struct gs_pdf_element *element)
{
    if (element == NULL) {
        return;
    }
    gs_pdf_element_close(file, element->last);
    element->last = NULL;
    struct gs_pdf_buffer *out = gs_pdf_begin(file, element->number);
    gs_pdf_puts(out, "<</S/");
    gs_pdf_puts(out, element->role);
    gs_pdf_puts(out, "/P ");
    gs_pdf_put_ref(out, element->parent);
    if (element->page != 0) {
        gs_pdf_puts(out, "/Pg ");
        gs_pdf_put_ref(out, element->page);
    }
    gs_pdf_put(out, element->entries.bytes, element->entries.size);
    if (element->kid_count > 0) {
        gs_pdf_puts(out, "/K[");
        gs_pdf_put(out, element->kids.bytes, element->kids.size);
        gs_pdf_puts(out, "]");
    }
    gs_pdf_puts(out, ">>");
    gs_pdf_end(file);
    gs_pdf_element_free(element);
}

void gs_pdf_element_free(struct gs_pdf_element *element)
{
    if (element != NULL) {
        gs_pdf_element_free(element->last);
        gs_pdf_buffer_release(&element->kids);
        gs_pdf_buffer_release(&element->entries);
        g_free(element);
    }
}
