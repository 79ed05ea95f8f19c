/*
 * Pipeline: data, layout, binding, pages, output.
 */
#include "api/pipeline.h"

#include <string.h>

#include <glib.h>

#include "api/engine.h"
#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "bind/bind.h"
#include "data/data.h"
#include "form/form.h"
#include "layout/fragment.h"
#include "layout/layout.h"
#include "layout/stream.h"
#include "page/tree.h"
#include "write/writer.h"

struct gs_pipeline {
    struct gs_engine *engine;
    struct gs_diag *diag;
    struct gs_arena *arena;
    const struct gs_pages *pages;
    /* Of a run that streams. */
    struct gs_data *unread;
    const struct gs_form *form;
    const struct gs_page_sink *sink;
    int64_t times[GS_STAGE_COUNT];
    int64_t stage_began;
};

static void begin_stage(struct gs_pipeline *pipeline)
{
    pipeline->stage_began = g_get_monotonic_time();
}

static void end_stage(struct gs_pipeline *pipeline, enum gs_stage stage)
{
    pipeline->times[stage] += g_get_monotonic_time() - pipeline->stage_began;
}

struct gs_pipeline *gs_pipeline_new(
        struct gs_engine *engine, struct gs_diag *diag)
{
    struct gs_pipeline *pipeline = g_new0(struct gs_pipeline, 1);
    pipeline->engine = engine;
    pipeline->diag = diag;
    pipeline->arena = gs_engine_take_arena(engine);
    return pipeline;
}

void gs_pipeline_free(struct gs_pipeline *pipeline)
{
    if (pipeline != NULL) {
        gs_engine_return_arena(pipeline->engine, pipeline->arena);
        g_free(pipeline);
    }
}

static const struct gs_data *load_data(
        struct gs_pipeline *pipeline, const struct gs_input *input)
{
    begin_stage(pipeline);
    const struct gs_data *data = input->data != NULL
            ? gs_data_parse(pipeline->arena, input->path, input->data,
                      input->data_size, pipeline->diag)
            : gs_data_load(pipeline->arena, input->path, pipeline->diag);
    end_stage(pipeline, GS_STAGE_DATA);
    return data;
}

static bool is_layout_file(const char *name)
{
    return strchr(name, '/') != NULL || g_str_has_suffix(name, ".xml");
}

/*
 * A layout file that the data names is data's word: it is looked for beside the
 * data, and must lie under the root as its pictures must.
 */
static const struct gs_form *load_named_form(struct gs_pipeline *pipeline,
        const struct gs_input *input, const struct gs_data *data)
{
    const char *name = data->layout;
    struct gs_loc loc = data->layout_loc;
    if (name == NULL || name[0] == '\0') {
        gs_diag_add(pipeline->diag, GS_DIAG_NO_LAYOUT, loc, GS_NO_ARGS);
        return NULL;
    }
    if (is_layout_file(name)) {
        char *resolved = NULL;
        if (gs_file_find(pipeline->arena, input->root, input->base, name,
                    &resolved) == GS_FILE_OUTSIDE) {
            gs_diag_add(pipeline->diag, GS_DIAG_PATH_OUTSIDE_ROOT, loc,
                    GS_ARGS(name, input->root));
            return NULL;
        }
        if (input->base != NULL && strcmp(input->base, ".") != 0 &&
                name[0] != '/') {
            name = gs_arena_printf(pipeline->arena, "%s/%s", input->base, name);
        }
    }
    return gs_engine_form(pipeline->engine, name, loc, pipeline->diag);
}

static const struct gs_form *load_form(struct gs_pipeline *pipeline,
        const struct gs_input *input, const struct gs_data *data)
{
    const struct gs_form *form;
    begin_stage(pipeline);
    if (input->layout_text != NULL) {
        form = gs_engine_parse_form(pipeline->engine, pipeline->arena,
                input->layout_text, input->layout_size, pipeline->diag);
    } else if (input->layout != NULL) {
        form = gs_engine_form(
                pipeline->engine, input->layout, GS_NO_LOC, pipeline->diag);
    } else {
        form = load_named_form(pipeline, input, data);
    }
    end_stage(pipeline, GS_STAGE_FORM);
    return form;
}

