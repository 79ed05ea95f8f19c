/*
 * The direct PDF writer: links, destinations, the outline.
 *
 * All of them are written when the document ends: only then is it known on which
 * page each target lies.
 */
#include "write/pdf.h"

#include <stdlib.h>
#include <string.h>

#include "page/anchors.h"
#include "write/pdf-structure.h"
#include "write/pdf-tree.h"

/* --- links ------------------------------------------------------------------------- */

void gs_pdf_add_link(
        struct gs_writer *base, struct gs_rect rect, const char *target)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);
    struct gs_pdf_link link = {
            .rect = rect,
            .page = pdf->pages->len,
    };

    /* A link that is no part of the structure may not be (ISO 14289-1, 7.18.5). */
    if (base->failed || (pdf->structure != NULL && pdf->in_artifact)) {
        return;
    }
    link.number = gs_pdf_reserve(pdf->file);
    link.target = g_strdup(target);
    if (pdf->structure != NULL) {
        link.parent_key =
                gs_pdf_structure_annotation(pdf->structure, link.number);
    }
    g_array_append_val(pdf->links, link);
}

static const struct gs_pdf_page *find_page(const struct gs_pdf *pdf,
        const struct gs_doc_info *info, const struct gs_anchor *anchor)
{
    return &g_array_index(
            pdf->pages, struct gs_pdf_page, anchor->page - info->first);
}

/* [page /XYZ null y null]: to that height, the zoom as it is. */
static void put_destination(const struct gs_pdf *pdf,
        const struct gs_doc_info *info, const struct gs_anchor *anchor,
        struct gs_pdf_buffer *out)
{
    const struct gs_pdf_page *page = find_page(pdf, info, anchor);

    gs_pdf_puts(out, "[");
    gs_pdf_put_ref(out, page->number);
    gs_pdf_puts(out, "/XYZ null ");
    gs_pdf_put_len(out, page->height - anchor->y);
    gs_pdf_puts(out, " null]");
}

/* What the target is called: its heading, or the name that the author gave it. */
static const char *target_title(
        const struct gs_doc_info *info, const char *target)
{
    const struct gs_doc *doc = info->pages->doc;

    for (size_t i = 0; i < doc->heading_count; i++) {
        if (strcmp(doc->headings[i].id, target) == 0) {
            return doc->headings[i].title;
        }
    }
    return target;
}

