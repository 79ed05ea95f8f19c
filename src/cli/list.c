/*
 * layouts and fonts: what there is to choose from.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "api/engine.h"
#include "base/arena.h"
#include "base/diag.h"
#include "base/lang.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/words.h"
#include "text/fonts.h"
#include "write/writer.h"
#include "xml/xml.h"

#define LAYOUT_NAMESPACE "urn:gongshi:layout:1"

/* --- layouts --------------------------------------------------------------- */

struct listed_layout {
    const char *name, *title;
};

/* Words of the metadata that do not depend on the data, or "". */
static const char *find_title(const struct gs_node *root)
{
    static const char *const attributes[] = {"title", "subject"};
    const struct gs_node *node = gs_node_first_child(root);
    while (node != NULL &&
            !(gs_node_kind(node) == GS_NODE_ELEMENT &&
                    strcmp(gs_node_name(node), "metadata") == 0)) {
        node = gs_node_next(node);
    }
    for (size_t i = 0; node != NULL && i < G_N_ELEMENTS(attributes); i++) {
        const char *title = gs_node_find_attribute(node, attributes[i]);
        if (title != NULL && strchr(title, '{') == NULL) {
            return title;
        }
    }
    return "";
}

/* A file that holds shared fragments is no layout. */
static void list_file(const struct gs_cli *cli, const char *path,
        const char *name, GHashTable *seen, GArray *layouts)
{
    const struct gs_xml *xml = gs_xml_load(cli->arena, path, cli->diag);
    if (xml == NULL) {
        return;
    }
    const struct gs_node *root = gs_xml_root(xml);
    if (strcmp(gs_node_name(root), "layout") == 0 &&
            strcmp(gs_node_namespace(root), LAYOUT_NAMESPACE) == 0) {
        const char *kept = gs_arena_strndup(
                cli->arena, name, strlen(name) - strlen(".xml"));
        struct listed_layout layout = {kept, find_title(root)};
        g_hash_table_add(seen, g_strdup(name));
        g_array_append_val(layouts, layout);
    }
}

static int compare_strings(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In order of names, so that diagnostics come in the same order everywhere. */
static GPtrArray *read_folder(const char *folder)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    GDir *dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        if (g_str_has_suffix(name, ".xml") && name[0] != '.') {
            g_ptr_array_add(names, g_strdup(name));
        }
    }
    if (dir != NULL) {
        g_dir_close(dir);
    }
    g_ptr_array_sort(names, compare_strings);
    return names;
}

static void list_folder(const struct gs_cli *cli, const char *folder,
        GHashTable *seen, GArray *layouts)
{
    GPtrArray *names = read_folder(folder);
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        if (!g_hash_table_contains(seen, name)) {
            char *path = g_build_filename(folder, name, NULL);
            list_file(cli, path, name, seen, layouts);
            g_free(path);
        }
    }
    g_ptr_array_free(names, TRUE);
}

static int compare_names(const void *a, const void *b)
{
    const struct listed_layout *first = a, *second = b;
    return strcmp(first->name, second->name);
}

int gs_cli_layouts(const struct gs_cli *cli)
{
    const char *const *folders = gs_engine_layouts(cli->engine);
    GHashTable *seen =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GArray *layouts = g_array_new(FALSE, FALSE, sizeof(struct listed_layout));
    size_t width = 0;

    for (size_t i = 0; folders[i] != NULL; i++) {
        list_folder(cli, folders[i], seen, layouts);
    }
    g_array_sort(layouts, compare_names);
    for (guint i = 0; i < layouts->len; i++) {
        const char *name = g_array_index(layouts, struct listed_layout, i).name;
        width = MAX(width, strlen(name));
    }
    for (guint i = 0; i < layouts->len; i++) {
        const struct listed_layout *layout =
                &g_array_index(layouts, struct listed_layout, i);
        if (layout->title[0] == '\0') {
            printf("%s\n", layout->name);
        } else {
            printf("%-*s  %s\n", (int)width, layout->name, layout->title);
        }
    }
    g_array_free(layouts, TRUE);
    g_hash_table_destroy(seen);
    return gs_cli_status(cli->diag);
}

/* --- fonts ----------------------------------------------------------------- */

/* What is to be said of a face besides its file. */
static const char *describe_face(
        const struct gs_cli *cli, const struct gs_font_entry *entry)
{
    GString *words = g_string_new(NULL);
    if (entry->bold) {
        g_string_append_printf(
                words, "  [%s]", gs_lang_text(cli->lang, N_("bold")));
    }
    if (entry->standin) {
        g_string_append_printf(
                words, "  [%s]", gs_lang_text(cli->lang, N_("stand-in")));
    }
    const char *kept = gs_arena_strndup(cli->arena, words->str, words->len);
    g_string_free(words, TRUE);
    return kept;
}

static const char *describe_place(
        const struct gs_cli *cli, const struct gs_font_entry *entry)
{
    if (entry->path != NULL) {
        return entry->path;
    }
    if (entry->package == NULL) {
        return gs_lang_text(cli->lang, N_("missing"));
    }
    return gs_words(cli->arena, cli->lang, N_("missing: install %1"),
            GS_ARGS(entry->package));
}

static void print_faces(const struct gs_cli *cli, const struct gs_fonts *fonts)
{
    const char *role = "";
    for (size_t i = 0; i < gs_fonts_count(fonts); i++) {
        struct gs_font_entry entry = gs_fonts_entry(fonts, i);
        if (strcmp(entry.role, role) != 0) {
            role = entry.role;
            printf("%s\n", role);
        }
        printf("  %-28s %s%s\n", entry.file, describe_place(cli, &entry),
                describe_face(cli, &entry));
    }
}

int gs_cli_fonts(const struct gs_cli *cli)
{
    const char *writer = cli->options->writer;
    const struct gs_writer_ops *ops = gs_writer_find(writer, GS_FORMAT_PDF);
    if (ops == NULL) {
        return gs_cli_usage(cli->arena, cli->lang,
                gs_words(cli->arena, cli->lang,
                        N_("--writer %1: there is no such writer"),
                        GS_ARGS(writer)));
    }
    const char *list = gs_engine_font_list(cli->engine, ops->outlines);
    struct gs_fonts *fonts = gs_fonts_survey(list, ops->outlines, cli->diag);
    if (fonts != NULL) {
        printf("%s\n", list);
        print_faces(cli, fonts);
        gs_fonts_free(fonts);
    }
    return gs_cli_status(cli->diag);
}
