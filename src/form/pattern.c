/*
 * XPath expressions and patterns: text with {xpath} in it.
 *
 * White space of the layout that holds a line feed is the layout's own line
 * break, not text: it goes where it meets Chinese text or an edge, and is one
 * space between Western words.
 */
#include "form/compile.h"

#include <string.h>

#include "base/arena.h"
#include "form/near.h"
#include "xml/xml.h"
#include "xml/xpath.h"

/* A text of the layout: an attribute's value, or (attribute NULL) a text node. */
struct place {
    const struct gs_node *node;
    const char *attribute;
};

struct reader {
    struct gs_compiler *compiler;
    const struct gs_site *site;
    struct place place;
    const char *text;
    bool is_text; /* white space follows the rule for text */
    GArray *pieces;
    GString *literal;
    size_t literal_offset;
};

static struct gs_loc loc_at(const struct place *place, size_t offset)
{
    return place->attribute != NULL
            ? gs_node_attribute_loc(place->node, place->attribute, offset)
            : gs_node_value_loc(place->node, offset);
}

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool gs_is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

/* --- expressions ----------------------------------------------------------- */

static bool is_in_scope(const struct gs_name *names, const char *name)
{
    for (; names != NULL; names = names->outer) {
        if (strcmp(names->name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Where `$name` stands in an expression. */
static size_t variable_offset(const char *text, const char *name)
{
    size_t size = strlen(name);
    for (const char *at = strchr(text, '$'); at != NULL;
            at = strchr(at + 1, '$')) {
        const char *word = at + 1 + strspn(at + 1, " \t\r\n");
        if (strncmp(word, name, size) == 0 && !g_ascii_isalnum(word[size])
                && strchr("-_.", word[size] == '\0' ? ' ' : word[size])
                        == NULL) {
            return (size_t)(at - text);
        }
    }
    return 0;
}

static void check_variables(struct gs_compiler *compiler,
        const struct gs_xpath *xpath, const char *text,
        const struct place *place, size_t offset, const struct gs_site *site)
{
    const char *const *used = gs_xpath_variables(xpath);
    for (; *used != NULL; used++) {
        if (is_in_scope(site->names, *used)
                || gs_report_is_full(compiler)) {
            continue;
        }
        GHashTable *known = g_hash_table_new(g_str_hash, g_str_equal);
        for (const struct gs_name *n = site->names; n != NULL; n = n->outer) {
            g_hash_table_add(
                    known, gs_arena_printf(compiler->arena, "$%s", n->name));
        }
        GArray *names = gs_sorted_keys(known);
        gs_report(compiler, GS_DIAG_UNKNOWN_VARIABLE,
                loc_at(place, offset + variable_offset(text, *used)),
                GS_ARGS(*used,
                        gs_join(compiler->arena, gs_name_list(names), names->len,
                                ", ")));
        g_array_free(names, TRUE);
        g_hash_table_destroy(known);
    }
}

/* What an expression was compiled to; fragments bring it again and again. */
struct known {
    const struct gs_xpath *xpath;
};

/* The expression `text`, which begins `offset` bytes into the place. */
static const struct gs_xpath *compile_xpath(struct gs_compiler *compiler,
        const char *text, const struct place *place, size_t offset,
        const struct gs_site *site)
{
    struct known *known = g_hash_table_lookup(compiler->xpaths, text);
    if (known == NULL) {
        size_t error_offset = 0;
        const char *error = NULL;
        const struct gs_xpath *xpath = gs_xpath_compile(
                compiler->arena, text, &error_offset, &error);
        if (xpath == NULL) {
            gs_report(compiler, GS_DIAG_BAD_XPATH,
                    loc_at(place, offset + error_offset),
                    GS_ARGS(text, error != NULL ? error : "XPath"));
            return NULL;
        }
        known = GS_MAKE(compiler->arena, struct known);
        known->xpath = xpath;
        g_hash_table_insert(
                compiler->xpaths, gs_arena_strdup(compiler->arena, text), known);
    }
    check_variables(compiler, known->xpath, text, place, offset, site);
    return known->xpath;
}

const struct gs_xpath *gs_xpath_attribute(struct gs_compiler *compiler,
        const struct gs_node *node, const char *name,
        const struct gs_site *site)
{
    const char *text = gs_node_find_attribute(node, name);
    if (text == NULL) {
        return NULL;
    }
    struct place place = {node, name};
    return compile_xpath(compiler, text, &place, 0, site);
}

/* --- white space ----------------------------------------------------------- */

/* Characters beside which a line break of the layout is no space. */
static bool is_cjk(gunichar c)
{
    static const struct {
        gunichar first, last;
    } ranges[] = {
            {0x00b7, 0x00b7},   /* · */
            {0x2014, 0x2014},   /* — */
            {0x2018, 0x2019},   /* ‘ ’ */
            {0x201c, 0x201d},   /* “ ” */
            {0x2026, 0x2026},   /* … */
            {0x2460, 0x24ff},   /* ① */
            {0x2e80, 0xa4cf},   /* radicals, 、。「」, kana, ideographs */
            {0xf900, 0xfaff},   /* ideographs */
            {0xfe10, 0xfe1f},   /* vertical forms */
            {0xfe30, 0xfe6f},   /* small forms */
            {0xff00, 0xffef},   /* full width */
            {0x20000, 0x3ffff}, /* ideographs */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++) {
        if (c >= ranges[i].first && c <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

/*
 * The run of white space [from, to), as far as it is text.  A text node ends at
 * elements on both sides, so its own ends are edges.
 */
static void add_white(struct reader *reader, size_t from, size_t to)
{
    const char *text = reader->text;
    bool has_feed = memchr(text + from, '\n', to - from) != NULL
            || memchr(text + from, '\r', to - from) != NULL;
    if (!reader->is_text || !has_feed) {
        for (size_t i = from; i < to; i++) {
            g_string_append_c(reader->literal, ' ');
        }
        return;
    }
    if (from > 0 && text[to] != '\0'
            && !is_cjk(g_utf8_get_char(g_utf8_prev_char(text + from)))
            && !is_cjk(g_utf8_get_char(text + to))) {
        g_string_append_c(reader->literal, ' ');
    }
}

/* --- pieces ---------------------------------------------------------------- */

static void end_literal(struct reader *reader)
{
    if (reader->literal->len == 0) {
        return;
    }
    struct gs_piece piece = {
            .literal = gs_arena_strdup(
                    reader->compiler->arena, reader->literal->str),
            .loc = loc_at(&reader->place, reader->literal_offset),
    };
    gs_spend(reader->compiler, 1, piece.loc);
    g_array_append_val(reader->pieces, piece);
    g_string_truncate(reader->literal, 0);
}

/* The '}' that closes an expression; one in a string literal does not. */
static const char *find_close(const char *text)
{
    char quote = '\0';
    for (const char *at = text; *at != '\0'; at++) {
        if (quote != '\0') {
            if (*at == quote) {
                quote = '\0';
            }
        } else if (*at == '"' || *at == '\'') {
            quote = *at;
        } else if (*at == '}') {
            return at;
        }
    }
    return strchr(text, '}'); /* an open string: the XPath parser tells */
}

/* A binding, at its '{'.  Returns the offset after it. */
static size_t read_binding(struct reader *reader, size_t offset)
{
    const char *text = reader->text;
    const char *close = find_close(text + offset + 1);
    if (close == NULL) {
        gs_report(reader->compiler, GS_DIAG_BAD_PATTERN,
                loc_at(&reader->place, offset), GS_ARGS("{"));
        return strlen(text);
    }
    size_t from = offset + 1, to = (size_t)(close - text);
    bool optional = text[from] == '?';
    from += optional ? 1 : 0;
    while (from < to && is_white(text[from])) {
        from++;
    }
    size_t end = to;
    while (end > from && is_white(text[end - 1])) {
        end--;
    }
    struct gs_piece piece = {
            .optional = optional,
            .format = reader->site->format,
            .loc = loc_at(&reader->place, from),
    };
    piece.xpath = compile_xpath(reader->compiler,
            gs_arena_strndup(reader->compiler->arena, text + from, end - from),
            &reader->place, from, reader->site);
    end_literal(reader);
    gs_spend(reader->compiler, 1, piece.loc);
    if (piece.xpath != NULL) {
        g_array_append_val(reader->pieces, piece);
    }
    return to + 1;
}

/* A brace that is text, or the begin of a binding. */
static size_t read_brace(struct reader *reader, size_t offset)
{
    char brace = reader->text[offset];
    if (reader->text[offset + 1] == brace) {
        g_string_append_c(reader->literal, brace);
        return offset + 2;
    }
    if (brace == '{') {
        return read_binding(reader, offset);
    }
    gs_report(reader->compiler, GS_DIAG_BAD_PATTERN,
            loc_at(&reader->place, offset), GS_ARGS("}"));
    return offset + 1;
}

static void read_pattern(struct reader *reader, struct gs_pattern *out)
{
    reader->pieces = g_array_new(FALSE, TRUE, sizeof(struct gs_piece));
    reader->literal = g_string_new(NULL);
    if (strlen(reader->text) > GS_FORM_PATTERN_MAX) {
        gs_stop(reader->compiler, loc_at(&reader->place, 0),
                G_STRINGIFY(GS_FORM_PATTERN_MAX), GS_WORD(N_("bytes")));
    }
    for (size_t i = 0;
            reader->text[i] != '\0' && !reader->compiler->stopped;) {
        size_t from = i;
        bool was_empty = reader->literal->len == 0;
        if (is_white(reader->text[i])) {
            while (is_white(reader->text[i])) {
                i++;
            }
            add_white(reader, from, i);
        } else if (reader->text[i] == '{' || reader->text[i] == '}') {
            i = read_brace(reader, i);
        } else {
            i += strcspn(reader->text + i, "{} \t\r\n");
            g_string_append_len(
                    reader->literal, reader->text + from, (gssize)(i - from));
        }
        if (was_empty && reader->literal->len > 0) {
            reader->literal_offset = from;
        }
    }
    end_literal(reader);

    size_t count = reader->pieces->len;
    struct gs_piece *pieces =
            GS_MAKE_ARRAY(reader->compiler->arena, struct gs_piece, count);
    for (size_t i = 0; i < count; i++) {
        pieces[i] = g_array_index(reader->pieces, struct gs_piece, i);
    }
    out->pieces = pieces;
    out->count = count;
    out->loc = count > 0 ? pieces[0].loc : loc_at(&reader->place, 0);
    g_array_free(reader->pieces, TRUE);
    g_string_free(reader->literal, TRUE);
}

const struct gs_pattern *gs_pattern_attribute(struct gs_compiler *compiler,
        const struct gs_node *node, const char *name,
        const struct gs_site *site)
{
    const char *text = gs_node_find_attribute(node, name);
    if (text == NULL) {
        return NULL;
    }
    struct gs_pattern *pattern = GS_MAKE(compiler->arena, struct gs_pattern);
    struct gs_site plain = *site;
    plain.format = NULL; /* formats are for what is printed */
    struct reader reader = {
            .compiler = compiler,
            .site = &plain,
            .place = {node, name},
            .text = text,
    };
    read_pattern(&reader, pattern);
    return pattern;
}

bool gs_pattern_text(struct gs_compiler *compiler, const struct gs_node *node,
        const struct gs_site *site, struct gs_pattern *out)
{
    struct reader reader = {
            .compiler = compiler,
            .site = site,
            .place = {node, NULL},
            .text = gs_node_text(compiler->arena, node),
            .is_text = true,
    };
    read_pattern(&reader, out);
    return out->count > 0;
}
