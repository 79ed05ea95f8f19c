/*
 * render and check: one document through the pipeline and into files.
 *
 * All files of a run are collected in memory and appear at its end, so that a
 * page that cannot be drawn leaves none of the others behind.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>

#include "api/engine.h"
#include "api/pipeline.h"
#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/lang.h"
#include "base/words.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "layout/fragment.h"
#include "layout/stream.h"
#include "page/tree.h"
#include "write/writer.h"
#include "xml/xml.h"

struct job {
    const struct gs_cli *cli;
    const struct gs_writer_ops *ops;
    struct gs_write_options options;
    const char *number; /* where OUT has %d, or NULL */
    size_t number_size;
    unsigned digits; /* of %0Nd */
    GPtrArray *paths; /* files made, and outputs to be committed */
    GPtrArray *outputs;
};

/* Finds %d, or %0Nd with N from 1 to 9. */
static void find_number(struct job *job, const char *out)
{
    for (const char *p = strchr(out, '%'); p != NULL; p = strchr(p + 1, '%')) {
        if (p[1] == 'd') {
            job->number = p;
            job->number_size = 2;
            return;
        }
        if (p[1] == '0' && p[2] >= '1' && p[2] <= '9' && p[3] == 'd') {
            job->number = p;
            job->number_size = 4;
            job->digits = (unsigned)(p[2] - '0');
            return;
        }
    }
}

/* OUT with the page's number in place of %d. */
static const char *numbered_path(const struct job *job, size_t page)
{
    const char *out = job->cli->options->out;
    int before = (int)(job->number - out);
    return gs_arena_printf(job->cli->arena, "%.*s%0*zu%s", before, out,
            (int)job->digits, page, job->number + job->number_size);
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat status_a, status_b;
    return strcmp(a, "-") != 0 && strcmp(b, "-") != 0 &&
            stat(a, &status_a) == 0 && stat(b, &status_b) == 0 &&
            S_ISREG(status_a.st_mode) && status_a.st_dev == status_b.st_dev &&
            status_a.st_ino == status_b.st_ino;
}

/* --- files ----------------------------------------------------------------- */

static struct gs_output *open_output(struct job *job, const char *path)
{
    struct gs_output *output = gs_output_open(path, job->cli->diag);
    if (output != NULL) {
        g_ptr_array_add(job->paths, g_strdup(path));
        g_ptr_array_add(job->outputs, output);
    }
    return output;
}

/*
 * When one cannot be written, those before it go again.  An output that failed
 * to take in what was drawn says so here.
 */
static void commit_outputs(struct job *job)
{
    if (gs_diag_errors(job->cli->diag) > 0) {
        return;
    }
    for (guint i = 0; i < job->outputs->len; i++) {
        if (gs_output_commit(job->outputs->pdata[i], job->cli->diag)) {
            continue;
        }
        for (guint made = 0; made < i; made++) {
            unlink(job->paths->pdata[made]);
        }
        return;
    }
}

static void write_pages(const struct job *job, struct gs_pipeline *pipeline,
        size_t first, size_t last, struct gs_output *output)
{
    if (job->cli->options->to == GS_TO_PAGES) {
        gs_pipeline_write_tree(pipeline, first, last, output);
    } else {
        gs_pipeline_write(
                pipeline, job->ops, &job->options, first, last, output);
    }
}

static void write_each_page(struct job *job, struct gs_pipeline *pipeline,
        size_t first, size_t last)
{
    for (size_t page = first; page <= last; page++) {
        struct gs_output *output =
                open_output(job, numbered_path(job, page + 1));
        if (output == NULL) {
            return;
        }
        write_pages(job, pipeline, page, page, output);
    }
    commit_outputs(job);
}

/* --- commands -------------------------------------------------------------- */

static const char *find_writer(struct job *job)
{
    static const enum gs_file_format formats[] = {
            [GS_TO_PDF] = GS_FORMAT_PDF,
            [GS_TO_PNG] = GS_FORMAT_PNG,
            [GS_TO_SVG] = GS_FORMAT_SVG,
            /* Page trees have no writer; one that is named has its faces. */
            [GS_TO_PAGES] = GS_FORMAT_PDF,
    };
    const struct gs_cli *cli = job->cli;
    const struct gs_options *options = cli->options;
    job->options.format = formats[options->to];
    job->options.dpi = options->dpi;
    job->options.standard = options->standard;
    job->options.small = options->small;
    job->ops = gs_writer_find(options->writer, job->options.format);
    if (job->ops == NULL) {
        return gs_words(cli->arena, cli->lang,
                N_("--writer %1: there is no such writer, or it does not make "
                   "this format"),
                GS_ARGS(options->writer));
    }
    if (options->has_standard && !job->ops->standards) {
        return gs_words(cli->arena, cli->lang,
                N_("--standard and --compress are for the writer pdf"),
                GS_NO_ARGS);
    }
    if (options->passwords != NULL && !job->ops->protects) {
        return gs_words(cli->arena, cli->lang,
                N_("--password-file is for the writer haru: what is archived "
                   "is open to all"),
                GS_NO_ARGS);
    }
    if (options->standard == GS_PDF_A_3A && strcmp(options->data, "-") == 0) {
        return gs_words(cli->arena, cli->lang,
                N_("--standard a-3a needs a data file, not standard input"),
                GS_NO_ARGS);
    }
    return NULL;
}

