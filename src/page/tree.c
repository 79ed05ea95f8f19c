/*
 * The page tree as XML.
 *
 * One string per page, handed to the output when the page is done.  Attributes
 * stand in a fixed order.  docs/writers.md describes every element.
 */
#include "page/tree.h"

#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/words.h"
#include "layout/fragment.h"
#include "page/anchors.h"
#include "page/markup.h"
#include "page/tree-lines.h"

#define NAMESPACE "urn:gongshi:pages:1"

struct gs_tree {
    struct gs_markup markup; /* not yet written */
    struct gs_output *output;
};

/* --- attributes ------------------------------------------------------------------- */

static void part_attributes(struct gs_markup *out, unsigned part, unsigned of)
{
    if (of > 1) {
        gs_markup_count(out, "part", part);
        gs_markup_count(out, "of", of);
    }
}

static void repeated_attribute(struct gs_markup *out, bool repeated)
{
    if (repeated) {
        gs_markup_text(out, "repeated", "yes");
    }
}

/* The file's name without its folder: the same wherever the tree is made. */
static void origin_attributes(
        struct gs_markup *out, const struct gs_origin *origin)
{
    if (origin->loc.source != NULL && origin->loc.source->name != NULL) {
        const char *name = origin->loc.source->name;
        const char *slash = strrchr(name, '/');
        char *place = g_strdup_printf(
                "%s:%u", slash == NULL ? name : slash + 1, origin->loc.line);
        gs_markup_text(out, "source", place);
        g_free(place);
    }
    gs_markup_text(out, "path", origin->path);
}

/* --- blocks -------------------------------------------------------------------- */

static const char *block_kind(const struct gs_frag_block *frag)
{
    switch (frag->kind) {
    case GS_FRAG_IMAGE:
        return "image";
    case GS_FRAG_RULE:
        return "rule";
    case GS_FRAG_TABLE:
        return "table";
    case GS_FRAG_LINES:
        break;
    }
    if (frag->block == NULL) {
        return "para";
    }
    if (frag->block->kind == GS_BLOCK_LINE) {
        return "line";
    }
    if (frag->block->kind == GS_BLOCK_TOC) {
        return "toc";
    }
    return frag->block->heading != NULL ? "heading" : "para";
}

static void write_block(struct gs_markup *out, const struct gs_frag_block *frag)
{
    const struct gs_block *block = frag->block;

    gs_markup_open(out, "block");
    gs_markup_text(out, "kind", block_kind(frag));
    if (block != NULL && block->heading != NULL) {
        gs_markup_count(out, "level", block->heading->level);
    }
    if (block != NULL) {
        origin_attributes(out, &block->origin);
    }
    gs_markup_rect(out, frag->rect);
    if (block != NULL) {
        gs_markup_text(out, "id",
                block->id == NULL && block->heading != NULL ? block->heading->id
                                                            : block->id);
    }
    part_attributes(out, frag->part, frag->of);
    repeated_attribute(out, frag->repeated);
    if (frag->kind == GS_FRAG_IMAGE) {
        gs_markup_text(out, "alt", frag->image.alt);
    }
    if (!gs_tree_has_lines(frag->lines, frag->line_count)) {
        gs_markup_close(out);
        return;
    }
    gs_markup_enter(out);
    gs_tree_write_lines(out, frag->lines, frag->line_count);
    gs_markup_leave(out, "block");
}

/* --- tables ---------------------------------------------------------------------- */

static void write_cell(struct gs_markup *out, const struct gs_frag_cell *cell)
{
    gs_markup_open(out, "cell");
    gs_markup_count(out, "row", cell->row + 1);
    gs_markup_count(out, "column", cell->column + 1);
    gs_markup_count(out, "rowspan", cell->cell->row_span);
    gs_markup_count(out, "colspan", cell->column_span);
    if (cell->cell->head) {
        gs_markup_text(out, "head", "yes");
    }
    part_attributes(out, cell->part, cell->of);
    if (cell->of > 1) {
        gs_markup_count(out, "rows-here", cell->row_span);
    }
    if (cell->clipped_count > 0) {
        gs_markup_count(out, "clipped", cell->clipped_count);
    }
    repeated_attribute(out, cell->repeated);
    gs_markup_rect(out, cell->rect);
    origin_attributes(out, &cell->cell->origin);
    if (cell->image_count == 0 &&
            !gs_tree_has_lines(cell->lines, cell->line_count)) {
        gs_markup_close(out);
        return;
    }
    gs_markup_enter(out);
    gs_tree_write_lines(out, cell->lines, cell->line_count);
    for (size_t i = 0; i < cell->image_count; i++) {
        gs_tree_write_image(out, cell->images[i].rect, cell->images[i].alt);
    }
    gs_markup_leave(out, "cell");
}

