/*
 * The display list of a page: order of ops, nesting of tags and artifacts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "page/display.h"
#include "unit/sample.h"

static const char *tag_name(enum gs_tag_kind kind)
{
    switch (kind) {
    case GS_TAG_HEADING:
        return "H";
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
    case GS_TAG_LINK:
        return "Link";
    case GS_TAG_FIGURE:
        return "Figure";
    }
    return "?";
}

static const char *artifact_name(enum gs_artifact artifact)
{
    switch (artifact) {
    case GS_ARTIFACT_LAYOUT:
        return "layout";
    case GS_ARTIFACT_HEADER:
        return "header";
    case GS_ARTIFACT_FOOTER:
        return "footer";
    case GS_ARTIFACT_REPEAT:
        return "repeat";
    }
    return "?";
}

static void append_op(GString *text, const struct gs_op *op)
{
    switch (op->kind) {
    case GS_OP_GLYPHS:
        g_string_append(text, "'");
        g_string_append_len(text, op->u.glyphs.run->text,
                (gssize)op->u.glyphs.run->text_size);
        g_string_append(text, "' ");
        break;
    case GS_OP_RULE:
        g_string_append(text, op->u.rule.vertical ? "| " : "- ");
        break;
    case GS_OP_FILL:
        g_string_append(text, "fill ");
        break;
    case GS_OP_LINE:
        g_string_append(text, "/ ");
        break;
    case GS_OP_PATH:
        g_string_append(text, "path ");
        break;
    case GS_OP_IMAGE:
        g_string_append(text, "image ");
        break;
    case GS_OP_PUSH_CLIP:
        g_string_append(text, "clip( ");
        break;
    case GS_OP_POP_CLIP:
        g_string_append(text, ") ");
        break;
    case GS_OP_BEGIN_TAG:
        g_string_append_printf(text, "<%s%s", op->u.tag.continues ? "+" : "",
                tag_name(op->u.tag.kind));
        if (op->u.tag.alt != NULL) {
            g_string_append_printf(text, " %s", op->u.tag.alt);
        }
        g_string_append(text, "> ");
        break;
    case GS_OP_END_TAG:
        g_string_append(text, "</> ");
        break;
    case GS_OP_BEGIN_ARTIFACT:
        g_string_append_printf(
                text, "\n[%s ", artifact_name(op->u.artifact));
        break;
    case GS_OP_END_ARTIFACT:
        g_string_append(text, "]\n");
        break;
    case GS_OP_BEGIN_SEAL:
        g_string_append(text, "{ ");
        break;
    case GS_OP_END_SEAL:
        g_string_append(text, "} ");
        break;
    case GS_OP_LINK:
        g_string_append_printf(text, "->%s ", op->u.link.target);
        break;
    }
}

static char *text_of(const struct gs_display *display)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < display->count; i++) {
        append_op(text, &display->ops[i]);
    }
    return g_string_free(text, FALSE);
}

static const struct gs_op *find_op(
        const struct gs_display *display, enum gs_op_kind kind, size_t number)
{
    for (size_t i = 0; i < display->count; i++) {
        if (display->ops[i].kind == kind && number-- == 0) {
            return &display->ops[i];
        }
    }
    return NULL;
}

static void page_is_drawn_in_order(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    sample.pages.pages[0].index = 1; /* not the first one */
    char *text = text_of(
            gs_display_make(sample.arena, &sample.pages.pages[0], 0));
    assert_string_equal(text,
            /* fill; underline; grid, diagonals; rule block */
            "\n[layout fill - - - - | | | / / - ]\n"
            "\n[header '页眉' ]\n"
            "<H> '绩效目标' </> "
            "<P> '一⼀ABC & “文”' <Figure 图> image </> "
            "<Link> ->heading-1 </> </> "
            "<+Table> "
            "\n[repeat '项目' '金额' ]\n"
            "<TR> <TD> '一般' </> <TD> </> </> </> "
            "<Figure 一张 <图>> image </> "
            "\n[footer '- 1 -' ]\n"
            "<Figure 印章：财政局> { image } </> "
            "<Figure 样章：财政局> { path } </> "
            "\n[layout { path } ]\n");
    g_free(text);
    sample_release(&sample);
}