/* /F 4: it is printed (ISO 19005-2, 6.3.2), which shows nothing. */
static void write_link(struct gs_pdf *pdf, const struct gs_doc_info *info,
        const struct gs_pdf_link *link, GHashTable *anchors)
{
    const struct gs_anchor *anchor = gs_anchors_find(anchors, link->target);
    gs_len height =
            g_array_index(pdf->pages, struct gs_pdf_page, link->page).height;
    struct gs_pdf_buffer *out = gs_pdf_begin(pdf->file, link->number);

    gs_pdf_puts(out, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
    gs_pdf_put_len(out, link->rect.x);
    gs_pdf_puts(out, " ");
    gs_pdf_put_len(out, height - link->rect.y - link->rect.height);
    gs_pdf_puts(out, " ");
    gs_pdf_put_len(out, link->rect.x + link->rect.width);
    gs_pdf_puts(out, " ");
    gs_pdf_put_len(out, height - link->rect.y);
    gs_pdf_puts(out, "]/Contents");
    gs_pdf_put_text(out, target_title(info, link->target));
    if (anchor != NULL) {
        gs_pdf_puts(out, "/Dest");
        gs_pdf_put_bytes(out, link->target, strlen(link->target));
    }
    if (pdf->structure != NULL) {
        gs_pdf_puts(out, "/StructParent ");
        gs_pdf_put_int(out, link->parent_key);
    }
    gs_pdf_puts(out, ">>");
    gs_pdf_end(pdf->file);
}

void gs_pdf_write_links(
        struct gs_pdf *pdf, const struct gs_doc_info *info, GHashTable *anchors)
{
    for (guint i = 0; i < pdf->links->len; i++) {
        write_link(pdf, info, &g_array_index(pdf->links, struct gs_pdf_link, i),
                anchors);
    }
}

/* --- destinations -------------------------------------------------------------------- */

static gint compare_ids(gconstpointer a, gconstpointer b)
{
    const struct gs_anchor *const *one = a, *const *other = b;
    return strcmp((*one)->id, (*other)->id);
}

/* Names, sorted by their bytes (ISO 32000-1, 7.9.6), and where they lead. */
struct destinations {
    const struct gs_pdf *pdf;
    const struct gs_doc_info *info;
    const GArray *sorted; /* const struct gs_anchor * */
};

static void put_name(struct gs_pdf_buffer *out, const void *entries, size_t i)
{
    const struct destinations *all = entries;
    const char *id =
            g_array_index(all->sorted, const struct gs_anchor *, i)->id;
    gs_pdf_put_bytes(out, id, strlen(id));
}

static void put_goal(struct gs_pdf_buffer *out, const void *entries, size_t i)
{
    const struct destinations *all = entries;
    put_destination(all->pdf, all->info,
            g_array_index(all->sorted, const struct gs_anchor *, i), out);
}

unsigned gs_pdf_write_destinations(
        struct gs_pdf *pdf, const struct gs_doc_info *info, GHashTable *anchors)
{
    GArray *sorted = g_array_new(FALSE, FALSE, sizeof(struct gs_anchor *));
    unsigned number = 0;

    for (size_t i = 0; i < info->pages->anchor_count; i++) {
        const struct gs_anchor *anchor = &info->pages->anchors[i];
        if (anchor->id != NULL &&
                gs_anchors_find(anchors, anchor->id) == anchor) {
            g_array_append_val(sorted, anchor);
        }
    }
    if (sorted->len > 0) {
        g_array_sort(sorted, compare_ids);
        const struct destinations all = {pdf, info, sorted};
        const struct gs_pdf_tree tree = {
                true, sorted->len, put_name, put_goal, &all};
        number = gs_pdf_tree_write(pdf->file, &tree);
    }
    g_array_free(sorted, TRUE);
    return number;
}

/* --- the outline ---------------------------------------------------------------------- */

/* How an item of the outline is chained; indices, -1: none. */
struct chain {
    int previous, next, first, last;
    int count; /* of all that is below it */
};

static struct chain *make_chains(const GArray *items)
{
    struct chain *chains = g_new(struct chain, items->len + 1);
    struct chain *root = &chains[items->len];

    for (guint i = 0; i <= items->len; i++) {
        chains[i] = (struct chain){-1, -1, -1, -1, 0};
    }
    for (guint i = 0; i < items->len; i++) {
        int parent = g_array_index(items, struct gs_outline_item, i).parent;
        struct chain *above = parent < 0 ? root : &chains[parent];
        chains[i].previous = above->last;
        if (above->last >= 0) {
            chains[above->last].next = (int)i;
        } else {
            above->first = (int)i;
        }
        above->last = (int)i;
        for (int up = parent; up >= 0;
                up = g_array_index(items, struct gs_outline_item, up).parent) {
            chains[up].count++;
        }
    }
    return chains;
}

static void put_key(
        struct gs_pdf_buffer *out, const char *key, unsigned first, int index)
{
    if (index >= 0) {
        gs_pdf_puts(out, key);
        gs_pdf_put_ref(out, first + (unsigned)index);
    }
}

/* The first level is open, what is below it is shut. */
static void write_item(struct gs_pdf *pdf, const struct gs_doc_info *info,
        const struct gs_outline_item *item, const struct chain *chain,
        unsigned root, unsigned first, unsigned number)
{
    struct gs_pdf_buffer *out = gs_pdf_begin(pdf->file, number);

    gs_pdf_puts(out, "<</Title");
    gs_pdf_put_text(out, item->heading->title);
    gs_pdf_puts(out, "/Parent ");
    gs_pdf_put_ref(
            out, item->parent < 0 ? root : first + (unsigned)item->parent);
    put_key(out, "/Prev ", first, chain->previous);
    put_key(out, "/Next ", first, chain->next);
    put_key(out, "/First ", first, chain->first);
    put_key(out, "/Last ", first, chain->last);
    if (chain->count > 0) {
        gs_pdf_puts(out, "/Count ");
        gs_pdf_put_int(out, -chain->count);
    }
    gs_pdf_puts(out, "/Dest");
    put_destination(pdf, info, item->anchor, out);
    gs_pdf_puts(out, ">>");
    gs_pdf_end(pdf->file);
}

static void write_root(struct gs_pdf *pdf, const GArray *items,
        const struct chain *chain, unsigned root, unsigned first)
{
    struct gs_pdf_buffer *out = gs_pdf_begin(pdf->file, root);
    int open = 0;

    for (guint i = 0; i < items->len; i++) {
        open += g_array_index(items, struct gs_outline_item, i).parent < 0;
    }
    gs_pdf_puts(out, "<</Type/Outlines");
    put_key(out, "/First ", first, chain->first);
    put_key(out, "/Last ", first, chain->last);
    gs_pdf_puts(out, "/Count ");
    gs_pdf_put_int(out, open);
    gs_pdf_puts(out, ">>");
    gs_pdf_end(pdf->file);
}

unsigned gs_pdf_write_outline(
        struct gs_pdf *pdf, const struct gs_doc_info *info, GHashTable *anchors)
{
    GArray *items = gs_outline_make(info, anchors);
    unsigned root = 0;

    if (items->len > 0) {
        struct chain *chains = make_chains(items);
        root = gs_pdf_reserve(pdf->file);
        unsigned first = root + 1;
        for (guint i = 0; i < items->len; i++) {
            gs_pdf_reserve(pdf->file);
        }
        write_root(pdf, items, &chains[items->len], root, first);
        for (guint i = 0; i < items->len; i++) {
            write_item(pdf, info,
                    &g_array_index(items, struct gs_outline_item, i),
                    &chains[i], root, first, first + i);
        }
        g_free(chains);
    }
    g_array_free(items, TRUE);
    return root;
}
