/*
 * What is read on a page: text and pictures in tags, in the document's order.
 */
#include <limits.h>

#include "page/list.h"

#define PARTS 3 /* of a line, at most */

/* --- lines ------------------------------------------------------------------ */

static void add_run(struct gs_list *list, const struct gs_frag_line *frag,
        GArray *areas, const struct gs_glyph_run *run)
{
    if (run->glyph_count == 0 || run->leader) {
        return; /* the latter lies under the text */
    }
    gs_link_at(
            list, areas, frag->x + frag->line->x + run->x + run->width / 2);
    gs_list_add_run(list, frag, run);
}

static void add_figure(struct gs_list *list, struct gs_rect rect,
        const struct gs_image *image, const char *alt)
{
    if (image == NULL || gs_list_decorates(alt)) {
        return; /* the latter lies under the text */
    }
    gs_list_begin_tag(list,
            &(struct gs_tag){.kind = GS_TAG_FIGURE, .alt = alt, .rect = rect});
    gs_list_add_image(list, rect, image);
    gs_list_end_tag(list);
}

/* The line's pictures whose middle stands left of x, from mark *next on. */
static void add_inline_figures(struct gs_list *list,
        const struct gs_frag_line *frag, GArray *areas, gs_len x, size_t *next)
{
    for (; *next < frag->line->mark_count; ++*next) {
        const struct gs_mark *mark = &frag->line->marks[*next];
        if (mark->kind != GS_MARK_IMAGE || mark->run == NULL ||
                gs_list_decorates(mark->run->alt)) {
            continue;
        }
        gs_len middle = mark->x + mark->width / 2;
        if (middle >= x) {
            return;
        }
        gs_link_at(list, areas, frag->x + frag->line->x + middle);
        add_figure(list, gs_list_inline_rect(frag, mark), mark->run->image,
                mark->run->alt);
    }
}

/* A seal is read where the words stand that it lies over. */
static void add_seal_tags(struct gs_list *list, const struct gs_line *line)
{
    const struct gs_page *page = list->page;
    for (size_t i = 0; i < line->mark_count; i++) {
        if (line->marks[i].kind != GS_MARK_SEAL || list->artifacts > 0) {
            continue;
        }
        for (size_t k = 0; k < page->seal_count; k++) {
            const struct gs_seal *seal = page->seals[k].seal;
            const char *alt = gs_list_seal_alt(list, seal);
            if (seal != line->marks[i].run->seal || list->seal_tags[k] ||
                    alt == NULL) {
                continue;
            }
            list->seal_tags[k] = true;
            gs_link_close(list);
            gs_list_begin_tag(list,
                    &(struct gs_tag){.kind = GS_TAG_FIGURE,
                            .number = (unsigned)k,
                            .alt = alt,
                            .rect = page->seals[k].rect});
            gs_list_end_tag(list);
        }
    }
}

/* A line with text alone, as most are. */
static void add_plain_line(
        struct gs_list *list, const struct gs_frag_line *frag)
{
    for (size_t i = 0; i < frag->line->run_count; i++) {
        add_run(list, frag, NULL, &frag->line->runs[i]);
    }
}

static void add_marked_line(
        struct gs_list *list, const struct gs_frag_line *frag)
{
    GArray *areas = gs_link_areas_new(frag);
    size_t next = 0;
    for (size_t i = 0; i < frag->line->run_count; i++) {
        const struct gs_glyph_run *run = &frag->line->runs[i];
        add_inline_figures(list, frag, areas, run->x, &next);
        add_run(list, frag, areas, run);
    }
    add_inline_figures(list, frag, areas, GS_LEN_MAX, &next);
    gs_link_rest(list, areas);
    add_seal_tags(list, frag->line);
    if (areas != NULL) {
        g_array_free(areas, TRUE);
    }
}

static void add_lines(
        struct gs_list *list, const struct gs_frag_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (lines[i].line->mark_count == 0) {
            add_plain_line(list, &lines[i]);
        } else {
            add_marked_line(list, &lines[i]);
        }
    }
    gs_link_close(list);
}

