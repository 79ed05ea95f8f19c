/*
 * Font set: listed faces resolved to files, roles to chains of faces.
 *
 * The directories are walked once, in the list's order, for the listed names
 * only; in each, files come before folders and both by name, so that which of
 * two files of one name is taken does not hang on the disk.
 */
#include "text/fonts.h"

#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/doc.h"
#include "text/fontlist.h"
#include "text/fontset.h"
#include "text/labels.h"
#include "text/palette.h"
#include "text/scratch.h"
#include "text/words.h"

/* Bounds on the walk through font directories. */
#define WALK_DEPTH_MAX 12
#define WALK_ENTRIES_MAX 50000

/* Beyond this many the same missing character may be told twice. */
#define MISSING_MAX 4096

struct role {
    const char *name;
    struct gs_chain chains[2]; /* regular, bold */
};

/* What changes behind a const font set. */
struct cache {
    hb_buffer_t *buffer;
    struct gs_scratch *free; /* as many as texts were at hand at once */
    struct gs_labels *labels;
    struct gs_palette *palettes;
    struct gs_words *words;
    GHashTable *missing; /* of strings */
    const struct gs_diag *missing_diag;
};

struct gs_fonts {
    struct gs_arena *arena;
    char *name;
    const struct gs_font_list *list;
    enum gs_outlines outlines;
    struct gs_font_entry *entries;
    struct gs_face **entry_faces; /* NULL: not there, or passed over */
    size_t entry_count;
    struct role *roles;
    size_t role_count; /* without the fallback */
    struct gs_chain fallback;
    GPtrArray *faces; /* struct gs_face *, each file and index once */
    struct cache *cache;
};

/* --- finding files --------------------------------------------------------- */

struct walk {
    GHashTable *found; /* listed name -> path, or NULL */
    size_t missing; /* listed names without a path */
    size_t entries;
};

static int compare_names(const void *a, const void *b)
{
    const char *const *one = a;
    const char *const *two = b;
    return strcmp(*one, *two);
}

static void note_file(struct walk *walk, const char *path, const char *name)
{
    gpointer listed = NULL, known = NULL;
    if (g_hash_table_lookup_extended(walk->found, name, &listed, &known) &&
            known == NULL && g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        g_hash_table_insert(walk->found, g_strdup(name), g_strdup(path));
        walk->missing--;
    }
}

static GPtrArray *read_folder(const char *path)
{
    GDir *dir = g_dir_open(path, 0, NULL);
    if (dir == NULL) {
        return NULL;
    }
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    const char *name;
    while ((name = g_dir_read_name(dir)) != NULL &&
            names->len < WALK_ENTRIES_MAX) {
        g_ptr_array_add(names, g_strdup(name));
    }
    g_dir_close(dir);
    g_ptr_array_sort(names, compare_names);
    return names;
}

static void walk_folder(struct walk *walk, const char *path, unsigned depth)
{
    GPtrArray *names = depth < WALK_DEPTH_MAX ? read_folder(path) : NULL;
    if (names == NULL) {
        return;
    }
    for (int folders = 0; folders < 2; folders++) {
        for (guint i = 0; i < names->len && walk->missing > 0; i++) {
            const char *name = g_ptr_array_index(names, i);
            char *child = g_build_filename(path, name, NULL);
            if (!folders) {
                note_file(walk, child, name);
                walk->entries++;
            } else if (walk->entries < WALK_ENTRIES_MAX &&
                    g_file_test(child, G_FILE_TEST_IS_DIR)) {
                walk_folder(walk, child, depth + 1);
            }
            g_free(child);
        }
    }
    g_ptr_array_free(names, TRUE);
}

/* A file listed with a path is taken from there, not searched. */
static char *path_of_listed(const struct gs_fonts *fonts, const char *file)
{
    if (strchr(file, '/') == NULL) {
        return NULL;
    }
    if (g_path_is_absolute(file)) {
        return g_strdup(file);
    }
    char *folder = g_path_get_dirname(fonts->name);
    char *path = g_build_filename(folder, file, NULL);
    g_free(folder);
    return path;
}

