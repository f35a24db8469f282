/*
 * test_json.c -- the strict reader: what it decodes, what it refuses and
 * where it says so, and the edits of the tree.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "facts/json.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { ARENA_MAX = 64 * 1024 * 1024 };

/* One arena for each test: cmocka calls these around it. */
static int
arena_setup(void **state)
{
	const void *row = *state;
	void **both = calloc(2, sizeof *both);

	if (both == NULL || (both[0] = arena_new(ARENA_MAX)) == NULL)
		return -1;
	memcpy(&both[1], &row, sizeof row);
	*state = both;
	return 0;
}

static int
arena_teardown(void **state)
{
	void **both = *state;

	arena_free(both[0]);
	free(both);
	return 0;
}

static struct arena *
arena_of(void **state)
{
	return ((void **)*state)[0];
}

static size_t
row_of(void **state)
{
	return (size_t)(uintptr_t)((void **)*state)[1];
}

/* --- what is refused ----------------------------------------------------- */

#define TEXT(s) s, sizeof s - 1

static const struct {
	const char	*why;
	const char	*text;
	size_t		 n;
	const char	*where;
	const char	*words;
} refused[] = {
	{ "an empty document", TEXT(""), "ligne 1, colonne 1", "vide" },
	{ "blanks only", TEXT(" \n\t\r\n "), "ligne 3, colonne 2", "vide" },
	{ "a byte order mark", TEXT("\xef\xbb\xbf{}"), "ligne 1, colonne 1",
	    "BOM" },
	{ "UTF-16", TEXT("\xff\xfe{\0}\0"), "ligne 1, colonne 1", "UTF-16" },
	{ "junk after the document", TEXT("{} {}"), "ligne 1, colonne 4",
	    "après la fin" },
	{ "a NUL after the document", TEXT("{}\0"), "ligne 1, colonne 3",
	    "après la fin" },
	{ "a comma before }", TEXT("{\"a\":1,}"), "ligne 1, colonne 8",
	    "virgule de trop" },
	{ "a comma before ]", TEXT("[1,\n ]"), "ligne 2, colonne 2",
	    "virgule de trop" },
	{ "a missing comma", TEXT("[1 2]"), "ligne 1, colonne 4",
	    "virgule" },
	{ "a semicolon", TEXT("[1;2]"), "ligne 1, colonne 3", "virgules" },
	{ "a missing colon", TEXT("{\"a\" 1}"), "ligne 1, colonne 6",
	    "« : »" },
	{ "a name without quotes", TEXT("{a:1}"), "ligne 1, colonne 2",
	    "guillemets" },
	{ "single quotes", TEXT("{'a':1}"), "ligne 1, colonne 2",
	    "guillemets droits" },
	{ "typographic quotes", TEXT("[\"é\", “a”]"), "ligne 1, colonne 7",
	    "guillemets droits" },
	{ "a comment", TEXT("[1, // un\n2]"), "ligne 1, colonne 5",
	    "commentaire" },
	{ "a no-break space", TEXT("[1,\xc2\xa0" "2]"), "ligne 1, colonne 4",
	    "insécable" },
	{ "an array never closed", TEXT("[1"), "ligne 1, colonne 3",
	    "s'arrête trop tôt" },
	{ "an object never closed", TEXT("{\"a\":"), "ligne 1, colonne 6",
	    "s'arrête trop tôt" },
	{ "a NUL between values", TEXT("[1,\0 2]"), "ligne 1, colonne 4",
	    "0x00" },
	{ "Python's True", TEXT("[True]"), "ligne 1, colonne 2", "true" },
	{ "NaN", TEXT("[NaN]"), "ligne 1, colonne 2", "mot inconnu" },
	{ "nul", TEXT("[nul]"), "ligne 1, colonne 2", "mot inconnu" },
	{ "truex", TEXT("[truex]"), "ligne 1, colonne 2", "mot inconnu" },
	{ "a leading zero", TEXT("[07]"), "ligne 1, colonne 2", "zéro" },
	{ "a leading plus", TEXT("[+7]"), "ligne 1, colonne 2", "signe +" },
	{ "a leading dot", TEXT("[.5]"), "ligne 1, colonne 2", "point" },
	{ "a trailing dot", TEXT("[5.]"), "ligne 1, colonne 4", "chiffre" },
	{ "a lone minus", TEXT("[-]"), "ligne 1, colonne 2", "chiffre" },
	{ "an empty exponent", TEXT("[1e+]"), "ligne 1, colonne 5",
	    "exposant" },
	{ "letters after a number", TEXT("[452BE]"), "ligne 1, colonne 5",
	    "guillemets" },
	{ "hexadecimal", TEXT("[0x10]"), "ligne 1, colonne 3", "après un" },
	{ "a string never closed", TEXT("[\"abc"), "ligne 1, colonne 2",
	    "guillemet fermant" },
	{ "a line end in a string", TEXT("[\"ab\nc\"]"),
	    "ligne 1, colonne 5", "fin de ligne" },
	{ "a tab in a string", TEXT("[\"a\tb\"]"), "ligne 1, colonne 4",
	    "0x09" },
	{ "a NUL in a string", TEXT("[\"a\0b\"]"), "ligne 1, colonne 4",
	    "0x00" },
	{ "an escaped NUL", TEXT("[\"a\\u0000b\"]"), "ligne 1, colonne 4",
	    "nul" },
	{ "an escaped NUL in a name", TEXT("{\"\\u0000\":1}"),
	    "ligne 1, colonne 3", "nul" },
	{ "an unknown escape", TEXT("[\"\\x41\"]"), "ligne 1, colonne 3",
	    "échappement" },
	{ "a short \\u", TEXT("[\"\\u12\"]"), "ligne 1, colonne 3",
	    "hexadécimaux" },
	{ "a \\u at the end", TEXT("[\"\\u"), "ligne 1, colonne 3",
	    "hexadécimaux" },
	{ "a lone high surrogate", TEXT("[\"\\ud83d\"]"),
	    "ligne 1, colonne 3", "isolé" },
	{ "a high surrogate before a letter", TEXT("[\"\\ud83d\\u0041\"]"),
	    "ligne 1, colonne 3", "isolé" },
	{ "a lone low surrogate", TEXT("[\"\\ude00\"]"),
	    "ligne 1, colonne 3", "isolé" },
	{ "Latin-1", TEXT("[\"caf\xe9\"]"), "ligne 1, colonne 6",
	    "UTF-8" },
	{ "an overlong form", TEXT("[\"\xc0\xaf\"]"), "ligne 1, colonne 3",
	    "UTF-8" },
	{ "a surrogate in UTF-8", TEXT("[\"\xed\xa0\x80\"]"),
	    "ligne 1, colonne 3", "UTF-8" },
	{ "a cut character", TEXT("[\"\xc3\"]"), "ligne 1, colonne 3",
	    "UTF-8" },
	{ "a column counts characters", TEXT("[\"éàü\",\n\"é\", x]"),
	    "ligne 2, colonne 6", "mot inconnu" },
	{ "a key given twice", TEXT("{\"a\":1,\"b\":2,\"a\":3}"), "a",
	    "deux fois" },
	{ "a key given twice, once escaped",
	    TEXT("{\"a\":1,\"\\u0061\":3}"), "a", "deux fois" },
	{ "a key given twice, deep",
	    TEXT("{\"a\":{\"b\":[{},{\"c\":1,\"c\":1}]}}"), "a.b.1.c",
	    "colonne 22" },
	{ "a key given twice in a claim",
	    TEXT("{\"claims\":[{\"ref\":\"A1\",\"x\":1,\"x\":2}]}"),
	    "claims.A1.x", "deux fois" },
	{ "an empty key given twice", TEXT("{\"\":1,\"\":2}"), "",
	    "deux fois" },
};

