/*
 * Parsing: libxml2's tree, with a place for every node.
 *
 * The tree is built by libxml2's own SAX2 functions; ours stand before them,
 * note where the parser is, and stop it at the first error or bound.  The
 * parser reads a text that has been turned into UTF-8, so its position is an
 * offset into it.
 */
#include "xml/xml.h"

#include <string.h>

#include <glib.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xpath.h>

#include "base/arena.h"
#include "base/file.h"
#include "xml/tree.h"

/* libxml2 compares every attribute of a tag with every other, every prefix with
 * every namespace in scope: what is more than this is an attack. */
#define ATTRIBUTES_MAX 256
#define NAMESPACES_MAX 256

/* Its dictionary of names, and of texts of up to three bytes, has 16384 chains. */
#define NAMES_MAX 100000

#define PARSE_OPTIONS \
    (XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOCDATA | \
            XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)

struct parse {
    struct gs_arena *arena;
    struct gs_diag *diag;
    struct gs_xml *xml;
    xmlParserCtxt *context;
    size_t markup_end; /* offset after the last tag, comment or instruction */
    size_t depth, node_count;
    size_t text_size; /* of the text node being added to */
    GHashTable *names[GS_XML_DEPTH_MAX + 1]; /* name -> last place, by depth */
    const struct gs_instruction **last_instruction;
    bool failed;
};

void gs_xml_init(void)
{
    static gsize is_ready;
    if (g_once_init_enter(&is_ready)) {
        xmlInitParser();
        g_once_init_leave(&is_ready, 1);
    }
}

static struct parse *parse_of(void *context)
{
    return ((xmlParserCtxt *)context)->_private;
}

/* How far the parser has read. */
static size_t offset_of(const struct parse *parse)
{
    const xmlParserInput *input = parse->context->input;
    if (input == NULL) {
        return parse->xml->source.size;
    }
    size_t offset = input->consumed + (size_t)(input->cur - input->base);
    return MIN(offset, parse->xml->source.size);
}

/* --- stopping -------------------------------------------------------------- */

static void fail(struct parse *parse, enum gs_diag_id id, size_t offset,
        const char *const *args)
{
    if (!parse->failed) {
        parse->failed = true;
        gs_diag_add(parse->diag, id, gs_xml_loc_at(parse->xml, offset), args);
    }
    xmlStopParser(parse->context);
}

