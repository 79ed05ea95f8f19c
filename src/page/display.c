/*
 * Display list: walks the fragments of a page twice, first for what lies under
 * the text (fills, rules), then for the text itself.  Links and seals follow,
 * because a seal is pressed over everything else.
 */
#include "page/display.h"

#include <assert.h>
#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "page/rules.h"

struct list {
    struct gs_arena *arena;
    GArray *ops;
    unsigned artifacts; /* how many are open; only the outermost is an op */
    unsigned tags;
};

/* --- ops ---------------------------------------------------------------------- */

static void add(struct list *list, struct gs_op op)
{
    g_array_append_val(list->ops, op);
}

static void begin_artifact(struct list *list)
{
    if (list->artifacts++ == 0) {
        add(list, (struct gs_op){.kind = GS_OP_BEGIN_ARTIFACT});
    }
}

static void end_artifact(struct list *list)
{
    assert(list->artifacts > 0);
    if (--list->artifacts > 0) {
        return;
    }
    const struct gs_op *last =
            &g_array_index(list->ops, struct gs_op, list->ops->len - 1);
    if (last->kind == GS_OP_BEGIN_ARTIFACT) { /* nothing in it */
        g_array_set_size(list->ops, list->ops->len - 1);
    } else {
        add(list, (struct gs_op){.kind = GS_OP_END_ARTIFACT});
    }
}

/* Inside an artifact there is no structure. */
static void begin_tag(struct list *list, struct gs_tag tag)
{
    if (list->artifacts == 0) {
        list->tags++;
        add(list, (struct gs_op){.kind = GS_OP_BEGIN_TAG, .u.tag = tag});
    }
}

static void end_tag(struct list *list)
{
    if (list->artifacts == 0) {
        assert(list->tags > 0);
        list->tags--;
        add(list, (struct gs_op){.kind = GS_OP_END_TAG});
    }
}

static void add_rule(struct list *list, struct gs_rule rule)
{
    if (rule.style.kind != GS_RULE_NONE && rule.style.width > 0 &&
            rule.length > 0) {
        add(list, (struct gs_op){.kind = GS_OP_RULE, .u.rule = rule});
    }
}

static void add_image(struct list *list, struct gs_rect rect,
        const struct gs_image *image, const char *alt)
{
    if (image == NULL) {
        return;
    }
    begin_tag(list, (struct gs_tag){.kind = GS_TAG_FIGURE, .alt = alt});
    add(list,
            (struct gs_op){.kind = GS_OP_IMAGE,
                    .u.image = {.rect = rect, .image = image}});
    end_tag(list);
}

/* --- under the text ------------------------------------------------------------ */

static void add_underlines(
        struct list *list, const struct gs_frag_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct gs_frag_line *frag = &lines[i];
        for (size_t k = 0; k < frag->line->mark_count; k++) {
            const struct gs_mark *mark = &frag->line->marks[k];
            if (mark->kind != GS_MARK_UNDERLINE) {
                continue;
            }
            add_rule(list,
                    (struct gs_rule){
                            .x = frag->x + frag->line->x + mark->x,
                            .y = frag->y + frag->line->baseline + mark->y,
                            .length = mark->width,
                            .vertical = mark->turn == 90,
                            .style =
                                    {
                                            .kind = GS_RULE_SOLID,
                                            .width = mark->thickness,
                                            .color = mark->color,
                                    },
                    });
        }
    }
}

static void add_background(struct list *list, const struct gs_frag_cell *cell)
{
    const struct gs_cell_style *style = cell->cell->style;
    if (style->has_background) {
        add(list,
                (struct gs_op){.kind = GS_OP_FILL,
                        .u.fill = {.rect = cell->rect,
                                .color = style->background}});
    }
}