static void
refusal(void **state)
{
	struct err err = { .code = TAPR_OK };
	struct json *doc;
	size_t i = row_of(state);

	assert_int_equal(json_parse(refused[i].text, refused[i].n,
	    arena_of(state), &doc, &err), TAPR_EINVAL);
	assert_int_equal(err.code, TAPR_EINVAL);
	assert_string_equal(err.where, refused[i].where);
	if (strstr(err.text, refused[i].words) == NULL)
		fail_msg("« %s » is not in: %s", refused[i].words, err.text);
}

/* --- what is read -------------------------------------------------------- */

static struct json *
parsed(void **state, const char *text)
{
	struct err err = { .code = TAPR_OK };
	struct json *doc;

	if (json_parse(text, strlen(text), arena_of(state), &doc, &err) !=
	    TAPR_OK)
		fail_msg("%s: %s", err.where, err.text);
	return doc;
}

static const struct {
	const char	*why;
	const char	*text, *want;
} strings[] = {
	{ "an empty string", "\"\"", "" },
	{ "each short escape", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
	    "\"\\/\b\f\n\r\t" },
	{ "\\u of one byte", "\"\\u0041\\u007f\"", "A\x7f" },
	{ "\\u of two bytes", "\"\\u00e9\\u07ff\"", "é\xdf\xbf" },
	{ "\\u of three bytes", "\"\\u20AC\\uffff\"", "€\xef\xbf\xbf" },
	{ "a pair of surrogates", "\"\\uD83D\\ude00\\udbff\\udfff\"",
	    "\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf" },
	{ "text around an escape, longer than a word",
	    "\"abcdefghijkl\\nmnopqrstuvé\\tfin de la phrase\"",
	    "abcdefghijkl\nmnopqrstuvé\tfin de la phrase" },
	{ "each length of UTF-8", "\"a é € \xf0\x9f\x98\x80\"",
	    "a é € \xf0\x9f\x98\x80" },
	{ "DEL is a character like another", "\"\x7f\"", "\x7f" },
};

