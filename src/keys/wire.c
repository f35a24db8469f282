/*
 * wire.c -- the messages of the keys child.
 */
#include "keys/wire.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

enum { AT_N = 2, AT_MONTH = 4, AT_HOLD = AT_MONTH + KEYS_MONTH_MAX,
	AT_ROW = AT_HOLD + KEYS_HOLD_MAX, AT_ANSWER = 4 };

static void
put_text(unsigned char *to, const char *text, size_t width)
{
	size_t n = strlen(text);

	/* Zeros are there already; all of the NUL goes along. */
	assert(n < width);
	memcpy(to, text, n + 1);
}

/* A text of ${width} bytes, zeros behind it. */
static bool
get_text(const unsigned char *from, size_t width, char *ret)
{
	size_t n = strnlen((const char *)from, width);

	if (n == width || !sodium_is_zero(from + n, width - n))
		return false;
	memcpy(ret, from, width);
	return true;
}

static void
put_n(unsigned char *to, size_t n)
{
	to[0] = (unsigned char)(n & 0xff);
	to[1] = (unsigned char)(n >> 8);
}

static size_t
get_n(const unsigned char *from)
{
	return (size_t)from[0] | (size_t)from[1] << 8;
}

void
wire_ask(const struct wire_request *r, unsigned char ret[WIRE_BYTES])
{
	memset(ret, 0, WIRE_BYTES);
	assert(r->n <= WIRE_TEXT_MAX);
	ret[0] = (unsigned char)r->verb;
	ret[1] = (unsigned char)r->about.field;
	put_n(ret + AT_N, r->n);
	put_text(ret + AT_MONTH, r->about.month, KEYS_MONTH_MAX);
	put_text(ret + AT_HOLD, r->about.hold, KEYS_HOLD_MAX);
	put_text(ret + AT_ROW, r->about.row, KEYS_ROW_MAX);
	memcpy(ret + WIRE_AT_TEXT, r->text, r->n);
}

bool
wire_asked(const unsigned char bytes[WIRE_BYTES], struct wire_request *ret)
{
	size_t n = get_n(bytes + AT_N);

	memset(ret, 0, sizeof *ret);
	if (bytes[0] == 0 || bytes[0] >= WIRE_VERBS ||
	    bytes[1] > KEYS_SURNAME || n > WIRE_TEXT_MAX ||
	    !sodium_is_zero(bytes + WIRE_AT_TEXT + n, WIRE_TEXT_MAX - n) ||
	    !get_text(bytes + AT_MONTH, KEYS_MONTH_MAX, ret->about.month) ||
	    !get_text(bytes + AT_HOLD, KEYS_HOLD_MAX, ret->about.hold) ||
	    !get_text(bytes + AT_ROW, KEYS_ROW_MAX, ret->about.row))
		return false;
	ret->verb = (enum wire_verb)bytes[0];
	ret->about.field = (enum keys_field)bytes[1];
	ret->n = n;
	memcpy(ret->text, bytes + WIRE_AT_TEXT, n);
	return true;
}

void
wire_answer(const struct wire_reply *r, unsigned char ret[WIRE_BYTES])
{
	memset(ret, 0, WIRE_BYTES);
	assert(r->n <= WIRE_ANSWER_MAX);
	ret[0] = (unsigned char)r->code;
	ret[1] = r->gone ? 1 : 0;
	put_n(ret + AT_N, r->n);
	memcpy(ret + AT_ANSWER, r->text, r->n);
}

bool
wire_answered(const unsigned char bytes[WIRE_BYTES], struct wire_reply *ret)
{
	size_t n = get_n(bytes + AT_N);

	memset(ret, 0, sizeof *ret);
	if (bytes[0] > TAPR_EUSAGE || bytes[1] > 1 || n > WIRE_ANSWER_MAX ||
	    !sodium_is_zero(bytes + AT_ANSWER + n, WIRE_ANSWER_MAX - n))
		return false;
	ret->code = (enum tapr_code)bytes[0];
	ret->gone = bytes[1] == 1;
	ret->n = n;
	memcpy(ret->text, bytes + AT_ANSWER, n);
	return true;
}

/* Cut between two characters. */
static size_t
fit(const char *text, size_t max)
{
	size_t n = strlen(text);

	if (n <= max)
		return n;
	for (n = max; n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80;)
		n--;
	return n;
}

void
wire_refuse(const struct err *err, struct wire_reply *ret)
{
	size_t where = fit(err->where, ERR_PATH_MAX - 1), text;

	memset(ret, 0, sizeof *ret);
	ret->code = err->code;
	memcpy(ret->text, err->where, where);
	text = fit(err->text, WIRE_ANSWER_MAX - where - 1);
	memcpy(ret->text + where + 1, err->text, text);
	ret->n = where + 1 + text;
}

int
wire_refused(const struct wire_reply *r, struct err *err)
{
	size_t where = strnlen(r->text, r->n);

	return err_set(err, r->code, where == 0 ? NULL : r->text, "%s",
	    where < r->n ? r->text + where + 1 : "");
}
