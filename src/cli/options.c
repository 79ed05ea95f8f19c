/*
 * Options: read by GOption, then checked.
 *
 * GOption takes every value as a file name, which keeps its bytes: it would
 * turn other strings from the locale's encoding to UTF-8, and fail in the "C"
 * locale.  So numbers are read here, and its few complaints put in our words.
 */
#include "cli/options.h"

#include <stdint.h>
#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/lang.h"
#include "base/len.h"
#include "base/words.h"

#define DPI_DEFAULT 150.0
#define DPI_LEAST 10.0
#define DPI_MOST 1200.0
#define PAGE_NUMBER_MAX 10000000u

/* Below that, all of a document fits into little memory. */
#define STREAM_LEAST ((size_t)1 << 20)

/* As GOption leaves them: allocated, NULL where not given. */
struct given {
    char *layout, *out, *to, *writer, *standard, *compress, *dpi, *pages,
            *fonts, *coverage, *root, *lang, *stream, *passwords;
    char **layouts;
    gboolean time, explain, help, version;
    char **rest;
};

enum flag { /* which option may stand with a command */
    FOR_RENDER = 1 << GS_COMMAND_RENDER,
    FOR_CHECK = 1 << GS_COMMAND_CHECK,
    FOR_LAYOUTS = 1 << GS_COMMAND_LAYOUTS,
    FOR_FONTS = 1 << GS_COMMAND_FONTS,
};

struct parser {
    struct gs_arena *arena;
    const struct gs_lang *lang;
    const struct given *given;
    struct gs_options *options;
};

static const char *complain(
        const struct parser *parser, const char *text, const char *const *args)
{
    return gs_words(parser->arena, parser->lang, text, args);
}

/* --- values ---------------------------------------------------------------- */

static const char *const suffixes[] = {
        [GS_TO_PDF] = ".pdf",
        [GS_TO_PNG] = ".png",
        [GS_TO_SVG] = ".svg",
        [GS_TO_PAGES] = ".pages.xml",
};

static bool has_suffix(const char *name, const char *suffix)
{
    size_t size = strlen(name), suffix_size = strlen(suffix);
    return size > suffix_size &&
            g_ascii_strcasecmp(name + size - suffix_size, suffix) == 0;
}

static enum gs_target target_from_name(const char *name)
{
    if (has_suffix(name, ".xml")) {
        return GS_TO_PAGES;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++) {
        if (has_suffix(name, suffixes[i])) {
            return (enum gs_target)i;
        }
    }
    return GS_TO_PDF;
}

static const char *read_target(struct parser *parser)
{
    static const char *const words[] = {"pdf", "png", "svg", "pages"};
    const char *to = parser->given->to;
    if (to == NULL) {
        parser->options->to = parser->given->out != NULL
                ? target_from_name(parser->given->out)
                : GS_TO_PDF;
        return NULL;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strcmp(to, words[i]) == 0) {
            parser->options->to = (enum gs_target)i;
            return NULL;
        }
    }
    return complain(parser,
            N_("--to %1: there is no such format; one of: pdf, png, svg, "
               "pages"),
            GS_ARGS(to));
}

static const char *read_standard(struct parser *parser)
{
    const struct given *given = parser->given;
    struct gs_options *options = parser->options;

    options->has_standard = given->standard != NULL || given->compress != NULL;
    if (given->standard != NULL &&
            !gs_pdf_standard_find(given->standard, &options->standard)) {
        return complain(parser,
                N_("--standard %1: there is no such standard; one of: %2"),
                GS_ARGS(given->standard, GS_PDF_STANDARDS));
    }
    options->small =
            given->compress != NULL && strcmp(given->compress, "small") == 0;
    if (given->compress != NULL && !options->small &&
            strcmp(given->compress, "fast") != 0) {
        return complain(parser, N_("--compress %1: it must be fast or small"),
                GS_ARGS(given->compress));
    }
    return NULL;
}

