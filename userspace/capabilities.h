/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _CAPABILITIES_H
#define _CAPABILITIES_H

/* More than this have never had a name. */
#define CAPABILITIES	41

extern const char * const capability_name[CAPABILITIES];

#endif