static struct gs_input input_from_options(const struct job *job)
{
    const struct gs_options *options = job->cli->options;
    char *folder = g_path_get_dirname(options->data);
    const char *base = gs_arena_strdup(job->cli->arena, folder);
    g_free(folder);
    return (struct gs_input){
            .path = options->data,
            .layout = options->layout,
            .root = options->root,
            .base = base,
            .outlines = job->ops->outlines,
    };
}

/* The data file, where it is to go into the document. */
static bool read_source(struct job *job)
{
    const struct gs_cli *cli = job->cli;
    const char *path = cli->options->data;
    const char *bytes;

    if (job->options.standard != GS_PDF_A_3A) {
        return true;
    }
    if (!gs_file_read(cli->arena, path, GS_XML_SIZE_MAX, GS_NO_LOC, cli->diag,
                &bytes, &job->options.source_size)) {
        return false;
    }
    char *name = g_path_get_basename(path);
    job->options.source_name = gs_arena_strdup(cli->arena, name);
    job->options.source = bytes;
    g_free(name);
    return true;
}

/* Draws what is asked for.  Returns what the command line got wrong, or NULL. */
static const char *draw(
        struct job *job, struct gs_pipeline *pipeline, struct gs_output *output)
{
    const struct gs_cli *cli = job->cli;
    const struct gs_options *options = cli->options;
    bool one_page = options->to == GS_TO_PNG || options->to == GS_TO_SVG;
    size_t first, last;
    if (!gs_pipeline_select(pipeline, options->range, &first, &last) ||
            options->command == GS_COMMAND_CHECK) {
        return NULL;
    }
    if (job->number != NULL) {
        write_each_page(job, pipeline, first, last);
        return NULL;
    }
    if (one_page && first != last) {
        return gs_words(cli->arena, cli->lang,
                N_("%1 pages do not go into one picture: choose one with "
                   "--pages, or write %d into the name of the output"),
                GS_ARGS(gs_arena_printf(cli->arena, "%zu", last - first + 1)));
    }
    write_pages(job, pipeline, first, last, output);
    commit_outputs(job);
    return NULL;
}

static void print_time(const char *name, int64_t time)
{
    fprintf(stderr, "%-8s %5" PRId64 ".%03" PRId64 " ms\n", name, time / 1000,
            time % 1000);
}

static void print_times(const struct gs_pipeline *pipeline)
{
    int64_t sum = 0;
    for (int i = 0; i < GS_STAGE_COUNT; i++) {
        enum gs_stage stage = (enum gs_stage)i;
        int64_t time = gs_pipeline_time(pipeline, stage);
        print_time(gs_stage_name(stage), time);
        sum += time;
    }
    print_time("all", sum);
}

/* One line a page; by their place in the document, as --pages counts. */
static void print_break(const struct gs_cli *cli, const struct gs_page *page)
{
    struct gs_arena *arena = gs_arena_new();
    fprintf(stderr, "%s\n",
            gs_words(arena, cli->lang, N_("page %1: %2"),
                    GS_ARGS(gs_arena_printf(arena, "%zu", page->index + 1),
                            gs_words(arena, cli->lang, page->why->text,
                                    page->why->args))));
    gs_arena_free(arena);
}

static void print_breaks(const struct gs_cli *cli, const struct gs_pages *pages)
{
    for (size_t i = 0; i < pages->count; i++) {
        print_break(cli, &pages->pages[i]);
    }
}

/* --- page by page ---------------------------------------------------------- */

/* What takes pages that are gone when they have been drawn. */
struct taker {
    struct job *job;
    struct gs_output *output;
    struct gs_writing *writing;
    struct gs_tree *tree;
    size_t first, last; /* to be drawn, indices */
};

static bool begin_pages(void *user, const struct gs_pages *pages)
{
    struct taker *taker = user;
    const struct job *job = taker->job;
    if (taker->output == NULL) { /* check */
        return true;
    }
    if (job->cli->options->to == GS_TO_PAGES) {
        taker->tree = gs_tree_begin(
                pages, taker->first, taker->last, taker->output);
        return true;
    }
    taker->writing = gs_writing_begin(job->ops, &job->options, pages,
            taker->first, taker->last, taker->output, job->cli->diag);
    return taker->writing != NULL;
}

