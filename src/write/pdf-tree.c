/*
 * Trees, from the leaves up.
 */
#include "write/pdf-tree.h"

#include <glib.h>

/* Entries of a leaf, kids of a node. */
#define WIDTH ((size_t)64)

/* A node that has been written: entries [first, end). */
struct node {
    unsigned number;
    size_t first, end;
};

static void put_limits(struct gs_pdf_buffer *out,
        const struct gs_pdf_tree *tree, size_t first, size_t end)
{
    gs_pdf_puts(out, "/Limits[");
    tree->put_key(out, tree->entries, first);
    gs_pdf_puts(out, " ");
    tree->put_key(out, tree->entries, end - 1);
    gs_pdf_puts(out, "]");
}

static void put_entries(struct gs_pdf_buffer *out,
        const struct gs_pdf_tree *tree, size_t first, size_t end)
{
    gs_pdf_puts(out, tree->names ? "/Names[" : "/Nums[");
    for (size_t i = first; i < end; i++) {
        if (i > first) {
            gs_pdf_puts(out, " ");
        }
        tree->put_key(out, tree->entries, i);
        gs_pdf_puts(out, " ");
        tree->put_value(out, tree->entries, i);
    }
    gs_pdf_puts(out, "]");
}

static GArray *write_leaves(
        struct gs_pdf_file *file, const struct gs_pdf_tree *tree)
{
    GArray *nodes = g_array_new(FALSE, FALSE, sizeof(struct node));
    size_t first = 0;
    do {
        struct node node = {
                gs_pdf_reserve(file), first, MIN(first + WIDTH, tree->count)};
        struct gs_pdf_buffer *out = gs_pdf_begin(file, node.number);
        gs_pdf_puts(out, "<<");
        if (tree->count > WIDTH) { /* the root has no limits */
            put_limits(out, tree, node.first, node.end);
        }
        put_entries(out, tree, node.first, node.end);
        gs_pdf_puts(out, ">>");
        gs_pdf_end(file);
        g_array_append_val(nodes, node);
        first = node.end;
    } while (first < tree->count);
    return nodes;
}

/* Nodes over nodes; the array is freed. */
static GArray *write_level(
        struct gs_pdf_file *file, const struct gs_pdf_tree *tree, GArray *kids)
{
    GArray *nodes = g_array_new(FALSE, FALSE, sizeof(struct node));
    for (size_t first = 0; first < kids->len; first += WIDTH) {
        size_t end = MIN(first + WIDTH, kids->len);
        struct node node = {gs_pdf_reserve(file),
                g_array_index(kids, struct node, first).first,
                g_array_index(kids, struct node, end - 1).end};
        struct gs_pdf_buffer *out = gs_pdf_begin(file, node.number);
        gs_pdf_puts(out, "<<");
        if (kids->len > WIDTH) {
            put_limits(out, tree, node.first, node.end);
        }
        gs_pdf_puts(out, "/Kids[");
        for (size_t i = first; i < end; i++) {
            gs_pdf_puts(out, i == first ? "" : " ");
            gs_pdf_put_ref(out, g_array_index(kids, struct node, i).number);
        }
        gs_pdf_puts(out, "]>>");
        gs_pdf_end(file);
        g_array_append_val(nodes, node);
    }
    g_array_free(kids, TRUE);
    return nodes;
}

unsigned gs_pdf_tree_write(
        struct gs_pdf_file *file, const struct gs_pdf_tree *tree)
{
    GArray *nodes = write_leaves(file, tree);
    while (nodes->len > 1) {
        nodes = write_level(file, tree, nodes);
    }
    unsigned root = g_array_index(nodes, struct node, 0).number;
    g_array_free(nodes, TRUE);
    return root;
}