/* DATA's name without its folder and suffix, in the current folder. */
static void set_out(struct parser *parser)
{
    struct gs_options *options = parser->options;
    if (parser->given->out != NULL) {
        options->out = parser->given->out;
    } else if (strcmp(options->data, "-") == 0) {
        options->out = "-";
    } else {
        char *name = g_path_get_basename(options->data);
        char *dot = strrchr(name, '.');
        int size = dot != NULL && dot != name ? (int)(dot - name)
                                              : (int)strlen(name);
        options->out = gs_arena_printf(
                parser->arena, "%.*s%s", size, name, suffixes[options->to]);
        g_free(name);
    }
}

static const char *read_dpi(struct parser *parser)
{
    const char *dpi = parser->given->dpi;
    parser->options->dpi = DPI_DEFAULT;
    if (dpi == NULL ||
            (gs_number_parse(dpi, &parser->options->dpi) &&
                    parser->options->dpi >= DPI_LEAST &&
                    parser->options->dpi <= DPI_MOST)) {
        return NULL;
    }
    return complain(parser, N_("--dpi %1: it must be a number from 10 to 1200"),
            GS_ARGS(dpi));
}

/* Digits only, and not too many; moves *text past them. */
static bool read_page(const char **text, size_t *page)
{
    size_t number = 0;
    const char *start = *text;
    while (g_ascii_isdigit(**text) && number <= PAGE_NUMBER_MAX) {
        number = number * 10 + (size_t)(**text - '0');
        ++*text;
    }
    *page = number;
    return *text != start && number >= 1 && number <= PAGE_NUMBER_MAX;
}

/* A, A-B, A- or -B. */
static const char *read_pages(struct parser *parser)
{
    const char *text = parser->given->pages;
    struct gs_range range = {1, 0};
    if (text == NULL) {
        parser->options->range = range;
        return NULL;
    }
    bool ok = *text == '-' || read_page(&text, &range.first);
    if (ok && *text == '\0') {
        range.last = range.first;
    } else if (ok && *text == '-') {
        bool open_end = text[1] == '\0' && text != parser->given->pages;
        text++;
        ok = open_end ||
                (read_page(&text, &range.last) && *text == '\0' &&
                        range.first <= range.last);
    } else {
        ok = false;
    }
    parser->options->range = range;
    return ok ? NULL
              : complain(parser, N_("--pages %1: it must be A-B, A, A- or -B"),
                        GS_ARGS(parser->given->pages));
}

static const char *read_stream(struct parser *parser)
{
    static const struct {
        const char *word;
        size_t least;
    } modes[] = {{"auto", STREAM_LEAST}, {"always", 1}, {"never", SIZE_MAX}};
    const char *stream = parser->given->stream;
    for (size_t i = 0; i < G_N_ELEMENTS(modes); i++) {
        if (strcmp(stream != NULL ? stream : "auto", modes[i].word) == 0) {
            parser->options->stream = modes[i].least;
            return NULL;
        }
    }
    return complain(parser,
            N_("--stream %1: there is no such mode; one of: auto, always, "
               "never"),
            GS_ARGS(stream));
}

static void set_root(struct parser *parser)
{
    struct gs_options *options = parser->options;
    if (parser->given->root != NULL) {
        options->root = parser->given->root;
    } else {
        char *folder = g_path_get_dirname(options->data);
        options->root = gs_arena_strdup(parser->arena, folder);
        g_free(folder);
    }
}

/* --- commands -------------------------------------------------------------- */

static const struct {
    const char *word;
    enum gs_command command;
    bool takes_data;
} commands[] = {
        {"render", GS_COMMAND_RENDER, true},
        {"check", GS_COMMAND_CHECK, true},
        {"layouts", GS_COMMAND_LAYOUTS, false},
        {"fonts", GS_COMMAND_FONTS, false},
};

