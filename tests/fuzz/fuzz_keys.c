/*
 * fuzz_keys.c -- what the keys child is told and what its files hold, from
 * anyone.
 *
 * The first byte says as what the rest is read: a request to the child (rights
 * of an import, of a reader, of an administrator), the file of an epoch, a
 * wrapped key, a reply, a sealed value.  Nothing that was not sealed under the key opens; what is
 * refused says so; a child asked anything answers a whole message.
 */
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "keys/child.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char fund[] = "0123456789abcdef0123456789abcdef";

static void
must(int condition)
{
	if (!condition)
		abort();
}

static struct child *
a_child(int rights)
{
	struct child *c = calloc(1, sizeof *c);

	must(c != NULL);
	c->rights = rights;
	/* No such folder: what wants a file is refused. */
	c->ring.place = (struct keys_place){ "/nonexistent/fund",
	    "/nonexistent/keys", fund, "/nonexistent/secret", "", "", "" };
	c->ring.number = 1;
	memset(&c->ring.epoch, 1, sizeof c->ring.epoch);
	memcpy(c->ring.key[0].name, "2024-03", 8);
	memset(&c->ring.key[0].pair, 2, sizeof c->ring.key[0].pair);
	return c;
}

static void
request(int rights, const unsigned char bytes[WIRE_BYTES])
{
	struct child *c = a_child(rights);
	unsigned char reply[WIRE_BYTES];
	struct wire_request q;
	struct wire_reply a;

	child_answer(c, bytes, reply);
	must(wire_answered(reply, &a));
	if (!wire_asked(bytes, &q))
		must(a.code == TAPR_EINVAL);
	else if (q.verb == WIRE_OPEN && (rights & KEYS_OPEN) == 0)
		must(a.code == TAPR_EINVAL);
	else if ((q.verb == WIRE_SEAL || q.verb == WIRE_INDEX) &&
	    (rights & KEYS_WRITE) == 0)
		must(a.code == TAPR_EINVAL);
	free(c);
}

static void
reply(const unsigned char bytes[WIRE_BYTES])
{
	struct err err = { .code = TAPR_OK };
	struct wire_reply a;

	if (wire_answered(bytes, &a) && a.code != TAPR_OK)
		must(wire_refused(&a, &err) == (int)a.code);
}

static void
epoch(const char *text, size_t n)
{
	char again[EPOCH_TEXT_MAX];
	struct epoch e, same;
	size_t len;

	if (!epoch_parse(text, n, &e))
		return;
	must(e.number >= 1 && e.ops <= EPOCH_OPS_MAX &&
	    e.memory <= EPOCH_MEMORY_MAX);
	len = epoch_text(&e, again);
	must(epoch_parse(again, len, &same));
	must(memcmp(&e, &same, sizeof e) == 0);
}

static void
sealed(const uint8_t *data, size_t n)
{
	struct keys_about a = { .month = "2024-03", .field = KEYS_NIR,
		.row = "A-1" };
	char text[KEYS_SEALED_MAX], out[KEYS_TEXT_MAX];
	struct seal_key key;
	size_t got;

	memset(&key, 7, sizeof key);
	n = n < sizeof text ? n : sizeof text - 1;
	memcpy(text, data, n);
	text[n] = '\0';
	/* The one value of the corpus opens; its forgery would be news. */
	if (seal_open(&key, fund, &a, text, out, &got))
		must(got == 13 && strcmp(out, "2990199999999") == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned char message[WIRE_BYTES] = { 0 };
	struct seal_pair pair;
	struct seal_key key;

	if (size == 0 || sodium_init() < 0)
		return 0;
	memcpy(message, data + 1, size - 1 < WIRE_BYTES ? size - 1 :
	    WIRE_BYTES);
	switch (data[0] % 7) {
	case 0:
		request(KEYS_WRITE, message);
		break;
	case 1:
		request(KEYS_OPEN, message);
		break;
	case 2:
		request(KEYS_ADMIN, message);
		break;
	case 3:
		epoch((const char *)data + 1, size - 1);
		break;
	case 4:
		memset(&key, 1, sizeof key);
		(void)wrap_number(data + 1, size - 1);
		must(!wrap_open(&key, 1, fund, "2024-03", data + 1, size - 1,
		    &pair));
		break;
	case 5:
		reply(message);
		break;
	default:
		sealed(data + 1, size - 1);
		break;
	}
	return 0;
}
