#include "support/pdf_objects.h"

#include <stdlib.h>
#include <string.h>

void pdf_objects_init(struct pdf_objects *objects, char *bytes)
{
    objects->bytes = bytes;
    objects->texts = g_hash_table_new(NULL, NULL);
    for (char *at = strstr(bytes, " 0 obj\n"); at != NULL;) {
        char *number = at;
        while (g_ascii_isdigit(number[-1])) {
            number--;
        }
        char *end = strstr(at, "\nendobj");
        *end = '\0';
        g_hash_table_insert(objects->texts,
                GUINT_TO_POINTER(strtoul(number, NULL, 10)),
                at + strlen(" 0 obj\n"));
        at = strstr(end + 1, " 0 obj\n");
    }
}

void pdf_objects_release(struct pdf_objects *objects)
{
    g_hash_table_destroy(objects->texts);
    free(objects->bytes);
}

const char *pdf_object(const struct pdf_objects *objects, unsigned number)
{
    const char *text =
            g_hash_table_lookup(objects->texts, GUINT_TO_POINTER(number));
    g_assert_nonnull(text);
    return text;
}

unsigned pdf_number(const char *text, const char *entry)
{
    const char *at = strstr(text, entry);
    g_assert_nonnull(at);
    return (unsigned)strtoul(at + strlen(entry), NULL, 10);
}