static GHashTable *find_files(const struct gs_fonts *fonts)
{
    struct walk walk = {.found = g_hash_table_new_full(
                                g_str_hash, g_str_equal, g_free, g_free)};
    const struct gs_font_list *list = fonts->list;
    for (size_t i = 0; i < list->role_count; i++) {
        for (size_t k = 0; k < list->roles[i].count; k++) {
            const char *file = list->roles[i].faces[k].file;
            char *path = path_of_listed(fonts, file);
            if (path != NULL && !g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
                g_free(path);
                path = NULL;
            } else if (path == NULL && strchr(file, '/') == NULL &&
                    !g_hash_table_contains(walk.found, file)) {
                walk.missing++;
            }
            g_hash_table_insert(walk.found, g_strdup(file), path);
        }
    }
    for (size_t i = 0; i < list->directory_count && walk.missing > 0; i++) {
        walk_folder(&walk, list->directories[i], 0);
    }
    return walk.found;
}

/* --- entries and chains ------------------------------------------------------ */

static struct gs_face *face_of(
        struct gs_fonts *fonts, const char *path, int index)
{
    for (guint i = 0; i < fonts->faces->len; i++) {
        struct gs_face *face = g_ptr_array_index(fonts->faces, i);
        if (face->index == index && strcmp(face->path, path) == 0) {
            return face;
        }
    }
    struct gs_face *face = g_new0(struct gs_face, 1);
    face->path = g_strdup(path);
    face->index = index;
    g_ptr_array_add(fonts->faces, face);
    return face;
}

static void add_entry(struct gs_fonts *fonts, const char *role,
        const struct gs_listed_face *listed, const char *path)
{
    const size_t i = fonts->entry_count++;
    fonts->entries[i] = (struct gs_font_entry){
            .role = role,
            .file = listed->file,
            .path = path != NULL ? gs_arena_strdup(fonts->arena, path) : NULL,
            .package = listed->package,
            .index = listed->index,
            .bold = listed->bold,
            .standin = listed->standin,
    };
    const bool passed_over = path == NULL ||
            (fonts->outlines == GS_OUTLINES_TRUETYPE &&
                    gs_face_file_is_cff(path, listed->index));
    fonts->entry_faces[i] =
            passed_over ? NULL : face_of(fonts, path, listed->index);
    if (!passed_over && listed->without != NULL) {
        fonts->entry_faces[i]->without = listed->without;
    }
    if (!passed_over && listed->exact) {
        fonts->entry_faces[i]->exact = true;
    }
}

static void make_entries(struct gs_fonts *fonts)
{
    const struct gs_font_list *list = fonts->list;
    GHashTable *found = find_files(fonts);
    size_t count = 0;
    for (size_t i = 0; i < list->role_count; i++) {
        count += list->roles[i].count;
    }
    fonts->entries =
            GS_MAKE_ARRAY(fonts->arena, struct gs_font_entry, count + 1);
    fonts->entry_faces =
            GS_MAKE_ARRAY(fonts->arena, struct gs_face *, count + 1);
    for (size_t i = 0; i < list->role_count; i++) {
        const struct gs_listed_role *role = &list->roles[i];
        for (size_t k = 0; k < role->count; k++) {
            add_entry(fonts, role->name, &role->faces[k],
                    g_hash_table_lookup(found, role->faces[k].file));
        }
    }
    g_hash_table_destroy(found);
}

/* Appends the faces of one weight of a role, the list's order kept. */
static void append_faces(const struct gs_fonts *fonts, size_t first,
        const struct gs_listed_role *role, bool bold, bool wanted_bold,
        struct gs_chain *chain)
{
    for (size_t k = 0; k < role->count; k++) {
        struct gs_face *face = fonts->entry_faces[first + k];
        if (face != NULL && role->faces[k].bold == bold) {
            chain->faces[chain->count++] = (struct gs_chain_face){
                    .face = face,
                    .embolden = wanted_bold && !bold && role->faces[k].embolden,
            };
        }
    }
}

/* The wanted weight first; a bold face stands in only where nothing else is. */
static void make_chain(struct gs_fonts *fonts, size_t first,
        const struct gs_listed_role *role, bool bold, struct gs_chain *chain)
{
    chain->faces = GS_MAKE_ARRAY(fonts->arena, struct gs_chain_face,
            role->count + fonts->fallback.count + 1);
    if (bold) {
        append_faces(fonts, first, role, true, true, chain);
    }
    append_faces(fonts, first, role, false, bold, chain);
    if (chain->count == 0) {
        append_faces(fonts, first, role, true, bold, chain);
    }
    chain->own = chain->count;
    if (fonts->fallback.count > 0) {
        memcpy(chain->faces + chain->count, fonts->fallback.faces,
                fonts->fallback.count * sizeof *chain->faces);
        chain->count += fonts->fallback.count;
    }
}

