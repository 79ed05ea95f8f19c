/*
 * The page tree as XML.
 *
 * One string per page, handed to the output when the page is done.  Numbers are
 * written from integers, so no locale comes in; attributes stand in a fixed
 * order.  docs/writers.md describes every element.
 */
#include "page/tree.h"

#include <string.h>

#include <glib.h>

#include "base/file.h"
#include "layout/fragment.h"
#include "page/anchors.h"

#define NAMESPACE "urn:gongshi:pages:1"

struct gs_tree {
    GString *text; /* not yet written */
    struct gs_output *output;
    unsigned depth;
};

/* --- XML ---------------------------------------------------------------------- */

static void indent(struct gs_tree *tree)
{
    for (unsigned i = 0; i < tree->depth; i++) {
        g_string_append_c(tree->text, ' ');
    }
}

static void open_element(struct gs_tree *tree, const char *name)
{
    indent(tree);
    g_string_append_printf(tree->text, "<%s", name);
}

/* After the attributes: what follows stands inside. */
static void enter(struct gs_tree *tree)
{
    g_string_append(tree->text, ">\n");
    tree->depth++;
}

static void close_empty(struct gs_tree *tree)
{
    g_string_append(tree->text, "/>\n");
}

static void leave(struct gs_tree *tree, const char *name)
{
    tree->depth--;
    indent(tree);
    g_string_append_printf(tree->text, "</%s>\n", name);
}

static void append_escaped(GString *text, const char *value)
{
    for (const char *c = value; *c != '\0'; c++) {
        switch (*c) {
        case '&':
            g_string_append(text, "&amp;");
            break;
        case '<':
            g_string_append(text, "&lt;");
            break;
        case '>':
            g_string_append(text, "&gt;");
            break;
        case '"':
            g_string_append(text, "&quot;");
            break;
        case '\t':
            g_string_append(text, "&#9;");
            break;
        case '\n':
            g_string_append(text, "&#10;");
            break;
        case '\r':
            g_string_append(text, "&#13;");
            break;
        default:
            if ((unsigned char)*c < 0x20) { /* XML 1.0 cannot say these */
                g_string_append(text, "\xEF\xBF\xBD");
            } else {
                g_string_append_c(text, *c);
            }
        }
    }
}

static void text_attribute(
        struct gs_tree *tree, const char *name, const char *value)
{
    if (value == NULL) {
        return;
    }
    g_string_append_printf(tree->text, " %s=\"", name);
    append_escaped(tree->text, value);
    g_string_append_c(tree->text, '"');
}

static void count_attribute(struct gs_tree *tree, const char *name, size_t value)
{
    g_string_append_printf(
            tree->text, " %s=\"%" G_GSIZE_FORMAT "\"", name, value);
}

/* In pt, rounded to three decimals, no zeros at the end. */
static void append_length(GString *text, gs_len len)
{
    bool negative = len < 0;
    uint64_t units = negative ? 0 - (uint64_t)len : (uint64_t)len;
    uint64_t whole = units / GS_LEN_PER_PT;
    uint64_t thousandths =
            (units % GS_LEN_PER_PT * 1000 + GS_LEN_PER_PT / 2) / GS_LEN_PER_PT;

    if (thousandths == 1000) {
        whole++;
        thousandths = 0;
    }
    if (negative && (whole != 0 || thousandths != 0)) {
        g_string_append_c(text, '-');
    }
    g_string_append_printf(text, "%" G_GUINT64_FORMAT, whole);
    if (thousandths != 0) {
        g_string_append_printf(text, ".%03u", (unsigned)thousandths);
        while (text->str[text->len - 1] == '0') {
            g_string_truncate(text, text->len - 1);
        }
    }
}

static void length_attribute(struct gs_tree *tree, const char *name, gs_len value)
{
    g_string_append_printf(tree->text, " %s=\"", name);
    append_length(tree->text, value);
    g_string_append_c(tree->text, '"');
}

static void rect_attributes(struct gs_tree *tree, struct gs_rect rect)
{
    length_attribute(tree, "x", rect.x);
    length_attribute(tree, "y", rect.y);
    length_attribute(tree, "width", rect.width);
    length_attribute(tree, "height", rect.height);
}

static void part_attributes(struct gs_tree *tree, unsigned part, unsigned of)
{
    if (of > 1) {
        count_attribute(tree, "part", part);
        count_attribute(tree, "of", of);
    }
}

static void repeated_attribute(struct gs_tree *tree, bool repeated)
{
    if (repeated) {
        text_attribute(tree, "repeated", "yes");
    }
}

