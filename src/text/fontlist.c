/*
 * Font list: reads fonts.xml.  All of its faults are reported in one run.
 */
#include "text/fontlist.h"

#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "xml/xml.h"

#define FONTS_NAMESPACE "urn:gongshi:fonts:1"

/* Bounds far beyond any honest list. */
#define ROLES_MAX 64
#define FACES_MAX 256
#define DIRECTORIES_MAX 64
#define INDEX_MAX 255

struct reader {
    struct gs_arena *arena;
    struct gs_diag *diag;
    const char *folder; /* of the list */
    struct gs_font_list *list;
    size_t faces;
    bool ok;
};

static void bad_value(struct reader *reader, const struct gs_node *node,
        const char *name, const char *value, const char *expected)
{
    reader->ok = false;
    gs_diag_add(reader->diag, GS_DIAG_BAD_VALUE,
            gs_node_attribute_loc(node, name, 0),
            GS_ARGS(value, name, expected));
}

/* `allowed` is a list of words parted by ", ". */
static bool is_listed(const char *allowed, const char *name)
{
    char **words = g_strsplit(allowed, ", ", -1);
    const bool listed = g_strv_contains((const char *const *)words, name);
    g_strfreev(words);
    return listed;
}

static void check_attributes(
        struct reader *reader, const struct gs_node *node, const char *allowed)
{
    for (const struct gs_node *at = gs_node_first_attribute(node); at != NULL;
            at = gs_node_next(at)) {
        if (!is_listed(allowed, gs_node_name(at))) {
            reader->ok = false;
            gs_diag_add(reader->diag, GS_DIAG_UNKNOWN_ATTRIBUTE,
                    gs_node_loc(at),
                    GS_ARGS(gs_node_name(node), gs_node_name(at), allowed));
        }
    }
}

static const char *require(
        struct reader *reader, const struct gs_node *node, const char *name)
{
    const char *value = gs_node_find_attribute(node, name);
    if (value == NULL || value[0] == '\0') {
        reader->ok = false;
        gs_diag_add(reader->diag, GS_DIAG_MISSING_ATTRIBUTE, gs_node_loc(node),
                GS_ARGS(gs_node_name(node), name));
        return NULL;
    }
    return gs_arena_strdup(reader->arena, value);
}

/* One of two words; `word` gives true, `other` or absence false. */
static bool read_choice(struct reader *reader, const struct gs_node *node,
        const char *name, const char *word, const char *other)
{
    const char *value = gs_node_find_attribute(node, name);
    if (value == NULL || strcmp(value, other) == 0) {
        return false;
    }
    if (strcmp(value, word) == 0) {
        return true;
    }
    char *expected = g_strdup_printf("%s, %s", word, other);
    bad_value(reader, node, name, value, expected);
    g_free(expected);
    return false;
}

static int read_index(struct reader *reader, const struct gs_node *node)
{
    const char *value = gs_node_find_attribute(node, "index");
    guint64 index = 0;
    if (value != NULL &&
            !g_ascii_string_to_unsigned(
                    value, 10, 0, INDEX_MAX, &index, NULL)) {
        bad_value(reader, node, "index", value, "0, 1, … 255");
    }
    return (int)index;
}

/* Text is a mistake of the author's, white space apart. */
static void check_text(struct reader *reader, const struct gs_node *node)
{
    const char *text = gs_node_text(reader->arena, node);
    if (text[strspn(text, " \t\r\n")] != '\0') {
        reader->ok = false;
        gs_diag_add(reader->diag, GS_DIAG_MISPLACED_TEXT, gs_node_loc(node),
                GS_ARGS(gs_node_name(gs_node_parent(node)), text));
    }
}

static bool is_element(const struct gs_node *node, const char *name)
{
    return strcmp(gs_node_name(node), name) == 0 &&
            strcmp(gs_node_namespace(node), FONTS_NAMESPACE) == 0;
}

static void unknown_element(
        struct reader *reader, const struct gs_node *node, const char *allowed)
{
    reader->ok = false;
    gs_diag_add(reader->diag, GS_DIAG_UNKNOWN_ELEMENT, gs_node_loc(node),
            GS_ARGS(gs_node_name(node), gs_node_name(gs_node_parent(node)),
                    allowed));
}

/* The characters themselves, white space between them aside. */
static const uint32_t *read_characters(
        struct reader *reader, const struct gs_node *node, const char *name)
{
    const char *value = gs_node_find_attribute(node, name);
    if (value == NULL) {
        return NULL;
    }
    uint32_t *codes = GS_MAKE_ARRAY(
            reader->arena, uint32_t, (size_t)g_utf8_strlen(value, -1) + 1);
    size_t count = 0;
    for (const char *at = value; *at != '\0';
            at = g_utf8_find_next_char(at, NULL)) {
        if (!g_unichar_isspace(g_utf8_get_char(at))) {
            codes[count++] = g_utf8_get_char(at);
        }
    }
    return codes;
}

