/*
 * Forms: from a file or memory to a compiled layout.
 */
#include "form/form.h"

#include <string.h>

#include "base/arena.h"
#include "form/attr.h"
#include "form/compile.h"
#include "form/near.h"
#include "xml/xml.h"

/* --- compiler -------------------------------------------------------------- */

static void begin(struct gs_compiler *compiler, struct gs_arena *arena,
        const char *const *path, struct gs_diag *diag)
{
    static const char *const no_path[] = {NULL};
    *compiler = (struct gs_compiler){
            .arena = arena,
            .diag = diag,
            .errors_before = gs_diag_errors(diag),
            .path = path != NULL ? path : no_path,
            .files = g_hash_table_new(g_str_hash, g_str_equal),
            .reading = g_ptr_array_new(),
            .styles = g_hash_table_new(g_str_hash, g_str_equal),
            .formats = g_hash_table_new(g_str_hash, g_str_equal),
            .fragments = g_hash_table_new(g_str_hash, g_str_equal),
            .pages = g_hash_table_new(g_str_hash, g_str_equal),
            .style_list = g_ptr_array_new(),
            .format_list = g_ptr_array_new(),
            .fragment_list = g_ptr_array_new(),
            .page_list = g_ptr_array_new(),
            .reported = g_hash_table_new(g_str_hash, g_str_equal),
            .xpaths = g_hash_table_new(g_str_hash, g_str_equal),
    };
}

static void end(struct gs_compiler *compiler)
{
    g_hash_table_destroy(compiler->files);
    g_ptr_array_free(compiler->reading, TRUE);
    g_hash_table_destroy(compiler->styles);
    g_hash_table_destroy(compiler->formats);
    g_hash_table_destroy(compiler->fragments);
    g_hash_table_destroy(compiler->pages);
    g_ptr_array_free(compiler->style_list, TRUE);
    g_ptr_array_free(compiler->format_list, TRUE);
    g_ptr_array_free(compiler->fragment_list, TRUE);
    g_ptr_array_free(compiler->page_list, TRUE);
    g_hash_table_destroy(compiler->reported);
    g_hash_table_destroy(compiler->xpaths);
}

/* --- a layout -------------------------------------------------------------- */

/* A child of the root that may stand there once; NULL where it is missing. */
static const struct gs_node *find_only(struct gs_compiler *compiler,
        const struct gs_node *root, const char *name)
{
    const struct gs_node *found = NULL;
    const struct gs_node *child = gs_node_first_child(root);
    for (; child != NULL; child = gs_node_next(child)) {
        if (gs_node_kind(child) != GS_NODE_ELEMENT
                || strcmp(gs_node_name(child), name) != 0
                || strcmp(gs_node_namespace(child), GS_LAYOUT_NAMESPACE) != 0) {
            continue;
        }
        if (found == NULL) {
            found = child;
        } else {
            gs_report(compiler, GS_DIAG_REPEATED_ELEMENT, gs_node_loc(child),
                    GS_ARGS(name, "layout"));
        }
    }
    return found;
}

static void compile_metadata(struct gs_compiler *compiler,
        const struct gs_node *root, const struct gs_site *site,
        struct gs_form *form)
{
    const struct gs_node *node = find_only(compiler, root, "metadata");
    if (node != NULL) {
        form->title = gs_pattern_attribute(compiler, node, "title", site);
        form->author = gs_pattern_attribute(compiler, node, "author", site);
        form->subject = gs_pattern_attribute(compiler, node, "subject", site);
        form->keywords =
                gs_pattern_attribute(compiler, node, "keywords", site);
        form->number = gs_pattern_attribute(compiler, node, "number", site);
        form->date = gs_pattern_attribute(compiler, node, "date", site);
    }
}

static void compile_body(struct gs_compiler *compiler,
        const struct gs_node *root, const struct gs_site *site,
        struct gs_form *form)
{
    const struct gs_node *body = find_only(compiler, root, "body");
    if (body == NULL) {
        gs_report(compiler, GS_DIAG_MISSING_ELEMENT, gs_node_loc(root),
                GS_ARGS("layout", "body"));
        return;
    }
    struct gs_site inner = gs_site_inside(site, body, GS_PLACE_BODY);
    gs_look_enter(compiler, &inner, body, &gs_grammar[GS_ELEMENT_BODY]);
    form->body = gs_compile_content(compiler, body, &inner);
}

static struct gs_form *compile_layout(struct gs_compiler *compiler,
        const char *name, const struct gs_xml *xml, const char *folder)
{
    const struct gs_node *root = gs_xml_root(xml);
    struct gs_form *form = GS_MAKE(compiler->arena, struct gs_form);
    struct gs_site site = {
            .parent = root,
            .look = gs_look_base(),
            .style = gs_look_work_out(compiler, gs_look_base()),
    };
    const char *own_name = gs_node_find_attribute(root, "name");

    form->name = own_name != NULL ? own_name
                                  : gs_arena_strdup(compiler->arena, name);
    form->lang = gs_node_find_attribute(root, "lang");
    form->source = gs_xml_source(xml);
    gs_import_root(compiler, root, folder, false);
    gs_styles_resolve(compiler);
    gs_formats_compile(compiler);
    gs_pages_compile(compiler);
    form->page = gs_page_default(compiler);
    compile_metadata(compiler, root, &site, form);
    compile_body(compiler, root, &site, form);
    gs_check_unused(compiler, &site);
    return form;
}

