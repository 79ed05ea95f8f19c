/*
 * Places: from byte offsets to lines and columns, and from a byte of a value
 * back to the byte of the text it was read from.
 */
#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "base/map.h"
#include "xml/tree.h"

/* --- offsets to lines ------------------------------------------------------ */

/* Of a map, which is read in order, marks are rare. */
#define BLOCK_SIZE ((size_t)256)
#define MAP_BLOCK_SIZE ((size_t)4096)

struct gs_mark {
    unsigned line, column;
};

struct gs_marks {
    size_t block_size;
    struct gs_mark *blocks; /* at the begin of each block of the text … */
    size_t count; /* … that one has come to */
    /* Where one looked last: the next is mostly near. */
    size_t offset;
    struct gs_mark mark;
};

static void pass_bytes(struct gs_mark *mark, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\n') {
            mark->line++;
            mark->column = 1;
        } else if (!gs_is_continuation(text[i])) {
            mark->column++;
        }
    }
}

/* The lowest bit of each byte. */
#define LOW_BITS UINT64_C(0x0101010101010101)

/* Whether one of eight bytes is a line feed: it is made zero and looked for. */
static bool has_line_feed(uint64_t bytes)
{
    const uint64_t x = bytes ^ LOW_BITS * '\n';
    return ((x - LOW_BITS) & ~x & LOW_BITS << 7) != 0;
}

/* Of eight bytes of UTF-8: those that go on with a character, 10xxxxxx. */
static unsigned count_continuing(uint64_t bytes)
{
    const uint64_t bits = bytes >> 7 & ~(bytes >> 6) & LOW_BITS;
    return (unsigned)(bits * LOW_BITS >> 56); /* their sum */
}

static void pass(struct gs_mark *mark, const char *text, size_t size)
{
    size_t i = 0;
    uint64_t eight;
    for (; i + sizeof eight <= size; i += sizeof eight) {
        memcpy(&eight, text + i, sizeof eight);
        if (has_line_feed(eight)) {
            pass_bytes(mark, text + i, sizeof eight);
        } else {
            mark->column += (unsigned)sizeof eight - count_continuing(eight);
        }
    }
    pass_bytes(mark, text + i, size - i);
}

/* Goes on with the marks until that of `block` is known. */
static void reach(const struct gs_xml *xml, size_t block)
{
    struct gs_marks *marks = xml->marks;
    const size_t size = marks->block_size;
    for (; marks->count <= block; marks->count++) {
        const size_t begin = (marks->count - 1) * size;
        struct gs_mark mark = marks->blocks[marks->count - 1];
        pass(&mark, xml->source.text + begin, size);
        gs_map_pass(xml->map, begin);
        marks->blocks[marks->count] = mark;
    }
}

void gs_xml_make_marks(struct gs_arena *arena, struct gs_xml *xml)
{
    const size_t size = xml->map != NULL ? MAP_BLOCK_SIZE : BLOCK_SIZE;
    const size_t last = xml->source.size / size;
    xml->marks = GS_MAKE(arena, struct gs_marks);
    *xml->marks = (struct gs_marks){
            .block_size = size,
            .blocks = GS_MAKE_ARRAY(arena, struct gs_mark, last + 1),
            .count = 1,
            .mark = {1, 1},
    };
    xml->marks->blocks[0] = (struct gs_mark){1, 1};
    if (xml->map != NULL) {
        reach(xml, last);
    }
}

struct gs_loc gs_xml_loc_at(const struct gs_xml *xml, size_t offset)
{
    struct gs_marks *marks = xml->marks;
    offset = MIN(offset, xml->source.size);
    const size_t block = offset / marks->block_size;
    reach(xml, block);
    struct gs_mark mark = marks->blocks[block];
    size_t begin = block * marks->block_size;
    if (marks->offset >= begin && marks->offset <= offset) {
        mark = marks->mark;
        begin = marks->offset;
    }
    pass(&mark, xml->source.text + begin, offset - begin);
    marks->offset = offset;
    marks->mark = mark;
    return (struct gs_loc){&xml->source, mark.line, mark.column};
}

/* --- values to offsets ----------------------------------------------------- */

/* A piece of raw text and the bytes it stands for in the value. */
struct piece {
    size_t raw, value;
};

static size_t size_of_markup(const char *at, const char *end, const char *close)
{
    const char *found = g_strstr_len(at, end - at, close);
    return found != NULL ? (size_t)(found - at) + strlen(close)
                         : (size_t)(end - at);
}

static struct piece measure_reference(const char *at, const char *end)
{
    const char *close = memchr(at, ';', (size_t)(end - at));
    if (close == NULL) { /* cannot be, in a tree that was built */
        return (struct piece){1, 1};
    }
    struct piece piece = {(size_t)(close - at) + 1, 1};
    if (at[1] == '#') {
        bool is_hex = at[2] == 'x';
        guint64 c =
                g_ascii_strtoull(at + (is_hex ? 3 : 2), NULL, is_hex ? 16 : 10);
        piece.value = (size_t)g_unichar_to_utf8((gunichar)c, NULL);
    }
    return piece;
}

