/*
 * The writers' front: plays display lists to a writer's table of operations.
 *
 * Checks what writers rely on: clips and tags nest and are closed by the end of
 * the page.  A display list is made by our own code, so a breach is a bug.  What
 * text is drawn is summed up and must be what layout has put on the page.
 */
#include "write/writer.h"

#include <assert.h>

#include "base/arena.h"
#include "base/diag.h"
#include "text/ink.h"
#include "write/base.h"

struct nesting {
    unsigned clips, tags;
    unsigned unlinked; /* depth of a link tag that is left out; 0: of none */
    bool artifact, seal;
};

/* A page that is being played. */
struct play {
    struct nesting nesting;
    GHashTable *targets; /* of links: page/anchors.h; or NULL: all there are */
    uint64_t ink; /* of the text drawn so far: layout/ledger.h */
};

/* A document that is being written. */
struct gs_writing {
    struct gs_writer *writer;
    struct gs_doc_info info;
    GHashTable *targets; /* as of struct play */
    struct gs_arena *arena; /* of the page at hand */
    struct gs_writer_kept *kept; /* where it goes in the end; or NULL */
    bool ok;
};

static bool leads_somewhere(const struct play *play, const char *target)
{
    return play->targets == NULL ||
            gs_anchors_find(play->targets, target) != NULL;
}

/*
 * Whether structure stands right here: tags outside of artifacts only.  A link
 * that is left out leaves its text to what is around it.
 */
static void play_tag(
        struct gs_writer *writer, const struct gs_op *op, struct play *play)
{
    struct nesting *nesting = &play->nesting;
    const struct gs_tag *tag = &op->u.tag;

    assert(!nesting->artifact);
    if (op->kind == GS_OP_BEGIN_TAG) {
        nesting->tags++;
        if (tag->kind == GS_TAG_LINK && !leads_somewhere(play, tag->target)) {
            nesting->unlinked = nesting->tags;
        } else if (writer->ops->begin_tag != NULL) {
            writer->ops->begin_tag(writer, tag);
        }
    } else {
        assert(nesting->tags > 0);
        if (nesting->tags-- == nesting->unlinked) {
            nesting->unlinked = 0;
        } else if (writer->ops->end_tag != NULL) {
            writer->ops->end_tag(writer);
        }
    }
}

static void play_artifact(struct gs_writer *writer, const struct gs_op *op,
        struct nesting *nesting)
{
    bool begins = op->kind == GS_OP_BEGIN_ARTIFACT;
    assert(nesting->artifact == !begins);
    nesting->artifact = begins;
    if (begins && writer->ops->begin_artifact != NULL) {
        writer->ops->begin_artifact(writer, op->u.artifact);
    } else if (!begins && writer->ops->end_artifact != NULL) {
        writer->ops->end_artifact(writer);
    }
}

static void play_glyphs(
        struct gs_writer *writer, const struct gs_op *op, struct play *play)
{
    const struct gs_glyph_run *run = op->u.glyphs.run;
    writer->ops->show_glyphs(writer, op->u.glyphs.origin, run);
    play->ink += gs_ink_hash(run->text, run->text_size);
}

static void play_op(
        struct gs_writer *writer, const struct gs_op *op, struct play *play)
{
    const struct gs_writer_ops *ops = writer->ops;
    struct nesting *nesting = &play->nesting;

    switch (op->kind) {
    case GS_OP_GLYPHS:
        play_glyphs(writer, op, play);
        break;
    case GS_OP_RULE:
        ops->stroke_rule(writer, &op->u.rule);
        break;
    case GS_OP_FILL:
        ops->fill_rect(writer, op->u.fill.rect, op->u.fill.color);
        break;
    case GS_OP_LINE:
        ops->stroke_line(
                writer, op->u.line.from, op->u.line.to, &op->u.line.style);
        break;
    case GS_OP_PATH:
        ops->show_path(writer, op->u.path);
        break;
    case GS_OP_IMAGE:
        ops->show_image(writer, op->u.image.rect, op->u.image.image);
        break;
    case GS_OP_PUSH_CLIP:
        nesting->clips++;
        ops->push_clip(writer, op->u.fill.rect);
        break;
    case GS_OP_POP_CLIP:
        assert(nesting->clips > 0);
        nesting->clips--;
        ops->pop_clip(writer);
        break;
    case GS_OP_BEGIN_TAG:
    case GS_OP_END_TAG:
        play_tag(writer, op, play);
        break;
    case GS_OP_BEGIN_ARTIFACT:
    case GS_OP_END_ARTIFACT:
        play_artifact(writer, op, nesting);
        break;
    case GS_OP_LINK:
        if (leads_somewhere(play, op->u.link.target)) {
            ops->link(writer, op->u.link.rect, op->u.link.target);
        }
        break;
    case GS_OP_BEGIN_SEAL:
        assert(!nesting->seal);
        nesting->seal = true;
        if (ops->begin_seal != NULL) {
            ops->begin_seal(writer);
        }
        break;
    case GS_OP_END_SEAL:
        assert(nesting->seal);
        nesting->seal = false;
        if (ops->end_seal != NULL) {
            ops->end_seal(writer);
        }
        break;
    }
}