static const char *group_name(enum gs_group_kind kind)
{
    switch (kind) {
    case GS_GROUP_HEAD:
        return "head";
    case GS_GROUP_BODY:
        return "body";
    case GS_GROUP_FOOT:
        return "foot";
    }
    return "body";
}

static void write_row(struct gs_markup *out, const struct gs_frag_row *row)
{
    gs_markup_open(out, "row");
    gs_markup_count(out, "index", row->index + 1);
    gs_markup_text(out, "group", group_name(row->group));
    repeated_attribute(out, row->repeated);
    if (row->of_page) {
        gs_markup_text(out, "of-page", "yes");
    }
    gs_markup_length(out, "y", row->y);
    gs_markup_length(out, "height", row->height);
    part_attributes(out, row->part, row->of);
    if (row->cell_count == 0) { /* all its slots belong to cells from above */
        gs_markup_close(out);
        return;
    }
    gs_markup_enter(out);
    for (size_t i = 0; i < row->cell_count; i++) {
        write_cell(out, &row->cells[i]);
    }
    gs_markup_leave(out, "row");
}

/* Which columns of the table stand in a strip of it. */
static void write_columns(
        struct gs_markup *out, const struct gs_frag_table *table)
{
    g_string_append(out->text, " table-columns=\"");
    for (size_t i = 0; i < table->column_count; i++) {
        g_string_append_printf(out->text, "%s%" G_GSIZE_FORMAT,
                i > 0 ? " " : "", table->columns[i] + 1);
    }
    g_string_append_c(out->text, '"');
}

static void write_table(struct gs_markup *out, const struct gs_frag_block *frag)
{
    const struct gs_frag_table *table = frag->table;
    const struct gs_table *model = table->table;

    gs_markup_open(out, "table");
    if (model->id != NULL) {
        gs_markup_text(out, "id", model->id);
    } else {
        g_string_append_printf(
                out->text, " id=\"table-%" G_GSIZE_FORMAT "\"", table->number);
    }
    gs_markup_count(out, "part", table->part);
    gs_markup_count(out, "of", table->of);
    if (table->strips > 1) {
        gs_markup_count(out, "strip", table->strip);
        gs_markup_count(out, "strips", table->strips);
        write_columns(out, table);
    }
    origin_attributes(out, &model->origin);
    gs_markup_rect(out, frag->rect);
    g_string_append(out->text, " columns=\"");
    for (size_t i = 0; i <= table->column_count; i++) {
        if (i > 0) {
            g_string_append_c(out->text, ' ');
        }
        gs_markup_append_length(out->text, table->column_x[i]);
    }
    g_string_append_c(out->text, '"');
    gs_markup_enter(out);
    for (size_t i = 0; i < table->row_count; i++) {
        write_row(out, &table->rows[i]);
    }
    gs_markup_leave(out, "table");
}

/* --- pages ----------------------------------------------------------------------- */

static void write_blocks(
        struct gs_markup *out, const struct gs_frag_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].kind == GS_FRAG_TABLE) {
            write_table(out, &blocks[i]);
        } else {
            write_block(out, &blocks[i]);
        }
    }
}

static void write_running(struct gs_markup *out, const char *name,
        const struct gs_frag_block *blocks, size_t count)
{
    if (count > 0) {
        gs_markup_open(out, name);
        gs_markup_enter(out);
        write_blocks(out, blocks, count);
        gs_markup_leave(out, name);
    }
}

static const char *seal_kind(enum gs_seal_kind kind)
{
    switch (kind) {
    case GS_SEAL_PICTURE:
        return "picture";
    case GS_SEAL_SPECIMEN:
        return "specimen";
    case GS_SEAL_PLACE:
        return "place";
    }
    return "place";
}

