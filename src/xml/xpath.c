/*
 * XPath: compiling.
 *
 * libxml2 finds an unknown function, a wrong argument or an unknown prefix only
 * when it evaluates.  A layout's mistakes must show when the layout is read, so
 * the text is scanned before it is compiled and the result is run once on an
 * empty document.
 */
#include "xml/xpath.h"

#include <string.h>

#include <glib.h>
#include <libxml/xpathInternals.h>

#include "base/arena.h"
#include "xml/expression.h"
#include "xml/tree.h"

#define TEXT_MAX 4096
#define NESTING_MAX 64

struct scan {
    struct gs_arena *arena;
    const char *text;
    GPtrArray *variables;
    size_t nesting;
    bool after_operand; /* so that "and" or "*" is an operator here */
    size_t error_offset;
    const char *error;
};

/* --- scanning -------------------------------------------------------------- */

static bool is_name_start(char c)
{
    return g_ascii_isalpha(c) || c == '_' || ((unsigned char)c & 0x80) != 0;
}

static bool is_name_byte(char c)
{
    return is_name_start(c) || g_ascii_isdigit(c) || c == '-' || c == '.';
}

static size_t name_size(const char *at)
{
    size_t size = 0;
    if (is_name_start(*at)) {
        while (is_name_byte(at[size])) {
            size++;
        }
    }
    return size;
}

static const char *skip_blanks(const char *at)
{
    while (g_ascii_isspace(*at)) {
        at++;
    }
    return at;
}

