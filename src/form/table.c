/*
 * Tables: heads, rows, groups, cells.
 */
#include "form/compile.h"

#include <string.h>

#include "base/arena.h"
#include "form/attr.h"
#include "xml/xml.h"

static gs_len length(const struct gs_node *node, const char *name,
        const struct gs_site *site, gs_len fallback)
{
    return gs_attr_length(node, name, site->look->size, fallback);
}

static void compile_table(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site,
        struct gs_item *item)
{
    static const char *const overflow_words[] = {"error", "continue", NULL};
    struct gs_site inner = gs_site_inside(site, node, GS_PLACE_TABLE);
    struct gs_totals totals;
    const char *frame = gs_node_find_attribute(node, "frame");

    item->u.table.id = gs_pattern_attribute(compiler, node, "id", site);
    item->u.table.columns = gs_columns_compile(
            compiler, node, site->look->size, &item->u.table.column_count);
    item->u.table.width = length(node, "width", site, 0);
    item->u.table.overflow = (enum gs_overflow)gs_attr_word(
            node, "overflow", overflow_words, GS_OVERFLOW_ERROR);
    item->u.table.repeat_columns =
            (size_t)gs_attr_integer(node, "repeat-columns", 0, 255, 0);
    item->u.table.align = (enum gs_align)gs_attr_word(
            node, "align", gs_align_words, GS_ALIGN_LEFT);
    if (frame != NULL) {
        gs_read_rule(frame, site->look->size, &item->u.table.frame);
    }
    item->u.table.fill = length(node, "fill", site, 0);
    item->u.table.space_before = length(node, "space-before", site, 0);
    item->u.table.space_after = length(node, "space-after", site, 0);
    gs_totals_begin(&totals);
    inner.totals = &totals;
    inner.page_rows = NULL;
    inner.unused = false;
    item->content = gs_compile_content(compiler, node, &inner);
    gs_totals_end(compiler, &totals, item);
}

static void compile_row(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site,
        struct gs_item *item)
{
    static const char *const fit_words[] = {
            "least", "fixed", "shrink", "clip", NULL};
    struct gs_site inner = gs_site_inside(site, node, GS_PLACE_ROW);

    item->u.row.height = length(
            node, "height", site, length(node, "min-height", site, 0));
    item->u.row.fit =
            (enum gs_row_fit)gs_attr_word(node, "fit", fit_words, GS_FIT_LEAST);
    if (item->u.row.fit != GS_FIT_LEAST
            && gs_node_find_attribute(node, "height") == NULL) {
        gs_report(compiler, GS_DIAG_MISSING_ATTRIBUTE, gs_node_loc(node),
                GS_ARGS("row", "height"));
    }
    item->u.row.keep = (unsigned)gs_attr_word(
            node, "keep", gs_keep_words, GS_KEEP_NONE);
    item->u.row.strength = gs_strength_read(node);
    item->u.row.break_before = gs_node_find_attribute(node, "break") != NULL;
    item->content = gs_compile_content(compiler, node, &inner);
}

static void compile_group(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site,
        struct gs_item *item)
{
    struct gs_site inner = gs_site_inside(site, node, GS_PLACE_GROUP);
    const char *keep = gs_node_find_attribute(node, "keep");
    item->u.group.keep_together =
            keep != NULL && strcmp(keep, "together") == 0;
    item->u.group.strength = gs_strength_read(node);
    item->u.group.break_before = gs_node_find_attribute(node, "break") != NULL;
    item->content = gs_compile_content(compiler, node, &inner);
}

/* A span written as a number is checked here, one from the data when bound. */
static const struct gs_pattern *read_span(struct gs_compiler *compiler,
        const struct gs_node *node, const char *name,
        const struct gs_site *site)
{
    static const struct gs_attribute_rule rule = {
            "", GS_TYPE_INTEGER, false, NULL, 1, 1000};
    const struct gs_pattern *span =
            gs_pattern_attribute(compiler, node, name, site);
    long value;
    if (span == NULL) {
        return NULL;
    }
    if (span->count == 0
            || (span->count == 1 && span->pieces[0].literal != NULL
                    && !gs_read_integer(
                            span->pieces[0].literal, 1, 1000, &value))) {
        gs_report_value(compiler, GS_DIAG_BAD_VALUE, node, name,
                GS_ARGS(gs_node_find_attribute(node, name), name,
                        gs_value_expected(compiler->arena, &rule)));
    }
    return span;
}

