/*
 * The document: sections with their heads and feet, metadata, the outline, and
 * the check that every link leads somewhere.
 */
#include "bind/bind.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "bind/binder.h"
#include "bind/format.h"
#include "data/data.h"
#include "xml/xml.h"

/* The section at hand; `blocks` is NULL between sections. */
struct doc_sink {
    const struct gs_form *form;
    GArray *sections;
    struct gs_section section;
    GArray *blocks;
};

bool gs_bind_count(struct gs_binder *binder, size_t *count, size_t more,
        size_t limit, const char *things, struct gs_loc loc)
{
    if (binder->stopped) {
        return false;
    }
    if (more <= limit && *count <= limit - more) {
        *count += more;
        return true;
    }
    char *most = gs_arena_printf(binder->scratch, "%zu", limit);
    gs_diag_add(binder->diag, GS_DIAG_TOO_MUCH, loc, GS_ARGS(most, things));
    binder->stopped = true;
    return false;
}

/* --- sections -------------------------------------------------------------- */

static struct gs_running bind_running(struct gs_binder *binder,
        const struct gs_running_form *own, const struct gs_running_form *page,
        const struct gs_scope *scope)
{
    const struct gs_running_form *form = own != NULL ? own : page;
    struct gs_running out = {0};

    if (form != NULL) {
        out.blocks =
                gs_bind_blocks(binder, &form->content, scope, &out.block_count);
        out.skip_first = form->skip_first;
    }
    return out;
}

static void begin_section(struct doc_sink *sink, struct gs_section section)
{
    g_assert(sink->blocks == NULL);
    sink->section = section;
    sink->blocks = g_array_new(FALSE, FALSE, sizeof(struct gs_block));
}

static void end_section(struct gs_binder *binder, struct doc_sink *sink)
{
    if (sink->blocks == NULL) {
        return;
    }
    sink->section.blocks = gs_bind_take_blocks(
            binder, sink->blocks, &sink->section.block_count);
    sink->blocks = NULL;
    g_array_append_val(sink->sections, sink->section);
}

/* For content outside of sections: the default page. */
static void begin_default_section(struct gs_binder *binder,
        struct doc_sink *sink, struct gs_loc loc, const struct gs_scope *scope)
{
    const struct gs_page_form *page = sink->form->page;

    begin_section(sink,
            (struct gs_section){
                    .page = &page->style,
                    .header = bind_running(binder, NULL, page->header, scope),
                    .footer = bind_running(binder, NULL, page->footer, scope),
                    .origin = gs_bind_origin(binder, loc, scope),
            });
}

static void visit_section(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, struct doc_sink *sink)
{
    const struct gs_page_form *page = item->u.section.page;

    end_section(binder, sink);
    if (page == NULL) {
        page = sink->form->page;
    }
    /* A section is a block, for the bound's sake. */
    if (!gs_bind_count(binder, &binder->made.blocks, 1, GS_BIND_BLOCKS_MAX,
                GS_WORD(N_("blocks")), item->loc)) {
        return;
    }
    begin_section(sink,
            (struct gs_section){
                    .page = &page->style,
                    .header = bind_running(binder, item->u.section.header,
                            page->header, scope),
                    .footer = bind_running(binder, item->u.section.footer,
                            page->footer, scope),
                    .restart_numbers = item->u.section.restart,
                    .number = item->u.section.number,
                    .origin = gs_bind_origin(binder, item->loc, scope),
            });
    gs_bind_walk(binder, &item->content, scope, gs_bind_block, sink->blocks);
    end_section(binder, sink);
}

static void visit_body(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, void *data)
{
    struct doc_sink *sink = data;

    if (item->kind == GS_ITEM_SECTION) {
        visit_section(binder, item, scope, sink);
        return;
    }
    if (sink->blocks == NULL) {
        begin_default_section(binder, sink, item->loc, scope);
    }
    gs_bind_block(binder, item, scope, sink->blocks);
}

