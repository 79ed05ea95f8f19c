/*
 * The public API, on top of the pipeline.  Output is collected in memory.
 */
#include "gongshi.h"

#include <stdlib.h>

#include <glib.h>

#include "api/engine.h"
#include "api/pipeline.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/lang.h"
#include "config.h"
#include "layout/fragment.h"
#include "write/writer.h"

#define DEFAULT_DPI 150.0
#define DPI_MAX 2400.0

struct gongshi_engine {
    struct gs_engine *engine;
    bool truetype_only;
};

struct gongshi_result {
    struct gs_diag *diag;
    enum gongshi_status status;
    void *bytes;
    size_t size, pages;
    char *messages;
    struct gongshi_message *list; /* their strings are the diagnostics' */
    size_t count;
};

/* A job, once it is known to make sense. */
struct order {
    const struct gongshi_job *job;
    const struct gs_writer_ops *ops; /* NULL: nothing is drawn */
    struct gs_write_options options;
    struct gs_input input;
};

struct gongshi_engine *gongshi_engine_new(
        const struct gongshi_engine_options *options)
{
    static const struct gongshi_engine_options defaults;
    struct gongshi_engine *engine = g_new0(struct gongshi_engine, 1);
    if (options == NULL) {
        options = &defaults;
    }
    engine->truetype_only = options->truetype_only;
    engine->engine = gs_engine_new(&(struct gs_engine_options){
            .resources = options->resources,
            .fonts = options->fonts,
            .layouts = options->layouts,
            .only_layouts = true,
            .lang = options->lang != NULL ? options->lang : "en",
    });
    return engine;
}

void gongshi_engine_free(struct gongshi_engine *engine)
{
    if (engine != NULL) {
        gs_engine_free(engine->engine);
        g_free(engine);
    }
}

static bool is_range(const struct gongshi_job *job)
{
    return job->last_page == 0 || job->first_page <= job->last_page;
}

static bool find_writer(const struct gongshi_job *job, struct order *order)
{
    switch (job->format) {
    case GONGSHI_PDF:
        order->options.format = GS_FORMAT_PDF;
        break;
    case GONGSHI_PNG:
        order->options.format = GS_FORMAT_PNG;
        break;
    case GONGSHI_SVG:
        order->options.format = GS_FORMAT_SVG;
        break;
    case GONGSHI_PAGES:
    case GONGSHI_CHECK:
        return true;
    }
    order->options.dpi = job->dpi > 0 ? job->dpi : DEFAULT_DPI;
    order->options.small = job->small;
    order->options.source_name =
            job->data_name != NULL ? job->data_name : "data.xml";
    order->options.source = job->data;
    order->options.source_size = job->data_size;
    order->ops = gs_writer_find(job->writer, order->options.format);
    return order->ops != NULL;
}

static bool find_standard(const struct gongshi_job *job, struct order *order)
{
    return job->standard == NULL ||
            (order->ops != NULL && order->ops->standards &&
                    gs_pdf_standard_find(
                            job->standard, &order->options.standard));
}

static bool find_protection(const struct gongshi_job *job, struct order *order)
{
    order->options.protection = (struct gs_protection){
            .password = job->password, .owner = job->owner_password};
    return gs_protection_is_sound(&order->options.protection) &&
            (job->password == NULL ||
                    (order->ops != NULL && order->ops->protects));
}

/* What is wrong with the call, or NULL. */
static const char *take_order(const struct gongshi_engine *engine,
        const struct gongshi_job *job, struct order *order)
{
    if (job == NULL || job->data == NULL) {
        return N_("there is no data");
    }
    if (job->layout != NULL && job->layout_text != NULL) {
        return N_("a layout is given both by name and by text");
    }
    if ((unsigned)job->format > GONGSHI_CHECK) {
        return N_("there is no such format");
    }
    if (!(job->dpi >= 0 && job->dpi <= DPI_MAX)) {
        return N_("the resolution is out of bounds");
    }
    if (!is_range(job)) {
        return N_("the last page comes before the first");
    }
    order->job = job;
    if (!find_writer(job, order)) {
        return N_("no such writer makes this format");
    }
    if (!find_standard(job, order)) {
        return N_("no such standard, or the writer does not keep to any");
    }
    if (!find_protection(job, order)) {
        return N_("these are no passwords, or the writer does not protect files");
    }
    bool truetype = engine->truetype_only ||
            (order->ops != NULL &&
                    order->ops->outlines == GS_OUTLINES_TRUETYPE);
    order->input = (struct gs_input){
            .path = job->data_name != NULL ? job->data_name : "data",
            .data = job->data,
            .data_size = job->data_size,
            .layout = job->layout,
            .layout_text = job->layout_text,
            .layout_size = job->layout_size,
            .root = job->root,
            .base = job->base != NULL ? job->base : job->root,
            .outlines = truetype ? GS_OUTLINES_TRUETYPE : GS_OUTLINES_ANY,
    };
    return NULL;
}

