/*
 * What lies under the text of a page: fills, rules, underlines, leaders, pictures
 * that only decorate.  None of it is content.
 */
#include "page/list.h"
#include "page/rules.h"

static void add_rule(struct gs_list *list, const struct gs_rule *rule)
{
    if (rule->style.kind != GS_RULE_NONE && rule->style.width > 0 &&
            rule->length > 0) {
        gs_list_add(list, GS_OP_RULE)->u.rule = *rule;
    }
}

static void add_underlines(
        struct gs_list *list, const struct gs_frag_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct gs_frag_line *frag = &lines[i];
        for (size_t k = 0; k < frag->line->mark_count; k++) {
            const struct gs_mark *mark = &frag->line->marks[k];
            if (mark->kind != GS_MARK_UNDERLINE) {
                continue;
            }
            add_rule(list,
                    &(struct gs_rule){
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

static void add_background(struct gs_list *list, const struct gs_frag_cell *cell)
{
    const struct gs_cell_style *style = cell->cell->style;
    if (style->has_background) {
        struct gs_op *op = gs_list_add(list, GS_OP_FILL);
        op->u.fill.rect = cell->rect;
        op->u.fill.color = style->background;
    }
}

static void add_line(struct gs_list *list, struct gs_point from,
        struct gs_point to, const struct gs_rule_style *style)
{
    struct gs_op *op = gs_list_add(list, GS_OP_LINE);
    op->u.line.from = from;
    op->u.line.to = to;
    op->u.line.style = *style;
}

/* Drawn like the cell's left rule; where it has none, as a usual rule. */
static void add_diagonals(struct gs_list *list, const struct gs_frag_cell *cell)
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

    add_line(list, bottom_left, top_right, &rule);
    if (style->diagonal == GS_DIAGONAL_CROSS) {
        add_line(list, top_left, bottom_right, &rule);
    }
}

/* Pictures that nobody reads: under the text, as paper is. */
static void add_decoration(struct gs_list *list, struct gs_rect rect,
        const struct gs_image *image, const char *alt)
{
    if (gs_list_decorates(alt)) {
        gs_list_add_image(list, rect, image);
    }
}

static void add_line_decoration(
        struct gs_list *list, const struct gs_frag_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < lines[i].line->run_count; k++) {
            if (lines[i].line->runs[k].leader) {
                gs_list_add_run(list, &lines[i], &lines[i].line->runs[k]);
            }
        }
        for (size_t k = 0; k < lines[i].line->mark_count; k++) {
            const struct gs_mark *mark = &lines[i].line->marks[k];
            if (mark->kind == GS_MARK_IMAGE && mark->run != NULL) {
                add_decoration(list, gs_list_inline_rect(&lines[i], mark),
                        mark->run->image, mark->run->alt);
            }
        }
    }
}

static void add_cell_decoration(
        struct gs_list *list, const struct gs_frag_cell *cell)
{
    add_line_decoration(list, cell->lines, cell->line_count);
    for (size_t i = 0; i < cell->image_count; i++) {
        const struct gs_frag_image *image = &cell->images[i];
        add_decoration(list, image->rect, image->image, image->alt);
    }
}

static void for_each_cell(struct gs_list *list, const struct gs_frag_table *table,
        void (*visit)(struct gs_list *, const struct gs_frag_cell *))
{
    for (size_t i = 0; i < table->row_count; i++) {
        for (size_t k = 0; k < table->rows[i].cell_count; k++) {
            visit(list, &table->rows[i].cells[k]);
        }
    }
}

static void add_cell_underlines(
        struct gs_list *list, const struct gs_frag_cell *cell)
{
    add_underlines(list, cell->lines, cell->line_count);
}

static void add_table_rules(
        struct gs_list *list, const struct gs_frag_table *table)
{
    size_t count;
    const struct gs_rule *rules = gs_rules_make(list->arena, table, &count);

    for (size_t i = 0; i < count; i++) {
        add_rule(list, &rules[i]);
    }
}

/* A rule block: its line is centred in its rectangle's height. */
static void add_block_rule(struct gs_list *list, const struct gs_frag_block *frag)
{
    struct gs_rect rect = frag->rect;
    const struct gs_block *block = frag->block;

    if (block == NULL || block->kind != GS_BLOCK_RULE) {
        return;
    }
    add_rule(list,
            &(struct gs_rule){
                    .x = rect.x,
                    .y = rect.y + rect.height / 2,
                    .length = rect.width,
                    .style = block->u.rule.style,
            });
}

void gs_list_add_fills(struct gs_list *list, const struct gs_frag_block *blocks,
        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].kind == GS_FRAG_TABLE) {
            for_each_cell(list, blocks[i].table, add_background);
        }
    }
}

void gs_list_add_rules(struct gs_list *list, const struct gs_frag_block *blocks,
        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct gs_frag_block *frag = &blocks[i];
        switch (frag->kind) {
        case GS_FRAG_LINES:
            add_underlines(list, frag->lines, frag->line_count);
            add_line_decoration(list, frag->lines, frag->line_count);
            break;
        case GS_FRAG_TABLE:
            add_table_rules(list, frag->table);
            for_each_cell(list, frag->table, add_diagonals);
            for_each_cell(list, frag->table, add_cell_underlines);
            for_each_cell(list, frag->table, add_cell_decoration);
            break;
        case GS_FRAG_RULE:
            add_block_rule(list, frag);
            break;
        case GS_FRAG_IMAGE:
            add_decoration(list, frag->image.rect, frag->image.image,
                    frag->image.alt);
            break;
        }
    }
}
