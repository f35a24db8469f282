/*
 * test_str.c -- growth, the failure that sticks, and what is escaped.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define BAD "\xef\xbf\xbd"		/* U+FFFD */

static const struct escaped {
	const char	*why, *text, *json, *html;
} escapes[] = {
	{ "plain text is left alone", "taux net 3,10", "\"taux net 3,10\"",
	    "taux net 3,10" },
	{ "no text at all is empty", "", "\"\"", "" },
	{ "quotes and the backslash", "a\"b'c\\d", "\"a\\\"b'c\\\\d\"",
	    "a&quot;b&#39;c\\d" },
	{ "what HTML reads as a mark", "<b>&</b>", "\"<b>&</b>\"",
	    "&lt;b&gt;&amp;&lt;/b&gt;" },
	{ "line ends and tabs", "a\nb\tc\rd", "\"a\\nb\\tc\\rd\"",
	    "a\nb\tc\rd" },
	{ "other control characters", "a\x01z\x1f", "\"a\\u0001z\\u001f\"",
	    "a" BAD "z" BAD },
	{ "letters of two, three and four bytes", "é€😀", "\"é€😀\"", "é€😀" },
	{ "a byte that starts no character", "a\xffz", "\"a" BAD "z\"",
	    "a" BAD "z" },
	{ "a character cut off by the end", "a\xe2\x82", "\"a" BAD BAD "\"",
	    "a" BAD BAD },
	{ "half of a surrogate pair", "\xed\xa0\x80", "\"" BAD BAD BAD "\"",
	    BAD BAD BAD },
	{ "a slash written in two bytes", "\xc0\xaf", "\"" BAD BAD "\"",
	    BAD BAD },
};

static void
escaped(void **state)
{
	const struct escaped *e = &escapes[(size_t)*state];
	struct str s;

	str_init(&s, 1000);
	str_add_json(&s, e->text);
	assert_string_equal(s.p, e->json);
	str_clear(&s);
	str_add_html(&s, e->text);
	assert_int_equal(s.n, strlen(e->html));
	if (s.n > 0)
		assert_string_equal(s.p, e->html);
	assert_false(str_failed(&s));
	str_free(&s);
}

static const struct utf8 {
	const char	*why, *text;
	size_t		 n;
	bool		 valid;
	size_t		 at;
} utf8s[] = {
	{ "nothing is UTF-8", "", 0, true, 0 },
	{ "long ASCII is UTF-8", "0123456789abcdef0", 17, true, 0 },
	{ "accents among ASCII are UTF-8", "coût moyen élevé", 19, true, 0 },
	{ "the last character U+10FFFF is UTF-8", "\xf4\x8f\xbf\xbf", 4, true,
	    0 },
	{ "a NUL inside is UTF-8", "a\0b", 3, true, 0 },
	{ "Latin-1 is refused where it starts", "0123456789 co\xfbt", 15,
	    false, 13 },
	{ "a lone continuation byte is refused", "ab\x80", 3, false, 2 },
	{ "an overlong form of three bytes is refused", "\xe0\x80\xaf", 3,
	    false, 0 },
	{ "an overlong form of four bytes is refused", "\xf0\x8f\xbf\xbf", 4,
	    false, 0 },
	{ "a surrogate is refused", "a\xed\xbf\xbf", 4, false, 1 },
	{ "a number over U+10FFFF is refused", "\xf4\x90\x80\x80", 4, false,
	    0 },
	{ "a lead byte over F4 is refused", "\xf5\x80\x80\x80", 4, false, 0 },
	{ "two bytes of three are refused", "abcdefgh\xe2\x82", 10, false, 8 },
	{ "a wrong third byte is refused", "\xe2\x82" "x", 3, false, 0 },
	{ "only the bytes given are read", "\xc3\xa9", 1, false, 0 },
};

static void
utf8(void **state)
{
	const struct utf8 *u = &utf8s[(size_t)*state];
	size_t at = 77;

	assert_int_equal(utf8_valid(u->text, u->n, &at), u->valid);
	assert_int_equal(utf8_valid(u->text, u->n, NULL), u->valid);
	assert_int_equal(at, u->valid ? 77 : u->at);
}

static void
grows(void **state)
{
	struct str s;
	size_t i;

	(void)state;
	str_init(&s, 100000);
	assert_null(s.p);
	for (i = 0; i < 10000; i++) {
		str_add_char(&s, (char)('a' + i % 26));
		assert_int_equal(s.n, i + 1);
		assert_int_equal(s.p[s.n], '\0');
	}
	for (i = 0; i < 10000; i++)
		assert_int_equal(s.p[i], 'a' + i % 26);
	str_free(&s);
	assert_null(s.p);
}