static void make_fallback(struct gs_fonts *fonts)
{
    const struct gs_font_list *list = fonts->list;
    size_t first = 0;
    for (size_t i = 0; i < list->role_count; i++) {
        const struct gs_listed_role *role = &list->roles[i];
        if (strcmp(role->name, GS_ROLE_FALLBACK) == 0) {
            struct gs_chain *chain = &fonts->fallback;
            chain->faces = GS_MAKE_ARRAY(
                    fonts->arena, struct gs_chain_face, role->count + 1);
            append_faces(fonts, first, role, false, false, chain);
            append_faces(fonts, first, role, true, false, chain);
        }
        first += role->count;
    }
}

static void report_empty_role(struct gs_fonts *fonts,
        const struct gs_listed_role *role, struct gs_diag *diag)
{
    GString *files = g_string_new(NULL);
    const char *package = NULL;
    for (size_t k = 0; k < role->count; k++) {
        g_string_append_printf(
                files, "%s%s", k > 0 ? ", " : "", role->faces[k].file);
        package = package != NULL ? package : role->faces[k].package;
    }
    gs_diag_add(diag, GS_DIAG_NO_FONTS, role->loc,
            GS_ARGS(role->name, files->str, package, fonts->name));
    g_string_free(files, TRUE);
}

/* False when a role has no face at all. */
static bool make_roles(struct gs_fonts *fonts, struct gs_diag *diag)
{
    const struct gs_font_list *list = fonts->list;
    bool ok = true;
    size_t first = 0;
    fonts->roles =
            GS_MAKE_ARRAY(fonts->arena, struct role, list->role_count + 1);
    for (size_t i = 0; i < list->role_count; i++) {
        const struct gs_listed_role *listed = &list->roles[i];
        if (strcmp(listed->name, GS_ROLE_FALLBACK) != 0) {
            struct role *role = &fonts->roles[fonts->role_count++];
            role->name = listed->name;
            make_chain(fonts, first, listed, false, &role->chains[false]);
            make_chain(fonts, first, listed, true, &role->chains[true]);
            if (role->chains[false].own == 0) {
                report_empty_role(fonts, listed, diag);
                ok = false;
            }
        }
        first += listed->count;
    }
    return ok;
}

/* --- the set ------------------------------------------------------------------- */

static void free_face(void *object)
{
    gs_face_release(object);
    g_free(object);
}

static struct gs_fonts *new_fonts(const char *path, enum gs_outlines outlines)
{
    struct gs_fonts *fonts = g_new0(struct gs_fonts, 1);
    fonts->arena = gs_arena_new();
    fonts->name = g_strdup(path);
    fonts->outlines = outlines;
    fonts->faces = g_ptr_array_new_with_free_func(free_face);
    fonts->cache = g_new0(struct cache, 1);
    fonts->cache->buffer = hb_buffer_create();
    fonts->cache->labels = gs_labels_new();
    fonts->cache->words = gs_words_new();
    fonts->cache->missing =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return fonts;
}

/* `complete` says whether every role has a face. */
static struct gs_fonts *load(const char *path, enum gs_outlines outlines,
        struct gs_diag *diag, bool *complete)
{
    struct gs_fonts *fonts = new_fonts(path, outlines);
    fonts->list = gs_font_list_load(fonts->arena, path, diag);
    if (fonts->list == NULL) {
        gs_fonts_free(fonts);
        return NULL;
    }
    make_entries(fonts);
    make_fallback(fonts);
    *complete = make_roles(fonts, diag);
    return fonts;
}

struct gs_fonts *gs_fonts_load(
        const char *path, enum gs_outlines outlines, struct gs_diag *diag)
{
    bool complete = false;
    struct gs_fonts *fonts = load(path, outlines, diag, &complete);
    if (fonts != NULL && !complete) {
        gs_fonts_free(fonts);
        return NULL;
    }
    return fonts;
}

