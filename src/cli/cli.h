/*
 * The program's commands.  Each returns the exit code.
 */
#ifndef GS_CLI_CLI_H
#define GS_CLI_CLI_H

struct gs_arena;
struct gs_diag;
struct gs_engine;
struct gs_fonts;
struct gs_lang;
struct gs_options;

enum gs_exit {
    GS_EXIT_OK = 0,
    GS_EXIT_INPUT = 1, /* the data or the layout has errors */
    GS_EXIT_USAGE = 2, /* the command line makes no sense */
    GS_EXIT_OUTSIDE = 3, /* disk, font file, library */
    GS_EXIT_INTERNAL = 70, /* a fault of the program */
};

struct gs_cli {
    struct gs_arena *arena;
    struct gs_engine *engine;
    const struct gs_lang *lang;
    struct gs_diag *diag; /* printed at the end */
    const struct gs_options *options;
};

int gs_cli_render(const struct gs_cli *cli); /* and check */
int gs_cli_layouts(const struct gs_cli *cli);
int gs_cli_fonts(const struct gs_cli *cli);
int gs_cli_coverage(const struct gs_cli *cli, const struct gs_fonts *fonts);

/*
 * Fills in what `--password-file` names; the strings live in the program's arena.
 * Returns what is wrong with them, or NULL; a file that cannot be read is reported.
 */
struct gs_protection;
const char *gs_cli_read_passwords(
        const struct gs_cli *cli, struct gs_protection *protection);

/* Tells what is wrong with the command line; `why` is in the right language. */
int gs_cli_usage(
        struct gs_arena *arena, const struct gs_lang *lang, const char *why);

/*
 * After a fault of the program: prints what to attach to a report of it, but
 * nothing of the documents themselves.
 */
void gs_cli_report(const struct gs_lang *lang, const struct gs_options *options,
        int argc, char **argv);

/* The exit code that follows from the diagnostics so far. */
int gs_cli_status(const struct gs_diag *diag);

#endif
