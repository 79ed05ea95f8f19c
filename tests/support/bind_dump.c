#include "support/bind_dump.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>
#include <string.h>

#include "base/arena.h"
#include "bind/bind.h"
#include "data/data.h"
#include "form/form.h"
#include "model/image.h"

#define LAYOUT_BEGIN \
    "<layout xmlns='urn:gongshi:layout:1' name='test' lang='zh-CN'><body>"
#define LAYOUT_END "</body></layout>"

static void fail_with(const struct gs_diag *diag, const char *what)
{
    char *text = gs_diag_text(diag);

    print_error("%s\n", text);
    g_free(text);
    fail_msg("%s", what);
}

struct bind_run bind_strings(
        const char *body, const char *bytes, const char *root)
{
    static const char *const no_path[] = {NULL};
    struct bind_run run = {.arena = gs_arena_new(), .diag = gs_diag_new()};
    bool whole = g_str_has_prefix(body, "<layout");
    char *layout = g_strconcat(
            whole ? "" : LAYOUT_BEGIN, body, whole ? "" : LAYOUT_END, NULL);

    const struct gs_form *form = gs_form_parse(
            run.arena, "layout.xml", layout, strlen(layout), no_path, run.diag);
    g_free(layout);
    const struct gs_data *data = gs_data_parse(
            run.arena, "data.xml", bytes, strlen(bytes), run.diag);
    if (form == NULL || data == NULL) {
        fail_with(run.diag, "the test's own layout or data is broken");
        return run;
    }
    const char *folder = root != NULL ? root : "/nonexistent";
    run.doc = gs_bind(run.arena, form, data,
            &(struct gs_bind_options){.root = folder, .base = folder},
            run.diag);
    assert_true((run.doc == NULL) == (gs_diag_errors(run.diag) > 0));
    return run;
}

void bind_free(struct bind_run *run)
{
    gs_diag_free(run->diag);
    gs_arena_free(run->arena);
}

/* --- as text --------------------------------------------------------------- */

static void dump_run(GString *out, const struct gs_run *run)
{
    switch (run->kind) {
    case GS_RUN_TEXT:
        assert_int_equal(strlen(run->text), run->size);
        g_string_append_printf(out, "\"%s\"", run->text);
        break;
    case GS_RUN_BREAK:
        g_string_append(out, "BREAK");
        break;
    case GS_RUN_PAGE_NUMBER:
        g_string_append(out, run->target != NULL ? "PAGE OF " : "PAGE");
        g_string_append(out, run->target != NULL ? run->target : "");
        break;
    case GS_RUN_PAGE_COUNT:
        g_string_append(out, "COUNT");
        break;
    case GS_RUN_BLANK:
        g_string_append(out, "BLANK");
        break;
    case GS_RUN_IMAGE:
        g_string_append_printf(out, "[picture %.1f×%.1f]",
                gs_len_to_pt(run->width), gs_len_to_pt(run->height));
        break;
    case GS_RUN_LEADER:
        g_string_append(out, "LEADER");
        break;
    case GS_RUN_TOTAL:
        g_string_append_printf(out, "TOTAL %zu", run->total->number);
        break;
    }
    if (run->link != NULL) {
        g_string_append_printf(out, " ->%s", run->link);
    }
    if (run->seal != NULL) {
        static const char *const kinds[] = {"picture", "specimen", "place"};
        g_string_append_printf(
                out, " (%s %s)", kinds[run->seal->kind], run->seal->organ);
    }
}

static void dump_para(GString *out, const struct gs_para *para)
{
    for (size_t i = 0; i < para->run_count; i++) {
        g_string_append(out, i > 0 ? " | " : "");
        dump_run(out, &para->runs[i]);
    }
}

/* A cell's text without quotes: tables are read as a picture. */
static void dump_cell_blocks(
        GString *out, const struct gs_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct gs_block *block = &blocks[i];
        g_string_append(out, i > 0 ? "¶" : "");
        if (block->kind != GS_BLOCK_PARA) {
            g_string_append_printf(out, "<%d>", (int)block->kind);
            continue;
        }
        for (size_t j = 0; j < block->u.para.run_count; j++) {
            const struct gs_run *run = &block->u.para.runs[j];
            if (run->kind == GS_RUN_TEXT && run->seal == NULL) {
                g_string_append(out, run->text);
            } else {
                dump_run(out, run);
            }
        }
    }
}

static void dump_cell(GString *out, const struct gs_cell *cell)
{
    g_string_append(out, cell->head ? "!" : "");
    g_string_append(out, cell->label != GS_LABEL_FLOW ? "~" : "");
    dump_cell_blocks(out, cell->blocks, cell->block_count);
    if (cell->label == GS_LABEL_REPEAT_MARK) {
        g_string_append(out, " then ");
        dump_cell_blocks(out, cell->marked, cell->marked_count);
    }
    if (cell->row_span != 1 || cell->column_span != 1) {
        g_string_append_printf(
                out, " %u×%u", cell->row_span, cell->column_span);
    }
}

static void dump_row(GString *out, const struct gs_row *row)
{
    g_string_append(out, "-");
    for (size_t i = 0; i < row->cell_count; i++) {
        g_string_append(out, i > 0 ? " | " : " ");
        dump_cell(out, &row->cells[i]);
    }
    g_string_append(out, (row->keep & GS_KEEP_NEXT) != 0 ? " +" : "");
    g_string_append(out, (row->keep & GS_KEEP_TOGETHER) != 0 ? " =" : "");
    g_string_append(out, row->break_before ? " ^" : "");
    g_string_append_c(out, '\n');
}