/* How many lines belong together: of one block, and of one part of it. */
static size_t paragraph_length(const struct gs_frag_line *lines, size_t count)
{
    size_t end = 1;
    while (end < count && lines[end].block == lines[0].block &&
            lines[end].part == lines[0].part) {
        end++;
    }
    return end;
}

/* What stands apart in a line is read apart. */
static bool has_parts(const struct gs_frag_line *lines, size_t count)
{
    return count > 1 && lines[0].part != lines[count - 1].part;
}

/* --- cells ------------------------------------------------------------------ */


/* Pictures of the cell before block `end`, from *next on. */
static void add_cell_figures(struct gs_list *list,
        const struct gs_frag_cell *cell, unsigned end, size_t *next)
{
    for (; *next < cell->image_count && cell->images[*next].block < end;
            ++*next) {
        const struct gs_frag_image *image = &cell->images[*next];
        add_figure(list, image->rect, image->image, image->alt);
    }
}

/* Lines and pictures as their blocks follow each other. */
static void add_cell_blocks(
        struct gs_list *list, const struct gs_frag_cell *cell)
{
    bool paragraphs = cell->cell->block_count > 1 ||
            has_parts(cell->lines, cell->line_count);
    size_t image = 0;
    for (size_t i = 0; i < cell->line_count;) {
        const struct gs_frag_line *lines = &cell->lines[i];
        size_t count = paragraph_length(lines, cell->line_count - i);
        add_cell_figures(list, cell, lines->block, &image);
        if (paragraphs) {
            gs_list_begin_tag(list,
                    &(struct gs_tag){.kind = GS_TAG_PARAGRAPH,
                            .number = lines->block * PARTS + lines->part});
        }
        add_lines(list, lines, count);
        if (paragraphs) {
            gs_list_end_tag(list);
        }
        i += count;
    }
    add_cell_figures(list, cell, UINT_MAX, &image);
}

static void add_cell(
        struct gs_list *list, const struct gs_frag_cell *cell, bool artifact)
{
    if (artifact) {
        gs_list_begin_artifact(list, GS_ARTIFACT_REPEAT);
    }
    gs_list_begin_tag(
            list, &(struct gs_tag){.kind = GS_TAG_CELL, .cell = cell});
    add_cell_blocks(list, cell);
    gs_list_end_tag(list);
    if (artifact) {
        gs_list_end_artifact(list);
    }
}

/*
 * Whether the strip that a part belongs to is the first of which pages are drawn:
 * the columns that it repeats stand nowhere before it then.
 */
static bool is_first_strip(
        const struct gs_list *list, const struct gs_frag_table *part)
{
    return list->page->index < list->first + part->part;
}

static void add_row(struct gs_list *list, const struct gs_frag_table *part,
        const struct gs_frag_row *row)
{
    bool first = list->page->index == list->first;
    bool artifact = row->repeated && (row->of_page || !first);
    if (artifact) {
        gs_list_begin_artifact(list, GS_ARTIFACT_REPEAT);
    }
    gs_list_begin_tag(list, &(struct gs_tag){.kind = GS_TAG_ROW, .row = row});
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct gs_frag_cell *cell = &row->cells[i];
        bool seen = !first && (cell->part > 1 || !is_first_strip(list, part));
        add_cell(list, cell, cell->repeated && seen);
    }
    gs_list_end_tag(list);
    if (artifact) {
        gs_list_end_artifact(list);
    }
}

/* --- blocks ----------------------------------------------------------------- */

/* The parts of a line, which no page break cuts. */
static void add_parts(struct gs_list *list, const struct gs_frag_block *frag)
{
    for (size_t i = 0; i < frag->line_count;) {
        const struct gs_frag_line *lines = &frag->lines[i];
        size_t count = paragraph_length(lines, frag->line_count - i);
        gs_list_begin_tag(list, &(struct gs_tag){.kind = GS_TAG_PARAGRAPH});
        add_lines(list, lines, count);
        gs_list_end_tag(list);
        i += count;
    }
}

static void add_paragraph(
        struct gs_list *list, const struct gs_frag_block *frag)
{
    const struct gs_heading *heading =
            frag->block == NULL ? NULL : frag->block->heading;

