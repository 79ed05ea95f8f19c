#include "support/fonts_fixture.h"

#include <stdlib.h>

#include <glib.h>

#include "base/diag.h"
#include "text/fonts.h"

struct gs_fonts *fonts;

int open_fonts(void **state)
{
    (void)state;
    struct gs_diag *diag = gs_diag_new();
    const char *source = getenv("TESTS_SOURCE_DIR");
    char *path = g_build_filename(source != NULL ? source : "tests", "..",
            "fonts", "fonts-truetype.xml", NULL);
    fonts = gs_fonts_load(path, GS_OUTLINES_ANY, diag);
    g_free(path);
    gs_diag_free(diag);
    return fonts == NULL ? -1 : 0;
}

int close_fonts(void **state)
{
    (void)state;
    gs_fonts_free(fonts);
    return 0;
}
