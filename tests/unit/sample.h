/*
 * A page with one of everything, made by hand: for the tests of the page stage
 * and of the writers.  With fonts its text is set; without, each character is
 * one glyph of no face, 10 pt wide.
 */
#ifndef GS_TESTS_UNIT_SAMPLE_H
#define GS_TESTS_UNIT_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/fragment.h"
#include "layout/ledger.h"
#include "model/image.h"
#include "text/fonts.h"
#include "text/text.h"

struct sample {
    struct gs_arena *arena;
    const struct gs_fonts *fonts; /* or NULL */
    struct gs_diag *diag;
    struct gs_doc doc;
    struct gs_pages pages;
};

static const struct gs_source sample_source = {.name = "layouts/form.xml"};

static inline struct gs_origin sample_origin(unsigned line, const char *path)
{
    return (struct gs_origin){{&sample_source, line, 5}, path};
}

static inline const struct gs_image *sample_image(struct gs_arena *arena)
{
    enum { SIDE = 8 };
    uint8_t *rgba = gs_arena_alloc_array(arena, SIDE * SIDE, 4);
    for (size_t i = 0; i < SIDE * SIDE; i++) {
        rgba[i * 4] = 200;
        rgba[i * 4 + 2] = (uint8_t)(i * 3);
        rgba[i * 4 + 3] = i % 3 == 0 ? 255 : 128;
    }
    struct gs_image *image = GS_MAKE(arena, struct gs_image);
    *image = (struct gs_image){
            .width = SIDE, .height = SIDE, .rgba = rgba, .path = "seal.png"};
    return image;
}

/* --- lines --------------------------------------------------------------------- */

static inline void sample_fake_run(
        struct sample *sample, const char *text, struct gs_line *line)
{
    size_t count = (size_t)g_utf8_strlen(text, -1);
    struct gs_glyph *glyphs =
            GS_MAKE_ARRAY(sample->arena, struct gs_glyph, count);
    struct gs_cluster *clusters =
            GS_MAKE_ARRAY(sample->arena, struct gs_cluster, count);
    const char *c = text;
    for (size_t i = 0; i < count; i++) {
        const char *next = g_utf8_find_next_char(c, NULL);
        glyphs[i] = (struct gs_glyph){.id = (uint32_t)i,
                .x = GS_PT(10) * (gs_len)i,
                .advance = GS_PT(10)};
        clusters[i] = (struct gs_cluster){(unsigned)(next - c), 1};
        c = next;
    }
    struct gs_glyph_run *run = GS_MAKE(sample->arena, struct gs_glyph_run);
    *run = (struct gs_glyph_run){.size = GS_PT(10),
            .width = GS_PT(10) * (gs_len)count,
            .glyphs = glyphs,
            .glyph_count = count,
            .text = text,
            .text_size = strlen(text),
            .clusters = clusters,
            .cluster_count = count};
    *line = (struct gs_line){.width = run->width,
            .height = GS_PT(14),
            .baseline = GS_PT(11),
            .runs = run,
            .run_count = 1,
            .text = text};
}

static inline struct gs_line *sample_line(
        struct sample *sample, const char *text, bool bold)
{
    static const struct gs_text_style styles[] = {
            {.font = "hei", .size = GS_PT(12)},
            {.font = "hei", .size = GS_PT(12), .bold = true},
    };
    struct gs_line *line = GS_MAKE(sample->arena, struct gs_line);
    struct gs_origin origin = sample_origin(1, "/");

    if (sample->fonts == NULL) {
        sample_fake_run(sample, text, line);
    } else {
        gs_text_line(sample->arena, sample->fonts, &styles[bold], text, &origin,
                sample->diag, line);
    }
    return line;
}

static inline struct gs_frag_line *sample_lines(
        struct sample *sample, gs_len x, gs_len y, const char *text, bool bold)
{
    struct gs_frag_line *frag = GS_MAKE(sample->arena, struct gs_frag_line);
    *frag = (struct gs_frag_line){
            .x = x, .y = y, .line = sample_line(sample, text, bold)};
    return frag;
}

/* --- blocks --------------------------------------------------------------------- */