static void
printed(void **state)
{
	char long_text[5000];
	struct str s;

	(void)state;
	memset(long_text, 'y', sizeof long_text - 1);
	long_text[sizeof long_text - 1] = '\0';
	str_init(&s, 100000);
	str_printf(&s, "%d-%s", 2024, "x");
	str_printf(&s, "%s", "");
	str_printf(&s, "%s", long_text);
	assert_int_equal(s.n, 6 + 4999);
	assert_memory_equal(s.p, "2024-xyyy", 9);
	assert_int_equal(s.p[s.n], '\0');
	str_free(&s);
}

static void
maximum(void **state)
{
	struct str s;

	(void)state;
	str_init(&s, 5);
	str_add(&s, "abcde");
	assert_false(str_failed(&s));
	assert_string_equal(s.p, "abcde");
	str_add(&s, "f");
	assert_true(str_failed(&s));
	assert_string_equal(s.p, "abcde");
	str_free(&s);
}

static void
failure_sticks(void **state)
{
	struct str s;

	(void)state;
	str_init(&s, 8);
	str_add(&s, "abc");
	str_printf(&s, "%s", "six bytes");
	assert_true(str_failed(&s));
	str_add(&s, "d");
	str_add_char(&s, 'd');
	str_printf(&s, "%d", 1);
	str_add_json(&s, "d");
	assert_string_equal(s.p, "abc");
	str_clear(&s);
	assert_false(str_failed(&s));
	str_add(&s, "d");
	assert_string_equal(s.p, "d");
	str_free(&s);
}

static void
nothing(void **state)
{
	struct str s;

	(void)state;
	str_init(&s, 0);
	str_add(&s, "");
	assert_false(str_failed(&s));
	str_add(&s, "a");
	assert_true(str_failed(&s));
	str_free(&s);
	str_init(&s, SIZE_MAX);
	str_clear(&s);
	str_add_n(&s, NULL, 0);
	assert_false(str_failed(&s));
	str_free(&s);
}

static void
json_null(void **state)
{
	struct str s;

	(void)state;
	str_init(&s, 10);
	str_add_json(&s, NULL);
	assert_string_equal(s.p, "null");
	str_free(&s);
}

static void
brief(void **state)
{
	struct brief b;
	char text[2000];
	size_t n, at;

	(void)state;
	assert_string_equal(str_brief("").text, "");
	assert_string_equal(str_brief("452BE").text, "452BE");
	assert_string_equal(str_brief("a\n\xff" "b\x7f").text,
	    "a" BAD BAD "b" BAD);
	for (n = 0; n < 500; n++) {
		/* Ever another letter stands where it is cut. */
		memset(text, 'x', n);
		(void)snprintf(text + n, sizeof text - n, "%s",
		    "é€😀é€😀é€😀é€😀é€😀é€😀é€😀é€😀");
		b = str_brief(text);
		at = strlen(b.text);
		assert_true(at < BRIEF_MAX);
		assert_true(utf8_valid(b.text, at, NULL));
		if (strlen(text) > BRIEF_MAX)
			assert_string_equal(b.text + at - 3, "…");
	}
}

static void
plurals(void **state)
{
	(void)state;
	assert_string_equal(plural(0), "");	/* « zéro ligne lue » */
	assert_string_equal(plural(1), "");
	assert_string_equal(plural(2), "s");
	assert_string_equal(plural(INT64_MAX), "s");
	assert_string_equal(plural(-1), "");
	assert_string_equal(plural(-2), "s");
}

int
main(void)
{
	const struct CMUnitTest plain[] = {
		{ "a text grows by one byte or by many",
		    grows, NULL, NULL, NULL },
		{ "formatted text grows the buffer it needs",
		    printed, NULL, NULL, NULL },
		{ "the maximum is reached and not passed",
		    maximum, NULL, NULL, NULL },
		{ "a failure sticks and keeps what was whole",
		    failure_sticks, NULL, NULL, NULL },
		{ "a text of no bytes and one without a maximum",
		    nothing, NULL, NULL, NULL },
		{ "a text quoted in a message is cut between two characters",
		    brief, NULL, NULL, NULL },
		{ "a French plural begins at two", plurals, NULL, NULL, NULL },
		{ "no string is null in JSON", json_null, NULL, NULL, NULL },
	};
	struct CMUnitTest tests[COUNT(plain) + COUNT(escapes) + COUNT(utf8s)];
	size_t i, n = 0;

	for (i = 0; i < COUNT(plain); i++)
		tests[n++] = plain[i];
	for (i = 0; i < COUNT(escapes); i++)
		tests[n++] = (struct CMUnitTest){ escapes[i].why, escaped,
		    NULL, NULL, (void *)i };
	for (i = 0; i < COUNT(utf8s); i++)
		tests[n++] = (struct CMUnitTest){ utf8s[i].why, utf8, NULL,
		    NULL, (void *)i };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
