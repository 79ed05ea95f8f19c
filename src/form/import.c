/*
 * Files of a layout, and the definitions in them.
 *
 * A file is found beside the one that imports it or in the layout folders, and
 * never outside of those.  One that is imported from two sides is read once.
 */
#include "form/compile.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "xml/xml.h"

const char *gs_folder_of(struct gs_arena *arena, const char *file)
{
    char *folder = g_path_get_dirname(file);
    const char *copy = gs_arena_strdup(arena, folder);
    g_free(folder);
    return copy;
}

bool gs_root_check(struct gs_compiler *compiler, const struct gs_xml *xml,
        const char *name)
{
    const struct gs_node *root = gs_xml_root(xml);
    if (strcmp(gs_node_name(root), name) != 0
            || strcmp(gs_node_namespace(root), GS_LAYOUT_NAMESPACE) != 0) {
        gs_report(compiler, GS_DIAG_NOT_A_LAYOUT, gs_node_loc(root),
                GS_ARGS(gs_node_name(root), name));
        return false;
    }
    if (gs_xml_source(xml)->size > GS_FORM_SIZE_MAX) {
        gs_report(compiler, GS_DIAG_LAYOUT_TOO_LARGE, gs_node_loc(root),
                GS_ARGS(G_STRINGIFY(GS_FORM_SIZE_MAX), "bytes"));
        return false;
    }
    return true;
}

/* --- imports --------------------------------------------------------------- */

/* Below a folder, whatever the folder is: nothing that climbs. */
static bool is_inside(const char *href)
{
    char **parts = g_strsplit(href, "/", -1);
    bool inside = !g_path_is_absolute(href);
    for (size_t i = 0; inside && parts[i] != NULL; i++) {
        inside = strcmp(parts[i], "..") != 0;
    }
    g_strfreev(parts);
    return inside;
}

/*
 * The file that `href` names, and in *folder the one it was found in.  NULL
 * without a diagnostic where there is none.
 */
static char *find_file(struct gs_compiler *compiler, const char *href,
        const char *beside, const char **folder)
{
    size_t i = 0;
    const char *at = beside;
    if (at == NULL) {
        at = compiler->path[i++];
    }
    for (; at != NULL; at = compiler->path[i++]) {
        char *file = g_build_filename(at, href, NULL);
        bool there = g_file_test(file, G_FILE_TEST_IS_REGULAR);
        char *copy = there ? gs_arena_strdup(compiler->arena, file) : NULL;
        g_free(file);
        if (there) {
            *folder = at;
            return copy;
        }
    }
    return NULL;
}

static void report_no_file(struct gs_compiler *compiler,
        const struct gs_node *node, const char *href, const char *beside)
{
    GString *folders = g_string_new(beside);
    for (size_t i = 0; compiler->path[i] != NULL; i++) {
        if (folders->len > 0) {
            g_string_append(folders, ", ");
        }
        g_string_append(folders, compiler->path[i]);
    }
    compiler->import_failed = true;
    gs_report_value(compiler, GS_DIAG_IMPORT, node, "href",
            GS_ARGS(href, folders->len > 0 ? folders->str : NULL));
    g_string_free(folders, TRUE);
}

/* Whether a file is to be read now: neither read before nor being read. */
static bool is_new(struct gs_compiler *compiler, const struct gs_node *node,
        const char *href, const char *file)
{
    for (guint i = 0; i < compiler->reading->len; i++) {
        if (strcmp(g_ptr_array_index(compiler->reading, i), file) == 0) {
            gs_report_value(compiler, GS_DIAG_CYCLE, node, "href",
                    GS_ARGS("import", href));
            return false;
        }
    }
    if (g_hash_table_contains(compiler->files, file)) {
        return false;
    }
    if (g_hash_table_size(compiler->files) == GS_FORM_FILES_MAX) {
        gs_report_value(compiler, GS_DIAG_LAYOUT_TOO_LARGE, node, "href",
                GS_ARGS(G_STRINGIFY(GS_FORM_FILES_MAX), "imports"));
        return false;
    }
    return true;
}

static void import(struct gs_compiler *compiler, const struct gs_node *node,
        const char *beside)
{
    const char *href = gs_node_find_attribute(node, "href");
    const char *folder = NULL;
    if (href == NULL || gs_is_blank(href)) {
        return;
    }
    char *found = is_inside(href)
            ? find_file(compiler, href, beside, &folder)
            : NULL;
    if (found == NULL) {
        report_no_file(compiler, node, href, beside);
        return;
    }
    struct gs_loc loc = gs_node_attribute_loc(node, "href", 0);
    char *file = gs_file_resolve(
            compiler->arena, folder, folder, href, loc, compiler->diag);
    if (file == NULL || !is_new(compiler, node, href, file)) {
        return;
    }
    g_hash_table_add(compiler->files, file);
    const struct gs_xml *xml =
            gs_xml_load(compiler->arena, found, compiler->diag);
    if (xml == NULL) {
        return;
    }
    if (!gs_root_check(compiler, xml, "fragments")) {
        return;
    }
    g_ptr_array_add(compiler->reading, file);
    gs_import_root(compiler, gs_xml_root(xml),
            gs_folder_of(compiler->arena, found), true);
    g_ptr_array_set_size(
            compiler->reading, (int)compiler->reading->len - 1);
}