/* The next piece of a text; raw 0 where an element begins or ends. */
static struct piece measure_text(
        const char *at, const char *end, bool *in_cdata)
{
    size_t left = (size_t)(end - at);
    if (left == 0) {
        return (struct piece){0, 0};
    }
    if (*in_cdata && g_str_has_prefix(at, "]]>")) {
        *in_cdata = false;
        return (struct piece){3, 0};
    }
    if (at[0] == '\r' && at[1] == '\n') {
        return (struct piece){2, 1};
    }
    if (*in_cdata || (at[0] != '<' && at[0] != '&')) {
        return (struct piece){1, 1};
    }
    if (at[0] == '&') {
        return measure_reference(at, end);
    }
    if (g_str_has_prefix(at, "<![CDATA[")) {
        *in_cdata = true;
        return (struct piece){9, 0};
    }
    if (g_str_has_prefix(at, "<!--")) {
        return (struct piece){size_of_markup(at + 4, end, "-->") + 4, 0};
    }
    if (g_str_has_prefix(at, "<?")) {
        return (struct piece){size_of_markup(at, end, "?>"), 0};
    }
    return (struct piece){0, 0};
}

/* The next piece of an attribute's value; raw 0 at its closing quote. */
static struct piece measure_value(const char *at, const char *end, char quote)
{
    if (at == end || *at == quote) {
        return (struct piece){0, 0};
    }
    if (*at == '&') {
        return measure_reference(at, end);
    }
    return (struct piece){at[0] == '\r' && at[1] == '\n' ? 2 : 1, 1};
}

/*
 * The raw byte that byte `offset` of the value beginning at `begin` comes from.
 * `quote` is 0 for a text.
 */
static size_t find_raw(
        const struct gs_xml *xml, size_t begin, char quote, size_t offset)
{
    const char *text = xml->source.text;
    const char *at = text + begin, *end = text + xml->source.size;
    bool in_cdata = false;
    size_t value = 0;
    for (;;) {
        struct piece piece = quote == 0 ? measure_text(at, end, &in_cdata)
                                        : measure_value(at, end, quote);
        if (piece.raw == 0 || value + piece.value > offset) {
            return (size_t)(at - text);
        }
        at += piece.raw;
        value += piece.value;
    }
}

/* --- attributes in their start tag ----------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *skip_blanks(const char *at)
{
    while (is_blank(*at)) {
        at++;
    }
    return at;
}

static const char *skip_name(const char *at)
{
    while (*at != '\0' && !is_blank(*at) && strchr("=/>", *at) == NULL) {
        at++;
    }
    return at;
}

static bool is_named(const xmlAttr *attribute, const char *name, size_t size)
{
    if (attribute->ns != NULL && attribute->ns->prefix != NULL) {
        size_t prefix = strlen((const char *)attribute->ns->prefix);
        if (size <= prefix + 1 || name[prefix] != ':' ||
                memcmp(name, attribute->ns->prefix, prefix) != 0) {
            return false;
        }
        name += prefix + 1;
        size -= prefix + 1;
    }
    return strlen((const char *)attribute->name) == size &&
            memcmp(name, attribute->name, size) == 0;
}

/* Offsets of the attribute's name and of its value's opening quote. */
static void find_in_tag(const struct gs_xml *xml, const xmlAttr *attribute,
        size_t *name, size_t *quote)
{
    const struct gs_place place = gs_place_of(attribute->parent);
    const char *text = xml->source.text;
    const char *at = skip_name(text + place.offset + 1);
    *name = *quote = place.offset;
    for (;;) {
        const char *begin = skip_blanks(at);
        const char *end = skip_name(begin);
        at = skip_blanks(end);
        if (begin == end || *at != '=') {
            return;
        }
        at = skip_blanks(at + 1);
        if (is_named(attribute, begin, (size_t)(end - begin))) {
            *name = (size_t)(begin - text);
            *quote = (size_t)(at - text);
            return;
        }
        const char *close = *at != '\0' ? strchr(at + 1, *at) : NULL;
        if (close == NULL) {
            return;
        }
        at = close + 1;
    }
}

/* --- public ---------------------------------------------------------------- */

static const struct gs_xml *xml_of(const struct gs_node *node)
{
    return gs_node_xml(node)->doc->_private;
}

struct gs_loc gs_node_loc(const struct gs_node *node)
{
    const xmlNode *raw = gs_node_xml(node);
    size_t offset = 0, quote;
    switch (gs_node_kind(node)) {
    case GS_NODE_ELEMENT:
        offset = gs_place_of(raw).offset;
        break;
    case GS_NODE_TEXT:
        return gs_node_value_loc(node, 0);
    case GS_NODE_ATTRIBUTE:
        find_in_tag(xml_of(node), (const xmlAttr *)(const void *)raw, &offset,
                &quote);
        break;
    }
    return gs_xml_loc_at(xml_of(node), offset);
}

struct gs_loc gs_node_value_loc(const struct gs_node *node, size_t offset)
{
    const struct gs_xml *xml = xml_of(node);
    const xmlNode *raw = gs_node_xml(node);
    size_t begin = 0, name;
    char quote = 0;
    switch (gs_node_kind(node)) {
    case GS_NODE_ELEMENT:
        return gs_node_loc(node);
    case GS_NODE_TEXT:
        begin = (size_t)((const char *)raw->_private - xml->source.text);
        break;
    case GS_NODE_ATTRIBUTE:
        find_in_tag(xml, (const xmlAttr *)(const void *)raw, &name, &begin);
        quote = xml->source.text[begin];
        begin++;
        break;
    }
    return gs_xml_loc_at(xml, find_raw(xml, begin, quote, offset));
}

struct gs_loc gs_node_attribute_loc(
        const struct gs_node *node, const char *name, size_t offset)
{
    const struct gs_node *attribute = gs_node_first_attribute(node);
    for (; attribute != NULL; attribute = gs_node_next(attribute)) {
        if (gs_node_xml(attribute)->ns == NULL &&
                strcmp(gs_node_name(attribute), name) == 0) {
            return gs_node_value_loc(attribute, offset);
        }
    }
    return gs_node_loc(node);
}
