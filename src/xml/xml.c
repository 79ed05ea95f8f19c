/*
 * Loading: a text becomes a tree, or the skeleton of one whose records come one by
 * one (records.c).
 */
#include "xml/xml.h"

#include <string.h>

#include <glib.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>

#include "base/arena.h"
#include "base/file.h"
#include "xml/parse.h"

void gs_xml_init(void)
{
    static gsize is_ready;
    if (g_once_init_enter(&is_ready)) {
        xmlInitParser();
        g_once_init_leave(&is_ready, 1);
    }
}

/* --- the whole ------------------------------------------------------------- */

static void free_document(void *document)
{
    xmlFreeDoc(document);
}

/*
 * libxml2 compares the attributes of a tag each with each before it shows them
 * to us, so their number is bounded beforehand.
 */
static bool check_attribute_counts(struct gs_parse *parse)
{
    const struct gs_source *source = &parse->xml->source;
    size_t offset =
            gs_xml_find_crowded_tag(parse->xml, GS_XML_ATTRIBUTES_MAX);
    if (offset < source->size) {
        gs_parse_fail_limit(parse, offset, GS_WORD(N_("attributes of one element")),
                GS_XML_ATTRIBUTES_MAX);
        return false;
    }
    return true;
}

static bool run_parser(struct gs_parse *parse, const struct gs_feed *feed)
{
    struct gs_xml *xml = parse->xml;
    xmlDoc *document = feed != NULL
            ? xmlCtxtReadIO(parse->context, feed->read, feed->close,
                      feed->user, NULL, NULL, GS_XML_PARSE_OPTIONS)
            : xmlCtxtReadMemory(parse->context, xml->source.text,
                      (int)xml->source.size, NULL, NULL, GS_XML_PARSE_OPTIONS);
    if (!parse->failed &&
            (document == NULL || xmlDocGetRootElement(document) == NULL)) {
        gs_parse_fail(parse, GS_DIAG_XML_SYNTAX, xml->source.size,
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

bool gs_xml_build(struct gs_parse *parse, const struct gs_feed *feed)
{
    gs_xml_init();
    parse->last_instruction = &parse->xml->instructions;
    parse->context = xmlNewParserCtxt();
    if (parse->context == NULL) {
        gs_diag_add(parse->diag, GS_DIAG_XML_SYNTAX, GS_NO_LOC,
                GS_ARGS(GS_WORD(N_("out of memory"))));
        return false;
    }
    gs_parse_begin(parse);
    bool ok = check_attribute_counts(parse) && run_parser(parse, feed);
    gs_parse_end(parse);
    return ok;
}

static const struct gs_xml *build(struct gs_arena *arena, const char *name,
        const char *text, size_t size, struct gs_diag *diag)
{
    struct gs_xml *xml = GS_MAKE(arena, struct gs_xml);
    xml->source = (struct gs_source){name, text, size};
    gs_xml_make_marks(arena, xml);
    struct gs_parse parse = {.arena = arena, .diag = diag, .xml = xml};
    return gs_xml_build(&parse, NULL) ? xml : NULL;
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