/* An option that the command has no use for is a mistake of some kind. */
static const char *check_uses(const struct parser *parser, const char *word)
{
    const struct given *given = parser->given;
    const struct {
        const char *name;
        bool is_given;
        int uses;
    } uses[] = {
            {"--layout", given->layout != NULL, FOR_RENDER | FOR_CHECK},
            {"--output", given->out != NULL, FOR_RENDER},
            {"--to", given->to != NULL, FOR_RENDER},
            {"--writer", given->writer != NULL, FOR_RENDER | FOR_FONTS},
            {"--standard", given->standard != NULL, FOR_RENDER},
            {"--compress", given->compress != NULL, FOR_RENDER},
            {"--password-file", given->passwords != NULL, FOR_RENDER},
            {"--dpi", given->dpi != NULL, FOR_RENDER},
            {"--pages", given->pages != NULL, FOR_RENDER},
            {"--fonts", given->fonts != NULL,
                    FOR_RENDER | FOR_CHECK | FOR_FONTS},
            {"--coverage", given->coverage != NULL, FOR_FONTS},
            {"--root", given->root != NULL, FOR_RENDER | FOR_CHECK},
            {"--layouts", given->layouts != NULL,
                    FOR_RENDER | FOR_CHECK | FOR_LAYOUTS},
            {"--time", given->time, FOR_RENDER | FOR_CHECK},
            {"--explain-breaks", given->explain, FOR_RENDER | FOR_CHECK},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(uses); i++) {
        if (uses[i].is_given &&
                (uses[i].uses & (1 << parser->options->command)) == 0) {
            return complain(parser, N_("%1 has no meaning with “%2”"),
                    GS_ARGS(uses[i].name, word));
        }
    }
    return NULL;
}

static const char *read_command(struct parser *parser)
{
    const struct given *given = parser->given;
    size_t count = given->rest != NULL ? g_strv_length(given->rest) : 0;
    if (count == 0) {
        return complain(parser, N_("a command is missing"), GS_NO_ARGS);
    }
    const char *word = given->rest[0];
    size_t i = 0;
    while (i < G_N_ELEMENTS(commands) && strcmp(commands[i].word, word) != 0) {
        i++;
    }
    if (i == G_N_ELEMENTS(commands)) {
        return complain(parser, N_("there is no command “%1”; one of: %2"),
                GS_ARGS(word, "render, check, layouts, fonts"));
    }
    parser->options->command = commands[i].command;
    size_t operands = commands[i].takes_data ? 1 : 0;
    if (count - 1 < operands) {
        return complain(
                parser, N_("%1: the data file is missing"), GS_ARGS(word));
    }
    if (count - 1 > operands) {
        return complain(parser, N_("%1: “%2” is one word too many"),
                GS_ARGS(word, given->rest[operands + 1]));
    }
    if (operands == 1) {
        parser->options->data = given->rest[1];
    }
    return check_uses(parser, word);
}

static const char *check_lang(const struct parser *parser)
{
    const char *lang = parser->given->lang;
    if (lang == NULL || strcmp(lang, "zh") == 0 || strcmp(lang, "en") == 0) {
        return NULL;
    }
    return complain(parser,
            N_("--lang %1: there is no such language; one of: zh, en"),
            GS_ARGS(lang));
}

static const char *fill(struct parser *parser)
{
    const struct given *given = parser->given;
    struct gs_options *options = parser->options;
    options->layout = given->layout;
    options->writer = given->writer;
    options->fonts = given->fonts;
    options->passwords = given->passwords;
    options->coverage = given->coverage;
    options->lang = given->lang;
    options->layouts = (const char *const *)given->layouts;
    options->time = given->time;
    options->explain = given->explain;

    const char *wrong = check_lang(parser);
    if (wrong != NULL) {
        return wrong;
    }
    if (given->help || given->version) {
        options->command = given->help ? GS_COMMAND_HELP : GS_COMMAND_VERSION;
        return NULL;
    }
    wrong = read_command(parser);
    if (wrong != NULL || options->data == NULL) {
        return wrong;
    }
    wrong = read_target(parser);
    wrong = wrong != NULL ? wrong : read_standard(parser);
    wrong = wrong != NULL ? wrong : read_dpi(parser);
    wrong = wrong != NULL ? wrong : read_pages(parser);
    wrong = wrong != NULL ? wrong : read_stream(parser);
    set_out(parser);
    set_root(parser);
    return wrong;
}

/* --- GOption --------------------------------------------------------------- */

