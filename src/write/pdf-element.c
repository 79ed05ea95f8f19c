/*
 * Structure elements (ISO 32000-1, 14.7.2).
 */
#include "write/pdf-element.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

static void add_kid(struct gs_pdf_element *element, struct gs_pdf_kid kid)
{
    if (element->kid_count == element->kid_room) {
        const bool few = element->kids == element->few_kids;
        element->kid_room *= 2;
        element->kids = g_renew(struct gs_pdf_kid, few ? NULL : element->kids,
                element->kid_room);
        if (few) {
            memcpy(element->kids, element->few_kids, sizeof element->few_kids);
        }
    }
    element->kids[element->kid_count++] = kid;
}

/* One that has nothing, but may have room. */
static struct gs_pdf_element *take(struct gs_pdf_elements *elements)
{
    struct gs_pdf_element *element = elements->free;
    if (element == NULL) {
        element = g_new0(struct gs_pdf_element, 1);
        element->kids = element->few_kids;
        element->kid_room = GS_PDF_FEW_KIDS;
        return element;
    }
    elements->free = element->outer;
    element->kid_count = 0;
    element->entries.size = 0;
    return element;
}

struct gs_pdf_element *gs_pdf_element_new(struct gs_pdf_elements *elements,
        struct gs_pdf_element *parent, enum gs_tag_kind kind, const char *role)
{
    struct gs_pdf_element *element = take(elements);
    element->kind = kind;
    element->role = role;
    element->number = gs_pdf_reserve(elements->file);
    element->parent = 0;
    element->tag_number = 0;
    element->last = element->outer = NULL;
    if (parent != NULL) {
        element->parent = parent->number;
        add_kid(parent,
                (struct gs_pdf_kid){.value = element->number & 0x7FFFFFFF});
    }
    return element;
}

void gs_pdf_element_add_content(
        struct gs_pdf_element *element, unsigned page, unsigned mcid)
{
    add_kid(element,
            (struct gs_pdf_kid){.page = page, .value = mcid & 0x7FFFFFFF});
}

void gs_pdf_element_add_annotation(
        struct gs_pdf_element *element, unsigned page, unsigned annotation)
{
    add_kid(element,
            (struct gs_pdf_kid){.page = page,
                    .value = annotation & 0x7FFFFFFF,
                    .annotation = 1});
}

/* --- writing ---------------------------------------------------------------- */

/* The first page with content of its own; 0: it has none. */
static unsigned page_of(const struct gs_pdf_element *element)
{
    for (unsigned i = 0; i < element->kid_count; i++) {
        if (element->kids[i].page != 0 && !element->kids[i].annotation) {
            return element->kids[i].page;
        }
    }
    return 0;
}

/* Content of the element's page is a number alone. */
static void put_kid(struct gs_pdf_buffer *out, const struct gs_pdf_kid *kid,
        unsigned page)
{
    if (kid->page == 0) {
        gs_pdf_put_ref(out, kid->value);
    } else if (kid->annotation) {
        gs_pdf_puts(out, "<</Type/OBJR/Pg ");
        gs_pdf_put_ref(out, kid->page);
        gs_pdf_puts(out, "/Obj ");
        gs_pdf_put_ref(out, kid->value);
        gs_pdf_puts(out, ">>");
    } else if (kid->page == page) {
        gs_pdf_put_int(out, kid->value);
    } else {
        gs_pdf_puts(out, "<</Type/MCR/Pg ");
        gs_pdf_put_ref(out, kid->page);
        gs_pdf_puts(out, "/MCID ");
        gs_pdf_put_int(out, kid->value);
        gs_pdf_puts(out, ">>");
    }
}

static void put_element(
        struct gs_pdf_buffer *out, const struct gs_pdf_element *element)
{
    unsigned page = page_of(element);
    gs_pdf_puts(out, "<</S/");
    gs_pdf_puts(out, element->role);
    gs_pdf_puts(out, "/P ");
    gs_pdf_put_ref(out, element->parent);
    if (page != 0) {
        gs_pdf_puts(out, "/Pg ");
        gs_pdf_put_ref(out, page);
    }
    gs_pdf_put(out, element->entries.bytes, element->entries.size);
    if (element->kid_count > 0) {
        gs_pdf_puts(out, "/K[");
        for (unsigned i = 0; i < element->kid_count; i++) {
            if (i > 0) {
                gs_pdf_puts(out, " ");
            }
            put_kid(out, &element->kids[i], page);
        }
        gs_pdf_puts(out, "]");
    }
    gs_pdf_puts(out, ">>");
}

void gs_pdf_element_close(
        struct gs_pdf_elements *elements, struct gs_pdf_element *element)
{
    if (element == NULL) {
        return;
    }
    gs_pdf_element_close(elements, element->last);
    element->last = NULL;
    put_element(gs_pdf_begin(elements->file, element->number), element);
    gs_pdf_end(elements->file);
    gs_pdf_element_free(elements, element);
}

void gs_pdf_element_free(
        struct gs_pdf_elements *elements, struct gs_pdf_element *element)
{
    if (element != NULL) {
        gs_pdf_element_free(elements, element->last);
        element->outer = elements->free;
        elements->free = element;
    }
}

void gs_pdf_elements_release(struct gs_pdf_elements *elements)
{
    while (elements->free != NULL) {
        struct gs_pdf_element *element = elements->free;
        elements->free = element->outer;
        if (element->kids != element->few_kids) {
            g_free(element->kids);
        }
        gs_pdf_buffer_release(&element->entries);
        g_free(element);
    }
}