static void
string(void **state)
{
	size_t i = row_of(state);
	struct json *doc = parsed(state, strings[i].text);

	assert_int_equal(doc->type, JSON_STRING);
	assert_int_equal(doc->n, strlen(strings[i].want));
	assert_string_equal(doc->text, strings[i].want);
}

/* A quote, a backslash, a control or a high byte at each place of a word. */
static void
eight_at_a_time(void **state)
{
	char text[40], want[40];
	size_t at, n;

	for (at = 0; at < 20; at++) {
		for (n = 0; n < 20; n++)
			want[n] = (char)('a' + n);
		memcpy(want + at, "\x01", 1);
		want[20] = '\0';
		snprintf(text, sizeof text, "\"%.*s\\u0001%s\"", (int)at, want,
		    want + at + 1);
		assert_string_equal(parsed(state, text)->text, want);
		snprintf(text, sizeof text, "\"%.*s\"", (int)at,
		    "abcdefghijklmnopqrst");
		assert_int_equal(parsed(state, text)->n, at);
	}
}

static void
order_and_types(void **state)
{
	struct json *doc = parsed(state, " {\"z\": [1, -0.5e+3, \"x\"], "
	    "\"a\":null,\"m\":true,\"k\":false, \"é\":{}} \n"), *m;
	static const enum json_type type[] = { JSON_ARRAY, JSON_NULL,
	    JSON_TRUE, JSON_FALSE, JSON_OBJECT };
	static const char *const key[] = { "z", "a", "m", "k", "é" };
	size_t i = 0;

	assert_int_equal(doc->n, 5);
	for (m = doc->first; m != NULL; m = m->next, i++) {
		assert_string_equal(m->key, key[i]);
		assert_int_equal(m->type, type[i]);
	}
	assert_int_equal(i, 5);
	m = doc->first->first;
	assert_memory_equal(m->text, "1", m->n);
	m = m->next;
	assert_int_equal(m->n, 7);
	assert_memory_equal(m->text, "-0.5e+3", 7);
	assert_null(json_get(doc, "zz", 2));
	assert_ptr_equal(json_get(doc, "é", 2), doc->first->next->next->next
	    ->next);
}

