// SPDX-License-Identifier: GPL-2.0
/* Containers, by the names that runtimes give to control groups. */
#include <string.h>
#include "container.h"

#define ID_LEN	64

static bool all_hex(const char *p)
{
	size_t i;

	for (i = 0; i < ID_LEN; i++)
		if (!p[i] || !strchr("0123456789abcdef", p[i]))
			return false;
	return true;
}

static bool ends_with(struct bytes text, const char *end)
{
	size_t len = strlen(end);

	return text.len >= len && !memcmp(text.p + text.len - len, end, len);
}

/* By what stands before the id: in its component, or as the one above. */
static const char *runtime_of(struct bytes before)
{
	static const struct {
		const char *end, *runtime;
	} known[] = {
		{ "/docker-", "docker" },
		{ "/docker/", "docker" },
		{ "/cri-containerd-", "containerd" },
		{ ":cri-containerd:", "containerd" },
		{ "/crio-", "cri-o" },
		{ "/libpod-", "podman" },
		{ "/libpod/", "podman" },
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (ends_with(before, known[i].end))
			return known[i].runtime;
	return NULL;
}

/* A component that ends with an id; those of monitors are of no container. */
static bool take_component(struct container *container, struct bytes path,
			   size_t start)
{
	struct bytes name = path;
	const char *id;

	if (ends_with(name, ".scope"))
		name.len -= strlen(".scope");
	if (name.len < start + ID_LEN)
		return false;
	id = path.p + name.len - ID_LEN;
	name.len -= ID_LEN;
	if (!all_hex(id) || !strchr("/-:", id[-1]) || ends_with(name, "conmon-"))
		return false;
	container->id = (struct bytes) { id, ID_LEN };
	container->runtime = runtime_of(name);
	return true;
}

/**
 * container_of_cgroup() - the container that a task is in
 * @cgroup: path of its control group; p is NULL if that is not known
 *
 * Return: the innermost one that the path names
 */
struct container container_of_cgroup(struct bytes cgroup)
{
	struct container container = { { NULL, 0 }, NULL };
	struct bytes path = cgroup;
	const char *slash;

	while (path.p && path.len) {
		slash = memrchr(path.p, '/', path.len);
		if (!slash || take_component(&container, path, slash + 1 - path.p))
			break;
		path.len = slash - path.p;
	}
	return container;
}