static void glyphs_stand_on_the_baseline(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_frag_block *para = &sample.pages.pages[0].blocks[0];
    struct gs_line line = *para->lines->line;
    struct gs_glyph_run run = line.runs[0];
    run.x = GS_PT(3);
    line.x = GS_PT(20);
    line.runs = &run;
    para->lines->line = &line;

    const struct gs_display *display =
            gs_display_make(sample.arena, &sample.pages.pages[0], 0);
    const struct gs_op *op = find_op(display, GS_OP_GLYPHS, 1);
    assert_ptr_equal(op->u.glyphs.run, &run);
    assert_int_equal(op->u.glyphs.origin.x, GS_PT(50 + 20 + 3));
    assert_int_equal(op->u.glyphs.origin.y, GS_PT(60 + 11));
    sample_release(&sample);
}

static void marks_are_placed_from_the_line(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    const struct gs_display *display =
            gs_display_make(sample.arena, &sample.pages.pages[0], 0);

    const struct gs_rule *rule = &find_op(display, GS_OP_RULE, 0)->u.rule;
    assert_int_equal(rule->x, GS_PT(50));
    assert_int_equal(rule->y, GS_PT(90 + 11 + 2));
    assert_int_equal(rule->length, GS_PT(30));

    const struct gs_rect *image =
            &find_op(display, GS_OP_IMAGE, 0)->u.image.rect;
    assert_int_equal(image->x, GS_PT(50 + 200));
    assert_int_equal(image->y + image->height, GS_PT(90 + 11));

    /* Two runs of one link side by side are one area. */
    const struct gs_rect *link = &find_op(display, GS_OP_LINK, 0)->u.link.rect;
    assert_int_equal(link->width, GS_PT(30));
    assert_int_equal(link->height, GS_PT(14));
    assert_null(find_op(display, GS_OP_LINK, 1));
    sample_release(&sample);
}

static void repeated_label_is_an_artifact(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_page *page = &sample.pages.pages[0];
    page->index = 1;
    page->blocks[2].table->rows[1].cells[0].repeated = true;
    page->blocks[2].table->rows[1].cells[0].part = 2;
    page->blocks[0].repeated = true;

    char *text = text_of(gs_display_make(sample.arena, page, 0));
    assert_non_null(strstr(text, "\n[repeat '绩效目标' ]\n<P>"));
    assert_non_null(strstr(text, "<TR> \n[repeat '一般' ]\n<TD> </> </>"));
    g_free(text);
    sample_release(&sample);
}

/* What a page repeats is content where no page before it is drawn. */
static void first_page_has_the_heads_and_labels(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_page *page = &sample.pages.pages[0];
    struct gs_frag_table *part = page->blocks[2].table;
    page->index = 6;
    part->rows[1].cells[0].repeated = true;
    char *text = text_of(gs_display_make(sample.arena, page, 6));
    assert_non_null(strstr(text,
            "<+Table> <TR> <TD> '项目' </> <TD> '金额' </> </> "
            "<TR> <TD> '一般' </> <TD> </> </> </>"));
    g_free(text);

    part->rows[0].of_page = true;
    text = text_of(gs_display_make(sample.arena, page, 6));
    assert_non_null(strstr(text, "<+Table> \n[repeat '项目' '金额' ]\n"));
    g_free(text);
    sample_release(&sample);
}

/* The pages drawn begin within a strip: it has the columns that strips repeat. */
static void first_strip_has_the_repeated_columns(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_page *page = &sample.pages.pages[0];
    struct gs_frag_table *part = page->blocks[2].table;
    page->index = 6;
    part->strip = 2;
    part->part = 3; /* the strip began on page 4 */
    part->rows[1].cells[0].repeated = true;
    part->rows[1].cells[0].part = 1;
    char *text = text_of(gs_display_make(sample.arena, page, 4));
    assert_non_null(strstr(text, "]\n<TR> <TD> '一般' </>"));
    g_free(text);
    text = text_of(gs_display_make(sample.arena, page, 3));
    assert_non_null(strstr(text, "]\n<TR> \n[repeat '一般' ]\n"));
    g_free(text);
    sample_release(&sample);
}