static void dump_blocks(
        GString *out, const struct gs_block *blocks, size_t count);

static void dump_table(GString *out, const struct gs_table *table)
{
    static const char *const kinds[] = {"head", "body", "foot"};
    static const char *const repeats[] = {"all", "last", "none"};
    size_t next = 0;

    for (size_t i = 0; i < table->group_count; i++) {
        const struct gs_row_group *group = &table->groups[i];
        assert_int_equal(group->first, next); /* cover all rows, in order */
        assert_true(group->count > 0);
        g_string_append_printf(out, "%s%s%s\n", kinds[group->kind],
                group->kind == GS_GROUP_HEAD ? " " : "",
                group->kind == GS_GROUP_HEAD ? repeats[group->repeat] : "");
        for (; next < group->first + group->count; next++) {
            dump_row(out, &table->rows[next]);
        }
    }
    assert_int_equal(next, table->row_count);
    if (table->continued_count > 0) {
        g_string_append(out, "continued\n");
        dump_blocks(out, table->continued, table->continued_count);
    }
}

static void dump_block(GString *out, const struct gs_block *block)
{
    switch (block->kind) {
    case GS_BLOCK_PARA:
        if (block->heading != NULL) {
            g_string_append_printf(out, "h%u [%s] ", block->heading->level,
                    block->heading->title);
        } else {
            g_string_append(out, "p ");
        }
        dump_para(out, &block->u.para);
        break;
    case GS_BLOCK_LINE:
        g_string_append(out, "line <");
        dump_para(out, &block->u.line.left);
        g_string_append(out, "> <");
        dump_para(out, &block->u.line.center);
        g_string_append(out, "> <");
        dump_para(out, &block->u.line.right);
        g_string_append(out, ">");
        break;
    case GS_BLOCK_TABLE:
        g_string_append(out, "table");
        break;
    case GS_BLOCK_IMAGE:
        g_string_append_printf(out, "image %s %.1f×%.1f", block->u.image.alt,
                gs_len_to_pt(block->u.image.width),
                gs_len_to_pt(block->u.image.height));
        break;
    case GS_BLOCK_RULE:
        g_string_append(out, "rule");
        break;
    case GS_BLOCK_SPACE:
        g_string_append_printf(out, "space %.1f", gs_len_to_pt(block->u.space));
        break;
    case GS_BLOCK_PAGE_BREAK:
        g_string_append(out, "page-break");
        break;
    case GS_BLOCK_TOC:
        g_string_append_printf(out, "toc %u", block->u.toc.levels);
        break;
    case GS_BLOCK_PLACED:
        g_string_append(out, "place");
        break;
    }
    if (block->id != NULL) {
        g_string_append_printf(out, " #%s", block->id);
    }
    g_string_append(out, (block->keep & GS_KEEP_NEXT) != 0 ? " +" : "");
    g_string_append(out, (block->keep & GS_KEEP_TOGETHER) != 0 ? " =" : "");
    g_string_append_c(out, '\n');
    if (block->kind == GS_BLOCK_TABLE) {
        dump_table(out, block->u.table);
    } else if (block->kind == GS_BLOCK_PLACED) {
        dump_blocks(out, block->u.placed.blocks, block->u.placed.block_count);
        g_string_append(out, "placed\n");
    }
}

static void dump_blocks(
        GString *out, const struct gs_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        dump_block(out, &blocks[i]);
    }
}

static void dump_running(
        GString *out, const char *name, const struct gs_running *running)
{
    if (running->block_count > 0) {
        g_string_append_printf(out, "%s%s:\n", name,
                running->skip_first ? " (not first)" : "");
        dump_blocks(out, running->blocks, running->block_count);
    }
}

char *bind_dump(const struct bind_run *run)
{
    GString *out = g_string_new(NULL);

    for (size_t i = 0; i < run->doc->section_count; i++) {
        const struct gs_section *section = &run->doc->sections[i];
        const char *name = section->page->name;
        g_string_append_printf(out, "section %s%s\n",
                name != NULL ? name : "default",
                section->restart_numbers ? " from 1" : "");
        dump_running(out, "header", &section->header);
        dump_running(out, "footer", &section->footer);
        dump_blocks(out, section->blocks, section->block_count);
    }
    return g_string_free(out, FALSE);
}

/* --- assertions ------------------------------------------------------------ */

void assert_binds(const char *body, const char *data, const char *expected)
{
    struct bind_run run = bind_strings(body, data, NULL);

    if (run.doc == NULL) {
        fail_with(run.diag, "binding failed");
        return;
    }
    assert_int_equal(gs_diag_count(run.diag), 0);
    char *dump = bind_dump(&run);
    /* The first line says which page: of no interest where there is one. */
    const char *found = dump;
    if (!g_str_has_prefix(expected, "section")) {
        found = strchr(dump, '\n') + 1;
    }
    assert_string_equal(found, expected);
    g_free(dump);
    bind_free(&run);
}

void assert_refused(const char *body, const char *data, enum gs_diag_id id,
        const char *words)
{
    struct bind_run run = bind_strings(body, data, NULL);
    char *text = gs_diag_text(run.diag);

    if (gs_diag_count(run.diag) != 1 || gs_diag_entry(run.diag, 0).id != id ||
            strstr(text, words) == NULL) {
        fail_with(run.diag, "another diagnostic was expected");
    }
    assert_null(run.doc);
    g_free(text);
    bind_free(&run);
}
