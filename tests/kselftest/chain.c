// SPDX-License-Identifier: GPL-2.0
/* Executes itself as often as it is told, as fast as execs can be made. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	char left[16];
	int n = argc > 1 ? atoi(argv[1]) : 0;

	if (n <= 1)
		return 0;
	snprintf(left, sizeof(left), "%d", n - 1);
	argv[1] = left;
	execv(argv[0], argv);
	return 1;
}
