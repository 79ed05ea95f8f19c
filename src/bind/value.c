/*
 * Values: what a binding finds, checked, formatted and fit to be printed.
 */
#include "bind/binder.h"

#include <string.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "data/private.h"
#include "bind/format.h"
#include "xml/xml.h"

#define WHITE_SPACE " \t\n\r"

bool gs_bind_eval(struct gs_binder *binder, const struct gs_xpath *xpath,
        struct gs_loc loc, const struct gs_scope *scope, struct gs_value *out)
{
    if (!gs_query_eval(binder->query, binder->scratch, xpath, scope, loc,
                binder->diag, out)) {
        return false;
    }
    size_t nodes = out->kind == GS_VALUE_NODES ? out->count : 0;
    return gs_bind_count(binder, &binder->made.repeats, nodes, GS_BIND_REPEATS_MAX,
            GS_WORD(N_("repeats")), loc);
}

const char *gs_bind_path(struct gs_binder *binder, const struct gs_node *node)
{
    if (node == NULL) {
        return NULL;
    }
    if (node != binder->path_node) {
        binder->path_node = node;
        binder->path = gs_node_path(binder->arena, node);
    }
    return binder->path;
}

const char *gs_bind_place(struct gs_binder *binder, const struct gs_node *node)
{
    const char *path = gs_node_path(binder->scratch, node);
    struct gs_loc loc = gs_node_loc(node);

    if (loc.source == NULL || loc.line == 0) {
        return path;
    }
    return gs_arena_printf(
            binder->scratch, "%s (%s:%u)", path, loc.source->name, loc.line);
}

struct gs_origin gs_bind_origin(struct gs_binder *binder, struct gs_loc loc,
        const struct gs_scope *scope)
{
    return (struct gs_origin){loc, gs_bind_path(binder, scope->node)};
}

struct gs_origin gs_bound_origin(const struct gs_bound *bound)
{
    return (struct gs_origin){
            bound->node != NULL ? gs_node_loc(bound->node) : bound->origin.loc,
            bound->origin.path};
}

/* --- text fit for the model ------------------------------------------------ */

static bool is_separator(gunichar c)
{
    return c == 0x2028 || c == 0x2029; /* of lines, of paragraphs */
}

/* Only line feeds may stay of what is no plain character. */
static bool is_clean(const char *text)
{
    const char *at = text;

    while (*at != '\0') {
        const unsigned char c = (unsigned char)*at;
        if (c > 0xe2) { /* Chinese, first as it is most of the text */
            at += g_utf8_skip[c];
        } else if (c < 0x80) {
            if ((c < ' ' && c != '\n') || c == 0x7f) {
                return false;
            }
            at++;
        } else if ((c == 0xc2 && (unsigned char)at[1] < 0xa0) || /* U+0080 … */
                (c == 0xe2 && is_separator(g_utf8_get_char(at)))) {
            return false;
        } else {
            at += g_utf8_skip[c];
        }
    }
    return true;
}

/*
 * Turns every kind of line end into a line feed and tabs into blanks; reports
 * the first control character.
 */
static bool clean_text(struct gs_binder *binder, struct gs_bound *bound)
{
    const char *text = bound->text;

    if (is_clean(text)) {
        return true;
    }
    GString *clean = g_string_new(NULL);
    gunichar bad = 0;
    for (; *text != '\0' && bad == 0;
            text += g_utf8_skip[(unsigned char)*text]) {
        gunichar c = g_utf8_get_char(text);
        if (c == '\r' && text[1] == '\n') {
            continue;
        }
        if (c == '\r' || is_separator(c)) {
            c = '\n';
        } else if (c == '\t') {
            c = ' ';
        }
        bad = c != '\n' && g_unichar_iscntrl(c) ? c : 0;
        g_string_append_unichar(clean, c);
    }
    if (bad != 0) {
        char *name = gs_arena_printf(binder->scratch, "U+%04X", bad);
        const struct gs_origin origin = gs_bound_origin(bound);
        const char *path = origin.path != NULL ? origin.path : "";
        gs_diag_add(binder->diag, GS_DIAG_BAD_CHARACTER, origin.loc,
                GS_ARGS(name, path));
    }
    bound->text = gs_arena_strdup(binder->arena, clean->str);
    g_string_free(clean, TRUE);
    return bad == 0;
}

/* The text without ASCII white space around it; a copy only where needed. */
static const char *strip(struct gs_binder *binder, const char *text)
{
    text += strspn(text, WHITE_SPACE);
    size_t size = strlen(text);
    if (size == 0 || strchr(WHITE_SPACE, text[size - 1]) == NULL) {
        return text;
    }
    while (strchr(WHITE_SPACE, text[size - 1]) != NULL) {
        size--;
    }
    return gs_arena_strndup(binder->arena, text, size);
}

/* --- bindings -------------------------------------------------------------- */

/* Finding no node or several is for the language to judge.  False: an error. */
static bool check_count(struct gs_binder *binder, const struct gs_piece *piece,
        const struct gs_scope *scope, const struct gs_value *value)
{
    if (binder->finds != NULL) {
        binder->finds->bindings++;
    }
    if (value->kind != GS_VALUE_NODES || value->count == 1) {
        return true;
    }
    const char *text = gs_xpath_text(piece->xpath);
    const char *path = gs_bind_path(binder, scope->node);
    if (value->count > 1) {
        char *count = gs_arena_printf(binder->scratch, "%zu", value->count);
        gs_diag_add(binder->diag, GS_DIAG_SEVERAL_VALUES, piece->loc,
                GS_ARGS(text, count, path != NULL ? path : ""));
        return false;
    }
    if (binder->finds != NULL) {
        binder->finds->missing++;
        gs_bind_suspect(binder, piece->xpath, piece->loc, scope->node);
        return true;
    }
    if (piece->optional || scope->node == NULL) {
        gs_bind_suspect(binder, piece->xpath, piece->loc, scope->node);
        return true;
    }
    gs_bind_report_missing(binder, piece->xpath, piece->loc, scope->node);
    return false;
}

