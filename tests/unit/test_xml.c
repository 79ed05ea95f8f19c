/*
 * Located XML: trees, places, paths, encodings, bounds.
 */
#include "xml/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "base/arena.h"

struct fixture {
    struct gs_arena *arena;
    struct gs_diag *diag;
};

static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    fixture->arena = gs_arena_new();
    fixture->diag = gs_diag_new();
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    gs_arena_free(fixture->arena);
    gs_diag_free(fixture->diag);
    g_free(fixture);
    return 0;
}

static const struct gs_xml *parse(struct fixture *fixture, const char *text)
{
    return gs_xml_parse(
            fixture->arena, "test.xml", text, strlen(text), fixture->diag);
}

static const struct gs_node *parse_root(
        struct fixture *fixture, const char *text)
{
    const struct gs_xml *xml = parse(fixture, text);
    if (xml == NULL) {
        char *messages = gs_diag_text(fixture->diag);
        print_error("%s", messages);
        g_free(messages);
        fail();
    }
    return gs_xml_root(xml);
}

/* The text must be refused with one error of this kind at this place. */
static void expect_error(struct fixture *fixture, const char *bytes,
        size_t size, enum gs_diag_id id, unsigned line, unsigned column)
{
    size_t before = gs_diag_count(fixture->diag);
    assert_null(gs_xml_parse(
            fixture->arena, "bad.xml", bytes, size, fixture->diag));
    assert_int_equal(gs_diag_count(fixture->diag), before + 1);
    struct gs_diag_entry entry = gs_diag_entry(fixture->diag, before);
    assert_int_equal(entry.id, id);
    assert_int_equal(entry.loc.line, line);
    assert_int_equal(entry.loc.column, column);
}

#define EXPECT_ERROR(fixture, text, id, line, column) \
    expect_error(fixture, text, strlen(text), id, line, column)

static void expect_loc(struct gs_loc loc, unsigned line, unsigned column)
{
    assert_int_equal(loc.line, line);
    assert_int_equal(loc.column, column);
}

/* --- trees ----------------------------------------------------------------- */

static void tree_holds_elements_texts_and_attributes(void **state)
{
    struct fixture *fixture = *state;
    const struct gs_node *root = parse_root(fixture,
            "<a x='1' y=''>t<!-- c --><b>u</b><?p i?><c/>v<![CDATA[<w>]]></a>");
    assert_string_equal(gs_node_name(root), "a");
    assert_string_equal(gs_node_namespace(root), "");
    assert_null(gs_node_parent(root));
    assert_string_equal(gs_node_find_attribute(root, "x"), "1");
    assert_string_equal(gs_node_find_attribute(root, "y"), "");
    assert_null(gs_node_find_attribute(root, "z"));

    const struct gs_node *at = gs_node_first_child(root);
    assert_int_equal(gs_node_kind(at), GS_NODE_TEXT);
    assert_string_equal(gs_node_text(fixture->arena, at), "t");
    at = gs_node_next(at);
    assert_string_equal(gs_node_name(at), "b");
    assert_ptr_equal(gs_node_parent(at), root);
    at = gs_node_next(at);
    assert_string_equal(gs_node_name(at), "c");
    assert_string_equal(gs_node_text(fixture->arena, at), "");
    assert_null(gs_node_first_child(at));
    at = gs_node_next(at);
    assert_string_equal(gs_node_text(fixture->arena, at), "v<w>");
    assert_null(gs_node_next(at));
    assert_string_equal(gs_node_text(fixture->arena, root), "tuv<w>");
}

