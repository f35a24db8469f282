/*
 * wire.h -- what the keys child is asked and answers: messages of a fixed size.
 *
 * request, WIRE_BYTES	verb u8, field u8, n u16, month 8, hold 27, row 80, then
 *			n bytes of text
 * reply, WIRE_BYTES	code u8 (enum tapr_code), gone u8 (1: refused, as the key
 *			was destroyed), n u16, then n bytes:
 *			what was asked for, or the place and the text of a
 *			refusal with a NUL between them
 *
 * Numbers are little-endian; every byte that means nothing is zero, and a
 * message where one is not is refused.  Private to keys/.
 */
#ifndef TAPR_KEYS_WIRE_H
#define TAPR_KEYS_WIRE_H

#include "keys/keys.h"

enum {
	WIRE_BYTES = 512,
	WIRE_AT_TEXT = 4 + KEYS_MONTH_MAX + KEYS_HOLD_MAX + KEYS_ROW_MAX,
	WIRE_TEXT_MAX = WIRE_BYTES - WIRE_AT_TEXT,
	WIRE_ANSWER_MAX = WIRE_BYTES - 4,
};

enum wire_verb {
	WIRE_UNLOCK = 1, WIRE_STATUS, WIRE_SEAL, WIRE_OPEN, WIRE_INDEX,
	WIRE_INIT, WIRE_ROTATE, WIRE_HOLD, WIRE_DESTROY, WIRE_VERBS,
};

struct wire_request {
	enum wire_verb		verb;
	struct keys_about	about;
	char			text[WIRE_TEXT_MAX + 1];
	size_t			n;
};

struct wire_reply {
	enum tapr_code		code;
	bool			gone;
	char			text[WIRE_ANSWER_MAX + 1];
	size_t			n;
};

/* wire_ask(), wire_answer(): into ${ret}.  What is too long is a fault of the
 * caller (asserted), but for the text of a refusal, which is cut. */
void wire_ask(const struct wire_request *r, unsigned char ret[WIRE_BYTES]);
void wire_answer(const struct wire_reply *r, unsigned char ret[WIRE_BYTES]);
void wire_refuse(const struct err *err, struct wire_reply *ret);

/* wire_asked(), wire_answered(): back; false when it is no such message. */
bool wire_asked(const unsigned char bytes[WIRE_BYTES],
    struct wire_request *ret) MUST_USE;
bool wire_answered(const unsigned char bytes[WIRE_BYTES],
    struct wire_reply *ret) MUST_USE;
/* The refusal that a reply holds; worth its code. */
int wire_refused(const struct wire_reply *r, struct err *err) MUST_USE;

#endif
