/*
 * What the compiler says about elements, attributes and names.
 */
#include "form/compile.h"

#include <string.h>

#include "base/arena.h"
#include "form/attr.h"
#include "form/near.h"
#include "xml/xml.h"

#define EXCERPT_MAX 16 /* characters of a misplaced text */

void gs_report(struct gs_compiler *compiler, enum gs_diag_id id,
        struct gs_loc loc, const char *const *args)
{
    char *key = gs_arena_printf(compiler->arena, "%d %p %u %u", (int)id,
            (const void *)loc.source, loc.line, loc.column);
    if (g_hash_table_add(compiler->reported, key)) {
        gs_diag_add(compiler->diag, id, loc, args);
    }
}

void gs_report_value(struct gs_compiler *compiler, enum gs_diag_id id,
        const struct gs_node *node, const char *attribute,
        const char *const *args)
{
    gs_report(compiler, id, gs_node_attribute_loc(node, attribute, 0), args);
}

bool gs_report_is_full(const struct gs_compiler *compiler)
{
    return gs_diag_errors(compiler->diag) - compiler->errors_before
            >= GS_FORM_ERRORS_MAX;
}

void gs_report_name(struct gs_compiler *compiler, enum gs_diag_id id,
        const struct gs_node *node, const char *attribute, GHashTable *names,
        const char *const *more)
{
    const char *name = gs_node_find_attribute(node, attribute);
    if (compiler->import_failed || gs_report_is_full(compiler)) {
        return;
    }
    GArray *sorted = gs_sorted_keys(names);
    for (; more != NULL && *more != NULL; more++) {
        g_array_append_val(sorted, *more);
    }
    const char *const *words = gs_name_list(sorted);
    const char *list = gs_join(compiler->arena, words, sorted->len, ", ");
    const char *near = gs_near(name, words, sorted->len);
    gs_report_value(compiler, id, node, attribute,
            GS_ARGS(name, list, near));
    g_array_free(sorted, TRUE);
}

/* --- elements -------------------------------------------------------------- */