static void write_seal(struct gs_markup *out, const struct gs_frag_seal *frag)
{
    gs_markup_open(out, "seal");
    gs_markup_text(out, "kind", seal_kind(frag->seal->kind));
    gs_markup_text(out, "organ", frag->seal->organ);
    origin_attributes(out, &frag->seal->origin);
    gs_markup_rect(out, frag->rect);
    gs_markup_close(out);
}

/* In English, as all of the tree. */
static void why_attribute(struct gs_markup *out, const struct gs_why *why)
{
    if (why == NULL) {
        return;
    }
    struct gs_arena *arena = gs_arena_new();
    gs_markup_text(out, "ended", gs_words(arena, NULL, why->text, why->args));
    gs_arena_free(arena);
}

static void write_page(struct gs_markup *out, const struct gs_page *page)
{
    gs_markup_open(out, "page");
    gs_markup_text(out, "number", page->number);
    gs_markup_count(out, "index", page->index + 1);
    gs_markup_length(out, "width", page->size.width);
    gs_markup_length(out, "height", page->size.height);
    why_attribute(out, page->why);
    gs_markup_enter(out);
    write_running(out, "header", page->header, page->header_count);
    write_blocks(out, page->blocks, page->block_count);
    write_running(out, "footer", page->footer, page->footer_count);
    for (size_t i = 0; i < page->seal_count; i++) {
        write_seal(out, &page->seals[i]);
    }
    gs_markup_leave(out, "page");
}

/* The headings that stand on the pages written. */
static void write_outline(struct gs_markup *out, const struct gs_pages *pages,
        size_t first, size_t last)
{
    GHashTable *anchors = gs_anchors_new(pages, first, last);
    bool opened = false;

    for (size_t i = 0; i < pages->doc->heading_count; i++) {
        const struct gs_heading *heading = &pages->doc->headings[i];
        const struct gs_anchor *anchor = gs_anchors_find(anchors, heading->id);
        if (anchor == NULL) {
            continue;
        }
        if (!opened) {
            gs_markup_open(out, "outline");
            gs_markup_enter(out);
            opened = true;
        }
        gs_markup_open(out, "item");
        gs_markup_count(out, "level", heading->level);
        gs_markup_text(out, "title", heading->title);
        gs_markup_text(out, "id", heading->id);
        gs_markup_count(out, "page", anchor->page + 1);
        gs_markup_length(out, "y", anchor->y);
        gs_markup_close(out);
    }
    if (opened) {
        gs_markup_leave(out, "outline");
    }
    g_hash_table_destroy(anchors);
}

static bool flush(struct gs_tree *tree)
{
    GString *text = tree->markup.text;
    bool ok = gs_output_write(tree->output, text->str, text->len);
    g_string_truncate(text, 0);
    return ok;
}

struct gs_tree *gs_tree_begin(const struct gs_pages *pages, size_t first,
        size_t last, struct gs_output *output)
{
    struct gs_tree *tree = g_new0(struct gs_tree, 1);

    struct gs_markup *out = &tree->markup;
    out->text = g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    tree->output = output;
    gs_markup_open(out, "pages");
    gs_markup_text(out, "xmlns", NAMESPACE);
    gs_markup_count(out, "count", pages->count);
    gs_markup_enter(out);
    write_outline(out, pages, first, last);
    return tree;
}

bool gs_tree_page(struct gs_tree *tree, const struct gs_page *page)
{
    write_page(&tree->markup, page);
    return flush(tree);
}

bool gs_tree_end(struct gs_tree *tree)
{
    gs_markup_leave(&tree->markup, "pages");
    bool ok = flush(tree);
    g_string_free(tree->markup.text, TRUE);
    g_free(tree);
    return ok;
}

bool gs_tree_write(const struct gs_pages *pages, size_t first, size_t last,
        struct gs_output *output)
{
    struct gs_tree *tree = gs_tree_begin(pages, first, last, output);
    bool ok = true;

    for (size_t i = first; ok && i <= last && i < pages->count; i++) {
        ok = gs_tree_page(tree, &pages->pages[i]);
    }
    return gs_tree_end(tree) && ok;
}
