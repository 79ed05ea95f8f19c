#include "support/plan.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "model/amount.h"

struct plan *plan_new(void)
{
    struct plan *plan = g_new0(struct plan, 1);
    plan->columns = g_array_new(FALSE, TRUE, sizeof(struct gs_column));
    plan->groups = g_array_new(FALSE, TRUE, sizeof(struct gs_row_group));
    plan->rows = g_array_new(FALSE, TRUE, sizeof(struct plan_row));
    plan->cells = g_array_new(FALSE, TRUE, sizeof(struct plan_cell));
    plan->texts = g_string_chunk_new(1024);
    plan->orphans = plan->widows = 1;
    return plan;
}

struct plan *plan_copy(const struct plan *plan)
{
    struct plan *copy = g_new(struct plan, 1);
    *copy = *plan;
    copy->columns = g_array_copy(plan->columns);
    copy->groups = g_array_copy(plan->groups);
    copy->rows = g_array_copy(plan->rows);
    copy->cells = g_array_copy(plan->cells);
    copy->texts = g_string_chunk_new(1024);
    for (guint i = 0; i < copy->cells->len; i++) {
        struct plan_cell *cell = plan_cell(copy, i);
        cell->text = plan_text(copy, cell->text);
    }
    return copy;
}

void plan_free(struct plan *plan)
{
    g_array_free(plan->columns, TRUE);
    g_array_free(plan->groups, TRUE);
    g_array_free(plan->rows, TRUE);
    g_array_free(plan->cells, TRUE);
    g_string_chunk_free(plan->texts);
    g_free(plan);
}

struct plan_row *plan_row(const struct plan *plan, size_t row)
{
    return &g_array_index(plan->rows, struct plan_row, row);
}

struct plan_cell *plan_cell(const struct plan *plan, size_t index)
{
    return &g_array_index(plan->cells, struct plan_cell, index);
}

struct gs_row_group *plan_group(const struct plan *plan, size_t index)
{
    return &g_array_index(plan->groups, struct gs_row_group, index);
}

struct gs_row_group *plan_group_of(const struct plan *plan, size_t row)
{
    size_t i = 0;
    while (row >= plan_group(plan, i)->first + plan_group(plan, i)->count) {
        i++;
    }
    return plan_group(plan, i);
}

struct plan_row *plan_add_row(struct plan *plan)
{
    plan_group(plan, plan->groups->len - 1)->count++;
    g_array_set_size(plan->rows, plan->rows->len + 1);
    return plan_row(plan, plan->rows->len - 1);
}

void plan_add_group(
        struct plan *plan, enum gs_group_kind kind, enum gs_repeat repeat)
{
    struct gs_row_group group = {kind, repeat, plan->rows->len, 0};
    g_array_append_val(plan->groups, group);
}

const char *plan_text(struct plan *plan, const char *text)
{
    return g_string_chunk_insert(plan->texts, text);
}

/* --- as a document ------------------------------------------------------------ */

struct builder {
    const struct plan *plan;
    struct gs_arena *arena;
    struct gs_style *style;
};

static void add_run(struct builder *builder, struct gs_para *para,
        enum gs_run_kind kind, const char *text, size_t size)
{
    para->runs[para->run_count++] = (struct gs_run){
            .kind = kind,
            .text = gs_arena_strndup(builder->arena, text, size),
            .size = size,
            .style = &builder->style->text,
    };
}

static void make_para(
        struct builder *builder, struct gs_block *block, const char *text)
{
    struct gs_para *para = &block->u.para;
    block->kind = GS_BLOCK_PARA;
    para->style = &builder->style->para;
    para->text = &builder->style->text;
    para->runs =
            GS_MAKE_ARRAY(builder->arena, struct gs_run, 2 * strlen(text) + 1);
    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        if (size > 0) {
            add_run(builder, para, GS_RUN_TEXT, text, size);
        }
        text += size;
        if (*text == '\n') {
            add_run(builder, para, GS_RUN_BREAK, "", 0);
            text++;
        }
    }
}

