/*
 * Blocks: paragraphs and headings, lines of three parts, pictures, places.
 */
#include "bind/binder.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"

struct gs_block *gs_bind_take_blocks(
        struct gs_binder *binder, GArray *blocks, size_t *count)
{
    struct gs_block *out = NULL;

    *count = blocks->len;
    if (blocks->len > 0) {
        out = GS_MAKE_ARRAY(binder->arena, struct gs_block, blocks->len);
        memcpy(out, blocks->data, blocks->len * sizeof *out);
    }
    g_array_free(blocks, TRUE);
    return out;
}

struct gs_block *gs_bind_blocks(struct gs_binder *binder,
        const struct gs_items *items, const struct gs_scope *scope,
        size_t *count)
{
    GArray *blocks = g_array_new(FALSE, FALSE, sizeof(struct gs_block));

    gs_bind_walk(binder, items, scope, gs_bind_block, blocks);
    return gs_bind_take_blocks(binder, blocks, count);
}

static void add_block(
        struct gs_binder *binder, GArray *blocks, struct gs_block block)
{
    if (gs_bind_count(binder, &binder->made.blocks, 1, GS_BIND_BLOCKS_MAX,
                GS_WORD(N_("blocks")), block.origin.loc)) {
        g_array_append_val(blocks, block);
    }
}

static char *loc_text(struct gs_binder *binder, const struct gs_loc *loc)
{
    const char *name = loc->source != NULL ? loc->source->name : "";

    return gs_arena_printf(binder->scratch, "%s:%u", name, loc->line);
}

const char *gs_bind_id(struct gs_binder *binder,
        const struct gs_pattern *pattern, const struct gs_scope *scope)
{
    struct gs_bound bound = gs_bind_pattern(binder, pattern, scope);

    if (*bound.text == '\0') {
        return NULL;
    }
    const struct gs_loc *first = g_hash_table_lookup(binder->ids, bound.text);
    struct gs_loc *loc = GS_MAKE(binder->scratch, struct gs_loc);
    *loc = gs_bound_origin(&bound).loc;
    if (first != NULL) {
        gs_diag_add(binder->diag, GS_DIAG_DUPLICATE_NAME, *loc,
                GS_ARGS("id", bound.text, loc_text(binder, first)));
        return NULL;
    }
    char *key = gs_arena_strdup(binder->arena, bound.text);
    g_hash_table_insert(binder->ids, key, loc);
    return key;
}

/* --- paragraphs ------------------------------------------------------------ */

/* The text of a heading on one line. */
static const char *para_title(
        struct gs_binder *binder, const struct gs_para *para)
{
    GString *text = g_string_new(NULL);

    for (size_t i = 0; i < para->run_count; i++) {
        const struct gs_run *run = &para->runs[i];
        if (run->kind == GS_RUN_TEXT) {
            g_string_append_len(text, run->text, (gssize)run->size);
        } else if (run->kind == GS_RUN_BREAK) {
            g_string_append_c(text, ' ');
        }
    }
    char *title = gs_arena_strdup(binder->arena, g_strstrip(text->str));
    g_string_free(text, TRUE);
    return title;
}

/* Its id stays NULL where it has none: bind.c knows when all are taken. */
static const struct gs_heading *bind_heading(struct gs_binder *binder,
        const struct gs_item *item, const struct gs_scope *scope,
        const struct gs_para *para, const char *id)
{
    const struct gs_pattern *outline = item->u.para.outline;
    struct gs_heading *heading = GS_MAKE(binder->arena, struct gs_heading);

    heading->level = item->u.para.heading;
    heading->id = id;
    heading->title = outline != NULL
            ? gs_bind_pattern(binder, outline, scope).text
            : para_title(binder, para);
    return heading;
}

static void visit_para(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, GArray *blocks)
{
    bool is_heading = item->u.para.heading > 0;
    unsigned keep = item->u.para.keep;
    const char *id = gs_bind_id(binder, item->u.para.id, scope);
    struct gs_paras bound = gs_bind_inline(
            binder, &item->content, item->style, scope, is_heading);
    struct gs_origin origin = gs_bind_origin(binder, item->loc, scope);

    if (bound.path != NULL) {
        origin.path = bound.path;
    }
    for (size_t i = 0; i < bound.count; i++) {
        struct gs_block block = {
                .kind = GS_BLOCK_PARA,
                .id = i == 0 ? id : NULL,
                /* What a line feed has parted belongs together all the same. */
                .keep = i + 1 < bound.count && keep != GS_KEEP_NONE
                        ? keep | GS_KEEP_NEXT
                        : keep,
                .strength = item->u.para.strength,
                .origin = origin,
                .u.para = bound.paras[i],
        };
        if (is_heading && item->u.para.in_outline) {
            block.heading =
                    bind_heading(binder, item, scope, &bound.paras[i], id);
        }
        add_block(binder, blocks, block);
    }
}

static struct gs_para bind_part(struct gs_binder *binder,
        const struct gs_items *items, const struct gs_style *style,
        const struct gs_scope *scope, const char **path)
{
    if (items->count == 0) {
        return (struct gs_para){0};
    }
    struct gs_paras bound = gs_bind_inline(binder, items, style, scope, true);
    if (*path == NULL) {
        *path = bound.path;
    }
    return bound.count > 0 ? bound.paras[0] : (struct gs_para){0};
}