/* The file's name without its folder: the same wherever the tree is made. */
static void origin_attributes(struct gs_tree *tree, const struct gs_origin *origin)
{
    if (origin->loc.source != NULL && origin->loc.source->name != NULL) {
        const char *name = origin->loc.source->name;
        const char *slash = strrchr(name, '/');
        g_string_append(tree->text, " source=\"");
        append_escaped(tree->text, slash == NULL ? name : slash + 1);
        g_string_append_printf(tree->text, ":%u\"", origin->loc.line);
    }
    text_attribute(tree, "path", origin->path);
}

/* --- content ------------------------------------------------------------------- */

static void write_image(struct gs_tree *tree, struct gs_rect rect, const char *alt)
{
    open_element(tree, "image");
    rect_attributes(tree, rect);
    text_attribute(tree, "alt", alt);
    close_empty(tree);
}

static bool has_children(const struct gs_line *line)
{
    for (size_t i = 0; i < line->mark_count; i++) {
        if (line->marks[i].kind == GS_MARK_IMAGE ||
                line->marks[i].kind == GS_MARK_LINK) {
            return true;
        }
    }
    return false;
}

static void write_marks(struct gs_tree *tree, const struct gs_frag_line *frag)
{
    for (size_t i = 0; i < frag->line->mark_count; i++) {
        const struct gs_mark *mark = &frag->line->marks[i];
        gs_len x = frag->x + frag->line->x + mark->x;
        gs_len baseline = frag->y + frag->line->baseline;
        if (mark->run == NULL) {
            continue;
        }
        if (mark->kind == GS_MARK_IMAGE) {
            write_image(tree,
                    (struct gs_rect){x, baseline - mark->run->height,
                            mark->width, mark->run->height},
                    mark->run->alt);
        } else if (mark->kind == GS_MARK_LINK) {
            open_element(tree, "link");
            length_attribute(tree, "x", x);
            length_attribute(tree, "width", mark->width);
            text_attribute(tree, "to", mark->run->link);
            close_empty(tree);
        }
    }
}

/* The one line of an empty paragraph says nothing. */
static bool is_said(const struct gs_line *line)
{
    return (line->text != NULL && line->text[0] != '\0') ||
            line->run_count > 0 || has_children(line);
}

static bool any_said(const struct gs_frag_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_said(lines[i].line)) {
            return true;
        }
    }
    return false;
}

/* The advance of a cluster that is one mark of full width; 0 for anything else. */
static gs_len mark_advance(const struct gs_glyph_run *run, const char *text,
        const struct gs_cluster *cluster, const struct gs_glyph *glyph)
{
    const gunichar code = g_utf8_get_char(text);
    const bool mark = cluster->glyphs == 1 &&
            cluster->bytes == (unsigned)g_utf8_skip[(guchar)*text] &&
            (g_unichar_iswide(code) || (code >= 0x2018 && code <= 0x201D)) &&
            g_unichar_ispunct(code);
    return mark && run->turn == 0 ? glyph->advance : 0;
}

/* Appends "3:5.25" for each mark narrower than an em; `number` is its character's. */
static void note_squeezed(
        GString *out, const struct gs_glyph_run *run, size_t *number)
{
    const char *text = run->text;
    const struct gs_glyph *glyph = run->glyphs;
    for (size_t i = 0; i < run->cluster_count; i++) {
        const struct gs_cluster *cluster = &run->clusters[i];
        const gs_len advance = mark_advance(run, text, cluster, glyph);
        *number += 1;
        if (advance > 0 && advance < run->size - run->size / 64) {
            g_string_append_printf(out, "%s%" G_GSIZE_FORMAT ":",
                    out->len > 0 ? " " : "", *number);
            append_length(out, advance);
        }
        *number += (size_t)g_utf8_strlen(text, cluster->bytes) - 1;
        text += cluster->bytes;
        glyph += cluster->glyphs;
    }
}

/* Marks that take up less than an em: by R10 to R12, or squeezed by R20. */
static void squeezed_attribute(struct gs_tree *tree, const struct gs_line *line)
{
    GString *squeezed = g_string_new(NULL);
    size_t number = 0;
    for (size_t i = 0; i < line->run_count; i++) {
        note_squeezed(squeezed, &line->runs[i], &number);
    }
    text_attribute(
            tree, "squeezed", squeezed->len > 0 ? squeezed->str : NULL);
    g_string_free(squeezed, TRUE);
}