static void make_cell(struct builder *builder, const struct plan_cell *plan,
        struct gs_cell *cell)
{
    struct gs_cell_style *style = GS_MAKE(builder->arena, struct gs_cell_style);
    *style = builder->style->cell;
    style->valign = plan->valign;
    *cell = (struct gs_cell){
            .row_span = (unsigned)plan->row_span,
            .column_span = (unsigned)plan->column_span,
            .label = plan->label,
            .style = style,
            .blocks = GS_MAKE(builder->arena, struct gs_block),
            .block_count = 1,
    };
    make_para(builder, cell->blocks, plan->text);
    if (plan->label == GS_LABEL_REPEAT_MARK) {
        char *marked = g_strconcat(plan->text, PLAN_MARK, NULL);
        cell->marked = GS_MAKE(builder->arena, struct gs_block);
        cell->marked_count = 1;
        make_para(builder, cell->marked, marked);
        g_free(marked);
    }
}

static int by_place(const void *a, const void *b)
{
    const struct plan_cell *x = a, *y = b;
    if (x->row != y->row) {
        return x->row < y->row ? -1 : 1;
    }
    return x->column < y->column ? -1 : x->column > y->column;
}

static void make_rows(struct builder *builder, struct gs_table *table)
{
    const struct plan *plan = builder->plan;
    GArray *cells = g_array_copy(plan->cells);
    g_array_sort(cells, by_place);
    size_t at = 0;
    for (size_t i = 0; i < plan->rows->len; i++) {
        const struct plan_row *from = plan_row(plan, i);
        struct gs_row *row = &table->rows[i];
        *row = (struct gs_row){
                .height = from->height,
                .fit = from->fixed  ? GS_FIT_FIXED
                        : from->clip ? GS_FIT_CLIP
                                     : GS_FIT_LEAST,
                .keep = from->keep,
                .next_strength = from->strength,
                .together_strength = from->strength,
                .break_before = from->break_before,
                .cells = GS_MAKE_ARRAY(
                        builder->arena, struct gs_cell, plan->columns->len + 1),
        };
        for (; at < cells->len; at++) {
            const struct plan_cell *cell =
                    &g_array_index(cells, struct plan_cell, at);
            if (cell->row != i) {
                break;
            }
            make_cell(builder, cell, &row->cells[row->cell_count++]);
        }
    }
    g_array_free(cells, TRUE);
}

static void *copy_out(struct gs_arena *arena, const GArray *array)
{
    guint size = g_array_get_element_size((GArray *)(uintptr_t)array);
    void *copy = gs_arena_alloc_array(arena, array->len + 1, size);
    if (array->len > 0) {
        memcpy(copy, array->data, (size_t)array->len * size);
    }
    return copy;
}

/* A row of pages: a label over all columns but the last, where the total stands. */
static void add_page_row(struct builder *builder, struct gs_table *table,
        enum gs_page_rows_kind kind, enum gs_total_scope scope)
{
    struct gs_arena *arena = builder->arena;
    struct gs_table *rows = GS_MAKE(arena, struct gs_table);
    const struct plan_cell label = {.row_span = 1,
            .column_span = table->column_count - 1,
            .text = PLAN_TOTAL};
    const struct plan_cell value = {.row_span = 1, .column_span = 1, .text = " "};
    *rows = *table;
    rows->fill = 0;
    rows->page_rows_count = 0;
    rows->row_count = rows->group_count = 1;
    rows->rows = GS_MAKE(arena, struct gs_row);
    rows->groups = GS_MAKE(arena, struct gs_row_group);
    *rows->groups = (struct gs_row_group){
            kind == GS_PAGE_ROWS_HEAD ? GS_GROUP_HEAD : GS_GROUP_FOOT,
            GS_REPEAT_NONE, 0, 1};
    rows->rows->cells = GS_MAKE_ARRAY(arena, struct gs_cell, 2);
    if (table->column_count > 1) {
        make_cell(builder, &label,
                &rows->rows->cells[rows->rows->cell_count++]);
    }
    struct gs_cell *cell = &rows->rows->cells[rows->rows->cell_count++];
    make_cell(builder, &value, cell);
    struct gs_amount_format *format = GS_MAKE(arena, struct gs_amount_format);
    struct gs_total *total = GS_MAKE(arena, struct gs_total);
    format->decimals = -1;
    *total = (struct gs_total){
            .scope = scope, .format = format, .widest = "99999"};
    cell->blocks->u.para.runs[0].kind = GS_RUN_TOTAL;
    cell->blocks->u.para.runs[0].total = total;
    table->page_rows[table->page_rows_count++] = (struct gs_page_rows){
            kind, kind == GS_PAGE_ROWS_HEAD ? 0 : table->row_count, rows};
}

