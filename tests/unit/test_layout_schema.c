/*
 * layouts/layout.xsd against the compiler's grammar: the same elements in the
 * same places, the same attributes, the same words.  docs/layout.md names them
 * all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <glib.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "form/grammar.h"

struct schema {
    xmlDoc *doc;
    unsigned wrong;
};

/* Sorted by name, so that what differs reads well. */
static void add(GTree *set, const char *name, const char *value)
{
    g_tree_replace(set, g_strdup(name), g_strdup(value));
}

static gint compare(gconstpointer a, gconstpointer b, gpointer unused)
{
    (void)unused;
    return strcmp(a, b);
}

static GTree *set_new(void)
{
    return g_tree_new_full(compare, NULL, g_free, g_free);
}

static bool is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
            strcmp((const char *)node->name, name) == 0;
}

/* The value of an attribute, interned; NULL where there is none. */
static const char *get(const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
    const char *interned = g_intern_string((const char *)value);
    xmlFree(value);
    return interned;
}

static const xmlNode *find(
        const struct schema *schema, const char *kind, const char *name)
{
    const xmlNode *node = xmlDocGetRootElement(schema->doc)->children;
    for (; node != NULL; node = node->next) {
        if (is(node, kind) && g_strcmp0(get(node, "name"), name) == 0) {
            return node;
        }
    }
    return NULL;
}

/* --- what the schema says --------------------------------------------------- */

/* The words of a simple type between blanks, or "" for other types. */
static const char *type_words(const struct schema *schema, const char *name)
{
    const xmlNode *type = find(schema, "simpleType", name);
    GString *words = g_string_new(NULL);

    for (const xmlNode *node = type != NULL ? type->children : NULL;
            node != NULL; node = node->next) {
        for (const xmlNode *value = is(node, "restriction") ? node->children
                                                            : NULL;
                value != NULL; value = value->next) {
            if (is(value, "enumeration")) {
                g_string_append_printf(words, "%s ", get(value, "value"));
            }
        }
    }
    const char *interned = g_intern_string(words->str);
    g_string_free(words, TRUE);
    return interned;
}

/* Attributes below `node` and where its references lead -> their words. */
static void collect_attributes(
        const struct schema *schema, const xmlNode *node, GTree *set)
{
    for (node = node->children; node != NULL; node = node->next) {
        if (is(node, "attribute")) {
            add(set, get(node, "name"), type_words(schema, get(node, "type")));
        } else if (is(node, "attributeGroup")) {
            collect_attributes(schema,
                    find(schema, "attributeGroup", get(node, "ref")), set);
        } else if (is(node, "complexContent") || is(node, "extension")) {
            collect_attributes(schema, node, set);
        }
    }
}

/* Elements directly in the content of a type. */
static void collect_children(
        const struct schema *schema, const xmlNode *node, GTree *set)
{
    for (node = node->children; node != NULL; node = node->next) {
        if (is(node, "element")) {
            add(set, get(node, "name"), "");
        } else if (is(node, "group")) {
            collect_children(
                    schema, find(schema, "group", get(node, "ref")), set);
        } else if (is(node, "extension")) {
            collect_children(schema,
                    find(schema, "complexType", get(node, "base")), set);
        } else if (is(node, "sequence") || is(node, "choice") ||
                is(node, "all") || is(node, "complexContent")) {
            collect_children(schema, node, set);
        }
    }
}

/* Every element declared below `node` -> the interned name of its type. */
static void collect_elements(const xmlNode *node, GHashTable *types)
{
    for (; node != NULL; node = node->next) {
        if (is(node, "element") && get(node, "name") != NULL) {
            const char *name = get(node, "name");
            GPtrArray *list = g_hash_table_lookup(types, name);
            if (list == NULL) {
                list = g_ptr_array_new();
                g_hash_table_insert(types, g_strdup(name), list);
            }
            g_ptr_array_add(list, (gpointer)(uintptr_t)node);
        }
        collect_elements(node->children, types);
    }
}

/* The type of a declaration: named, or inside of it. */
static const xmlNode *type_of(
        const struct schema *schema, const xmlNode *declaration)
{
    const char *name = get(declaration, "type");
    if (name != NULL) {
        return find(schema, "complexType", name);
    }
    for (const xmlNode *node = declaration->children; node != NULL;
            node = node->next) {
        if (is(node, "complexType")) {
            return node;
        }
    }
    return NULL;
}

/* --- comparing ---------------------------------------------------------------- */

struct comparing {
    struct schema *schema;
    const char *element, *what;
    GTree *other;
    bool ours; /* the set at hand is the grammar's */
};

static gboolean compare_entry(gpointer key, gpointer value, gpointer user)
{
    struct comparing *with = user;
    const char *other = g_tree_lookup(with->other, key);

    if (other == NULL) {
        print_error("<%s>: %s “%s” is only in the %s\n", with->element,
                with->what, (char *)key, with->ours ? "grammar" : "schema");
        with->schema->wrong++;
    } else if (with->ours && strcmp(value, other) != 0) {
        print_error("<%s>: %s “%s” is “%s” in the grammar, “%s” in the "
                    "schema\n",
                with->element, with->what, (char *)key, (char *)value, other);
        with->schema->wrong++;
    }
    return FALSE;
}

