/*
 * What compiling and evaluating share: the expression behind struct gs_xpath.
 */
#ifndef GS_XML_EXPRESSION_H
#define GS_XML_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/xpath.h>

#include "xml/xpath.h"

enum gs_xpath_kind {
    GS_XPATH_PATH, /* child steps, an attribute at the end, or "." */
    GS_XPATH_VARIABLE, /* $name and nothing else */
    GS_XPATH_CONSTANT, /* a whole number or a text in quotes */
    GS_XPATH_OTHER, /* libxml2's */
};

struct gs_xpath {
    const char *text;
    enum gs_xpath_kind kind;
    const char *const *steps; /* a path's child steps; none for "." */
    size_t step_count;
    const char *attribute; /* the last step, or NULL; "@" stands before it */
    struct gs_value constant;
    const char *const *variables; /* NULL-terminated */
    /*
     * Shared between threads: evaluating writes nothing to it but the address
     * of a function beside its name, the same one every time.
     */
    xmlXPathCompExpr *compiled;
};

/* The words for an error of libxml2's XPath, fit for gs_diag_add(). */
const char *gs_xpath_describe(int code);

/* A context with our functions and bounds; `user` is for its callbacks. */
xmlXPathContext *gs_xpath_new_context(
        xmlDoc *document, void *user, xmlStructuredErrorFunc report);

/* Evaluates with the decimal point whatever the locale. */
xmlXPathObject *gs_xpath_run(
        const xmlXPathCompExpr *compiled, xmlXPathContext *context);

/* Without exponent; NaN, Infinity and -Infinity as XPath calls them. */
char *gs_xpath_number_text(struct gs_arena *arena, double number);

#endif