static void fail_limit(
        struct parse *parse, size_t offset, const char *what, size_t limit)
{
    fail(parse, GS_DIAG_XML_LIMIT, offset,
            GS_ARGS(what, gs_arena_printf(parse->arena, "%zu", limit)));
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
static size_t find_tag(const struct parse *parse, size_t offset)
{
    const char *text = parse->xml->source.text;
    while (offset > 0 && text[offset - 1] != '<') {
        offset--;
    }
    return offset > 0 ? offset - 1 : 0;
}

static void on_error(void *context, xmlError *error)
{
    struct parse *parse = parse_of(context);
    if (parse->failed || error->level < XML_ERR_ERROR) {
        return;
    }
    size_t offset = offset_of(parse);
    if (error->code == XML_ERR_TAG_NAME_MISMATCH) {
        offset = find_tag(parse, offset);
    }
    char *words = g_strdup(describe_error(error));
    fail(parse, GS_DIAG_XML_SYNTAX, offset, GS_ARGS(g_strchomp(words)));
    g_free(words);
}

static void on_doctype(void *context, const xmlChar *name,
        const xmlChar *public_id, const xmlChar *system_id)
{
    (void)name, (void)public_id, (void)system_id;
    struct parse *parse = parse_of(context);
    const char *text = parse->xml->source.text;
    const char *found = strstr(text + parse->markup_end, "<!DOCTYPE");
    fail(parse, GS_DIAG_XML_DTD,
            found != NULL ? (size_t)(found - text) : parse->markup_end,
            GS_NO_ARGS);
}

/* --- building -------------------------------------------------------------- */

static void on_start_document(void *context)
{
    struct parse *parse = parse_of(context);
    parse->markup_end = offset_of(parse);
    xmlSAX2StartDocument(context);
}

/* Which of its name the element is among its siblings. */
static void number_element(
        struct parse *parse, const xmlNode *element, struct gs_place *place)
{
    GHashTable **names = &parse->names[parse->depth];
    if (*names == NULL) {
        *names = g_hash_table_new(g_direct_hash, g_direct_equal);
    }
    /* Names are interned by the parser: one address for each. */
    void *key = gs_xml_unconst(element->name);
    struct gs_place *before = g_hash_table_lookup(*names, key);
    place->number = 1;
    if (before != NULL) {
        before->has_next = true;
        place->number = before->number + 1;
    }
    g_hash_table_insert(*names, key, place);
}

static bool is_in_bounds(struct parse *parse, size_t offset,
        int attribute_count, const xmlChar **attributes)
{
    if (parse->depth >= GS_XML_DEPTH_MAX) {
        fail_limit(parse, offset, GS_WORD(N_("elements inside one another")),
                GS_XML_DEPTH_MAX);
    }
    if (parse->context->nsNr / 2 > NAMESPACES_MAX) {
        fail_limit(parse, offset, GS_WORD(N_("namespaces at one place")),
                NAMESPACES_MAX);
    }
    for (int i = 0; i < attribute_count; i++) {
        const xmlChar *const *attribute = attributes + (ptrdiff_t)i * 5;
        if ((size_t)(attribute[4] - attribute[3]) > GS_XML_TEXT_MAX) {
            fail_limit(parse, offset, GS_WORD(N_("bytes of one value")),
                    GS_XML_TEXT_MAX);
        }
    }
    if (xmlDictSize(parse->context->dict) > NAMES_MAX) {
        fail_limit(parse, offset, GS_WORD(N_("different names")), NAMES_MAX);
    }
    parse->node_count += 1 + (size_t)attribute_count;
    if (parse->node_count > GS_XML_NODES_MAX) {
        fail_limit(parse, offset, GS_WORD(N_("elements, attributes and texts")),
                GS_XML_NODES_MAX);
    }
    return !parse->failed;
}

static void on_start_element(void *context, const xmlChar *name,
        const xmlChar *prefix, const xmlChar *uri, int namespace_count,
        const xmlChar **namespaces, int attribute_count, int defaulted_count,
        const xmlChar **attributes)
{
    struct parse *parse = parse_of(context);
    size_t inside = offset_of(parse);
    size_t offset = find_tag(parse, inside);
    if (!is_in_bounds(parse, offset, attribute_count, attributes)) {
        return;
    }
    xmlSAX2StartElementNs(context, name, prefix, uri, namespace_count,
            namespaces, attribute_count, defaulted_count, attributes);
    xmlNode *element = parse->context->node;
    if (element == NULL) { /* out of memory: reported as an error */
        return;
    }
    struct gs_place *place = GS_MAKE(parse->arena, struct gs_place);
    place->offset = (uint32_t)offset;
    number_element(parse, element, place);
    element->_private = place;
    /* The parser stands before "/>" or ">". */
    const char *text = parse->xml->source.text;
    const char *close = strchr(text + inside, '>');
    parse->markup_end = close != NULL ? (size_t)(close - text) + 1 : inside;
    parse->depth++;
}

static void on_end_element(void *context, const xmlChar *name,
        const xmlChar *prefix, const xmlChar *uri)
{
    struct parse *parse = parse_of(context);
    GHashTable *names = parse->depth <= GS_XML_DEPTH_MAX
            ? parse->names[parse->depth]
            : NULL;
    if (names != NULL && g_hash_table_size(names) > 0) {
        g_hash_table_remove_all(names);
    }
    xmlSAX2EndElementNs(context, name, prefix, uri);
    parse->markup_end = offset_of(parse);
    parse->depth--;
}

static void on_text(void *context, const xmlChar *text, int size)
{
    struct parse *parse = parse_of(context);
    xmlNode *parent = parse->context->node;
    if (parent == NULL || size <= 0) {
        return;
    }
    const xmlNode *before = parent->last;
    if (before == NULL || before->type != XML_TEXT_NODE) {
        parse->text_size = 0;
        parse->node_count++;
    }
    parse->text_size += (size_t)size;
    if (parse->text_size > GS_XML_TEXT_MAX) {
        fail_limit(parse, parse->markup_end, GS_WORD(N_("bytes of one text")),
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
    struct parse *parse = parse_of(context);
    parse->markup_end = offset_of(parse);
}

static void on_instruction(
        void *context, const xmlChar *target, const xmlChar *content)
{
    struct parse *parse = parse_of(context);
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

/* --- the whole ------------------------------------------------------------- */

static void free_document(void *document)
{
    xmlFreeDoc(document);
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

/*
 * libxml2 compares the attributes of a tag each with each before it shows them
 * to us, so their number is bounded beforehand.
 */
static bool check_attribute_counts(struct parse *parse)
{
    const struct gs_source *source = &parse->xml->source;
    size_t offset =
            gs_xml_find_crowded_tag(source->text, source->size, ATTRIBUTES_MAX);
    if (offset < source->size) {
        fail_limit(parse, offset, GS_WORD(N_("attributes of one element")),
                ATTRIBUTES_MAX);
        return false;
    }
    return true;
}

static bool run_parser(struct parse *parse)
{
    struct gs_xml *xml = parse->xml;
    xmlDoc *document = xmlCtxtReadMemory(parse->context, xml->source.text,
            (int)xml->source.size, NULL, NULL, PARSE_OPTIONS);
    if (!parse->failed &&
            (document == NULL || xmlDocGetRootElement(document) == NULL)) {
        fail(parse, GS_DIAG_XML_SYNTAX, xml->source.size,
                GS_ARGS(GS_WORD(N_("there is no element"))));
    }
    if (parse->failed) {
        xmlFreeDoc(document);
        return false;
    }
    document->_private = xml;
    xml->doc = document;
    gs_arena_on_free(parse->arena, free_document, document);
    /* So that XPath need not walk along siblings to sort nodes. */
    xmlXPathOrderDocElems(document);
    return true;
}

static const struct gs_xml *build(struct gs_arena *arena, const char *name,
        const char *text, size_t size, struct gs_diag *diag)
{
    gs_xml_init();
    struct gs_xml *xml = GS_MAKE(arena, struct gs_xml);
    xml->source = (struct gs_source){name, text, size};
    xml->marks = gs_xml_make_marks(arena, text, size);
    struct parse parse = {.arena = arena, .diag = diag, .xml = xml};
    parse.last_instruction = &xml->instructions;
    parse.context = xmlNewParserCtxt();
    if (parse.context == NULL) {
        gs_diag_add(diag, GS_DIAG_XML_SYNTAX, GS_NO_LOC,
                GS_ARGS(GS_WORD(N_("out of memory"))));
        return NULL;
    }
    parse.context->_private = &parse;
    set_callbacks(parse.context->sax);
    bool ok = check_attribute_counts(&parse) && run_parser(&parse);
    xmlFreeParserCtxt(parse.context);
    for (size_t i = 0; i < G_N_ELEMENTS(parse.names); i++) {
        if (parse.names[i] != NULL) {
            g_hash_table_destroy(parse.names[i]);
        }
    }
    return ok ? xml : NULL;
}

static const struct gs_xml *decode_and_build(struct gs_arena *arena,
        const char *name, const char *bytes, size_t size, struct gs_diag *diag)
{
    const char *text;
    size_t text_size;
    if (!gs_xml_decode(arena, name, bytes, size, diag, &text, &text_size)) {
        return NULL;
    }
    if (text_size > GS_XML_SIZE_MAX) { /* UTF-8 can be longer than the file */
        gs_diag_add(diag, GS_DIAG_FILE_TOO_LARGE, GS_NO_LOC,
                GS_ARGS(name, gs_arena_printf(arena, "%zu", GS_XML_SIZE_MAX)));
        return NULL;
    }
    return build(arena, name, text, text_size, diag);
}

const struct gs_xml *gs_xml_load(
        struct gs_arena *arena, const char *path, struct gs_diag *diag)
{
    const char *bytes;
    size_t size;
    if (!gs_file_read(
                arena, path, GS_XML_SIZE_MAX, GS_NO_LOC, diag, &bytes, &size)) {
        return NULL;
    }
    return decode_and_build(
            arena, gs_arena_strdup(arena, path), bytes, size, diag);
}

const struct gs_xml *gs_xml_parse(struct gs_arena *arena, const char *name,
        const char *bytes, size_t size, struct gs_diag *diag)
{
    if (size > GS_XML_SIZE_MAX) {
        gs_diag_add(diag, GS_DIAG_FILE_TOO_LARGE, GS_NO_LOC,
                GS_ARGS(name, gs_arena_printf(arena, "%zu", GS_XML_SIZE_MAX)));
        return NULL;
    }
    return decode_and_build(arena, gs_arena_strdup(arena, name),
            gs_arena_strndup(arena, bytes, size), size, diag);
}

const struct gs_source *gs_xml_source(const struct gs_xml *xml)
{
    return &xml->source;
}

const struct gs_node *gs_xml_root(const struct gs_xml *xml)
{
    return gs_node_from_xml(xmlDocGetRootElement(xml->doc));
}

const char *gs_xml_find_instruction(
        const struct gs_xml *xml, const char *target, struct gs_loc *loc)
{
    const struct gs_instruction *at = xml->instructions;
    while (at != NULL && strcmp(at->target, target) != 0) {
        at = at->next;
    }
    if (at == NULL) {
        return NULL;
    }
    *loc = gs_xml_loc_at(xml, at->offset);
    return at->content;
}
