/*
 * Engine: fonts and compiled layouts, kept between documents.
 */
#include "api/engine.h"

#include <glib.h>

#include "base/arena.h"
#include "base/lang.h"
#include "config.h"
#include "data/private.h"
#include "form/form.h"
#include "write/writer.h"

#define OUTLINES_COUNT (GS_OUTLINES_TRUETYPE + 1)

struct gs_engine {
    struct gs_arena *arena;
    struct gs_arena *spare; /* of the last document; NULL: in use */
    const struct gs_lang *lang;
    char *font_lists[OUTLINES_COUNT];
    struct gs_fonts *fonts[OUTLINES_COUNT];
    const struct gs_private_use *private_use[OUTLINES_COUNT];
    char **layouts;
    GHashTable *forms; /* name -> struct cached_form */
    struct gs_writer_kept kept;
};

struct cached_form {
    struct gs_arena *arena;
    const struct gs_form *form;
};

static void free_cached_form(void *object)
{
    struct cached_form *cached = object;
    gs_arena_free(cached->arena);
    g_free(cached);
}

char *gs_engine_find_resources(void)
{
    const char *chosen = g_getenv("GONGSHI_RESOURCES");
    if (chosen != NULL && chosen[0] != '\0') {
        return g_strdup(chosen);
    }
    char *program = g_file_read_link("/proc/self/exe", NULL);
    if (program != NULL) {
        char *folder = g_path_get_dirname(program);
        char *prefix = g_path_get_dirname(folder);
        char *beside = g_build_filename(prefix, "share", "gongshi", NULL);
        g_free(prefix);
        g_free(folder);
        g_free(program);
        if (g_file_test(beside, G_FILE_TEST_IS_DIR)) {
            return beside;
        }
        g_free(beside);
    }
    return g_strdup(GONGSHI_DATADIR);
}

/* The named folders, then the installed one. */
static char **make_layout_path(
        const struct gs_engine_options *options, const char *resources)
{
    GPtrArray *folders = g_ptr_array_new();
    const char *const *named = options->layouts;
    for (size_t i = 0; named != NULL && named[i] != NULL; i++) {
        g_ptr_array_add(folders, g_strdup(named[i]));
    }
    if (named == NULL || !options->only_layouts) {
        g_ptr_array_add(folders, g_build_filename(resources, "layouts", NULL));
    }
    g_ptr_array_add(folders, NULL);
    return (char **)g_ptr_array_free(folders, FALSE);
}

static char *make_font_list(const struct gs_engine_options *options,
        const char *resources, const char *name)
{
    return options->fonts != NULL
            ? g_strdup(options->fonts)
            : g_build_filename(resources, "fonts", name, NULL);
}

struct gs_engine *gs_engine_new(const struct gs_engine_options *options)
{
    struct gs_engine *engine = g_new0(struct gs_engine, 1);
    char *resources = options->resources != NULL ? g_strdup(options->resources)
                                                 : gs_engine_find_resources();
    char *locale = g_build_filename(resources, "locale", NULL);
    engine->arena = gs_arena_new();
    engine->lang = gs_lang_load(engine->arena, options->lang, locale);
    engine->layouts = make_layout_path(options, resources);
    engine->font_lists[GS_OUTLINES_ANY] =
            make_font_list(options, resources, "fonts.xml");
    engine->font_lists[GS_OUTLINES_TRUETYPE] =
            make_font_list(options, resources, "fonts-truetype.xml");
    engine->forms = g_hash_table_new_full(
            g_str_hash, g_str_equal, g_free, free_cached_form);
    g_free(locale);
    g_free(resources);
    return engine;
}

void gs_engine_free(struct gs_engine *engine)
{
    if (engine == NULL) {
        return;
    }
    g_hash_table_destroy(engine->forms);
    for (size_t i = 0; i < OUTLINES_COUNT; i++) {
        gs_fonts_free(engine->fonts[i]);
        g_free(engine->font_lists[i]);
    }
    g_strfreev(engine->layouts);
    gs_writer_kept_release(&engine->kept);
    gs_arena_free(engine->spare);
    gs_arena_free(engine->arena);
    g_free(engine);
}

struct gs_writer_kept *gs_engine_kept(struct gs_engine *engine)
{
    return &engine->kept;
}

struct gs_arena *gs_engine_take_arena(struct gs_engine *engine)
{
    struct gs_arena *arena = engine->spare;
    engine->spare = NULL;
    return arena != NULL ? arena : gs_arena_new();
}

void gs_engine_return_arena(struct gs_engine *engine, struct gs_arena *arena)
{
    if (engine->spare != NULL) {
        gs_arena_free(arena);
        return;
    }
    gs_arena_clear(arena);
    engine->spare = arena;
}

const struct gs_lang *gs_engine_lang(const struct gs_engine *engine)
{
    return engine->lang;
}

const char *const *gs_engine_layouts(const struct gs_engine *engine)
{
    return (const char *const *)engine->layouts;
}

const char *gs_engine_font_list(
        const struct gs_engine *engine, enum gs_outlines outlines)
{
    return engine->font_lists[outlines];
}

const struct gs_fonts *gs_engine_fonts(struct gs_engine *engine,
        enum gs_outlines outlines, struct gs_diag *diag)
{
    if (engine->fonts[outlines] == NULL) {
        engine->fonts[outlines] =
                gs_fonts_load(engine->font_lists[outlines], outlines, diag);
    }
    return engine->fonts[outlines];
}

const struct gs_private_use *gs_engine_private_use(struct gs_engine *engine,
        enum gs_outlines outlines, struct gs_diag *diag)
{
    if (engine->private_use[outlines] == NULL) {
        char *folder = g_path_get_dirname(engine->font_lists[outlines]);
        char *path = g_build_filename(folder, "pua.xml", NULL);
        engine->private_use[outlines] =
                gs_private_use_load(engine->arena, path, diag);
        g_free(path);
        g_free(folder);
    }
    return engine->private_use[outlines];
}

const struct gs_form *gs_engine_form(struct gs_engine *engine, const char *name,
        struct gs_loc loc, struct gs_diag *diag)
{
    struct cached_form *cached = g_hash_table_lookup(engine->forms, name);
    if (cached != NULL) {
        return cached->form;
    }
    struct gs_arena *arena = gs_arena_new();
    const struct gs_form *form =
            gs_form_load(arena, name, gs_engine_layouts(engine), loc, diag);
    if (form == NULL) {
        gs_arena_free(arena);
        return NULL;
    }
    cached = g_new0(struct cached_form, 1);
    cached->arena = arena;
    cached->form = form;
    g_hash_table_insert(engine->forms, g_strdup(name), cached);
    return form;
}

const struct gs_form *gs_engine_parse_form(const struct gs_engine *engine,
        struct gs_arena *arena, const char *text, size_t size,
        struct gs_diag *diag)
{
    return gs_form_parse(
            arena, "layout", text, size, gs_engine_layouts(engine), diag);
}
