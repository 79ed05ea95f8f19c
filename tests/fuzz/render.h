/*
 * What the fuzz targets share: one engine, and a document made and thrown away.
 *
 * Every writer draws it, so that whatever passes the checks is also drawn.  No
 * root is given: an input can name no file of the machine.
 */
#ifndef GS_TEST_FUZZ_RENDER_H
#define GS_TEST_FUZZ_RENDER_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <glib.h>

#include "gongshi.h"

/* Larger inputs find nothing new, slowly. */
#define FUZZ_SIZE_MAX ((size_t)32 << 10)

/* $SRC is the source tree; else the current folder is. */
static inline struct gongshi_engine *fuzz_engine(void)
{
    static struct gongshi_engine *engine;
    if (engine == NULL) {
        const char *src = g_getenv("SRC");
        engine = gongshi_engine_new(&(struct gongshi_engine_options){
                .resources = src != NULL ? src : "."});
    }
    return engine;
}

static inline void fuzz_render(const char *data, size_t data_size,
        const char *layout, size_t layout_size)
{
    static const struct {
        enum gongshi_format format;
        const char *writer;
    } targets[] = {{GONGSHI_PAGES, NULL}, {GONGSHI_PDF, "cairo"},
            {GONGSHI_PDF, "haru"}};
    for (size_t i = 0; i < G_N_ELEMENTS(targets); i++) {
        struct gongshi_result *result = gongshi_render(fuzz_engine(),
                &(struct gongshi_job){
                        .data = data != NULL ? data : "",
                        .data_size = data_size,
                        .layout_text = layout != NULL ? layout : "",
                        .layout_size = layout_size,
                        .format = targets[i].format,
                        .writer = targets[i].writer,
                        .last_page = 20,
                        .first_page = 1,
                });
        enum gongshi_status status = gongshi_result_status(result);
        size_t size;
        if ((gongshi_result_bytes(result, &size) != NULL) !=
                (status == GONGSHI_OK)) {
            abort();
        }
        if (status == GONGSHI_USAGE ||
                (status != GONGSHI_OK &&
                        gongshi_result_messages(result)[0] == '\0')) {
            abort();
        }
        gongshi_result_free(result);
        if (status != GONGSHI_OK) {
            return;
        }
    }
}

#endif