static void turn_attributes(struct gs_tree *tree, const struct gs_line *line)
{
    if (line->turned) {
        count_attribute(tree, "turn", 90);
        length_attribute(tree, "height", line->height);
    }
}

static void write_lines(
        struct gs_tree *tree, const struct gs_frag_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct gs_line *line = lines[i].line;
        bool children = has_children(line);
        if (!is_said(line)) {
            continue;
        }
        open_element(tree, "line");
        length_attribute(tree, "x", lines[i].x + line->x);
        length_attribute(tree, "baseline", lines[i].y + line->baseline);
        length_attribute(tree, "width", line->width);
        turn_attributes(tree, line);
        squeezed_attribute(tree, line);
        text_attribute(tree, "text", line->text == NULL ? "" : line->text);
        if (children) {
            enter(tree);
            write_marks(tree, &lines[i]);
            leave(tree, "line");
        } else {
            close_empty(tree);
        }
    }
}

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

static void write_block(struct gs_tree *tree, const struct gs_frag_block *frag)
{
    const struct gs_block *block = frag->block;

    open_element(tree, "block");
    text_attribute(tree, "kind", block_kind(frag));
    if (block != NULL && block->heading != NULL) {
        count_attribute(tree, "level", block->heading->level);
    }
    if (block != NULL) {
        origin_attributes(tree, &block->origin);
    }
    rect_attributes(tree, frag->rect);
    if (block != NULL) {
        text_attribute(tree, "id",
                block->id == NULL && block->heading != NULL ? block->heading->id
                                                            : block->id);
    }
    part_attributes(tree, frag->part, frag->of);
    repeated_attribute(tree, frag->repeated);
    if (frag->kind == GS_FRAG_IMAGE) {
        text_attribute(tree, "alt", frag->image.alt);
    }
    if (!any_said(frag->lines, frag->line_count)) {
        close_empty(tree);
        return;
    }
    enter(tree);
    write_lines(tree, frag->lines, frag->line_count);
    leave(tree, "block");
}

/* --- tables ---------------------------------------------------------------------- */

static void write_cell(struct gs_tree *tree, const struct gs_frag_cell *cell)
{
    open_element(tree, "cell");
    count_attribute(tree, "row", cell->row + 1);
    count_attribute(tree, "column", cell->column + 1);
    count_attribute(tree, "rowspan", cell->cell->row_span);
    count_attribute(tree, "colspan", cell->column_span);
    if (cell->cell->head) {
        text_attribute(tree, "head", "yes");
    }
    part_attributes(tree, cell->part, cell->of);
    if (cell->of > 1) {
        count_attribute(tree, "rows-here", cell->row_span);
    }
    if (cell->clipped_count > 0) {
        count_attribute(tree, "clipped", cell->clipped_count);
    }
    repeated_attribute(tree, cell->repeated);
    rect_attributes(tree, cell->rect);
    origin_attributes(tree, &cell->cell->origin);
    if (!any_said(cell->lines, cell->line_count) && cell->image_count == 0) {
        close_empty(tree);
        return;
    }
    enter(tree);
    write_lines(tree, cell->lines, cell->line_count);
    for (size_t i = 0; i < cell->image_count; i++) {
        write_image(tree, cell->images[i].rect, cell->images[i].alt);
    }
    leave(tree, "cell");
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

static void write_row(struct gs_tree *tree, const struct gs_frag_row *row)
{
    open_element(tree, "row");
    count_attribute(tree, "index", row->index + 1);
    text_attribute(tree, "group", group_name(row->group));
    repeated_attribute(tree, row->repeated);
    if (row->of_page) {
        text_attribute(tree, "of-page", "yes");
    }
    length_attribute(tree, "y", row->y);
    length_attribute(tree, "height", row->height);
    part_attributes(tree, row->part, row->of);
    if (row->cell_count == 0) { /* all its slots belong to cells from above */
        close_empty(tree);
        return;
    }
    enter(tree);
    for (size_t i = 0; i < row->cell_count; i++) {
        write_cell(tree, &row->cells[i]);
    }
    leave(tree, "row");
}

/* Which columns of the table stand in a strip of it. */
static void write_columns(struct gs_tree *tree, const struct gs_frag_table *table)
{
    g_string_append(tree->text, " table-columns=\"");
    for (size_t i = 0; i < table->column_count; i++) {
        g_string_append_printf(tree->text, "%s%" G_GSIZE_FORMAT,
                i > 0 ? " " : "", table->columns[i] + 1);
    }
    g_string_append_c(tree->text, '"');
}

static void write_table(struct gs_tree *tree, const struct gs_frag_block *frag)
{
    const struct gs_frag_table *table = frag->table;
    const struct gs_table *model = table->table;

    open_element(tree, "table");
    if (model->id != NULL) {
        text_attribute(tree, "id", model->id);
    } else {
        g_string_append_printf(
                tree->text, " id=\"table-%" G_GSIZE_FORMAT "\"", table->number);
    }
    count_attribute(tree, "part", table->part);
    count_attribute(tree, "of", table->of);
    if (table->strips > 1) {
        count_attribute(tree, "strip", table->strip);
        count_attribute(tree, "strips", table->strips);
        write_columns(tree, table);
    }
    origin_attributes(tree, &model->origin);
    rect_attributes(tree, frag->rect);
    g_string_append(tree->text, " columns=\"");
    for (size_t i = 0; i <= table->column_count; i++) {
        if (i > 0) {
            g_string_append_c(tree->text, ' ');
        }
        append_length(tree->text, table->column_x[i]);
    }
    g_string_append_c(tree->text, '"');
    enter(tree);
    for (size_t i = 0; i < table->row_count; i++) {
        write_row(tree, &table->rows[i]);
    }
    leave(tree, "table");
}

/* --- pages ----------------------------------------------------------------------- */

static void write_blocks(
        struct gs_tree *tree, const struct gs_frag_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].kind == GS_FRAG_TABLE) {
            write_table(tree, &blocks[i]);
        } else {
            write_block(tree, &blocks[i]);
        }
    }
}