static void add_entry(struct gs_entries *entries, const struct gs_bound *bound)
{
    if (entries->text->len == 0) {
        entries->first = *bound;
    } else {
        g_string_append_c(entries->text, ' ');
    }
    g_string_append(entries->text, bound->text);
}

static bool bind_value(struct gs_binder *binder, const struct gs_piece *piece,
        const struct gs_scope *scope, struct gs_bound *out)
{
    struct gs_value value;

    if (!gs_bind_eval(binder, piece->xpath, piece->loc, scope, &value) ||
            !check_count(binder, piece, scope, &value) ||
            !gs_bind_check_number(binder, piece, scope, &value)) {
        return false;
    }
    if (value.kind == GS_VALUE_NODES && value.count > 0) {
        out->node = value.nodes[0];
        out->origin = (struct gs_origin){
                piece->loc, gs_node_path(binder->arena, out->node)};
    } else {
        out->origin = gs_bind_origin(binder, piece->loc, scope);
    }
    const char *text = gs_value_string(binder->arena, &value);
    if (value.kind == GS_VALUE_STRING) { /* it lives in the scratch arena */
        text = gs_arena_strdup(binder->arena, text);
    }
    out->text = gs_private_use_replace(binder->arena,
            binder->options->private_use, strip(binder, text));
    if (binder->entries != NULL && *out->text != '\0') {
        add_entry(binder->entries, out);
    }
    struct gs_refusal refusal;
    if (piece->format != NULL &&
            !gs_format_apply(binder->arena, piece->format, out->text,
                    &out->text, &refusal)) {
        const struct gs_origin origin = gs_bound_origin(out);
        gs_format_report(&refusal, &origin, binder->diag);
        return false;
    }
    return true;
}

bool gs_bind_piece(struct gs_binder *binder, const struct gs_piece *piece,
        const struct gs_scope *scope, struct gs_bound *out)
{
    *out = (struct gs_bound){.text = piece->literal};
    if (piece->literal != NULL) {
        out->origin = gs_bind_origin(binder, piece->loc, scope);
    } else if (!bind_value(binder, piece, scope, out)) {
        return false;
    }
    return clean_text(binder, out) &&
            gs_bind_count(binder, &binder->made.text_size, strlen(out->text),
                    GS_BIND_TEXT_MAX, GS_WORD(N_("bytes of text")), piece->loc);
}

static const char *put_on_one_line(struct gs_binder *binder, const char *text)
{
    return strchr(text, '\n') == NULL
            ? text
            : g_strdelimit(gs_arena_strdup(binder->arena, text), "\n", ' ');
}

struct gs_bound gs_bind_pattern(struct gs_binder *binder,
        const struct gs_pattern *pattern, const struct gs_scope *scope)
{
    struct gs_bound all = {.text = ""};

    if (pattern == NULL) {
        return all;
    }
    all.origin = gs_bind_origin(binder, pattern->loc, scope);
    struct gs_entries *entries = binder->entries;
    binder->entries = NULL; /* an attribute is no entry of its cell */
    GString *joined = pattern->count > 1 ? g_string_new(NULL) : NULL;
    for (size_t i = 0; i < pattern->count && !binder->stopped; i++) {
        struct gs_bound piece;
        if (!gs_bind_piece(binder, &pattern->pieces[i], scope, &piece)) {
            continue;
        }
        if (piece.node != NULL && all.node == NULL) {
            all.node = piece.node;
            all.origin.path = piece.origin.path;
        }
        if (joined != NULL) {
            g_string_append(joined, piece.text);
        } else {
            all.text = piece.text;
        }
    }
    binder->entries = entries;
    if (joined != NULL) {
        all.text = gs_arena_strndup(binder->arena, joined->str, joined->len);
        g_string_free(joined, TRUE);
    }
    all.text = put_on_one_line(binder, all.text);
    return all;
}

/* A digit that is written in the layout, as most spans are; 0 for all others. */
static unsigned written_digit(const struct gs_pattern *pattern)
{
    const char *text = pattern->count == 1 ? pattern->pieces[0].literal : NULL;
    return text != NULL && g_ascii_isdigit(text[0]) && text[1] == '\0'
            ? (unsigned)(text[0] - '0')
            : 0;
}

unsigned gs_bind_span(struct gs_binder *binder,
        const struct gs_pattern *pattern, const struct gs_scope *scope,
        unsigned max)
{
    struct gs_decimal value;

    if (pattern == NULL) {
        return 1;
    }
    const unsigned digit = written_digit(pattern);
    if (digit > 0 && digit <= max) {
        return digit;
    }
    size_t errors = gs_diag_errors(binder->diag);
    struct gs_bound bound = gs_bind_pattern(binder, pattern, scope);
    if (gs_diag_errors(binder->diag) > errors) {
        return 1;
    }
    if (gs_decimal_parse(bound.text, &value) && value.scale == 0 &&
            value.digits >= 1 && value.digits <= max) {
        return (unsigned)value.digits;
    }
    char *wanted = gs_arena_printf(binder->scratch, "1 … %u", max);
    const struct gs_origin origin = gs_bound_origin(&bound);
    const char *path = origin.path != NULL ? origin.path : "";
    gs_diag_add(binder->diag, GS_DIAG_NOT_A_NUMBER, origin.loc,
            GS_ARGS(bound.text, path, wanted));
    return 1;
}
