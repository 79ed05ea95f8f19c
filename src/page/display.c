/*
 * Display list: walks the fragments of a page twice, first for what lies under
 * the text (under.c), then for what is read (content.c).  Seals follow, because
 * a seal is pressed over everything else.
 */
#include "page/display.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "page/list.h"

/* Operations that most pages have. */
#define OPS_FIRST ((size_t)512)

/* --- ops -------------------------------------------------------------------- */

void gs_list_grow(struct gs_list *list)
{
    list->room = MAX(2 * list->room, OPS_FIRST);
    list->ops = g_renew(struct gs_op, list->ops, list->room);
}

static const struct gs_op *last_op(const struct gs_list *list)
{
    return &list->ops[list->count - 1];
}

void gs_list_begin_artifact(struct gs_list *list, enum gs_artifact artifact)
{
    if (list->artifacts++ == 0) {
        gs_list_add(list, GS_OP_BEGIN_ARTIFACT)->u.artifact = artifact;
    }
}

void gs_list_end_artifact(struct gs_list *list)
{
    assert(list->artifacts > 0);
    if (--list->artifacts > 0) {
        return;
    }
    if (last_op(list)->kind == GS_OP_BEGIN_ARTIFACT) {
        list->count--;
    } else {
        gs_list_add(list, GS_OP_END_ARTIFACT);
    }
}

void gs_list_begin_tag(struct gs_list *list, const struct gs_tag *tag)
{
    if (list->artifacts == 0) {
        list->tags++;
        gs_list_add(list, GS_OP_BEGIN_TAG)->u.tag = *tag;
    }
}

/* Whether a tag says something even with nothing in it. */
static bool stands_empty(enum gs_tag_kind kind)
{
    switch (kind) {
    case GS_TAG_TABLE:
    case GS_TAG_ROW:
    case GS_TAG_CELL:
    case GS_TAG_FIGURE:
        return true;
    case GS_TAG_HEADING:
    case GS_TAG_PARAGRAPH:
    case GS_TAG_CONTENTS:
    case GS_TAG_ENTRY:
    case GS_TAG_REFERENCE:
    case GS_TAG_CAPTION:
    case GS_TAG_LINK:
        return false;
    }
    return false;
}

void gs_list_end_tag(struct gs_list *list)
{
    if (list->artifacts > 0) {
        return;
    }
    assert(list->tags > 0);
    list->tags--;
    const struct gs_op *last = last_op(list);
    if (last->kind == GS_OP_BEGIN_TAG && !stands_empty(last->u.tag.kind)) {
        list->count--;
    } else {
        gs_list_add(list, GS_OP_END_TAG);
    }
}

/* --- pictures --------------------------------------------------------------- */

bool gs_list_decorates(const char *alt)
{
    return alt == NULL || alt[0] == '\0';
}

void gs_list_add_image(struct gs_list *list, struct gs_rect rect,
        const struct gs_image *image)
{
    if (image != NULL) {
        struct gs_op *op = gs_list_add(list, GS_OP_IMAGE);
        op->u.image.rect = rect;
        op->u.image.image = image;
    }
}

void gs_list_add_run(struct gs_list *list, const struct gs_frag_line *line,
        const struct gs_glyph_run *run)
{
    const struct gs_point origin = {
            line->x + line->line->x + run->x,
            line->y + line->line->baseline,
    };
    struct gs_op *op = gs_list_add(list, GS_OP_GLYPHS);
    op->u.glyphs.origin = origin;
    op->u.glyphs.run = run;
}

struct gs_rect gs_list_inline_rect(
        const struct gs_frag_line *line, const struct gs_mark *mark)
{
    return (struct gs_rect){
            .x = line->x + line->line->x + mark->x,
            .y = line->y + line->line->baseline - mark->run->height,
            .width = mark->width,
            .height = mark->run->height,
    };
}

/* --- seals ------------------------------------------------------------------ */

const char *gs_list_seal_alt(
        const struct gs_list *list, const struct gs_seal *seal)
{
    const char *kind = seal->kind == GS_SEAL_PICTURE ? "印章" : "样章";

    if (seal->kind == GS_SEAL_PLACE) {
        return NULL;
    }
    if (seal->organ == NULL || seal->organ[0] == '\0') {
        return kind;
    }
    return gs_arena_printf(list->arena, "%s：%s", kind, seal->organ);
}

static void add_seal_ink(struct gs_list *list, const struct gs_frag_seal *frag)
{
    gs_list_add(list, GS_OP_BEGIN_SEAL);
    if (frag->seal->kind == GS_SEAL_PICTURE) {
        gs_list_add_image(list, frag->rect, frag->seal->image);
    }
    for (size_t i = 0; i < frag->path_count; i++) {
        gs_list_add(list, GS_OP_PATH)->u.path = &frag->paths[i];
    }
    gs_list_add(list, GS_OP_END_SEAL);
}

static void add_seal(struct gs_list *list, size_t number)
{
    const struct gs_frag_seal *frag = &list->page->seals[number];
    const char *alt = gs_list_seal_alt(list, frag->seal);
    if (alt == NULL) {
        gs_list_begin_artifact(list, GS_ARTIFACT_LAYOUT);
        add_seal_ink(list, frag);
        gs_list_end_artifact(list);
        return;
    }
    gs_list_begin_tag(list,
            &(struct gs_tag){.kind = GS_TAG_FIGURE,
                    .continues = list->seal_tags[number],
                    .number = (unsigned)number,
                    .alt = alt,
                    .rect = frag->rect});
    add_seal_ink(list, frag);
    gs_list_end_tag(list);
}

/* --- the page --------------------------------------------------------------- */

/* The page's head or foot. */
static void add_running(struct gs_list *list, enum gs_artifact artifact,
        const struct gs_frag_block *blocks, size_t count)
{
    gs_list_begin_artifact(list, artifact);
    gs_list_add_content(list, blocks, count);
    gs_list_end_artifact(list);
}

static void add_page(struct gs_list *list, const struct gs_page *page)
{
    gs_list_begin_artifact(list, GS_ARTIFACT_LAYOUT);
    gs_list_add_fills(list, page->blocks, page->block_count);
    gs_list_add_rules(list, page->header, page->header_count);
    gs_list_add_rules(list, page->blocks, page->block_count);
    gs_list_add_rules(list, page->footer, page->footer_count);
    gs_list_end_artifact(list);

    add_running(list, GS_ARTIFACT_HEADER, page->header, page->header_count);
    gs_list_add_content(list, page->blocks, page->block_count);
    add_running(list, GS_ARTIFACT_FOOTER, page->footer, page->footer_count);

    for (size_t i = 0; i < page->seal_count; i++) {
        add_seal(list, i);
    }
}

const struct gs_display *gs_display_make(
        struct gs_arena *arena, const struct gs_page *page, size_t first)
{
    struct gs_list list = {
            .arena = arena,
            .page = page,
            .first = first,
            .areas = g_array_new(FALSE, FALSE, sizeof(struct gs_rect)),
            .seal_tags = GS_MAKE_ARRAY(arena, bool, page->seal_count + 1),
    };
    add_page(&list, page);
    assert(list.artifacts == 0 && list.tags == 0 && list.link == NULL);

    struct gs_display *display = GS_MAKE(arena, struct gs_display);
    display->size = page->size;
    display->ops = list.ops;
    display->count = list.count;
    gs_arena_on_free(arena, g_free, list.ops);
    g_array_free(list.areas, TRUE);
    return display;
}