static void compare_sets(struct schema *schema, const char *element,
        const char *what, GTree *grammar, GTree *found)
{
    struct comparing with = {schema, element, what, found, true};
    g_tree_foreach(grammar, compare_entry, &with);
    with.other = grammar;
    with.ours = false;
    g_tree_foreach(found, compare_entry, &with);
}

static void add_attribute(void *user, const struct gs_attribute_rule *attribute)
{
    GString *words = g_string_new(NULL);
    if (attribute->type == GS_TYPE_WORD) {
        for (size_t i = 0; attribute->words[i] != NULL; i++) {
            g_string_append_printf(words, "%s ", attribute->words[i]);
        }
    }
    add(user, attribute->name, words->str);
    g_string_free(words, TRUE);
}

static GTree *grammar_children(const struct gs_element_rule *rule)
{
    GTree *set = set_new();
    for (size_t i = 0; i < GS_ELEMENT_COUNT; i++) {
        if ((gs_grammar[i].places & rule->content) != 0) {
            add(set, gs_grammar[i].name, "");
        }
    }
    return set;
}

static void compare_element(struct schema *schema,
        const struct gs_element_rule *rule, const GPtrArray *declarations)
{
    GTree *attributes = set_new();
    gs_grammar_attributes(rule, add_attribute, attributes);
    GTree *children = grammar_children(rule);

    for (guint i = 0; i < declarations->len; i++) {
        const xmlNode *type =
                type_of(schema, g_ptr_array_index(declarations, i));
        assert_non_null(type);
        GTree *found = set_new();
        collect_attributes(schema, type, found);
        compare_sets(schema, rule->name, "attribute", attributes, found);
        g_tree_unref(found);

        found = set_new();
        collect_children(schema, type, found);
        if ((rule->content & GS_PLACE_SAME) == 0) {
            compare_sets(schema, rule->name, "child", children, found);
        }
        g_tree_unref(found);
    }
    g_tree_unref(attributes);
    g_tree_unref(children);
}

static void free_list(gpointer list)
{
    g_ptr_array_free(list, TRUE);
}

static char *source_file(const char *name)
{
    const char *root = g_getenv("SRC");
    return g_build_filename(root != NULL ? root : "../..", name, NULL);
}

static void schema_and_grammar_agree(void **state)
{
    (void)state;
    char *file = source_file("layouts/layout.xsd");
    struct schema schema = {xmlReadFile(file, NULL, XML_PARSE_NONET), 0};
    g_free(file);
    assert_non_null(schema.doc);

    GHashTable *elements =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_list);
    collect_elements(xmlDocGetRootElement(schema.doc), elements);
    for (size_t i = 0; i < GS_ELEMENT_COUNT; i++) {
        GPtrArray *list = g_hash_table_lookup(elements, gs_grammar[i].name);
        if (list == NULL) {
            print_error("<%s> is not in the schema\n", gs_grammar[i].name);
            schema.wrong++;
        } else {
            compare_element(&schema, &gs_grammar[i], list);
        }
    }
    assert_int_equal(g_hash_table_size(elements), GS_ELEMENT_COUNT);
    g_hash_table_unref(elements);
    xmlFreeDoc(schema.doc);
    xmlCleanupParser();
    assert_int_equal(schema.wrong, 0);
}

/* --- documentation -------------------------------------------------------------- */

struct reading {
    const char *text;
    unsigned missing;
};

/* Named as `what`, or as `what="value"`. */
static void look_for(struct reading *reading, const char *what)
{
    char *alone = g_strdup_printf("`%s`", what);
    char *with_value = g_strdup_printf("`%s=", what);

    if (strstr(reading->text, alone) == NULL &&
            strstr(reading->text, with_value) == NULL) {
        print_error("docs/layout.md does not name %s\n", what);
        reading->missing++;
    }
    g_free(alone);
    g_free(with_value);
}

static void look_for_attribute(
        void *user, const struct gs_attribute_rule *attribute)
{
    look_for(user, attribute->name);
}

static void documentation_names_everything(void **state)
{
    (void)state;
    char *file = source_file("docs/layout.md");
    char *text = NULL;
    assert_true(g_file_get_contents(file, &text, NULL, NULL));
    g_free(file);

    struct reading reading = {text, 0};
    for (size_t i = 0; i < GS_ELEMENT_COUNT; i++) {
        char *what = g_strdup_printf("<%s>", gs_grammar[i].name);
        look_for(&reading, what);
        g_free(what);
        gs_grammar_attributes(&gs_grammar[i], look_for_attribute, &reading);
    }
    g_free(text);
    assert_int_equal(reading.missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(schema_and_grammar_agree),
            cmocka_unit_test(documentation_names_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
