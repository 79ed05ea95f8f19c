/*
 * Inline content: items -> paragraphs of runs, one run for every piece.
 */
#include "bind/binder.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"

/* The paragraphs as they grow. */
struct inline_sink {
    const struct gs_style *style;
    bool one_line;
    GArray *paras; /* the binder's, as are … */
    GArray *runs; /* … those of the last paragraph */
    const struct gs_seal *seal; /* what the items at hand lie under … */
    const char *link; /* … and lead to */
    const char *path;
};

static void end_para(struct gs_binder *binder, struct inline_sink *sink)
{
    struct gs_para para = {
            .style = &sink->style->para,
            .text = &sink->style->text,
            .run_count = sink->runs->len,
    };

    if (!gs_bind_count(binder, &binder->made.pieces, 1, GS_BIND_PIECES_MAX,
                GS_WORD(N_("pieces of text")), GS_NO_LOC)) {
        return;
    }
    if (para.run_count > 0) {
        para.runs = GS_MAKE_ARRAY(binder->arena, struct gs_run, para.run_count);
        memcpy(para.runs, sink->runs->data, para.run_count * sizeof *para.runs);
        g_array_set_size(sink->runs, 0);
    }
    g_array_append_val(sink->paras, para);
}

/* Adds `run`, which gets the look, place, seal and link of here. */
static void add_run(struct gs_binder *binder, struct inline_sink *sink,
        const struct gs_item *item, struct gs_run run)
{
    if (!gs_bind_count(binder, &binder->made.pieces, 1, GS_BIND_PIECES_MAX,
                GS_WORD(N_("pieces of text")), item->loc)) {
        return;
    }
    run.style = &item->style->text;
    run.seal = sink->seal;
    run.link = sink->link;
    g_array_append_val(sink->runs, run);
}

static void add_line(struct gs_binder *binder, struct inline_sink *sink,
        const struct gs_item *item, const char *text, size_t size,
        struct gs_origin origin)
{
    if (size > 0) {
        if (text[size] != '\0') {
            text = gs_arena_strndup(binder->arena, text, size);
        }
        add_run(binder, sink, item,
                (struct gs_run){.kind = GS_RUN_TEXT,
                        .text = text,
                        .size = size,
                        .origin = origin});
    }
}

/*
 * A value line by line, each stripped.  The ends of the whole stay as they are:
 * a literal may begin with a blank that is meant.
 */
static void add_text(struct gs_binder *binder, struct inline_sink *sink,
        const struct gs_item *item, const char *text, struct gs_origin origin)
{
    for (bool first = true; !binder->stopped; first = false) {
        size_t size = strcspn(text, "\n");
        const char *begin = text, *end = text + size;
        bool last = *end == '\0';
        while (!first && begin < end && *begin == ' ') {
            begin++;
        }
        while (!last && end > begin && end[-1] == ' ') {
            end--;
        }
        add_line(binder, sink, item, begin, (size_t)(end - begin), origin);
        if (last) {
            return;
        }
        if (sink->one_line) {
            add_run(binder, sink, item,
                    (struct gs_run){.kind = GS_RUN_BREAK, .origin = origin});
        } else {
            end_para(binder, sink);
        }
        text += size + 1;
    }
}

static void visit_text(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, struct inline_sink *sink)
{
    for (size_t i = 0; i < item->u.text.count && !binder->stopped; i++) {
        const struct gs_piece *piece = &item->u.text.pieces[i];
        struct gs_bound bound;
        if (!gs_bind_piece(binder, piece, scope, &bound)) {
            continue;
        }
        if (bound.node != NULL && sink->path == NULL) {
            sink->path = bound.origin.path;
        }
        add_text(binder, sink, item, bound.text, bound.origin);
    }
}

/* An id that something leads to; NULL where the pattern gives none. */
static const char *bind_target(struct gs_binder *binder,
        const struct gs_pattern *pattern, const struct gs_scope *scope)
{
    struct gs_bound bound = gs_bind_pattern(binder, pattern, scope);

    if (*bound.text == '\0') {
        return NULL;
    }
    struct gs_target target = {bound.text, pattern->loc};
    g_array_append_val(binder->targets, target);
    return target.id;
}

static void visit_picture(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, struct inline_sink *sink)
{
    const struct gs_image *image =
            gs_bind_picture(binder, item->u.image.src, false, scope);

    if (image == NULL) {
        return;
    }
    struct gs_size size = gs_bind_picture_size(
            image, (struct gs_size){item->u.image.width, item->u.image.height});
    struct gs_bound alt = gs_bind_pattern(binder, item->u.image.alt, scope);
    add_run(binder, sink, item,
            (struct gs_run){.kind = GS_RUN_IMAGE,
                    .image = image,
                    .width = size.width,
                    .height = size.height,
                    .alt = alt.text,
                    .origin = gs_bind_origin(binder, item->loc, scope)});
}

static void visit_inline(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, void *data);

