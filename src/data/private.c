/*
 * Private use: reads pua.xml, and replaces what it lists.
 */
#include "data/private.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "xml/xml.h"

#define NAMESPACE "urn:gongshi:private-use:1"

/* More than all of the old GBK's. */
#define ENTRIES_MAX 140000

struct entry {
    gunichar from;
    const char *to;
    struct gs_loc loc;
};

struct gs_private_use {
    struct entry *entries; /* sorted */
    size_t count;
};

struct reader {
    struct gs_arena *arena;
    struct gs_diag *diag;
    GArray *entries;
    bool ok;
};

static bool is_private(gunichar code)
{
    return (code >= 0xE000 && code <= 0xF8FF) ||
            (code >= 0xF0000 && code <= 0xFFFFD) ||
            (code >= 0x100000 && code <= 0x10FFFD);
}

/* "U+E000", or the character itself; 0 for neither. */
static gunichar read_code(const char *value)
{
    if (g_str_has_prefix(value, "U+")) {
        guint64 code = 0;
        return g_ascii_string_to_unsigned(
                       value + 2, 16, 1, 0x10FFFF, &code, NULL) &&
                        g_unichar_validate((gunichar)code)
                ? (gunichar)code
                : 0;
    }
    const gunichar code = g_utf8_get_char(value);
    return code != 0 && *g_utf8_find_next_char(value, NULL) == '\0' ? code : 0;
}

static const char *attribute(
        struct reader *reader, const struct gs_node *node, const char *name)
{
    const char *value = gs_node_find_attribute(node, name);
    if (value == NULL || value[0] == '\0') {
        gs_diag_add(reader->diag, GS_DIAG_MISSING_ATTRIBUTE, gs_node_loc(node),
                GS_ARGS(gs_node_name(node), name));
        reader->ok = false;
        return NULL;
    }
    return value;
}

static void bad_value(struct reader *reader, const struct gs_node *node,
        const char *name, const char *value, const char *expected)
{
    gs_diag_add(reader->diag, GS_DIAG_BAD_VALUE,
            gs_node_attribute_loc(node, name, 0),
            GS_ARGS(value, name, expected));
    reader->ok = false;
}

/* What stands for it: a code point, or text without private ones. */
static const char *read_target(
        struct reader *reader, const struct gs_node *node, const char *value)
{
    char utf8[8] = "";
    if (g_str_has_prefix(value, "U+") && read_code(value) != 0) {
        utf8[g_unichar_to_utf8(read_code(value), utf8)] = '\0';
        value = utf8;
    }
    for (const char *at = value; *at != '\0'; at = g_utf8_find_next_char(at, NULL)) {
        if (is_private(g_utf8_get_char(at))) {
            bad_value(reader, node, "to", value, "U+4E00, 一");
            return NULL;
        }
    }
    return gs_arena_strdup(reader->arena, value);
}

static void read_map(struct reader *reader, const struct gs_node *node)
{
    const char *from = attribute(reader, node, "from");
    const char *to = attribute(reader, node, "to");
    if (from == NULL || to == NULL || reader->entries->len == ENTRIES_MAX) {
        reader->ok = false;
        return;
    }
    const struct entry entry = {
            .from = read_code(from),
            .to = read_target(reader, node, to),
            .loc = gs_node_loc(node),
    };
    if (!is_private(entry.from)) {
        bad_value(reader, node, "from", from, "U+E000 … U+F8FF");
    }
    g_array_append_val(reader->entries, entry);
}

static void read_root(struct reader *reader, const struct gs_node *root)
{
    for (const struct gs_node *at = gs_node_first_child(root); at != NULL;
            at = gs_node_next(at)) {
        if (gs_node_kind(at) == GS_NODE_TEXT) {
            continue; /* white space, or a remark */
        }
        if (strcmp(gs_node_name(at), "map") == 0 &&
                strcmp(gs_node_namespace(at), NAMESPACE) == 0) {
            read_map(reader, at);
        } else {
            gs_diag_add(reader->diag, GS_DIAG_UNKNOWN_ELEMENT, gs_node_loc(at),
                    GS_ARGS(gs_node_name(at), gs_node_name(root), "<map>"));
            reader->ok = false;
        }
    }
}

static int compare(const void *a, const void *b)
{
    const struct entry *one = a, *two = b;
    return one->from < two->from ? -1 : one->from > two->from;
}

static void check_twice(struct reader *reader)
{
    for (guint i = 1; i < reader->entries->len; i++) {
        const struct entry *entry =
                &g_array_index(reader->entries, struct entry, i);
        if (entry->from == entry[-1].from) {
            char name[16], line[16];
            g_snprintf(name, sizeof name, "U+%04X", entry->from);
            g_snprintf(line, sizeof line, "%u", entry[-1].loc.line);
            gs_diag_add(reader->diag, GS_DIAG_DUPLICATE_NAME, entry->loc,
                    GS_ARGS("map", name, line));
            reader->ok = false;
        }
    }
}

const struct gs_private_use *gs_private_use_load(
        struct gs_arena *arena, const char *path, struct gs_diag *diag)
{
    struct gs_private_use *table = GS_MAKE(arena, struct gs_private_use);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        return table;
    }
    const struct gs_xml *xml = gs_xml_load(arena, path, diag);
    if (xml == NULL) {
        return NULL;
    }
    struct reader reader = {
            .arena = arena,
            .diag = diag,
            .entries = g_array_new(FALSE, FALSE, sizeof(struct entry)),
            .ok = true,
    };
    read_root(&reader, gs_xml_root(xml));
    g_array_sort(reader.entries, compare);
    check_twice(&reader);
    table->count = reader.entries->len;
    table->entries = GS_MAKE_ARRAY(arena, struct entry, table->count + 1);
    memcpy(table->entries, reader.entries->data,
            table->count * sizeof(struct entry));
    g_array_free(reader.entries, TRUE);
    return reader.ok ? table : NULL;
}

static const char *find(const struct gs_private_use *table, gunichar code)
{
    const struct entry key = {.from = code};
    const struct entry *found = bsearch(&key, table->entries, table->count,
            sizeof key, compare);
    return found != NULL ? found->to : NULL;
}

const char *gs_private_use_replace(struct gs_arena *arena,
        const struct gs_private_use *table, const char *text)
{
    if (table == NULL || table->count == 0) {
        return text;
    }
    GString *out = NULL;
    for (const char *at = text; *at != '\0'; at = g_utf8_find_next_char(at, NULL)) {
        const gunichar code = g_utf8_get_char(at);
        const char *to = is_private(code) ? find(table, code) : NULL;
        if (to != NULL && out == NULL) {
            out = g_string_new_len(text, at - text);
        }
        if (to != NULL) {
            g_string_append(out, to);
        } else if (out != NULL) {
            g_string_append_unichar(out, code);
        }
    }
    if (out == NULL) {
        return text;
    }
    const char *kept = gs_arena_strndup(arena, out->str, out->len);
    g_string_free(out, TRUE);
    return kept;
}
