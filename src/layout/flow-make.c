/*
 * Flow: sets blocks into items.
 */
#include "layout/flow.h"

#include <assert.h>
#include <glib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/context.h"
#include "model/doc.h"
#include "model/image.h"
#include "text/text.h"

/* Between the parts of a three-part line, at least. */
#define PART_GAP GS_PT(6)

struct maker {
    const struct gs_layout_context *context;
    gs_len measure;
    unsigned percent; /* of the size of type */
    const struct gs_block *block; /* the one at hand … */
    unsigned number;              /* … and its number */
    struct gs_flow *flow;
    size_t room; /* in its items */
    bool ok;
};

/* Room for so many items more: of most flows, for all there will be. */
static void reserve(struct maker *maker, size_t more)
{
    struct gs_flow *flow = maker->flow;
    size_t needed = flow->count + more;
    if (needed <= maker->room) {
        return;
    }
    maker->room = MAX(needed, 2 * maker->room);
    struct gs_flow_item *items = GS_MAKE_ARRAY(
            maker->context->arena, struct gs_flow_item, maker->room);
    if (flow->count > 0) {
        memcpy(items, flow->items, flow->count * sizeof *items);
    }
    flow->items = items;
}

/* An item of the block at hand: zero but for what all have. */
static struct gs_flow_item *add_item(
        struct maker *maker, enum gs_flow_kind kind, gs_len height)
{
    reserve(maker, 1);
    struct gs_flow_item *item = &maker->flow->items[maker->flow->count++];
    item->kind = kind;
    item->block = maker->block;
    item->number = maker->number;
    item->height = height;
    return item;
}

/* Kept space belongs to the line below it, come what may. */
static void add_space(struct maker *maker, gs_len height, bool keep_next)
{
    if (height > 0) {
        struct gs_flow_item *item = add_item(maker, GS_FLOW_SPACE, height);
        item->keep_next = keep_next;
        item->strength = GS_STRENGTH_STRONG;
    }
}

/* Where the text of a line comes from. */
static struct gs_origin origin_of(const struct gs_line *line)
{
    const struct gs_run *run = NULL;
    for (size_t i = 0; i < line->run_count && run == NULL; i++) {
        run = line->runs[i].source;
    }
    struct gs_origin origin = {GS_NO_LOC, "-"};
    if (run != NULL) {
        origin.loc = run->origin.loc;
        origin.path = run->origin.path != NULL ? run->origin.path : "-";
    }
    return origin;
}

static void check_line(struct maker *maker, const struct gs_line *line,
        gs_len measure)
{
    if (!line->overfull && !line->split_word && !line->off_axis) {
        return;
    }
    struct gs_arena *arena = maker->context->arena;
    const struct gs_origin origin = origin_of(line);
    const char *room = gs_layout_pt(arena, measure);
    if (line->overfull) {
        gs_diag_add(maker->context->diag, GS_DIAG_OVERFULL, origin.loc,
                GS_ARGS(line->text, gs_layout_pt(arena, line->width), room,
                        origin.path));
        maker->ok = false;
    } else if (line->split_word) {
        gs_diag_add(maker->context->diag, GS_DIAG_SPLIT_WORD, origin.loc,
                GS_ARGS(room, line->text, origin.path));
    } else {
        gs_diag_add(maker->context->diag, GS_DIAG_OFF_AXIS, origin.loc,
                GS_ARGS(line->text, room, origin.path));
    }
}

/* The paragraph's style at the size of type that is asked for. */
static struct gs_para_style scaled_style(
        const struct maker *maker, const struct gs_para *para)
{
    struct gs_para_style style = *para->style;
    style.tail = maker->context->tail;
    gs_len *const lengths[] = {&style.line_height, &style.indent, &style.left,
            &style.right, &style.space_before, &style.space_after};
    for (size_t i = 0; maker->percent != 100 && i < G_N_ELEMENTS(lengths);
            i++) {
        *lengths[i] = gs_len_scale(*lengths[i], maker->percent, 100);
    }
    return style;
}

static bool set_para(struct maker *maker, const struct gs_para *para,
        const struct gs_para_style *style, gs_len measure,
        struct gs_lines *lines)
{
    const struct gs_layout_context *context = maker->context;
    if (!gs_text_set_scaled(context->arena, context->fonts, style, para->text,
                para->runs, para->run_count, maker->percent, measure,
                &context->fields, context->diag, lines)) {
        maker->ok = false;
    }
    for (size_t i = 0; i < lines->count; i++) {
        check_line(maker, &lines->lines[i], measure);
    }
    return lines->count > 0;
}