struct gs_fonts *gs_fonts_survey(
        const char *path, enum gs_outlines outlines, struct gs_diag *diag)
{
    bool complete = false;
    return load(path, outlines, diag, &complete);
}

static void free_palettes(struct gs_palette *palette)
{
    while (palette != NULL) {
        struct gs_palette *next = palette->next;
        gs_palette_free(palette);
        palette = next;
    }
}

static void free_scratch(struct gs_scratch *scratch)
{
    while (scratch != NULL) {
        struct gs_scratch *next = scratch->next;
        gs_scratch_free(scratch);
        scratch = next;
    }
}

void gs_fonts_free(struct gs_fonts *fonts)
{
    if (fonts == NULL) {
        return;
    }
    g_hash_table_destroy(fonts->cache->missing);
    hb_buffer_destroy(fonts->cache->buffer);
    free_scratch(fonts->cache->free);
    free_palettes(fonts->cache->palettes);
    gs_labels_free(fonts->cache->labels);
    gs_words_free(fonts->cache->words);
    g_free(fonts->cache);
    g_ptr_array_free(fonts->faces, TRUE);
    gs_arena_free(fonts->arena);
    g_free(fonts->name);
    g_free(fonts);
}

static const struct role *find_role(
        const struct gs_fonts *fonts, const char *name)
{
    for (size_t i = 0; i < fonts->role_count; i++) {
        if (strcmp(fonts->roles[i].name, name) == 0) {
            return &fonts->roles[i];
        }
    }
    return NULL;
}

bool gs_fonts_has_role(const struct gs_fonts *fonts, const char *role)
{
    return find_role(fonts, role) != NULL;
}

size_t gs_fonts_count(const struct gs_fonts *fonts)
{
    return fonts->entry_count;
}

struct gs_font_entry gs_fonts_entry(const struct gs_fonts *fonts, size_t index)
{
    g_assert(index < fonts->entry_count);
    return fonts->entries[index];
}

const struct gs_chain *gs_fonts_chain(
        const struct gs_fonts *fonts, const char *role, bool bold)
{
    const struct role *found = find_role(fonts, role);
    return found != NULL ? &found->chains[bold] : &fonts->fallback;
}

const char *gs_fonts_name(const struct gs_fonts *fonts)
{
    return fonts->name;
}

hb_buffer_t *gs_fonts_buffer(const struct gs_fonts *fonts)
{
    hb_buffer_clear_contents(fonts->cache->buffer);
    return fonts->cache->buffer;
}

struct gs_scratch *gs_fonts_take_scratch(const struct gs_fonts *fonts)
{
    struct gs_scratch *scratch = fonts->cache->free;
    if (scratch == NULL) {
        return gs_scratch_new();
    }
    fonts->cache->free = scratch->next;
    scratch->summed = scratch->marked = false;
    scratch->forced_from = 1;
    scratch->forced = 0; /* of none */
    return scratch;
}

void gs_fonts_return_scratch(
        const struct gs_fonts *fonts, struct gs_scratch *scratch)
{
    gs_scratch_shrink(scratch);
    scratch->next = fonts->cache->free;
    fonts->cache->free = scratch;
}

struct gs_palette **gs_fonts_palettes(const struct gs_fonts *fonts)
{
    return &fonts->cache->palettes;
}

struct gs_labels *gs_fonts_labels(const struct gs_fonts *fonts)
{
    return fonts->cache->labels;
}

struct gs_words *gs_fonts_words(const struct gs_fonts *fonts)
{
    return fonts->cache->words;
}

bool gs_fonts_note_missing(const struct gs_fonts *fonts,
        const struct gs_diag *diag, const char *role, uint32_t code,
        const struct gs_origin *origin)
{
    struct cache *cache = fonts->cache;
    /* A diag without errors is another one, though at the same address. */
    if (cache->missing_diag != diag || gs_diag_errors(diag) == 0 ||
            g_hash_table_size(cache->missing) >= MISSING_MAX) {
        g_hash_table_remove_all(cache->missing);
        cache->missing_diag = diag;
    }
    char *key = g_strdup_printf("%s|%X|%p|%u:%u|%s", role, code,
            (const void *)origin->loc.source, origin->loc.line,
            origin->loc.column, origin->path != NULL ? origin->path : "");
    return g_hash_table_add(cache->missing, key);
}
