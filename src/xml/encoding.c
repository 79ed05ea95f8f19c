/*
 * Encoding: any XML text to UTF-8 (XML 1.0, appendix F).
 *
 * This is done before parsing, not by the parser, so that byte offsets of the
 * parser are offsets into the text that diagnostics show.
 */
#include "xml/tree.h"

#include <string.h>

#include <glib.h>

#include "base/arena.h"

/* An XML declaration is at the very beginning and not longer than this. */
#define DECLARATION_MAX 1024
#define ENCODING_NAME_MAX 40

static bool begins_with(
        const char *bytes, size_t size, const char *prefix, size_t prefix_size)
{
    return size >= prefix_size && memcmp(bytes, prefix, prefix_size) == 0;
}

/* What the first bytes alone tell; NULL where they do not. */
static const char *find_signature(
        const char *bytes, size_t size, size_t *mark_size)
{
    static const struct {
        const char *bytes;
        size_t size;
        bool is_mark; /* a byte order mark, no part of the text */
        const char *encoding;
    } signatures[] = {
            {"\xef\xbb\xbf", 3, true, "UTF-8"},
            {"\xff\xfe\0\0", 4, true, "UTF-32LE"},
            {"\0\0\xfe\xff", 4, true, "UTF-32BE"},
            {"\xff\xfe", 2, true, "UTF-16LE"},
            {"\xfe\xff", 2, true, "UTF-16BE"},
            {"<\0\0\0", 4, false, "UTF-32LE"},
            {"\0\0\0<", 4, false, "UTF-32BE"},
            {"<\0", 2, false, "UTF-16LE"},
            {"\0<", 2, false, "UTF-16BE"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(signatures); i++) {
        if (begins_with(bytes, size, signatures[i].bytes, signatures[i].size)) {
            *mark_size = signatures[i].is_mark ? signatures[i].size : 0;
            return signatures[i].encoding;
        }
    }
    *mark_size = 0;
    return NULL;
}

/* Copies the value of encoding="…" in the XML declaration, if there is one. */
static bool find_declared(const char *bytes, size_t size, char *name)
{
    if (!begins_with(bytes, size, "<?xml", 5)) {
        return false;
    }
    size = MIN(size, DECLARATION_MAX);
    const char *end = g_strstr_len(bytes, (gssize)size, "?>");
    if (end == NULL) {
        return false;
    }
    const char *at = g_strstr_len(bytes, end - bytes, "encoding");
    if (at == NULL) {
        return false;
    }
    at += strlen("encoding");
    while (at < end && (g_ascii_isspace(*at) || *at == '=')) {
        at++;
    }
    if (at == end || (*at != '"' && *at != '\'')) {
        return false;
    }
    at++;
    /* EncName: no character that iconv would take for a suffix or a path. */
    size_t length = 0;
    while (length < ENCODING_NAME_MAX && at + length < end &&
            (g_ascii_isalnum(at[length]) ||
                    strchr("._-", at[length]) != NULL)) {
        name[length] = at[length];
        length++;
    }
    name[length] = '\0';
    return length > 0;
}

/*
 * What iconv is asked for.  GB2312 and GBK are subsets of GB18030, and files
 * under the smaller names often hold more than those have.
 */
static const char *iconv_name(const char *name)
{
    static const char *const subsets[] = {"GB2312", "GBK", "CP936", "EUC-CN"};
    for (size_t i = 0; i < G_N_ELEMENTS(subsets); i++) {
        if (g_ascii_strcasecmp(name, subsets[i]) == 0) {
            return "GB18030";
        }
    }
    return name;
}

static bool is_utf8_name(const char *name)
{
    return g_ascii_strcasecmp(name, "UTF-8") == 0 ||
            g_ascii_strcasecmp(name, "UTF8") == 0 ||
            g_ascii_strcasecmp(name, "US-ASCII") == 0;
}

/* Encodings in which the declaration could not have been read byte by byte. */
static bool is_wide_name(const char *name)
{
    return g_ascii_strncasecmp(name, "UTF-16", 6) == 0 ||
            g_ascii_strncasecmp(name, "UTF-32", 6) == 0 ||
            g_ascii_strncasecmp(name, "UTF-7", 5) == 0 ||
            g_ascii_strncasecmp(name, "UCS", 3) == 0 ||
            g_ascii_strncasecmp(name, "ISO-10646", 9) == 0;
}

/* Reports the byte at which reading stopped; the column counts bytes there. */
static void report(struct gs_diag *diag, const char *name, const char *bytes,
        size_t size, size_t bad, const char *encoding)
{
    struct gs_source source = {name, bytes, size};
    struct gs_loc loc = {&source, 1, 1};
    for (size_t i = 0; i < MIN(bad, size); i++) {
        if (bytes[i] == '\n') {
            loc.line++;
            loc.column = 1;
        } else if (((unsigned char)bytes[i] & 0xc0) != 0x80) {
            loc.column++;
        }
    }
    bool is_utf8 = is_utf8_name(encoding);
    if (!is_utf8) { /* its bytes say nothing to a reader */
        source.text = NULL;
        loc.column = 0;
    }
    gs_diag_add(diag, GS_DIAG_XML_ENCODING, loc,
            GS_ARGS(encoding, is_utf8 ? "GB18030" : NULL));
}

static bool convert(struct gs_arena *arena, const char *encoding,
        const char **text, size_t *size, size_t *bad)
{
    gsize written, read = 0;
    char *converted = g_convert(*text, (gssize)*size, "UTF-8",
            iconv_name(encoding), &read, &written, NULL);
    if (converted == NULL) {
        *bad = read;
        return false;
    }
    gs_arena_on_free(arena, g_free, converted);
    *text = converted;
    *size = written;
    return true;
}

static const char *skip_ascii(const char *at, const char *end)
{
    uint64_t eight;
    while (end - at >= (ptrdiff_t)sizeof eight) {
        memcpy(&eight, at, sizeof eight);
        if ((eight & UINT64_C(0x8080808080808080)) != 0) {
            break;
        }
        at += sizeof eight;
    }
    while (at < end && ((unsigned char)*at & 0x80) == 0) {
        at++;
    }
    return at;
}

/*
 * Skips characters of three bytes, 1110xxxx 10xxxxxx 10xxxxxx.  Those under E0 may be
 * too long for what they are, and those under ED surrogates.
 */
static const char *skip_chinese(const char *at, const char *end)
{
    uint32_t four;
    while (end - at >= (ptrdiff_t)sizeof four) {
        memcpy(&four, at, sizeof four);
        four = GUINT32_FROM_BE(four);
        const uint32_t lead = four >> 24;
        if ((four & 0xf0c0c000) != 0xe0808000 || lead == 0xe0 || lead == 0xed) {
            break;
        }
        at += 3;
    }
    return at;
}

/* ASCII and Chinese are told at a glance; GLib judges what is left. */
const char *gs_xml_find_invalid(const char *at, const char *end)
{
    const char *nul = memchr(at, '\0', (size_t)(end - at));
    end = nul != NULL ? nul : end;
    while ((at = skip_chinese(skip_ascii(at, end), end)) < end) {
        const gunichar c = g_utf8_get_char_validated(at, end - at);
        if (!g_unichar_validate(c)) {
            break;
        }
        at = g_utf8_next_char(at);
    }
    return at;
}

bool gs_xml_is_utf8(const char *bytes, size_t size)
{
    char declared[ENCODING_NAME_MAX + 1];
    size_t mark_size;
    const char *encoding = find_signature(bytes, size, &mark_size);
    if (encoding == NULL) {
        encoding = find_declared(bytes, size, declared) ? declared : "UTF-8";
    }
    return is_utf8_name(encoding);
}

bool gs_xml_decode(struct gs_arena *arena, const char *name, const char *bytes,
        size_t size, struct gs_diag *diag, const char **text, size_t *text_size)
{
    char declared[ENCODING_NAME_MAX + 1];
    size_t mark_size;
    const char *encoding = find_signature(bytes, size, &mark_size);
    if (encoding == NULL) {
        encoding = find_declared(bytes, size, declared) ? declared : "UTF-8";
    }
    const char *begin = bytes + mark_size;
    size_t rest = size - mark_size, bad_offset = 0;
    bool is_readable = encoding != declared || !is_wide_name(encoding);
    if (!is_readable ||
            (!is_utf8_name(encoding) &&
                    !convert(arena, encoding, &begin, &rest, &bad_offset))) {
        report(diag, name, bytes, size, bad_offset, encoding);
        return false;
    }
    const char *bad = gs_xml_find_invalid(begin, begin + rest);
    if (bad < begin + rest) {
        report(diag, name, begin, rest, (size_t)(bad - begin),
                is_utf8_name(encoding) ? "UTF-8" : encoding);
        return false;
    }
    *text = begin;
    *text_size = rest;
    return true;
}