/* Lines i and i + 1 stay together where orphans or widows want it. */
static bool keeps_line(const struct gs_para_style *style, size_t i, size_t count)
{
    return i + 1 < style->orphans || count - i - 1 < style->widows;
}

static void add_para(struct maker *maker, const struct gs_block *block)
{
    const struct gs_para *para = &block->u.para;
    const struct gs_para_style style = scaled_style(maker, para);
    struct gs_lines lines = {0};
    if (!set_para(maker, para, &style, maker->measure, &lines)) {
        return;
    }
    bool together = (block->keep & GS_KEEP_TOGETHER) != 0;
    struct gs_flow_piece *pieces = GS_MAKE_ARRAY(
            maker->context->arena, struct gs_flow_piece, lines.count);
    reserve(maker, lines.count + 2);
    add_space(maker, style.space_before, true);
    for (size_t i = 0; i < lines.count; i++) {
        struct gs_flow_item *item =
                add_item(maker, GS_FLOW_LINES, lines.lines[i].height);
        bool last = i + 1 == lines.count;
        item->keep_next =
                !last && (together || keeps_line(&style, i, lines.count));
        item->strength = together ? block->strength : GS_STRENGTH_WEAK;
        item->pieces = &pieces[i];
        item->piece_count = 1;
        pieces[i].line = &lines.lines[i];
    }
    add_space(maker, style.space_after, false);
}

/* --- three-part lines ---------------------------------------------------- */

struct part {
    const struct gs_para *para;
    gs_len natural, x, width;
    struct gs_lines lines;
};

static void measure_part(struct maker *maker, struct part *part)
{
    if (part->para->run_count == 0) {
        return;
    }
    const struct gs_layout_context *context = maker->context;
    gs_len least = 0;
    /* Missing characters are reported when the part is set. */
    struct gs_diag *scratch = gs_diag_new();
    (void)gs_text_measure(context->arena, context->fonts, part->para->style,
            part->para->runs, part->para->run_count, scratch, &least,
            &part->natural);
    part->natural = gs_len_scale(part->natural, maker->percent, 100);
    gs_diag_free(scratch);
}

/* Shares the measure out: natural widths where they fit, else in proportion. */
static void share_parts(struct part parts[3], gs_len measure)
{
    gs_len sum = 0;
    unsigned present = 0;
    for (size_t i = 0; i < 3; i++) {
        sum += parts[i].natural;
        present += parts[i].natural > 0;
    }
    gs_len room = measure - PART_GAP * (present > 1 ? present - 1 : 0);
    for (size_t i = 0; i < 3; i++) {
        parts[i].width = sum <= room ? parts[i].natural
                : gs_len_scale(room, parts[i].natural, sum > 0 ? sum : 1);
    }
    parts[0].x = 0;
    parts[2].x = measure - parts[2].width;
    /* The centre part stands in the middle unless a neighbour is in its way. */
    gs_len low = parts[0].width > 0 ? parts[0].width + PART_GAP : 0;
    gs_len high = parts[2].x - (parts[2].width > 0 ? PART_GAP : 0)
            - parts[1].width;
    parts[1].x = (measure - parts[1].width) / 2;
    parts[1].x = MAX(MIN(parts[1].x, high), low);
}

static void add_line(struct maker *maker, const struct gs_block *block)
{
    struct part parts[3] = {
            {.para = &block->u.line.left},
            {.para = &block->u.line.center},
            {.para = &block->u.line.right},
    };
    for (size_t i = 0; i < 3; i++) {
        measure_part(maker, &parts[i]);
    }
    share_parts(parts, maker->measure);

    size_t count = 0;
    gs_len before = 0, after = 0, height = 0;
    for (size_t i = 0; i < 3; i++) {
        if (parts[i].para->run_count == 0) {
            continue;
        }
        const struct gs_para_style style = scaled_style(maker, parts[i].para);
        if (!set_para(maker, parts[i].para, &style, parts[i].width,
                    &parts[i].lines)) {
            continue;
        }
        count += parts[i].lines.count;
        before = MAX(before, style.space_before);
        after = MAX(after, style.space_after);
    }
    struct gs_flow_piece *pieces = GS_MAKE_ARRAY(
            maker->context->arena, struct gs_flow_piece, count + 1);
    size_t used = 0;
    for (size_t i = 0; i < 3; i++) {
        gs_len y = 0;
        for (size_t j = 0; j < parts[i].lines.count; j++) {
            const struct gs_line *line = &parts[i].lines.lines[j];
            pieces[used++] = (struct gs_flow_piece){
                    parts[i].x, y, line, (unsigned)i};
            y += line->height;
        }
        height = MAX(height, y);
    }
    add_space(maker, before, true);
    struct gs_flow_item *item = add_item(maker, GS_FLOW_LINES, height);
    item->pieces = pieces;
    item->piece_count = used;
    add_space(maker, after, false);
}

