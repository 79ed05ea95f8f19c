/*
 * Parsing, as parse.h describes it: libxml2's tree, with a place for every node.
 */
#include "xml/parse.h"

#include <string.h>

#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>

#include "base/arena.h"
#include "xml/expression.h"

#define NAMESPACES_MAX 256

/* Its dictionary of names, and of texts of up to three bytes, has 16384 chains. */
#define NAMES_MAX 100000

static struct gs_parse *parse_of(void *context)
{
    return ((xmlParserCtxt *)context)->_private;
}

/* How far the parser has read. */
static size_t offset_of(const struct gs_parse *parse)
{
    const xmlParserInput *input = parse->context->input;
    if (input == NULL) {
        return parse->xml->source.size;
    }
    size_t offset = input->consumed + (size_t)(input->cur - input->base);
    return MIN(offset, parse->xml->source.size);
}

/* --- stopping -------------------------------------------------------------- */

void gs_parse_fail(struct gs_parse *parse, enum gs_diag_id id, size_t offset,
        const char *const *args)
{
    if (!parse->failed) {
        parse->failed = true;
        gs_diag_add(parse->diag, id, gs_xml_loc_at(parse->xml, offset), args);
    }
    xmlStopParser(parse->context);
}

void gs_parse_fail_limit(struct gs_parse *parse, size_t offset,
        const char *what, size_t limit)
{
    char number[24];
    g_snprintf(number, sizeof number, "%" G_GSIZE_FORMAT, limit);
    gs_parse_fail(parse, GS_DIAG_XML_LIMIT, offset, GS_ARGS(what, number));
}

/* The usual mistakes in words that can be translated. */
static const char *describe_error(const xmlError *error)
{
    switch (error->code) {
    case XML_ERR_DOCUMENT_EMPTY:
        return GS_WORD(N_("there is no element"));
    case XML_ERR_DOCUMENT_END:
        return GS_WORD(N_("there is more after the end of the root element"));
    case XML_ERR_TAG_NAME_MISMATCH:
        return GS_WORD(N_("the end tag does not fit the start tag"));
    case XML_ERR_TAG_NOT_FINISHED:
        return GS_WORD(N_("the text ends before its elements do"));
    case XML_ERR_GT_REQUIRED:
        return GS_WORD(N_("the tag is not closed by “>”"));
    case XML_ERR_ATTRIBUTE_NOT_STARTED:
        return GS_WORD(N_("an attribute's value stands in quotes"));
    case XML_ERR_ATTRIBUTE_NOT_FINISHED:
        return GS_WORD(N_("the quote of an attribute is not closed"));
    case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
        return GS_WORD(N_("an attribute has no value"));
    case XML_ERR_ATTRIBUTE_REDEFINED:
        return GS_WORD(N_("an attribute is given twice"));
    case XML_ERR_LT_IN_ATTRIBUTE:
        return GS_WORD(N_("“<” in a value is written &lt;"));
    case XML_ERR_NAME_REQUIRED:
        return GS_WORD(N_("a name is missing; “&” is written &amp;, “<” &lt;"));
    case XML_ERR_ENTITYREF_SEMICOL_MISSING:
        return GS_WORD(N_("a “;” is missing; “&” itself is written &amp;"));
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_WAR_UNDECLARED_ENTITY:
        return GS_WORD(N_("an entity that is not known; write its character"));
    case XML_ERR_INVALID_CHAR:
        return GS_WORD(N_("a character that XML does not allow"));
    case XML_ERR_COMMENT_NOT_FINISHED:
        return GS_WORD(N_("the comment is not closed"));
    case XML_ERR_RESERVED_XML_NAME:
        return GS_WORD(N_("<?xml …?> stands at the very beginning of a file"));
    case XML_ERR_NO_MEMORY:
        return GS_WORD(N_("out of memory"));
    case XML_NS_ERR_UNDEFINED_NAMESPACE:
        return GS_WORD(N_("a namespace prefix that is not declared"));
    default:
        return error->message != NULL ? error->message : "libxml2";
    }
}

