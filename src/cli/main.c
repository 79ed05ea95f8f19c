/*
 * gongshi: the command line.
 *
 * The locale is never set: numbers and encodings are the same everywhere, and
 * the language of messages is chosen by base/lang.
 */
#include <stdio.h>
#include <stdlib.h>

#include <glib.h>

#include "api/engine.h"
#include "base/arena.h"
#include "base/diag.h"
#include "base/heap.h"
#include "base/lang.h"
#include "base/words.h"
#include "cli/cli.h"
#include "cli/help.h"
#include "cli/options.h"
#include "config.h"

int gs_cli_usage(
        struct gs_arena *arena, const struct gs_lang *lang, const char *why)
{
    fprintf(stderr, "%s\n%s\n",
            gs_words(arena, lang, N_("gongshi: usage error: %1"), GS_ARGS(why)),
            gs_lang_text(lang, N_("“gongshi --help” tells the options")));
    return GS_EXIT_USAGE;
}

int gs_cli_status(const struct gs_diag *diag)
{
    if (gs_diag_has_internal(diag)) {
        return GS_EXIT_INTERNAL;
    }
    if (gs_diag_has_outside(diag)) {
        return GS_EXIT_OUTSIDE;
    }
    return gs_diag_errors(diag) > 0 ? GS_EXIT_INPUT : GS_EXIT_OK;
}

static int run_command(const struct gs_cli *cli)
{
    switch (cli->options->command) {
    case GS_COMMAND_HELP:
        gs_help_print(cli->lang);
        return GS_EXIT_OK;
    case GS_COMMAND_VERSION:
        printf("gongshi %s\n", GONGSHI_VERSION);
        return GS_EXIT_OK;
    case GS_COMMAND_RENDER:
    case GS_COMMAND_CHECK:
        return gs_cli_render(cli);
    case GS_COMMAND_LAYOUTS:
        return gs_cli_layouts(cli);
    case GS_COMMAND_FONTS:
        return gs_cli_fonts(cli);
    }
    return GS_EXIT_USAGE;
}

/* What was printed may be lost only now. */
static int close_output(int status)
{
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("gongshi");
        return GS_EXIT_OUTSIDE;
    }
    return status;
}

static int run(struct gs_arena *arena, const struct gs_options *options,
        const char *resources)
{
    struct gs_engine *engine = gs_engine_new(&(struct gs_engine_options){
            .resources = resources,
            .fonts = options->fonts,
            .layouts = options->layouts,
            .lang = options->lang,
    });
    struct gs_cli cli = {
            .arena = arena,
            .engine = engine,
            .lang = gs_engine_lang(engine),
            .diag = gs_diag_new(),
            .options = options,
    };
    gs_diag_set_lang(cli.diag, cli.lang);
    int status = run_command(&cli);
    char *messages = gs_diag_text(cli.diag);
    fputs(messages, stderr);
    g_free(messages);
    gs_diag_free(cli.diag);
    gs_engine_free(engine);
    return close_output(status);
}

int main(int argc, char **argv)
{
    int status;
    gs_heap_keep();
    struct gs_options options = {.command = GS_COMMAND_HELP};
    struct gs_arena *arena = gs_arena_new();
    char *resources = gs_engine_find_resources();
    char *locale = g_build_filename(resources, "locale", NULL);
    const struct gs_lang *lang = NULL;
    const char *wrong =
            gs_options_parse(arena, argc, argv, locale, &options, &lang);
    if (wrong != NULL) {
        status = gs_cli_usage(arena, lang, wrong);
    } else {
        status = run(arena, &options, resources);
    }
    if (status == GS_EXIT_INTERNAL) {
        gs_cli_report(lang, &options, argc, argv);
    }
    g_free(locale);
    g_free(resources);
    gs_arena_free(arena);
    return status;
}