static void names_are_told_by_namespace(void **state)
{
    struct fixture *fixture = *state;
    const struct gs_node *root = parse_root(fixture,
            "<l:a xmlns:l='urn:l' l:k='1' k='2'><b xmlns='urn:m'/></l:a>");
    assert_string_equal(gs_node_name(root), "a");
    assert_string_equal(gs_node_namespace(root), "urn:l");
    assert_string_equal(gs_node_find_attribute(root, "k"), "2");
    const struct gs_node *attribute = gs_node_first_attribute(root);
    assert_string_equal(gs_node_namespace(attribute), "urn:l");
    expect_loc(gs_node_loc(attribute), 1, 22);
    expect_loc(gs_node_loc(gs_node_next(attribute)), 1, 30);
    assert_string_equal(gs_node_namespace(gs_node_first_child(root)), "urn:m");
}

static void instructions_before_the_root_are_found(void **state)
{
    struct fixture *fixture = *state;
    const struct gs_xml *xml = parse(fixture,
            "<?xml version='1.0'?>\n<!-- <?go no?> -->\n<?stop?>\n"
            "<?go  one two ?>\n<?go three?><a><?in a?></a><?after a?>");
    assert_non_null(xml);
    struct gs_loc loc;
    assert_string_equal(gs_xml_find_instruction(xml, "go", &loc), "one two ");
    expect_loc(loc, 4, 7);
    assert_null(gs_xml_find_instruction(xml, "in", &loc));
    assert_null(gs_xml_find_instruction(xml, "after", &loc));
}

static void paths_number_only_namesakes(void **state)
{
    struct fixture *fixture = *state;
    const struct gs_node *root =
            parse_root(fixture, "<u><t><n/></t> <t i='1'><n>x</n></t><o/></u>");
    const struct gs_node *first = gs_node_first_child(root);
    const struct gs_node *second = gs_node_next(gs_node_next(first));
    struct gs_arena *arena = fixture->arena;
    assert_string_equal(gs_node_path(arena, root), "/u");
    assert_string_equal(gs_node_path(arena, first), "/u/t[1]");
    const struct gs_node *name = gs_node_first_child(second);
    assert_string_equal(gs_node_path(arena, name), "/u/t[2]/n");
    assert_string_equal(
            gs_node_path(arena, gs_node_first_child(name)), "/u/t[2]/n/text()");
    assert_string_equal(
            gs_node_path(arena, gs_node_first_attribute(second)), "/u/t[2]/@i");
    assert_string_equal(gs_node_path(arena, gs_node_next(second)), "/u/o");
}

/* --- places ---------------------------------------------------------------- */

static void columns_count_characters(void **state)
{
    struct fixture *fixture = *state;
    const struct gs_node *root = parse_root(
            fixture, "\xef\xbb\xbf<a>\r\n 汉字<b 名='值' c=\"d\"/>\n</a>");
    const struct gs_node *text = gs_node_first_child(root);
    expect_loc(gs_node_loc(root), 1, 1);
    expect_loc(gs_node_loc(text), 1, 4);
    const struct gs_node *b = gs_node_next(text);
    expect_loc(gs_node_loc(b), 2, 4);
    expect_loc(gs_node_loc(gs_node_first_attribute(b)), 2, 7);
    expect_loc(gs_node_attribute_loc(b, "名", 0), 2, 10);
    expect_loc(gs_node_attribute_loc(b, "c", 0), 2, 16);
    expect_loc(gs_node_attribute_loc(b, "no", 0), 2, 4);
}

static void bytes_of_a_value_are_found_in_the_text(void **state)
{
    struct fixture *fixture = *state;
    const struct gs_node *root = parse_root(fixture,
            "<a v = '1&lt;&#x4e2d;\r\n9'>x<!-- < "
            "-->y<![CDATA[<z>]]>&amp;\r\n!</a>");
    const char *value = gs_node_find_attribute(root, "v");
    assert_string_equal(value, "1<中 9");
    expect_loc(gs_node_attribute_loc(root, "v", 0), 1, 9);
    expect_loc(gs_node_attribute_loc(root, "v", 1), 1, 10);
    expect_loc(gs_node_attribute_loc(root, "v", 2), 1, 14);
    expect_loc(gs_node_attribute_loc(root, "v", 6), 2, 1);
    expect_loc(gs_node_attribute_loc(root, "v", 99), 2, 2);

    const struct gs_node *text = gs_node_first_child(root);
    assert_string_equal(gs_node_text(fixture->arena, text), "xy<z>&\n!");
    expect_loc(gs_node_value_loc(text, 0), 2, 4);
    expect_loc(gs_node_value_loc(text, 1), 2, 15);
    expect_loc(gs_node_value_loc(text, 2), 2, 25);
    expect_loc(gs_node_value_loc(text, 5), 2, 31);
    expect_loc(gs_node_value_loc(text, 6), 2, 36);
    expect_loc(gs_node_value_loc(text, 7), 3, 1);
}

