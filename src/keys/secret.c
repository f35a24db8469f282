/*
 * secret.c -- a passphrase or a PIN.
 */
#include "keys/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdbool.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "keys/folder.h"

static void
say(int fd, const char *text)
{
	/* A prompt that cannot be written is seen by who waits for it. */
	if (write(fd, text, strlen(text)) < 0)
		return;
}

/* A line; false when it is too long or was given up (Ctrl-C, Ctrl-D). */
static bool
read_line(int fd, char *ret, size_t max, size_t *ret_n)
{
	enum { INTERRUPT = 3, END = 4 };
	char c;

	*ret_n = 0;
	while (read(fd, &c, 1) == 1 && c != INTERRUPT && c != END) {
		if (c == '\n' || c == '\r')
			return true;
		if (*ret_n == max)
			return false;
		ret[(*ret_n)++] = c;
	}
	return false;
}

/*
 * Signals of the keyboard are letters for as long as it asks: a child that is
 * killed would leave the terminal without its echo.
 */
static int
ask(const char *prompt, char *ret, size_t max, size_t *ret_n,
    struct err *err)
{
	struct termios before, quiet;
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	bool good = false;

	if (fd < 0 || tcgetattr(fd, &before) != 0) {
		if (fd >= 0)
			(void)close(fd);
		return err_set(err, TAPR_EINVAL, "clés", "il n'y a pas de "
		    "terminal où demander la phrase de passe ou le code ; "
		    "donnez par la variable TAPR_SECRET un fichier qui la "
		    "contient, fermé aux autres");
	}
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
	if (tcsetattr(fd, TCSAFLUSH, &quiet) == 0) {
		say(fd, prompt);
		good = read_line(fd, ret, max, ret_n);
		say(fd, "\n");
		(void)tcsetattr(fd, TCSAFLUSH, &before);
	}
	(void)close(fd);
	return good ? TAPR_OK : err_set(err, TAPR_EINVAL, "clés",
	    "rien n'a été donné, ou plus que la longueur permise");
}

int
secret_read(const char *path, const char *prompt, char *ret, size_t max,
    size_t *ret_n, struct err *err)
{
	char *end;
	int rc;

	if (path[0] == '\0')
		rc = ask(prompt, ret, max, ret_n, err);
	else
		rc = key_file_read(path, ret, max, ret_n, err);
	if (rc != TAPR_OK)
		return rc;
	if ((end = memchr(ret, '\n', *ret_n)) != NULL)
		*ret_n = (size_t)(end - ret);
	return *ret_n > 0 ? TAPR_OK : err_set(err, TAPR_EINVAL,
	    path[0] == '\0' ? "clés" : path, "la phrase de passe ou le code "
	    "est vide");
}