static void add_amounts(struct builder *builder, struct gs_table *table)
{
    table->total_count = 1;
    for (size_t i = 0; i < table->row_count; i++) {
        struct gs_row *row = &table->rows[i];
        if (plan_group_of(builder->plan, i)->kind == GS_GROUP_BODY) {
            row->amounts = GS_MAKE(builder->arena, struct gs_amount);
            row->amounts->value.digits = (gs_int128)i + 1;
            row->amount_count = 1;
        }
    }
}

static void add_around(struct builder *builder, struct gs_table *table)
{
    unsigned around = builder->plan->around;
    table->fill = builder->plan->fill;
    if ((around & PLAN_CAPTION) != 0) {
        table->continued = GS_MAKE(builder->arena, struct gs_block);
        table->continued_count = 1;
        make_para(builder, table->continued, PLAN_CONTINUED);
    }
    add_amounts(builder, table);
    table->page_rows = GS_MAKE_ARRAY(builder->arena, struct gs_page_rows, 3);
    if ((around & PLAN_PAGE_HEAD) != 0) {
        add_page_row(builder, table, GS_PAGE_ROWS_HEAD, GS_TOTAL_BROUGHT);
    }
    if ((around & PLAN_PAGE_FOOT) != 0) {
        add_page_row(builder, table, GS_PAGE_ROWS_FOOT, GS_TOTAL_PAGE);
    }
    if ((around & PLAN_GOES_ON) != 0) {
        add_page_row(builder, table, GS_PAGE_ROWS_GOES_ON, GS_TOTAL_SO_FAR);
    }
}

static struct gs_table *make_table(struct builder *builder)
{
    const struct plan *plan = builder->plan;
    struct gs_table *table = GS_MAKE(builder->arena, struct gs_table);
    table->columns = copy_out(builder->arena, plan->columns);
    table->column_count = plan->columns->len;
    table->groups = copy_out(builder->arena, plan->groups);
    table->group_count = plan->groups->len;
    table->row_count = plan->rows->len;
    table->rows =
            GS_MAKE_ARRAY(builder->arena, struct gs_row, table->row_count + 1);
    make_rows(builder, table);
    add_around(builder, table);
    return table;
}

static struct gs_style *make_style(struct builder *builder)
{
    const struct plan *plan = builder->plan;
    struct gs_style *style = GS_MAKE(builder->arena, struct gs_style);
    const struct gs_rule_style rule = {
            .kind = GS_RULE_SOLID, .width = GS_PT(1) / 2};
    *style = (struct gs_style){
            .text = {.font = "song", .size = PLAN_EM},
            .para = {.line_height = plan->line,
                    .orphans = plan->orphans,
                    .widows = plan->widows},
            .cell = {.padding = {.top = plan->padding,
                             .right = plan->gap,
                             .bottom = plan->padding,
                             .left = plan->gap},
                    .rules = {rule, rule, rule, rule}},
    };
    return style;
}

struct gs_doc *plan_doc(const struct plan *plan, struct gs_arena *arena)
{
    struct builder builder = {.plan = plan, .arena = arena};
    builder.style = make_style(&builder);

    struct gs_page_style *page = GS_MAKE(arena, struct gs_page_style);
    page->size = (struct gs_size){
            plan->width + 2 * PLAN_MARGIN, plan->height + 2 * PLAN_MARGIN};
    page->margin = (struct gs_edges){
            PLAN_MARGIN, PLAN_MARGIN, PLAN_MARGIN, PLAN_MARGIN};

    struct gs_section *section = GS_MAKE(arena, struct gs_section);
    section->page = page;
    section->blocks = GS_MAKE_ARRAY(arena, struct gs_block, plan->before + 2u);
    for (unsigned i = 0; i < plan->before; i++) {
        make_para(&builder, &section->blocks[section->block_count++], "前");
    }
    if (plan->page_break) {
        section->blocks[section->block_count++].kind = GS_BLOCK_PAGE_BREAK;
    }
    struct gs_block *block = &section->blocks[section->block_count++];
    block->kind = GS_BLOCK_TABLE;
    block->u.table = make_table(&builder);

    struct gs_doc *doc = GS_MAKE(arena, struct gs_doc);
    doc->sections = section;
    doc->section_count = 1;
    return doc;
}

const struct gs_table *plan_table(const struct gs_doc *doc)
{
    const struct gs_section *section = &doc->sections[0];
    return section->blocks[section->block_count - 1].u.table;
}
