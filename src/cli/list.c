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
#include "base/words.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "form/form.h"
#include "text/fonts.h"
#include "write/writer.h"

/* --- layouts --------------------------------------------------------------- */

int gs_cli_layouts(const struct gs_cli *cli)
{
    const char *const *folders = gs_engine_layouts(cli->engine);
    const char *const *names = gs_form_list(cli->arena, folders);
    size_t width = 0;
    for (size_t i = 0; names[i] != NULL; i++) {
        width = MAX(width, strlen(names[i]));
    }
    for (size_t i = 0; names[i] != NULL; i++) {
        const char *what =
                gs_form_description(cli->arena, names[i], folders);
        if (what == NULL) {
            printf("%s\n", names[i]);
        } else {
            printf("%-*s  %s\n", (int)width, names[i], what);
        }
    }
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
    int status = gs_cli_status(cli->diag);
    if (fonts != NULL && cli->options->coverage != NULL) {
        status = gs_cli_coverage(cli, fonts);
    } else if (fonts != NULL) {
        printf("%s\n", list);
        print_faces(cli, fonts);
    }
    gs_fonts_free(fonts);
    return status;
}
