/*
 * The language of messages: a catalogue of translations, as msgfmt makes it.
 *
 * The catalogue is read here and not through gettext(), which would look at the
 * process's locale.  A library must not change that; and on a machine without
 * generated locales there is none to change to: glibc ignores LANGUAGE in "C",
 * and from 2.39 on in "C.UTF-8" too.
 */
#ifndef GS_BASE_LANG_H
#define GS_BASE_LANG_H

struct gs_arena;
struct gs_lang; /* NULL everywhere stands for English, the built-in texts */

/*
 * The catalogue of `choice` ("zh" or "en"; NULL: what LC_ALL, LC_MESSAGES, LANG
 * ask for) out of `folder`/zh_CN/LC_MESSAGES/gongshi.mo.  NULL (English) where
 * English is asked for or there is no such file.
 */
const struct gs_lang *gs_lang_load(
        struct gs_arena *arena, const char *choice, const char *folder);

/* The translation of an English text, or the text itself. */
const char *gs_lang_text(const struct gs_lang *lang, const char *text);

#endif