/* What HTML, whose table words are ours, calls some of our elements. */
static const char *from_html(const char *name)
{
    static const char *const pairs[][2] = {
            {"tr", "row"},
            {"thead", "head"},
            {"tfoot", "foot"},
            {"img", "image"},
            {"hr", "rule"},
            {"strong", "b"},
            {"a", "link"},
            {"div", "p"},
            {"h4", "h3"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        if (strcmp(name, pairs[i][0]) == 0) {
            return pairs[i][1];
        }
    }
    return NULL;
}

/* One of the names; NULL where none is meant. */
static const char *find_meant(
        const char *name, const char *const *names, size_t count)
{
    const char *ours = from_html(name);

    for (size_t i = 0; ours != NULL && i < count; i++) {
        if (strcmp(names[i], ours) == 0) {
            return ours;
        }
    }
    return gs_near(name, names, count);
}

/* The names of the elements that may stand in one of the places. */
static size_t list_elements(unsigned places, const char **names)
{
    size_t count = 0;
    for (size_t i = 0; i < GS_ELEMENT_COUNT; i++) {
        if ((gs_grammar[i].places & places) != 0) {
            names[count++] = gs_grammar[i].name;
        }
    }
    return count;
}

static bool is_ours(const struct gs_node *node)
{
    return strcmp(gs_node_namespace(node), GS_LAYOUT_NAMESPACE) == 0;
}

const struct gs_element_rule *gs_element_check(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site)
{
    const char *names[GS_ELEMENT_COUNT];
    const char *name = gs_node_name(node);
    const struct gs_element_rule *rule =
            is_ours(node) ? gs_grammar_find(name) : NULL;

    if ((rule != NULL && (rule->places & site->place) != 0)
            || gs_report_is_full(compiler)) {
        return rule;
    }
    const char *parent = gs_node_name(site->parent);
    size_t count = list_elements(site->place, names);
    const char *list = gs_join(compiler->arena, names, count, ", ");
    if (rule == NULL) {
        const char *near =
                is_ours(node) ? find_meant(name, names, count) : NULL;
        gs_report(compiler, GS_DIAG_UNKNOWN_ELEMENT, gs_node_loc(node),
                GS_ARGS(name, parent, list, near));
    } else {
        gs_report(compiler, GS_DIAG_MISPLACED_ELEMENT, gs_node_loc(node),
                GS_ARGS(name, parent, list));
    }
    return rule;
}

bool gs_text_check(struct gs_compiler *compiler, const struct gs_node *node,
        const struct gs_site *site)
{
    const char *names[GS_ELEMENT_COUNT];
    if ((site->place & GS_PLACE_INLINE) != 0) {
        return true;
    }
    const char *text = gs_node_text(compiler->arena, node);
    if (gs_is_blank(text)) {
        return false;
    }
    size_t offset = strspn(text, " \t\r\n");
    const char *begin = text + offset;
    glong length = g_utf8_strlen(begin, -1);
    const char *end = length > EXCERPT_MAX
            ? g_utf8_offset_to_pointer(begin, EXCERPT_MAX)
            : begin + strlen(begin);
    char *excerpt = gs_arena_strndup(
            compiler->arena, begin, (size_t)(end - begin));
    size_t count = list_elements(site->place, names);
    gs_report(compiler, GS_DIAG_MISPLACED_TEXT,
            gs_node_value_loc(node, offset),
            GS_ARGS(gs_node_name(site->parent),
                    g_strdelimit(g_strchomp(excerpt), "\r\n\t", ' '),
                    gs_join(compiler->arena, names, count, ", ")));
    return false;
}

/* --- attributes ------------------------------------------------------------ */

static void collect(void *user, const struct gs_attribute_rule *attribute)
{
    g_array_append_val((GArray *)user, attribute->name);
}

static void report_unknown(struct gs_compiler *compiler,
        const struct gs_node *attribute, const struct gs_element_rule *rule)
{
    GArray *names = g_array_new(FALSE, FALSE, sizeof(const char *));
    gs_grammar_attributes(rule, collect, names);
    const char *const *words = gs_name_list(names);
    const char *name = gs_node_name(attribute);
    const char *list = gs_join(compiler->arena, words, names->len, ", ");
    gs_report(compiler, GS_DIAG_UNKNOWN_ATTRIBUTE, gs_node_loc(attribute),
            GS_ARGS(rule->name, name, list != NULL ? list : "-",
                    gs_near(name, words, names->len)));
    g_array_free(names, TRUE);
}

static void report_bad_value(struct gs_compiler *compiler,
        const struct gs_node *attribute, const struct gs_attribute_rule *rule,
        const char *text)
{
    size_t count = 0;
    while (rule->words != NULL && rule->words[count] != NULL) {
        count++;
    }
    const char *expected = gs_value_expected(compiler->arena, rule);
    gs_report(compiler, GS_DIAG_BAD_VALUE, gs_node_value_loc(attribute, 0),
            GS_ARGS(text, rule->name, expected != NULL ? expected : "-",
                    count > 0 ? gs_near(text, rule->words, count) : NULL));
}

static void check_attribute(struct gs_compiler *compiler,
        const struct gs_node *attribute, const struct gs_element_rule *rule)
{
    if (gs_node_namespace(attribute)[0] != '\0') { /* xml:, xsi: … */
        return;
    }
    const struct gs_attribute_rule *found =
            gs_grammar_attribute(rule, gs_node_name(attribute));
    if (found == NULL) {
        report_unknown(compiler, attribute, rule);
        return;
    }
    const char *text = gs_node_text(compiler->arena, attribute);
    if (!gs_value_is_good(found, text)) {
        report_bad_value(compiler, attribute, found, text);
    }
}

void gs_attr_check(struct gs_compiler *compiler, const struct gs_node *node,
        const struct gs_element_rule *rule)
{
    const struct gs_node *attribute = gs_node_first_attribute(node);
    for (; attribute != NULL && !gs_report_is_full(compiler);
            attribute = gs_node_next(attribute)) {
        check_attribute(compiler, attribute, rule);
    }
    for (const struct gs_attribute_rule *own = rule->attributes;
            own->name != NULL; own++) {
        if (own->required && gs_node_find_attribute(node, own->name) == NULL) {
            gs_report(compiler, GS_DIAG_MISSING_ATTRIBUTE, gs_node_loc(node),
                    GS_ARGS(rule->name, own->name));
        }
    }
}