/* --- random documents ------------------------------------------------------ */

struct writer {
    GString *out;
    GArray *places; /* of struct gs_loc, in document order */
    GRand *random;
};

static struct gs_loc naive_loc(const GString *text)
{
    struct gs_loc loc = {NULL, 1, 1};
    for (const char *at = text->str; *at != '\0';) {
        gunichar c = g_utf8_get_char(at);
        loc.column = c == '\n' ? 1 : loc.column + 1;
        loc.line += c == '\n';
        at += g_unichar_to_utf8(c, NULL);
    }
    return loc;
}

static void note(struct writer *writer)
{
    struct gs_loc loc = naive_loc(writer->out);
    g_array_append_val(writer->places, loc);
}

static bool chance(struct writer *writer, int one_in)
{
    return g_rand_int_range(writer->random, 0, one_in) == 0;
}

static void put_text(struct writer *writer, const char *const *pieces, int n)
{
    int count = g_rand_int_range(writer->random, 0, 4);
    for (int i = 0; i < count; i++) {
        int which = g_rand_int_range(writer->random, 0, n);
        g_string_append(writer->out, pieces[which]);
    }
}

static void put_blanks(struct writer *writer)
{
    static const char *const blanks[] = {" ", "\n", "\t", "\r\n"};
    g_string_append(
            writer->out, blanks[g_rand_int_range(writer->random, 0, 4)]);
}

static void put_element(struct writer *writer, int depth)
{
    static const char *const texts[] = {"x", "汉", "\n", "\r\n", "&lt;", "𠀀",
            "<!-- <a> -->", "<?p <a b='c'?>", "<![CDATA[<a x='1'>]]>", ">"};
    static const char *const values[] = {
            "x", "字", "\n", "&#10;", ">", "=", "/", "&amp;", "'", "b=", "/>"};
    static const char *const names[] = {"a", "名称", "n-1"};
    const char *name = names[g_rand_int_range(writer->random, 0, 3)];
    note(writer);
    g_string_append_printf(writer->out, "<%s", name);
    int attributes = g_rand_int_range(writer->random, 0, 3);
    for (int i = 0; i < attributes; i++) {
        put_blanks(writer);
        note(writer);
        g_string_append_printf(writer->out, "b%d", i);
        g_string_append(writer->out, chance(writer, 3) ? " = \"" : "=\"");
        note(writer);
        put_text(writer, values, (int)G_N_ELEMENTS(values));
        g_string_append_c(writer->out, '"');
    }
    if (chance(writer, 3)) {
        put_blanks(writer);
    }
    if (depth == 0 || chance(writer, 4)) {
        g_string_append(writer->out, "/>");
        return;
    }
    g_string_append_c(writer->out, '>');
    do {
        put_text(writer, texts, (int)G_N_ELEMENTS(texts));
        put_element(writer, depth - 1);
    } while (!chance(writer, 3));
    put_text(writer, texts, (int)G_N_ELEMENTS(texts));
    g_string_append_printf(writer->out, "</%s>", name);
}

static void expect_place(
        const struct writer *writer, size_t *index, struct gs_loc loc)
{
    assert_in_range(*index, 0, writer->places->len - 1);
    struct gs_loc *place =
            &g_array_index(writer->places, struct gs_loc, *index);
    (*index)++;
    expect_loc(loc, place->line, place->column);
}

