/*
 * The objects of a plain PDF file (PDF/A-1: none in object streams), as text.
 */
#ifndef GS_TESTS_PDF_OBJECTS_H
#define GS_TESTS_PDF_OBJECTS_H

#include <glib.h>

struct pdf_objects {
    char *bytes;
    GHashTable *texts; /* number -> text */
};

/* Takes the terminated bytes over.  Streams must hold no "endobj". */
void pdf_objects_init(struct pdf_objects *objects, char *bytes);
void pdf_objects_release(struct pdf_objects *objects);

/* It must be there. */
const char *pdf_object(const struct pdf_objects *objects, unsigned number);

/* The number that follows an entry, which must be there: of "/P 12 0 R" it is 12. */
unsigned pdf_number(const char *text, const char *entry);

#endif