bool gs_write_page(struct gs_writer *writer, const struct gs_page *page,
        const struct gs_display *display, GHashTable *targets)
{
    struct play play = {.targets = targets};
    const struct nesting *nesting = &play.nesting;

    writer->ops->begin_page(writer, page);
    for (size_t i = 0; i < display->count; i++) {
        play_op(writer, &display->ops[i], &play);
    }
    assert(nesting->clips == 0 && nesting->tags == 0);
    assert(!nesting->artifact && !nesting->seal);
    if (play.ink != page->ink) {
        char number[24];
        g_snprintf(number, sizeof number, "%zu", page->index + 1);
        gs_writer_fail(
                writer, GS_DIAG_LEDGER_DRAWN, GS_NO_LOC, GS_ARGS(number));
    }
    writer->ops->end_page(writer);
    return writer->ops->report(writer);
}

static struct gs_arena *take_arena(struct gs_writer_kept *kept)
{
    struct gs_arena *arena = kept != NULL ? kept->arena : NULL;
    if (arena == NULL) {
        return gs_arena_new();
    }
    kept->arena = NULL;
    return arena;
}

/* It is empty. */
static void leave_arena(struct gs_writer_kept *kept, struct gs_arena *arena)
{
    if (kept != NULL && kept->arena == NULL) {
        kept->arena = arena;
    } else {
        gs_arena_free(arena);
    }
}

struct gs_writing *gs_writing_begin(const struct gs_writer_ops *ops,
        const struct gs_write_options *options, const struct gs_pages *pages,
        size_t first, size_t last, struct gs_output *output,
        struct gs_diag *diag)
{
    assert(ops->formats[options->format]);

    struct gs_writer *writer = ops->open(options, output, diag);
    if (writer == NULL) {
        return NULL;
    }
    struct gs_writing *writing = g_new0(struct gs_writing, 1);
    writing->writer = writer;
    writing->kept = options->kept;
    writing->arena = take_arena(options->kept);
    writing->info =
            (struct gs_doc_info){.pages = pages, .first = first, .last = last};
    if (pages->count > 0) {
        writing->targets = gs_anchors_new(pages, first, last);
    }
    ops->begin_doc(writer, &writing->info);
    writing->ok = ops->report(writer);
    return writing;
}

bool gs_writing_page(struct gs_writing *writing, const struct gs_page *page)
{
    if (writing->ok) {
        writing->ok = gs_write_page(writing->writer, page,
                gs_display_make(writing->arena, page, writing->info.first),
                writing->targets);
        gs_arena_clear(writing->arena);
    }
    return writing->ok;
}

bool gs_writing_end(struct gs_writing *writing)
{
    if (writing == NULL) {
        return false;
    }
    struct gs_writer *writer = writing->writer;
    bool ok = writing->ok;
    if (ok) {
        writer->ops->end_doc(writer);
        ok = writer->ops->report(writer);
    }
    writer->ops->free(writer);
    if (writing->targets != NULL) {
        g_hash_table_destroy(writing->targets);
    }
    leave_arena(writing->kept, writing->arena);
    g_free(writing);
    return ok;
}

bool gs_write(const struct gs_writer_ops *ops,
        const struct gs_write_options *options, const struct gs_pages *pages,
        size_t first, size_t last, struct gs_output *output,
        struct gs_diag *diag)
{
    assert(first <= last && last < pages->count);
    assert(options->format == GS_FORMAT_PDF || first == last);

    struct gs_writing *writing =
            gs_writing_begin(ops, options, pages, first, last, output, diag);
    if (writing == NULL) {
        return false;
    }
    bool ok = true;
    for (size_t i = first; ok && i <= last; i++) {
        ok = gs_writing_page(writing, &pages->pages[i]);
    }
    return gs_writing_end(writing);
}