static void bind_body(struct gs_binder *binder, const struct gs_form *form,
        const struct gs_scope *scope, struct gs_doc *doc)
{
    struct doc_sink sink = {
            .form = form,
            .sections = g_array_new(FALSE, FALSE, sizeof(struct gs_section)),
    };

    gs_bind_walk(binder, &form->body, scope, visit_body, &sink);
    if (sink.blocks == NULL && sink.sections->len == 0) {
        struct gs_loc loc = {form->source, 0, 0};
        begin_default_section(binder, &sink, loc, scope); /* an empty page */
    }
    end_section(binder, &sink);

    doc->section_count = sink.sections->len;
    doc->sections =
            GS_MAKE_ARRAY(binder->arena, struct gs_section, doc->section_count);
    memcpy(doc->sections, sink.sections->data,
            doc->section_count * sizeof *doc->sections);
    g_array_free(sink.sections, TRUE);
}

/* --- metadata -------------------------------------------------------------- */

static const char *metadata_text(struct gs_binder *binder,
        const struct gs_pattern *pattern, const struct gs_scope *scope)
{
    const char *text = gs_bind_pattern(binder, pattern, scope).text;

    return *text != '\0' ? text : NULL;
}

static const char *metadata_date(struct gs_binder *binder,
        const struct gs_pattern *pattern, const struct gs_scope *scope)
{
    const struct gs_bound bound = gs_bind_pattern(binder, pattern, scope);

    if (*bound.text == '\0') {
        return NULL;
    }
    const char *date = gs_format_date(binder->arena, bound.text, "yyyy-MM-dd");
    if (date == NULL) {
        const struct gs_origin origin = gs_bound_origin(&bound);
        gs_diag_add(binder->diag, GS_DIAG_NOT_A_DATE, origin.loc,
                GS_ARGS(bound.text, origin.path != NULL ? origin.path : ""));
    }
    return date;
}

static void bind_metadata(struct gs_binder *binder, const struct gs_form *form,
        const struct gs_scope *scope, struct gs_metadata *metadata)
{
    metadata->title = metadata_text(binder, form->title, scope);
    metadata->author = metadata_text(binder, form->author, scope);
    metadata->subject = metadata_text(binder, form->subject, scope);
    metadata->keywords = metadata_text(binder, form->keywords, scope);
    metadata->number = metadata_text(binder, form->number, scope);
    metadata->date = metadata_date(binder, form->date, scope);
    metadata->lang = form->lang;
}

/* --- outline and targets --------------------------------------------------- */

typedef void gs_block_visit(struct gs_block *block, void *data);

static void visit_blocks(struct gs_block *blocks, size_t count,
        gs_block_visit *visit, void *data)
{
    for (size_t i = 0; i < count; i++) {
        visit(&blocks[i], data);
        if (blocks[i].kind == GS_BLOCK_PLACED) {
            visit_blocks(blocks[i].u.placed.blocks,
                    blocks[i].u.placed.block_count, visit, data);
        }
    }
}

static void count_heading(struct gs_block *block, void *data)
{
    size_t *count = data;

    *count += block->heading != NULL ? 1 : 0;
}

struct outline {
    struct gs_binder *binder;
    struct gs_doc *doc;
    size_t number; /* of the last id made up */
};

/* h-1, h-2 …, passing over those that an author has taken. */
static const char *make_id(struct outline *outline)
{
    struct gs_binder *binder = outline->binder;

    for (;;) {
        outline->number++;
        char *id = gs_arena_printf(binder->arena, "h-%zu", outline->number);
        if (!g_hash_table_contains(binder->ids, id)) {
            return id;
        }
    }
}