static void write_running(struct gs_tree *tree, const char *name,
        const struct gs_frag_block *blocks, size_t count)
{
    if (count > 0) {
        open_element(tree, name);
        enter(tree);
        write_blocks(tree, blocks, count);
        leave(tree, name);
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

static void write_seal(struct gs_tree *tree, const struct gs_frag_seal *frag)
{
    open_element(tree, "seal");
    text_attribute(tree, "kind", seal_kind(frag->seal->kind));
    text_attribute(tree, "organ", frag->seal->organ);
    origin_attributes(tree, &frag->seal->origin);
    rect_attributes(tree, frag->rect);
    close_empty(tree);
}

static void write_page(struct gs_tree *tree, const struct gs_page *page)
{
    open_element(tree, "page");
    text_attribute(tree, "number", page->number);
    count_attribute(tree, "index", page->index + 1);
    length_attribute(tree, "width", page->size.width);
    length_attribute(tree, "height", page->size.height);
    text_attribute(tree, "ended", page->ended);
    enter(tree);
    write_running(tree, "header", page->header, page->header_count);
    write_blocks(tree, page->blocks, page->block_count);
    write_running(tree, "footer", page->footer, page->footer_count);
    for (size_t i = 0; i < page->seal_count; i++) {
        write_seal(tree, &page->seals[i]);
    }
    leave(tree, "page");
}

/* The headings that stand on the pages written. */
static void write_outline(struct gs_tree *tree, const struct gs_pages *pages,
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
            open_element(tree, "outline");
            enter(tree);
            opened = true;
        }
        open_element(tree, "item");
        count_attribute(tree, "level", heading->level);
        text_attribute(tree, "title", heading->title);
        text_attribute(tree, "id", heading->id);
        count_attribute(tree, "page", anchor->page + 1);
        length_attribute(tree, "y", anchor->y);
        close_empty(tree);
    }
    if (opened) {
        leave(tree, "outline");
    }
    g_hash_table_destroy(anchors);
}

static bool flush(struct gs_tree *tree)
{
    bool ok = gs_output_write(tree->output, tree->text->str, tree->text->len);
    g_string_truncate(tree->text, 0);
    return ok;
}

struct gs_tree *gs_tree_begin(const struct gs_pages *pages, size_t first,
        size_t last, struct gs_output *output)
{
    struct gs_tree *tree = g_new0(struct gs_tree, 1);

    tree->text = g_string_new(NULL);
    tree->output = output;
    g_string_append(tree->text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    open_element(tree, "pages");
    text_attribute(tree, "xmlns", NAMESPACE);
    count_attribute(tree, "count", pages->count);
    enter(tree);
    write_outline(tree, pages, first, last);
    return tree;
}

bool gs_tree_page(struct gs_tree *tree, const struct gs_page *page)
{
    write_page(tree, page);
    return flush(tree);
}

bool gs_tree_end(struct gs_tree *tree)
{
    leave(tree, "pages");
    bool ok = flush(tree);
    g_string_free(tree->text, TRUE);
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
