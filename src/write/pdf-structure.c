/*
 * The structure of a PDF file, as pdf-structure.h describes it.
 */
#include "write/pdf-structure.h"

#include <assert.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "write/pdf-element.h"
#include "write/pdf-file.h"
#include "write/pdf-table.h"
#include "write/pdf-tree.h"

/* As deep as a layout's headings can be nested. */
#define LEVELS_MAX 6

struct gs_pdf_structure {
    struct gs_pdf_file *file;
    unsigned root; /* StructTreeRoot */
    struct gs_pdf_elements elements;
    struct gs_pdf_element *document;
    struct gs_pdf_element *open; /* that of the innermost tag; NULL: none */
    GPtrArray
            *waiting; /* figures of this page whose content is still to come */
    struct gs_pdf_tables tables;
    struct gs_pdf_table *table; /* that may go on, the document's last child */
    unsigned levels[LEVELS_MAX]; /* of the headings over the text at hand */
    unsigned depth;
    /* The page at hand: its object, height, key; its content has parents. */
    unsigned page, key;
    gs_len height;
    unsigned content_count;
    struct gs_pdf_buffer parents; /* references */
    GArray *keys; /* of the ParentTree, in order: the objects */
};

struct gs_pdf_structure *gs_pdf_structure_new(struct gs_pdf_file *file)
{
    struct gs_pdf_structure *structure = g_new0(struct gs_pdf_structure, 1);
    structure->file = file;
    structure->root = gs_pdf_reserve(file);
    structure->elements.file = file;
    structure->document = gs_pdf_element_new(
            &structure->elements, NULL, GS_TAG_TABLE, "Document");
    structure->document->parent = structure->root;
    structure->waiting = g_ptr_array_new();
    structure->keys = g_array_new(FALSE, FALSE, sizeof(unsigned));
    gs_pdf_tables_init(&structure->tables, &structure->elements);
    return structure;
}

void gs_pdf_structure_free(struct gs_pdf_structure *structure)
{
    if (structure == NULL) {
        return;
    }
    for (guint i = 0; i < structure->waiting->len; i++) {
        gs_pdf_element_free(
                &structure->elements, g_ptr_array_index(structure->waiting, i));
    }
    gs_pdf_table_free(structure->table);
    gs_pdf_element_free(&structure->elements, structure->document);
    g_ptr_array_free(structure->waiting, TRUE);
    gs_pdf_buffer_release(&structure->parents);
    g_array_free(structure->keys, TRUE);
    gs_pdf_tables_release(&structure->tables);
    gs_pdf_elements_release(&structure->elements);
    g_free(structure);
}

/* --- pages ------------------------------------------------------------------ */

void gs_pdf_structure_begin_page(
        struct gs_pdf_structure *structure, unsigned page, gs_len height)
{
    unsigned parents = gs_pdf_reserve(structure->file);
    structure->page = page;
    structure->height = height;
    structure->key = structure->keys->len;
    g_array_append_val(structure->keys, parents);
    structure->content_count = 0;
    structure->parents.size = 0;
}

unsigned gs_pdf_structure_page_key(const struct gs_pdf_structure *structure)
{
    return structure->key;
}

void gs_pdf_structure_end_page(struct gs_pdf_structure *structure)
{
    assert(structure->open == NULL);
    for (guint i = 0; i < structure->waiting->len; i++) {
        gs_pdf_element_close(
                &structure->elements, g_ptr_array_index(structure->waiting, i));
    }
    g_ptr_array_set_size(structure->waiting, 0);
    struct gs_pdf_buffer *out = gs_pdf_begin(structure->file,
            g_array_index(structure->keys, unsigned, structure->key));
    gs_pdf_puts(out, "[");
    gs_pdf_put(out, structure->parents.bytes, structure->parents.size);
    gs_pdf_puts(out, "]");
    gs_pdf_end(structure->file);
}

/* --- tags ------------------------------------------------------------------- */

static struct gs_pdf_element *innermost(
        const struct gs_pdf_structure *structure)
{
    return structure->open == NULL ? structure->document : structure->open;
}

/* The last child of an element ends. */
static void close_last(
        struct gs_pdf_structure *structure, struct gs_pdf_element *parent)
{
    if (parent == structure->document && structure->table != NULL) {
        gs_pdf_table_close(structure->table);
        structure->table = NULL;
    }
    gs_pdf_element_close(&structure->elements, parent->last);
    parent->last = NULL;
}

/* Headings nest as their levels say, whatever levels are skipped between them. */
static const char *heading_role(
        struct gs_pdf_structure *structure, unsigned level)
{
    static const char *const roles[] = {"H1", "H2", "H3", "H4", "H5", "H6"};
    unsigned depth = structure->depth;
    while (depth > 0 && structure->levels[depth - 1] >= level) {
        depth--;
    }
    depth = MIN(depth, LEVELS_MAX - 1);
    structure->levels[depth] = level;
    structure->depth = depth + 1;
    return roles[depth];
}