    if (has_parts(frag->lines, frag->line_count)) {
        add_parts(list, frag);
        return;
    }
    gs_list_begin_tag(list,
            &(struct gs_tag){
                    .kind = heading == NULL ? GS_TAG_PARAGRAPH : GS_TAG_HEADING,
                    .continues = frag->part > 1,
                    .level = heading == NULL ? 0 : heading->level,
            });
    add_lines(list, frag->lines, frag->line_count);
    gs_list_end_tag(list);
}

static void add_contents(struct gs_list *list, const struct gs_frag_block *frag)
{
    gs_list_begin_tag(list,
            &(struct gs_tag){
                    .kind = GS_TAG_CONTENTS, .continues = frag->part > 1});
    for (size_t i = 0; i < frag->line_count;) {
        const struct gs_frag_line *lines = &frag->lines[i];
        size_t count = paragraph_length(lines, frag->line_count - i);
        gs_list_begin_tag(list,
                &(struct gs_tag){.kind = GS_TAG_ENTRY, .number = lines->block});
        gs_list_begin_tag(list, &(struct gs_tag){.kind = GS_TAG_REFERENCE});
        add_lines(list, lines, count);
        gs_list_end_tag(list);
        gs_list_end_tag(list);
        i += count;
    }
    gs_list_end_tag(list);
}

static void add_caption(struct gs_list *list,
        const struct gs_frag_block *blocks, size_t count)
{
    gs_list_begin_tag(list, &(struct gs_tag){.kind = GS_TAG_CAPTION});
    for (size_t i = 0; i < count; i++) {
        if (count > 1 ||
                has_parts(blocks[i].lines, blocks[i].line_count)) {
            add_paragraph(list, &blocks[i]);
        } else {
            add_lines(list, blocks[i].lines, blocks[i].line_count);
        }
    }
    gs_list_end_tag(list);
}

/* A table, and `captions` blocks right above it that are its caption. */
static void add_table(struct gs_list *list, const struct gs_frag_block *captions,
        size_t caption_count)
{
    const struct gs_frag_block *frag = captions + caption_count;
    gs_list_begin_tag(list,
            &(struct gs_tag){.kind = GS_TAG_TABLE,
                    .continues = frag->part > 1,
                    .table = frag->table});
    add_caption(list, captions, caption_count);
    for (size_t i = 0; i < frag->table->row_count; i++) {
        add_row(list, frag->table, &frag->table->rows[i]);
    }
    gs_list_end_tag(list);
}

static void add_block(struct gs_list *list, const struct gs_frag_block *frag)
{
    if (frag->repeated) {
        gs_list_begin_artifact(list, GS_ARTIFACT_REPEAT);
    }
    switch (frag->kind) {
    case GS_FRAG_LINES:
        if (frag->block != NULL && frag->block->kind == GS_BLOCK_TOC) {
            add_contents(list, frag);
        } else {
            add_paragraph(list, frag);
        }
        break;
    case GS_FRAG_TABLE:
        add_table(list, frag, 0);
        break;
    case GS_FRAG_IMAGE:
        add_figure(list, frag->image.rect, frag->image.image, frag->image.alt);
        break;
    case GS_FRAG_RULE:
        break;
    }
    if (frag->repeated) {
        gs_list_end_artifact(list);
    }
}

/*
 * How many blocks, from the first on, are the caption of the table after them:
 * lines of text that their author keeps with the next block, up to a table.
 */
static size_t caption_length(const struct gs_frag_block *blocks, size_t count)
{
    for (size_t i = 0; i < count && !blocks[i].repeated; i++) {
        const struct gs_frag_block *frag = &blocks[i];
        if (frag->kind == GS_FRAG_TABLE) {
            return frag->part == 1 ? i : 0;
        }
        if (frag->kind != GS_FRAG_LINES || frag->part > 1 ||
                frag->block == NULL || frag->block->heading != NULL ||
                (frag->block->keep & GS_KEEP_NEXT) == 0) {
            return 0;
        }
    }
    return 0;
}

void gs_list_add_content(struct gs_list *list,
        const struct gs_frag_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t caption = caption_length(&blocks[i], count - i);
        if (caption > 0) {
            add_table(list, &blocks[i], caption);
            i += caption;
        } else {
            add_block(list, &blocks[i]);
        }
    }
}