static void read_face(struct reader *reader, const struct gs_node *node,
        struct gs_listed_role *role)
{
    check_attributes(reader, node,
            "file, index, weight, package, standin, embolden, without, exact");
    const char *file = require(reader, node, "file");
    const char *package = gs_node_find_attribute(node, "package");
    if (file == NULL || ++reader->faces > FACES_MAX) {
        reader->ok = false;
        return;
    }
    role->faces[role->count++] = (struct gs_listed_face){
            .file = file,
            .package = package != NULL ? gs_arena_strdup(reader->arena, package)
                                       : NULL,
            .index = read_index(reader, node),
            .bold = read_choice(reader, node, "weight", "bold", "regular"),
            .standin = read_choice(reader, node, "standin", "yes", "no"),
            .embolden = read_choice(reader, node, "embolden", "yes", "no"),
            .exact = read_choice(reader, node, "exact", "yes", "no"),
            .without = read_characters(reader, node, "without"),
    };
}

static size_t count_children(const struct gs_node *node)
{
    size_t count = 0;
    for (const struct gs_node *at = gs_node_first_child(node); at != NULL;
            at = gs_node_next(at)) {
        count++;
    }
    return count;
}

static void read_faces(struct reader *reader, const struct gs_node *node,
        struct gs_listed_role *role)
{
    role->faces = GS_MAKE_ARRAY(
            reader->arena, struct gs_listed_face, count_children(node) + 1);
    for (const struct gs_node *at = gs_node_first_child(node); at != NULL;
            at = gs_node_next(at)) {
        if (gs_node_kind(at) == GS_NODE_TEXT) {
            check_text(reader, at);
        } else if (is_element(at, "face")) {
            read_face(reader, at, role);
        } else {
            unknown_element(reader, at, "<face>");
        }
    }
}

static const struct gs_listed_role *find_role(
        const struct gs_font_list *list, const char *name)
{
    for (size_t i = 0; i < list->role_count; i++) {
        if (strcmp(list->roles[i].name, name) == 0) {
            return &list->roles[i];
        }
    }
    return NULL;
}

static void read_role(struct reader *reader, const struct gs_node *node)
{
    struct gs_font_list *list = reader->list;
    const bool fallback = is_element(node, "fallback");
    check_attributes(reader, node, fallback ? "" : "name");
    const char *name =
            fallback ? GS_ROLE_FALLBACK : require(reader, node, "name");
    if (name == NULL || list->role_count == ROLES_MAX) {
        reader->ok = false;
        return;
    }
    if (find_role(list, name) != NULL) {
        const struct gs_loc first = find_role(list, name)->loc;
        char *line = g_strdup_printf("%s:%u",
                first.source != NULL ? first.source->name : "-", first.line);
        reader->ok = false;
        gs_diag_add(reader->diag, GS_DIAG_DUPLICATE_NAME, gs_node_loc(node),
                GS_ARGS("role", name, line));
        g_free(line);
        return;
    }
    struct gs_listed_role *role = &list->roles[list->role_count++];
    role->name = name;
    role->loc = gs_node_loc(node);
    read_faces(reader, node, role);
}

/* ~ is the user's home; what is relative is so to the list's folder. */
static void read_directory(struct reader *reader, const struct gs_node *node)
{
    check_attributes(reader, node, "path");
    const char *path = require(reader, node, "path");
    struct gs_font_list *list = reader->list;
    if (path == NULL || list->directory_count == DIRECTORIES_MAX) {
        reader->ok = false;
        return;
    }
    char *full = NULL;
    if (path[0] == '~' && (path[1] == '/' || path[1] == '\0')) {
        full = g_build_filename(g_get_home_dir(), path + 1, NULL);
    } else if (g_path_is_absolute(path)) {
        full = g_strdup(path);
    } else {
        full = g_build_filename(reader->folder, path, NULL);
    }
    list->directories[list->directory_count++] =
            gs_arena_strdup(reader->arena, full);
    g_free(full);
}

static void read_root(struct reader *reader, const struct gs_node *root)
{
    for (const struct gs_node *at = gs_node_first_child(root); at != NULL;
            at = gs_node_next(at)) {
        if (gs_node_kind(at) == GS_NODE_TEXT) {
            check_text(reader, at);
        } else if (is_element(at, "directory")) {
            read_directory(reader, at);
        } else if (is_element(at, "role") || is_element(at, "fallback")) {
            read_role(reader, at);
        } else {
            unknown_element(reader, at, "<directory>, <role>, <fallback>");
        }
    }
}

const struct gs_font_list *gs_font_list_load(
        struct gs_arena *arena, const char *path, struct gs_diag *diag)
{
    const struct gs_xml *xml = gs_xml_load(arena, path, diag);
    if (xml == NULL) {
        return NULL;
    }
    const struct gs_node *root = gs_xml_root(xml);
    if (!is_element(root, "fonts")) {
        gs_diag_add(diag, GS_DIAG_NOT_A_FONT_LIST, gs_node_loc(root),
                GS_ARGS(gs_node_name(root)));
        return NULL;
    }
    struct gs_font_list *list = GS_MAKE(arena, struct gs_font_list);
    list->directories = GS_MAKE_ARRAY(arena, const char *, DIRECTORIES_MAX);
    list->roles = GS_MAKE_ARRAY(arena, struct gs_listed_role, ROLES_MAX);
    char *folder = g_path_get_dirname(path);
    struct reader reader = {
            .arena = arena,
            .diag = diag,
            .folder = folder,
            .list = list,
            .ok = true,
    };
    read_root(&reader, root);
    g_free(folder);
    return reader.ok ? list : NULL;
}
