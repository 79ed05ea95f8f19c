/*
 * fonts --coverage: which face gives each character of a text, role by role, and
 * which characters none has.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/lang.h"
#include "base/words.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "text/fonts.h"

/* Larger texts say nothing new. */
#define TEXT_MAX ((size_t)64 << 20)

/* Characters of a group that are printed. */
#define SHOWN_MAX 40

/* The characters that one face gives, or none does. */
struct group {
    const struct gs_face *face; /* NULL: missing */
    GArray *codes; /* gunichar, in order */
};

/* A file's name, or the text itself. */
static const char *text_of(const struct gs_cli *cli, const char *given)
{
    if (!g_file_test(given, G_FILE_TEST_EXISTS)) {
        return given;
    }
    const char *text = NULL;
    size_t size = 0;
    if (!gs_file_read(cli->arena, given, TEXT_MAX, GS_NO_LOC, cli->diag, &text,
                &size)) {
        return NULL;
    }
    return text;
}

static gint compare_codes(gconstpointer a, gconstpointer b)
{
    const gunichar one = *(const gunichar *)a, two = *(const gunichar *)b;
    return one < two ? -1 : one > two;
}

/* Each character with ink once, in order. */
static GArray *characters_of(const char *text)
{
    GHashTable *seen = g_hash_table_new(NULL, NULL);
    GArray *codes = g_array_new(FALSE, FALSE, sizeof(gunichar));
    for (const char *at = text; *at != '\0'; at = g_utf8_find_next_char(at, NULL)) {
        const gunichar code = g_utf8_get_char(at);
        if (g_unichar_isgraph(code) &&
                g_hash_table_add(seen, GUINT_TO_POINTER(code))) {
            g_array_append_val(codes, code);
        }
    }
    g_array_sort(codes, compare_codes);
    g_hash_table_destroy(seen);
    return codes;
}

static struct group *group_of(GArray *groups, const struct gs_face *face)
{
    for (guint i = 0; i < groups->len; i++) {
        struct group *group = &g_array_index(groups, struct group, i);
        if (group->face == face) {
            return group;
        }
    }
    const struct group group = {
            face, g_array_new(FALSE, FALSE, sizeof(gunichar))};
    g_array_append_val(groups, group);
    return &g_array_index(groups, struct group, groups->len - 1);
}

static void print_given(const struct group *group)
{
    char *name = g_path_get_basename(gs_face_path(group->face));
    GString *shown = g_string_new(NULL);
    for (guint i = 0; i < group->codes->len && i < SHOWN_MAX; i++) {
        g_string_append_unichar(
                shown, g_array_index(group->codes, gunichar, i));
    }
    printf("  %-28s %6u  %s%s\n", name, group->codes->len, shown->str,
            group->codes->len > SHOWN_MAX ? " …" : "");
    g_string_free(shown, TRUE);
    g_free(name);
}

static void print_missing(const struct gs_cli *cli, const struct group *group)
{
    printf("  %-28s %6u\n", gs_lang_text(cli->lang, N_("missing")),
            group->codes->len);
    for (guint i = 0; i < group->codes->len; i++) {
        const gunichar code = g_array_index(group->codes, gunichar, i);
        char utf8[8] = "";
        utf8[g_unichar_to_utf8(code, utf8)] = '\0';
        const char *package = gs_fonts_package_with(code);
        printf("    U+%04X %s%s%s\n", code, utf8, package != NULL ? "  " : "",
                package == NULL
                        ? ""
                        : gs_words(cli->arena, cli->lang,
                                  N_("Debian's package %1 has it"),
                                  GS_ARGS(package)));
    }
}

/* Whether the role has all of them. */
static bool print_role(const struct gs_cli *cli, const struct gs_fonts *fonts,
        const char *role, const GArray *codes)
{
    GArray *groups = g_array_new(FALSE, FALSE, sizeof(struct group));
    for (guint i = 0; i < codes->len; i++) {
        const gunichar code = g_array_index(codes, gunichar, i);
        const struct gs_face *face =
                gs_fonts_face_with(fonts, role, code, cli->diag);
        g_array_append_val(group_of(groups, face)->codes, code);
    }
    printf("%s\n", role);
    bool all = true;
    for (guint i = 0; i < groups->len; i++) {
        const struct group *group = &g_array_index(groups, struct group, i);
        if (group->face != NULL) {
            print_given(group);
        } else {
            print_missing(cli, group);
            all = false;
        }
        g_array_free(group->codes, TRUE);
    }
    g_array_free(groups, TRUE);
    return all;
}

int gs_cli_coverage(const struct gs_cli *cli, const struct gs_fonts *fonts)
{
    const char *text = text_of(cli, cli->options->coverage);
    if (text == NULL) {
        return gs_cli_status(cli->diag);
    }
    if (!g_utf8_validate(text, -1, NULL)) {
        return gs_cli_usage(cli->arena, cli->lang,
                gs_words(cli->arena, cli->lang,
                        N_("--coverage %1: it is not UTF-8"),
                        GS_ARGS(cli->options->coverage)));
    }
    GArray *codes = characters_of(text);
    const char *role = "";
    bool all = true;
    for (size_t i = 0; i < gs_fonts_count(fonts); i++) {
        const struct gs_font_entry entry = gs_fonts_entry(fonts, i);
        if (strcmp(entry.role, role) != 0 &&
                gs_fonts_has_role(fonts, entry.role)) {
            role = entry.role;
            all = print_role(cli, fonts, role, codes) && all;
        }
    }
    g_array_free(codes, TRUE);
    const int status = gs_cli_status(cli->diag);
    return status == 0 && !all ? GS_EXIT_INPUT : status;
}
