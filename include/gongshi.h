/*
 * libgongshi: structured XML data and a layout in, a publishable document out.
 *
 * Everything goes from memory to memory; nothing is global.  An engine holds the
 * fonts and the compiled layouts and may be used by one thread at a time; several
 * engines may run side by side.
 *
 *     struct gongshi_engine *engine = gongshi_engine_new(NULL);
 *     struct gongshi_result *result = gongshi_render(engine,
 *             &(struct gongshi_job){.data = xml, .data_size = size,
 *                                   .format = GONGSHI_PDF});
 *     if (gongshi_result_status(result) == GONGSHI_OK) {
 *         size_t bytes;
 *         const void *pdf = gongshi_result_bytes(result, &bytes);
 *         …
 *     } else {
 *         fputs(gongshi_result_messages(result), stderr);
 *     }
 *     gongshi_result_free(result);
 *     gongshi_engine_free(engine);
 */
#ifndef GONGSHI_H
#define GONGSHI_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GONGSHI_API __attribute__((visibility("default")))

struct gongshi_engine;
struct gongshi_result;

/* The same numbers as the program's exit codes. */
enum gongshi_status {
    GONGSHI_OK = 0,
    GONGSHI_INPUT = 1,   /* the data or the layout has errors */
    GONGSHI_USAGE = 2,   /* the call makes no sense */
    GONGSHI_OUTSIDE = 3, /* disk, font file, library */
    GONGSHI_INTERNAL = 70, /* a fault of the program: no bytes; report it */
};

enum gongshi_format {
    GONGSHI_PDF,
    GONGSHI_PNG, /* one page */
    GONGSHI_SVG, /* one page */
    GONGSHI_PAGES, /* the page tree as XML */
    GONGSHI_CHECK, /* everything but drawing; no bytes */
};

/* Any member may be left 0. */
struct gongshi_engine_options {
    const char *fonts; /* font list; default: the installed fonts.xml */
    /* Layout folders, NULL-terminated; default: the installed layouts. */
    const char *const *layouts;
    /* Folder that holds layouts/, fonts/, locale/; default: compiled in. */
    const char *resources;
    bool truetype_only; /* take TrueType faces, as the haru writer needs */
    const char *lang;   /* of messages: "zh", "en"; default: "en" */
};

/* NULL only when memory is out; what else is wrong is told by each result. */
GONGSHI_API struct gongshi_engine *gongshi_engine_new(
        const struct gongshi_engine_options *options);
GONGSHI_API void gongshi_engine_free(struct gongshi_engine *engine);

struct gongshi_job {
    const char *data; /* XML document, any encoding libxml2 reads */
    size_t data_size;
    const char *data_name; /* in messages; default "data" */
    /* A layout by name; NULL: the one that the data names. */
    const char *layout;
    /* Or a layout's own text. */
    const char *layout_text;
    size_t layout_size;
    enum gongshi_format format;
    const char *writer;      /* "pdf", "cairo", "haru"; NULL: the default */
    /* Of PDF by the writer "pdf": "a-2a", "a-2u", "a-2b", "a-1b", "a-3a", "none";
     * NULL: "a-2a", which is PDF/UA-1 as well. */
    const char *standard;
    bool small; /* rather a small PDF file than a quick one */
    /*
     * Of PDF by the writer "haru": who may read and print it, and who may do the
     * rest; NULL: all, and nobody.  1 to 32 printable characters of ASCII each, and
     * not the same.
     */
    const char *password, *owner_password;
    double dpi;              /* PNG; 0: 150 */
    size_t first_page, last_page; /* from 1; 0: all */
    const char *root; /* pictures must lie under it; default: none allowed */
    const char *base; /* what picture paths are relative to; default: root */
};

/* Never NULL.  The caller frees it. */
GONGSHI_API struct gongshi_result *gongshi_render(
        struct gongshi_engine *engine, const struct gongshi_job *job);
GONGSHI_API void gongshi_result_free(struct gongshi_result *result);

GONGSHI_API enum gongshi_status gongshi_result_status(
        const struct gongshi_result *result);
/* Borrowed from the result; NULL unless the status is GONGSHI_OK. */
GONGSHI_API const void *gongshi_result_bytes(
        const struct gongshi_result *result, size_t *size);
GONGSHI_API size_t gongshi_result_pages(const struct gongshi_result *result);
/* Diagnostics for a person; "" when there are none.  UTF-8. */
GONGSHI_API const char *gongshi_result_messages(
        const struct gongshi_result *result);

/* One diagnostic, for programs; false past the end. */
struct gongshi_message {
    const char *id; /* stable: "unknown-element" */
    bool error;     /* else a warning */
    const char *file;
    unsigned line, column; /* from 1; 0: unknown */
    const char *text;
};
GONGSHI_API bool gongshi_result_message(const struct gongshi_result *result,
        size_t index, struct gongshi_message *message);

GONGSHI_API const char *gongshi_version(void);

#ifdef __cplusplus
}
#endif

#endif