/* GOption's messages, which are English here, end with the option's name. */
static const char *translate_error(
        const struct parser *parser, const GError *error)
{
    const char *last = strrchr(error->message, ' ');
    if (last != NULL && error->domain == G_OPTION_ERROR) {
        if (error->code == G_OPTION_ERROR_UNKNOWN_OPTION) {
            return complain(
                    parser, N_("there is no option %1"), GS_ARGS(last + 1));
        }
        if (g_str_has_prefix(error->message, "Missing argument for ")) {
            return complain(parser, N_("%1 needs a value"), GS_ARGS(last + 1));
        }
    }
    return gs_arena_strdup(parser->arena, error->message);
}

static void free_given(void *object)
{
    struct given *given = object;
    char *const values[] = {given->layout, given->out, given->to, given->writer,
            given->standard, given->compress, given->dpi, given->pages,
            given->fonts, given->coverage, given->root, given->lang,
            given->stream, given->passwords};
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        g_free(values[i]);
    }
    g_strfreev(given->layouts);
    g_strfreev(given->rest);
    g_free(given);
}

static bool parse_words(
        struct given *given, int argc, char **argv, GError **error)
{
    const GOptionArg text = G_OPTION_ARG_FILENAME;
    const GOptionArg texts = G_OPTION_ARG_FILENAME_ARRAY;
    const GOptionArg flag = G_OPTION_ARG_NONE;
    const GOptionEntry entries[] = {
            {"layout", 'l', 0, text, &given->layout, NULL, NULL},
            {"output", 'o', 0, text, &given->out, NULL, NULL},
            {"to", 0, 0, text, &given->to, NULL, NULL},
            {"writer", 0, 0, text, &given->writer, NULL, NULL},
            {"standard", 0, 0, text, &given->standard, NULL, NULL},
            {"compress", 0, 0, text, &given->compress, NULL, NULL},
            {"password-file", 0, 0, text, &given->passwords, NULL, NULL},
            {"dpi", 0, 0, text, &given->dpi, NULL, NULL},
            {"pages", 0, 0, text, &given->pages, NULL, NULL},
            {"fonts", 0, 0, text, &given->fonts, NULL, NULL},
            {"coverage", 0, 0, text, &given->coverage, NULL, NULL},
            {"root", 0, 0, text, &given->root, NULL, NULL},
            {"lang", 0, 0, text, &given->lang, NULL, NULL},
            {"stream", 0, 0, text, &given->stream, NULL, NULL},
            {"layouts", 0, 0, texts, &given->layouts, NULL, NULL},
            {"time", 0, 0, flag, &given->time, NULL, NULL},
            {"explain-breaks", 0, 0, flag, &given->explain, NULL, NULL},
            {"help", 'h', 0, flag, &given->help, NULL, NULL},
            {"version", 0, 0, flag, &given->version, NULL, NULL},
            {G_OPTION_REMAINING, 0, 0, texts, &given->rest, NULL, NULL},
            {NULL, 0, 0, flag, NULL, NULL, NULL},
    };
    GOptionContext *context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_add_main_entries(context, entries, NULL);
    /* A copy, since GOption takes out of argv what it has read. */
    char **words = g_new0(char *, (gsize)argc + 1);
    for (int i = 0; i < argc; i++) {
        words[i] = g_strdup(argv[i]);
    }
    bool ok = g_option_context_parse_strv(context, &words, error);
    g_option_context_free(context);
    g_strfreev(words);
    return ok;
}

const char *gs_options_parse(struct gs_arena *arena, int argc, char **argv,
        const char *locale, struct gs_options *options,
        const struct gs_lang **lang)
{
    struct given *given = g_new0(struct given, 1);
    GError *error = NULL;
    gs_arena_on_free(arena, free_given, given);
    bool ok = parse_words(given, argc, argv, &error);
    struct parser parser = {
            .arena = arena,
            .lang = gs_lang_load(arena, given->lang, locale),
            .given = given,
            .options = options,
    };
    *lang = parser.lang;
    if (ok) {
        return fill(&parser);
    }
    const char *wrong = translate_error(&parser, error);
    g_error_free(error);
    return wrong;
}