static void check_places(
        const struct writer *writer, const struct gs_node *node, size_t *index)
{
    expect_place(writer, index, gs_node_loc(node));
    const struct gs_node *at = gs_node_first_attribute(node);
    for (; at != NULL; at = gs_node_next(at)) {
        expect_place(writer, index, gs_node_loc(at));
        expect_place(writer, index, gs_node_value_loc(at, 0));
    }
    for (at = gs_node_first_child(node); at != NULL; at = gs_node_next(at)) {
        if (gs_node_kind(at) == GS_NODE_ELEMENT) {
            check_places(writer, at, index);
        }
    }
}

static void places_equal_a_naive_scan(void **state)
{
    struct fixture *fixture = *state;
    for (guint32 seed = 1; seed <= 300; seed++) {
        struct writer writer = {g_string_new(NULL),
                g_array_new(FALSE, FALSE, sizeof(struct gs_loc)),
                g_rand_new_with_seed(seed)};
        put_element(&writer, 3);
        const struct gs_node *root = parse_root(fixture, writer.out->str);
        size_t index = 0;
        check_places(&writer, root, &index);
        assert_int_equal(index, writer.places->len);
        g_string_free(writer.out, TRUE);
        g_array_free(writer.places, TRUE);
        g_rand_free(writer.random);
    }
}

/* --- encodings ------------------------------------------------------------- */

static void encodings_are_turned_into_utf8(void **state)
{
    struct fixture *fixture = *state;
    static const char *const encodings[] = {
            "GB18030", "gb2312", "GBK", "Big5", "UTF-16LE", "UTF-16BE"};
    for (size_t i = 0; i < G_N_ELEMENTS(encodings); i++) {
        char *text = g_strdup_printf(
                "<?xml version=\"1.0\" encoding=\"%s\"?>\n<a>部<b/></a>",
                encodings[i]);
        gsize size;
        char *bytes =
                g_convert(text, -1, encodings[i], "UTF-8", NULL, &size, NULL);
        assert_non_null(bytes);
        const struct gs_xml *xml = gs_xml_parse(
                fixture->arena, "e.xml", bytes, size, fixture->diag);
        assert_non_null(xml);
        const struct gs_node *root = gs_xml_root(xml);
        assert_string_equal(gs_node_text(fixture->arena, root), "部");
        expect_loc(gs_node_loc(gs_node_next(gs_node_first_child(root))), 2, 5);
        g_free(bytes);
        g_free(text);
    }
}

static void a_byte_order_mark_decides(void **state)
{
    struct fixture *fixture = *state;
    static const char text[] = "\xff\xfe<\0a\0>\0\x2d\x4e<\0/\0a\0>\0";
    const struct gs_xml *xml = gs_xml_parse(
            fixture->arena, "bom.xml", text, sizeof text - 1, fixture->diag);
    assert_non_null(xml);
    assert_string_equal(gs_node_text(fixture->arena, gs_xml_root(xml)), "中");
}

static void unreadable_bytes_are_reported(void **state)
{
    struct fixture *fixture = *state;
    EXPECT_ERROR(fixture, "<a>\n中\xff</a>", GS_DIAG_XML_ENCODING, 2, 2);
    EXPECT_ERROR(fixture, "<?xml version='1.0' encoding='no-such'?><a/>",
            GS_DIAG_XML_ENCODING, 1, 0);
    EXPECT_ERROR(fixture, "<?xml version='1.0' encoding='UTF-16'?><a/>",
            GS_DIAG_XML_ENCODING, 1, 0);
    EXPECT_ERROR(fixture,
            "<?xml version='1.0' encoding='gb18030'?>\n<a>\xff</a>",
            GS_DIAG_XML_ENCODING, 2, 0);
    expect_error(fixture, "<a>\0</a>", 8, GS_DIAG_XML_ENCODING, 1, 4);
}

