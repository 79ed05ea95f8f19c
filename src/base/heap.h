/*
 * Heap: how the C library keeps freed memory.
 */
#ifndef GS_BASE_HEAP_H
#define GS_BASE_HEAP_H

/*
 * For a program, at its start, never for a library: what one document has freed
 * stays with the process for the next one.  By itself the C library gives the
 * larger pieces back to the system at once, and every one of their pages is to be
 * made anew: an eighth of the time of a small form.
 */
void gs_heap_keep(void);

#endif