static const struct gs_doc *bind_doc(struct gs_pipeline *pipeline,
        const struct gs_input *input, const struct gs_form *form,
        const struct gs_data *data)
{
    begin_stage(pipeline);
    const struct gs_bind_options options = {
            .root = input->root,
            .base = input->base,
            .private_use = gs_engine_private_use(
                    pipeline->engine, input->outlines, pipeline->diag),
    };
    const struct gs_doc *doc = options.private_use == NULL
            ? NULL
            : gs_bind(pipeline->arena, form, data, &options, pipeline->diag);
    end_stage(pipeline, GS_STAGE_BIND);
    return doc;
}

static const struct gs_fonts *load_fonts(
        struct gs_pipeline *pipeline, const struct gs_input *input)
{
    begin_stage(pipeline);
    const struct gs_fonts *fonts =
            gs_engine_fonts(pipeline->engine, input->outlines, pipeline->diag);
    end_stage(pipeline, GS_STAGE_FONTS);
    return fonts;
}

static const struct gs_pages *lay_out(struct gs_pipeline *pipeline,
        const struct gs_input *input, const struct gs_doc *doc)
{
    const struct gs_fonts *fonts = load_fonts(pipeline, input);
    if (fonts == NULL) {
        return NULL;
    }
    begin_stage(pipeline);
    const struct gs_pages *pages =
            gs_layout(pipeline->arena, doc, fonts, pipeline->diag);
    end_stage(pipeline, GS_STAGE_LAYOUT);
    return pages;
}

const struct gs_pages *gs_pipeline_run(
        struct gs_pipeline *pipeline, const struct gs_input *input)
{
    if (pipeline->unread != NULL && pipeline->form == NULL) {
        return NULL; /* the layout is wrong, and has been reported */
    }
    const struct gs_data *data = load_data(pipeline, input);
    if (data == NULL) {
        return NULL;
    }
    const struct gs_form *form = load_form(pipeline, input, data);
    if (form == NULL) {
        return NULL;
    }
    const struct gs_doc *doc = bind_doc(pipeline, input, form, data);
    if (doc == NULL) {
        return NULL;
    }
    pipeline->pages = lay_out(pipeline, input, doc);
    return pipeline->pages;
}

/* --- page by page ------------------------------------------------------------ */

bool gs_pipeline_streams(struct gs_pipeline *pipeline,
        const struct gs_input *input, size_t least)
{
    if (input->data != NULL || strcmp(input->path, "-") == 0) {
        return false;
    }
    begin_stage(pipeline);
    pipeline->unread = gs_data_open(pipeline->arena, input->path, least);
    end_stage(pipeline, GS_STAGE_DATA);
    bool is_named = input->layout != NULL || input->layout_text != NULL
            || (pipeline->unread != NULL && pipeline->unread->layout != NULL);
    if (pipeline->unread == NULL || !is_named) {
        pipeline->unread = NULL; /* why, is told when it is read as a whole */
        return false;
    }
    pipeline->form = load_form(pipeline, input, pipeline->unread);
    return pipeline->form != NULL;
}

static bool begin_pages(void *user, const struct gs_pages *pages)
{
    struct gs_pipeline *pipeline = user;
    return pipeline->sink->begin(pipeline->sink->user, pages);
}

/* Drawing is a stage of its own, in the middle of layout. */
static bool take_page(void *user, const struct gs_page *page)
{
    struct gs_pipeline *pipeline = user;
    end_stage(pipeline, GS_STAGE_LAYOUT);
    begin_stage(pipeline);
    bool ok = pipeline->sink->page(pipeline->sink->user, page);
    end_stage(pipeline, GS_STAGE_WRITE);
    begin_stage(pipeline);
    return ok;
}

