// SPDX-License-Identifier: GPL-2.0
/* The command line. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "complain.h"
#include "options.h"
#include "output.h"

static const char usage[] =
	"usage: shmexec-logger [-d DEVICE] [-f text|ecs | -r] [-o FILE | -s] [-c CURSOR]\n"
	"                      [-u USER] [-n]\n"
	"       shmexec-logger --selftest\n"
	"  -d DEVICE  read " DEVICE " (default), or a file of records that -r wrote\n"
	"  -f text    print one line an event (default)\n"
	"  -f ecs     print one ECS document in JSON an event, each on a line\n"
	"  -r         write the records as they are, for -d of another run\n"
	"  -o FILE    append to FILE, opened anew on SIGHUP, instead of writing to\n"
	"             standard output\n"
	"  -s         send each event to syslog instead\n"
	"  -c CURSOR  keep the position in the file CURSOR and go on there: with -o each\n"
	"             event is written once, whenever the logger is stopped\n"
	"  -u USER    run as USER once the device is open\n"
	"  -n         print what is there and exit\n"
	"  --selftest execute a copy of itself in /dev/shm and see that it is reported\n"
	"  -V         print the version and exit\n"
	"  -h         print this and exit\n";

static const char version[] = "shmexec-logger " SHMEXEC_VERSION "\n";

static int wrong_usage(const char *what, const char *word)
{
	complain(what, word, "");
	write_all(STDERR_FILENO, usage, strlen(usage));
	return WRONG_USAGE;
}

static int print_and_exit(const char *text)
{
	exit(write_all(STDOUT_FILENO, text, strlen(text)) ? FAILURE : 0);
}

static int parse_format(struct options *options, const char *word)
{
	if (!strcmp(word, "text"))
		options->format = TEXT;
	else if (!strcmp(word, "ecs"))
		options->format = ECS;
	else
		return wrong_usage("-f takes text or ecs, not", word);
	return 0;
}

/* To getopt() a word with two dashes is an option that is called "-". */
static int parse_unknown(const char *letter, const char *word)
{
	if (*letter != '-' || !word || strncmp(word, "--", 2))
		return wrong_usage("there is no option", letter);
	if (!strcmp(word, "--version"))
		return print_and_exit(version);
	if (!strcmp(word, "--help"))
		return print_and_exit(usage);
	if (!strcmp(word, "--selftest"))
		return wrong_usage("no other option goes with", word);
	return wrong_usage("there is no option", word);
}

static int parse_option(struct options *options, int option, const char *word)
{
	char letter[2] = { optopt, '\0' };

	switch (option) {
	case 'd':
		options->device = optarg;
		return 0;
	case 'f':
		return parse_format(options, optarg);
	case 'o':
		options->output = optarg;
		return 0;
	case 'c':
		options->cursor = optarg;
		return 0;
	case 's':
		options->syslog = true;
		return 0;
	case 'u':
		options->user = optarg;
		return 0;
	case 'n':
		options->once = true;
		return 0;
	case 'r':
		options->format = RAW;
		return 0;
	case 'V':
		return print_and_exit(version);
	case 'h':
		return print_and_exit(usage);
	case ':':
		return wrong_usage("a value is missing after option", letter);
	default:
		return parse_unknown(letter, word);
	}
}

/**
 * options_parse() - read the command line
 * @options: set
 * @argc: as main() has it
 * @argv: as main() has it
 *
 * Return: 0, or WRONG_USAGE, which standard error has been told
 */
int options_parse(struct options *options, int argc, char **argv)
{
	bool format_given = false, raw_given = false;
	int option, ret;

	*options = (struct options) { .device = DEVICE };
	if (argc > 1 && !strcmp(argv[1], "--selftest")) {
		options->selftest = true;
		return argc == 2 ? 0 : wrong_usage("--selftest takes no", argv[2]);
	}
	opterr = 0;
	while ((option = getopt(argc, argv, ":d:f:o:c:u:snrVh")) != -1) {
		ret = parse_option(options, option, argv[optind]);
		if (ret)
			return ret;
		format_given |= option == 'f';
		raw_given |= option == 'r';
	}
	if (format_given && raw_given)
		return wrong_usage("-r writes the records as they are and takes no", "-f");
	if (options->syslog && raw_given)
		return wrong_usage("-s sends text or ecs and takes no", "-r");
	if (options->syslog && options->output)
		return wrong_usage("-s writes to no file and takes no", "-o");
	if (optind < argc)
		return wrong_usage("there is no use for", argv[optind]);
	return 0;
}
