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
    case GS_TAG_TABLE:
        return "Table";
    case GS_TAG_ROW:
        return "TR";
    case GS_TAG_HEAD_CELL:
        return "TH";
    case GS_TAG_CELL:
        return "TD";
    case GS_TAG_FIGURE:
        return "Figure";
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
        g_string_append_printf(text, "<%s", tag_name(op->u.tag.kind));
        if (op->u.tag.alt != NULL) {
            g_string_append_printf(text, " %s", op->u.tag.alt);
        }
        g_string_append(text, "> ");
        break;
    case GS_OP_END_TAG:
        g_string_append(text, "</> ");
        break;
    case GS_OP_BEGIN_ARTIFACT:
        g_string_append(text, "\n[ ");
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
    char *text = text_of(gs_display_make(sample.arena, &sample.pages.pages[0]));
    assert_string_equal(text,
            /* fill; underline; grid, diagonals; rule block */
            "\n[ fill - - - - | | | / / - ]\n"
            "\n[ '页眉' ]\n"
            "<H> '绩效目标' </> "
            "<P> '一⼀ABC & “文”' <Figure 图> image </> </> "
            "<Table> "
            "\n[ '项目' '金额' ]\n"
            "<TR> <TD> '一般' </> <TD> </> </> </> "
            "<Figure 一张 <图>> image </> "
            "\n[ '- 1 -' ]\n"
            "->heading-1 "
            "<Figure 印章：财政局> { image } </> "
            "<Figure 样章：财政局> { path } </> "
            "\n[ { path } ]\n");
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
            gs_display_make(sample.arena, &sample.pages.pages[0]);
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
            gs_display_make(sample.arena, &sample.pages.pages[0]);

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
    page->blocks[2].table->rows[1].cells[0].repeated = true;
    page->blocks[0].repeated = true;

    char *text = text_of(gs_display_make(sample.arena, page));
    assert_non_null(strstr(text, "\n[ '绩效目标' ]\n<P>"));
    assert_non_null(strstr(text, "<TR> \n[ '一般' ]\n<TD> </> </>"));
    g_free(text);
    sample_release(&sample);
}

static void empty_page_draws_nothing(void **state)
{
    (void)state;
    struct gs_arena *arena = gs_arena_new();
    struct gs_page page = {.size = {GS_PT(100), GS_PT(200)}};
    const struct gs_display *display = gs_display_make(arena, &page);
    assert_int_equal(display->count, 0);
    assert_int_equal(display->size.height, GS_PT(200));
    gs_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(page_is_drawn_in_order),
            cmocka_unit_test(glyphs_stand_on_the_baseline),
            cmocka_unit_test(marks_are_placed_from_the_line),
            cmocka_unit_test(repeated_label_is_an_artifact),
            cmocka_unit_test(empty_page_draws_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