bool gs_pipeline_stream(struct gs_pipeline *pipeline,
        const struct gs_input *input, const struct gs_page_sink *sink,
        struct gs_pages *pages)
{
    const struct gs_form *form = pipeline->form;
    begin_stage(pipeline);
    bool ok = gs_data_read(pipeline->arena, pipeline->unread, form->streams,
            form->stream_count, pipeline->diag);
    end_stage(pipeline, GS_STAGE_DATA);
    const struct gs_doc *doc =
            ok ? bind_doc(pipeline, input, form, pipeline->unread) : NULL;
    const struct gs_fonts *fonts =
            doc != NULL ? load_fonts(pipeline, input) : NULL;
    if (fonts == NULL) {
        return false;
    }
    pipeline->sink = sink;
    const struct gs_page_sink timed = {
            .counted = sink->counted,
            .begin = begin_pages,
            .page = take_page,
            .user = pipeline,
    };
    begin_stage(pipeline);
    ok = gs_layout_stream(
            pipeline->arena, doc, fonts, &timed, pages, pipeline->diag);
    end_stage(pipeline, GS_STAGE_LAYOUT);
    return ok;
}

/* --- output ------------------------------------------------------------------- */

bool gs_range_select(struct gs_range range, size_t count,
        struct gs_diag *diag, size_t *first, size_t *last)
{
    size_t from = MAX(range.first, 1);
    size_t to = range.last == 0 ? MAX(count, from) : range.last;
    if (to < from || to > count) {
        char asked[64], there[24];
        if (from == to) {
            g_snprintf(asked, sizeof asked, "%zu", from);
        } else {
            g_snprintf(asked, sizeof asked, "%zu-%zu", from, to);
        }
        g_snprintf(there, sizeof there, "%zu", count);
        gs_diag_add(diag, GS_DIAG_NO_SUCH_PAGE, GS_NO_LOC,
                GS_ARGS(asked, there));
        return false;
    }
    *first = from - 1;
    *last = to - 1;
    return true;
}

bool gs_pipeline_select(struct gs_pipeline *pipeline, struct gs_range range,
        size_t *first, size_t *last)
{
    return gs_range_select(
            range, pipeline->pages->count, pipeline->diag, first, last);
}

bool gs_pipeline_write(struct gs_pipeline *pipeline,
        const struct gs_writer_ops *ops, const struct gs_write_options *options,
        size_t first, size_t last, struct gs_output *output)
{
    struct gs_write_options own = *options;
    own.kept = gs_engine_kept(pipeline->engine);
    begin_stage(pipeline);
    bool ok = gs_write(
            ops, &own, pipeline->pages, first, last, output, pipeline->diag);
    end_stage(pipeline, GS_STAGE_WRITE);
    return ok;
}

bool gs_pipeline_write_tree(struct gs_pipeline *pipeline, size_t first,
        size_t last, struct gs_output *output)
{
    begin_stage(pipeline);
    bool ok = gs_tree_write(pipeline->pages, first, last, output);
    end_stage(pipeline, GS_STAGE_WRITE);
    return ok;
}

int64_t gs_pipeline_time(
        const struct gs_pipeline *pipeline, enum gs_stage stage)
{
    return pipeline->times[stage];
}

const char *gs_stage_name(enum gs_stage stage)
{
    static const char *const names[GS_STAGE_COUNT] = {
            [GS_STAGE_DATA] = "data",
            [GS_STAGE_FORM] = "form",
            [GS_STAGE_BIND] = "bind",
            [GS_STAGE_FONTS] = "fonts",
            [GS_STAGE_LAYOUT] = "layout",
            [GS_STAGE_WRITE] = "write",
    };
    return names[stage];
}