static bool take_page(void *user, const struct gs_page *page)
{
    struct taker *taker = user;
    const struct gs_cli *cli = taker->job->cli;
    if (cli->options->explain) {
        print_break(cli, page);
    }
    if (taker->output == NULL || page->index < taker->first
            || page->index > taker->last) {
        return true;
    }
    return taker->tree != NULL ? gs_tree_page(taker->tree, page)
                               : gs_writing_page(taker->writing, page);
}

static void run_stream(struct job *job, struct gs_pipeline *pipeline,
        const struct gs_input *input, struct gs_output *output)
{
    const struct gs_options *options = job->cli->options;
    struct taker taker = {
            .job = job,
            .output = output,
            .first = MAX(options->range.first, 1) - 1,
            .last = options->range.last == 0 ? SIZE_MAX
                                             : options->range.last - 1,
    };
    const struct gs_page_sink sink = {
            /* The page tree begins with the count of pages and the outline. */
            .counted = output != NULL && options->to == GS_TO_PAGES,
            .begin = begin_pages,
            .page = take_page,
            .user = &taker,
    };
    struct gs_pages pages;
    size_t first, last;
    if (gs_pipeline_stream(pipeline, input, &sink, &pages)) {
        gs_range_select(options->range, pages.count, job->cli->diag, &first,
                &last);
    }
    if (taker.tree != NULL) {
        gs_tree_end(taker.tree);
    }
    if (taker.writing != NULL) {
        gs_writing_end(taker.writing);
    }
    if (output != NULL) { /* what it failed to take in is told now */
        commit_outputs(job);
    }
}

/* Several pictures, and the one that asks how many pages there are, are not. */
static bool may_stream(const struct job *job)
{
    const struct gs_options *options = job->cli->options;
    return options->command == GS_COMMAND_CHECK
            || (job->number == NULL && options->to != GS_TO_PNG
                    && options->to != GS_TO_SVG);
}

static int run_job(struct job *job)
{
    const struct gs_cli *cli = job->cli;
    const struct gs_options *options = cli->options;
    struct gs_output *output = NULL;
    const char *wrong = NULL;

    /* A place that cannot be written to is known before the work is done. */
    if (options->command == GS_COMMAND_RENDER && job->number == NULL) {
        output = open_output(job, options->out);
        if (output == NULL) {
            return gs_cli_status(cli->diag);
        }
    }
    wrong = gs_cli_read_passwords(cli, &job->options.protection);
    if (wrong != NULL) {
        return gs_cli_usage(cli->arena, cli->lang, wrong);
    }
    if (!read_source(job) || gs_diag_errors(cli->diag) > 0) {
        return gs_cli_status(cli->diag);
    }
    struct gs_input input = input_from_options(job);
    struct gs_pipeline *pipeline = gs_pipeline_new(cli->engine, cli->diag);
    const struct gs_pages *pages = NULL;
    if (may_stream(job)
            && gs_pipeline_streams(pipeline, &input, options->stream)) {
        run_stream(job, pipeline, &input, output);
    } else {
        pages = gs_pipeline_run(pipeline, &input);
    }
    if (pages != NULL) {
        wrong = draw(job, pipeline, output);
    }
    if (pages != NULL && options->explain) {
        print_breaks(cli, pages);
    }
    if (options->time) {
        print_times(pipeline);
    }
    gs_pipeline_free(pipeline);
    return wrong != NULL ? gs_cli_usage(cli->arena, cli->lang, wrong)
                         : gs_cli_status(cli->diag);
}

static void free_output(void *output)
{
    gs_output_free(output);
}

int gs_cli_render(const struct gs_cli *cli)
{
    struct job job = {.cli = cli};
    const char *wrong = find_writer(&job);
    if (wrong != NULL) {
        return gs_cli_usage(cli->arena, cli->lang, wrong);
    }
    if (cli->options->command == GS_COMMAND_RENDER) {
        find_number(&job, cli->options->out);
        if (is_same_file(cli->options->data, cli->options->out)) {
            return gs_cli_usage(cli->arena, cli->lang,
                    gs_lang_text(cli->lang,
                            N_("the output would replace the data")));
        }
    }
    job.paths = g_ptr_array_new_with_free_func(g_free);
    job.outputs = g_ptr_array_new_with_free_func(free_output);
    int status = run_job(&job);
    g_ptr_array_free(job.outputs, TRUE);
    g_ptr_array_free(job.paths, TRUE);
    return status;
}