/* Drawn like the cell's left rule; where it has none, as a usual rule. */
static void add_diagonals(struct list *list, const struct gs_frag_cell *cell)
{
    const struct gs_cell_style *style = cell->cell->style;
    const struct gs_rect *rect = &cell->rect;
    struct gs_rule_style rule = style->rules[GS_LEFT];

    if (style->diagonal == GS_DIAGONAL_NONE) {
        return;
    }
    if (rule.kind == GS_RULE_NONE || rule.width <= 0) {
        rule = (struct gs_rule_style){
                .kind = GS_RULE_SOLID, .width = GS_PT(1) / 2};
    }
    struct gs_point top_left = {rect->x, rect->y};
    struct gs_point top_right = {rect->x + rect->width, rect->y};
    struct gs_point bottom_left = {rect->x, rect->y + rect->height};
    struct gs_point bottom_right = {top_right.x, bottom_left.y};

    add(list,
            (struct gs_op){.kind = GS_OP_LINE,
                    .u.line = {bottom_left, top_right, rule}});
    if (style->diagonal == GS_DIAGONAL_CROSS) {
        add(list,
                (struct gs_op){.kind = GS_OP_LINE,
                        .u.line = {top_left, bottom_right, rule}});
    }
}

static void for_each_cell(struct list *list, const struct gs_frag_table *table,
        void (*visit)(struct list *, const struct gs_frag_cell *))
{
    for (size_t i = 0; i < table->row_count; i++) {
        for (size_t k = 0; k < table->rows[i].cell_count; k++) {
            visit(list, &table->rows[i].cells[k]);
        }
    }
}

static void add_cell_underlines(
        struct list *list, const struct gs_frag_cell *cell)
{
    add_underlines(list, cell->lines, cell->line_count);
}

static void add_table_rules(
        struct list *list, const struct gs_frag_table *table)
{
    size_t count;
    const struct gs_rule *rules = gs_rules_make(list->arena, table, &count);

    for (size_t i = 0; i < count; i++) {
        add_rule(list, rules[i]);
    }
}

/* A rule block: its line is centred in its rectangle's height. */
static void add_block_rule(struct list *list, const struct gs_frag_block *frag)
{
    struct gs_rect rect = frag->rect;
    const struct gs_block *block = frag->block;

    if (block == NULL || block->kind != GS_BLOCK_RULE) {
        return;
    }
    add_rule(list,
            (struct gs_rule){
                    .x = rect.x,
                    .y = rect.y + rect.height / 2,
                    .length = rect.width,
                    .style = block->u.rule.style,
            });
}

static void add_fills(
        struct list *list, const struct gs_frag_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].kind == GS_FRAG_TABLE) {
            for_each_cell(list, blocks[i].table, add_background);
        }
    }
}

static void add_rules(
        struct list *list, const struct gs_frag_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct gs_frag_block *frag = &blocks[i];
        switch (frag->kind) {
        case GS_FRAG_LINES:
            add_underlines(list, frag->lines, frag->line_count);
            break;
        case GS_FRAG_TABLE:
            add_table_rules(list, frag->table);
            for_each_cell(list, frag->table, add_diagonals);
            for_each_cell(list, frag->table, add_cell_underlines);
            break;
        case GS_FRAG_RULE:
            add_block_rule(list, frag);
            break;
        case GS_FRAG_IMAGE:
            break;
        }
    }
}

/* --- text ------------------------------------------------------------------------ */

static void add_inline_images(
        struct list *list, const struct gs_frag_line *frag)
{
    for (size_t i = 0; i < frag->line->mark_count; i++) {
        const struct gs_mark *mark = &frag->line->marks[i];
        if (mark->kind != GS_MARK_IMAGE || mark->run == NULL) {
            continue;
        }
        struct gs_rect rect = {
                .x = frag->x + frag->line->x + mark->x,
                .y = frag->y + frag->line->baseline - mark->run->height,
                .width = mark->width,
                .height = mark->run->height,
        };
        add_image(list, rect, mark->run->image, mark->run->alt);
    }
}

