/*
 * Banned functions: calling one of these is a compile error.
 *
 * The build includes this header before the first line of every source of
 * ours (-include), so no source names it.  The functions are of three kinds:
 * they write without knowing the room they have (strcpy, sprintf, gets); they
 * cannot tell a number from rubbish, or read it by the locale's decimal mark
 * (atoi, strtod); or they keep state between calls (strtok, asctime).  Use
 * snprintf, GLib's g_strlcpy and g_strsplit, and the exact numbers of base/.
 *
 * How it works: each function is declared here, before any header, with an
 * attribute that makes its use an error.  A later declaration in a system
 * header keeps the attribute and is itself no use, so glib.h, libxml2's and
 * cairo's headers pass.  (`#pragma GCC poison` forbids the very word, and so
 * the headers that declare it.)  Nothing is included here, because a source
 * may still want to choose its feature macros before its first header.
 */
#ifndef GS_BASE_BANNED_H
#define GS_BASE_BANNED_H

#if defined(__has_attribute)
#if __has_attribute(unavailable) /* GCC 12, every Clang */
#define GS_BANNED(instead) __attribute__((unavailable(instead)))
#elif __has_attribute(error)
#define GS_BANNED(instead) __attribute__((error(instead)))
#endif
#endif

#ifdef GS_BANNED

/*
 * glibc's inline atof calls strtod, which GCC would refuse as "unavailable"
 * inside <stdlib.h>.  An "error" strikes only a call that is really compiled.
 */
#if defined(__GNUC__) && !defined(__clang__)
#define GS_BANNED_CALL(instead) __attribute__((error(instead)))
#else
#define GS_BANNED_CALL(instead) GS_BANNED(instead)
#endif

struct tm;

char *gets(char *) GS_BANNED("use getline");
char *strcpy(char *restrict, const char *restrict)
        GS_BANNED("use the arena's strings or g_strlcpy");
char *strcat(char *restrict, const char *restrict)
        GS_BANNED("use the arena's strings or g_strlcat");
char *strtok(char *restrict, const char *restrict) GS_BANNED("use g_strsplit");
int sprintf(char *restrict, const char *restrict, ...)
        GS_BANNED("use snprintf");
int vsprintf(char *restrict, const char *restrict, __builtin_va_list)
        GS_BANNED("use vsnprintf");
int atoi(const char *) GS_BANNED("it cannot fail; use base/ or strtol");
long atol(const char *) GS_BANNED("it cannot fail; use base/ or strtol");
double atof(const char *) GS_BANNED("it cannot fail; use base/'s decimals");
double strtod(const char *restrict, char **restrict)
        GS_BANNED_CALL("it reads by locale; use base/'s decimals");
char *asctime(const struct tm *) GS_BANNED("use strftime");

/* A time_t is a long where a long has 64 bits; elsewhere we cannot know. */
#if __SIZEOF_LONG__ == 8
char *ctime(const long *) GS_BANNED("use strftime");
#endif

#undef GS_BANNED
#undef GS_BANNED_CALL
#endif

#endif