static const char *role_of(
        struct gs_pdf_structure *structure, const struct gs_tag *tag)
{
    switch (tag->kind) {
    case GS_TAG_HEADING:
        return heading_role(structure, tag->level);
    case GS_TAG_PARAGRAPH:
        return "P";
    case GS_TAG_CONTENTS:
        return "TOC";
    case GS_TAG_ENTRY:
        return "TOCI";
    case GS_TAG_REFERENCE:
        return "Reference";
    case GS_TAG_TABLE:
        return "Table";
    case GS_TAG_CAPTION:
        return "Caption";
    case GS_TAG_ROW:
        return "TR";
    case GS_TAG_CELL:
        return "TD";
    case GS_TAG_FIGURE:
        return "Figure";
    case GS_TAG_LINK:
        return "Span"; /* until it has its annotation */
    }
    return "Span";
}

/* Whether a tag goes on with the last child of the element it stands in. */
static bool goes_on(const struct gs_pdf_structure *structure,
        const struct gs_pdf_element *parent, const struct gs_tag *tag)
{
    const struct gs_pdf_element *last = parent->last;
    if (last == NULL || last->kind != tag->kind) {
        return false;
    }
    switch (tag->kind) {
    case GS_TAG_PARAGRAPH:
        if (parent->kind == GS_TAG_CELL) {
            return last->tag_number == tag->number;
        }
        return parent == structure->document && tag->continues;
    case GS_TAG_HEADING:
    case GS_TAG_CONTENTS:
    case GS_TAG_TABLE:
        return tag->continues;
    case GS_TAG_ENTRY:
        return last->tag_number == tag->number;
    case GS_TAG_REFERENCE:
        return true;
    case GS_TAG_CAPTION:
    case GS_TAG_ROW:
    case GS_TAG_CELL:
    case GS_TAG_FIGURE:
    case GS_TAG_LINK:
        return false;
    }
    return false;
}

static struct gs_pdf_element *begin_block(
        struct gs_pdf_structure *structure, const struct gs_tag *tag)
{
    struct gs_pdf_element *parent = innermost(structure);
    if (!goes_on(structure, parent, tag)) {
        close_last(structure, parent);
        parent->last = gs_pdf_element_new(&structure->elements, parent,
                tag->kind, role_of(structure, tag));
        parent->last->tag_number = tag->number;
    }
    return parent->last;
}

static struct gs_pdf_element *begin_table(
        struct gs_pdf_structure *structure, const struct gs_tag *tag)
{
    struct gs_pdf_element *element = begin_block(structure, tag);
    if (structure->table == NULL) {
        structure->table = gs_pdf_table_new(&structure->tables, element);
    }
    gs_pdf_table_begin_part(structure->table, tag->table);
    return element;
}

/* --- figures ---------------------------------------------------------------- */

/* Alt, and the place on its page: y grows upwards there. */
static void describe_figure(const struct gs_pdf_structure *structure,
        const struct gs_tag *tag, struct gs_pdf_buffer *out)
{
    const struct gs_rect *rect = &tag->rect;
    const gs_len box[] = {rect->x, structure->height - rect->y - rect->height,
            rect->x + rect->width, structure->height - rect->y};
    gs_pdf_puts(out, "/Alt");
    gs_pdf_put_text(out, tag->alt);
    gs_pdf_puts(out, "/A<</O/Layout/BBox[");
    for (size_t i = 0; i < G_N_ELEMENTS(box); i++) {
        gs_pdf_puts(out, i == 0 ? "" : " ");
        gs_pdf_put_len(out, box[i]);
    }
    gs_pdf_puts(out, "]>>");
}

static struct gs_pdf_element *begin_figure(
        struct gs_pdf_structure *structure, const struct gs_tag *tag)
{
    for (guint i = 0; tag->continues && i < structure->waiting->len; i++) {
        struct gs_pdf_element *figure =
                g_ptr_array_index(structure->waiting, i);
        if (figure->tag_number == tag->number) {
            g_ptr_array_remove_index(structure->waiting, i);
            return figure;
        }
    }
    struct gs_pdf_element *figure = gs_pdf_element_new(&structure->elements,
            innermost(structure), GS_TAG_FIGURE, role_of(structure, tag));
    figure->tag_number = tag->number;
    describe_figure(structure, tag, &figure->entries);
    return figure;
}

static void end_figure(
        struct gs_pdf_structure *structure, struct gs_pdf_element *figure)
{
    if (figure->kid_count == 0) {
        g_ptr_array_add(structure->waiting, figure);
    } else {
        gs_pdf_element_close(&structure->elements, figure);
    }
}

/* --- the interface ---------------------------------------------------------- */