static inline struct gs_frag_block sample_para(struct sample *sample, gs_len y,
        const char *text, const struct gs_heading *heading)
{
    struct gs_block *block = GS_MAKE(sample->arena, struct gs_block);
    block->heading = heading;
    block->origin = sample_origin(10, "/unit");
    return (struct gs_frag_block){
            .kind = GS_FRAG_LINES,
            .block = block,
            .rect = {GS_PT(50), y, GS_PT(400), GS_PT(14)},
            .part = 1,
            .of = 1,
            .lines = sample_lines(sample, GS_PT(50), y, text, heading != NULL),
            .line_count = 1,
    };
}

/* An underline, two links side by side, a picture, on the line's begin. */
static inline void sample_add_marks(
        struct sample *sample, struct gs_frag_block *frag)
{
    struct gs_run *runs = GS_MAKE_ARRAY(sample->arena, struct gs_run, 2);
    runs[0].link = "heading-1";
    runs[1].image = sample_image(sample->arena);
    runs[1].height = GS_PT(12);
    runs[1].alt = "图";
    struct gs_mark *marks = GS_MAKE_ARRAY(sample->arena, struct gs_mark, 4);
    marks[0] = (struct gs_mark){.kind = GS_MARK_UNDERLINE,
            .width = GS_PT(30),
            .y = GS_PT(2),
            .thickness = GS_PT(1)};
    marks[1] = (struct gs_mark){
            .kind = GS_MARK_LINK, .width = GS_PT(20), .run = &runs[0]};
    marks[2] = (struct gs_mark){.kind = GS_MARK_LINK,
            .x = GS_PT(20),
            .width = GS_PT(10),
            .run = &runs[0]};
    marks[3] = (struct gs_mark){.kind = GS_MARK_IMAGE,
            .x = GS_PT(200),
            .width = GS_PT(12),
            .run = &runs[1]};
    struct gs_line *line = GS_MAKE(sample->arena, struct gs_line);
    *line = *frag->lines->line;
    line->marks = marks;
    line->mark_count = 4;
    frag->lines->line = line;
}

static inline struct gs_frag_cell sample_cell(struct sample *sample, size_t row,
        size_t column, gs_len y, const char *text)
{
    struct gs_cell_style *style = GS_MAKE(sample->arena, struct gs_cell_style);
    for (size_t i = 0; i < GS_EDGE_COUNT; i++) {
        style->rules[i] = (struct gs_rule_style){
                .kind = GS_RULE_SOLID, .width = GS_PT(1) / 2};
    }
    struct gs_cell *cell = GS_MAKE(sample->arena, struct gs_cell);
    *cell = (struct gs_cell){.row_span = 1,
            .column_span = 1,
            .style = style,
            .origin = sample_origin(20 + (unsigned)column, "/unit/name")};
    gs_len x = GS_PT(50) + GS_PT(200) * (gs_len)column;
    return (struct gs_frag_cell){.cell = cell,
            .row = row,
            .column = column,
            .row_span = 1,
            .column_span = 1,
            .part = 1,
            .of = 1,
            .rect = {x, y, GS_PT(200), GS_PT(20)},
            .lines = text == NULL ? NULL
                                  : sample_lines(sample, x + GS_PT(4),
                                            y + GS_PT(3), text, false),
            .line_count = text == NULL ? 0 : 1,
            .closes_top = true,
            .closes_bottom = true};
}