static void empty_page_draws_nothing(void **state)
{
    (void)state;
    struct gs_arena *arena = gs_arena_new();
    struct gs_page page = {.size = {GS_PT(100), GS_PT(200)}};
    const struct gs_display *display = gs_display_make(arena, &page, 0);
    assert_int_equal(display->count, 0);
    assert_int_equal(display->size.height, GS_PT(200));
    gs_arena_free(arena);
}

/* --- the structure ---------------------------------------------------------- */

/* The content of a page of some blocks, without what lies under it. */
static char *content_of(struct sample *sample, struct gs_frag_block *blocks,
        size_t count, struct gs_frag_seal *seals, size_t seal_count)
{
    struct gs_page page = {.size = {GS_PT(595), GS_PT(842)},
            .blocks = blocks,
            .block_count = count,
            .seals = seals,
            .seal_count = seal_count};
    char *text = text_of(gs_display_make(sample->arena, &page, 0));
    char *under = strstr(text, "\n[layout ");
    char *out = g_strdup(
            under == text ? strstr(text, "]\n") + strlen("]\n") : text);
    g_free(text);
    return out;
}

static void assert_content(struct sample *sample, struct gs_frag_block *blocks,
        size_t count, const char *expected)
{
    char *text = content_of(sample, blocks, count, NULL, 0);
    assert_string_equal(text, expected);
    g_free(text);
}

/* A paragraph of lines that begin at x = 50 pt, each with one mark. */
static struct gs_frag_block para_with_marks(struct sample *sample,
        const char *const *texts, size_t count, struct gs_mark mark)
{
    struct gs_frag_block para = sample_para(sample, GS_PT(60), "", NULL);
    para.lines = GS_MAKE_ARRAY(sample->arena, struct gs_frag_line, count);
    para.line_count = count;
    for (size_t i = 0; i < count; i++) {
        struct gs_line *line = sample_line(sample, texts[i], false);
        struct gs_mark *own = GS_MAKE(sample->arena, struct gs_mark);
        *own = mark;
        own->width = line->width;
        line->marks = own;
        line->mark_count = 1;
        para.lines[i] = (struct gs_frag_line){
                .x = GS_PT(50), .y = GS_PT(60), .line = line};
    }
    return para;
}

static void link_over_two_lines_is_one(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_run run = {.link = "annex"};
    const char *const texts[] = {"见附", "件一"};
    struct gs_frag_block para = para_with_marks(&sample, texts, 2,
            (struct gs_mark){.kind = GS_MARK_LINK, .run = &run});
    assert_content(&sample, &para, 1,
            "<P> <Link> '见附' '件一' ->annex ->annex </> </> ");
    sample_release(&sample);
}

static void text_between_parts_two_links(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_run run = {.link = "annex"};
    const char *const texts[] = {"附件一", "和", "附件一"};
    struct gs_frag_block para = para_with_marks(&sample, texts, 3,
            (struct gs_mark){.kind = GS_MARK_LINK, .run = &run});
    ((struct gs_line *)(uintptr_t)para.lines[1].line)->mark_count = 0;
    assert_content(&sample, &para, 1,
            "<P> <Link> '附件一' ->annex </> '和' "
            "<Link> '附件一' ->annex </> </> ");
    /* In what a page repeats it still leads somewhere. */
    para.repeated = true;
    assert_content(&sample, &para, 1,
            "\n[repeat '附件一' ->annex '和' '附件一' ->annex ]\n");
    sample_release(&sample);
}