/* --- pictures and rules --------------------------------------------------- */

static void add_image(struct maker *maker, const struct gs_block *block)
{
    gs_len width = block->u.image.width;
    if (width > maker->measure) {
        gs_diag_add(maker->context->diag, GS_DIAG_OVERFULL, block->origin.loc,
                GS_ARGS(block->u.image.image->path,
                        gs_layout_pt(maker->context->arena, width),
                        gs_layout_pt(maker->context->arena, maker->measure),
                        block->origin.path != NULL ? block->origin.path
                                                   : "-"));
        maker->ok = false;
    }
    struct gs_flow_item *item =
            add_item(maker, GS_FLOW_IMAGE, block->u.image.height);
    item->x = gs_layout_align(block->u.image.align, maker->measure, width);
    item->width = width;
}

static void add_rule(struct maker *maker, const struct gs_block *block)
{
    gs_len width = block->u.rule.width > 0 ? block->u.rule.width
                                           : maker->measure;
    struct gs_flow_item *item =
            add_item(maker, GS_FLOW_RULE, block->u.rule.style.width);
    item->x = gs_layout_align(block->u.rule.align, maker->measure, width);
    item->width = width;
}

static void add_block(struct maker *maker, const struct gs_block *block)
{
    switch (block->kind) {
    case GS_BLOCK_PARA:
        add_para(maker, block);
        break;
    case GS_BLOCK_LINE:
        add_line(maker, block);
        break;
    case GS_BLOCK_IMAGE:
        add_image(maker, block);
        break;
    case GS_BLOCK_RULE:
        add_rule(maker, block);
        break;
    case GS_BLOCK_SPACE:
        add_space(maker, block->u.space, false);
        break;
    case GS_BLOCK_TABLE:
    case GS_BLOCK_PAGE_BREAK:
    case GS_BLOCK_TOC:
    case GS_BLOCK_PLACED:
        assert(!"not a flow block");
    }
}

/* The last line of what was added from `first` on, and the space below it. */
static void keep_with_next(
        struct gs_flow *flow, const struct gs_block *block, size_t first)
{
    for (size_t i = flow->count; i-- > first;) {
        struct gs_flow_item *item = &flow->items[i];
        item->keep_next = true;
        item->strength = block->strength;
        if (item->kind != GS_FLOW_SPACE) {
            break;
        }
    }
}

bool gs_flow_make(const struct gs_layout_context *context,
        const struct gs_block *blocks, size_t count, gs_len measure,
        struct gs_flow *out)
{
    return gs_flow_make_scaled(context, blocks, count, 100, measure, out);
}

bool gs_flow_make_scaled(const struct gs_layout_context *context,
        const struct gs_block *blocks, size_t count, unsigned percent,
        gs_len measure, struct gs_flow *out)
{
    struct maker maker = {
            .context = context,
            .measure = measure,
            .percent = percent,
            .flow = out,
            .ok = true,
    };
    *out = (struct gs_flow){0};
    for (size_t i = 0; i < count; i++) {
        size_t first = out->count;
        maker.block = &blocks[i];
        maker.number = (unsigned)i;
        add_block(&maker, &blocks[i]);
        if ((blocks[i].keep & GS_KEEP_NEXT) != 0 && i + 1 < count) {
            keep_with_next(out, &blocks[i], first);
        }
    }
    out->below = GS_MAKE_ARRAY(context->arena, gs_len, out->count + 1);
    for (size_t i = 0; i < out->count; i++) {
        out->below[i + 1] = out->below[i] + out->items[i].height;
    }
    return maker.ok;
}

/* Items [from, to) are not parted. */
static void keep_items(struct gs_flow *flow, size_t from, size_t to)
{
    for (size_t i = from; i + 1 < to; i++) {
        if (!flow->items[i].keep_next) {
            flow->items[i].keep_next = true;
            flow->items[i].strength = GS_STRENGTH_WEAK;
        }
    }
}

void gs_flow_pair_lines(struct gs_flow *flow)
{
    if (flow->count < 4) {
        return;
    }
    size_t lines = 0, first[2] = {0}, last[2] = {0};
    for (size_t i = 0; i < flow->count; i++) {
        if (flow->items[i].kind == GS_FLOW_LINES) {
            if (lines < 2) {
                first[lines] = i;
            }
            last[0] = last[1];
            last[1] = i;
            lines++;
        }
    }
    if (lines >= 4) {
        keep_items(flow, first[0], first[1] + 1);
        keep_items(flow, last[0], last[1] + 1);
    }
}
