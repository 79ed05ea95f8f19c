/*
 * The libharu writer: small plain PDFs from faces with TrueType outlines.
 *
 * libharu keeps the whole document until it is saved.  Its errors come to a
 * handler, which makes them our sticky failure; nothing jumps.
 */
#include "write/haru.h"

#include <assert.h>
#include <string.h>

#include "base/diag.h"
#include "base/file.h"
#include "config.h"

/*
 * Rights that libharu has no name for: bits that stand for nothing are 1, and so
 * are those of screen readers and of good prints (ISO 32000-1, table 22).
 */
#define RIGHTS_MORE (0xFFFFF0C0 | 0x200 | 0x800)

struct link {
    HPDF_Page page;
    HPDF_Rect rect;
    char *target; /* id */
};

static void release_link(void *link)
{
    g_free(((struct link *)link)->target);
}

struct gs_haru *gs_haru_cast(struct gs_writer *base)
{
    assert(base->ops == &gs_haru_ops);
    return (struct gs_haru *)base;
}

bool gs_haru_can_draw(const struct gs_haru *haru)
{
    return !haru->base.failed && haru->page != NULL;
}

float gs_haru_pt(gs_len len)
{
    return (float)gs_len_to_pt(len);
}

float gs_haru_y(const struct gs_haru *haru, gs_len y)
{
    return gs_haru_pt(haru->page_height - y);
}

/* --- errors ------------------------------------------------------------------ */

static const char *error_words(HPDF_STATUS error)
{
    switch (error) {
    case HPDF_FAILD_TO_ALLOC_MEM:
        return GS_WORD(N_("out of memory"));
    case HPDF_FILE_IO_ERROR:
    case HPDF_FILE_OPEN_ERROR:
        return GS_WORD(N_("a file cannot be read"));
    case HPDF_TTF_CANNOT_EMBEDDING_FONT:
        return GS_WORD(N_("the font's licence bits forbid embedding"));
    case HPDF_TTF_INVALID_CMAP:
    case HPDF_TTF_INVALID_FOMAT: /* sic */
    case HPDF_TTF_MISSING_TABLE:
    case HPDF_UNSUPPORTED_FONT_TYPE:
        return GS_WORD(N_("the font file is not in a form that libharu reads"));
    case HPDF_PAGE_INVALID_SIZE:
        return GS_WORD(N_("a page must measure 3 to 14400 pt each way"));
    default:
        return NULL;
    }
}

static void HPDF_STDCALL on_error(
        HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
    struct gs_haru *haru = user;
    const char *words = error_words(error);

    if (words != NULL) {
        gs_writer_fail_words(&haru->base, words);
    } else {
        char text[64];
        g_snprintf(text, sizeof(text), "libharu error 0x%04lX, %lu",
                (unsigned long)error, (unsigned long)detail);
        gs_writer_fail_words(&haru->base, text);
    }
}

/* --- document ----------------------------------------------------------------- */

static struct gs_writer *open_writer(const struct gs_write_options *options,
        struct gs_output *output, struct gs_diag *diag)
{
    struct gs_haru *haru = g_new0(struct gs_haru, 1);

    gs_writer_init(&haru->base, &gs_haru_ops, output, diag);
    haru->protection = options->protection;
    haru->pages = g_ptr_array_new();
    haru->labels = g_ptr_array_new_with_free_func(g_free);
    haru->links = g_array_new(FALSE, FALSE, sizeof(struct link));
    g_array_set_clear_func(haru->links, release_link);
    haru->fonts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    haru->images = gs_writer_images_new();
    haru->text = g_string_new(NULL);
    return &haru->base;
}

static void set_info(
        struct gs_haru *haru, HPDF_InfoType which, const char *value)
{
    if (value != NULL && value[0] != '\0' &&
            !gs_haru_refuses(haru, value, strlen(value), GS_NO_LOC)) {
        HPDF_SetInfoAttr(haru->pdf, which, value);
    }
}

static void set_time(struct gs_haru *haru)
{
    GDateTime *time = g_date_time_new_from_unix_utc(gs_writer_time());
    HPDF_Date date = {
            .year = g_date_time_get_year(time),
            .month = g_date_time_get_month(time),
            .day = g_date_time_get_day_of_month(time),
            .hour = g_date_time_get_hour(time),
            .minutes = g_date_time_get_minute(time),
            .seconds = g_date_time_get_second(time),
            .ind = 'Z',
    };
    HPDF_SetInfoDateAttr(haru->pdf, HPDF_INFO_CREATION_DATE, date);
    g_date_time_unref(time);
}

/*
 * RC4 with keys of 128 bits, the best that libharu has.  An owner whom nobody knows
 * has a password by chance.  libharu makes the file's identifier, and the keys with
 * it, from the clock: such a file is never the same twice.
 */
