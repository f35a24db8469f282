/*
 * err.c -- see err.h.
 *
 * Texts are French and UTF-8; a text that is too long is cut between two
 * characters, never inside one, so that it still prints and still goes into
 * a JSON document.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"

/* A byte that continues a UTF-8 character. */
static int
continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/*
 * Appends ${text} to the ${n} bytes in ${buf} of ${size} bytes, as far as it
 * goes; returns the new length.
 */
static size_t
append(char *buf, size_t size, size_t n, const char *text)
{
	size_t len = strlen(text);

	if (len > size - 1 - n) {
		len = size - 1 - n;
		while (len > 0 && continues(text[len]))
			len--;
	}
	memmove(buf + n, text, len);
	buf[n + len] = '\0';
	return n + len;
}

/*
 * Prints into ${buf}, cut between two characters.  One byte more is printed
 * than is kept: it tells whether the cut falls inside a character.
 */
static void TAPR_PRINTF(3, 0)
print(char *buf, size_t size, const char *fmt, va_list ap)
{
	char tmp[ERR_TEXT_MAX + 1];

	if (vsnprintf(tmp, sizeof tmp, fmt, ap) < 0)
		tmp[0] = '\0';
	(void)append(buf, size, 0, tmp);
}

void
err_fill(struct err *err, enum tapr_code code, const char *where,
    const char *fmt, ...)
{
	char text[ERR_TEXT_MAX];
	va_list ap;

	if (err == NULL || err->code != TAPR_OK)
		return;
	va_start(ap, fmt);
	print(text, sizeof text, fmt, ap);
	va_end(ap);
	err->code = code;
	(void)append(err->where, sizeof err->where, 0,
	    where != NULL ? where : "");
	(void)append(err->text, sizeof err->text, 0, text);
}

void
err_prefix(struct err *err, const char *fmt, ...)
{
	char where[ERR_PATH_MAX];
	va_list ap;
	size_t n;

	if (err == NULL || err->code == TAPR_OK)
		return;
	va_start(ap, fmt);
	print(where, sizeof where, fmt, ap);
	va_end(ap);
	n = strlen(where);
	if (err->where[0] != '\0') {
		n = append(where, sizeof where, n, " : ");
		(void)append(where, sizeof where, n, err->where);
	}
	memcpy(err->where, where, sizeof where);
}

const char *
err_cause(int why)
{
	switch (why) {
	case ENOSPC:
		return "le disque est plein";
#ifdef EDQUOT
	case EDQUOT:
		return "le quota de disque est atteint";
#endif
	case EFBIG:
		return "le fichier dépasse la taille permise";
	case EACCES:
	case EPERM:
		return "les droits manquent";
	case ENOENT:
		return "ce fichier n'existe pas";
	case ENOTDIR:
		return "un des dossiers du chemin n'en est pas un";
	case EISDIR:
		return "c'est un dossier";
	case EEXIST:
		return "ce nom est déjà pris";
	case EROFS:
		return "le disque est en lecture seule";
	case EIO:
		return "le disque est en panne";
	case EMFILE:
	case ENFILE:
		return "trop de fichiers ouverts";
	case ENAMETOOLONG:
		return "le nom est trop long";
	case EPIPE:
		return "le lecteur est parti";
	default:
		return strerror(why);
	}
}