/* The last '<' before the offset: in a tag there is no other. */
static size_t find_tag(const struct gs_parse *parse, size_t offset)
{
    const char *text = parse->xml->source.text;
    while (offset > 0 && text[offset - 1] != '<') {
        offset--;
    }
    return offset > 0 ? offset - 1 : 0;
}

static void on_error(void *context, xmlError *error)
{
    struct gs_parse *parse = parse_of(context);
    if (parse->failed || error->level < XML_ERR_ERROR) {
        return;
    }
    size_t offset = offset_of(parse);
    if (error->code == XML_ERR_TAG_NAME_MISMATCH) {
        offset = find_tag(parse, offset);
    }
    char *words = g_strdup(describe_error(error));
    gs_parse_fail(parse, GS_DIAG_XML_SYNTAX, offset, GS_ARGS(g_strchomp(words)));
    g_free(words);
}

static void on_doctype(void *context, const xmlChar *name,
        const xmlChar *public_id, const xmlChar *system_id)
{
    (void)name, (void)public_id, (void)system_id;
    struct gs_parse *parse = parse_of(context);
    const char *text = parse->xml->source.text;
    const char *found = strstr(text + parse->markup_end, "<!DOCTYPE");
    gs_parse_fail(parse, GS_DIAG_XML_DTD,
            found != NULL ? (size_t)(found - text) : parse->markup_end,
            GS_NO_ARGS);
}

/* --- building -------------------------------------------------------------- */

static void on_start_document(void *context)
{
    struct gs_parse *parse = parse_of(context);
    parse->markup_end = offset_of(parse);
    xmlSAX2StartDocument(context);
}

/* Which of its name the element is among its siblings. */
static void number_element(
        struct gs_parse *parse, xmlNode *element, size_t offset)
{
    GHashTable **names = &parse->names[parse->depth];
    if (*names == NULL) {
        *names = g_hash_table_new(g_direct_hash, g_direct_equal);
    }
    /* Names are interned by the parser: one address for each. */
    void *key = gs_xml_unconst(element->name);
    xmlNode *before = g_hash_table_lookup(*names, key);
    struct gs_place place = {.offset = offset, .number = 1};
    if (before != NULL) {
        struct gs_place last = gs_place_of(before);
        place.number = last.number + 1;
        last.has_next = true;
        gs_place_set(before, last);
    }
    gs_place_set(element, place);
    g_hash_table_insert(*names, key, element);
}

static bool is_in_bounds(struct gs_parse *parse, size_t offset,
        int attribute_count, const xmlChar **attributes)
{
    if (parse->depth >= GS_XML_DEPTH_MAX) {
        gs_parse_fail_limit(parse, offset, GS_WORD(N_("elements inside one another")),
                GS_XML_DEPTH_MAX);
    }
    if (parse->context->nsNr / 2 > NAMESPACES_MAX) {
        gs_parse_fail_limit(parse, offset, GS_WORD(N_("namespaces at one place")),
                NAMESPACES_MAX);
    }
    for (int i = 0; i < attribute_count; i++) {
        const xmlChar *const *attribute = attributes + (ptrdiff_t)i * 5;
        if ((size_t)(attribute[4] - attribute[3]) > GS_XML_TEXT_MAX) {
            gs_parse_fail_limit(parse, offset, GS_WORD(N_("bytes of one value")),
                    GS_XML_TEXT_MAX);
        }
    }
    if (xmlDictSize(parse->context->dict) > NAMES_MAX) {
        gs_parse_fail_limit(parse, offset, GS_WORD(N_("different names")), NAMES_MAX);
    }
    return !parse->failed;
}

static void count_nodes(struct gs_parse *parse, size_t offset, size_t more)
{
    parse->node_count += more;
    if (parse->node_count > GS_XML_NODES_MAX) {
        gs_parse_fail_limit(parse, offset,
                GS_WORD(N_("elements, attributes and texts")),
                GS_XML_NODES_MAX);
    }
}