static void
depth(void **state)
{
	char text[2 * (JSON_DEPTH_MAX + 1) + 1];
	struct err err = { .code = TAPR_OK };
	struct json *doc;
	size_t n = JSON_DEPTH_MAX;

	memset(text, '[', n);
	memset(text + n, ']', n);
	assert_int_equal(json_parse(text, 2 * n, arena_of(state), &doc, &err),
	    TAPR_OK);
	n++;
	memset(text, '[', n);
	memset(text + n, ']', n);
	assert_int_equal(json_parse(text, 2 * n, arena_of(state), &doc, &err),
	    TAPR_EINVAL);
	assert_string_equal(err.where, "ligne 1, colonne 33");
	assert_non_null(strstr(err.text, "32 niveaux"));
}

/* {"k0":0, ... }: ${n} members, the last named like the ${twice}th. */
static char *
many_members(size_t n, size_t twice, size_t *ret)
{
	size_t room = n * 24 + 8, used = 1, i;
	char *text = malloc(room);

	assert_non_null(text);
	text[0] = '{';
	for (i = 0; i < n; i++)
		used += (size_t)snprintf(text + used, room - used,
		    "%s\"k%zu\":0", i > 0 ? "," : "",
		    i == n - 1 ? twice : i);
	text[used++] = '}';
	*ret = used;
	return text;
}

static void
members(void **state)
{
	struct err err = { .code = TAPR_OK };
	struct json *doc;
	size_t n;
	char *text;

	text = many_members(JSON_MEMBERS_MAX, JSON_MEMBERS_MAX - 1, &n);
	assert_int_equal(json_parse(text, n, arena_of(state), &doc, &err),
	    TAPR_OK);
	assert_int_equal(doc->n, JSON_MEMBERS_MAX);
	free(text);

	text = many_members(JSON_MEMBERS_MAX, 4321, &n);
	assert_int_equal(json_parse(text, n, arena_of(state), &doc, &err),
	    TAPR_EINVAL);
	assert_string_equal(err.where, "k4321");
	free(text);

	text = many_members(JSON_MEMBERS_MAX + 1, JSON_MEMBERS_MAX, &n);
	err = (struct err){ .code = TAPR_OK };
	assert_int_equal(json_parse(text, n, arena_of(state), &doc, &err),
	    TAPR_EINVAL);
	assert_non_null(strstr(err.text, "10000 membres"));
	free(text);
}

static void
no_memory(void **state)
{
	struct err err = { .code = TAPR_OK };
	struct arena *small = arena_new(4096);
	struct json *doc;
	size_t n;
	char *text = many_members(500, 499, &n);

	(void)state;
	assert_non_null(small);
	assert_int_equal(json_parse(text, n, small, &doc, &err), TAPR_EIO);
	assert_non_null(strstr(err.text, "mémoire"));
	arena_free(small);
	free(text);
}

/* --- the tree ------------------------------------------------------------ */

static void
a_copy_is_apart(void **state)
{
	struct arena *a = arena_of(state);
	struct json *doc = parsed(state, "{\"a\":[1,\"x\"],\"b\":null}"), *copy;

	copy = json_copy(doc, a);
	assert_non_null(copy);
	assert_int_equal(copy->n, 2);
	assert_ptr_not_equal(copy->first->first, doc->first->first);
	assert_string_equal(copy->first->key, "a");
	assert_ptr_not_equal(copy->first->key, doc->first->key);
	assert_string_equal(copy->first->first->next->text, "x");
	json_remove(copy->first, copy->first->first);
	assert_int_equal(copy->first->n, 1);
	assert_int_equal(doc->first->n, 2);
}