/* --- what is refused ------------------------------------------------------- */

static void syntax_errors_have_a_place(void **state)
{
    struct fixture *fixture = *state;
    EXPECT_ERROR(fixture, "", GS_DIAG_XML_SYNTAX, 1, 1);
    EXPECT_ERROR(fixture, "no XML", GS_DIAG_XML_SYNTAX, 1, 1);
    EXPECT_ERROR(fixture, "<a>\n <b>x</c></a>", GS_DIAG_XML_SYNTAX, 2, 6);
    EXPECT_ERROR(fixture, "<a>\n<b>", GS_DIAG_XML_SYNTAX, 2, 4);
    EXPECT_ERROR(fixture, "<a/>\n<b/>", GS_DIAG_XML_SYNTAX, 2, 1);
    EXPECT_ERROR(fixture, "<a>&none;</a>", GS_DIAG_XML_SYNTAX, 1, 10);
    EXPECT_ERROR(fixture, "<a><p:b/></a>", GS_DIAG_XML_SYNTAX, 1, 8);
    EXPECT_ERROR(fixture, "<a>\x01</a>", GS_DIAG_XML_SYNTAX, 1, 4);
    EXPECT_ERROR(fixture, "<a x='1' x='2'/>", GS_DIAG_XML_SYNTAX, 1, 15);
}

static void document_types_are_refused_unread(void **state)
{
    struct fixture *fixture = *state;
    EXPECT_ERROR(fixture,
            "<?xml version='1.0'?>\n <!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            GS_DIAG_XML_DTD, 2, 2);
    EXPECT_ERROR(fixture, "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
            GS_DIAG_XML_DTD, 1, 1);
    EXPECT_ERROR(fixture,
            "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><l>&b;</l>",
            GS_DIAG_XML_DTD, 1, 1);
}

static void deep_nesting_is_refused(void **state)
{
    struct fixture *fixture = *state;
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 100000; i++) {
        g_string_append(text, "<a>");
    }
    EXPECT_ERROR(fixture, text->str, GS_DIAG_XML_LIMIT, 1, 256 * 3 + 1);
    g_string_truncate(text, GS_XML_DEPTH_MAX * 3);
    for (int i = 0; i < GS_XML_DEPTH_MAX; i++) {
        g_string_append(text, "</a>");
    }
    assert_non_null(parse(fixture, text->str));
    g_string_free(text, TRUE);
}

static void long_texts_and_values_are_refused(void **state)
{
    struct fixture *fixture = *state;
    size_t size = GS_XML_TEXT_MAX + 1;
    char *filling = g_malloc(size + 1);
    memset(filling, 'x', size);
    filling[size] = '\0';
    char *text = g_strdup_printf("<a>%s</a>", filling);
    EXPECT_ERROR(fixture, text, GS_DIAG_XML_LIMIT, 1, 4);
    g_free(text);
    text = g_strdup_printf("<a>\n<b v='%s'/></a>", filling);
    EXPECT_ERROR(fixture, text, GS_DIAG_XML_LIMIT, 2, 1);
    g_free(text);
    filling[size - 1] = '\0';
    text = g_strdup_printf("<a v='%s'>%s</a>", filling, filling);
    assert_non_null(parse(fixture, text));
    g_free(text);
    g_free(filling);
}

static void many_attributes_are_refused(void **state)
{
    struct fixture *fixture = *state;
    GString *text = g_string_new("<a>\n<b");
    for (int i = 0; i < 300000; i++) {
        g_string_append_printf(text, " a%d='>'", i);
    }
    g_string_append(text, "/></a>");
    EXPECT_ERROR(fixture, text->str, GS_DIAG_XML_LIMIT, 2, 1);
    g_string_free(text, TRUE);
}