static void place_heading(struct gs_block *block, void *data)
{
    struct outline *outline = data;

    if (block->heading == NULL) {
        return;
    }
    struct gs_heading *heading =
            &outline->doc->headings[outline->doc->heading_count++];
    *heading = *block->heading;
    if (heading->id == NULL) {
        heading->id = make_id(outline);
    }
    block->heading = heading;
    block->id = heading->id;
}

/* Gathers the headings, now that every id of the document is known. */
static void bind_outline(struct gs_binder *binder, struct gs_doc *doc)
{
    struct outline outline = {binder, doc, 0};
    size_t count = 0;

    for (size_t i = 0; i < doc->section_count; i++) {
        struct gs_section *section = &doc->sections[i];
        visit_blocks(
                section->blocks, section->block_count, count_heading, &count);
    }
    doc->headings = GS_MAKE_ARRAY(binder->arena, struct gs_heading, count);
    for (size_t i = 0; i < doc->section_count; i++) {
        struct gs_section *section = &doc->sections[i];
        visit_blocks(
                section->blocks, section->block_count, place_heading, &outline);
    }
}

static void check_targets(struct gs_binder *binder)
{
    for (size_t i = 0; i < binder->targets->len; i++) {
        const struct gs_target *target =
                &g_array_index(binder->targets, struct gs_target, i);
        if (!g_hash_table_contains(binder->ids, target->id)) {
            gs_diag_add(binder->diag, GS_DIAG_UNKNOWN_TARGET, target->loc,
                    GS_ARGS(target->id));
        }
    }
}

static void release_binder(void *object)
{
    struct gs_binder *binder = object;

    gs_arena_free(binder->lasting);
    g_hash_table_destroy(binder->ids);
    g_array_free(binder->targets, TRUE);
    g_array_free(binder->paras, TRUE);
    g_array_free(binder->runs, TRUE);
    g_hash_table_destroy(binder->pictures);
    g_hash_table_destroy(binder->suspected);
}

static struct gs_binder *make_binder(struct gs_arena *arena,
        const struct gs_data *data, const struct gs_bind_options *options,
        struct gs_diag *diag)
{
    struct gs_binder *binder = GS_MAKE(arena, struct gs_binder);
    struct gs_arena *scratch = gs_arena_new();
    struct gs_bind_options *kept = GS_MAKE(scratch, struct gs_bind_options);

    *kept = *options;
    *binder = (struct gs_binder){
            .arena = arena,
            .scratch = scratch,
            .lasting = scratch,
            .options = kept,
            .query = gs_query_make(scratch, data->xml),
            .xml = data->xml,
            .diag = diag,
            .ids = g_hash_table_new(g_str_hash, g_str_equal),
            .targets = g_array_new(FALSE, FALSE, sizeof(struct gs_target)),
            .paras = g_array_new(FALSE, FALSE, sizeof(struct gs_para)),
            .runs = g_array_new(FALSE, FALSE, sizeof(struct gs_run)),
            .pictures = g_hash_table_new(g_str_hash, g_str_equal),
            .suspected = g_hash_table_new(NULL, NULL),
    };
    return binder;
}

const struct gs_doc *gs_bind(struct gs_arena *arena, const struct gs_form *form,
        const struct gs_data *data, const struct gs_bind_options *options,
        struct gs_diag *diag)
{
    size_t errors = gs_diag_errors(diag);
    struct gs_binder *binder = make_binder(arena, data, options, diag);
    const struct gs_scope scope = {
            .node = gs_xml_root(data->xml),
            .position = 1,
            .size = 1,
    };
    struct gs_doc *doc = GS_MAKE(arena, struct gs_doc);

    bind_metadata(binder, form, &scope, &doc->metadata);
    bind_body(binder, form, &scope, doc);
    if (!binder->stopped) {
        bind_outline(binder, doc);
        check_targets(binder);
    }
    if (binder->streams) {
        gs_arena_on_free(arena, release_binder, binder);
    } else {
        release_binder(binder);
    }
    return gs_diag_errors(diag) == errors ? doc : NULL;
}