void gs_pdf_structure_begin_tag(
        struct gs_pdf_structure *structure, const struct gs_tag *tag)
{
    struct gs_pdf_element *element = NULL;
    switch (tag->kind) {
    case GS_TAG_HEADING:
    case GS_TAG_PARAGRAPH:
    case GS_TAG_CONTENTS:
    case GS_TAG_ENTRY:
    case GS_TAG_REFERENCE:
    case GS_TAG_CAPTION:
    case GS_TAG_LINK:
        element = begin_block(structure, tag);
        break;
    case GS_TAG_TABLE:
        element = begin_table(structure, tag);
        break;
    case GS_TAG_ROW:
        element = gs_pdf_table_row(structure->table, tag->row);
        break;
    case GS_TAG_CELL:
        element = gs_pdf_table_cell(structure->table, tag->cell);
        break;
    case GS_TAG_FIGURE:
        element = begin_figure(structure, tag);
        break;
    }
    element->outer = structure->open;
    structure->open = element;
}

void gs_pdf_structure_end_tag(struct gs_pdf_structure *structure)
{
    struct gs_pdf_element *element = structure->open;
    assert(element != NULL);
    structure->open = element->outer;
    if (element->kind == GS_TAG_FIGURE) {
        end_figure(structure, element);
    }
}

struct gs_pdf_mark gs_pdf_structure_mark(struct gs_pdf_structure *structure)
{
    struct gs_pdf_element *element = innermost(structure);
    assert(element != structure->document);
    struct gs_pdf_mark mark = {
            element->kind == GS_TAG_LINK ? "Link" : element->role,
            structure->content_count++};
    gs_pdf_element_add_content(element, structure->page, mark.mcid);
    gs_pdf_puts(&structure->parents, mark.mcid == 0 ? "" : " ");
    gs_pdf_put_ref(&structure->parents, element->number);
    return mark;
}

unsigned gs_pdf_structure_annotation(
        struct gs_pdf_structure *structure, unsigned annotation)
{
    struct gs_pdf_element *element = innermost(structure);
    assert(element->kind == GS_TAG_LINK);
    element->role = "Link";
    gs_pdf_element_add_annotation(element, structure->page, annotation);
    unsigned key = structure->keys->len;
    g_array_append_val(structure->keys, element->number);
    return key;
}

/* --- the end ---------------------------------------------------------------- */

static void put_number(
        struct gs_pdf_buffer *buffer, const void *entries, size_t i)
{
    (void)entries;
    gs_pdf_put_int(buffer, (int64_t)i);
}

static void put_parent(
        struct gs_pdf_buffer *buffer, const void *entries, size_t i)
{
    gs_pdf_put_ref(buffer, ((const unsigned *)entries)[i]);
}

static void put_id(struct gs_pdf_buffer *buffer, const void *entries, size_t i)
{
    const struct gs_pdf_id *ids = entries;
    gs_pdf_put_bytes(buffer, ids[i].text, strlen(ids[i].text));
}

static void put_id_element(
        struct gs_pdf_buffer *buffer, const void *entries, size_t i)
{
    gs_pdf_put_ref(buffer, ((const struct gs_pdf_id *)entries)[i].element);
}

static int compare_ids(const void *a, const void *b)
{
    return strcmp(((const struct gs_pdf_id *)a)->text,
            ((const struct gs_pdf_id *)b)->text);
}

unsigned gs_pdf_structure_finish(struct gs_pdf_structure *structure)
{
    struct gs_pdf_file *file = structure->file;
    GArray *keys = structure->keys, *ids = structure->tables.ids;
    close_last(structure, structure->document);
    unsigned document = structure->document->number;
    gs_pdf_element_close(&structure->elements, structure->document);
    structure->document = NULL;

    const struct gs_pdf_tree parents = {
            false, keys->len, put_number, put_parent, keys->data};
    const struct gs_pdf_tree names = {
            true, ids->len, put_id, put_id_element, ids->data};
    unsigned parent_tree = gs_pdf_tree_write(file, &parents);
    unsigned id_tree = 0;
    if (ids->len > 0) {
        qsort(ids->data, ids->len, sizeof(struct gs_pdf_id), compare_ids);
        id_tree = gs_pdf_tree_write(file, &names);
    }
    struct gs_pdf_buffer *out = gs_pdf_begin(file, structure->root);
    gs_pdf_puts(out, "<</Type/StructTreeRoot/K ");
    gs_pdf_put_ref(out, document);
    gs_pdf_puts(out, "/ParentTree ");
    gs_pdf_put_ref(out, parent_tree);
    gs_pdf_puts(out, "/ParentTreeNextKey ");
    gs_pdf_put_int(out, keys->len);
    if (id_tree != 0) {
        gs_pdf_puts(out, "/IDTree ");
        gs_pdf_put_ref(out, id_tree);
    }
    gs_pdf_puts(out, ">>");
    gs_pdf_end(file);
    return structure->root;
}