static void many_names_are_refused(void **state)
{
    struct fixture *fixture = *state;
    GString *text = g_string_new("<a>\n");
    for (int i = 0; i < 1000000; i++) {
        g_string_append_printf(text, "<b%06d/>", i);
    }
    g_string_append(text, "</a>");
    assert_null(parse(fixture, text->str));
    assert_int_equal(gs_diag_entry(fixture->diag, 0).id, GS_DIAG_XML_LIMIT);
    g_string_free(text, TRUE);
}

/* Bytes changed, lost and doubled at random: refused or read, never worse. */
static void damaged_documents_do_no_harm(void **state)
{
    struct fixture *fixture = *state;
    static const char whole[] =
            "<?xml version='1.0' encoding='UTF-8'?>\n<?p c?><!-- c -->\n"
            "<u xmlns:x='urn:x' x:a='1' b=\"&lt;二&#x4e09;\">"
            "<t>一<![CDATA[<&>]]>&amp;</t>\r\n<t/><x:v c='&#10;'>2</x:v></u>";
    static const char spice[] = "<>&;'\"=/!?-[]x \n\xe4\xff";
    GRand *random = g_rand_new_with_seed(11);
    size_t read = 0;
    for (int n = 0; n < 20000; n++) {
        GString *text = g_string_new_len(whole, sizeof whole - 1);
        for (int i = g_rand_int_range(random, 1, 4); i > 0; i--) {
            gssize at = g_rand_int_range(random, 0, (gint32)text->len);
            switch (g_rand_int_range(random, 0, 3)) {
            case 0:
                text->str[at] = spice[g_rand_int_range(
                        random, 0, (gint32)sizeof spice - 1)];
                break;
            case 1:
                g_string_truncate(text, (gsize)at + 1);
                g_string_append(text, whole + at / 3);
                break;
            default:
                g_string_insert_len(text, at, whole + at / 2, 5);
            }
        }
        struct gs_arena *arena = gs_arena_new();
        const struct gs_xml *xml = gs_xml_parse(
                arena, "damaged.xml", text->str, text->len, fixture->diag);
        read += xml != NULL;
        const struct gs_node *at = xml != NULL ? gs_xml_root(xml) : NULL;
        while (at != NULL) { /* the first branch, to its end */
            gs_node_path(arena, at);
            gs_node_text(arena, at);
            assert_int_not_equal(gs_node_loc(at).line, 0);
            gs_node_value_loc(at, 3);
            gs_node_attribute_loc(at, "b", 5);
            at = gs_node_first_child(at);
        }
        gs_arena_free(arena);
        g_string_free(text, TRUE);
    }
    assert_in_range(read, 1000, 19000);
    assert_int_equal(read + gs_diag_errors(fixture->diag), 20000);
    g_rand_free(random);
}

static void a_missing_file_is_reported(void **state)
{
    struct fixture *fixture = *state;
    assert_null(
            gs_xml_load(fixture->arena, "/no/such/file.xml", fixture->diag));
    assert_int_equal(gs_diag_entry(fixture->diag, 0).id, GS_DIAG_FILE_READ);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
            TEST(tree_holds_elements_texts_and_attributes),
            TEST(names_are_told_by_namespace),
            TEST(instructions_before_the_root_are_found),
            TEST(paths_number_only_namesakes),
            TEST(columns_count_characters),
            TEST(bytes_of_a_value_are_found_in_the_text),
            TEST(places_equal_a_naive_scan),
            TEST(encodings_are_turned_into_utf8),
            TEST(a_byte_order_mark_decides),
            TEST(unreadable_bytes_are_reported),
            TEST(syntax_errors_have_a_place),
            TEST(document_types_are_refused_unread),
            TEST(deep_nesting_is_refused),
            TEST(long_texts_and_values_are_refused),
            TEST(many_attributes_are_refused),
            TEST(many_names_are_refused),
            TEST(damaged_documents_do_no_harm),
            TEST(a_missing_file_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