static void refuse(struct gongshi_result *result, struct gs_engine *engine,
        const char *why)
{
    result->status = GONGSHI_USAGE;
    result->messages =
            g_strconcat(gs_lang_text(gs_engine_lang(engine), why), "\n", NULL);
}

/* Draws what the job asks for.  What the call got wrong is the result. */
static const char *draw(struct gs_pipeline *pipeline, const struct order *order,
        struct gongshi_result *result)
{
    const struct gongshi_job *job = order->job;
    size_t first, last;
    if (!gs_pipeline_select(pipeline,
                (struct gs_range){job->first_page, job->last_page}, &first,
                &last) ||
            job->format == GONGSHI_CHECK) {
        return NULL;
    }
    if (order->ops != NULL && order->options.format != GS_FORMAT_PDF &&
            first != last) {
        return N_("the format holds one page, and there are more");
    }
    struct gs_output *output = gs_output_memory();
    bool ok = order->ops != NULL
            ? gs_pipeline_write(pipeline, order->ops, &order->options, first,
                      last, output)
            : gs_pipeline_write_tree(pipeline, first, last, output);
    if (gs_output_commit(output, result->diag) && ok) {
        result->bytes = gs_output_take(output, &result->size);
    }
    gs_output_free(output);
    return NULL;
}

/* Put into words now, as the words are the engine's and it may go first. */
static void keep_messages(struct gongshi_result *result)
{
    result->messages = gs_diag_text(result->diag);
    result->count = gs_diag_count(result->diag);
    result->list = g_new0(struct gongshi_message, result->count);
    for (size_t i = 0; i < result->count; i++) {
        struct gs_diag_entry entry = gs_diag_entry(result->diag, i);
        const struct gs_source *source = entry.loc.source;
        result->list[i] = (struct gongshi_message){
                .id = entry.name,
                .error = entry.severity == GS_ERROR,
                .file = source != NULL ? source->name : NULL,
                .line = entry.loc.line,
                .column = entry.loc.column,
                .text = entry.message,
        };
    }
}

static void render(struct gs_engine *engine, const struct order *order,
        struct gongshi_result *result)
{
    struct gs_pipeline *pipeline = gs_pipeline_new(engine, result->diag);
    const struct gs_pages *pages = gs_pipeline_run(pipeline, &order->input);
    const char *wrong = NULL;
    if (pages != NULL) {
        result->pages = pages->count;
        wrong = draw(pipeline, order, result);
    }
    gs_pipeline_free(pipeline);

    if (wrong != NULL) {
        refuse(result, engine, wrong);
        return;
    }
    if (gs_diag_errors(result->diag) > 0) {
        result->status = gs_diag_has_internal(result->diag) ? GONGSHI_INTERNAL
                : gs_diag_has_outside(result->diag)         ? GONGSHI_OUTSIDE
                                                            : GONGSHI_INPUT;
    }
    keep_messages(result);
}

struct gongshi_result *gongshi_render(
        struct gongshi_engine *engine, const struct gongshi_job *job)
{
    struct gongshi_result *result = g_new0(struct gongshi_result, 1);
    struct order order = {0};
    const char *wrong = take_order(engine, job, &order);
    result->diag = gs_diag_new();
    gs_diag_set_lang(result->diag, gs_engine_lang(engine->engine));
    if (wrong != NULL) {
        refuse(result, engine->engine, wrong);
    } else {
        render(engine->engine, &order, result);
    }
    return result;
}

void gongshi_result_free(struct gongshi_result *result)
{
    if (result != NULL) {
        gs_diag_free(result->diag);
        g_free(result->bytes);
        g_free(result->messages);
        g_free(result->list);
        g_free(result);
    }
}

enum gongshi_status gongshi_result_status(const struct gongshi_result *result)
{
    return result->status;
}

const void *gongshi_result_bytes(
        const struct gongshi_result *result, size_t *size)
{
    bool ok = result->status == GONGSHI_OK;
    *size = ok ? result->size : 0;
    return ok ? result->bytes : NULL;
}

size_t gongshi_result_pages(const struct gongshi_result *result)
{
    return result->pages;
}

const char *gongshi_result_messages(const struct gongshi_result *result)
{
    return result->messages;
}

bool gongshi_result_message(const struct gongshi_result *result, size_t index,
        struct gongshi_message *message)
{
    if (index >= result->count) {
        return false;
    }
    *message = result->list[index];
    return true;
}

const char *gongshi_version(void)
{
    return GONGSHI_VERSION;
}
