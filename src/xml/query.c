/*
 * XPath: evaluating.
 */
#include <assert.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include <glib.h>
#include <libxml/xpathInternals.h>

#include "base/arena.h"
#include "base/digits.h"
#include "xml/expression.h"
#include "xml/tree.h"

/* Steps of one evaluation: a second or two; and of all that a query makes. */
#define STEPS_MAX 50000000
#define ALL_STEPS_MAX 500000000

struct gs_query {
    const struct gs_xml *xml;
    GPtrArray *found; /* scratch */
    /* For what libxml2 evaluates; made when first needed. */
    xmlXPathContext *context;
    /*
     * A document without elements.  A blank record is evaluated on it: paths
     * find nothing, constants, variables and position() work.
     */
    xmlDoc *blank;
    const struct gs_scope *scope;
    int error; /* libxml2's code of the first error */
    unsigned long steps; /* so far */
};

/* --- libxml2's side -------------------------------------------------------- */

static void *make_locale(void *unused)
{
    (void)unused;
    return newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

static locale_t point_locale(void)
{
    static GOnce once = G_ONCE_INIT;
    return g_once(&once, make_locale, NULL);
}

xmlXPathObject *gs_xpath_run(
        const xmlXPathCompExpr *compiled, xmlXPathContext *context)
{
    context->opCount = 0;
    locale_t before = uselocale(point_locale());
    /* What it writes through this pointer: see struct gs_xpath. */
    xmlXPathObject *result =
            xmlXPathCompiledEval(gs_xml_unconst(compiled), context);
    uselocale(before);
    return result;
}

/* Significant digits of a double that are those an author has written. */
#define DIGITS 15

/* Of a finite number, once rounded to those digits. */
static int power_of_ten(double number)
{
    char text[64];

    g_ascii_formatd(text, sizeof text, "%.14e", number);
    const char *exponent = strchr(text, 'e');
    return exponent != NULL ? (int)g_ascii_strtoll(exponent + 1, NULL, 10) : 0;
}

static char *count_text(struct gs_arena *arena, uint32_t count)
{
    char digits[GS_DIGITS_MAX], *end = digits + sizeof digits;
    const char *at = gs_digits_before(end, count);

    return gs_arena_strndup(arena, at, (size_t)(end - at));
}

/*
 * As XPath 1.0, 4.2 wants it: decimal at any size.  libxml2's own cast writes
 * 1.2e+09 from a billion on, and keeps too few digits there.
 */
char *gs_xpath_number_text(struct gs_arena *arena, double number)
{
    char text[512]; /* DBL_MAX has 309 digits */

    if (number >= 0 && number < 1e9 && number == (double)(uint32_t)number) {
        return count_text(arena, (uint32_t)number);
    }
    if (isnan(number)) {
        return gs_arena_strdup(arena, "NaN");
    }
    if (isinf(number)) {
        return gs_arena_strdup(arena, number < 0 ? "-Infinity" : "Infinity");
    }
    int places = CLAMP(DIGITS - 1 - power_of_ten(number), 0, 40);
    const char *format = gs_arena_printf(arena, "%%.%df", places);
    g_ascii_formatd(text, sizeof text, format, number);
    if (places > 0) {
        size_t size = strlen(text);
        while (text[size - 1] == '0') {
            size--;
        }
        size -= text[size - 1] == '.';
        text[size] = '\0';
    }
    return gs_arena_strdup(arena, strcmp(text, "-0") == 0 ? "0" : text);
}

/* A set of nodes as libxml2's; it takes what is the document's only. */
static xmlXPathObject *wrap_nodes(
        const struct gs_node *const *nodes, size_t count)
{
    xmlNodeSet *set = xmlXPathNodeSetCreate(NULL);
    for (size_t i = 0; set != NULL && i < count; i++) {
        xmlNode *node = gs_xml_unconst(nodes[i]);
        xmlXPathNodeSetAddUnique(set, node);
    }
    return xmlXPathWrapNodeSet(set);
}

static xmlXPathObject *wrap_value(const struct gs_value *value)
{
    switch (value->kind) {
    case GS_VALUE_NODES:
        return wrap_nodes(value->nodes, value->count);
    case GS_VALUE_STRING:
        return xmlXPathNewString((const xmlChar *)value->string);
    case GS_VALUE_NUMBER:
        return xmlXPathNewFloat(value->number);
    case GS_VALUE_BOOLEAN:
        return xmlXPathNewBoolean(value->boolean);
    }
    return NULL;
}

static const struct gs_value *find_variable(
        const struct gs_scope *scope, const char *name)
{
    const struct gs_variable *at = scope->variables;
    while (at != NULL && strcmp(at->name, name) != 0) {
        at = at->outer;
    }
    return at != NULL ? &at->value : NULL;
}

static xmlXPathObject *on_variable(
        void *data, const xmlChar *name, const xmlChar *uri)
{
    (void)uri;
    struct gs_query *query = data;
    const struct gs_value *value =
            find_variable(query->scope, (const char *)name);
    return value != NULL ? wrap_value(value) : NULL;
}

static void on_current_group(xmlXPathParserContext *parser, int argument_count)
{
    if (argument_count != 0) {
        xmlXPathSetArityError(parser);
        return;
    }
    const struct gs_query *query = parser->context->varLookupData;
    const struct gs_scope *scope = query != NULL ? query->scope : NULL;
    valuePush(parser,
            scope != NULL ? wrap_nodes(scope->group, scope->group_count)
                          : wrap_nodes(NULL, 0));
}

/* Turns the numbers among the arguments into their texts. */
static void write_numbers(xmlXPathParserContext *parser, int argument_count)
{
    struct gs_arena *arena = gs_arena_new();

    for (int i = 0; i < argument_count && i < parser->valueNr; i++) {
        xmlXPathObject **slot = &parser->valueTab[parser->valueNr - 1 - i];
        if ((*slot)->type == XPATH_NUMBER) {
            const char *text = gs_xpath_number_text(arena, (*slot)->floatval);
            xmlXPathFreeObject(*slot);
            *slot = xmlXPathNewString((const xmlChar *)text);
        }
    }
    if (parser->valueNr > 0) {
        parser->value = parser->valueTab[parser->valueNr - 1];
    }
    gs_arena_free(arena);
}

/* concat() and string(), with numbers as gs_xpath_number_text() writes them. */
static void on_concat(xmlXPathParserContext *parser, int argument_count)
{
    write_numbers(parser, argument_count);
    xmlXPathConcatFunction(parser, argument_count);
}

static void on_string(xmlXPathParserContext *parser, int argument_count)
{
    write_numbers(parser, argument_count);
    xmlXPathStringFunction(parser, argument_count);
}

static void on_error(void *user, xmlError *error)
{
    struct gs_query *query = user;
    if (query->error == 0) {
        query->error = error->code;
    }
}

/* One that is there already would stay. */
static void replace_function(
        xmlXPathContext *context, const char *name, xmlXPathFunction function)
{
    xmlXPathRegisterFunc(context, (const xmlChar *)name, NULL);
    xmlXPathRegisterFunc(context, (const xmlChar *)name, function);
}

xmlXPathContext *gs_xpath_new_context(
        xmlDoc *document, void *user, xmlStructuredErrorFunc report)
{
    xmlXPathContext *context = xmlXPathNewContext(document);
    if (context == NULL) {
        g_error("out of memory");
    }
    context->userData = user;
    context->error = report;
    context->opLimit = STEPS_MAX;
    xmlXPathRegisterFunc(
            context, (const xmlChar *)"current-group", on_current_group);
    replace_function(context, "concat", on_concat);
    replace_function(context, "string", on_string);
    return context;
}

/* --- plain paths ----------------------------------------------------------- */

static bool is_plain_named(const xmlNode *node, const char *name)
{
    return node->ns == NULL && strcmp((const char *)node->name, name) == 0;
}

static void find_attribute(
        const xmlNode *element, const char *name, GPtrArray *found)
{
    const xmlAttr *at = element->properties;
    for (; at != NULL; at = at->next) {
        const xmlNode *node = (const xmlNode *)(const void *)at;
        if (is_plain_named(node, name)) {
            g_ptr_array_add(found, gs_xml_unconst(node));
            return;
        }
    }
}

/*
 * Children of one node come in document order, and so do children of several
 * nodes of one depth.  The recursion is as deep as the tree, which is bounded.
 */
static void walk(const xmlNode *node, const struct gs_xpath *xpath, size_t step,
        GPtrArray *found)
{
    if (step == xpath->step_count && xpath->attribute == NULL) {
        g_ptr_array_add(found, gs_xml_unconst(node));
        return;
    }
    if (node->type != XML_ELEMENT_NODE) {
        return;
    }
    if (step == xpath->step_count) {
        find_attribute(node, xpath->attribute, found);
        return;
    }
    for (const xmlNode *at = node->children; at != NULL; at = at->next) {
        if (at->type == XML_ELEMENT_NODE &&
                is_plain_named(at, xpath->steps[step])) {
            walk(at, xpath, step + 1, found);
        }
    }
}

static const xmlNode *find_child(const xmlNode *element, const char *name)
{
    const xmlNode *at = element->children;
    while (at != NULL &&
            (at->type != XML_ELEMENT_NODE || !is_plain_named(at, name))) {
        at = at->next;
    }
    return at;
}

const struct gs_node *gs_xpath_find_stop(const struct gs_xpath *xpath,
        const struct gs_node *node, const char **step)
{
    const xmlNode *at = gs_node_xml(node);
    if (xpath->kind != GS_XPATH_PATH || at->type != XML_ELEMENT_NODE) {
        return NULL;
    }
    for (size_t i = 0; i < xpath->step_count; i++) {
        const xmlNode *child = find_child(at, xpath->steps[i]);
        if (child == NULL) {
            *step = xpath->steps[i];
            return gs_xml_unconst(at);
        }
        at = child;
    }
    const struct gs_node *stop = gs_xml_unconst(at);
    if (xpath->attribute == NULL ||
            gs_node_find_attribute(stop, xpath->attribute) != NULL) {
        return NULL;
    }
    *step = xpath->attribute - 1; /* with its "@" */
    return stop;
}

/* --- results --------------------------------------------------------------- */

static void keep_nodes(
        struct gs_query *query, struct gs_arena *arena, struct gs_value *out)
{
    size_t count = query->found->len;
    const struct gs_node **nodes =
            GS_MAKE_ARRAY(arena, const struct gs_node *, count);
    for (size_t i = 0; i < count; i++) {
        nodes[i] = query->found->pdata[i];
    }
    *out = (struct gs_value){
            .kind = GS_VALUE_NODES, .nodes = nodes, .count = count};
}

/* Of a result's nodes, those that are nodes to our callers. */
static void collect_nodes(struct gs_query *query, const xmlNodeSet *set)
{
    for (int i = 0; set != NULL && i < set->nodeNr; i++) {
        xmlNode *node = set->nodeTab[i];
        if (node->type == XML_ELEMENT_NODE || node->type == XML_TEXT_NODE ||
                node->type == XML_ATTRIBUTE_NODE) {
            g_ptr_array_add(query->found, node);
        }
    }
}

static bool keep_result(struct gs_query *query, struct gs_arena *arena,
        const xmlXPathObject *result, struct gs_value *out)
{
    switch (result->type) {
    case XPATH_NODESET:
        collect_nodes(query, result->nodesetval);
        keep_nodes(query, arena, out);
        return true;
    case XPATH_STRING:
        *out = (struct gs_value){.kind = GS_VALUE_STRING,
                .string = gs_arena_strdup(
                        arena, (const char *)result->stringval)};
        return true;
    case XPATH_NUMBER:
        *out = (struct gs_value){
                .kind = GS_VALUE_NUMBER, .number = result->floatval};
        return true;
    case XPATH_BOOLEAN:
        *out = (struct gs_value){
                .kind = GS_VALUE_BOOLEAN, .boolean = result->boolval != 0};
        return true;
    default: /* libxml2's own kinds: an XPointer range, a tree of XSLT */
        return false;
    }
}

static void prepare(struct gs_query *query, const struct gs_scope *scope)
{
    if (query->context == NULL) {
        query->blank = xmlNewDoc(NULL);
        query->context = gs_xpath_new_context(query->xml->doc, query, on_error);
        xmlXPathRegisterVariableLookup(query->context, on_variable, query);
    }
    xmlXPathContext *context = query->context;
    const xmlNode *node = scope->node != NULL ? gs_node_xml(scope->node) : NULL;
    context->doc = node != NULL ? node->doc : query->blank;
    context->node =
            node != NULL ? gs_xml_unconst(node) : (xmlNode *)query->blank;
    context->contextSize = (int)MIN(scope->size, INT_MAX);
    context->proximityPosition = (int)MIN(scope->position, INT_MAX);
    query->scope = scope;
    query->error = 0;
}

static bool evaluate(struct gs_query *query, struct gs_arena *arena,
        const struct gs_xpath *xpath, const struct gs_scope *scope,
        struct gs_loc loc, struct gs_diag *diag, struct gs_value *out)
{
    prepare(query, scope);
    query->context->opLimit = MIN((unsigned long)STEPS_MAX,
            ALL_STEPS_MAX - MIN(query->steps, ALL_STEPS_MAX - 1ul));
    xmlXPathObject *result = gs_xpath_run(xpath->compiled, query->context);
    query->steps += query->context->opCount;
    bool ok = result != NULL && query->error == 0 &&
            keep_result(query, arena, result, out);
    xmlXPathFreeObject(result);
    query->scope = NULL;
    if (!ok) {
        gs_diag_add(diag, GS_DIAG_XPATH_FAILED, loc,
                GS_ARGS(xpath->text, gs_xpath_describe(query->error)));
    }
    return ok;
}

/* --- public ---------------------------------------------------------------- */

static void release(void *object)
{
    struct gs_query *query = object;
    g_ptr_array_free(query->found, TRUE);
    if (query->context != NULL) {
        xmlXPathFreeContext(query->context);
        xmlFreeDoc(query->blank);
    }
}

struct gs_query *gs_query_make(struct gs_arena *arena, const struct gs_xml *xml)
{
    struct gs_query *query = GS_MAKE(arena, struct gs_query);
    query->xml = xml;
    query->found = g_ptr_array_new();
    gs_arena_on_free(arena, release, query);
    return query;
}

bool gs_query_eval(struct gs_query *query, struct gs_arena *arena,
        const struct gs_xpath *xpath, const struct gs_scope *scope,
        struct gs_loc loc, struct gs_diag *diag, struct gs_value *out)
{
    const struct gs_value *variable = NULL;
    for (size_t i = 0; xpath->variables[i] != NULL; i++) {
        variable = find_variable(scope, xpath->variables[i]);
        if (variable == NULL) {
            gs_diag_add(diag, GS_DIAG_UNKNOWN_VARIABLE, loc,
                    GS_ARGS(xpath->variables[i]));
            return false;
        }
    }
    g_ptr_array_set_size(query->found, 0);
    switch (xpath->kind) {
    case GS_XPATH_VARIABLE:
        assert(variable != NULL);
        *out = *variable;
        return true;
    case GS_XPATH_PATH:
        if (scope->node != NULL) {
            walk(gs_node_xml(scope->node), xpath, 0, query->found);
        }
        keep_nodes(query, arena, out);
        return true;
    case GS_XPATH_CONSTANT:
        *out = xpath->constant;
        return true;
    case GS_XPATH_OTHER:
        return evaluate(query, arena, xpath, scope, loc, diag, out);
    }
    return false;
}

bool gs_value_is_true(const struct gs_value *value)
{
    switch (value->kind) {
    case GS_VALUE_NODES:
        return value->count > 0;
    case GS_VALUE_STRING:
        return value->string[0] != '\0';
    case GS_VALUE_NUMBER:
        return value->number < 0 || value->number > 0; /* no NaN */
    case GS_VALUE_BOOLEAN:
        return value->boolean;
    }
    return false;
}

const char *gs_value_string(
        struct gs_arena *arena, const struct gs_value *value)
{
    switch (value->kind) {
    case GS_VALUE_NODES:
        return value->count > 0 ? gs_node_text(arena, value->nodes[0]) : "";
    case GS_VALUE_STRING:
        return value->string;
    case GS_VALUE_NUMBER:
        return gs_xpath_number_text(arena, value->number);
    case GS_VALUE_BOOLEAN:
        return value->boolean ? "true" : "false";
    }
    return "";
}