/* --- definitions ----------------------------------------------------------- */

/*
 * Puts a definition under its name.  False for one without a name, or with one
 * that is taken: `other` is the node that has it.
 */
static bool claim(struct gs_compiler *compiler, const struct gs_node *node,
        const struct gs_node *other)
{
    if (other == NULL) {
        return true;
    }
    struct gs_loc first = gs_node_loc(other);
    gs_report_value(compiler, GS_DIAG_DUPLICATE_NAME, node, "name",
            GS_ARGS(gs_node_name(node), gs_node_find_attribute(node, "name"),
                    gs_arena_printf(compiler->arena, "%s:%u",
                            first.source != NULL ? first.source->name : "-",
                            first.line)));
    return false;
}

static void define_style(
        struct gs_compiler *compiler, const struct gs_node *node, char *name)
{
    const struct gs_style_def *old =
            g_hash_table_lookup(compiler->styles, name);
    if (claim(compiler, node, old != NULL ? old->node : NULL)) {
        struct gs_style_def *def =
                GS_MAKE(compiler->arena, struct gs_style_def);
        def->name = name;
        def->node = node;
        g_hash_table_insert(compiler->styles, name, def);
        g_ptr_array_add(compiler->style_list, def);
    }
}

static void define_format(
        struct gs_compiler *compiler, const struct gs_node *node, char *name)
{
    const struct gs_format_def *old =
            g_hash_table_lookup(compiler->formats, name);
    if (claim(compiler, node, old != NULL ? old->node : NULL)) {
        struct gs_format_def *def =
                GS_MAKE(compiler->arena, struct gs_format_def);
        def->name = name;
        def->node = node;
        g_hash_table_insert(compiler->formats, name, def);
        g_ptr_array_add(compiler->format_list, def);
    }
}

static void define_page(struct gs_compiler *compiler,
        const struct gs_node *node, char *name, bool imported)
{
    const struct gs_page_def *old = g_hash_table_lookup(compiler->pages, name);
    if (claim(compiler, node, old != NULL ? old->node : NULL)) {
        struct gs_page_def *def = GS_MAKE(compiler->arena, struct gs_page_def);
        def->name = name;
        def->node = node;
        g_hash_table_insert(compiler->pages, name, def);
        g_ptr_array_add(compiler->page_list, def);
        if (!imported && compiler->first_page == NULL) {
            compiler->first_page = def;
        }
    }
}

static void define_fragment(struct gs_compiler *compiler,
        const struct gs_node *node, char *name, bool imported)
{
    const struct gs_fragment_def *old =
            g_hash_table_lookup(compiler->fragments, name);
    if (claim(compiler, node, old != NULL ? old->node : NULL)) {
        struct gs_fragment_def *def =
                GS_MAKE(compiler->arena, struct gs_fragment_def);
        def->name = name;
        def->node = node;
        def->imported = imported;
        g_hash_table_insert(compiler->fragments, name, def);
        g_ptr_array_add(compiler->fragment_list, def);
    }
}

static void define(struct gs_compiler *compiler, const struct gs_node *node,
        enum gs_element element, bool imported)
{
    const char *text = gs_node_find_attribute(node, "name");
    if (text == NULL || gs_is_blank(text)) {
        return;
    }
    char *name = gs_arena_strdup(compiler->arena, text);
    if (element == GS_ELEMENT_STYLE) {
        define_style(compiler, node, name);
    } else if (element == GS_ELEMENT_FORMAT) {
        define_format(compiler, node, name);
    } else if (element == GS_ELEMENT_PAGE) {
        define_page(compiler, node, name, imported);
    } else if (element == GS_ELEMENT_FRAGMENT) {
        define_fragment(compiler, node, name, imported);
    }
}

void gs_import_root(struct gs_compiler *compiler, const struct gs_node *root,
        const char *folder, bool imported)
{
    const struct gs_element_rule *root_rule =
            gs_grammar_find(gs_node_name(root));
    struct gs_site site = {.place = root_rule->content, .parent = root};

    gs_attr_check(compiler, root, root_rule);
    const struct gs_node *node = gs_node_first_child(root);
    for (; node != NULL; node = gs_node_next(node)) {
        if (gs_node_kind(node) == GS_NODE_TEXT) {
            gs_text_check(compiler, node, &site);
            continue;
        }
        const struct gs_element_rule *rule =
                gs_element_check(compiler, node, &site);
        if (rule == NULL) {
            continue;
        }
        gs_attr_check(compiler, node, rule);
        if (rule->element == GS_ELEMENT_IMPORT) {
            import(compiler, node, folder);
        } else {
            define(compiler, node, rule->element, imported);
        }
        if (rule->content == 0) {
            gs_check_empty(compiler, node);
        }
    }
}
