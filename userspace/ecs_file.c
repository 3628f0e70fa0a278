// SPDX-License-Identifier: GPL-2.0
/* The part of a document that tells of the file that runs. */
#include <string.h>
#include <sys/stat.h>
#include "container.h"
#include "ecs_parts.h"

/**
 * last_component() - what a path is called without its directories
 * @path: the path; p is NULL if it is not known
 *
 * Return: what is behind its last slash
 */
struct bytes last_component(struct bytes path)
{
	const char *slash = path.p ? memrchr(path.p, '/', path.len) : NULL;

	if (!slash)
		return path;
	return (struct bytes) { slash + 1, path.p + path.len - slash - 1 };
}

static void add_names(struct json *j, struct bytes path)
{
	struct bytes name = last_component(path);
	struct bytes directory = { path.p, path.len - name.len };

	if (!path.p)
		return;
	/* Without the slash, but for that of the root. */
	directory.len -= directory.len > 1;
	json_bytes(j, "path", path);
	if (directory.len)
		json_bytes(j, "directory", directory);
	json_bytes(j, "name", name);
}

static void add_owner(const struct ecs *ecs)
{
	const struct shmexec_exec *exec = &ecs->event->exec;
	struct json *j = ecs->json;

	json_id(j, "uid", exec->file_uid);
	json_id(j, "gid", exec->file_gid);
	known_text(j, "owner", ecs_user_name(ecs, exec->file_uid));
	known_text(j, "group", ecs_group_name(ecs, exec->file_gid));
}

static void add_inode(const struct ecs *ecs)
{
	const struct shmexec_exec *exec = &ecs->event->exec;
	struct json *j = ecs->json;
	uint32_t mode = exec->file_mode;
	char text[5] = "";
	int i;

	if (S_ISREG(exec->file_mode))
		json_word(j, "type", "file");
	json_string(j, "device");
	buffer_number(j->out, exec->dev_major);
	buffer_text(j->out, ":");
	buffer_number(j->out, exec->dev_minor);
	json_end_string(j);
	json_id(j, "inode", exec->file_inode);
	json_number(j, "size", exec->file_size);
	for (i = 3; i >= 0; i--, mode >>= 3)
		text[i] = '0' + (mode & 7);
	json_text(j, "mode", text);
	add_owner(ecs);
	known_time(j, "created", exec->file_btime);
	known_time(j, "mtime", exec->file_mtime);
	known_time(j, "ctime", exec->file_ctime);
	known_time(j, "accessed", exec->file_atime);
}

/**
 * ecs_file() - add the file that runs, if anything is known of it
 * @ecs: the document of an exec
 */
void ecs_file(const struct ecs *ecs)
{
	const struct event *event = ecs->event;
	bool inode = event->exec.known & SHMEXEC_KNOWN_FILE;

	if (!event->canonical.p && !inode)
		return;
	open_object(ecs->json, "file");
	add_names(ecs->json, event->canonical);
	if (inode)
		add_inode(ecs);
	close_object(ecs->json);
}

/**
 * ecs_container() - add the container that the process is in, if it is in one
 * @ecs: the document of an exec
 */
void ecs_container(const struct ecs *ecs)
{
	struct container container = container_of_cgroup(ecs->event->cgroup);
	struct json *j = ecs->json;

	if (!container.id.p)
		return;
	open_object(j, "container");
	json_bytes(j, "id", container.id);
	known_text(j, "runtime", container.runtime);
	close_object(j);
}