static void contents_are_entries_with_references(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_run run = {.link = "one"}, other = {.link = "two"};
    const char *const texts[] = {"一、总则", "……1", "二、附则…2"};
    struct gs_frag_block toc = para_with_marks(&sample, texts, 3,
            (struct gs_mark){.kind = GS_MARK_LINK, .run = &run});
    struct gs_block block = {.kind = GS_BLOCK_TOC};
    toc.block = &block;
    toc.lines[2].block = 1;
    ((struct gs_mark *)(uintptr_t)toc.lines[2].line->marks)->run = &other;
    assert_content(&sample, &toc, 1,
            "<TOC> <TOCI> <Reference> <Link> '一、总则' '……1' ->one ->one "
            "</> </> </> "
            "<TOCI> <Reference> <Link> '二、附则…2' ->two </> </> </> </> ");
    toc.part = 2;
    char *text = content_of(&sample, &toc, 1, NULL, 0);
    assert_true(g_str_has_prefix(text, "<+TOC> <TOCI> "));
    g_free(text);
    sample_release(&sample);
}

static void lines_kept_with_a_table_are_its_caption(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_block kept = {.keep = GS_KEEP_NEXT}, free_block = {0};
    struct gs_frag_block blocks[3];
    blocks[0] = sample_para(&sample, GS_PT(60), "甲", NULL);
    blocks[1] = sample_para(&sample, GS_PT(80), "乙", NULL);
    blocks[2] = sample_table(&sample, GS_PT(100));
    blocks[2].part = 1;
    blocks[2].table->row_count = 0;
    blocks[0].block = blocks[1].block = &kept;
    assert_content(&sample, blocks, 3,
            "<Table> <Caption> <P> '甲' </> <P> '乙' </> </> </> ");
    assert_content(
            &sample, &blocks[1], 2, "<Table> <Caption> '乙' </> </> ");

    blocks[0].block = &free_block;
    assert_content(&sample, blocks, 3,
            "<P> '甲' </> <Table> <Caption> '乙' </> </> ");
    blocks[1].block = &free_block;
    assert_content(&sample, &blocks[1], 2, "<P> '乙' </> <Table> </> ");
    blocks[1].block = &kept;
    blocks[1].part = 2;
    assert_content(&sample, &blocks[1], 2, "<+P> '乙' </> <Table> </> ");
    blocks[1].part = 1;
    blocks[2].part = 2;
    assert_content(&sample, &blocks[1], 2, "<P> '乙' </> <+Table> </> ");
    sample_release(&sample);
}

/* 编制单位 at the left and 单位：万元 at the right do not run together. */
static void parts_of_a_line_are_read_apart(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    const char *const texts[] = {"单位：财政", "局", "单位：万元"};
    struct gs_frag_block blocks[2];
    struct gs_block kept = {.kind = GS_BLOCK_LINE, .keep = GS_KEEP_NEXT};
    blocks[0] = para_with_marks(&sample, texts, 3, (struct gs_mark){0});
    blocks[0].block = &kept;
    blocks[0].lines[2].part = 2;
    blocks[1] = sample_table(&sample, GS_PT(100));
    blocks[1].part = 1;
    blocks[1].table->rows++;
    blocks[1].table->row_count = 1;
    struct gs_frag_row *row = &blocks[1].table->rows[0];
    row->cell_count = 1;
    row->cells[0].lines = blocks[0].lines;
    row->cells[0].line_count = 3;
    assert_content(
            &sample, blocks, 1, "<P> '单位：财政' '局' </> <P> '单位：万元' </> ");
    assert_content(&sample, blocks, 2,
            "<Table> <Caption> <P> '单位：财政' '局' </> <P> '单位：万元' </> </> "
            "<TR> <TD> <P> '单位：财政' '局' </> <P> '单位：万元' </> </> </> </> ");
    sample_release(&sample);
}

static void heading_is_no_caption(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_block heading = {
            .keep = GS_KEEP_NEXT, .heading = &sample.doc.headings[0]};
    struct gs_frag_block blocks[2];
    blocks[0] = sample_para(&sample, GS_PT(60), "甲", NULL);
    blocks[0].block = &heading;
    blocks[1] = sample_table(&sample, GS_PT(100));
    blocks[1].part = 1;
    blocks[1].table->row_count = 0;
    assert_content(&sample, blocks, 2, "<H> '甲' </> <Table> </> ");
    sample_release(&sample);
}

