// SPDX-License-Identifier: GPL-2.0
/* The counters, by which "no alerts" is told from "blind". */
#include <linux/cpumask.h>
#include <linux/device.h>
#include <linux/kernel.h>
#include "compat.h"
#include "counters.h"

DEFINE_PER_CPU(struct shmexec_counters, shmexec_counters);

struct counter_attribute {
	struct device_attribute attr;
	enum shmexec_counter counter;
};

static ssize_t show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct counter_attribute *of =
		container_of(attr, struct counter_attribute, attr);
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu(shmexec_counters, cpu).value[of->counter]);
	return sysfs_emit(buf, "%llu\n", sum);
}

static struct counter_attribute counters[] = {
	{ __ATTR(execs, 0444, show, NULL), SHMEXEC_EXECS },
	{ __ATTR(execs_watched, 0444, show, NULL), SHMEXEC_WATCHED },
	{ __ATTR(hits, 0444, show, NULL), SHMEXEC_HITS },
	{ __ATTR(excluded, 0444, show, NULL), SHMEXEC_EXCLUDED },
	{ __ATTR(lost, 0444, show, NULL), SHMEXEC_LOST },
};

static struct attribute *attributes[] = {
	&counters[0].attr.attr, &counters[1].attr.attr, &counters[2].attr.attr,
	&counters[3].attr.attr, &counters[4].attr.attr, NULL
};

static_assert(ARRAY_SIZE(attributes) == SHMEXEC_NR_COUNTERS + 1);

static const struct attribute_group group = { .attrs = attributes };

const struct attribute_group *shmexec_counters_groups[] = { &group, NULL };
