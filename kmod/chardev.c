// SPDX-License-Identifier: GPL-2.0
/* /dev/shmexec: hands the stream to readers, as uapi/shmexec.h promises. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include "chardev.h"
#include "compat.h"
#include "refresh.h"
#include "stream.h"
#include "uapi/shmexec.h"

/* An open file. */
struct shmexec_reader {
	/* Moved under lock and the stream's lock, read under either. */
	struct shmexec_cursor cursor;
	/* Serialises reads of the same file; protects buf. */
	struct mutex lock;
	/* A record on its way: user memory cannot be written under a spinlock. */
	u8 buf[SHMEXEC_RECORD_MAX];
};

static struct shmexec_stream *stream;

static int shmexec_open(struct inode *inode, struct file *file)
{
	struct shmexec_reader *reader = vzalloc(sizeof(*reader));

	if (!reader)
		return -ENOMEM;
	/* Without memory for it the directories stay where they were. */
	shmexec_refresh();
	mutex_init(&reader->lock);
	shmexec_stream_oldest(stream, &reader->cursor);
	file->private_data = reader;
	return nonseekable_open(inode, file);
}

static int shmexec_release(struct inode *inode, struct file *file)
{
	vfree(file->private_data);
	return 0;
}

/* Returns bytes, 0 if there is no record, or an error about the first one. */
static ssize_t copy_records(struct shmexec_reader *reader, char __user *to,
			    size_t size)
{
	struct shmexec_cursor after;
	size_t done = 0;
	int len;

	lockdep_assert_held(&reader->lock);

	for (;;) {
		len = shmexec_stream_peek(stream, &reader->cursor, reader->buf,
					  min(size - done, sizeof(reader->buf)),
					  &after);
		if (len > 0 && copy_to_user(to + done, reader->buf, len))
			len = -EFAULT;
		if (len <= 0)
			return done ? done : len;
		shmexec_stream_advance(stream, &reader->cursor, &after);
		done += len;
	}
}

static ssize_t shmexec_read(struct file *file, char __user *to, size_t size,
			    loff_t *pos)
{
	struct shmexec_reader *reader = file->private_data;
	ssize_t ret;

	if (size < sizeof(struct shmexec_hdr))
		return -EINVAL;

	for (;;) {
		if (mutex_lock_interruptible(&reader->lock))
			return -ERESTARTSYS;
		ret = copy_records(reader, to, size);
		mutex_unlock(&reader->lock);
		if (ret)
			return ret;
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(stream->wait,
					     shmexec_stream_ready(stream, &reader->cursor)))
			return -ERESTARTSYS;
	}
}

static __poll_t shmexec_poll(struct file *file, poll_table *table)
{
	struct shmexec_reader *reader = file->private_data;

	poll_wait(file, &stream->wait, table);
	return shmexec_stream_ready(stream, &reader->cursor) ?
		EPOLLIN | EPOLLRDNORM : 0;
}

static long shmexec_ioctl(struct file *file, unsigned int command,
			  unsigned long arg)
{
	return command == SHMEXEC_IOC_RESOLVE ? shmexec_refresh() : -ENOTTY;
}

static const struct file_operations shmexec_fops = {
	.owner = THIS_MODULE,
	.open = shmexec_open,
	.release = shmexec_release,
	.read = shmexec_read,
	.poll = shmexec_poll,
	.unlocked_ioctl = shmexec_ioctl,
	.compat_ioctl = shmexec_ioctl,
};

static struct miscdevice shmexec_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "shmexec",
	.fops = &shmexec_fops,
	.mode = 0600,
};

/**
 * shmexec_chardev_register() - make the device appear
 * @s: what it reads from, alive until shmexec_chardev_unregister()
 * @groups: files of its directory in sysfs
 *
 * From here on it can be opened: whatever may fail comes before.
 *
 * Context: may sleep.
 * Return: 0, or what misc_register() says
 */
int shmexec_chardev_register(struct shmexec_stream *s,
			     const struct attribute_group **groups)
{
	stream = s;
	return shmexec_misc_register(&shmexec_misc, groups);
}

/**
 * shmexec_chardev_unregister() - take the device away
 *
 * Context: may sleep; it is not open, as an open file holds the module.
 */
void shmexec_chardev_unregister(void)
{
	misc_deregister(&shmexec_misc);
	shmexec_refresh_stop();
}