static void blocks_of_a_cell_are_paragraphs_if_several(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_frag_block table = sample_table(&sample, GS_PT(100));
    table.part = 1;
    table.table->rows++;
    table.table->row_count = 1;
    table.table->rows[0].cell_count = 1;
    struct gs_frag_cell *cell = &table.table->rows[0].cells[0];
    struct gs_cell model = *cell->cell;
    const char *const texts[] = {"意见：", "同意", "日期："};
    struct gs_frag_block para =
            para_with_marks(&sample, texts, 3, (struct gs_mark){0});
    struct gs_frag_image image = {
            .image = sample_image(sample.arena), .alt = "签名", .block = 1};
    model.block_count = 3;
    cell->cell = &model;
    cell->lines = para.lines;
    cell->line_count = 3;
    cell->lines[2].block = 2;
    cell->images = &image;
    cell->image_count = 1;
    assert_content(&sample, &table, 1,
            "<Table> <TR> <TD> <P> '意见：' '同意' </> "
            "<Figure 签名> image </> <P> '日期：' </> </> </> </> ");

    model.block_count = 1;
    cell->line_count = 2;
    cell->image_count = 0;
    assert_content(&sample, &table, 1,
            "<Table> <TR> <TD> '意见：' '同意' </> </> </> ");
    sample_release(&sample);
}

static void seal_is_read_beside_its_words(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_frag_seal seal =
            sample_seal(&sample, GS_SEAL_SPECIMEN, GS_PT(200), NULL);
    struct gs_run run = {.seal = seal.seal};
    const char *const texts[] = {"（公章）"};
    struct gs_frag_block blocks[2];
    blocks[0] = para_with_marks(&sample, texts, 1,
            (struct gs_mark){.kind = GS_MARK_SEAL, .run = &run});
    blocks[1] = sample_para(&sample, GS_PT(80), "此件公开", NULL);
    char *text = content_of(&sample, blocks, 2, &seal, 1);
    assert_string_equal(text,
            "<P> '（公章）' <Figure 样章：财政局> </> </> <P> '此件公开' </> "
            "<+Figure 样章：财政局> { path } </> ");
    g_free(text);

    blocks[0].repeated = true; /* no structure there: it stands for itself */
    text = content_of(&sample, blocks, 1, &seal, 1);
    assert_string_equal(text,
            "\n[repeat '（公章）' ]\n<Figure 样章：财政局> { path } </> ");
    g_free(text);
    sample_release(&sample);
}

static void picture_that_says_nothing_decorates(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_page *page = &sample.pages.pages[0];
    page->blocks[4].image.alt = "";
    char *text = text_of(gs_display_make(sample.arena, page, 0));
    assert_non_null(strstr(text, "| / / - image ]\n"));
    assert_null(strstr(text, "<Figure 一张"));
    g_free(text);
    sample_release(&sample);
}

static void paragraph_without_text_is_not_read(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_frag_block para = sample_para(&sample, GS_PT(60), "", NULL);
    assert_content(&sample, &para, 1, "");
    sample_release(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(page_is_drawn_in_order),
            cmocka_unit_test(glyphs_stand_on_the_baseline),
            cmocka_unit_test(marks_are_placed_from_the_line),
            cmocka_unit_test(repeated_label_is_an_artifact),
            cmocka_unit_test(first_page_has_the_heads_and_labels),
            cmocka_unit_test(first_strip_has_the_repeated_columns),
            cmocka_unit_test(empty_page_draws_nothing),
            cmocka_unit_test(link_over_two_lines_is_one),
            cmocka_unit_test(text_between_parts_two_links),
            cmocka_unit_test(contents_are_entries_with_references),
            cmocka_unit_test(lines_kept_with_a_table_are_its_caption),
            cmocka_unit_test(parts_of_a_line_are_read_apart),
            cmocka_unit_test(heading_is_no_caption),
            cmocka_unit_test(blocks_of_a_cell_are_paragraphs_if_several),
            cmocka_unit_test(seal_is_read_beside_its_words),
            cmocka_unit_test(picture_that_says_nothing_decorates),
            cmocka_unit_test(paragraph_without_text_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