static void visit_link(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, struct inline_sink *sink)
{
    const char *outer = sink->link;

    sink->link = bind_target(binder, item->u.target, scope);
    gs_bind_walk(binder, &item->content, scope, visit_inline, sink);
    sink->link = outer;
}

/* A seal over nothing lies over an empty run. */
static void visit_seal(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, struct inline_sink *sink)
{
    const struct gs_seal *outer = sink->seal;
    size_t paras = sink->paras->len, runs = sink->runs->len;

    sink->seal = gs_bind_seal(binder, item, scope);
    gs_bind_walk(binder, &item->content, scope, visit_inline, sink);
    if (sink->seal != NULL && sink->paras->len == paras &&
            sink->runs->len == runs) {
        add_run(binder, sink, item,
                (struct gs_run){.kind = GS_RUN_TEXT,
                        .text = "",
                        .origin = sink->seal->origin});
    }
    sink->seal = outer;
}

static void visit_mark(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, struct inline_sink *sink,
        struct gs_run run)
{
    run.origin = gs_bind_origin(binder, item->loc, scope);
    add_run(binder, sink, item, run);
}

static void visit_page_of(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, struct inline_sink *sink)
{
    const char *target = bind_target(binder, item->u.target, scope);

    if (target != NULL) {
        visit_mark(binder, item, scope, sink,
                (struct gs_run){.kind = GS_RUN_PAGE_NUMBER, .target = target});
    }
}

/* In a row of the table it is what has been added above, and final. */
static void visit_total(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, struct inline_sink *sink)
{
    struct gs_origin origin = gs_bind_origin(binder, item->loc, scope);
    const struct gs_total *total = gs_tally_total(binder, item, &origin);

    if (total != NULL) {
        add_run(binder, sink, item,
                (struct gs_run){.kind = GS_RUN_TOTAL,
                        .total = total,
                        .origin = origin});
        return;
    }
    const char *text = gs_tally_text(binder, item, &origin);
    add_line(binder, sink, item, text, strlen(text), origin);
}

static void visit_inline(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, void *data)
{
    struct inline_sink *sink = data;
    struct gs_run run = {0};

    switch (item->kind) {
    case GS_ITEM_TEXT:
        visit_text(binder, item, scope, sink);
        return;
    case GS_ITEM_BREAK:
        run.kind = GS_RUN_BREAK;
        break;
    case GS_ITEM_PAGE_NUMBER:
        run.kind = GS_RUN_PAGE_NUMBER;
        break;
    case GS_ITEM_PAGE_COUNT:
        run.kind = GS_RUN_PAGE_COUNT;
        break;
    case GS_ITEM_BLANK:
        run.kind = GS_RUN_BLANK;
        run.width = item->u.blank;
        break;
    case GS_ITEM_LEADER:
        run.kind = GS_RUN_LEADER;
        break;
    case GS_ITEM_PAGE_OF:
        visit_page_of(binder, item, scope, sink);
        return;
    case GS_ITEM_PICTURE:
        visit_picture(binder, item, scope, sink);
        return;
    case GS_ITEM_LINK:
        visit_link(binder, item, scope, sink);
        return;
    case GS_ITEM_SEAL:
        visit_seal(binder, item, scope, sink);
        return;
    case GS_ITEM_TOTAL:
        visit_total(binder, item, scope, sink);
        return;
    case GS_ITEM_EACH:
    case GS_ITEM_IF:
    case GS_ITEM_CHOOSE:
    case GS_ITEM_LET:
    case GS_ITEM_SCOPE:
    case GS_ITEM_SECTION:
    case GS_ITEM_PARA:
    case GS_ITEM_LINE:
    case GS_ITEM_TABLE:
    case GS_ITEM_IMAGE:
    case GS_ITEM_RULE:
    case GS_ITEM_SPACE:
    case GS_ITEM_PAGE_BREAK:
    case GS_ITEM_TOC:
    case GS_ITEM_PLACE:
    case GS_ITEM_CONTINUED:
    case GS_ITEM_HEAD:
    case GS_ITEM_FOOT:
    case GS_ITEM_ROW:
    case GS_ITEM_GROUP:
    case GS_ITEM_CELL:
        g_assert_not_reached(); /* form.h, invariant (1) */
    }
    visit_mark(binder, item, scope, sink, run);
}

struct gs_paras gs_bind_inline(struct gs_binder *binder,
        const struct gs_items *items, const struct gs_style *style,
        const struct gs_scope *scope, bool one_line)
{
    struct inline_sink sink = {
            .style = style,
            .one_line = one_line,
            .paras = binder->paras,
            .runs = binder->runs,
    };

    /* Inline content holds no other: what its arrays held has been taken. */
    g_array_set_size(sink.paras, 0);
    g_array_set_size(sink.runs, 0);
    gs_bind_walk(binder, items, scope, visit_inline, &sink);
    end_para(binder, &sink);
    return (struct gs_paras){
            .paras = (const struct gs_para *)(const void *)sink.paras->data,
            .count = sink.paras->len,
            .path = sink.path,
    };
}
