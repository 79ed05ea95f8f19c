/*
 * Engine: what outlives a document: the fonts and the compiled layouts.
 *
 * A layout is compiled the first time it is named and kept, in an arena of its
 * own, as long as the engine lives; a file that changes meanwhile is not read
 * again.  Fonts are loaded when the first document is laid out.  One thread at a
 * time may use an engine; engines share nothing.
 */
#ifndef GS_API_ENGINE_H
#define GS_API_ENGINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "text/fonts.h"

struct gs_arena;
struct gs_engine;
struct gs_form;
struct gs_lang;
struct gs_private_use;
struct gs_writer_kept;

/* Any member may be NULL. */
struct gs_engine_options {
    const char *resources; /* the folder of layouts/, fonts/ and locale/ */
    const char *fonts; /* a font list; else the one in resources */
    const char *const *layouts; /* folders that are searched first */
    bool only_layouts; /* `layouts` instead of the installed ones */
    const char *lang; /* "zh", "en"; NULL: what the environment asks for */
};

struct gs_engine *gs_engine_new(const struct gs_engine_options *options);
void gs_engine_free(struct gs_engine *engine); /* NULL is fine */

/*
 * The folder of resources: $GONGSHI_RESOURCES, ../share/gongshi as seen from the
 * running program, or the compiled-in one.  The caller frees it with g_free().
 */
char *gs_engine_find_resources(void);

/* An arena for one document, to be returned: its memory serves the next one. */
struct gs_arena *gs_engine_take_arena(struct gs_engine *engine);
void gs_engine_return_arena(struct gs_engine *engine, struct gs_arena *arena);

/* What writers leave for the next document. */
struct gs_writer_kept *gs_engine_kept(struct gs_engine *engine);

const struct gs_lang *gs_engine_lang(const struct gs_engine *engine);

/* The folders that layouts are searched in, NULL-terminated. */
const char *const *gs_engine_layouts(const struct gs_engine *engine);

/* The font list that is read for faces with such outlines. */
const char *gs_engine_font_list(
        const struct gs_engine *engine, enum gs_outlines outlines);

/* NULL after diagnostics; tried again by the next call then. */
const struct gs_fonts *gs_engine_fonts(struct gs_engine *engine,
        enum gs_outlines outlines, struct gs_diag *diag);

/* The table of private characters beside that list, likewise. */
const struct gs_private_use *gs_engine_private_use(struct gs_engine *engine,
        enum gs_outlines outlines, struct gs_diag *diag);

/* A layout by name or file; `loc` is where it was named.  NULL as above. */
const struct gs_form *gs_engine_form(struct gs_engine *engine, const char *name,
        struct gs_loc loc, struct gs_diag *diag);

/* A layout by its text, into `arena`; not kept by the engine. */
const struct gs_form *gs_engine_parse_form(const struct gs_engine *engine,
        struct gs_arena *arena, const char *text, size_t size,
        struct gs_diag *diag);

#endif