static void add_lines(
        struct list *list, const struct gs_frag_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct gs_frag_line *frag = &lines[i];
        for (size_t k = 0; k < frag->line->run_count; k++) {
            const struct gs_glyph_run *run = &frag->line->runs[k];
            if (run->glyph_count == 0) {
                continue;
            }
            struct gs_point origin = {
                    frag->x + frag->line->x + run->x,
                    frag->y + frag->line->baseline,
            };
            add(list,
                    (struct gs_op){
                            .kind = GS_OP_GLYPHS, .u.glyphs = {origin, run}});
        }
        add_inline_images(list, frag);
    }
}

static void add_cell_content(struct list *list, const struct gs_frag_cell *cell)
{
    if (cell->repeated) {
        begin_artifact(list);
    }
    begin_tag(list,
            (struct gs_tag){
                    .kind = cell->cell->head ? GS_TAG_HEAD_CELL : GS_TAG_CELL,
                    .cell = cell,
            });
    add_lines(list, cell->lines, cell->line_count);
    for (size_t i = 0; i < cell->image_count; i++) {
        const struct gs_frag_image *image = &cell->images[i];
        add_image(list, image->rect, image->image, image->alt);
    }
    end_tag(list);
    if (cell->repeated) {
        end_artifact(list);
    }
}

static void add_row_content(struct list *list, const struct gs_frag_row *row)
{
    if (row->repeated) {
        begin_artifact(list);
    }
    begin_tag(list, (struct gs_tag){.kind = GS_TAG_ROW, .row = row});
    for (size_t i = 0; i < row->cell_count; i++) {
        add_cell_content(list, &row->cells[i]);
    }
    end_tag(list);
    if (row->repeated) {
        end_artifact(list);
    }
}

static void add_paragraph(struct list *list, const struct gs_frag_block *frag)
{
    const struct gs_heading *heading =
            frag->block == NULL ? NULL : frag->block->heading;

    begin_tag(list,
            (struct gs_tag){
                    .kind = heading == NULL ? GS_TAG_PARAGRAPH : GS_TAG_HEADING,
                    .level = heading == NULL ? 0 : heading->level,
                    .block = frag->block,
            });
    add_lines(list, frag->lines, frag->line_count);
    end_tag(list);
}

static void add_block_content(
        struct list *list, const struct gs_frag_block *frag)
{
    if (frag->repeated) {
        begin_artifact(list);
    }
    switch (frag->kind) {
    case GS_FRAG_LINES:
        add_paragraph(list, frag);
        break;
    case GS_FRAG_TABLE:
        begin_tag(list,
                (struct gs_tag){.kind = GS_TAG_TABLE, .block = frag->block});
        for (size_t i = 0; i < frag->table->row_count; i++) {
            add_row_content(list, &frag->table->rows[i]);
        }
        end_tag(list);
        break;
    case GS_FRAG_IMAGE:
        add_image(list, frag->image.rect, frag->image.image, frag->image.alt);
        break;
    case GS_FRAG_RULE:
        break;
    }
    if (frag->repeated) {
        end_artifact(list);
    }
}

static void add_content(
        struct list *list, const struct gs_frag_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        add_block_content(list, &blocks[i]);
    }
}

/* --- links ------------------------------------------------------------------------ */

/* A link of several runs side by side is one area. */
static void add_line_links(
        struct list *list, const struct gs_frag_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct gs_frag_line *frag = &lines[i];
        struct gs_op op = {.kind = GS_OP_LINK};
        for (size_t k = 0; k < frag->line->mark_count; k++) {
            const struct gs_mark *mark = &frag->line->marks[k];
            if (mark->kind != GS_MARK_LINK || mark->run == NULL ||
                    mark->run->link == NULL) {
                continue;
            }
            struct gs_rect *rect = &op.u.link.rect;
            gs_len x = frag->x + frag->line->x + mark->x;
            if (op.u.link.target != NULL &&
                    strcmp(op.u.link.target, mark->run->link) == 0 &&
                    rect->x + rect->width == x) {
                rect->width += mark->width;
                continue;
            }
            if (op.u.link.target != NULL) {
                add(list, op);
            }
            op.u.link.target = mark->run->link;
            *rect = (struct gs_rect){
                    x, frag->y, mark->width, frag->line->height};
        }
        if (op.u.link.target != NULL) {
            add(list, op);
        }
    }
}

