/*
 * Pipeline: one document through all stages, and out through a writer.
 *
 * A stage begins only if the one before it succeeded; what it found wrong is in
 * the diagnostics by then.  Everything the document needs lives in the
 * pipeline's arena; the layout and the fonts are the engine's.
 */
#ifndef GS_API_PIPELINE_H
#define GS_API_PIPELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/fonts.h"

struct gs_diag;
struct gs_engine;
struct gs_output;
struct gs_page_sink;
struct gs_pages;
struct gs_pipeline;
struct gs_write_options;
struct gs_writer_ops;

/* What to make a document of. */
struct gs_input {
    const char *path; /* of the data file, "-" for standard input ... */
    const char *data; /* ... or, if not NULL, the data and its name */
    size_t data_size;
    const char *layout; /* a name or file; NULL: the one that the data names */
    const char *layout_text; /* or its text, compiled for this document only */
    size_t layout_size;
    const char *root; /* pictures and a layout file lie under it, or NULL */
    const char *base; /* what their paths are relative to */
    enum gs_outlines outlines;
};

enum gs_stage {
    GS_STAGE_DATA,
    GS_STAGE_FORM,
    GS_STAGE_BIND,
    GS_STAGE_FONTS,
    GS_STAGE_LAYOUT,
    GS_STAGE_WRITE,
    GS_STAGE_COUNT
};

/* Both are borrowed and outlive the pipeline. */
struct gs_pipeline *gs_pipeline_new(
        struct gs_engine *engine, struct gs_diag *diag);
void gs_pipeline_free(struct gs_pipeline *pipeline); /* NULL is fine */

/* All stages up to the pages; once.  NULL after diagnostics. */
const struct gs_pages *gs_pipeline_run(
        struct gs_pipeline *pipeline, const struct gs_input *input);

/*
 * The same page by page, for data of `least` bytes or more whose layout has tables
 * that stream: see layout/stream.h.  First whether it is so; then the run goes on with
 * gs_pipeline_stream(), else with gs_pipeline_run().
 */
bool gs_pipeline_streams(struct gs_pipeline *pipeline,
        const struct gs_input *input, size_t least);
bool gs_pipeline_stream(struct gs_pipeline *pipeline,
        const struct gs_input *input, const struct gs_page_sink *sink,
        struct gs_pages *pages);

/* Pages by number; a last page of 0 is the last there is. */
struct gs_range {
    size_t first, last;
};

/*
 * The pages of a range as indices, from one to the other, both included.  False
 * after a diagnostic when the document has none of them.
 */
bool gs_pipeline_select(struct gs_pipeline *pipeline, struct gs_range range,
        size_t *first, size_t *last);

/* The same of a document of so many pages. */
bool gs_range_select(struct gs_range range, size_t count,
        struct gs_diag *diag, size_t *first, size_t *last);

/* Draws pages first to last (indices); PNG and SVG hold one. */
bool gs_pipeline_write(struct gs_pipeline *pipeline,
        const struct gs_writer_ops *ops, const struct gs_write_options *options,
        size_t first, size_t last, struct gs_output *output);

/* The page tree of pages first to last. */
bool gs_pipeline_write_tree(struct gs_pipeline *pipeline, size_t first,
        size_t last, struct gs_output *output);

/* Microseconds that a stage took; 0 if it did not run. */
int64_t gs_pipeline_time(
        const struct gs_pipeline *pipeline, enum gs_stage stage);
const char *gs_stage_name(enum gs_stage stage);

#endif