/* The parser stands before the "/>" or ">" of a start tag. */
static void enter_tag(struct gs_parse *parse, size_t inside)
{
    const char *text = parse->xml->source.text;
    const char *close = strchr(text + inside, '>');
    parse->markup_end = close != NULL ? (size_t)(close - text) + 1 : inside;
    parse->depth++;
}

/* --- selecting --------------------------------------------------------------- */

/* The paths that lead to or through the element, of those that lead to it. */
static uint32_t follow_paths(const struct gs_selection *selection, size_t depth,
        const xmlChar *name, const xmlChar *uri, size_t *found)
{
    uint32_t open = 0;
    *found = selection->count;
    for (size_t i = 0; i < selection->count && uri == NULL; i++) {
        const struct gs_xpath *path = selection->paths[i];
        if ((selection->open[depth - 1] & (UINT32_C(1) << i)) == 0
                || depth > path->step_count
                || strcmp(path->steps[depth - 1], (const char *)name) != 0) {
            continue;
        }
        open |= UINT32_C(1) << i;
        if (depth == path->step_count) {
            *found = i;
        }
    }
    return open;
}

static enum gs_selected select_element(struct gs_parse *parse,
        const xmlChar *name, const xmlChar *uri, size_t offset)
{
    struct gs_selection *selection = parse->selection;
    if (selection == NULL) {
        return GS_BUILT;
    }
    size_t depth = parse->depth, found = selection->count;
    enum gs_selected outside = selection->records ? GS_PASSED : GS_BUILT;
    enum gs_selected inside = selection->records ? GS_BUILT : GS_LEFT_OUT;
    if (depth == 0) {
        selection->open[0] = UINT32_MAX;
        selection->state[0] = outside;
    } else if (selection->state[depth - 1] == inside) {
        selection->open[depth] = 0;
        selection->state[depth] = inside;
    } else {
        selection->open[depth] =
                follow_paths(selection, depth, name, uri, &found);
        selection->state[depth] = found < selection->count ? inside : outside;
        if (selection->open[depth] != 0) {
            selection->begin(parse, found, offset);
        }
    }
    return selection->state[depth];
}

/* Whether text here stands between records: it belongs to none. */
static bool is_between(const struct gs_selection *selection, size_t depth)
{
    bool between = false;
    for (size_t i = 0; i < selection->count && depth > 0; i++) {
        between = between
                || ((selection->open[depth - 1] & (UINT32_C(1) << i)) != 0
                        && selection->paths[i]->step_count == depth);
    }
    return between;
}

static bool is_text_built(const struct gs_parse *parse)
{
    const struct gs_selection *selection = parse->selection;
    return selection == NULL || parse->depth == 0
            || (selection->state[parse->depth - 1] == GS_BUILT
                    && !is_between(selection, parse->depth));
}

/* --- elements ---------------------------------------------------------------- */

static void on_start_element(void *context, const xmlChar *name,
        const xmlChar *prefix, const xmlChar *uri, int namespace_count,
        const xmlChar **namespaces, int attribute_count, int defaulted_count,
        const xmlChar **attributes)
{
    struct gs_parse *parse = parse_of(context);
    size_t inside = offset_of(parse);
    size_t offset = find_tag(parse, inside);
    if (!is_in_bounds(parse, offset, attribute_count, attributes)) {
        return;
    }
    if (select_element(parse, name, uri, offset) != GS_BUILT) {
        enter_tag(parse, inside);
        return;
    }
    count_nodes(parse, offset, 1 + (size_t)attribute_count);
    xmlSAX2StartElementNs(context, name, prefix, uri, namespace_count,
            namespaces, attribute_count, defaulted_count, attributes);
    xmlNode *element = parse->context->node;
    if (element == NULL) { /* out of memory: reported as an error */
        return;
    }
    number_element(parse, element, offset);
    enter_tag(parse, inside);
}