static void protect(struct gs_haru *haru)
{
    const unsigned rights =
            RIGHTS_MORE | HPDF_ENABLE_PRINT | HPDF_ENABLE_COPY;
    const char *owner = haru->protection.owner;
    char *chance = NULL;
    if (haru->protection.password == NULL) {
        return;
    }
    if (owner == NULL) {
        chance = g_uuid_string_random();
        chance[GS_PASSWORD_MAX] = '\0';
        owner = chance;
    }
    HPDF_SetPassword(haru->pdf, owner, haru->protection.password);
    HPDF_SetPermission(haru->pdf, rights);
    HPDF_SetEncryptionMode(haru->pdf, HPDF_ENCRYPT_R3, 16);
    g_free(chance);
}

static void begin_doc(struct gs_writer *base, const struct gs_doc_info *info)
{
    struct gs_haru *haru = gs_haru_cast(base);
    const struct gs_metadata *metadata = &info->pages->doc->metadata;

    haru->info = *info;
    haru->pdf = HPDF_New(on_error, haru);
    if (haru->pdf == NULL) {
        gs_writer_fail_words(base, "out of memory");
        return;
    }
    haru->pdf->pdf_version = HPDF_VER_14; /* soft masks */
    HPDF_SetCompressionMode(haru->pdf, HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(haru->pdf);
    HPDF_SetCurrentEncoder(haru->pdf, "UTF-8");
    haru->encoder = HPDF_GetEncoder(haru->pdf, "UTF-8");
    set_info(haru, HPDF_INFO_TITLE, metadata->title);
    set_info(haru, HPDF_INFO_AUTHOR, metadata->author);
    set_info(haru, HPDF_INFO_SUBJECT, metadata->subject);
    set_info(haru, HPDF_INFO_KEYWORDS, metadata->keywords);
    set_info(haru, HPDF_INFO_CREATOR, "Gongshi " GONGSHI_VERSION);
    set_time(haru);
    protect(haru);
}

static void begin_page(struct gs_writer *base, const struct gs_page *page)
{
    struct gs_haru *haru = gs_haru_cast(base);

    if (base->failed) {
        return;
    }
    haru->page = HPDF_AddPage(haru->pdf);
    if (haru->page == NULL) {
        return;
    }
    g_ptr_array_add(haru->pages, haru->page);
    g_ptr_array_add(haru->labels,
            g_strdup(page->number != NULL ? page->number : ""));
    HPDF_Page_SetWidth(haru->page, gs_haru_pt(page->size.width));
    HPDF_Page_SetHeight(haru->page, gs_haru_pt(page->size.height));
    haru->page_height = page->size.height;
    haru->in_text = haru->bold = false;
    haru->font = NULL;
}

static void end_page(struct gs_writer *base)
{
    struct gs_haru *haru = gs_haru_cast(base);

    if (haru->page != NULL) {
        gs_haru_end_text(haru);
    }
    haru->page = NULL;
}

/* --- links, outline, page labels --------------------------------------------------- */

/* Targets may lie on later pages: kept until the end. */
static void add_link(
        struct gs_writer *base, struct gs_rect rect, const char *target)
{
    struct gs_haru *haru = gs_haru_cast(base);
    struct link link = {
            .page = haru->page,
            .rect =
                    {
                            .left = gs_haru_pt(rect.x),
                            .right = gs_haru_pt(rect.x + rect.width),
                            .top = gs_haru_y(haru, rect.y),
                            .bottom = gs_haru_y(haru, rect.y + rect.height),
                    },
    };
    if (gs_haru_can_draw(haru)) {
        link.target = g_strdup(target);
        g_array_append_val(haru->links, link);
    }
}

/* [page /XYZ 0 top 0]: libharu's own setter forbids 0, "zoom as it is". */
static HPDF_Destination make_destination(
        struct gs_haru *haru, const struct gs_anchor *anchor)
{
    size_t index = anchor->page - haru->info.first;
    HPDF_Page page = g_ptr_array_index(haru->pages, index);
    float height = HPDF_Page_GetHeight(page);
    HPDF_Destination destination = HPDF_Page_CreateDestination(page);

    if (destination == NULL) {
        return NULL;
    }
    HPDF_Array_Clear(destination);
    HPDF_Array_Add(destination, page);
    HPDF_Array_AddName(destination, "XYZ");
    HPDF_Array_AddReal(destination, 0);
    HPDF_Array_AddReal(destination, height - gs_haru_pt(anchor->y));
    HPDF_Array_AddReal(destination, 0);
    return destination;
}

static void write_links(struct gs_haru *haru, GHashTable *anchors)
{
    for (guint i = 0; i < haru->links->len; i++) {
        const struct link *link = &g_array_index(haru->links, struct link, i);
        const struct gs_anchor *anchor =
                gs_anchors_find(anchors, link->target);
        if (anchor == NULL) {
            continue;
        }
        HPDF_Destination destination = make_destination(haru, anchor);
        HPDF_Annotation annotation =
                HPDF_Page_CreateLinkAnnot(link->page, link->rect, destination);
        if (annotation != NULL) {
            HPDF_LinkAnnot_SetBorderStyle(annotation, 0, 0, 0);
        }
    }
}

static void write_outline(struct gs_haru *haru, GHashTable *anchors)
{
    GArray *items = gs_outline_make(&haru->info, anchors);
    HPDF_Outline *outlines = g_new0(HPDF_Outline, items->len + 1);

    for (guint i = 0; i < items->len && !haru->base.failed; i++) {
        const struct gs_outline_item *item =
                &g_array_index(items, struct gs_outline_item, i);
        const char *title = item->heading->title;
        if (gs_haru_refuses(haru, title, strlen(title), GS_NO_LOC)) {
            break;
        }
        outlines[i] = HPDF_CreateOutline(haru->pdf,
                item->parent < 0 ? NULL : outlines[item->parent], title,
                haru->encoder);
        HPDF_Destination destination = make_destination(haru, item->anchor);
        if (outlines[i] == NULL || destination == NULL) {
            break;
        }
        HPDF_Outline_SetOpened(outlines[i], item->parent < 0);
        HPDF_Outline_SetDestination(outlines[i], destination);
    }
    g_free(outlines);
    g_array_free(items, TRUE);
}

/*
 * libharu has labels with a number only.  A new range begins where numbers do
 * not go on by one; labels that are no numbers are left to the viewer.
 */
static void write_labels(struct gs_haru *haru)
{
    guint64 expected = 0;

    for (guint i = 0; i < haru->pages->len; i++) {
        const char *label = g_ptr_array_index(haru->labels, i);
        guint64 number = 0;
        if (!g_ascii_string_to_unsigned(
                        label, 10, 1, G_MAXINT32, &number, NULL)) {
            number = i + 1;
        }
        if (number != expected) {
            HPDF_AddPageLabel(haru->pdf, i, HPDF_PAGE_NUM_STYLE_DECIMAL,
                    (HPDF_UINT)number, NULL);
        }
        expected = number + 1;
    }
}

static void save(struct gs_haru *haru)
{
    HPDF_BYTE bytes[16384];

    if (haru->base.failed || HPDF_SaveToStream(haru->pdf) != HPDF_OK) {
        return;
    }
    HPDF_ResetStream(haru->pdf);
    for (HPDF_UINT32 left = HPDF_GetStreamSize(haru->pdf); left > 0;) {
        HPDF_UINT32 size = MIN(left, (HPDF_UINT32)sizeof(bytes));
        HPDF_ReadFromStream(haru->pdf, bytes, &size);
        if (size == 0 || !gs_output_write(haru->base.output, bytes, size)) {
            gs_writer_fail_words(&haru->base, "the output cannot be written");
            return;
        }
        left -= size;
    }
}

static void end_doc(struct gs_writer *base)
{
    struct gs_haru *haru = gs_haru_cast(base);

    if (base->failed) {
        return;
    }
    GHashTable *anchors = gs_anchors_new(
            haru->info.pages, haru->info.first, haru->info.last);
    write_links(haru, anchors);
    write_outline(haru, anchors);
    write_labels(haru);
    save(haru);
    g_hash_table_destroy(anchors);
}

static void free_writer(struct gs_writer *base)
{
    struct gs_haru *haru = gs_haru_cast(base);

    if (haru->pdf != NULL) {
        HPDF_Free(haru->pdf);
    }
    g_string_free(haru->text, TRUE);
    g_hash_table_destroy(haru->images);
    g_hash_table_destroy(haru->fonts);
    g_array_free(haru->links, TRUE);
    g_ptr_array_free(haru->labels, TRUE);
    g_ptr_array_free(haru->pages, TRUE);
    gs_writer_release(base);
    g_free(haru);
}

const struct gs_writer_ops gs_haru_ops = {
        .name = "haru",
        .formats = {[GS_FORMAT_PDF] = true},
        .protects = true,
        .outlines = GS_OUTLINES_TRUETYPE,
        .open = open_writer,
        .begin_doc = begin_doc,
        .begin_page = begin_page,
        .push_clip = gs_haru_push_clip,
        .pop_clip = gs_haru_pop_clip,
        .fill_rect = gs_haru_fill_rect,
        .stroke_rule = gs_haru_stroke_rule,
        .stroke_line = gs_haru_stroke_line,
        .show_glyphs = gs_haru_show_glyphs,
        .show_path = gs_haru_show_path,
        .show_image = gs_haru_show_image,
        .link = add_link,
        .begin_seal = gs_haru_begin_seal,
        .end_seal = gs_haru_end_seal,
        .end_page = end_page,
        .end_doc = end_doc,
        .report = gs_writer_report,
        .free = free_writer,
};