static void compile_cell(struct gs_compiler *compiler,
        const struct gs_node *node, enum gs_element element,
        const struct gs_site *site, struct gs_item *item)
{
    static const char *const label_words[] = {
            "flow", "repeat", "repeat-mark", NULL};
    static const char *const merge_words[] = {"none", "absent", "equal", NULL};
    /* A cell of a group is a label of its rows. */
    bool is_label = (site->place & GS_PLACE_GROUP) != 0;
    bool has_blocks = gs_has_blocks(compiler, node);
    struct gs_site inner = gs_site_inside(
            site, node, has_blocks ? GS_PLACE_BLOCKS : GS_PLACE_INLINE);

    item->u.cell.head = element == GS_ELEMENT_TH;
    item->u.cell.column_span = read_span(compiler, node, "colspan", site);
    item->u.cell.row_span = read_span(compiler, node, "rowspan", site);
    item->u.cell.label = (enum gs_label)gs_attr_word(node, "label",
            label_words, is_label ? GS_LABEL_REPEAT : GS_LABEL_FLOW);
    item->u.cell.mark = gs_pattern_attribute(compiler, node, "mark", site);
    item->u.cell.merge = (enum gs_merge)gs_attr_word(
            node, "merge", merge_words, GS_MERGE_NONE);
    item->u.cell.has_blocks = has_blocks;
    if (gs_node_find_attribute(node, "format") != NULL) {
        inner.format = gs_format_find(compiler, node);
    }
    gs_sum_compile(compiler, node, site, item);
    item->content = gs_compile_content(compiler, node, &inner);
}

static void compile_rows(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site,
        struct gs_item *item)
{
    static const char *const head_words[] = {
            "all", "last", "none", "later", NULL};
    static const char *const foot_words[] = {"last", "pages", "all", NULL};
    enum { HEAD_LATER = 3, FOOT_PAGES = 1, FOOT_ALL = 2 };
    struct gs_site inner = gs_site_inside(site, node, GS_PLACE_ROWS);
    bool is_head = item->kind == GS_ITEM_HEAD;
    int word = gs_attr_word(
            node, "repeat", is_head ? head_words : foot_words, 0);

    item->u.rows.repeat =
            is_head && word != HEAD_LATER ? (enum gs_repeat)word
                                          : GS_REPEAT_NONE;
    item->u.rows.page_rows = word == (is_head ? HEAD_LATER : FOOT_PAGES)
            || (!is_head && word == FOOT_ALL);
    item->u.rows.kind = is_head ? GS_PAGE_ROWS_HEAD
            : word == FOOT_ALL  ? GS_PAGE_ROWS_FOOT
                                : GS_PAGE_ROWS_GOES_ON;
    inner.page_rows = item->u.rows.page_rows ? node : NULL;
    item->content = gs_compile_content(compiler, node, &inner);
}

/* The caption of a table's further parts. */
static void compile_continued(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site,
        struct gs_item *item)
{
    struct gs_site inner = gs_site_inside(site, node, GS_PLACE_BLOCKS);
    inner.totals = NULL; /* a caption, and no row */
    item->content = gs_compile_content(compiler, node, &inner);
}

void gs_compile_table_part(struct gs_compiler *compiler,
        const struct gs_node *node, enum gs_element element,
        const struct gs_site *site, GPtrArray *out)
{
    static const enum gs_item_kind kinds[GS_ELEMENT_COUNT] = {
            [GS_ELEMENT_TABLE] = GS_ITEM_TABLE,
            [GS_ELEMENT_CONTINUED] = GS_ITEM_CONTINUED,
            [GS_ELEMENT_HEAD] = GS_ITEM_HEAD,
            [GS_ELEMENT_FOOT] = GS_ITEM_FOOT,
            [GS_ELEMENT_ROW] = GS_ITEM_ROW,
            [GS_ELEMENT_GROUP] = GS_ITEM_GROUP,
            [GS_ELEMENT_TH] = GS_ITEM_CELL,
            [GS_ELEMENT_TD] = GS_ITEM_CELL,
    };
    struct gs_item *item = gs_item_add(
            compiler, kinds[element], gs_node_loc(node), site, out);
    switch (item->kind) {
    case GS_ITEM_TABLE:
        compile_table(compiler, node, site, item);
        break;
    case GS_ITEM_CONTINUED:
        compile_continued(compiler, node, site, item);
        break;
    case GS_ITEM_ROW:
        compile_row(compiler, node, site, item);
        break;
    case GS_ITEM_GROUP:
        compile_group(compiler, node, site, item);
        break;
    case GS_ITEM_CELL:
        compile_cell(compiler, node, element, site, item);
        break;
    default: /* HEAD, FOOT */
        compile_rows(compiler, node, site, item);
        break;
    }
}
