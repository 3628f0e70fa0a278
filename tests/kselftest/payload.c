// SPDX-License-Identifier: GPL-2.0
/* What is executed: a harmless program. */
int main(void)
{
	return 0;
}