static void on_end_element(void *context, const xmlChar *name,
        const xmlChar *prefix, const xmlChar *uri)
{
    struct gs_parse *parse = parse_of(context);
    GHashTable *names = parse->depth <= GS_XML_DEPTH_MAX
            ? parse->names[parse->depth]
            : NULL;
    if (names != NULL && g_hash_table_size(names) > 0) {
        g_hash_table_remove_all(names);
    }
    struct gs_selection *selection = parse->selection;
    size_t depth = parse->depth - 1;
    if (selection == NULL || selection->state[depth] == GS_BUILT) {
        xmlSAX2EndElementNs(context, name, prefix, uri);
    }
    parse->markup_end = offset_of(parse);
    parse->depth = depth;
    if (selection != NULL && selection->open[depth] != 0) {
        selection->end(parse);
    }
}

static void on_text(void *context, const xmlChar *text, int size)
{
    struct gs_parse *parse = parse_of(context);
    xmlNode *parent = parse->context->node;
    if (parent == NULL || size <= 0 || !is_text_built(parse)) {
        return;
    }
    const xmlNode *before = parent->last;
    if (before == NULL || before->type != XML_TEXT_NODE) {
        parse->text_size = 0;
        parse->node_count++;
    }
    parse->text_size += (size_t)size;
    if (parse->text_size > GS_XML_TEXT_MAX) {
        gs_parse_fail_limit(parse, parse->markup_end, GS_WORD(N_("bytes of one text")),
                GS_XML_TEXT_MAX);
        return;
    }
    xmlSAX2Characters(context, text, size);
    if (parent->last != NULL && parent->last != before) {
        parent->last->_private =
                gs_xml_unconst(parse->xml->source.text + parse->markup_end);
    }
}

static void on_comment(void *context, const xmlChar *text)
{
    (void)text;
    struct gs_parse *parse = parse_of(context);
    parse->markup_end = offset_of(parse);
}

static void on_instruction(
        void *context, const xmlChar *target, const xmlChar *content)
{
    struct gs_parse *parse = parse_of(context);
    const char *text = parse->xml->source.text;
    const char *begin = strstr(text + parse->markup_end, "<?");
    parse->markup_end = offset_of(parse);
    bool is_before_root = xmlDocGetRootElement(parse->context->myDoc) == NULL;
    if (!is_before_root || begin == NULL || content == NULL) {
        return;
    }
    begin += 2 + strlen((const char *)target);
    begin += strspn(begin, " \t\r\n");
    struct gs_instruction *instruction =
            GS_MAKE(parse->arena, struct gs_instruction);
    instruction->target = gs_arena_strdup(parse->arena, (const char *)target);
    instruction->content = gs_arena_strdup(parse->arena, (const char *)content);
    instruction->offset = (size_t)(begin - text);
    *parse->last_instruction = instruction;
    parse->last_instruction = &instruction->next;
}

static void set_callbacks(xmlSAXHandler *sax)
{
    sax->startDocument = on_start_document;
    sax->startElementNs = on_start_element;
    sax->endElementNs = on_end_element;
    sax->characters = on_text;
    sax->ignorableWhitespace = on_text;
    sax->cdataBlock = on_text;
    sax->comment = on_comment;
    sax->processingInstruction = on_instruction;
    sax->internalSubset = on_doctype;
    sax->serror = on_error;
}

void gs_parse_begin(struct gs_parse *parse)
{
    parse->context->_private = parse;
    set_callbacks(parse->context->sax);
}

void gs_parse_end(struct gs_parse *parse)
{
    xmlFreeParserCtxt(parse->context);
    for (size_t i = 0; i < G_N_ELEMENTS(parse->names); i++) {
        if (parse->names[i] != NULL) {
            g_hash_table_destroy(parse->names[i]);
        }
    }
}
