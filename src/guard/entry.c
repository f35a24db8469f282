/*
 * entry.c -- an entry of the audit log, and the line that is hashed.
 */
#include "guard/entry.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"

const char *const purpose_words[PURPOSES] = {
	"tarification", "prevention", "statistics", "rights", "security",
	"absence", "pdp",
};
const char *const outcome_words[OUTCOMES] = { "allowed", "refused" };
const char *const object_words[OBJECT_KINDS] = { "fund", "employer", "claim",
	"contest" };

enum { DIGITS_MAX = 8, DAY_SECONDS = 86400 };

bool
entry_word(const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789 ._-";
	size_t n = strlen(text), run = 0;

	if (n > ENTRY_WORD_MAX || strspn(text, plain) != n)
		return false;
	for (size_t i = 0; i < n; i++) {
		run = text[i] >= '0' && text[i] <= '9' ? run + 1 : 0;
		if (run > DIGITS_MAX)
			return false;
	}
	return true;
}

char *
instant_text(int64_t at, char ret[INSTANT_MAX])
{
	int64_t days = at / DAY_SECONDS, s = at % DAY_SECONDS;
	char day[DATE_TEXT_MAX];

	if (s < 0) {
		s += DAY_SECONDS;
		days--;
	}
	if (days < -25567 || days > 2932896)	/* 1900 to 9999 */
		(void)snprintf(ret, INSTANT_MAX, "-");
	else
		(void)snprintf(ret, INSTANT_MAX, "%sT%02d:%02d:%02dZ",
		    date_text(date_from_days((int32_t)days), day),
		    (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
	return ret;
}

void
entry_line(const struct sealed *s, struct str *out)
{
	const char *const before[] = { s->actor, s->role, s->habilitation,
		s->purpose, s->act, s->outcome, s->kind, s->object, s->scope };
	char when[INSTANT_MAX];

	str_printf(out, "%lld\t%s", (long long)s->position,
	    instant_text(s->at, when));
	for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
		str_add_char(out, '\t');
		str_add(out, before[i][0] == '\0' ? "-" : before[i]);
	}
	str_printf(out, "\t%lld\t%s\t%lld\t%s", (long long)s->count,
	    s->digest[0] == '\0' ? "-" : s->digest, (long long)s->follows,
	    s->previous);
}

void
entry_commit(const char *salt, const char *value, char ret[SHA256_HEX_MAX])
{
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, salt, strlen(salt));
	sha256_add(&h, value, strlen(value));
	(void)sha256_hex(&h, ret);
}