static void
put_adds_or_replaces(void **state)
{
	struct arena *a = arena_of(state);
	struct json *doc = parsed(state, "{\"a\":1,\"b\":2,\"c\":3}");

	assert_true(json_put(a, doc, "b", 1, json_new(a, JSON_TRUE)));
	assert_int_equal(doc->n, 3);
	assert_int_equal(doc->first->next->type, JSON_TRUE);
	assert_string_equal(doc->first->next->next->key, "c");
	assert_true(json_put(a, doc, "d", 1, json_new_text(a, "x", 1)));
	assert_int_equal(doc->n, 4);
	assert_true(json_text_is(json_get(doc, "d", 1), "x", 1));
	json_remove(doc, doc->first);
	assert_string_equal(doc->first->key, "b");
}

static const struct {
	const char	*why;
	const char	*text, *want;
} clips[] = {
	{ "a word shows as it is", "bonjour é", "bonjour é" },
	{ "controls do not reach a terminal", "a\x1b[31m\x7f\n", "a?[31m??" },
	{ "nor does C1", "a\xc2\x9b" "31m", "a??31m" },
	{ "a NIR of 13 digits is hidden", "2840199123456", "2840*********" },
	{ "a NIR of 15 digits with blanks is hidden",
	    "2 84 01 99 123 456 78", "2 84 0* ** *** *** **" },
	{ "a SIRET is not a NIR", "35600000000048", "35600000000048" },
};

static void
clip(void **state)
{
	char buf[JSON_CLIP_MAX];
	size_t i = row_of(state);

	json_clip(clips[i].text, strlen(clips[i].text), buf);
	assert_string_equal(buf, clips[i].want);
}

static void
long_text_is_cut_between_characters(void **state)
{
	char text[400], buf[JSON_CLIP_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < 100; i++)
		memcpy(text + 3 * i, "€", 3);
	json_clip(text, 300, buf);
	assert_true(strlen(buf) < JSON_CLIP_MAX);
	assert_string_equal(buf + strlen(buf) - 6, "€…");
}

int
main(void)
{
	static const struct CMUnitTest plain[] = {
		{ "strings are scanned eight bytes at a time without a slip",
		    eight_at_a_time, NULL, NULL, NULL },
		{ "members keep their order, numbers their text",
		    order_and_types, NULL, NULL, NULL },
		{ "32 levels are read, 33 are refused", depth, NULL, NULL,
		    NULL },
		{ "10 000 members are read, a double among them found",
		    members, NULL, NULL, NULL },
		{ "an arena that is full is a failure, not a crash",
		    no_memory, NULL, NULL, NULL },
		{ "a copy shares nothing that an edit touches",
		    a_copy_is_apart, NULL, NULL, NULL },
		{ "put adds a member or takes the place of one",
		    put_adds_or_replaces, NULL, NULL, NULL },
		{ "a long text is cut between characters",
		    long_text_is_cut_between_characters, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(refused) +
	    COUNT(strings) + COUNT(clips)];
	size_t i, n = 0;

	for (i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	for (i = 0; i < COUNT(refused); i++)
		tests[n++] = (struct CMUnitTest){ refused[i].why, refusal,
		    NULL, NULL, (void *)(uintptr_t)i };
	for (i = 0; i < COUNT(strings); i++)
		tests[n++] = (struct CMUnitTest){ strings[i].why, string,
		    NULL, NULL, (void *)(uintptr_t)i };
	for (i = 0; i < COUNT(clips); i++)
		tests[n++] = (struct CMUnitTest){ clips[i].why, clip,
		    NULL, NULL, (void *)(uintptr_t)i };
	for (i = 0; i < n; i++) {
		tests[i].setup_func = arena_setup;
		tests[i].teardown_func = arena_teardown;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
