/*
 * Results that are no number, and which value of the data is to blame.
 */
#include "bind/binder.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "xml/xml.h"

/* The path of an expression that is nothing but its sum; NULL for others. */
static const struct gs_xpath *summed_path(
        struct gs_binder *binder, const struct gs_xpath *xpath)
{
    static const char begin[] = "sum(";
    const char *text = gs_xpath_text(xpath), *error;
    size_t size = strlen(text), offset;

    if (strncmp(text, begin, strlen(begin)) != 0 || text[size - 1] != ')') {
        return NULL;
    }
    size_t inner = size - strlen(begin) - 1;
    /* sum(a) + sum(b) leaves "a) + sum(b", which is none. */
    return gs_xpath_compile(binder->scratch,
            gs_arena_strndup(binder->scratch, text + strlen(begin), inner),
            &offset, &error);
}

/* As XPath reads it: digits with at most one point, blanks around them. */
static bool is_number(const char *text)
{
    text += strspn(text, " \t\r\n");
    text += *text == '-';
    size_t before = strspn(text, "0123456789");
    text += before;
    size_t after = 0;
    if (*text == '.') {
        after = strspn(text + 1, "0123456789");
        text += 1 + after;
    }
    return before + after > 0 && text[strspn(text, " \t\r\n")] == '\0';
}

/* The first of the nodes that an expression sums and that is no number. */
static const struct gs_node *find_culprit(struct gs_binder *binder,
        const struct gs_piece *piece, const struct gs_scope *scope)
{
    const struct gs_xpath *path = summed_path(binder, piece->xpath);
    struct gs_value summed;

    if (path == NULL ||
            !gs_bind_eval(binder, path, piece->loc, scope, &summed) ||
            summed.kind != GS_VALUE_NODES) {
        return NULL;
    }
    for (size_t i = 0; i < summed.count; i++) {
        const char *text = gs_node_text(binder->scratch, summed.nodes[i]);
        if (!is_number(text)) {
            return summed.nodes[i];
        }
    }
    return NULL;
}

static void report(struct gs_binder *binder, const struct gs_piece *piece,
        const struct gs_scope *scope)
{
    const struct gs_node *culprit = find_culprit(binder, piece, scope);
    const char *where = NULL, *what = NULL;

    if (culprit != NULL) {
        where = gs_bind_place(binder, culprit);
        what = gs_node_text(binder->scratch, culprit);
    }
    gs_diag_add(binder->diag, GS_DIAG_NO_RESULT, piece->loc,
            GS_ARGS(gs_xpath_text(piece->xpath),
                    gs_bind_path(binder, scope->node), where, what));
}

bool gs_bind_check_number(struct gs_binder *binder,
        const struct gs_piece *piece, const struct gs_scope *scope,
        struct gs_value *value)
{
    if (value->kind != GS_VALUE_NUMBER || isfinite(value->number)) {
        return true;
    }
    if (piece->optional || scope->node == NULL) {
        *value = (struct gs_value){.kind = GS_VALUE_STRING, .string = ""};
        return true;
    }
    report(binder, piece, scope);
    return false;
}