static void visit_line(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, GArray *blocks)
{
    struct gs_block block = {
            .kind = GS_BLOCK_LINE,
            .keep = item->u.line.keep,
            .strength = item->u.line.strength,
            .origin = gs_bind_origin(binder, item->loc, scope),
    };

    const char *path = NULL;
    block.u.line.left = bind_part(
            binder, &item->u.line.left, item->u.line.left_style, scope, &path);
    block.u.line.center = bind_part(binder, &item->u.line.center,
            item->u.line.center_style, scope, &path);
    block.u.line.right = bind_part(binder, &item->u.line.right,
            item->u.line.right_style, scope, &path);
    if (path != NULL) {
        block.origin.path = path;
    }
    add_block(binder, blocks, block);
}

/* --- others ---------------------------------------------------------------- */

static void visit_table(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, GArray *blocks)
{
    struct gs_table *table = gs_bind_table(binder, item, scope);

    add_block(binder, blocks,
            (struct gs_block){.kind = GS_BLOCK_TABLE,
                    .id = table->id,
                    .origin = table->origin,
                    .u.table = table});
}

static void visit_image(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, GArray *blocks)
{
    const struct gs_image *image =
            gs_bind_picture(binder, item->u.image.src, false, scope);

    if (image == NULL) {
        return;
    }
    struct gs_size size = gs_bind_picture_size(
            image, (struct gs_size){item->u.image.width, item->u.image.height});
    struct gs_block block = {
            .kind = GS_BLOCK_IMAGE,
            .origin = gs_bind_origin(binder, item->loc, scope),
    };
    block.u.image.image = image;
    block.u.image.width = size.width;
    block.u.image.height = size.height;
    block.u.image.align = item->u.image.align;
    block.u.image.alt = gs_bind_pattern(binder, item->u.image.alt, scope).text;
    add_block(binder, blocks, block);
}

static void visit_place(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, GArray *blocks)
{
    struct gs_block block = {
            .kind = GS_BLOCK_PLACED,
            .origin = gs_bind_origin(binder, item->loc, scope),
    };

    block.u.placed.at = item->u.place.at;
    block.u.placed.width = item->u.place.width;
    block.u.placed.blocks = gs_bind_blocks(
            binder, &item->content, scope, &block.u.placed.block_count);
    add_block(binder, blocks, block);
}

/* Blocks that are the same for all data. */
static void visit_plain(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, GArray *blocks, enum gs_block_kind kind)
{
    struct gs_block block = {
            .kind = kind,
            .origin = gs_bind_origin(binder, item->loc, scope),
    };

    if (kind == GS_BLOCK_RULE) {
        block.u.rule.style = item->u.rule.style;
        block.u.rule.width = item->u.rule.width;
        block.u.rule.align = item->u.rule.align;
    } else if (kind == GS_BLOCK_SPACE) {
        block.u.space = item->u.space;
    } else if (kind == GS_BLOCK_TOC) {
        block.u.toc.levels = item->u.toc.levels;
        block.u.toc.styles = item->u.toc.styles;
    }
    add_block(binder, blocks, block);
}

void gs_bind_block(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, void *sink)
{
    GArray *blocks = sink;

    switch (item->kind) {
    case GS_ITEM_PARA:
        visit_para(binder, item, scope, blocks);
        return;
    case GS_ITEM_LINE:
        visit_line(binder, item, scope, blocks);
        return;
    case GS_ITEM_TABLE:
        visit_table(binder, item, scope, blocks);
        return;
    case GS_ITEM_IMAGE:
        visit_image(binder, item, scope, blocks);
        return;
    case GS_ITEM_PLACE:
        visit_place(binder, item, scope, blocks);
        return;
    case GS_ITEM_RULE:
        visit_plain(binder, item, scope, blocks, GS_BLOCK_RULE);
        return;
    case GS_ITEM_SPACE:
        visit_plain(binder, item, scope, blocks, GS_BLOCK_SPACE);
        return;
    case GS_ITEM_PAGE_BREAK:
        visit_plain(binder, item, scope, blocks, GS_BLOCK_PAGE_BREAK);
        return;
    case GS_ITEM_TOC:
        visit_plain(binder, item, scope, blocks, GS_BLOCK_TOC);
        return;
    case GS_ITEM_EACH:
    case GS_ITEM_IF:
    case GS_ITEM_CHOOSE:
    case GS_ITEM_LET:
    case GS_ITEM_SCOPE:
    case GS_ITEM_SECTION:
    case GS_ITEM_CONTINUED:
    case GS_ITEM_HEAD:
    case GS_ITEM_FOOT:
    case GS_ITEM_ROW:
    case GS_ITEM_GROUP:
    case GS_ITEM_CELL:
    case GS_ITEM_TEXT:
    case GS_ITEM_BREAK:
    case GS_ITEM_PAGE_NUMBER:
    case GS_ITEM_PAGE_COUNT:
    case GS_ITEM_PAGE_OF:
    case GS_ITEM_BLANK:
    case GS_ITEM_LEADER:
    case GS_ITEM_TOTAL:
    case GS_ITEM_PICTURE:
    case GS_ITEM_LINK:
    case GS_ITEM_SEAL:
        break;
    }
    g_assert_not_reached(); /* form.h, invariant (1) */
}
