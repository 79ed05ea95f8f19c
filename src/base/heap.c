/*
 * Heap: glibc's settings; other C libraries are left as they are.
 */
#include "base/heap.h"

#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>

#define KEPT_MAX (64 << 20) /* bytes at the end of the heap */
#define MAPPED_MIN (4 << 20) /* pieces from this size on go back when freed */

void gs_heap_keep(void)
{
    (void)mallopt(M_TRIM_THRESHOLD, KEPT_MAX);
    (void)mallopt(M_MMAP_THRESHOLD, MAPPED_MIN);
}
#else
void gs_heap_keep(void)
{
}
#endif