static const struct gs_form *compile(struct gs_arena *arena, const char *name,
        const struct gs_xml *xml, const char *folder, const char *const *path,
        struct gs_diag *diag)
{
    struct gs_compiler compiler;
    struct gs_form *form = NULL;

    begin(&compiler, arena, path, diag);
    if (gs_root_check(&compiler, xml, "layout")) {
        form = compile_layout(&compiler, name, xml, folder);
    }
    end(&compiler);
    if (form == NULL || gs_diag_errors(diag) > compiler.errors_before) {
        return NULL;
    }
    gs_form_find_streams(arena, form);
    return form;
}

/* --- finding layouts ------------------------------------------------------- */

static bool is_layout(const struct gs_node *root)
{
    return strcmp(gs_node_name(root), "layout") == 0
            && strcmp(gs_node_namespace(root), GS_LAYOUT_NAMESPACE) == 0;
}

/* Whether a file is a layout; *description is what it says it is for. */
static bool peek(struct gs_arena *arena, const char *file,
        const char **description)
{
    struct gs_diag *quiet = gs_diag_new();
    struct gs_arena *scratch = gs_arena_new();
    const struct gs_xml *xml = gs_xml_load(scratch, file, quiet);
    bool good = xml != NULL && is_layout(gs_xml_root(xml));

    if (good && description != NULL) {
        const char *text =
                gs_node_find_attribute(gs_xml_root(xml), "description");
        *description = text != NULL ? gs_arena_strdup(arena, text) : NULL;
    }
    gs_arena_free(scratch);
    gs_diag_free(quiet);
    return good;
}

static void list_folder(
        struct gs_arena *arena, const char *folder, GHashTable *names)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    const char *entry;
    if (dir == NULL) {
        return;
    }
    while ((entry = g_dir_read_name(dir)) != NULL) {
        if (!g_str_has_suffix(entry, ".xml")
                || !g_utf8_validate(entry, -1, NULL)) {
            continue;
        }
        char *file = g_build_filename(folder, entry, NULL);
        if (peek(arena, file, NULL)) {
            g_hash_table_add(names,
                    gs_arena_strndup(
                            arena, entry, strlen(entry) - strlen(".xml")));
        }
        g_free(file);
    }
    g_dir_close(dir);
}

const char *const *gs_form_list(
        struct gs_arena *arena, const char *const *path)
{
    GHashTable *names = g_hash_table_new(g_str_hash, g_str_equal);
    for (; path != NULL && *path != NULL; path++) {
        list_folder(arena, *path, names);
    }
    GArray *sorted = gs_sorted_keys(names);
    const char **list = GS_MAKE_ARRAY(arena, const char *, sorted->len + 1);
    for (guint i = 0; i < sorted->len; i++) {
        list[i] = gs_name_list(sorted)[i];
    }
    g_array_free(sorted, TRUE);
    g_hash_table_destroy(names);
    return list;
}

/* The file of layout `name` in the folders, or NULL. */
static const char *find_file(
        struct gs_arena *arena, const char *name, const char *const *path)
{
    const char *found = NULL;
    char *entry = g_strconcat(name, ".xml", NULL);
    for (; found == NULL && path != NULL && *path != NULL; path++) {
        char *file = g_build_filename(*path, entry, NULL);
        if (g_file_test(file, G_FILE_TEST_IS_REGULAR)) {
            found = gs_arena_strdup(arena, file);
        }
        g_free(file);
    }
    g_free(entry);
    return found;
}

static bool is_file_name(const char *name)
{
    return strchr(name, '/') != NULL || g_str_has_suffix(name, ".xml");
}

const char *gs_form_description(
        struct gs_arena *arena, const char *name, const char *const *path)
{
    const char *description = NULL;
    const char *file =
            is_file_name(name) ? name : find_file(arena, name, path);
    if (file != NULL) {
        peek(arena, file, &description);
    }
    return description;
}

static void report_unknown(struct gs_arena *arena, const char *name,
        const char *const *path, struct gs_loc loc, struct gs_diag *diag)
{
    const char *const *names = gs_form_list(arena, path);
    size_t count = 0;
    while (names[count] != NULL) {
        count++;
    }
    const char *list = gs_join(arena, names, count, ", ");
    gs_diag_add(diag, GS_DIAG_UNKNOWN_LAYOUT, loc,
            GS_ARGS(name, list, list != NULL ? gs_near(name, names, count)
                                             : NULL));
}

const struct gs_form *gs_form_load(struct gs_arena *arena, const char *name,
        const char *const *path, struct gs_loc loc, struct gs_diag *diag)
{
    const char *file =
            is_file_name(name) ? name : find_file(arena, name, path);
    if (file == NULL || !g_file_test(file, G_FILE_TEST_EXISTS)) {
        report_unknown(arena, name, path, loc, diag);
        return NULL;
    }
    const struct gs_xml *xml = gs_xml_load(arena, file, diag);
    return xml != NULL
            ? compile(arena, name, xml, gs_folder_of(arena, file), path, diag)
            : NULL;
}

const struct gs_form *gs_form_parse(struct gs_arena *arena, const char *name,
        const char *bytes, size_t size, const char *const *path,
        struct gs_diag *diag)
{
    const struct gs_xml *xml = gs_xml_parse(arena, name, bytes, size, diag);
    return xml != NULL ? compile(arena, name, xml, NULL, path, diag) : NULL;
}
