/*
 * Report: what whoever looks for a fault of the program has to know.
 */
#include <stdio.h>
#include <sys/utsname.h>

#include <cairo.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <glib.h>
#include <hb.h>
#include <hpdf.h>
#include <libxml/parser.h>
#include <pango/pango.h>

#include "base/diag.h"
#include "base/lang.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "config.h"

/* An input is told by its size and digest; what is in it stays private. */
static void print_input(const char *name)
{
    char *bytes = NULL;
    gsize size = 0;
    if (name == NULL || !g_file_get_contents(name, &bytes, &size, NULL)) {
        return;
    }
    char *digest = g_compute_checksum_for_data(
            G_CHECKSUM_SHA256, (const guchar *)bytes, size);
    fprintf(stderr, "  %s: %zu bytes, sha256 %s\n", name, (size_t)size, digest);
    g_free(digest);
    g_free(bytes);
}

static void print_program(void)
{
    struct utsname system;
    fprintf(stderr, "  gongshi %s, compiler %s\n", GONGSHI_VERSION,
            __VERSION__);
    if (uname(&system) == 0) {
        fprintf(stderr, "  %s %s %s\n", system.sysname, system.release,
                system.machine);
    }
    fprintf(stderr, "  libxml2 %s, glib %u.%u.%u, harfbuzz %s, pango %s\n",
            xmlParserVersion, glib_major_version, glib_minor_version,
            glib_micro_version, hb_version_string(), pango_version_string());
    fprintf(stderr, "  cairo %s, freetype %d.%d.%d, libharu %s\n",
            cairo_version_string(), FREETYPE_MAJOR, FREETYPE_MINOR,
            FREETYPE_PATCH, HPDF_GetVersion());
}

void gs_cli_report(const struct gs_lang *lang, const struct gs_options *options,
        int argc, char **argv)
{
    fprintf(stderr, "%s\n",
            gs_lang_text(lang,
                    N_("This is a fault of gongshi itself.  Please report it, "
                       "and attach the messages above, the lines below and, if "
                       "they may be shown, the data and the layout:")));
    print_program();
    fputs(" ", stderr);
    for (int i = 0; i < argc; i++) {
        char *quoted = g_shell_quote(argv[i]);
        fprintf(stderr, " %s", quoted);
        g_free(quoted);
    }
    fputs("\n", stderr);
    print_input(options->data);
    print_input(options->layout);
}