/* A head drawn again and a row with a shaded and a crossed-out cell. */
static inline struct gs_frag_block sample_table(struct sample *sample, gs_len y)
{
    struct gs_arena *arena = sample->arena;
    struct gs_table *table = GS_MAKE(arena, struct gs_table);
    table->column_count = 2;
    table->origin = sample_origin(18, "/");

    gs_len *edges = GS_MAKE_ARRAY(arena, gs_len, 3);
    for (size_t i = 0; i < 3; i++) {
        edges[i] = GS_PT(50) + GS_PT(200) * (gs_len)i;
    }
    struct gs_frag_row *rows = GS_MAKE_ARRAY(arena, struct gs_frag_row, 2);
    for (size_t i = 0; i < 2; i++) {
        gs_len top = y + GS_PT(20) * (gs_len)i;
        rows[i] = (struct gs_frag_row){.index = i * 4,
                .group = i == 0 ? GS_GROUP_HEAD : GS_GROUP_BODY,
                .repeated = i == 0,
                .part = 1,
                .of = 1,
                .y = top,
                .height = GS_PT(20),
                .cell_count = 2,
                .cells = GS_MAKE_ARRAY(arena, struct gs_frag_cell, 2)};
        rows[i].cells[0] =
                sample_cell(sample, i * 4, 0, top, i == 0 ? "项目" : "一般");
        rows[i].cells[1] =
                sample_cell(sample, i * 4, 1, top, i == 0 ? "金额" : NULL);
    }
    struct gs_cell_style *style = GS_MAKE_ARRAY(arena, struct gs_cell_style, 2);
    style[0] = *rows[1].cells[0].cell->style;
    style[0].has_background = true;
    style[0].background = (struct gs_color){230, 230, 230};
    style[1] = *rows[1].cells[1].cell->style;
    style[1].diagonal = GS_DIAGONAL_CROSS;
    for (size_t i = 0; i < 2; i++) {
        struct gs_cell *cell = GS_MAKE(arena, struct gs_cell);
        *cell = *rows[1].cells[i].cell;
        cell->style = &style[i];
        rows[1].cells[i].cell = cell;
    }
    rows[1].cells[0].part = 2;
    rows[1].cells[0].of = 2;

    struct gs_frag_table *frag = GS_MAKE(arena, struct gs_frag_table);
    *frag = (struct gs_frag_table){.table = table,
            .number = 3,
            .part = 2,
            .of = 2,
            .strip = 1,
            .strips = 1,
            .column_count = table->column_count,
            .column_x = edges,
            .rows = rows,
            .row_count = 2};
    return (struct gs_frag_block){.kind = GS_FRAG_TABLE,
            .rect = {GS_PT(50), y, GS_PT(400), GS_PT(40)},
            .part = 2,
            .of = 2,
            .table = frag};
}

static inline struct gs_frag_block sample_rule(struct sample *sample, gs_len y)
{
    struct gs_block *block = GS_MAKE(sample->arena, struct gs_block);
    block->kind = GS_BLOCK_RULE;
    block->u.rule.style =
            (struct gs_rule_style){GS_RULE_DASHED, GS_PT(1), {255, 0, 0}};
    block->origin = sample_origin(30, "/");
    return (struct gs_frag_block){.kind = GS_FRAG_RULE,
            .block = block,
            .rect = {GS_PT(50), y, GS_PT(400), GS_PT(1)},
            .part = 1,
            .of = 1};
}

static inline struct gs_frag_block sample_picture(
        struct sample *sample, gs_len y, const struct gs_image *image)
{
    struct gs_block *block = GS_MAKE(sample->arena, struct gs_block);
    block->kind = GS_BLOCK_IMAGE;
    block->origin = sample_origin(31, "/");
    struct gs_rect rect = {GS_PT(50), y, GS_PT(60), GS_PT(60)};
    return (struct gs_frag_block){.kind = GS_FRAG_IMAGE,
            .block = block,
            .rect = rect,
            .part = 1,
            .of = 1,
            .image = {.rect = rect, .image = image, .alt = "一张 <图>"}};
}

static inline struct gs_frag_seal sample_seal(struct sample *sample,
        enum gs_seal_kind kind, gs_len x, const struct gs_image *image)
{
    struct gs_seal *seal = GS_MAKE(sample->arena, struct gs_seal);
    *seal = (struct gs_seal){.kind = kind,
            .diameter = GS_PT(100),
            .organ = "财政局",
            .image = image,
            .origin = sample_origin(40, "/seal")};
    struct gs_rect rect = {x, GS_PT(400), GS_PT(100), GS_PT(100)};
    struct gs_path_step *steps =
            GS_MAKE_ARRAY(sample->arena, struct gs_path_step, 4);
    steps[0] = (struct gs_path_step){'M', {{x, GS_PT(400)}}};
    steps[1] = (struct gs_path_step){'L', {{x + GS_PT(100), GS_PT(400)}}};
    steps[2] = (struct gs_path_step){'C',
            {{x + GS_PT(100), GS_PT(450)}, {x + GS_PT(50), GS_PT(500)},
                    {x, GS_PT(500)}}};
    steps[3] = (struct gs_path_step){.op = 'Z'};
    struct gs_path *path = GS_MAKE(sample->arena, struct gs_path);
    *path = (struct gs_path){.steps = steps,
            .count = 4,
            .fill = kind == GS_SEAL_SPECIMEN,
            .stroke = GS_PT(1),
            .dash = GS_PT(3),
            .color = {200, 0, 0}};
    return (struct gs_frag_seal){.seal = seal,
            .rect = rect,
            .paths = image == NULL ? path : NULL,
            .path_count = image == NULL ? 1 : 0};
}

