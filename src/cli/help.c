/*
 * Help: the same options as options.c reads and docs/gongshi.1 describes.
 */
#include "cli/help.h"

#include <stdio.h>

#include <glib.h>

#include "base/diag.h"
#include "base/lang.h"

/* A line: what is typed, and what it does.  A NULL what: a heading. */
static const struct {
    const char *typed, *does;
} lines[] = {
        {N_("Commands:"), NULL},
        {"render DATA.xml", N_("make a document")},
        {"check DATA.xml",
                N_("do everything but drawing, and tell what is "
                   "wrong")},
        {"layouts", N_("list the layouts")},
        {"fonts", N_("list the font roles, their faces and what is missing")},
        {N_("Input (render, check):"), NULL},
        {"-l, --layout LAYOUT",
                N_("a layout's name or file; else the data "
                   "names it")},
        {"    --layouts DIR", N_("search layouts here first; may be repeated")},
        {"    --root DIR",
                N_("pictures must lie under it; else the data "
                   "file's folder")},
        {"    --fonts FILE", N_("the font list")},
        {"    --coverage TEXT",
                N_("(fonts) which face gives each character of a text or "
                   "file")},
        {N_("Output (render):"), NULL},
        {"-o, --output OUT",
                N_("the file; “-” is standard output; page-%d.png "
                   "makes one file a page")},
        {"    --to FORMAT",
                N_("pdf, png, svg or pages; else by the name of "
                   "OUT, or pdf")},
        {"    --writer WRITER",
                N_("pdf, cairo, or haru: PDF with TrueType "
                   "faces")},
        {"    --standard NAME",
                N_("what a PDF promises: a-2a (else), a-2u, a-2b, a-1b, "
                   "a-3a, none")},
        {"    --compress HOW", N_("fast (else) or small")},
        {"    --password-file FILE",
                N_("(haru) a PDF that only a password opens: the file's first "
                   "line")},
        {"    --dpi N", N_("pixels an inch of a PNG; else 150")},
        {"    --pages A-B", N_("only these pages")},
        {N_("Other:"), NULL},
        {"    --lang LANG", N_("zh or en: the language of messages")},
        {"    --explain-breaks", N_("tell why each page ended where it did")},
        {"    --stream MODE",
                N_("long tables page by page: auto, always or never")},
        {"    --time", N_("tell the milliseconds of every stage")},
        {"-h, --help", N_("this text")},
        {"    --version", N_("the version")},
};

void gs_help_print(const struct gs_lang *lang)
{
    printf("%s\n\n%s\n",
            gs_lang_text(lang, N_("Usage: gongshi COMMAND [OPTIONS]")),
            gs_lang_text(lang,
                    N_("Turns XML data and a layout into a "
                       "publishable document.")));
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        if (lines[i].does == NULL) {
            printf("\n%s\n", gs_lang_text(lang, lines[i].typed));
        } else {
            printf("  %-22s %s\n", lines[i].typed,
                    gs_lang_text(lang, lines[i].does));
        }
    }
    printf("\n%s\n",
            gs_lang_text(lang,
                    N_("Exit: 0 done, 1 the input has errors, 2 usage, "
                       "3 disk, fonts or library, 70 a fault of the "
                       "program.")));
}