static void add_cell_links(struct list *list, const struct gs_frag_cell *cell)
{
    add_line_links(list, cell->lines, cell->line_count);
}

static void add_links(
        struct list *list, const struct gs_frag_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].kind == GS_FRAG_TABLE) {
            for_each_cell(list, blocks[i].table, add_cell_links);
        } else {
            add_line_links(list, blocks[i].lines, blocks[i].line_count);
        }
    }
}

/* --- seals ------------------------------------------------------------------------- */

static const char *seal_alt(struct gs_arena *arena, const struct gs_seal *seal)
{
    const char *kind = seal->kind == GS_SEAL_PICTURE ? "印章" : "样章";

    if (seal->organ == NULL || seal->organ[0] == '\0') {
        return kind;
    }
    return gs_arena_printf(arena, "%s：%s", kind, seal->organ);
}

static void add_seal_ink(struct list *list, const struct gs_frag_seal *frag)
{
    add(list, (struct gs_op){.kind = GS_OP_BEGIN_SEAL});
    if (frag->seal->kind == GS_SEAL_PICTURE && frag->seal->image != NULL) {
        add(list,
                (struct gs_op){.kind = GS_OP_IMAGE,
                        .u.image = {.rect = frag->rect,
                                .image = frag->seal->image}});
    }
    for (size_t i = 0; i < frag->path_count; i++) {
        add(list,
                (struct gs_op){.kind = GS_OP_PATH, .u.path = &frag->paths[i]});
    }
    add(list, (struct gs_op){.kind = GS_OP_END_SEAL});
}

static void add_seal(struct list *list, const struct gs_frag_seal *frag)
{
    const struct gs_seal *seal = frag->seal;
    bool artifact = seal->kind == GS_SEAL_PLACE;
    if (artifact) {
        begin_artifact(list);
    } else {
        begin_tag(list,
                (struct gs_tag){.kind = GS_TAG_FIGURE,
                        .alt = seal_alt(list->arena, seal)});
    }
    add_seal_ink(list, frag);
    if (artifact) {
        end_artifact(list);
    } else {
        end_tag(list);
    }
}

/* --- the page ------------------------------------------------------------------------ */

static void add_page(struct list *list, const struct gs_page *page)
{
    begin_artifact(list);
    add_fills(list, page->blocks, page->block_count);
    add_rules(list, page->header, page->header_count);
    add_rules(list, page->blocks, page->block_count);
    add_rules(list, page->footer, page->footer_count);
    end_artifact(list);

    begin_artifact(list);
    add_content(list, page->header, page->header_count);
    end_artifact(list);
    add_content(list, page->blocks, page->block_count);
    begin_artifact(list);
    add_content(list, page->footer, page->footer_count);
    end_artifact(list);

    add_links(list, page->header, page->header_count);
    add_links(list, page->blocks, page->block_count);
    add_links(list, page->footer, page->footer_count);

    for (size_t i = 0; i < page->seal_count; i++) {
        add_seal(list, &page->seals[i]);
    }
}

const struct gs_display *gs_display_make(
        struct gs_arena *arena, const struct gs_page *page)
{
    struct list list = {
            .arena = arena,
            .ops = g_array_new(FALSE, FALSE, sizeof(struct gs_op)),
    };
    add_page(&list, page);
    assert(list.artifacts == 0 && list.tags == 0);

    struct gs_display *display = GS_MAKE(arena, struct gs_display);
    struct gs_op *ops = GS_MAKE_ARRAY(arena, struct gs_op, list.ops->len);
    for (guint i = 0; i < list.ops->len; i++) {
        ops[i] = g_array_index(list.ops, struct gs_op, i);
    }
    display->size = page->size;
    display->ops = ops;
    display->count = list.ops->len;
    g_array_free(list.ops, TRUE);
    return display;
}