static bool is_one_of(const char *const *names, const char *name, size_t size)
{
    for (; *names != NULL; names++) {
        if (strlen(*names) == size && memcmp(*names, name, size) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_operator(const char *name, size_t size)
{
    static const char *const names[] = {"and", "or", "div", "mod", NULL};
    return is_one_of(names, name, size);
}

static bool is_callable(const char *name, size_t size)
{
    static const char *const names[] = {"last", "position", "count", "id",
            "local-name", "namespace-uri", "name", "string", "concat",
            "starts-with", "contains", "substring-before", "substring-after",
            "substring", "string-length", "normalize-space", "translate",
            "boolean", "not", "true", "false", "lang", "number", "sum", "floor",
            "ceiling", "round", "current-group",
            /* tests of nodes, which look alike */
            "node", "text", "comment", "processing-instruction", NULL};
    return is_one_of(names, name, size);
}

static void set_error(struct scan *scan, const char *at, const char *error)
{
    scan->error_offset = (size_t)(at - scan->text);
    scan->error = error;
}

static const char *scan_name(struct scan *scan, const char *at)
{
    size_t size = name_size(at);
    const char *after = skip_blanks(at + size);
    if (scan->after_operand && is_operator(at, size)) {
        scan->after_operand = false;
        return at + size;
    }
    scan->after_operand = true;
    if (after[0] == ':' && after[1] != ':') {
        set_error(scan, at,
                GS_WORD(N_("a namespace prefix that is not declared")));
    } else if (*after == '(' && !is_callable(at, size)) {
        set_error(scan, at, GS_WORD(N_("there is no such function")));
    }
    return at + size;
}

static const char *scan_variable(struct scan *scan, const char *at)
{
    const char *name = skip_blanks(at + 1);
    size_t size = name_size(name);
    if (size == 0) {
        set_error(scan, at, GS_WORD(N_("a variable's name is missing")));
        return name;
    }
    if (name[size] == ':' && name[size + 1] != ':') {
        set_error(scan, name,
                GS_WORD(N_("a namespace prefix that is not declared")));
    }
    g_ptr_array_add(scan->variables, gs_arena_strndup(scan->arena, name, size));
    scan->after_operand = true;
    return name + size;
}

static const char *scan_literal(struct scan *scan, const char *at)
{
    const char *close = strchr(at + 1, *at);
    if (close == NULL) {
        set_error(scan, at, GS_WORD(N_("the quote is not closed")));
        return at + 1;
    }
    scan->after_operand = true;
    return close + 1;
}

static const char *scan_bracket(struct scan *scan, const char *at)
{
    scan->after_operand = *at == ')' || *at == ']';
    if (!scan->after_operand) {
        scan->nesting++;
        if (scan->nesting > NESTING_MAX) {
            set_error(scan, at, GS_WORD(N_("it is nested too deeply")));
        }
    } else if (scan->nesting > 0) {
        scan->nesting--;
    }
    return at + 1;
}

/* Signs, most of which are operators. */
static const char *scan_sign(struct scan *scan, const char *at)
{
    if (*at == '.') {
        scan->after_operand = true;
    } else if (*at == '*') { /* times after an operand, else every name */
        scan->after_operand = !scan->after_operand;
    } else if (!g_ascii_isspace(*at)) {
        scan->after_operand = false;
    }
    return at + 1;
}

static const char *scan_token(struct scan *scan, const char *at)
{
    if (is_name_start(*at)) {
        return scan_name(scan, at);
    }
    if (g_ascii_isdigit(*at)) {
        scan->after_operand = true;
        return at + strspn(at, "0123456789.");
    }
    if (*at == '$') {
        return scan_variable(scan, at);
    }
    if (*at == '"' || *at == '\'') {
        return scan_literal(scan, at);
    }
    return strchr("()[]", *at) != NULL ? scan_bracket(scan, at)
                                       : scan_sign(scan, at);
}

static bool scan_text(struct scan *scan)
{
    const char *at = scan->text;
    if (*skip_blanks(at) == '\0') {
        set_error(scan, at, GS_WORD(N_("it is empty")));
    } else if (strlen(at) > TEXT_MAX) {
        set_error(scan, at + TEXT_MAX, GS_WORD(N_("it is too long")));
    }
    while (*at != '\0' && scan->error == NULL) {
        at = scan_token(scan, at);
    }
    if (scan->error == NULL && scan->nesting > 0) {
        set_error(scan, at, GS_WORD(N_("a bracket is not closed")));
    }
    return scan->error == NULL;
}

/* --- plain expressions ----------------------------------------------------- */

/* The steps of a plain path; false for what is none. */
static bool read_path(
        struct gs_arena *arena, const char *text, struct gs_xpath *xpath)
{
    const char *at = skip_blanks(text);
    if (*at == '.' && *skip_blanks(at + 1) == '\0') {
        return true;
    }
    const char **steps = GS_MAKE_ARRAY(arena, const char *, strlen(text));
    xpath->steps = steps;
    for (;;) {
        bool is_attribute = *at == '@';
        size_t size = name_size(at + is_attribute);
        if (size == 0) {
            return false;
        }
        const char *name = gs_arena_strndup(arena, at, size + is_attribute);
        if (is_attribute) {
            xpath->attribute = name + 1;
        } else {
            steps[xpath->step_count++] = name;
        }
        at += is_attribute + size;
        if (*at != '/' || is_attribute) {
            return *skip_blanks(at) == '\0';
        }
        at++;
    }
}

/* Larger numbers are libxml2's to read. */
#define CONSTANT_DIGITS 9

static bool read_number(const char *text, struct gs_value *value)
{
    const char *at = skip_blanks(text);
    const size_t size = strspn(at, "0123456789");
    if (size == 0 || size > CONSTANT_DIGITS || *skip_blanks(at + size) != '\0') {
        return false;
    }
    *value = (struct gs_value){.kind = GS_VALUE_NUMBER,
            .number = (double)g_ascii_strtoull(at, NULL, 10)};
    return true;
}

static bool read_literal(
        struct gs_arena *arena, const char *text, struct gs_value *value)
{
    const char *at = skip_blanks(text);
    const char *close = *at == '"' || *at == '\'' ? strchr(at + 1, *at) : NULL;
    if (close == NULL || *skip_blanks(close + 1) != '\0') {
        return false;
    }
    *value = (struct gs_value){.kind = GS_VALUE_STRING,
            .string = gs_arena_strndup(
                    arena, at + 1, (size_t)(close - at - 1))};
    return true;
}

static enum gs_xpath_kind find_kind(
        struct gs_arena *arena, const char *text, struct gs_xpath *xpath)
{
    const char *at = skip_blanks(text);
    if (*at == '$') {
        const char *end = at + 1 + name_size(at + 1);
        if (end > at + 1 && *skip_blanks(end) == '\0') {
            return GS_XPATH_VARIABLE;
        }
    }
    if (read_number(text, &xpath->constant) ||
            read_literal(arena, text, &xpath->constant)) {
        return GS_XPATH_CONSTANT;
    }
    return read_path(arena, text, xpath) ? GS_XPATH_PATH : GS_XPATH_OTHER;
}

/* --- libxml2's compiler ---------------------------------------------------- */

struct outcome {
    bool failed;
    int code;
    int offset;
};

static void on_error(void *user, xmlError *error)
{
    struct outcome *outcome = user;
    if (!outcome->failed) {
        *outcome = (struct outcome){true, error->code, error->int1};
    }
}

static xmlXPathObject *find_no_nodes(
        void *data, const xmlChar *name, const xmlChar *uri)
{
    (void)data, (void)name, (void)uri;
    return xmlXPathNewNodeSet(NULL);
}

static void free_compiled(void *compiled)
{
    xmlXPathFreeCompExpr(compiled);
}

/*
 * Runs the expression where every path and variable is an empty set of nodes,
 * which can stand for any type: what fails here fails on all data.
 */
static void run_dry(xmlXPathContext *context, const xmlXPathCompExpr *compiled)
{
    xmlDoc *document = context->doc;
    context->node = (xmlNode *)document;
    context->contextSize = 1;
    context->proximityPosition = 1;
    xmlXPathRegisterVariableLookup(context, find_no_nodes, NULL);
    xmlXPathFreeObject(gs_xpath_run(compiled, context));
}

static bool compile(
        struct gs_arena *arena, struct gs_xpath *xpath, struct scan *scan)
{
    struct outcome outcome = {false, 0, 0};
    xmlDoc *document = xmlNewDoc(NULL);
    xmlXPathContext *context =
            gs_xpath_new_context(document, &outcome, on_error);
    xpath->compiled =
            xmlXPathCtxtCompile(context, (const xmlChar *)xpath->text);
    if (xpath->compiled != NULL) {
        gs_arena_on_free(arena, free_compiled, xpath->compiled);
        outcome.offset = 0;
        if (!outcome.failed) {
            run_dry(context, xpath->compiled);
            outcome.offset = 0; /* not known when it has been compiled */
        }
    } else {
        outcome.failed = true;
    }
    xmlXPathFreeContext(context);
    xmlFreeDoc(document);
    if (outcome.failed) {
        size_t size = strlen(xpath->text);
        size_t offset = outcome.offset > 0 ? (size_t)outcome.offset : 0;
        set_error(scan, xpath->text + MIN(offset, size),
                gs_xpath_describe(outcome.code));
    }
    return !outcome.failed;
}

const char *gs_xpath_describe(int code)
{
    static const char *const words[] = {
            [XPATH_NUMBER_ERROR] = GS_WORD(N_("a number is wrong")),
            [XPATH_UNFINISHED_LITERAL_ERROR] =
                    GS_WORD(N_("the quote is not closed")),
            [XPATH_START_LITERAL_ERROR] = GS_WORD(N_("a quote is missing")),
            [XPATH_VARIABLE_REF_ERROR] =
                    GS_WORD(N_("a variable's name is missing")),
            [XPATH_UNDEF_VARIABLE_ERROR] =
                    GS_WORD(N_("a variable that is not defined")),
            [XPATH_INVALID_PREDICATE_ERROR] =
                    GS_WORD(N_("the condition in […] is wrong")),
            [XPATH_EXPR_ERROR] =
                    GS_WORD(N_("a path, a value or an operator is missing")),
            [XPATH_UNCLOSED_ERROR] = GS_WORD(N_("a bracket is not closed")),
            [XPATH_UNKNOWN_FUNC_ERROR] =
                    GS_WORD(N_("there is no such function")),
            [XPATH_INVALID_OPERAND] = GS_WORD(N_("an operand is wrong")),
            [XPATH_INVALID_TYPE] =
                    GS_WORD(N_("a value of this type cannot stand here")),
            [XPATH_INVALID_ARITY] =
                    GS_WORD(N_("a function has too few or too many arguments")),
            [XPATH_MEMORY_ERROR] = GS_WORD(N_("out of memory")),
            [XPATH_UNDEF_PREFIX_ERROR] =
                    GS_WORD(N_("a namespace prefix that is not declared")),
            [XPATH_INVALID_CHAR_ERROR] =
                    GS_WORD(N_("a character that XPath does not allow")),
            [XPATH_STACK_ERROR] = GS_WORD(N_("it is nested too deeply")),
            [XPATH_OP_LIMIT_EXCEEDED] =
                    GS_WORD(N_("it takes too many steps on this data")),
            [XPATH_RECURSION_LIMIT_EXCEEDED] =
                    GS_WORD(N_("it is nested too deeply")),
    };
    int index = code - XML_XPATH_EXPRESSION_OK;
    if (index <= 0 || (size_t)index >= G_N_ELEMENTS(words) ||
            words[index] == NULL) {
        return GS_WORD(N_("it is no XPath expression"));
    }
    return words[index];
}

const struct gs_xpath *gs_xpath_compile(struct gs_arena *arena,
        const char *text, size_t *error_offset, const char **error)
{
    gs_xml_init();
    struct gs_xpath *xpath = GS_MAKE(arena, struct gs_xpath);
    xpath->text = gs_arena_strdup(arena, text);
    struct scan scan = {
            .arena = arena,
            .text = xpath->text,
            .variables = g_ptr_array_new(),
    };
    bool ok = scan_text(&scan);
    if (ok) {
        const char **names = GS_MAKE_ARRAY(
                arena, const char *, (size_t)scan.variables->len + 1);
        for (guint i = 0; i < scan.variables->len; i++) {
            names[i] = g_ptr_array_index(scan.variables, i);
        }
        xpath->variables = names;
        xpath->kind = find_kind(arena, xpath->text, xpath);
        ok = xpath->kind != GS_XPATH_OTHER || compile(arena, xpath, &scan);
    }
    g_ptr_array_free(scan.variables, TRUE);
    if (!ok) {
        *error_offset = scan.error_offset;
        *error = scan.error;
        return NULL;
    }
    return xpath;
}

const char *gs_xpath_text(const struct gs_xpath *xpath)
{
    return xpath->text;
}

const char *const *gs_xpath_variables(const struct gs_xpath *xpath)
{
    return xpath->variables;
}