/* --- the document -------------------------------------------------------------- */

static inline void sample_fill_page(struct sample *sample, struct gs_page *page,
        const struct gs_heading *heading)
{
    struct gs_arena *arena = sample->arena;
    const struct gs_image *image = sample_image(arena);
    struct gs_frag_block *blocks =
            GS_MAKE_ARRAY(arena, struct gs_frag_block, 7);
    blocks[0] = sample_para(sample, GS_PT(60), "绩效目标", heading);
    blocks[1] = sample_para(sample, GS_PT(90), "一⼀ABC & “文”", NULL);
    sample_add_marks(sample, &blocks[1]);
    blocks[2] = sample_table(sample, GS_PT(150));
    blocks[3] = sample_rule(sample, GS_PT(220));
    blocks[4] = sample_picture(sample, GS_PT(240), image);
    page->blocks = blocks;
    page->block_count = 5;
    page->header = GS_MAKE(arena, struct gs_frag_block);
    page->header[0] = sample_para(sample, GS_PT(20), "页眉", NULL);
    page->header_count = 1;
    page->footer = GS_MAKE(arena, struct gs_frag_block);
    page->footer[0] = sample_para(sample, GS_PT(800), "- 1 -", NULL);
    page->footer_count = 1;
    page->seals = GS_MAKE_ARRAY(arena, struct gs_frag_seal, 3);
    page->seals[0] = sample_seal(sample, GS_SEAL_PICTURE, GS_PT(50), image);
    page->seals[1] = sample_seal(sample, GS_SEAL_SPECIMEN, GS_PT(200), NULL);
    page->seals[2] = sample_seal(sample, GS_SEAL_PLACE, GS_PT(350), NULL);
    page->seal_count = 3;
}

/* `count` pages alike, each with a heading; levels 1, 3, 2, 1, 3, 2 … */
static inline void sample_init(
        struct sample *sample, const struct gs_fonts *fonts, size_t count)
{
    static const unsigned levels[] = {1, 3, 2};
    static const char *const no_args[] = {NULL};
    static const struct gs_why why = {"the document ends", no_args};
    struct gs_arena *arena = gs_arena_new();

    *sample = (struct sample){
            .arena = arena, .fonts = fonts, .diag = gs_diag_new()};
    sample->doc.metadata = (struct gs_metadata){
            .title = "绩效目标表 <2022>", .author = "财政局"};
    sample->doc.headings = GS_MAKE_ARRAY(arena, struct gs_heading, count);
    sample->doc.heading_count = count;
    sample->pages = (struct gs_pages){.doc = &sample->doc,
            .count = count,
            .pages = GS_MAKE_ARRAY(arena, struct gs_page, count),
            .anchors = GS_MAKE_ARRAY(arena, struct gs_anchor, count),
            .anchor_count = count};
    for (size_t i = 0; i < count; i++) {
        sample->doc.headings[i] = (struct gs_heading){.level = levels[i % 3],
                .title = gs_arena_printf(arena, "第%zu章", i + 1),
                .id = gs_arena_printf(arena, "heading-%zu", i + 1)};
        sample->pages.anchors[i] = (struct gs_anchor){
                .id = sample->doc.headings[i].id, .page = i, .y = GS_PT(60)};
        struct gs_page *page = &sample->pages.pages[i];
        *page = (struct gs_page){.index = i,
                .number = gs_arena_printf(arena, "%zu", i + 1),
                .size = {GS_PT(595), GS_PT(842)},
                .why = &why};
        sample_fill_page(sample, page, &sample->doc.headings[i]);
        page->ink = gs_ledger_page(page);
    }
}

static inline void sample_release(struct sample *sample)
{
    gs_diag_free(sample->diag);
    gs_arena_free(sample->arena);
}

#endif
